//! Somebody is erased from every booking they were part of.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use openslot_domain::booking::Booking;
use openslot_domain::booking::change::ChangePlan;
use openslot_domain::booking::erasing::{self, NotYet};
use openslot_domain::ids::BookingId;
use openslot_domain::text::EmailAddress;

use crate::keyring::{AddressMac, DataKey, Keyring, address_mac};
use crate::ports::{
    ChangeBooking, Clock, DropGuest, Entropy, EveryErasure, Failure, FindBooking, FindGuest, KeyPurpose,
    Pause, PutErasure, Saved, UnwrapDataKey, WrappedKeys,
};
use crate::retry::Tries;

/// What became of a wish to erase somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// The bookings of which they are no longer part.
    pub erased: BTreeSet<BookingId>,
    /// Those that they still are part of, and why; cancel what is to come, wait an hour, and erase again.
    pub left: BTreeSet<(BookingId, WhyLeft)>,
}

/// Why somebody is still part of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyLeft {
    /// It is still to come.
    Upcoming,
    /// It was changed within the last hour.
    AtWork,
    /// Others were at it all the time.
    Busy,
}

/// Erases whoever has this address, and notes the erasure, so that it can be done again in a restored table.
///
/// Nothing names the address afterwards: not the bookings, not the rows by which they are found, not the note, which
/// knows a keyed digest alone. Safe to repeat, and to break off.
pub async fn erase_guest<S, K, W>(
    store: &S,
    keyring: &Keyring<K>,
    world: &W,
    email: &EmailAddress,
) -> Result<Erased, Failure>
where
    S: FindGuest + FindBooking + ChangeBooking + DropGuest + PutErasure + WrappedKeys + Sync,
    K: UnwrapDataKey + Sync,
    W: Clock + Pause + Entropy + Sync,
{
    let keys = keyring.all(store, KeyPurpose::GuestRows, world.now()).await?;
    let mut all = Erased::default();
    for mac in keys.iter().map(|key| address_mac(key, email)) {
        // The note comes first: what breaks off after it is done again with it.
        store.put_erasure(&mac, world.now()).await?;
        let until = world.now();
        all.add(Erasing { store, world, keys: &keys, who: mac, until }.everywhere().await?);
    }
    Ok(all)
}

/// Does every erasure again that `ledger` notes: `store` was restored to a time before some of them. Safe to repeat.
///
/// `ledger` and `store` have the same data keys.
pub async fn erase_again<L, S, K, W>(
    ledger: &L,
    store: &S,
    keyring: &Keyring<K>,
    world: &W,
) -> Result<Erased, Failure>
where
    L: EveryErasure + Sync,
    S: FindGuest + FindBooking + ChangeBooking + DropGuest + PutErasure + WrappedKeys + Sync,
    K: UnwrapDataKey + Sync,
    W: Clock + Pause + Entropy + Sync,
{
    let keys = keyring.all(store, KeyPurpose::GuestRows, world.now()).await?;
    let mut all = Erased::default();
    for (mac, at) in ledger.every_erasure().await? {
        store.put_erasure(&mac, at).await?;
        all.add(Erasing { store, world, keys: &keys, who: mac, until: at }.everywhere().await?);
    }
    Ok(all)
}

impl Erased {
    fn add(&mut self, other: Self) {
        self.erased.extend(other.erased);
        self.left.extend(other.left);
    }
}

/// One person, known by a digest.
struct Erasing<'a, S, W> {
    store: &'a S,
    world: &'a W,
    keys: &'a [DataKey],
    who: AddressMac,
    /// Whoever comes back and books later is not meant.
    until: DateTime<Utc>,
}

impl<S, W> Erasing<'_, S, W>
where
    S: FindGuest + FindBooking + ChangeBooking + DropGuest + Sync,
    W: Clock + Pause + Entropy + Sync,
{
    async fn everywhere(&self) -> Result<Erased, Failure> {
        let mut all = Erased::default();
        for id in self.store.find_guest(&self.who).await? {
            let made = self.store.find_booking(&id).await?.map(|booking| booking.created_at);
            if made.is_some_and(|at| at > self.until) {
                continue;
            }
            match self.out_of(&id).await? {
                None => {
                    self.store.drop_guest(&self.who, &id).await?;
                    all.erased.insert(id);
                }
                Some(why) => drop(all.left.insert((id, why))),
            }
        }
        Ok(all)
    }

    /// `None` once they are no longer part of it.
    async fn out_of(&self, id: &BookingId) -> Result<Option<WhyLeft>, Failure> {
        let mut tries = Tries::from(self.world.now());
        loop {
            let Some(booking) = self.store.find_booking(id).await? else {
                return Ok(None);
            };
            match self.plan(&booking) {
                Ok(None) => return Ok(None),
                Err(NotYet::Upcoming) => return Ok(Some(WhyLeft::Upcoming)),
                Err(NotYet::AtWork) => return Ok(Some(WhyLeft::AtWork)),
                Ok(Some(plan)) if self.store.change_booking(&plan).await? == Saved::Done => return Ok(None),
                Ok(Some(_)) => {}
            }
            if !tries.another(self.world).await {
                return Ok(Some(WhyLeft::Busy));
            }
        }
    }

    fn plan(&self, booking: &Booking) -> Result<Option<ChangePlan>, NotYet> {
        let mut nonce = [0; 16];
        self.world.fill(&mut nonce);
        let is_meant = |email: &EmailAddress| self.keys.iter().any(|key| address_mac(key, email) == self.who);
        erasing::erase(booking, is_meant, nonce, self.world.now())
    }
}
