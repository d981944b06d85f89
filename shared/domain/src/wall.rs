//! What the clock on the wall shows, and when: the one place where wall readings become instants.
//!
//! The rule: **a wall range on a date is the hull of all instants whose wall reading lies in it.** What happens
//! in a gap, in a fold, when midnight is left out or the whole date (Apia, 2011-12-30) follows from it:
//!
//! - 09:00 to 17:00 is 09:00 to 17:00 on the wall, however many hours that are;
//! - a range that lies in a gap holds no instant, and one that reaches into it ends where the gap begins;
//! - a range that touches a fold includes both passes;
//! - `24:00` is the end of the date, whatever the clock does then.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::hours::WallRange;
use crate::interval::Interval;
use crate::zone::{self, DAY_MINS, Span};

/// When a wall range on a date is; `None` when the clock shows no minute of it.
///
/// Zones are known from 1970 to 2100; before and after, the first and the last known offset hold.
pub fn hull(zone: Tz, date: NaiveDate, range: WallRange) -> Option<Interval> {
    let stretch = Wall::of(zone).hull(Stretch::of_range(day_number(date), range))?;
    Interval::from_secs(stretch.from * 60, stretch.to * 60)
}

/// When a whole date is, 23, 24 or 25 hours long; `None` when the calendar on the wall leaves it out.
pub fn day(zone: Tz, date: NaiveDate) -> Option<Interval> {
    hull(zone, date, WallRange::DAY)
}

/// The date that the calendar on the wall shows.
pub fn date_at(zone: Tz, instant: DateTime<Utc>) -> NaiveDate {
    let day = Wall::of(zone).day_at(instant.timestamp().div_euclid(60));
    date_of(day)
}

/// From one minute up to, but not including, another: since 1970-01-01, either in UTC or on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stretch {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

impl Stretch {
    /// What both have in common, unless that is nothing.
    pub(crate) fn common(self, other: Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.from < both.to).then_some(both)
    }

    /// The wall minutes of some days.
    pub(crate) fn of_days(first: i64, last: i64) -> Self {
        Self { from: first * DAY_MINS, to: (last + 1) * DAY_MINS }
    }

    /// The wall minutes of a range on a day.
    pub(crate) fn of_range(day: i64, range: WallRange) -> Self {
        let midnight = day * DAY_MINS;
        Self { from: midnight + i64::from(range.start_min()), to: midnight + i64::from(range.end_min()) }
    }
}

/// The wall clock of a zone, over all time or a part of it.
#[derive(Clone, Copy)]
pub(crate) struct Wall(&'static [Span]);

impl Wall {
    /// The clock of a zone over all time.
    pub(crate) fn of(zone: Tz) -> Self {
        Self(zone::spans(zone))
    }

    /// The same clock, knowing no other offsets than those needed for these instants.
    pub(crate) fn during(self, time: Stretch) -> Self {
        let first = self.0.partition_point(|span| span.to <= time.from);
        let len = self.0[first..].iter().take_while(|span| span.from < time.to).count();
        Self(&self.0[first..first + len])
    }

    /// The instants that show wall minutes of this stretch: one run of them for each offset, in order of time.
    pub(crate) fn instants(self, wall: Stretch) -> impl DoubleEndedIterator<Item = Stretch> {
        self.0.iter().filter_map(move |span| {
            let shown = Stretch { from: wall.from - span.offset, to: wall.to - span.offset };
            shown.common(Stretch { from: span.from, to: span.to })
        })
    }

    /// The hull of these instants; `None` when there is none.
    pub(crate) fn hull(self, wall: Stretch) -> Option<Stretch> {
        let mut instants = self.instants(wall);
        let first = instants.next()?;
        Some(Stretch { from: first.from, to: instants.next_back().unwrap_or(first).to })
    }

    /// The day that the wall shows at a minute, counted from 1970-01-01.
    pub(crate) fn day_at(self, minute: i64) -> i64 {
        let span = self.0[self.0.partition_point(|span| span.to <= minute)];
        (minute + span.offset).div_euclid(DAY_MINS)
    }

    /// The days whose ranges may hold one of these instants.
    ///
    /// That is the days which the wall shows then, and where its offset changes one more on both sides: in a fold
    /// across midnight the ranges of a day reach into the next.
    pub(crate) fn days_around(self, time: Stretch) -> RangeInclusive<i64> {
        let spare = i64::from(self.0.len() > 1);
        self.day_at(time.from) - spare..=self.day_at(time.to - 1) + spare
    }
}

/// Days from 1970-01-01 to a date.
pub(crate) fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

/// The date so many days after 1970-01-01; the nearest there is, when that lies outside chrono's years.
pub(crate) fn date_of(day: i64) -> NaiveDate {
    let date = i32::try_from(day).ok().and_then(NaiveDate::from_epoch_days);
    date.unwrap_or(if day < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
}

#[cfg(test)]
mod tests;
