//! The same counted minute by minute, by somebody who knows nothing of the product's own audit.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, NaiveDate};
use openslot_domain::booking::Booking;
use openslot_domain::ids::{BookingId, HostId};

use crate::town::Town;

/// What does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invariant {
    /// A minute of a host belongs to at most one booking, buffers included.
    OneHolderPerMinute,
    /// The days of a host say exactly what the bookings say.
    DaysMatchBookings,
}

/// An invariant that does not hold, and where.
#[derive(Debug)]
pub struct Violation {
    pub invariant: Invariant,
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.invariant, self.what)
    }
}

/// Everything that holds of a town in which nothing is under way.
pub fn judge(town: &Town) -> Result<(), Violation> {
    for host in town.host_ids() {
        let held = held(town, &host)?;
        let stored = stored(town, &host);
        if held != stored {
            let what = format!("{host}: bookings say {held:?}, days say {stored:?}");
            return Err(Violation { invariant: Invariant::DaysMatchBookings, what });
        }
    }
    Ok(())
}

/// How many minutes each booking holds on each date: by the bookings, one minute after the other.
type Minutes = BTreeMap<(NaiveDate, BookingId), i64>;

fn held(town: &Town, host: &HostId) -> Result<Minutes, Violation> {
    let mut owners: BTreeMap<i64, BookingId> = BTreeMap::new();
    let mut minutes = Minutes::new();
    for booking in town.bookings.values().filter(|booking| holds(booking, host)) {
        let from = booking.core.start_secs() / 60 - i64::from(booking.before_mins);
        let to = booking.core.end_secs() / 60 + i64::from(booking.after_mins);
        for minute in from..to {
            if let Some(other) = owners.insert(minute, booking.id) {
                let what = format!("{host} at minute {minute}: {other} and {}", booking.id);
                return Err(Violation { invariant: Invariant::OneHolderPerMinute, what });
            }
            *minutes.entry((date_of(minute), booking.id)).or_default() += 1;
        }
    }
    Ok(minutes)
}

fn holds(booking: &Booking, host: &HostId) -> bool {
    use openslot_domain::booking::State::{Cancelled, Confirmed, Declined, Pending};
    let is_live = match booking.state {
        Confirmed | Pending => true,
        Cancelled | Declined => false,
    };
    is_live && booking.hosts.iter().any(|booked| booked.id == *host)
}

/// The same by what stands in the days: an entry counts with its minutes of the date it stands in.
fn stored(town: &Town, host: &HostId) -> Minutes {
    let mut minutes = Minutes::new();
    for (date, day) in town.days(host) {
        for entry in day.entries.iter().filter(|entry| entry.is_live()) {
            let from = entry.core.start_secs() / 60 - i64::from(entry.before_mins);
            let to = entry.core.end_secs() / 60 + i64::from(entry.after_mins);
            let here = (from..to).filter(|minute| date_of(*minute) == *date).count();
            *minutes.entry((*date, entry.booking)).or_default() += i64::try_from(here).unwrap();
        }
    }
    minutes
}

fn date_of(minute: i64) -> NaiveDate {
    DateTime::from_timestamp(minute * 60, 0).unwrap().date_naive()
}
