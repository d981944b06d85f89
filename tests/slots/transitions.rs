//! Every zone, every change of its clocks from 2024 to 2028.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use openslot_domain::hours::{Override, Schedule, WallRange, Weekly};
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Caps, Mode, Window};
use openslot_domain::slots::{self, HostTime, Rules};

type Instant = DateTime<Utc>;

/// Nine to five is nine to five on the wall, on both sides of every change.
#[test]
fn office_hours_stay_office_hours() {
    for (zone, change) in changes() {
        let starts = starts(*zone, (9 * 60, 17 * 60), 60, *change);
        let mut by_date: BTreeMap<_, Vec<NaiveTime>> = BTreeMap::new();
        for wall in starts.iter().map(|start| start.with_timezone(zone).naive_local()) {
            by_date.entry(wall.date()).or_default().push(wall.time());
        }
        assert!(by_date.len() >= 3, "{zone} {change}");
        let hours: Vec<NaiveTime> =
            (9..17).map(|hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap()).collect();
        for (date, times) in by_date {
            assert_eq!(times, hours, "{zone} {date}");
        }
    }
}

/// Who is always there can be met at every minute that is, once, whatever the wall shows; and at none that is not.
#[test]
fn a_whole_day_has_every_instant_once_and_none_in_a_gap() {
    for (zone, change) in changes() {
        let starts = starts(*zone, (0, 24 * 60), 1, *change);
        let follows = |pair: &[Instant]| pair[1] - pair[0] == TimeDelta::minutes(1);
        assert!(starts.windows(2).all(follows), "{zone} {change}");
        let near = |start: &&Instant| (**start - *change).abs() < TimeDelta::minutes(10);
        let shown: Vec<NaiveDateTime> =
            starts.iter().filter(near).map(|start| start.with_timezone(zone).naive_local()).collect();
        assert_eq!(shown.len(), 19, "{zone} {change}");
        let gap = readings_in_gap(*zone, *change);
        assert!(gap.iter().all(|reading| !shown.contains(reading)), "{zone} {change}");
    }
}

/// A range that lies in a gap has no slots; one that reaches out of it has those outside.
#[test]
fn a_gap_has_no_slots() {
    let mut gaps = 0;
    for (zone, change) in changes() {
        let gap = readings_in_gap(*zone, *change);
        let (Some(first), Some(last)) = (gap.first(), gap.last()) else { continue };
        if first.date() != last.date() {
            continue;
        }
        gaps += 1;
        let range = (minute_of_day(*first), minute_of_day(*last) + 1);
        let inside = starts(*zone, range, 1, *change);
        let on_date = inside.iter().filter(|start| start.with_timezone(zone).date_naive() == first.date());
        assert_eq!(on_date.count(), 0, "{zone} {change}");
    }
    assert!(gaps > 1000, "only {gaps} gaps were seen");
}

/// Meetings last as long as they should in real time: of a date that is open all day, however long it is, each start
/// leaves room for a whole meeting, and the next one on the grid would not.
#[test]
fn a_meeting_has_its_whole_length() {
    const MEETING_MINS: i64 = 90;
    const STEP_MINS: i64 = 30;
    for (zone, change) in changes() {
        let date = change.with_timezone(zone).date_naive();
        let (open, close) = ends_of(*zone, date, *change);
        let overrides = BTreeMap::from([(date, Override::CustomHours(vec![WallRange::DAY]))]);
        let host = Schedule { zone: *zone, weekly: Weekly::default(), overrides };
        let rules = Rules { duration_mins: 90, ..rules(30) };
        let around = Interval::new(open - TimeDelta::days(2), close + TimeDelta::days(2)).unwrap();
        let slots = slots::list(&rules, &[free(&host)], DateTime::UNIX_EPOCH, around);
        let last = slots.last().unwrap().start();
        let room = (close - open).num_minutes() - MEETING_MINS;
        assert_eq!(slots[0].start(), open, "{zone} {change}");
        assert_eq!((last - open).num_minutes(), room / STEP_MINS * STEP_MINS, "{zone} {change}");
    }
}

/// The first instant that a wall calendar near `near` shows as `date`, and the first after its last.
fn ends_of(zone: Tz, date: NaiveDate, near: Instant) -> (Instant, Instant) {
    let minute = |number: i64| near + TimeDelta::minutes(number);
    let on_date = |number: &i64| minute(*number).with_timezone(&zone).date_naive() == date;
    let all = -30 * 60..30 * 60;
    let first = all.clone().find(on_date).unwrap();
    (minute(first), minute(all.rev().find(on_date).unwrap() + 1))
}

/// The starts within two days before and after a change, of someone who works in this range every day.
fn starts(zone: Tz, range: (u16, u16), interval_mins: u32, change: Instant) -> Vec<Instant> {
    let schedule = schedule(zone, range);
    // Whole dates only, so that each has all its slots.
    let midnight = |days| {
        let date = (change + TimeDelta::days(days)).with_timezone(&zone).date_naive();
        first_instant(zone, date.and_time(NaiveTime::MIN))
    };
    let range = Interval::new(midnight(-2), midnight(3)).unwrap();
    let slots = slots::list(&rules(interval_mins), &[free(&schedule)], DateTime::UNIX_EPOCH, range);
    slots.iter().map(slots::Slot::start).collect()
}

/// Each change of each zone in five years.
fn changes() -> &'static [(Tz, Instant)] {
    static FOUND: OnceLock<Vec<(Tz, Instant)>> = OnceLock::new();
    FOUND.get_or_init(find_changes)
}

/// Looks for them day by day, and then minute by minute.
fn find_changes() -> Vec<(Tz, Instant)> {
    let (from, to) = (instant("2024-01-01T00:00:00Z"), instant("2029-01-01T00:00:00Z"));
    let mut changes = Vec::new();
    for zone in TZ_VARIANTS {
        let offset = |at: Instant| at.with_timezone(&zone).naive_local() - at.naive_utc();
        let mut day: Instant = from;
        while day < to {
            let next = day + TimeDelta::days(1);
            if offset(day) != offset(next) {
                let minutes = (0..=1440).map(|minute| day + TimeDelta::minutes(minute));
                changes.push((
                    zone,
                    minutes.into_iter().find(|minute| offset(*minute) == offset(next)).unwrap(),
                ));
            }
            day = next;
        }
    }
    assert!(changes.len() > 2000, "only {} changes were found", changes.len());
    changes
}

/// The readings that the wall skips at a change.
fn readings_in_gap(zone: Tz, change: Instant) -> Vec<NaiveDateTime> {
    let before = (change - TimeDelta::minutes(1)).with_timezone(&zone).naive_local();
    let after = change.with_timezone(&zone).naive_local();
    let skipped = (after - before).num_minutes() - 1;
    (1..=skipped).map(|minute| before + TimeDelta::minutes(minute)).collect()
}

/// The instant of a reading, or of the first one after it that the wall shows.
fn first_instant(zone: Tz, wall: NaiveDateTime) -> Instant {
    let shown = |minute| zone.from_local_datetime(&(wall + TimeDelta::minutes(minute))).earliest();
    (0..).find_map(shown).unwrap().to_utc()
}

fn schedule(zone: Tz, (from, to): (u16, u16)) -> Schedule {
    let mut weekly = Weekly::default();
    for number in 0..7 {
        weekly.set(chrono::Weekday::try_from(number).unwrap(), vec![WallRange::new(from, to).unwrap()]);
    }
    Schedule { zone, weekly, overrides: BTreeMap::new() }
}

fn free(schedule: &Schedule) -> HostTime<'_> {
    HostTime { schedule, active: true, reserved: &[], busy: &[], unknown: &[], counted: &[] }
}

fn rules(interval_mins: u32) -> Rules {
    Rules {
        mode: Mode::Single,
        duration_mins: 1,
        interval_mins,
        before_mins: 0,
        after_mins: 0,
        notice_mins: 0,
        window: Window::Open,
        caps: Caps::default(),
    }
}

fn minute_of_day(wall: NaiveDateTime) -> u16 {
    let mins = (wall.time() - NaiveTime::MIN).num_minutes();
    u16::try_from(mins).unwrap()
}

fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}
