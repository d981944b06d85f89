//! A stretch of time: half-open, never empty.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// The instants from `start` up to, but not including, `end`; `start < end` always.
///
/// Kept as whole seconds since 1970-01-01T00:00:00Z, because the slot engine reads hundreds of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    start_secs: i64,
    end_secs: i64,
}

impl Interval {
    /// The interval between two instants, to the second; `None` when `end` is not after `start`.
    pub fn new(start: DateTime<Utc>, end: DateTime<Utc>) -> Option<Self> {
        Self::from_secs(start.timestamp(), end.timestamp())
    }

    /// The interval between two Unix times in seconds; `None` when `end` is not after `start`.
    pub fn from_secs(start_secs: i64, end_secs: i64) -> Option<Self> {
        (start_secs < end_secs).then_some(Self { start_secs, end_secs })
    }

    /// `mins` minutes from `start` on; `None` for zero minutes.
    pub fn lasting(start: DateTime<Utc>, mins: u32) -> Option<Self> {
        let start_secs = start.timestamp();
        Self::from_secs(start_secs, start_secs + i64::from(mins) * 60)
    }

    /// The first instant.
    pub fn start(&self) -> DateTime<Utc> {
        instant(self.start_secs)
    }

    /// The first instant after it.
    pub fn end(&self) -> DateTime<Utc> {
        instant(self.end_secs)
    }

    /// The first instant as Unix time in seconds.
    pub fn start_secs(&self) -> i64 {
        self.start_secs
    }

    /// The first instant after it as Unix time in seconds.
    pub fn end_secs(&self) -> i64 {
        self.end_secs
    }

    /// How long it lasts, in whole minutes, rounded down.
    pub fn mins(&self) -> i64 {
        (self.end_secs - self.start_secs) / 60
    }

    /// Whether the two share an instant. Touching ends do not.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start_secs < other.end_secs && other.start_secs < self.end_secs
    }

    /// The same stretch with `before_mins` put in front and `after_mins` behind.
    #[must_use]
    pub fn widened(&self, before_mins: u32, after_mins: u32) -> Self {
        Self {
            start_secs: self.start_secs - i64::from(before_mins) * 60,
            end_secs: self.end_secs + i64::from(after_mins) * 60,
        }
    }

    /// Every UTC date that has an instant in common with it, in order.
    ///
    /// These are the host-days in which a reserved interval stands.
    pub fn utc_dates(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = instant(self.end_secs - 1).date_naive();
        self.start().date_naive().iter_days().take_while(move |date| *date <= last)
    }
}

fn instant(secs: i64) -> DateTime<Utc> {
    // Both ends came from a DateTime or from a stored one, moved by at most a day of buffer.
    DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::seconds(secs)).unwrap_or(if secs < 0 {
        DateTime::<Utc>::MIN_UTC
    } else {
        DateTime::<Utc>::MAX_UTC
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn between(start: &str, end: &str) -> Interval {
        Interval::new(at(start), at(end)).unwrap()
    }

    #[test]
    fn an_interval_is_never_empty_or_backwards() {
        let nine = at("2026-03-02T09:00:00Z");
        assert_eq!(Interval::new(nine, nine), None);
        assert_eq!(Interval::new(at("2026-03-02T10:00:00Z"), nine), None);
        assert_eq!(Interval::lasting(nine, 0), None);
    }

    #[test]
    fn touching_intervals_do_not_overlap() {
        let first = between("2026-03-02T09:00:00Z", "2026-03-02T09:30:00Z");
        let next = between("2026-03-02T09:30:00Z", "2026-03-02T10:00:00Z");
        assert!(!first.overlaps(&next) && !next.overlaps(&first));
        assert!(first.widened(0, 1).overlaps(&next));
    }

    #[test]
    fn the_utc_dates_are_those_it_touches() {
        let check = |start, end, dates: &[&str]| {
            let found: Vec<String> = between(start, end).utc_dates().map(|date| date.to_string()).collect();
            assert_eq!(found, dates);
        };
        check("2026-03-02T23:00:00Z", "2026-03-03T00:00:00Z", &["2026-03-02"]);
        check("2026-03-02T23:00:00Z", "2026-03-03T00:00:01Z", &["2026-03-02", "2026-03-03"]);
        check("2026-02-28T23:59:59Z", "2026-03-02T00:00:00Z", &["2026-02-28", "2026-03-01"]);
    }
}
