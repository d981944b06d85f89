//! The offsets of a zone, found once per process.
//!
//! `chrono-tz` answers for one instant at a time and lists no transitions. They are found here by asking it
//! every six days over the supported years and bisecting where the answers differ; after that a zone is a short
//! sorted list, which the slot engine reads without a zone library.

use std::sync::OnceLock;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};

/// Minutes in a day of 24 hours, and on any wall.
pub(crate) const DAY_MINS: i64 = 24 * 60;

/// 1970-01-01T00:00:00Z in minutes since then: the first supported instant.
pub(crate) const FIRST_MINUTE: i64 = 0;
/// 2101-01-01T00:00:00Z in the same minutes: the first instant that is no longer supported.
pub(crate) const LAST_MINUTE: i64 = 47_847 * DAY_MINS;

/// Minutes, more than any answer needs to look ahead; few enough to be added to, and to be seconds.
pub(crate) const FOREVER: i64 = i64::MAX / 1000;

/// How far apart the probes lie. The shortest stay of an offset since 1970 is that of Gaza in 2040, an hour less
/// than seven days, so none is stepped over.
const PROBE_MINS: i64 = 6 * DAY_MINS;

/// A stretch of time with one offset, in minutes since 1970-01-01T00:00:00Z; half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// What is added to UTC to read the wall clock, in minutes.
    pub(crate) offset: i64,
}

/// Every span of a zone, in order and without holes. The first and the last have no end.
pub(crate) fn spans(zone: Tz) -> &'static [Span] {
    static FOUND: [OnceLock<Box<[Span]>>; TZ_VARIANTS.len()] = [const { OnceLock::new() }; TZ_VARIANTS.len()];
    FOUND[zone as usize].get_or_init(|| find(zone))
}

fn find(zone: Tz) -> Box<[Span]> {
    let mut spans = Vec::new();
    let mut span = Span { from: -FOREVER, to: FOREVER, offset: offset_at(zone, FIRST_MINUTE) };
    let mut probed = FIRST_MINUTE;
    while probed < LAST_MINUTE {
        let next = probed + PROBE_MINS;
        if offset_at(zone, next) == span.offset {
            probed = next;
        } else {
            probed = first_change(zone, span.offset, probed, next);
            spans.push(Span { to: probed, ..span });
            span = Span { from: probed, to: FOREVER, offset: offset_at(zone, probed) };
        }
    }
    spans.push(span);
    spans.into()
}

/// The minute in `(before, after]` from which on another offset than `offset` holds.
fn first_change(zone: Tz, offset: i64, before: i64, after: i64) -> i64 {
    let (mut before, mut after) = (before, after);
    while after - before > 1 {
        let middle = i64::midpoint(before, after);
        if offset_at(zone, middle) == offset {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

/// The offset at a minute. Until 1972 Monrovia counted seconds; these are dropped.
fn offset_at(zone: Tz, minute: i64) -> i64 {
    let instant = DateTime::from_timestamp(minute * 60, 0).expect("the supported years are within chrono's");
    let offset = zone.offset_from_utc_datetime(&instant.naive_utc()).fix();
    i64::from(offset.local_minus_utc()).div_euclid(60)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks the zone library at every transition found, a minute before it, and in between.
    #[test]
    fn every_zone_has_its_own_place_and_agrees_with_the_library() {
        for zone in TZ_VARIANTS {
            let spans = spans(zone);
            for pair in spans.windows(2) {
                assert_eq!(pair[0].to, pair[1].from, "{zone}");
                assert_ne!(pair[0].offset, pair[1].offset, "{zone}");
                let between = i64::midpoint(pair[1].from, pair[1].to.min(LAST_MINUTE));
                for (minute, span) in
                    [(pair[1].from - 1, pair[0]), (pair[1].from, pair[1]), (between, pair[1])]
                {
                    assert_eq!(offset_at(zone, minute), span.offset, "{zone} at minute {minute}");
                }
            }
        }
    }

    #[test]
    fn two_changes_within_a_month_are_both_found() {
        let month = |span: &&Span| span.to - span.from <= 36 * DAY_MINS;
        let ramadans = spans(Tz::Africa__Casablanca).iter().filter(month).count();
        assert!(ramadans > 40, "Morocco leaves its usual time for each Ramadan, not for {ramadans} of them");
    }

    #[test]
    fn utc_never_changes() {
        assert_eq!(spans(Tz::UTC), [Span { from: -FOREVER, to: FOREVER, offset: 0 }]);
    }
}
