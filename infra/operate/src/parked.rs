//! What was set aside is shown, and put back.

use openslot_usecases::ports::{Clock, Failure, ListParked, ParkedEffect, ReplayParked};
use openslot_usecases::replay_parked::replay_all_parked;

use crate::{Report, count};

/// As many as anybody reads.
const SHOWN_MAX: u32 = 1_000;

pub(crate) async fn show<S: ListParked + Sync>(store: &S) -> Result<Report, Failure> {
    let parked = store.list_parked(SHOWN_MAX).await?;
    let line = |ParkedEffect { key, at, why }: &ParkedEffect| {
        format!("{key}: set aside at {}, {why}", at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
    };
    let mut lines: Vec<String> = parked.iter().map(line).collect();
    lines.push(format!("{} set aside.", count(parked.len(), "piece")));
    Ok(Report::of(parked.is_empty(), &lines))
}

pub(crate) async fn replay<S, W>(store: &S, world: &W) -> Result<Report, Failure>
where
    S: ListParked + ReplayParked + Sync,
    W: Clock + Sync,
{
    let replayed = replay_all_parked(store, world).await?;
    Ok(Report::of(true, &[format!("{} put back.", count(replayed as usize, "piece"))]))
}
