//! Whether a host's stored days say what the bookings say, and what they must say.
//!
//! Bookings are the truth, host-days are what guards it: every difference between the two has a name here, and all
//! but one are mended by writing the day anew. Two bookings that hold the same time are for people to settle.

pub mod queues;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;

use crate::booking::{Booking, DayWrite};
use crate::host::{CANCELLED_MAX, Entry, HostDay};
use crate::ids::{BookingId, HostId};
use crate::interval::Interval;

/// Something in which a host's days and the bookings differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// In which UTC date; of two bookings that hold the same time, the first such date.
    pub date: NaiveDate,
    /// Whose entry.
    pub booking: BookingId,
    /// What is wrong with it.
    pub what: Wrong,
}

/// What is wrong with an entry, or with its absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// The booking has no entry in a day that it touches.
    Missing,
    /// The booking does not touch the day that its entry stands in.
    Stray,
    /// There is no such booking, or it is not this host's.
    Orphan,
    /// The day holds another entry of the same booking.
    Repeated,
    /// The entry holds time that its booking has given up, or the other way round; or one of the two is pending.
    State,
    /// The entry says something else than its booking.
    Field(Field),
    /// The booking holds time of this host that another booking holds too. No day can say that rightly.
    Overlap {
        /// The other booking.
        with: BookingId,
    },
}

/// A part of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The meeting's own time.
    Core,
    /// What is kept free before it.
    Before,
    /// What is kept free after it.
    After,
    /// The meeting type.
    MeetingType,
    /// When it was booked.
    BookedAt,
}

impl Wrong {
    /// Whether writing the day anew makes it right.
    pub fn is_mendable(self) -> bool {
        match self {
            Self::Missing | Self::Stray | Self::Orphan | Self::Repeated | Self::State | Self::Field(_) => {
                true
            }
            Self::Overlap { .. } => false,
        }
    }
}

/// As an operator reads it.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { date, booking, what } = self;
        match what {
            Wrong::Missing => write!(f, "{date}: booking {booking} has no entry"),
            Wrong::Stray => write!(f, "{date}: booking {booking} has an entry on a day it does not touch"),
            Wrong::Orphan => write!(f, "{date}: there is no booking {booking} for its entry"),
            Wrong::Repeated => write!(f, "{date}: booking {booking} has more than one entry"),
            Wrong::State => write!(f, "{date}: the entry of booking {booking} is in another state"),
            Wrong::Field(field) => write!(f, "{date}: the entry of booking {booking} has another {field}"),
            Wrong::Overlap { with } => write!(f, "{date}: bookings {booking} and {with} hold the same time"),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Core => "time",
            Self::Before => "buffer before it",
            Self::After => "buffer after it",
            Self::MeetingType => "meeting type",
            Self::BookedAt => "instant of booking",
        })
    }
}

/// Every difference between a host's days from `from` on and `bookings`, by date. Earlier days are not looked at.
///
/// `bookings` are all that name this host; others do no harm. Days and bookings have to be of one moment: a booking
/// that was changed between the two reads looks like a difference.
pub fn differences(
    host: &HostId,
    from: NaiveDate,
    days: &BTreeMap<NaiveDate, HostDay>,
    bookings: &BTreeMap<BookingId, Booking>,
) -> Vec<Difference> {
    let truth = Truth::of(host, from, bookings);
    let mut found = overlaps(&truth, from);
    for date in truth.dates.keys().chain(days.range(from..).map(|(date, _)| date)).collect::<BTreeSet<_>>() {
        found.extend(truth.compare(*date, days.get(date).map_or(&[], |day| &day.entries)));
    }
    found.sort();
    found
}

/// The days that have to be written for nothing mendable to be left, each as it must be and for the version in
/// `days`. Takes what [`differences`] takes.
///
/// What is right in a day stays as and where it is.
pub fn repair(
    host: &HostId,
    from: NaiveDate,
    days: &BTreeMap<NaiveDate, HostDay>,
    bookings: &BTreeMap<BookingId, Booking>,
) -> Vec<DayWrite> {
    let truth = Truth::of(host, from, bookings);
    let found = differences(host, from, days, bookings);
    let dates: BTreeSet<NaiveDate> =
        found.iter().filter(|found| found.what.is_mendable()).map(|found| found.date).collect();
    let write = |date: NaiveDate| {
        let stored = days.get(&date);
        let day = truth.mended(date, stored.unwrap_or(&HostDay::default()));
        DayWrite { host: host.clone(), date, read: stored.map(|day| day.version), day }
    };
    dates.into_iter().map(write).collect()
}

/// What the bookings say about one host.
struct Truth {
    /// Every booking of the host, as its days have to remember it.
    entries: BTreeMap<BookingId, Entry>,
    /// Who touches which date.
    dates: BTreeMap<NaiveDate, BTreeSet<BookingId>>,
}

impl Truth {
    fn of(host: &HostId, from: NaiveDate, bookings: &BTreeMap<BookingId, Booking>) -> Self {
        let here = bookings.values().filter(|booking| booking.hosts.iter().any(|booked| booked.id == *host));
        let entries: BTreeMap<_, _> = here.map(|booking| (booking.id, booking.entry())).collect();
        let mut dates: BTreeMap<NaiveDate, BTreeSet<BookingId>> = BTreeMap::new();
        for (id, entry) in &entries {
            for date in entry.reserved().utc_dates().filter(|date| *date >= from) {
                dates.entry(date).or_default().insert(*id);
            }
        }
        Self { entries, dates }
    }

    fn touches(&self, date: NaiveDate, booking: &BookingId) -> bool {
        self.dates.get(&date).is_some_and(|ids| ids.contains(booking))
    }

    fn compare(&self, date: NaiveDate, entries: &[Entry]) -> Vec<Difference> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for entry in entries {
            let name = |what| Difference { date, booking: entry.booking, what };
            if seen.insert(entry.booking) {
                found.extend(self.wrongs(date, entry).into_iter().map(name));
            } else {
                found.push(name(Wrong::Repeated));
            }
        }
        let absent = self.absent(date, entries).into_iter();
        found.extend(absent.map(|booking| Difference { date, booking, what: Wrong::Missing }));
        found
    }

    /// What is wrong with an entry that is the only one of its booking in this day.
    fn wrongs(&self, date: NaiveDate, entry: &Entry) -> Vec<Wrong> {
        let Some(right) = self.entries.get(&entry.booking) else {
            return vec![Wrong::Orphan];
        };
        if !self.touches(date, &entry.booking) {
            return vec![Wrong::Stray];
        }
        let fields = [
            (Field::Core, entry.core == right.core),
            (Field::Before, entry.before_mins == right.before_mins),
            (Field::After, entry.after_mins == right.after_mins),
            (Field::MeetingType, entry.meeting_type == right.meeting_type),
            (Field::BookedAt, entry.booked_at == right.booked_at),
        ];
        let wrong = fields.into_iter().filter(|(_, same)| !same).map(|(field, _)| Wrong::Field(field));
        wrong.chain((entry.state != right.state).then_some(Wrong::State)).collect()
    }

    /// Who has no entry and needs one. A booking that is over needs none where a day holds as many of those as it
    /// keeps: an older one goes when a newer one comes.
    fn absent(&self, date: NaiveDate, entries: &[Entry]) -> Vec<BookingId> {
        let standing: BTreeSet<BookingId> = entries.iter().map(|entry| entry.booking).collect();
        let is_right = |entry: &&Entry| self.touches(date, &entry.booking);
        let given_up = entries.iter().filter(is_right).filter(|entry| !self.is_live(&entry.booking)).count();
        let needed = |id: &&BookingId| self.is_live(id) || given_up < CANCELLED_MAX;
        let touching = self.dates.get(&date).into_iter().flatten();
        touching.filter(|id| !standing.contains(id)).filter(needed).copied().collect()
    }

    fn is_live(&self, booking: &BookingId) -> bool {
        self.entries.get(booking).is_some_and(Entry::is_live)
    }

    /// The day as it must be, at its next version.
    fn mended(&self, date: NaiveDate, day: &HostDay) -> HostDay {
        let mut mended = HostDay { version: day.version, entries: Vec::new() };
        for entry in &day.entries {
            let is_first = mended.entries.iter().all(|kept| kept.booking != entry.booking);
            if is_first && self.touches(date, &entry.booking) {
                mended.entries.extend(self.entries.get(&entry.booking).cloned());
            }
        }
        let absent = self.absent(date, &mended.entries);
        mended.entries.extend(absent.iter().filter_map(|id| self.entries.get(id).cloned()));
        HostDay { version: day.version + 1, entries: trimmed(mended.entries) }
    }
}

/// Without the oldest of those that reserve nothing, where there are more than a day keeps.
fn trimmed(mut entries: Vec<Entry>) -> Vec<Entry> {
    let given_up = entries.iter().filter(|entry| !entry.is_live()).count();
    let mut too_many = given_up.saturating_sub(CANCELLED_MAX);
    entries.retain(|entry| {
        let goes = !entry.is_live() && too_many > 0;
        too_many -= usize::from(goes);
        !goes
    });
    entries
}

/// Every two live bookings that hold the same time, each pair once.
fn overlaps(truth: &Truth, from: NaiveDate) -> Vec<Difference> {
    let mut held: Vec<&Entry> = truth.entries.values().filter(|entry| entry.is_live()).collect();
    held.sort_by_key(|entry| (entry.reserved(), entry.booking));
    let mut found = Vec::new();
    for (place, entry) in held.iter().enumerate() {
        let reserved = entry.reserved();
        let later = held[place + 1..].iter().take_while(|later| later.reserved().start() < reserved.end());
        for later in later {
            // The later one begins inside the earlier one, so that its first date is one of both.
            let shared = Interval::new(later.reserved().start(), reserved.end().min(later.reserved().end()));
            let date = shared.and_then(|shared| shared.utc_dates().find(|date| *date >= from));
            let what = Wrong::Overlap { with: later.booking };
            found.extend(date.map(|date| Difference { date, booking: entry.booking, what }));
        }
    }
    found
}

#[cfg(test)]
mod tests;
