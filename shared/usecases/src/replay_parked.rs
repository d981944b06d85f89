//! Work that was set aside gets another chance.

use openslot_domain::effects::EffectKey;

use crate::ports::{Clock, Failure, ListParked, ReplayParked, Replayed};

/// How many pieces of parked work one look asks for.
const PAGE: u32 = 200;

/// Puts one piece of parked work back on its queue, owed from now on and with all its tries.
///
/// It keeps its key: what the booking no longer owes is dropped when it is claimed, and a letter that went out after
/// all has the same id as before, so that mail clients show it once. Safe to repeat.
pub async fn replay_parked<S, W>(store: &S, world: &W, key: &EffectKey) -> Result<Replayed, Failure>
where
    S: ReplayParked + Sync,
    W: Clock + Sync,
{
    let replayed = store.replay_parked(key, world.now()).await?;
    tracing::info!(effect = %key, ?replayed);
    Ok(replayed)
}

/// Puts everything that is parked back, and says how much that was. Safe to repeat.
pub async fn replay_all_parked<S, W>(store: &S, world: &W) -> Result<u32, Failure>
where
    S: ListParked + ReplayParked + Sync,
    W: Clock + Sync,
{
    let mut replayed = 0;
    loop {
        let before = replayed;
        for work in store.list_parked(PAGE).await? {
            if replay_parked(store, world, &work.key).await? == Replayed::Done {
                replayed += 1;
            }
        }
        if replayed == before {
            return Ok(replayed);
        }
    }
}
