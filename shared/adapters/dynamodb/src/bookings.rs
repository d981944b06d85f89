//! Bookings, and the one transaction that makes one.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::TransactWriteItem;
use openslot_domain::booking::{Booking, DayCheck, DayWrite, FenceCheck, Plan};
use openslot_domain::effects::Effect;
use openslot_domain::ids::BookingId;
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{Commit, CommitBooking, Consistency, Failure, FindBooking};

use crate::call::Guard;
use crate::errors::TableError;
use crate::keys;
use crate::rows::booking::BookingRow;
use crate::rows::day::DayRow;
use crate::rows::effect::EffectRow;
use crate::rows::plain::GuestRow;
use crate::rows::{RowError, from_item, to_item};
use crate::table::Table;

/// The booking comes first, so that its place in the reasons of a cancelled transaction is known.
const BOOKING_POSITION: usize = 0;

impl FindBooking for Table {
    async fn find_booking(&self, id: &BookingId) -> Result<Option<Booking>, Failure> {
        Ok(self.stored_booking(id).await?)
    }
}

impl CommitBooking for Table {
    async fn commit_booking(&self, plan: &Plan, people: &[AddressMac]) -> Result<Commit, Failure> {
        match self.transact(self.commit_actions(plan, people).map_err(TableError::Row)?).await {
            Ok(()) => Ok(Commit::Done),
            Err(error) if error.is_taken(BOOKING_POSITION) => Ok(Commit::Exists),
            Err(error) if error.is_conflict() => Ok(Commit::Overtaken),
            Err(error) => Err(error.into()),
        }
    }
}

impl Table {
    /// The booking as it now stands.
    pub(crate) async fn stored_booking(&self, id: &BookingId) -> Result<Option<Booking>, TableError> {
        let Some(item) = self.get(keys::booking(id), Consistency::Strong).await? else {
            return Ok(None);
        };
        let row: BookingRow = from_item(item)?;
        Ok(Some(row.booking(id)?))
    }

    fn commit_actions(&self, plan: &Plan, people: &[AddressMac]) -> Result<Vec<TransactWriteItem>, RowError> {
        assert!(!plan.days.is_empty(), "a booking stands in a day");
        let mut actions = vec![self.booking_action(&plan.booking)?];
        for write in &plan.days {
            actions.push(self.day_action(write)?);
        }
        actions.extend(plan.checks.iter().map(|check| self.day_check(check)));
        actions.extend(plan.fences.iter().map(|check| self.fence_check(check)));
        for effect in &plan.effects {
            actions.push(self.owing(effect)?);
        }
        // Somebody may be attendee and guest at once, and a transaction names an item once.
        for address in people.iter().collect::<BTreeSet<_>>() {
            let item = keys::guest(address, &plan.booking.id).with(to_item(&GuestRow {})?);
            actions.push(self.putting(item));
        }
        Ok(actions)
    }

    fn booking_action(&self, booking: &Booking) -> Result<TransactWriteItem, RowError> {
        let item = keys::booking(&booking.id).with(to_item(&BookingRow::of(booking))?);
        Ok(self.putting_if(item, Guard::absent()))
    }

    fn day_action(&self, write: &DayWrite) -> Result<TransactWriteItem, RowError> {
        assert!(Some(write.day.version) > write.read, "a write raises the version of its day");
        let row = DayRow::of(&write.day, write.date)?;
        let item = keys::host_day(&write.host, write.date).with(to_item(&row)?);
        Ok(self.putting_if(item, Guard::version(write.read)))
    }

    fn day_check(&self, check: &DayCheck) -> TransactWriteItem {
        self.checking(keys::host_day(&check.host, check.date), Guard::version(check.read))
    }

    fn fence_check(&self, check: &FenceCheck) -> TransactWriteItem {
        self.checking(keys::host_fence(&check.host), Guard::version(Some(check.version)))
    }

    /// Puts a piece of work into its queue.
    pub(crate) fn owing(&self, effect: &Effect) -> Result<TransactWriteItem, RowError> {
        Ok(self.putting(keys::effect(&effect.key).with(to_item(&EffectRow::of(effect))?)))
    }
}
