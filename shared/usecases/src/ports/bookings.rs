//! Bookings.

use std::future::Future;

use openslot_domain::booking::change::ChangePlan;
use openslot_domain::booking::{Booking, Plan};
use openslot_domain::ids::BookingId;

use super::{Failure, Saved};
use crate::keyring::AddressMac;

/// Reads one booking.
pub trait FindBooking {
    /// The booking as it now stands, or `None`. Strongly consistent; reads only.
    fn find_booking(&self, id: &BookingId) -> impl Future<Output = Result<Option<Booking>, Failure>> + Send;
}

/// What became of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commit {
    /// All of it was written.
    Done,
    /// Something it relied on had changed; nothing was written. Read again.
    Overtaken,
    /// A booking of this id stands already; nothing was written.
    Exists,
}

/// Makes a booking.
pub trait CommitBooking {
    /// Writes the whole plan in one transaction, with a row per address in `people`, or nothing of it.
    ///
    /// Commits only while no booking of this id exists, every host-day has the version that was read, and
    /// every fence shows the settings that were read. A [`Failure`] leaves open whether it was applied: read
    /// the booking to know. Safe to repeat: a second commit of an applied plan answers [`Commit::Exists`].
    fn commit_booking(
        &self,
        plan: &Plan,
        people: &[AddressMac],
    ) -> impl Future<Output = Result<Commit, Failure>> + Send;
}

/// Changes a booking that stands.
pub trait ChangeBooking {
    /// Writes the whole plan in one transaction, or nothing of it.
    ///
    /// [`Saved::Done`] only if the booking stood at the revision, state and version that were read, every host-day
    /// that is written or was counted had its version, and every fence of the plan showed the settings that were
    /// read; otherwise [`Saved::Overtaken`]: read again. A [`Failure`] leaves open whether it was applied: read the
    /// booking to know. Safe to repeat: a second commit of an applied plan answers [`Saved::Overtaken`].
    fn change_booking(&self, plan: &ChangePlan) -> impl Future<Output = Result<Saved, Failure>> + Send;
}
