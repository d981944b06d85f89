//! Every minute: whatever is owed and was not paid is paid.

use openslot_domain::effects::{EffectKey, Queue, SHARDS};
use openslot_letters::Site;

use crate::deliver_effects::{Delivered, deliver_effect};
use crate::keyring::Keyring;
use crate::ports::{
    ClaimEffect, Clock, DropEffect, DueEffects, Failure, NewDataKey, ParkEffect, PayEffect, PostponeEffect,
    PutWrappedKey, SendLetter, SplitEffect, UnwrapDataKey, WrappedKeys,
};

/// How many pieces of work one look at a shard asks for.
const PAGE: u32 = 200;
/// Rounds after which a sweep leaves the rest to the next one.
const ROUNDS_MAX: u32 = 100;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Pieces of work done.
    pub done: u32,
    /// Pieces that will be tried again.
    pub postponed: u32,
    /// Pieces set aside.
    pub parked: u32,
    /// Pieces whose store or mail calls broke; the next sweep finds them again.
    pub failed: u32,
}

/// Pays everything that is due, and what that comes to, until nothing moves any more.
///
/// The guarantee behind the table stream: it reads from the oldest work on and forgets nothing. One piece that
/// fails delays no other, and neither does a queue that cannot be read; then the sweep fails once it has done the
/// rest. Safe to repeat and to run twice at once.
pub async fn sweep_effects<S, W, K, M>(
    store: &S,
    world: &W,
    keyring: &Keyring<K>,
    mailer: &M,
    site: &Site,
) -> Result<Swept, Failure>
where
    S: DueEffects
        + ClaimEffect
        + SplitEffect
        + PayEffect
        + PostponeEffect
        + DropEffect
        + ParkEffect
        + WrappedKeys
        + PutWrappedKey
        + Sync,
    W: Clock + Sync,
    K: NewDataKey + UnwrapDataKey + Sync,
    M: SendLetter + Sync,
{
    let mut swept = Swept::default();
    let mut unread = None;
    for _ in 0..ROUNDS_MAX {
        let before = swept;
        for shard in 0..SHARDS {
            match due(store, world, shard).await {
                Ok(keys) => {
                    for key in keys {
                        swept.count(deliver_effect(store, world, keyring, mailer, site, &key).await);
                    }
                }
                Err(failure) => unread = Some(failure),
            }
        }
        if swept.done == before.done && swept.parked == before.parked {
            break;
        }
    }
    unread.map_or(Ok(swept), Err)
}

/// All due keys of a shard. Work that is held stays in front of the queue, so the page grows until it is not full.
async fn due<S: DueEffects, W: Clock>(store: &S, world: &W, shard: u8) -> Result<Vec<EffectKey>, Failure> {
    let mut most = PAGE;
    loop {
        let keys = store.due_effects(Queue::Owed, shard, world.now(), most).await?;
        if keys.len() < most as usize {
            return Ok(keys);
        }
        most = most.saturating_mul(4);
    }
}

impl Swept {
    fn count(&mut self, outcome: Result<Delivered, Failure>) {
        match outcome {
            Ok(Delivered::Done) => self.done += 1,
            Ok(Delivered::Postponed) => self.postponed += 1,
            Ok(Delivered::Parked) => self.parked += 1,
            Ok(Delivered::Left) => {}
            Err(failure) => {
                tracing::warn!(error = %failure.cause(), "owed work failed");
                self.failed += 1;
            }
        }
    }
}
