//! Owed work is found and claimed.

use aws_sdk_dynamodb::types::TransactWriteItem;
use chrono::{DateTime, Utc};
use futures::try_join;
use openslot_domain::booking::Booking;
use openslot_domain::effects::{Effect, EffectKey, LEASE, Queue, Readiness, is_owed};
use openslot_usecases::ports::{Claim, ClaimEffect, Consistency, DueEffects, Failure};

use crate::call::{Change, Guard, Range, number, text};
use crate::errors::TableError;
use crate::keys::{self, effect_key_of};
use crate::rows::booking::state_text;
use crate::rows::effect::EffectRow;
use crate::rows::{from_item, instant_text};
use crate::table::{Item, Table};

/// The check of the booking comes first in a claim.
const BOOKING_POSITION: usize = 0;

impl DueEffects for Table {
    async fn due_effects(
        &self,
        queue: Queue,
        shard: u8,
        now: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<EffectKey>, Failure> {
        if most == 0 {
            return Ok(Vec::new());
        }
        let pk = keys::queue(queue, shard);
        // What lags behind a write is found a minute later; the claim reads strongly.
        let range = Range::first_before(pk.clone(), keys::due_by(now), most, Consistency::Eventual);
        let items = self.query(range).await?;
        Ok(items.iter().filter_map(|item| key_of(&pk, item)).collect())
    }
}

/// The key of a row; `None` for work of a kind that only another version knows, which must not hold up the rest.
fn key_of(pk: &str, item: &Item) -> Option<EffectKey> {
    let key = keys::sort_key(item).and_then(|sk| effect_key_of(pk, sk));
    if key.is_none() {
        tracing::error!(queue = pk, row = keys::sort_key(item), "owed work of an unknown kind");
    }
    key
}

impl ClaimEffect for Table {
    async fn claim_effect(&self, key: &EffectKey, now: DateTime<Utc>) -> Result<Claim, Failure> {
        let (effect, booking) = try_join!(self.stored_effect(key), self.stored_booking(&key.booking))?;
        let Some(effect) = effect else {
            return Ok(Claim::Gone);
        };
        let owed = booking.filter(|booking| is_owed(key, booking, now));
        match (effect.readiness(now), owed) {
            (Readiness::Paid, _) => Ok(Claim::Paid),
            (Readiness::NotYet | Readiness::GiveUp | Readiness::Ready, None) => Ok(Claim::Stale),
            (Readiness::NotYet, Some(_)) => Ok(Claim::NotYet),
            (Readiness::GiveUp, Some(_)) => Ok(Claim::GiveUp),
            (Readiness::Ready, Some(booking)) => Ok(self.lease(effect, booking, now).await?),
        }
    }
}

impl Table {
    async fn stored_effect(&self, key: &EffectKey) -> Result<Option<Effect>, TableError> {
        let Some(item) = self.get(keys::effect(key), Consistency::Strong).await? else {
            return Ok(None);
        };
        let row: EffectRow = from_item(item)?;
        Ok(Some(row.effect(key)?))
    }

    /// Takes the work as it was read, while its booking stands as it was read.
    async fn lease(&self, read: Effect, booking: Booking, now: DateTime<Utc>) -> Result<Claim, TableError> {
        let claimed = Effect { lease: Some(now + LEASE), attempts: read.attempts + 1, ..read.clone() };
        match self.transact(vec![self.still_owing(&booking), self.leasing(&read, &claimed)]).await {
            Ok(()) => Ok(Claim::Mine { effect: claimed, booking: Box::new(booking) }),
            Err(error) if error.is_taken(BOOKING_POSITION) => Ok(Claim::Stale),
            // Whoever was faster holds it, or has put it away.
            Err(error) if error.is_conflict() => Ok(Claim::NotYet),
            Err(error) => Err(error),
        }
    }

    fn still_owing(&self, booking: &Booking) -> TransactWriteItem {
        let values = vec![(":rev", number(booking.revision)), (":st", text(state_text(booking.state)))];
        self.checking(keys::booking(&booking.id), Guard::when("rev = :rev AND st = :st", values))
    }

    fn leasing(&self, read: &Effect, claimed: &Effect) -> TransactWriteItem {
        let until = claimed.lease.map(instant_text).expect("claimed work is leased");
        let values = vec![(":ls", text(until)), (":n", number(claimed.attempts))];
        let change = Change { text: "SET ls = :ls, n = :n", values };
        self.updating_if(keys::effect(&read.key), change, as_read(read))
    }
}

/// The work is as it was read: nobody has claimed it since, and nobody has confirmed it.
fn as_read(read: &Effect) -> Guard {
    let mut values = vec![(":read_n", number(read.attempts))];
    let text = match read.lease {
        None => "n = :read_n AND attribute_not_exists(ls) AND attribute_not_exists(ack)",
        Some(until) => {
            values.push((":read_ls", text(instant_text(until))));
            "n = :read_n AND ls = :read_ls AND attribute_not_exists(ack)"
        }
    };
    Guard::when(text, values)
}
