//! Rows that were written together with a booking or with settings, and are missing or left over, are put right.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use openslot_domain::booking::Booking;
use openslot_domain::ids::BookingId;

use crate::keyring::{DataKey, Keyring, address_mac};
use crate::ports::{
    Clock, DropEffect, DropGuest, EveryBooking, EveryEffect, EveryGuest, EverySettings, Failure, FindBooking,
    KeyPurpose, MendSettings, NewDataKey, OweEffect, PutGuest, PutWrappedKey, UnwrapDataKey, WrappedKeys,
};
use crate::verify_rows::{Fault, people, verify_rows};

/// Mends all that [`verify_rows`] names, so that it finds nothing more, and says what that was.
///
/// May run while bookings are made and changed, but after a restore only before anything else runs: what was due
/// shortly before that instant is then owed anew, so that one letter may come twice and none is lost. Safe to
/// repeat, and to break off.
pub async fn repair_rows<S, K, W>(
    store: &S,
    keyring: &Keyring<K>,
    world: &W,
    restored_to: Option<DateTime<Utc>>,
) -> Result<Vec<Fault>, Failure>
where
    S: EveryBooking + FindBooking + EveryEffect + EveryGuest + EverySettings + WrappedKeys + PutWrappedKey,
    S: OweEffect + DropEffect + PutGuest + DropGuest + MendSettings + Sync,
    K: NewDataKey + UnwrapDataKey + Sync,
    W: Clock + Sync,
{
    let faults = verify_rows(store, keyring, world, restored_to).await?;
    let mut mending = Mending { store, key: None, bookings: BTreeMap::new() };
    if faults.iter().any(|fault| matches!(fault, Fault::NotFound { .. })) {
        mending.key = Some(keyring.newest(store, KeyPurpose::GuestRows, world.now()).await?);
    }
    for fault in &faults {
        mending.mend(fault).await?;
        tracing::info!(%fault, "a row was put right");
    }
    Ok(faults)
}

struct Mending<'a, S> {
    store: &'a S,
    /// Makes guest rows, where some are missing.
    key: Option<DataKey>,
    bookings: BTreeMap<BookingId, Booking>,
}

impl<S> Mending<'_, S>
where
    S: FindBooking + OweEffect + DropEffect + PutGuest + DropGuest + MendSettings + Sync,
{
    async fn mend(&mut self, fault: &Fault) -> Result<(), Failure> {
        match fault {
            // Whoever was faster wrote the same.
            Fault::NotOwed(key) => self.store.owe_effect(key).await.map(|_| ()),
            Fault::OwedTwice(key) => self.store.drop_effect(key).await,
            Fault::NotFound { booking, person } => self.let_be_found(booking, *person).await,
            Fault::FoundInVain { address, booking } => self.store.drop_guest(address, booking).await,
            // Whoever was faster wrote all of it.
            Fault::Beside(settings) => self.store.mend_settings(settings).await.map(|_| ()),
        }
    }

    async fn let_be_found(&mut self, id: &BookingId, person: usize) -> Result<(), Failure> {
        if !self.bookings.contains_key(id) {
            self.bookings.extend(self.store.find_booking(id).await?.map(|booking| (*id, booking)));
        }
        let email = self.bookings.get(id).and_then(|booking| people(booking).get(person).copied());
        match (email, &self.key) {
            (Some(email), Some(key)) => self.store.put_guest(&address_mac(key, email), id).await,
            // It was erased meanwhile.
            (None, _) | (_, None) => Ok(()),
        }
    }
}
