//! Who was erased.

use std::future::Future;

use chrono::{DateTime, Utc};
use openslot_domain::ids::BookingId;

use super::Failure;
use crate::keyring::AddressMac;

/// Finds the bookings of an address.
pub trait FindGuest {
    /// The bookings of which somebody with this address is part, in order. Strongly consistent; reads only.
    fn find_guest(
        &self,
        address: &AddressMac,
    ) -> impl Future<Output = Result<Vec<BookingId>, Failure>> + Send;
}

/// Notes that somebody was erased.
pub trait PutErasure {
    /// Notes the address, unreadably. Safe to repeat: the last note stays.
    fn put_erasure(
        &self,
        address: &AddressMac,
        at: DateTime<Utc>,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Reads all notes.
pub trait EveryErasure {
    /// Everybody who was erased, and when. Strongly consistent; reads only.
    fn every_erasure(&self)
    -> impl Future<Output = Result<Vec<(AddressMac, DateTime<Utc>)>, Failure>> + Send;
}
