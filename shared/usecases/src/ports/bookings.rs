//! Bookings.

use std::future::Future;

use openslot_domain::booking::{Booking, Plan};
use openslot_domain::ids::BookingId;

use super::Failure;
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
