//! Owed work in memory.

use chrono::{DateTime, Utc};
use openslot_domain::effects::{Effect, EffectKey, EffectKind, LEASE, Queue, Readiness, is_owed};
use openslot_usecases::ports::{
    AcknowledgeLetter, Claim, ClaimEffect, DropEffect, DueEffects, Failure, ParkEffect, PayEffect,
    PostponeEffect, SplitEffect,
};

use super::MemoryStore;
use crate::contents::{Contents, Parked, as_stored};

impl DueEffects for MemoryStore {
    async fn due_effects(
        &self,
        queue: Queue,
        shard: u8,
        now: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<EffectKey>, Failure> {
        let here = |key: &&EffectKey| key.queue() == queue && key.shard() == shard;
        Ok(self.look(|contents| {
            let due = contents.effects.keys().take_while(|key| key.due <= now);
            due.filter(here).take(most as usize).cloned().collect()
        }))
    }
}

impl ClaimEffect for MemoryStore {
    async fn claim_effect(&self, key: &EffectKey, now: DateTime<Utc>) -> Result<Claim, Failure> {
        Ok(self.tamper(|contents| claim(contents, &as_stored(key), now)))
    }
}

fn claim(contents: &mut Contents, key: &EffectKey, now: DateTime<Utc>) -> Claim {
    let Some(effect) = contents.effects.get_mut(key) else {
        return Claim::Gone;
    };
    let owed = contents.bookings.get(&key.booking).filter(|booking| is_owed(key, booking, now));
    match (effect.readiness(now), owed) {
        (Readiness::Paid, _) => Claim::Paid,
        (Readiness::NotYet | Readiness::GiveUp | Readiness::Ready, None) => Claim::Stale,
        (Readiness::NotYet, Some(_)) => Claim::NotYet,
        (Readiness::GiveUp, Some(_)) => Claim::GiveUp,
        (Readiness::Ready, Some(booking)) => {
            effect.lease = Some(now + LEASE);
            effect.attempts += 1;
            Claim::Mine { effect: effect.clone(), booking: Box::new(booking.clone()) }
        }
    }
}

impl SplitEffect for MemoryStore {
    async fn split_effect(
        &self,
        claimed: &Effect,
        parts: &[EffectKind],
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let part = |kind: &EffectKind| EffectKey { due: now, kind: kind.clone(), ..claimed.key.clone() };
        let parts: Vec<EffectKey> = parts.iter().map(part).collect();
        assert!(parts.iter().all(|key| key.queue() == Queue::Owed), "parts are owed at once");
        self.tamper(|contents| {
            if !is_ours(contents, claimed) {
                return;
            }
            contents.effects.remove(&as_stored(&claimed.key));
            for key in parts {
                contents.owe(Effect::owed(key));
            }
        });
        Ok(())
    }
}

impl PayEffect for MemoryStore {
    async fn pay_effect(&self, claimed: &Effect) -> Result<(), Failure> {
        self.tamper(|contents| {
            if is_ours(contents, claimed) {
                contents.effects.remove(&as_stored(&claimed.key));
            }
        });
        Ok(())
    }
}

impl PostponeEffect for MemoryStore {
    async fn postpone_effect(&self, claimed: &Effect, not_before: DateTime<Utc>) -> Result<(), Failure> {
        self.tamper(|contents| {
            if !is_ours(contents, claimed) {
                return;
            }
            if let Some(effect) = contents.effects.get_mut(&as_stored(&claimed.key)) {
                effect.not_before = not_before;
                effect.lease = None;
            }
        });
        Ok(())
    }
}

/// The claim holds: nobody has claimed the work again, or put it off.
fn is_ours(contents: &Contents, claimed: &Effect) -> bool {
    assert!(claimed.lease.is_some(), "claimed work is leased");
    let held = |effect: &Effect| effect.lease == claimed.lease && effect.attempts == claimed.attempts;
    contents.effects.get(&as_stored(&claimed.key)).is_some_and(held)
}

impl DropEffect for MemoryStore {
    async fn drop_effect(&self, key: &EffectKey) -> Result<(), Failure> {
        self.tamper(|contents| contents.effects.remove(&as_stored(key)));
        Ok(())
    }
}

impl ParkEffect for MemoryStore {
    async fn park_effect(&self, key: &EffectKey, why: &str, now: DateTime<Utc>) -> Result<(), Failure> {
        self.tamper(|contents| {
            let key = as_stored(key);
            // What the mail service has confirmed meanwhile is not hopeless.
            if contents.effects.get(&key).is_some_and(|effect| effect.ack.is_none()) {
                contents.effects.remove(&key);
                contents.parked.insert(key, Parked { at: now, why: why.to_owned() });
            }
        });
        Ok(())
    }
}

impl AcknowledgeLetter for MemoryStore {
    async fn acknowledge_letter(&self, key: &EffectKey, message_id: &str) -> Result<(), Failure> {
        self.tamper(|contents| {
            if let Some(effect) = contents.effects.get_mut(&as_stored(key)) {
                effect.ack = Some(message_id.to_owned());
            }
        });
        Ok(())
    }
}
