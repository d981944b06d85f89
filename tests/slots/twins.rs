//! Engines with one defect each. The comparison with the oracle has to catch every one of them.
//!
//! A defect is made by spoiling what the engine is given or what it answers, as careless code around it would.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::Mode;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::engine::Asked;
use crate::oracle::{self, Host, Instant, Limit, Question, Team, Wall};
use crate::worlds;

type Slots = Vec<(Instant, Vec<usize>)>;

/// How a wrong answer differs from the oracle's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Broken {
    /// It offers what the oracle refuses.
    TooMuch,
    /// It lacks what the oracle offers.
    TooLittle,
    /// It has the same starts with other hosts.
    OtherHosts,
}

#[test]
fn only_the_cores_are_compared() {
    caught("without the new meeting's buffers", &[Broken::TooMuch], |question| {
        let mut asked = Asked::of(question);
        (asked.rules.before_mins, asked.rules.after_mins) = (0, 0);
        asked.slots()
    });
    caught("without the buffers of what is booked", &[Broken::TooMuch], |question| {
        let mut question = question.clone();
        for booking in question.hosts.iter_mut().flat_map(|host| &mut host.bookings) {
            (booking.before, booking.after) = (0, 0);
        }
        Asked::of(&question).slots()
    });
}

#[test]
fn the_buffers_are_on_the_wrong_sides() {
    caught("before and after swapped", &[Broken::TooMuch, Broken::TooLittle], |question| {
        let mut asked = Asked::of(question);
        std::mem::swap(&mut asked.rules.before_mins, &mut asked.rules.after_mins);
        asked.slots()
    });
}

#[test]
fn an_unreadable_calendar_counts_as_free() {
    caught("without unknown time", &[Broken::TooMuch], |question| {
        let mut asked = Asked::of(question);
        asked.hosts.iter_mut().for_each(|host| host.unknown.clear());
        asked.slots()
    });
}

#[test]
fn the_seconds_of_busy_time_are_cut_off() {
    caught("busy to the minute, rounded down", &[Broken::TooMuch], |question| {
        let mut asked = Asked::of(question);
        let whole = |secs: i64| secs - secs.rem_euclid(60);
        for host in &mut asked.hosts {
            let cut = |busy: &Interval| Interval::from_secs(whole(busy.start_secs()), whole(busy.end_secs()));
            host.busy = host.busy.iter().filter_map(cut).collect();
        }
        asked.slots()
    });
}

#[test]
fn a_day_is_24_hours() {
    caught("a date ends 24 hours after its midnight", &[Broken::TooLittle], |question| {
        let midnight =
            |zone: Tz, date: NaiveDate| zone.from_local_datetime(&date.and_time(NaiveTime::MIN)).earliest();
        let mut slots = Asked::of(question).slots();
        if let [host] = &question.hosts[..] {
            slots.retain(|(start, _)| {
                let date = start.with_timezone(&host.zone).date_naive();
                midnight(host.zone, date).is_none_or(|midnight| *start < midnight + TimeDelta::hours(24))
            });
        }
        slots
    });
    caught("the window ends so many times 24 hours from now", &[Broken::TooLittle], |question| {
        let Limit::Days(days) = question.limit else { return Asked::of(question).slots() };
        let end = question.now + TimeDelta::days(i64::try_from(days).unwrap());
        let mut slots = Asked::of(&Question { limit: Limit::None, ..question.clone() }).slots();
        slots.retain(|(start, _)| *start <= end);
        slots
    });
}

#[test]
fn todays_offset_holds_for_ever() {
    caught("the offset at now", &[Broken::TooMuch, Broken::TooLittle], |question| {
        let mut question = question.clone();
        for host in &mut question.hosts {
            host.zone = fixed_zone(host.zone, question.now);
        }
        Asked::of(&question).slots()
    });
}

#[test]
fn a_range_that_ends_in_a_gap_or_a_fold_is_dropped() {
    caught("only ranges whose ends are one instant each", &[Broken::TooLittle], |question| {
        let mut question = question.clone();
        let around = (-3..6).map(|days| (question.from + TimeDelta::days(days)).date_naive());
        let dates: BTreeSet<NaiveDate> = around.collect();
        for host in &mut question.hosts {
            let plain: Vec<(NaiveDate, Vec<Wall>)> =
                dates.iter().map(|date| (*date, plain(host, *date))).collect();
            host.overrides = plain;
        }
        Asked::of(&question).slots()
    });
}

#[test]
fn overrides_are_looked_up_by_the_utc_date() {
    caught("the UTC date of the host's midnight", &[Broken::TooMuch, Broken::TooLittle], |question| {
        let mut question = question.clone();
        for host in &mut question.hosts {
            for (date, _) in &mut host.overrides {
                let midnight = host.zone.from_local_datetime(&date.and_time(NaiveTime::MIN)).earliest();
                *date = midnight.map_or(*date, |midnight| midnight.naive_utc().date());
            }
        }
        Asked::of(&question).slots()
    });
}

#[test]
fn in_a_collective_the_slots_are_intersected_not_the_hours() {
    caught("each host on a grid of its own", &[Broken::TooLittle], |question| {
        let mut asked = Asked::of(question);
        if question.team == Team::All {
            asked.rules.mode = Mode::RoundRobin;
            let everybody = |(_, hosts): &(Instant, Vec<usize>)| hosts.len() == question.hosts.len();
            return asked.slots().into_iter().filter(everybody).collect();
        }
        asked.slots()
    });
}

#[test]
fn all_hosts_live_where_the_first_one_lives() {
    let all = [Broken::TooMuch, Broken::TooLittle, Broken::OtherHosts];
    caught("one zone for everybody", &all, |question| {
        let mut question = question.clone();
        let zone = question.hosts[0].zone;
        question.hosts.iter_mut().for_each(|host| host.zone = zone);
        Asked::of(&question).slots()
    });
}

/// The questions asked of each defective engine at most; the same ones every time.
const QUESTIONS: usize = 3000;

/// Asks until the defect has broken everything that it should break.
fn caught(defect: &str, expected: &[Broken], defective: impl Fn(&Question) -> Slots) {
    let mut runner = TestRunner::deterministic();
    let questions = worlds::question();
    let mut broken = BTreeSet::new();
    for _ in 0..QUESTIONS {
        let question = questions.new_tree(&mut runner).unwrap().current();
        broken.extend(differences(&question, &defective(&question)));
        if expected.iter().all(|kind| broken.contains(kind)) {
            return;
        }
    }
    panic!("{defect}: should break {expected:?}, was seen to break {broken:?}");
}

/// The oracle is asked only where the defect shows at all: it is slow, and a sound engine agrees with it anyway.
fn differences(question: &Question, found: &Slots) -> Vec<Broken> {
    if *found == Asked::of(question).slots() {
        return Vec::new();
    }
    let right = oracle::slots(question);
    let starts = |slots: &Slots| slots.iter().map(|slot| slot.0).collect::<BTreeSet<Instant>>();
    let (found_starts, right_starts) = (starts(found), starts(&right));
    let differences = [
        (Broken::TooMuch, !found_starts.is_subset(&right_starts)),
        (Broken::TooLittle, !right_starts.is_subset(&found_starts)),
        (Broken::OtherHosts, found_starts == right_starts && *found != right),
    ];
    differences.into_iter().filter(|(_, seen)| *seen).map(|(broken, _)| broken).collect()
}

/// The zone that always has the offset which another has at an instant; the same one where that has minutes.
fn fixed_zone(zone: Tz, instant: Instant) -> Tz {
    let secs = zone.offset_from_utc_datetime(&instant.naive_utc()).fix().local_minus_utc();
    // These zones are named with the sign turned round: Etc/GMT-2 is two hours ahead of UTC.
    let name = format!("Etc/GMT{:+}", -secs / 3600);
    if secs % 3600 == 0 && secs != 0 { name.parse().unwrap_or(zone) } else { zone }
}

/// The ranges of a date whose ends are readings that the wall shows exactly once.
fn plain(host: &Host, date: NaiveDate) -> Vec<Wall> {
    let once = |minute: u32| {
        let wall = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
        host.zone.from_local_datetime(&wall).single().map(|instant| instant.to_utc())
    };
    let instants =
        |wall: &&Wall| -> Option<(DateTime<_>, DateTime<_>)> { Some((once(wall.0)?, once(wall.1)?)) };
    oracle::hours(host, date).iter().filter(|wall| instants(wall).is_some()).copied().collect()
}
