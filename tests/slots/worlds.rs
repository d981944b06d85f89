//! Random questions, most of them near a change of clocks.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use crate::oracle::{Booking, Host, Instant, Limit, Question, Span, Team, Wall};

/// Zones whose clocks do something odd; half of all hosts live there.
const ODD_ZONES: [Tz; 16] = [
    Tz::Africa__Cairo,
    Tz::Africa__Casablanca,
    Tz::America__Havana,
    Tz::America__New_York,
    Tz::America__Nuuk,
    Tz::America__Sao_Paulo,
    Tz::America__St_Johns,
    Tz::Antarctica__Troll,
    Tz::Asia__Beirut,
    Tz::Asia__Gaza,
    Tz::Asia__Kathmandu,
    Tz::Australia__Lord_Howe,
    Tz::Europe__Dublin,
    Tz::Pacific__Apia,
    Tz::Pacific__Chatham,
    Tz::Pacific__Kwajalein,
];

/// A question about up to three days between 1990 and 2100, with one to four hosts.
pub(crate) fn question() -> impl Strategy<Value = Question> {
    (zone(), any::<bool>(), first_minute(), -3000_i64..3000, len_mins(), 0..60_i64, 1..=4_usize)
        .prop_flat_map(|(zone, at_change, minute, shift, len, second, hosts)| {
            let minute = if at_change { next_change(zone, minute) + shift } else { minute };
            let from = at(minute);
            let (from, to) = (from + TimeDelta::seconds(second), from + TimeDelta::minutes(len));
            let (from, to) = if from < to { (from, to) } else { (to, to + TimeDelta::minutes(1)) };
            (rules(from), vec(host(from), hosts), any::<bool>()).prop_map(move |(rules, mut hosts, all)| {
                hosts[0].zone = zone;
                let team = if all { Team::All } else { Team::Any };
                Question { team, from, to, hosts, ..rules }
            })
        })
}

/// Mostly about a day, sometimes up to three.
fn len_mins() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 1..30 * 60_i64, 1 => 1..72 * 60_i64]
}

/// A question whose hosts are still missing.
fn rules(from: Instant) -> impl Strategy<Value = Question> {
    let times = (1..200_i64, 1..120_i64, buffer(), buffer());
    // Now lies before the query, in seconds, or a little after its start.
    let now = (0..3000_i64, -86_400 * 4..86_400_i64);
    (times, now, limit(from), of(0..3_usize), of(0..4_usize)).prop_map(
        move |((duration, interval, before, after), (notice, ahead), limit, per_day, per_week)| Question {
            team: Team::Any,
            duration,
            interval,
            before,
            after,
            notice: if notice < 1500 { 0 } else { notice },
            limit,
            per_day,
            per_week,
            now: from + TimeDelta::seconds(ahead),
            from,
            to: from,
            hosts: Vec::new(),
        },
    )
}

fn buffer() -> impl Strategy<Value = i64> {
    prop_oneof![Just(0), 1..90_i64]
}

fn limit(from: Instant) -> impl Strategy<Value = Limit> {
    let dates = move |days: std::ops::Range<i64>| days.prop_map(move |days| date_near(from, days));
    prop_oneof![
        Just(Limit::None),
        (0..6_u64).prop_map(Limit::Days),
        (dates(-3..3), dates(-1..5)).prop_map(|(from, to)| Limit::Dates(from, to)),
    ]
}

fn host(from: Instant) -> impl Strategy<Value = Host> {
    let weekly = prop_oneof![
        3 => vec(walls(), 7).prop_map(|days| <[Vec<Wall>; 7]>::try_from(days).unwrap()),
        1 => Just(std::array::from_fn(|_| vec![(0, 1440)])),
    ];
    let changed = (-3..6_i64).prop_map(move |days| date_near(from, days));
    let overrides = vec((changed, walls()), 0..4).prop_map(|mut overrides| {
        overrides.sort();
        overrides.dedup_by_key(|(date, _)| *date);
        overrides
    });
    let counted = vec((-4 * 1440..8 * 1440_i64).prop_map(move |mins| from + TimeDelta::minutes(mins)), 0..4);
    (zone(), prop::bool::weighted(0.95), weekly, overrides, bookings(from), spans(from), spans(from), counted)
        .prop_map(|(zone, active, weekly, overrides, bookings, busy, unknown, counted)| Host {
            zone,
            active,
            weekly,
            overrides,
            bookings,
            busy,
            unknown,
            counted,
        })
}

fn zone() -> impl Strategy<Value = Tz> {
    prop_oneof![select(&ODD_ZONES[..]), select(&TZ_VARIANTS[..])]
}

/// Up to three ranges, some of them overlapping, and often around midnight or the hours in which clocks change.
fn walls() -> impl Strategy<Value = Vec<Wall>> {
    let wall = (0..1440_u32, 1..=600_u32).prop_map(|(from, len)| (from, (from + len).min(1440)));
    let small = (0..300_u32, 1..=60_u32).prop_map(|(from, len)| (from, from + len));
    let late = (1300..1440_u32).prop_map(|from| (from, 1440));
    vec(prop_oneof![3 => wall, 1 => small, 1 => late], 0..4)
}

fn bookings(from: Instant) -> impl Strategy<Value = Vec<Booking>> {
    let booking = (-1000..5000_i64, 1..120_i64, buffer(), buffer());
    let booking = booking.prop_map(move |(start, duration, before, after)| Booking {
        start: from + TimeDelta::minutes(start),
        duration,
        before,
        after,
    });
    vec(booking, 0..3)
}

/// Times with seconds; some of them are empty or run backwards.
fn spans(from: Instant) -> impl Strategy<Value = Vec<Span>> {
    let span = (-90_000..300_000_i64, prop_oneof![9 => 0..20_000_i64, 1 => -500..500_i64]);
    let span = span.prop_map(move |(start, len)| {
        let start = from + TimeDelta::seconds(start);
        (start, start + TimeDelta::seconds(len))
    });
    vec(span, 0..4)
}

/// 1990 to 2099, in minutes.
fn first_minute() -> impl Strategy<Value = i64> {
    let minute = |text: &str| text.parse::<DateTime<Utc>>().unwrap().timestamp() / 60;
    minute("1990-01-01T00:00:00Z")..minute("2100-01-01T00:00:00Z")
}

/// The next change of a zone's clocks within a year, to the day; or the same minute where there is none.
fn next_change(zone: Tz, minute: i64) -> i64 {
    let reading = |minute| at(minute).with_timezone(&zone).naive_local() - at(minute).naive_utc();
    let days = (0..370).map(|day| minute + day * 1440);
    days.into_iter().find(|later| reading(*later) != reading(minute)).unwrap_or(minute)
}

fn date_near(instant: Instant, days: i64) -> NaiveDate {
    (instant + TimeDelta::days(days)).date_naive()
}

fn at(minute: i64) -> Instant {
    DateTime::from_timestamp(minute * 60, 0).unwrap()
}
