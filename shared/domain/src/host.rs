//! A host, and what the store knows of a host's time.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::hours::Schedule;
use crate::ids::{BookingId, HostId, Slug};
use crate::interval::Interval;
use crate::text::{EmailAddress, Line};

/// A member of the team who takes meetings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Never changes.
    pub id: HostId,
    /// As guests see it.
    pub name: Line,
    /// Where the host's letters go.
    pub email: EmailAddress,
    /// Hours, overrides and zone.
    pub schedule: Schedule,
    /// An inactive host is offered to nobody and keeps its bookings.
    pub active: bool,
}

/// What one booking holds of a host's UTC day. It stands in every UTC day its reserved interval touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whose it is.
    pub booking: BookingId,
    /// Of which meeting type; caps and fairness count by it.
    pub meeting_type: Slug,
    /// The meeting itself.
    pub core: Interval,
    /// Kept free before it, in minutes.
    pub before_mins: u32,
    /// Kept free after it, in minutes.
    pub after_mins: u32,
    /// Whether it still holds the time.
    pub state: EntryState,
    /// When it was booked; fairness prefers whom was booked longest ago.
    pub booked_at: DateTime<Utc>,
}

impl Entry {
    /// The meeting and its buffers: what no other booking of this host may touch.
    pub fn reserved(&self) -> Interval {
        self.core.widened(self.before_mins, self.after_mins)
    }

    /// Whether it holds its time.
    pub fn is_live(&self) -> bool {
        match self.state {
            EntryState::Confirmed | EntryState::Pending => true,
            EntryState::Cancelled => false,
        }
    }
}

/// Whether an entry holds its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryState {
    /// Booked.
    Confirmed,
    /// Waiting for the host's word, and holding its time meanwhile.
    Pending,
    /// Given up; reserves nothing.
    Cancelled,
}

/// How long a host-day stays once it is past, in days: long enough for the bookings list.
pub const KEPT_DAYS: u64 = 400;
/// How many entries that reserve nothing a day keeps.
pub const CANCELLED_MAX: usize = 32;

/// One UTC day of one host, as stored: the guard against double booking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostDay {
    /// Raised by every write. A writer must still find the version it read.
    pub version: u64,
    /// In the order in which they were written.
    pub entries: Vec<Entry>,
}

impl HostDay {
    /// The day with this booking's entry replaced, as its next version. `None` takes the entry out; one that is
    /// no longer live goes to the end, and of those the last [`CANCELLED_MAX`] stay.
    #[must_use]
    pub fn rewritten(&self, booking: &BookingId, entry: Option<Entry>) -> Self {
        let place = self.entries.iter().position(|entry| entry.booking == *booking);
        let mut entries: Vec<Entry> =
            self.entries.iter().filter(|entry| entry.booking != *booking).cloned().collect();
        if let Some(entry) = entry {
            let place = if entry.is_live() { place } else { None };
            entries.insert(place.unwrap_or(entries.len()).min(entries.len()), entry);
        }
        let given_up = entries.iter().filter(|entry| !entry.is_live()).count();
        let mut too_many = given_up.saturating_sub(CANCELLED_MAX);
        entries.retain(|entry| {
            let goes = !entry.is_live() && too_many > 0;
            too_many -= usize::from(goes);
            !goes
        });
        Self { version: self.version + 1, entries }
    }
}

/// A host and the days from some UTC date on, read together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostSnapshot {
    /// The host's settings.
    pub host: Host,
    /// The version of these settings; a booking holds only while the fence still shows it.
    pub config_version: u64,
    /// The days that have been written, by UTC date. A day that is not here has no item.
    pub days: BTreeMap<NaiveDate, HostDay>,
}

impl HostSnapshot {
    /// Every live entry. A booking repeats in each day it touches, and all of them count as reserving: days may
    /// have been read at different moments, so that a booking stands in one of its days and not yet in another.
    pub fn live_entries(&self) -> impl Iterator<Item = &Entry> {
        self.days.values().flat_map(|day| &day.entries).filter(|entry| entry.is_live())
    }

    /// The same as if this booking did not exist: its own time is not in the way of a booking that is to be moved.
    #[must_use]
    pub fn without(&self, booking: &BookingId) -> Self {
        let mut rest = self.clone();
        for day in rest.days.values_mut() {
            day.entries.retain(|entry| entry.booking != *booking);
        }
        rest
    }

    /// Every live booking once, by id.
    pub fn live_bookings(&self) -> BTreeMap<BookingId, &Entry> {
        self.live_entries().map(|entry| (entry.booking, entry)).collect()
    }
}
