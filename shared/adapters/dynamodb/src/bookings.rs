//! Bookings, and the one transaction that makes one.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::TransactWriteItem;
use openslot_domain::booking::change::{ChangePlan, Read};
use openslot_domain::booking::{Booking, DayCheck, DayWrite, FenceCheck, Plan};
use openslot_domain::effects::Effect;
use openslot_domain::ids::BookingId;
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{
    ChangeBooking, Commit, CommitBooking, Consistency, Failure, FindBooking, Saved,
};

use crate::call::{Guard, number, text};
use crate::errors::TableError;
use crate::keys;
use crate::rows::booking::{BookingRow, later_version, state_text};
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

impl ChangeBooking for Table {
    async fn change_booking(&self, plan: &ChangePlan) -> Result<Saved, Failure> {
        match self.transact(self.change_actions(plan).map_err(TableError::Row)?).await {
            Ok(()) => Ok(Saved::Done),
            Err(error) if error.is_conflict() => Ok(Saved::Overtaken),
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
        let mut actions = vec![self.booking_action(&plan.booking, Guard::absent())?];
        actions.extend(self.time_actions(&plan.days, &plan.checks, &plan.fences)?);
        actions.extend(self.effect_actions(&plan.effects)?);
        // Somebody may be attendee and guest at once, and a transaction names an item once.
        for address in people.iter().collect::<BTreeSet<_>>() {
            let item = keys::guest(address, &plan.booking.id).with(to_item(&GuestRow {})?);
            actions.push(self.putting(item));
        }
        Ok(actions)
    }

    fn change_actions(&self, plan: &ChangePlan) -> Result<Vec<TransactWriteItem>, RowError> {
        assert!(plan.booking.version > plan.read.version, "a change raises the version of its booking");
        let mut actions = vec![self.booking_action(&plan.booking, as_read(&plan.read))?];
        actions.extend(self.time_actions(&plan.days, &plan.checks, &plan.fences)?);
        actions.extend(self.effect_actions(&plan.effects)?);
        Ok(actions)
    }

    fn booking_action(&self, booking: &Booking, guard: Guard) -> Result<TransactWriteItem, RowError> {
        let item = keys::booking(&booking.id).with(to_item(&BookingRow::of(booking))?);
        Ok(self.putting_if(item, guard))
    }

    /// The host-days to be written, and everything else that a claim on time relies on.
    fn time_actions(
        &self,
        days: &[DayWrite],
        checks: &[DayCheck],
        fences: &[FenceCheck],
    ) -> Result<Vec<TransactWriteItem>, RowError> {
        let written = days.iter().map(|write| self.day_action(write));
        let checked = checks.iter().map(|check| Ok(self.day_check(check)));
        let settings = fences.iter().map(|check| Ok(self.fence_check(check)));
        written.chain(checked).chain(settings).collect()
    }

    fn effect_actions(&self, effects: &[Effect]) -> Result<Vec<TransactWriteItem>, RowError> {
        effects.iter().map(|effect| self.owing(effect)).collect()
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

/// The booking stands as it was read.
fn as_read(read: &Read) -> Guard {
    let mut values = vec![(":rev", number(read.revision)), (":st", text(state_text(read.state)))];
    match later_version(read.version) {
        None => Guard::when("rev = :rev AND st = :st AND attribute_not_exists(v)", values),
        Some(version) => {
            values.push((":v", number(version)));
            Guard::when("rev = :rev AND st = :st AND v = :v", values)
        }
    }
}
