//! Work that was set aside is shown, and put back.

use chrono::{DateTime, Utc};
use openslot_domain::effects::{Effect, EffectKey};
use openslot_usecases::ports::{Failure, ListParked, ParkedEffect, ReplayParked, Replayed};

use super::MemoryStore;
use crate::contents::{Parked, as_stored};

impl ListParked for MemoryStore {
    async fn list_parked(&self, most: u32) -> Result<Vec<ParkedEffect>, Failure> {
        let shown = |(key, parked): (&EffectKey, &Parked)| ParkedEffect {
            key: key.clone(),
            at: parked.at,
            why: parked.why.clone(),
        };
        Ok(self.look(|contents| contents.parked.iter().take(most as usize).map(shown).collect()))
    }
}

impl ReplayParked for MemoryStore {
    async fn replay_parked(&self, key: &EffectKey, now: DateTime<Utc>) -> Result<Replayed, Failure> {
        Ok(self.tamper(|contents| {
            let key = as_stored(key);
            if contents.parked.remove(&key).is_none() {
                return Replayed::Gone;
            }
            contents.owe(Effect { not_before: now, ..Effect::owed(key) });
            Replayed::Done
        }))
    }
}
