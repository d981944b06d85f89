//! Whatever was written together with a booking or with settings is looked for, and every row that is missing or
//! left over is named.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{DateTime, Utc};
use openslot_domain::audit::queues::{self, Look};
use openslot_domain::booking::Booking;
use openslot_domain::effects::EffectKey;
use openslot_domain::ids::BookingId;
use openslot_domain::text::EmailAddress;

use crate::keyring::{AddressMac, DataKey, Keyring, address_mac};
use crate::ports::{
    Clock, EveryBooking, EveryEffect, EveryGuest, EverySettings, Failure, FindBooking, KeyPurpose, Named,
    Settings, UnwrapDataKey, WrappedKeys,
};

/// A row that is missing or left over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Work that a booking owes stands in no queue.
    NotOwed(EffectKey),
    /// A part of work stands beside the whole of it.
    OwedTwice(EffectKey),
    /// A booking is not found by one of its people's addresses.
    NotFound {
        /// Which.
        booking: BookingId,
        /// Who, by place: the attendee is 0.
        person: usize,
    },
    /// A booking that there is not is found by an address.
    FoundInVain {
        /// The address.
        address: AddressMac,
        /// What is found by it.
        booking: BookingId,
    },
    /// A host's fence or a directory does not say what the settings say.
    Beside(Settings),
}

/// As an operator reads it. Names nobody's address.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOwed(key) => write!(f, "booking {}: {key} stands in no queue", key.booking),
            Self::OwedTwice(key) => write!(f, "booking {}: {key} stands in its queue twice", key.booking),
            Self::NotFound { booking, person: 0 } => {
                write!(f, "booking {booking}: not found by its attendee's address")
            }
            Self::NotFound { booking, person } => {
                write!(f, "booking {booking}: not found by the address of guest {person}")
            }
            Self::FoundInVain { booking, .. } => write!(f, "there is no booking {booking} for its guest row"),
            Self::Beside(Settings { of: Named::Host(host), .. }) => {
                write!(f, "host {host}: fence or directory differ from the settings")
            }
            Self::Beside(Settings { of: Named::MeetingType(slug), .. }) => {
                write!(f, "meeting type {slug}: the directory differs from the settings")
            }
        }
    }
}

/// Names every row that is missing or left over: timers and owed work, guest rows, fences and directories. Changes
/// nothing.
///
/// May run while bookings are made and changed, and then says nothing of work that was due by now; a table that was
/// `restored_to` an instant must be at rest, and is asked for that as well. Holds everything in memory. Safe to
/// repeat.
pub async fn verify_rows<S, K, W>(
    store: &S,
    keyring: &Keyring<K>,
    world: &W,
    restored_to: Option<DateTime<Utc>>,
) -> Result<Vec<Fault>, Failure>
where
    S: EveryBooking + FindBooking + EveryEffect + EveryGuest + EverySettings + WrappedKeys + Sync,
    K: UnwrapDataKey + Sync,
    W: Clock + Sync,
{
    let bookings = store.every_booking().await?;
    let bookings: BTreeMap<_, _> = bookings.into_iter().map(|booking| (booking.id, booking)).collect();
    let mut faults = effects(store, &bookings, world, restored_to).await?;
    let keys = keyring.all(store, KeyPurpose::GuestRows, world.now()).await?;
    faults.extend(guests(store, &bookings, &keys).await?);
    faults.extend(settings(store).await?);
    faults.sort();
    Ok(faults)
}

/// Everybody a booking is found by, the attendee first.
pub(crate) fn people(booking: &Booking) -> Vec<&EmailAddress> {
    std::iter::once(&booking.attendee.email).chain(booking.guests.iter().map(|guest| &guest.email)).collect()
}

/// The queues are read after the bookings: what a booking owes later than that is there unless it was lost.
async fn effects<S, W>(
    store: &S,
    bookings: &BTreeMap<BookingId, Booking>,
    world: &W,
    restored_to: Option<DateTime<Utc>>,
) -> Result<Vec<Fault>, Failure>
where
    S: FindBooking + EveryEffect + Sync,
    W: Clock + Sync,
{
    let mut queued: BTreeMap<BookingId, BTreeSet<EffectKey>> = BTreeMap::new();
    for key in store.every_effect().await? {
        queued.entry(key.booking).or_default().insert(key);
    }
    let look = Look { now: world.now(), restored_to };
    let nothing = BTreeSet::new();
    let mut faults = Vec::new();
    for (id, booking) in bookings {
        let amends = queues::amends(booking, queued.get(id).unwrap_or(&nothing), look);
        if amends != queues::Amends::default() && still(store, booking).await? {
            faults.extend(amends.owe.into_iter().map(Fault::NotOwed));
            faults.extend(amends.drop.into_iter().map(Fault::OwedTwice));
        }
    }
    Ok(faults)
}

/// Whether a booking still stands as it was read.
async fn still<S: FindBooking + Sync>(store: &S, booking: &Booking) -> Result<bool, Failure> {
    let stands = store.find_booking(&booking.id).await?;
    Ok(stands.is_some_and(|now| now.revision == booking.revision))
}

/// A row may have been made with any key there ever was.
async fn guests<S>(
    store: &S,
    bookings: &BTreeMap<BookingId, Booking>,
    keys: &[DataKey],
) -> Result<Vec<Fault>, Failure>
where
    S: FindBooking + EveryGuest + Sync,
{
    let rows: BTreeSet<(AddressMac, BookingId)> = store.every_guest().await?.into_iter().collect();
    let mut faults = Vec::new();
    for booking in bookings.values() {
        let is_found = |email: &EmailAddress| {
            keys.iter().any(|key| rows.contains(&(address_mac(key, email), booking.id)))
        };
        let lost = people(booking)
            .into_iter()
            .enumerate()
            .filter(|(_, email)| !email.is_erased() && !is_found(email));
        faults.extend(lost.map(|(person, _)| Fault::NotFound { booking: booking.id, person }));
    }
    for (address, booking) in rows {
        if !bookings.contains_key(&booking) && store.find_booking(&booking).await?.is_none() {
            faults.push(Fault::FoundInVain { address, booking });
        }
    }
    Ok(faults)
}

/// Looks twice: rows that are written together may be read apart.
async fn settings<S: EverySettings + Sync>(store: &S) -> Result<Vec<Fault>, Failure> {
    let torn = async || -> Result<BTreeSet<Settings>, Failure> {
        Ok(store.every_settings().await?.into_iter().filter(|found| !found.is_whole).collect())
    };
    let first = torn().await?;
    if first.is_empty() {
        return Ok(Vec::new());
    }
    let second = torn().await?;
    Ok(first.intersection(&second).cloned().map(Fault::Beside).collect())
}
