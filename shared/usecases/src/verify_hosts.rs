//! Every host's days are held against the bookings, and every difference is named.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use openslot_domain::audit::{self, Difference, Wrong};
use openslot_domain::booking::{Booking, DayWrite};
use openslot_domain::host::{HostDay, KEPT_DAYS};
use openslot_domain::ids::{BookingId, HostId};

use crate::ports::{Clock, EveryBooking, Failure, FindBooking, ListHosts, ReadDays};

/// How often one looks again at days that changed under one's eyes.
const LOOKS: u32 = 5;

/// What became of looking at everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many hosts were looked at.
    pub hosts: usize,
    /// How many bookings.
    pub bookings: usize,
    /// What differs, by host.
    pub differences: Vec<(HostId, Difference)>,
    /// Dates that were written each time one looked, so that nothing can be said of them; look again.
    pub unsettled: BTreeSet<(HostId, NaiveDate)>,
}

/// Recomputes every host's days from the bookings, from the oldest day on that is still kept, and names whatever
/// differs. Changes nothing.
///
/// May run while bookings are made and changed: a difference is reported only if it stood while the day was not
/// written. Holds all bookings in memory. Safe to repeat.
pub async fn verify_hosts<S, W>(store: &S, world: &W) -> Result<Verified, Failure>
where
    S: ListHosts + ReadDays + EveryBooking + FindBooking + Sync,
    W: Clock + Sync,
{
    let mut register = Register::read(store, world.now()).await?;
    let mut verified = Verified { bookings: register.bookings.len(), ..Verified::default() };
    for host in register.hosts() {
        let seen = register.verify(store, &host).await?;
        verified.hosts += 1;
        verified.differences.extend(seen.differences.into_iter().map(|found| (host.clone(), found)));
        verified.unsettled.extend(seen.unsettled.into_iter().map(|date| (host.clone(), date)));
    }
    Ok(verified)
}

/// Everything that is known of bookings so far.
pub(crate) struct Register {
    from: NaiveDate,
    listed: BTreeSet<HostId>,
    bookings: BTreeMap<BookingId, Booking>,
}

/// A host's days, and what differs in them from bookings that were all read later than the days.
pub(crate) struct Look {
    pub(crate) days: BTreeMap<NaiveDate, HostDay>,
    pub(crate) differences: Vec<Difference>,
}

impl Register {
    /// Reads every booking.
    pub(crate) async fn read<S>(store: &S, now: DateTime<Utc>) -> Result<Self, Failure>
    where
        S: ListHosts + EveryBooking + Sync,
    {
        // The day after the last one that may be gone by now.
        let from = now.date_naive() - Days::new(KEPT_DAYS - 1);
        let bookings = store.every_booking().await?;
        let bookings = bookings.into_iter().map(|booking| (booking.id, booking)).collect();
        let listed = store.list_hosts().await?.into_iter().collect();
        Ok(Self { from, listed, bookings })
    }

    /// Every host that is listed or has bookings.
    pub(crate) fn hosts(&self) -> BTreeSet<HostId> {
        let booked = self.bookings.values().flat_map(|booking| &booking.hosts);
        booked.map(|host| host.id.clone()).chain(self.listed.iter().cloned()).collect()
    }

    /// Looks at a host: first at the days, then once more at every booking that seems to differ from them.
    ///
    /// An entry is written in the transaction of its booking. So whoever reads the booking after the day, and finds
    /// later that the day has still the version that was read, has seen both as they stood at one moment.
    pub(crate) async fn look<S>(&mut self, store: &S, host: &HostId) -> Result<Look, Failure>
    where
        S: ReadDays + FindBooking + Sync,
    {
        let days = store.read_days(host, self.from).await?;
        let mut fresh = BTreeSet::new();
        loop {
            let differences = audit::differences(host, self.from, &days, &self.bookings);
            let doubtful: BTreeSet<BookingId> =
                differences.iter().flat_map(concerned).filter(|id| !fresh.contains(id)).collect();
            if doubtful.is_empty() {
                return Ok(Look { days, differences });
            }
            for id in doubtful {
                self.note(id, store.find_booking(&id).await?);
                fresh.insert(id);
            }
        }
    }

    fn note(&mut self, id: BookingId, booking: Option<Booking>) {
        self.bookings.remove(&id);
        self.bookings.extend(booking.map(|booking| (id, booking)));
    }

    /// The days that have to be written for a host who was looked at like this.
    pub(crate) fn repair(&self, host: &HostId, look: &Look) -> Vec<DayWrite> {
        audit::repair(host, self.from, &look.days, &self.bookings)
    }

    /// What differs in a host's days, and the dates of which nothing can be said.
    async fn verify<S>(&mut self, store: &S, host: &HostId) -> Result<Seen, Failure>
    where
        S: ReadDays + FindBooking + Sync,
    {
        let mut seen = Seen::default();
        for _ in 0..LOOKS {
            let look = self.look(store, host).await?;
            if look.differences.is_empty() {
                return Ok(Seen::default());
            }
            seen = Seen::of(look, &store.read_days(host, self.from).await?);
            if seen.unsettled.is_empty() {
                break;
            }
        }
        Ok(seen)
    }
}

/// What was found at one host.
#[derive(Default)]
struct Seen {
    differences: Vec<Difference>,
    unsettled: BTreeSet<NaiveDate>,
}

impl Seen {
    /// A difference stands if its day was not written since it was read.
    fn of(look: Look, later: &BTreeMap<NaiveDate, HostDay>) -> Self {
        let version_in = |days: &BTreeMap<NaiveDate, HostDay>, found: &Difference| {
            days.get(&found.date).map(|day| day.version)
        };
        let stands = |found: &Difference| version_in(&look.days, found) == version_in(later, found);
        let (differences, moving): (Vec<_>, Vec<_>) = look.differences.into_iter().partition(stands);
        Self { differences, unsettled: moving.into_iter().map(|found| found.date).collect() }
    }
}

/// Whose bookings a difference is about.
fn concerned(difference: &Difference) -> Vec<BookingId> {
    match difference.what {
        Wrong::Overlap { with } => vec![difference.booking, with],
        Wrong::Missing | Wrong::Stray | Wrong::Orphan | Wrong::Repeated | Wrong::State | Wrong::Field(_) => {
            vec![difference.booking]
        }
    }
}
