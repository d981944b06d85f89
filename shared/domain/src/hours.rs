//! When a host works: weekly hours and the dates that differ, as readings of the wall clock.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;

/// Minutes in a wall day; also the reading `24:00`, legal as an end only.
pub const MINS_PER_DAY: u16 = 24 * 60;

/// A stretch of one wall day, from `start` up to `end`; `end` may be 24:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallRange {
    start_min: u16,
    end_min: u16,
}

impl WallRange {
    /// The whole of a wall day.
    pub const DAY: Self = Self { start_min: 0, end_min: MINS_PER_DAY };

    /// A range by minutes after wall midnight; `None` unless `start < end <= 24:00`.
    pub fn new(start_min: u16, end_min: u16) -> Option<Self> {
        (start_min < end_min && end_min <= MINS_PER_DAY).then_some(Self { start_min, end_min })
    }

    /// Minutes after wall midnight at which it starts, 0 to 1439.
    pub fn start_min(&self) -> u16 {
        self.start_min
    }

    /// Minutes after wall midnight at which it ends, 1 to 1440.
    pub fn end_min(&self) -> u16 {
        self.end_min
    }
}

/// The ranges of each weekday. A day without ranges is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weekly {
    days: [Vec<WallRange>; 7],
}

impl Weekly {
    /// Monday to Friday, 09:00 to 17:00: what a new host starts with.
    pub fn office() -> Self {
        let nine_to_five = WallRange { start_min: 9 * 60, end_min: 17 * 60 };
        let mut weekly = Self::default();
        for day in [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri] {
            weekly.set(day, vec![nine_to_five]);
        }
        weekly
    }

    /// Replaces the ranges of a weekday. Order and overlap do not matter: touching ranges become one.
    pub fn set(&mut self, day: Weekday, ranges: Vec<WallRange>) {
        self.days[day.num_days_from_monday() as usize] = ranges;
    }

    /// The ranges of a weekday, as given.
    pub fn on(&self, day: Weekday) -> &[WallRange] {
        &self.days[day.num_days_from_monday() as usize]
    }
}

/// What one date has instead of its weekly hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Override {
    /// Nothing can be booked.
    Blocked,
    /// These ranges; none closes the date.
    CustomHours(Vec<WallRange>),
}

/// A host's hours: where the wall clock hangs, what it shows in a week, and the dates that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The zone whose wall clock all ranges and override dates are read from.
    pub zone: Tz,
    /// The hours of an ordinary week.
    pub weekly: Weekly,
    /// The dates that differ, by the host's own calendar.
    pub overrides: BTreeMap<NaiveDate, Override>,
}

impl Schedule {
    /// The ranges that count on a date of the host's calendar.
    pub fn ranges_on(&self, date: NaiveDate) -> &[WallRange] {
        match self.overrides.get(&date) {
            Some(Override::Blocked) => &[],
            Some(Override::CustomHours(ranges)) => ranges,
            None => self.weekly.on(date.weekday()),
        }
    }
}
