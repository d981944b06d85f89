//! Work that was set aside is shown, and put back.

use chrono::{DateTime, Utc};
use futures::future::try_join_all;
use openslot_domain::effects::{Effect, EffectKey};
use openslot_usecases::ports::{Consistency, Failure, ListParked, ParkedEffect, ReplayParked, Replayed};

use crate::call::{Guard, Range};
use crate::errors::TableError;
use crate::keys;
use crate::rows::effect::ParkedRow;
use crate::rows::from_item;
use crate::table::{Item, Table};

/// The parked row comes first in a replay.
const PARKED_POSITION: usize = 0;

impl ListParked for Table {
    async fn list_parked(&self, most: u32) -> Result<Vec<ParkedEffect>, Failure> {
        if most == 0 {
            return Ok(Vec::new());
        }
        let first = |pk| self.query(Range::first(pk, most, Consistency::Eventual));
        let items = try_join_all(keys::parked_partitions().map(first)).await?;
        let mut parked: Vec<ParkedEffect> = items.into_iter().flatten().filter_map(parked).collect();
        parked.sort_by(|one, other| one.key.cmp(&other.key));
        parked.truncate(most as usize);
        Ok(parked)
    }
}

/// `None` for a row that only another version can read, which must not hide the rest.
fn parked(item: Item) -> Option<ParkedEffect> {
    let key = keys::sort_key(&item).and_then(|sk| sk.parse().ok());
    let parked = key.and_then(|key| from_item::<ParkedRow>(item).and_then(|row| row.parked(key)).ok());
    if parked.is_none() {
        tracing::error!("a parked row cannot be read");
    }
    parked
}

impl ReplayParked for Table {
    async fn replay_parked(&self, key: &EffectKey, now: DateTime<Utc>) -> Result<Replayed, Failure> {
        let taken = self.deleting_if(keys::parked(key), Guard::present());
        let again = Effect { not_before: now, ..Effect::owed(key.clone()) };
        let owed = self.owing(&again).map_err(TableError::Row)?;
        match self.transact(vec![taken, owed]).await {
            Ok(()) => Ok(Replayed::Done),
            Err(error) if error.is_taken(PARKED_POSITION) => Ok(Replayed::Gone),
            Err(error) => Err(error.into()),
        }
    }
}
