//! A kind of meeting that can be booked.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ids::{HostId, Slug};
use crate::questions::Question;
use crate::text::{Line, Paragraphs};

/// The most hosts one meeting type may have; an answer carries its free hosts as 64 bits.
pub const HOSTS_MAX: usize = 64;
/// The most hosts of a collective meeting type: with it a booking stays far below 100 actions.
pub const COLLECTIVE_HOSTS_MAX: usize = 10;
/// The most reminders of a meeting type, for the same reason.
pub const REMINDERS_MAX: usize = 5;

/// The shortest slot interval, in minutes: with it the list of 92 days stays below a megabyte.
pub const SLOT_INTERVAL_MINS_MIN: u32 = 5;

/// Everything the team has decided about one kind of meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingType {
    /// Its name in addresses. Never changes.
    pub slug: Slug,
    /// As guests see it.
    pub title: Line,
    /// What the meeting is about.
    pub description: Option<Paragraphs>,
    /// The lengths a guest may choose, in minutes; the first is the default. Never empty.
    pub durations_mins: Vec<u32>,
    /// Minutes from one possible start to the next.
    pub slot_interval_mins: u32,
    /// Where it happens.
    pub location: Location,
    /// How hosts share it.
    pub mode: Mode,
    /// Who takes it. Never empty.
    pub hosts: Vec<HostId>,
    /// What the guest is asked.
    pub questions: Vec<Question>,
    /// Whether a host must approve each booking.
    pub requires_approval: bool,
    /// A start must lie at least this far ahead, in minutes.
    pub notice_mins: u32,
    /// How far ahead one may book.
    pub window: Window,
    /// Kept free before each meeting, in minutes.
    pub before_mins: u32,
    /// Kept free after each meeting, in minutes.
    pub after_mins: u32,
    /// The most meetings of this type that one host takes.
    pub caps: Caps,
    /// How round robin is shared out.
    pub assignment: Assignment,
    /// Minutes before the start at which the attendee is reminded.
    pub reminders_mins: Vec<u32>,
    /// Until how long before the start an attendee may cancel or move, in minutes; 0 is until it begins.
    pub cancel_cutoff_mins: u32,
    /// Whether it can be booked at all.
    pub active: bool,
    /// Raised by every edit.
    pub version: u64,
}

impl MeetingType {
    /// Whether it keeps within what a booking and a list can bear. A store asserts it; whoever lets one in from
    /// outside says what is wrong.
    pub fn is_sound(&self) -> bool {
        let hosts_max = if self.mode == Mode::Collective { COLLECTIVE_HOSTS_MAX } else { HOSTS_MAX };
        !self.durations_mins.is_empty()
            && (1..=hosts_max).contains(&self.hosts.len())
            && self.reminders_mins.len() <= REMINDERS_MAX
            && self.slot_interval_mins >= SLOT_INTERVAL_MINS_MIN
    }
}

/// How the hosts of a meeting type share its bookings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One host.
    Single,
    /// Any one of several.
    RoundRobin,
    /// All together.
    Collective,
}

/// How far ahead one may book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Without limit.
    Open,
    /// Through the end of the host-local day so many days after today.
    Rolling {
        /// Days after the host's today; 0 is today only.
        days: u32,
    },
    /// Host-local dates, both inclusive.
    Fixed {
        /// The first date.
        from: NaiveDate,
        /// The last date.
        to: NaiveDate,
    },
}

/// The most live bookings of one meeting type per host, by the host-local date of the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caps {
    /// On one date.
    pub per_day: Option<u32>,
    /// In one week, Monday to Sunday.
    pub per_week: Option<u32>,
}

/// How round robin counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Bookings with a start within so many days of now, before or after, count.
    pub window_days: u32,
    /// A host of weight 2 gets twice the bookings of a host of weight 1. Missing means 1.
    pub weights: BTreeMap<HostId, u32>,
}

impl Default for Assignment {
    fn default() -> Self {
        Self { window_days: 30, weights: BTreeMap::new() }
    }
}

/// Where a meeting happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// What kind of place.
    pub kind: LocationKind,
    /// A number, an address or a link, as the kind needs.
    pub detail: Option<Line>,
}

/// Kinds of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocationKind {
    /// A Google Meet call, made with the calendar entry.
    GoogleMeet,
    /// A Microsoft Teams call, made with the calendar entry.
    Teams,
    /// A telephone call.
    Phone,
    /// A room.
    InPerson,
    /// A web address.
    Link,
    /// Not yet known.
    ToBeAgreed,
}
