//! Each rule once, in a week of March 2026 in Berlin, where 09:00 is 08:00 UTC.

use std::collections::BTreeMap;

use chrono::Weekday;
use chrono_tz::Tz;

use super::*;
use crate::hours::{Override, WallRange, Weekly};

fn at(text: &str) -> DateTime<Utc> {
    let text = if text.len() == 5 { format!("2026-03-02T{text}:00Z") } else { text.to_owned() };
    text.parse().unwrap()
}

fn between(start: &str, end: &str) -> Interval {
    Interval::new(at(start), at(end)).unwrap()
}

fn monday() -> Interval {
    between("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z")
}

fn range(start_hour: u16, end_hour: u16) -> WallRange {
    WallRange::new(start_hour * 60, end_hour * 60).unwrap()
}

/// Works on Mondays from 09:00 to 11:00.
fn schedule(zone: Tz) -> Schedule {
    let mut weekly = Weekly::default();
    weekly.set(Weekday::Mon, vec![range(9, 11)]);
    Schedule { zone, weekly, overrides: BTreeMap::new() }
}

fn free(schedule: &Schedule) -> HostTime<'_> {
    HostTime { schedule, active: true, reserved: &[], busy: &[], unknown: &[], counted: &[] }
}

fn rules(mode: Mode) -> Rules {
    Rules {
        mode,
        duration_mins: 30,
        interval_mins: 30,
        before_mins: 0,
        after_mins: 0,
        notice_mins: 0,
        window: Window::Open,
        caps: Caps::default(),
    }
}

/// The starts on that Monday as `08:00 08:30`; with the hosts behind each where there are several.
fn shown(rules: &Rules, hosts: &[HostTime<'_>], now: &str) -> String {
    let slots = list(rules, hosts, at(now), monday()).into_iter().map(|slot| {
        let places: String = slot.hosts().iter().map(|place| place.to_string()).collect();
        let start = slot.start().format("%H:%M");
        if hosts.len() > 1 { format!("{start}={places}") } else { start.to_string() }
    });
    slots.collect::<Vec<_>>().join(" ")
}

const BEFORE: &str = "2026-03-01T00:00:00Z";

/// The reason why the only host cannot take the start.
fn why(rules: &Rules, host: HostTime<'_>, now: &str, start: &str) -> &'static str {
    explain(rules, &[host], at(now), at(start))[0].map_or("free", Reason::as_str)
}

#[test]
fn hours_make_a_grid() {
    let schedule = schedule(Tz::Europe__Berlin);
    assert_eq!(shown(&rules(Mode::Single), &[free(&schedule)], BEFORE), "08:00 08:30 09:00 09:30");
    let long = Rules { duration_mins: 50, interval_mins: 20, ..rules(Mode::Single) };
    assert_eq!(shown(&long, &[free(&schedule)], BEFORE), "08:00 08:20 08:40 09:00");
}

#[test]
fn ranges_that_overlap_or_touch_share_a_grid() {
    let mut schedule = schedule(Tz::Europe__Berlin);
    let quarter_past = WallRange::new(9 * 60 + 15, 10 * 60).unwrap();
    schedule.weekly.set(Weekday::Mon, vec![range(10, 11), quarter_past, range(9, 10)]);
    assert_eq!(shown(&rules(Mode::Single), &[free(&schedule)], BEFORE), "08:00 08:30 09:00 09:30");
}

#[test]
fn nothing_on_offer_is_no_endless_loop() {
    let schedule = schedule(Tz::Europe__Berlin);
    for (duration_mins, interval_mins) in [(0, 30), (30, 0), (u32::MAX, 30), (0, 0)] {
        let rules = Rules { duration_mins, interval_mins, ..rules(Mode::Single) };
        assert_eq!(shown(&rules, &[free(&schedule)], BEFORE), "");
        assert_eq!(why(&rules, free(&schedule), BEFORE, "08:00"), "outside_hours");
    }
    assert_eq!(shown(&rules(Mode::RoundRobin), &[], BEFORE), "");
    assert_eq!(shown(&rules(Mode::Collective), &[], BEFORE), "");
    assert_eq!(check(&rules(Mode::Collective), &[], at(BEFORE), at("08:00")), Err(vec![]));
}

#[test]
fn all_time_is_clamped_to_ten_years_of_known_zones() {
    let schedule = schedule(Tz::Europe__Berlin);
    let ever = Interval::new(DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC).unwrap();
    let wide =
        Rules { before_mins: u32::MAX, after_mins: u32::MAX, interval_mins: u32::MAX, ..rules(Mode::Single) };
    let slots = list(&wide, &[free(&schedule)], DateTime::<Utc>::MIN_UTC, ever);
    assert_eq!(slots.first().map(Slot::start), Some(at("1970-01-05T08:00:00Z")));
    assert_eq!(slots.len(), 523);
    assert!(list(&wide, &[free(&schedule)], DateTime::<Utc>::MAX_UTC, ever).is_empty());
    let host = HostTime { busy: &[ever], ..free(&schedule) };
    assert!(list(&wide, &[host], DateTime::<Utc>::MIN_UTC, ever).is_empty());
    for start in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        assert!(check(&wide, &[free(&schedule)], start, start).is_err());
    }
}

#[test]
fn busy_time_blocks_with_the_buffers_of_the_new_meeting() {
    let schedule = schedule(Tz::Europe__Berlin);
    let blocked = [between("09:00", "09:30")];
    let host = HostTime { busy: &blocked, ..free(&schedule) };
    assert_eq!(shown(&rules(Mode::Single), &[host], BEFORE), "08:00 08:30 09:30");
    let before = Rules { before_mins: 1, ..rules(Mode::Single) };
    assert_eq!(shown(&before, &[host], BEFORE), "08:00 08:30");
    let after = Rules { after_mins: 1, ..rules(Mode::Single) };
    assert_eq!(shown(&after, &[host], BEFORE), "08:00 09:30");
}

#[test]
fn seconds_of_busy_time_count() {
    let schedule = schedule(Tz::Europe__Berlin);
    let blocked = [between("2026-03-02T08:59:59Z", "2026-03-02T09:00:01Z")];
    let host = HostTime { busy: &blocked, ..free(&schedule) };
    assert_eq!(shown(&rules(Mode::Single), &[host], BEFORE), "08:00 09:30");
}

#[test]
fn hours_say_why_not() {
    let mut schedule = schedule(Tz::Europe__Berlin);
    let check = |schedule: &Schedule, start, expected| {
        assert_eq!(why(&rules(Mode::Single), free(schedule), BEFORE, start), expected, "{start}");
    };
    check(&schedule, "08:00", "free");
    check(&schedule, "07:30", "outside_hours");
    check(&schedule, "09:45", "outside_hours");
    check(&schedule, "08:10", "off_grid");
    check(&schedule, "2026-03-02T08:00:01Z", "off_grid");
    check(&schedule, "2026-03-02T08:00:00.5Z", "off_grid");
    schedule.overrides.insert("2026-03-02".parse().unwrap(), Override::Blocked);
    check(&schedule, "08:00", "override");
    check(&schedule, "08:10", "off_grid");
    check(&schedule, "07:00", "outside_hours");
}

#[test]
fn now_says_why_not() {
    let schedule = schedule(Tz::Europe__Berlin);
    let mut rules = rules(Mode::Single);
    rules.notice_mins = 60;
    assert_eq!(why(&rules, free(&schedule), "07:00", "08:00"), "free");
    assert_eq!(why(&rules, free(&schedule), "2026-03-02T07:00:00.001Z", "08:00"), "notice");
    rules.window = Window::Rolling { days: 0 };
    assert_eq!(why(&rules, free(&schedule), BEFORE, "08:00"), "window");
    assert_eq!(why(&rules, free(&schedule), "2026-03-01T23:00:00Z", "08:00"), "free");
}

#[test]
fn what_is_booked_says_why_not_in_a_fixed_order() {
    let schedule = schedule(Tz::Europe__Berlin);
    let mut rules = rules(Mode::Single);
    let taken = [between("08:00", "09:00")];
    let mut host = free(&schedule);
    let check = |rules: &Rules, host, expected| assert_eq!(why(rules, host, BEFORE, "08:30"), expected);
    check(&rules, host, "free");
    host.unknown = &taken;
    check(&rules, host, "calendar_unknown");
    host.busy = &taken;
    check(&rules, host, "busy_calendar");
    host.reserved = &taken;
    check(&rules, host, "reserved");
    // The day in Berlin ends at 23:00 UTC.
    let (same_day, next_day) = ([at("22:59")], [at("23:00")]);
    rules.caps.per_day = Some(1);
    host.counted = &next_day;
    check(&rules, host, "reserved");
    host.counted = &same_day;
    check(&rules, host, "cap");
    rules.window = Window::Rolling { days: 0 };
    check(&rules, host, "window");
    rules.notice_mins = 60 * 24 * 7;
    check(&rules, host, "notice");
    host.active = false;
    check(&rules, host, "inactive");
}

#[test]
fn caps_count_by_the_hosts_date_and_week() {
    let schedule = schedule(Tz::Europe__Berlin);
    let weekly = Rules { caps: Caps { per_day: None, per_week: Some(2) }, ..rules(Mode::Single) };
    let check = |counted: &[DateTime<Utc>], expected: &str| {
        assert_eq!(shown(&weekly, &[HostTime { counted, ..free(&schedule) }], BEFORE), expected);
    };
    let (sunday, next_monday) = (at("2026-03-08T22:59:00Z"), at("2026-03-08T23:00:00Z"));
    let open = "08:00 08:30 09:00 09:30";
    check(&[sunday], open);
    check(&[sunday, next_monday], open);
    check(&[sunday, at("2026-03-01T22:59:00Z")], open);
    check(&[sunday, at("2026-03-01T23:00:00Z")], "");
    let none = Rules { caps: Caps { per_day: Some(0), per_week: None }, ..rules(Mode::Single) };
    assert_eq!(shown(&none, &[free(&schedule)], BEFORE), "");
}

#[test]
fn fixed_dates_are_the_hosts_and_inclusive() {
    let schedule = schedule(Tz::Europe__Berlin);
    let check = |from: &str, to: &str, expected: &str| {
        let window = Window::Fixed { from: from.parse().unwrap(), to: to.parse().unwrap() };
        let fixed = Rules { window, ..rules(Mode::Single) };
        assert_eq!(shown(&fixed, &[free(&schedule)], BEFORE), expected);
    };
    check("2026-03-02", "2026-03-02", "08:00 08:30 09:00 09:30");
    check("2026-03-03", "2026-03-31", "");
    check("2026-02-01", "2026-03-01", "");
    check("2026-03-03", "2026-03-01", "");
}

#[test]
fn round_robin_has_a_grid_for_each_host() {
    let (berlin, kathmandu) = (schedule(Tz::Europe__Berlin), schedule(Tz::Asia__Kathmandu));
    let half_past_three = [between("03:15", "04:15")];
    let hosts = [free(&berlin), HostTime { reserved: &half_past_three, ..free(&kathmandu) }, free(&berlin)];
    let expected = "04:15=1 04:45=1 08:00=02 08:30=02 09:00=02 09:30=02";
    assert_eq!(shown(&rules(Mode::RoundRobin), &hosts, BEFORE), expected);
    let free = check(&rules(Mode::RoundRobin), &hosts, at(BEFORE), at("08:00")).unwrap();
    assert_eq!(free.iter().collect::<Vec<_>>(), [0, 2]);
    assert_eq!(free.len(), 2);
}

#[test]
fn together_hosts_share_the_grid_of_their_common_hours() {
    let (berlin, mut london) = (schedule(Tz::Europe__Berlin), schedule(Tz::Europe__London));
    london.weekly.set(Weekday::Mon, vec![WallRange::new(8 * 60 + 15, 12 * 60).unwrap()]);
    let hosts = [free(&berlin), free(&london)];
    let all = rules(Mode::Collective);
    assert_eq!(shown(&all, &hosts, BEFORE), "08:15=01 08:45=01 09:15=01");
    let reasons = |start| explain(&all, &hosts, at(BEFORE), at(start));
    assert_eq!(reasons("08:15"), [None, None]);
    assert_eq!(reasons("08:30"), [Some(Reason::OffGrid); 2]);
    assert_eq!(reasons("08:00"), [None, Some(Reason::OutsideHours)]);
    assert_eq!(check(&all, &hosts, at(BEFORE), at("08:00")), Err(vec![Reason::OutsideHours]));
    assert_eq!(check(&all, &hosts, at(BEFORE), at("08:15")), Ok(HostSet::first(2)));
    let idle = [hosts[0], HostTime { active: false, ..hosts[1] }];
    assert_eq!(shown(&all, &idle, BEFORE), "");
    assert_eq!(check(&all, &idle, at(BEFORE), at("08:15")), Err(vec![Reason::Inactive]));
}

#[test]
fn an_override_speaks_only_where_the_start_would_be_on_offer_without_it() {
    let (berlin, mut away) = (schedule(Tz::Europe__Berlin), schedule(Tz::Europe__Berlin));
    away.overrides.insert("2026-03-02".parse().unwrap(), Override::Blocked);
    let hosts = [free(&berlin), free(&away)];
    let reasons = |start| explain(&rules(Mode::Collective), &hosts, at(BEFORE), at(start));
    assert_eq!(reasons("08:00"), [None, Some(Reason::Override)]);
    assert_eq!(reasons("08:07"), [Some(Reason::OffGrid); 2]);
    assert_eq!(reasons("07:00"), [Some(Reason::OutsideHours); 2]);
}

#[test]
fn sixty_four_hosts_fit() {
    let schedule = schedule(Tz::Europe__Berlin);
    let hosts = [free(&schedule); 64];
    for mode in [Mode::RoundRobin, Mode::Collective] {
        let slots = list(&rules(mode), &hosts, at(BEFORE), monday());
        assert_eq!(slots.iter().map(|slot| slot.hosts().len()).collect::<Vec<_>>(), [64; 4]);
    }
}
