//! How much owed work waits, and for how long: what an alarm listens to.

use chrono::{DateTime, Utc};
use futures::future::try_join_all;
use openslot_domain::effects::{Queue, SHARDS};

use crate::ports::{Clock, DueEffects, Failure, ListParked};

/// More parked work than that is not counted.
const PARKED_MAX: u32 = 1_000;

/// What waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// For how many seconds the oldest work has been due, claimed or not; 0 where none is.
    pub oldest_secs: u64,
    /// How much work stands aside, up to a thousand.
    pub parked: u32,
}

/// Looks at the front of every queue, and at what was set aside. Reads only; what was written a moment ago may be
/// missing.
pub async fn measure_backlog<S, W>(store: &S, world: &W) -> Result<Backlog, Failure>
where
    S: DueEffects + ListParked + Sync,
    W: Clock + Sync,
{
    let now = world.now();
    let shards = (0..SHARDS).flat_map(|shard| [Queue::Owed, Queue::Reminders].map(|queue| (queue, shard)));
    let fronts = shards.map(|(queue, shard)| store.due_effects(queue, shard, now, 1));
    let oldest = try_join_all(fronts).await?.into_iter().flatten().map(|key| key.due).min();
    let parked = store.list_parked(PARKED_MAX).await?.len();
    Ok(Backlog {
        oldest_secs: oldest.map_or(0, |due| secs_between(due, now)),
        parked: u32::try_from(parked).unwrap_or(PARKED_MAX),
    })
}

fn secs_between(due: DateTime<Utc>, now: DateTime<Utc>) -> u64 {
    u64::try_from((now - due).num_seconds()).unwrap_or(0)
}
