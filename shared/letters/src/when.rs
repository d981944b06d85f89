//! When a meeting is, as its reader's wall clock shows it.
//!
//! The names of days and months, their order and the clock are words like all others: each catalogue has its own.

use chrono::{DateTime, Datelike, NaiveDate, Offset, Timelike, Utc};
use chrono_tz::Tz;
use openslot_domain::interval::Interval;

use crate::words::Words;

/// A meeting on one reader's wall clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct When {
    /// "Tuesday 3 March".
    pub(crate) date: String,
    /// "Tuesday 3 March 2026".
    pub(crate) date_and_year: String,
    /// "14:30".
    pub(crate) start: String,
    /// "14:30 to 15:00".
    pub(crate) time: String,
    /// "30 minutes", "1 hour 30 minutes".
    pub(crate) length: String,
    /// "Europe/Berlin, UTC+01:00", by the offset valid then.
    pub(crate) zone: String,
}

impl When {
    /// A meeting as the wall clocks of `zone` show it.
    pub(crate) fn of(words: &Words, core: Interval, zone: Tz) -> Self {
        let (start, end) = readings(core, zone);
        let date = start.date_naive();
        Self {
            date: say_date(words, "date", date),
            date_and_year: say_date(words, "date-and-year", date),
            start: say_time(words, &start),
            time: say_range(words, &start, &end),
            length: say_length(words, core.mins()),
            zone: say_zone(words, &start, &end),
        }
    }
}

/// An instant on one reader's wall clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// "Tuesday 3 March".
    pub(crate) date: String,
    /// "14:30".
    pub(crate) time: String,
}

impl Moment {
    /// An instant as the wall clocks of `zone` show it.
    pub(crate) fn of(words: &Words, at: DateTime<Utc>, zone: Tz) -> Self {
        let at = at.with_timezone(&zone);
        Self { date: say_date(words, "date", at.date_naive()), time: say_time(words, &at) }
    }
}

/// When a meeting was to begin that now begins at `to`: "was Tuesday 3 March, 14:30", with the year if that is
/// another.
pub(crate) fn say_was(words: &Words, from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> String {
    let (from, to) = (from.with_timezone(&zone), to.with_timezone(&zone));
    let id = if from.year() == to.year() { "date" } else { "date-and-year" };
    let (date, time) = (say_date(words, id, from.date_naive()), say_time(words, &from));
    words.say("was", &[("date", date.into()), ("time", time.into())])
}

/// Whether two zones read the same date and time for all of a meeting.
pub(crate) fn read_alike(core: Interval, one: Tz, other: Tz) -> bool {
    let naive = |zone| {
        let (start, end) = readings(core, zone);
        (start.naive_local(), end.naive_local())
    };
    naive(one) == naive(other)
}

/// The date on which a meeting starts, as the wall calendars of `zone` show it.
pub(crate) fn starts_on(core: Interval, zone: Tz) -> NaiveDate {
    core.start().with_timezone(&zone).date_naive()
}

fn readings(core: Interval, zone: Tz) -> (DateTime<Tz>, DateTime<Tz>) {
    (core.start().with_timezone(&zone), core.end().with_timezone(&zone))
}

fn say_date(words: &Words, id: &str, date: NaiveDate) -> String {
    let weekday = words.say("weekday", &[("number", date.weekday().number_from_monday().into())]);
    let month = words.say("month", &[("number", date.month().into())]);
    words.say(
        id,
        &[
            ("weekday", weekday.into()),
            ("day", date.day().into()),
            ("month", month.into()),
            // As text, so that no language groups its digits.
            ("year", date.year().to_string().into()),
        ],
    )
}

fn say_time(words: &Words, at: &DateTime<Tz>) -> String {
    let (is_pm, half) = at.hour12();
    words.say(
        "time",
        &[
            ("hour", at.hour().to_string().into()),
            ("hour-padded", format!("{:02}", at.hour()).into()),
            ("hour-half", half.to_string().into()),
            ("half", if is_pm { "pm" } else { "am" }.into()),
            ("minute", format!("{:02}", at.minute()).into()),
        ],
    )
}

/// An end at midnight belongs to the day before it, as everybody who says "until 24:00" means it.
fn say_range(words: &Words, start: &DateTime<Tz>, end: &DateTime<Tz>) -> String {
    let last_day = (end.naive_local() - chrono::TimeDelta::seconds(1)).date();
    let (from, to) = (say_time(words, start), say_time(words, end));
    if last_day == start.date_naive() {
        return words.say("time-range", &[("start", from.into()), ("end", to.into())]);
    }
    let date = say_date(words, "date", end.date_naive());
    words.say("time-range-overnight", &[("start", from.into()), ("end", to.into()), ("date", date.into())])
}

fn say_length(words: &Words, mins: i64) -> String {
    let hours = || words.say("hours", &[("count", (mins / 60).into())]);
    let minutes = || words.say("minutes", &[("count", (mins % 60).into())]);
    match (mins / 60, mins % 60) {
        (0, _) => minutes(),
        (_, 0) => hours(),
        (_, _) => words.say("length", &[("hours", hours().into()), ("minutes", minutes().into())]),
    }
}

fn say_zone(words: &Words, start: &DateTime<Tz>, end: &DateTime<Tz>) -> String {
    let zone = start.timezone().name();
    let (offset, offset_end) = (say_offset(start), say_offset(end));
    if offset == offset_end {
        return words.say("zone", &[("zone", zone.into()), ("offset", offset.into())]);
    }
    words.say(
        "zone-changing",
        &[("zone", zone.into()), ("offset", offset.into()), ("offset-end", offset_end.into())],
    )
}

fn say_offset(at: &DateTime<Tz>) -> String {
    let mins = at.offset().fix().local_minus_utc() / 60;
    let sign = if mins < 0 { '-' } else { '+' };
    format!("UTC{sign}{:02}:{:02}", mins.abs() / 60, mins.abs() % 60)
}

#[cfg(test)]
mod tests {
    use openslot_domain::text::Line;

    use super::*;

    fn check(locale: &str, start: &str, mins: u32, zone: Tz, said: [&str; 3]) {
        let words = Words::of(Some(&Line::new(locale, 20).unwrap()));
        let when = When::of(&words, Interval::lasting(start.parse().unwrap(), mins).unwrap(), zone);
        assert_eq!([when.date_and_year.as_str(), &when.time, &when.zone], said);
    }

    #[test]
    fn each_region_reads_its_own_clock() {
        let march = |locale, said| check(locale, "2026-03-03T13:30:00Z", 30, Tz::Europe__Berlin, said);
        let zone = "Europe/Berlin, UTC+01:00";
        march("en", ["Tuesday 3 March 2026", "14:30 to 15:00", zone]);
        march("en-GB", ["Tuesday 3 March 2026", "14:30 to 15:00", zone]);
        march("en-US", ["Tuesday, March 3, 2026", "2:30 PM to 3:00 PM", zone]);
        march("en-CA", ["Tuesday, March 3, 2026", "2:30 p.m. to 3:00 p.m.", zone]);
        march("en-AU", ["Tuesday 3 March 2026", "2:30 pm to 3:00 pm", zone]);
    }

    #[test]
    fn german_dates_read_as_germans_write_them() {
        check(
            "de-DE",
            "2026-03-03T13:30:00Z",
            30,
            Tz::Europe__Berlin,
            ["Dienstag, 3. März 2026", "14:30 bis 15:00 Uhr", "Europe/Berlin, UTC+01:00"],
        );
        check(
            "de",
            "2026-03-03T22:30:00Z",
            60,
            Tz::Europe__Berlin,
            [
                "Dienstag, 3. März 2026",
                "23:30 Uhr bis Mittwoch, 4. März, 00:30 Uhr",
                "Europe/Berlin, UTC+01:00",
            ],
        );
        let changing =
            "Europe/Berlin, zu Beginn UTC+01:00 und am Ende UTC+02:00: Dazwischen wird die Uhr umgestellt";
        check(
            "de",
            "2026-03-29T00:45:00Z",
            30,
            Tz::Europe__Berlin,
            ["Sonntag, 29. März 2026", "01:45 bis 03:15 Uhr", changing],
        );
    }

    /// The first of each month of 2026, which between them fall on every day of the week.
    #[test]
    fn every_day_and_month_has_its_german_name() {
        let firsts = |locale| {
            let words = Words::of(Some(&Line::new(locale, 20).unwrap()));
            let first = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
            (1..=12).map(|month| say_date(&words, "date", first(month))).collect::<Vec<_>>()
        };
        let german = [
            "Donnerstag, 1. Januar",
            "Sonntag, 1. Februar",
            "Sonntag, 1. März",
            "Mittwoch, 1. April",
            "Freitag, 1. Mai",
            "Montag, 1. Juni",
            "Mittwoch, 1. Juli",
            "Samstag, 1. August",
            "Dienstag, 1. September",
            "Donnerstag, 1. Oktober",
            "Sonntag, 1. November",
            "Dienstag, 1. Dezember",
        ];
        assert_eq!(firsts("de"), german);
        assert_eq!(firsts("de-AT")[0], "Donnerstag, 1. Jänner");
        assert_eq!(firsts("de-AT")[1..], german[1..]);
    }

    #[test]
    fn a_length_is_said_in_hours_and_minutes() {
        let words = Words::of(None);
        let said: Vec<String> = [1, 30, 60, 90, 121].map(|mins| say_length(&words, mins)).into();
        assert_eq!(said, ["1 minute", "30 minutes", "1 hour", "1 hour 30 minutes", "2 hours 1 minute"]);
        let words = Words::of(Some(&Line::new("de", 20).unwrap()));
        let said: Vec<String> = [1, 30, 60, 90, 121].map(|mins| say_length(&words, mins)).into();
        assert_eq!(said, ["1 Minute", "30 Minuten", "1 Stunde", "1 Stunde 30 Minuten", "2 Stunden 1 Minute"]);
    }

    #[test]
    fn an_old_time_names_its_year_where_that_is_another() {
        let was = |locale, from: &str, to: &str| {
            let words = Words::of(Some(&Line::new(locale, 20).unwrap()));
            say_was(&words, from.parse().unwrap(), to.parse().unwrap(), Tz::Europe__Berlin)
        };
        let (from, to) = ("2026-03-03T13:30:00Z", "2026-03-31T12:30:00Z");
        assert_eq!(was("en", from, to), "was Tuesday 3 March, 14:30");
        assert_eq!(was("en-US", from, to), "was Tuesday, March 3, 2:30 PM");
        assert_eq!(was("de", from, to), "bisher Dienstag, 3. März, 14:30\u{a0}Uhr");
        // A new year begins in Berlin before it does in London.
        let (from, to) = ("2026-12-29T09:00:00Z", "2026-12-31T23:30:00Z");
        assert_eq!(was("en", from, to), "was Tuesday 29 December 2026, 10:00");
        assert_eq!(was("de-AT", to, from), "bisher Freitag, 1. Jänner 2027, 00:30\u{a0}Uhr");
    }

    #[test]
    fn noon_and_midnight_are_twelve() {
        check(
            "en-US",
            "2026-07-01T00:00:00Z",
            12 * 60,
            Tz::UTC,
            ["Wednesday, July 1, 2026", "12:00 AM to 12:00 PM", "UTC, UTC+00:00"],
        );
    }

    #[test]
    fn a_late_meeting_names_its_second_date() {
        let late = |mins, time| {
            let said = ["Tuesday 3 March 2026", time, "Europe/London, UTC+00:00"];
            check("en", "2026-03-03T23:30:00Z", mins, Tz::Europe__London, said);
        };
        late(30, "23:30 to 00:00");
        late(60, "23:30 to 00:30 on Wednesday 4 March");
    }

    #[test]
    fn a_meeting_in_the_hour_that_comes_twice_says_which() {
        let said = |zone| ["Sunday 25 October 2026", "02:30 to 02:45", zone];
        check("en", "2026-10-25T00:30:00Z", 15, Tz::Europe__Berlin, said("Europe/Berlin, UTC+02:00"));
        check("en", "2026-10-25T01:30:00Z", 15, Tz::Europe__Berlin, said("Europe/Berlin, UTC+01:00"));
    }

    #[test]
    fn a_meeting_over_a_clock_change_says_both_offsets() {
        check(
            "en",
            "2026-03-29T00:45:00Z",
            30,
            Tz::Europe__Berlin,
            [
                "Sunday 29 March 2026",
                "01:45 to 03:15",
                "Europe/Berlin, UTC+01:00 at the start and UTC+02:00 at the end: the clocks change in between",
            ],
        );
    }

    #[test]
    fn half_hours_and_negative_offsets_are_said_right() {
        let core = Interval::lasting("2026-01-10T12:00:00Z".parse().unwrap(), 30).unwrap();
        let zone = |zone| When::of(&Words::of(None), core, zone).zone;
        assert_eq!(zone(Tz::Australia__Lord_Howe), "Australia/Lord_Howe, UTC+11:00");
        assert_eq!(zone(Tz::America__St_Johns), "America/St_Johns, UTC-03:30");
        assert_eq!(zone(Tz::Asia__Kathmandu), "Asia/Kathmandu, UTC+05:45");
    }
}
