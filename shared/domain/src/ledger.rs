//! What a host's stored days come to for one meeting type.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::host::{Entry, Host, HostSnapshot};
use crate::ids::Slug;
use crate::interval::Interval;
use crate::meeting_type::{MeetingType, Mode};
use crate::slots::HostTime;

/// A host's time as the slot engine reads it.
#[derive(Clone, Debug)]
pub struct Ledger<'a> {
    host: &'a Host,
    reserved: Vec<Interval>,
    counted: Vec<DateTime<Utc>>,
}

impl<'a> Ledger<'a> {
    /// Reads a snapshot for a meeting type: every live booking reserves, those of this type count for caps.
    pub fn of(snapshot: &'a HostSnapshot, meeting_type: &Slug) -> Self {
        let reserved = snapshot.live_entries().map(Entry::reserved).collect();
        let bookings = snapshot.live_bookings().into_values();
        let counted = bookings.filter(|entry| entry.meeting_type == *meeting_type);
        let counted = counted.map(|entry| entry.core.start()).collect();
        Self { host: &snapshot.host, reserved, counted }
    }

    /// The engine's view of it. No outside calendar is known here, so none is in the way.
    pub fn time(&self) -> HostTime<'_> {
        HostTime {
            schedule: &self.host.schedule,
            active: self.host.active,
            reserved: &self.reserved,
            busy: &[],
            unknown: &[],
            counted: &self.counted,
        }
    }
}

/// The first UTC date whose host-day matters to what can be listed at `now`.
///
/// The buffer before a meeting may reach into the day behind, and a cap counts from the start of the host-local
/// day or week, which may lie behind the UTC one by a day.
pub fn list_from(meeting_type: &MeetingType, now: DateTime<Utc>) -> NaiveDate {
    let days = match (meeting_type.caps.per_day, meeting_type.caps.per_week) {
        (_, Some(_)) => 7,
        (Some(_), None) => 1,
        (None, None) => 0,
    };
    let buffer = TimeDelta::minutes(i64::from(meeting_type.before_mins));
    (now - buffer - TimeDelta::days(days)).date_naive()
}

/// The first UTC date whose host-day matters to a booking at `now`: round robin looks back to be fair.
pub fn book_from(meeting_type: &MeetingType, now: DateTime<Utc>) -> NaiveDate {
    let list_from = list_from(meeting_type, now);
    if meeting_type.mode != Mode::RoundRobin {
        return list_from;
    }
    let window = TimeDelta::days(i64::from(meeting_type.assignment.window_days));
    list_from.min((now - window).date_naive())
}
