//! The rule at work in awkward zones.

use super::*;

/// Reads `09:00-24:00`, looks it up on a date, and writes the UTC instants as `from/to`, or `none`.
fn check(zone: Tz, date: &str, range: &str, expected: &str) {
    let mins = |text: &str| {
        let (hours, mins) = text.split_once(':').unwrap();
        hours.parse::<u16>().unwrap() * 60 + mins.parse::<u16>().unwrap()
    };
    let (start, end) = range.split_once('-').unwrap();
    let range = WallRange::new(mins(start), mins(end)).unwrap();
    let found = hull(zone, date.parse().unwrap(), range);
    let shown = found.map_or("none".to_owned(), |interval| {
        format!("{}/{}", interval.start().format("%dT%H:%M"), interval.end().format("%dT%H:%M"))
    });
    assert_eq!(shown, expected, "{zone} {date} {range:?}");
}

#[test]
fn new_york_springs_forward_and_falls_back() {
    check(Tz::America__New_York, "2026-03-07", "09:00-17:00", "07T14:00/07T22:00");
    check(Tz::America__New_York, "2026-03-08", "09:00-17:00", "08T13:00/08T21:00");
    check(Tz::America__New_York, "2026-03-08", "02:00-03:00", "none");
    check(Tz::America__New_York, "2026-03-08", "01:30-02:30", "08T06:30/08T07:00");
    check(Tz::America__New_York, "2026-03-08", "02:30-03:30", "08T07:00/08T07:30");
    check(Tz::America__New_York, "2026-03-08", "00:00-24:00", "08T05:00/09T04:00");
    check(Tz::America__New_York, "2026-11-01", "00:00-24:00", "01T04:00/02T05:00");
    check(Tz::America__New_York, "2026-11-01", "01:00-02:00", "01T05:00/01T07:00");
    check(Tz::America__New_York, "2026-11-01", "01:30-01:45", "01T05:30/01T06:45");
    check(Tz::America__New_York, "2026-11-01", "00:30-01:30", "01T04:30/01T06:30");
}

#[test]
fn lord_howe_moves_by_half_an_hour() {
    check(Tz::Australia__Lord_Howe, "2026-10-04", "02:00-02:30", "none");
    check(Tz::Australia__Lord_Howe, "2026-10-04", "01:30-03:00", "03T15:00/03T16:00");
    check(Tz::Australia__Lord_Howe, "2026-04-05", "01:30-02:00", "04T14:30/04T15:30");
}

#[test]
fn a_date_that_apia_left_out_has_no_instant() {
    check(Tz::Pacific__Apia, "2011-12-29", "00:00-24:00", "29T10:00/30T10:00");
    check(Tz::Pacific__Apia, "2011-12-30", "00:00-24:00", "none");
    check(Tz::Pacific__Apia, "2011-12-31", "00:00-24:00", "30T10:00/31T10:00");
}

#[test]
fn cairo_leaves_out_midnight_and_repeats_the_hour_before_it() {
    check(Tz::Africa__Cairo, "2026-04-24", "00:00-01:00", "none");
    check(Tz::Africa__Cairo, "2026-04-24", "00:00-24:00", "23T22:00/24T21:00");
    check(Tz::Africa__Cairo, "2026-04-23", "22:00-24:00", "23T20:00/23T22:00");
    check(Tz::Africa__Cairo, "2026-10-29", "22:00-24:00", "29T19:00/29T22:00");
    check(Tz::Africa__Cairo, "2026-10-30", "00:00-01:00", "29T22:00/29T23:00");
}

#[test]
fn casablanca_leaves_its_time_for_ramadan() {
    check(Tz::Africa__Casablanca, "2026-02-14", "09:00-17:00", "14T08:00/14T16:00");
    check(Tz::Africa__Casablanca, "2026-02-15", "09:00-17:00", "15T09:00/15T17:00");
    check(Tz::Africa__Casablanca, "2026-03-22", "09:00-17:00", "22T08:00/22T16:00");
}

/// In 2010 the clock of St. John's went back from 00:01 to 23:01, so each date reaches into the other.
#[test]
fn a_fold_across_midnight_lets_two_dates_overlap() {
    check(Tz::America__St_Johns, "2010-11-06", "22:00-24:00", "07T00:30/07T03:30");
    check(Tz::America__St_Johns, "2010-11-07", "00:00-01:00", "07T02:30/07T04:30");
}

#[test]
fn troll_moves_by_two_hours() {
    check(Tz::Antarctica__Troll, "2026-03-29", "00:00-24:00", "29T00:00/29T22:00");
    check(Tz::Antarctica__Troll, "2026-10-25", "01:00-03:00", "24T23:00/25T03:00");
}

#[test]
fn dates_far_outside_the_known_years_keep_the_nearest_offset() {
    check(Tz::America__New_York, "2400-07-01", "09:00-17:00", "01T14:00/01T22:00");
    check(Tz::Europe__Berlin, "1500-01-01", "09:00-17:00", "01T08:00/01T16:00");
    for date in [NaiveDate::MIN, NaiveDate::MAX] {
        let range = WallRange::new(0, 24 * 60).unwrap();
        assert!(hull(Tz::Asia__Tokyo, date, range).is_some());
    }
}

#[test]
fn the_date_at_an_instant_is_the_walls() {
    let at = |zone, text: &str| date_at(zone, text.parse().unwrap()).to_string();
    assert_eq!(at(Tz::America__New_York, "2026-03-08T04:59:59Z"), "2026-03-07");
    assert_eq!(at(Tz::America__New_York, "2026-03-08T05:00:00Z"), "2026-03-08");
    assert_eq!(at(Tz::Pacific__Apia, "2011-12-30T09:59:59Z"), "2011-12-29");
    assert_eq!(at(Tz::Pacific__Apia, "2011-12-30T10:00:00Z"), "2011-12-31");
    assert_eq!(at(Tz::America__St_Johns, "2010-11-07T02:30:30Z"), "2010-11-07");
    assert_eq!(at(Tz::America__St_Johns, "2010-11-07T02:31:00Z"), "2010-11-06");
    assert_eq!(at(Tz::UTC, "1969-12-31T23:59:59Z"), "1969-12-31");
}
