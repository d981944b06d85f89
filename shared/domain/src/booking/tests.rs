//! What may be booked, by whom, and what is written then.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::*;
use crate::host::{Host, HostDay};
use crate::hours::{Override, Schedule, Weekly};
use crate::meeting_type::{Assignment, Caps, LocationKind, Window};

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Monday morning before anybody works.
pub(crate) fn now() -> DateTime<Utc> {
    at("2026-11-23T06:00:00Z")
}

pub(crate) fn meeting_type(mode: Mode, hosts: &[&str]) -> MeetingType {
    MeetingType {
        slug: "demo".parse().unwrap(),
        title: Line::new("Demo", 80).unwrap(),
        description: None,
        durations_mins: vec![30],
        slot_interval_mins: 30,
        location: Location { kind: LocationKind::ToBeAgreed, detail: None },
        mode,
        hosts: hosts.iter().map(|id| id.parse().unwrap()).collect(),
        questions: Vec::new(),
        requires_approval: false,
        notice_mins: 60,
        window: Window::Rolling { days: 60 },
        before_mins: 0,
        after_mins: 0,
        caps: Caps::default(),
        assignment: Assignment::default(),
        reminders_mins: vec![1440],
        cancel_cutoff_mins: 0,
        active: true,
        version: 1,
    }
}

pub(crate) fn host(id: &str) -> HostSnapshot {
    let schedule = Schedule { zone: Tz::UTC, weekly: Weekly::office(), overrides: BTreeMap::new() };
    let email = "host@example.org".parse().unwrap();
    let host =
        Host { id: id.parse().unwrap(), name: Line::new(id, 80).unwrap(), email, schedule, active: true };
    HostSnapshot { host, config_version: 3, days: BTreeMap::new() }
}

pub(crate) fn with(mut snapshot: HostSnapshot, number: u8, start: &str) -> HostSnapshot {
    let entry = entry(number, start);
    for date in entry.reserved().utc_dates() {
        let day: &mut HostDay = snapshot.days.entry(date).or_default();
        day.version += 1;
        day.entries.push(entry.clone());
    }
    snapshot
}

pub(crate) fn entry(number: u8, start: &str) -> Entry {
    Entry {
        booking: BookingId::from_bytes([number; 16]),
        meeting_type: "demo".parse().unwrap(),
        core: Interval::lasting(at(start), 30).unwrap(),
        before_mins: 0,
        after_mins: 0,
        state: EntryState::Confirmed,
        booked_at: now() - TimeDelta::hours(i64::from(number)),
    }
}

pub(crate) fn wish(start: &str) -> Wish {
    Wish { start: at(start), duration_mins: 30, host: None }
}

fn decided(
    meeting_type: &MeetingType,
    snapshots: &[HostSnapshot],
    start: &str,
) -> Result<Vec<usize>, Refusal> {
    decide(meeting_type, snapshots, &wish(start), now()).map(|granted| granted.hosts)
}

#[test]
fn a_free_start_is_granted_and_a_held_one_names_the_nearest_others() {
    let single = meeting_type(Mode::Single, &["ann"]);
    let ann = [with(host("ann"), 1, "2026-11-23T10:00:00Z")];
    assert_eq!(decided(&single, &ann, "2026-11-23T09:30:00Z"), Ok(vec![0]));
    let alternatives =
        vec![at("2026-11-23T09:00:00Z"), at("2026-11-23T09:30:00Z"), at("2026-11-23T10:30:00Z")];
    assert_eq!(decided(&single, &ann, "2026-11-23T10:00:00Z"), Err(Refusal::SlotTaken { alternatives }));
}

#[test]
fn what_was_never_on_offer_says_why() {
    let single = meeting_type(Mode::Single, &["ann"]);
    let check = |start, reason| {
        assert_eq!(decided(&single, &[host("ann")], start), Err(Refusal::NotOffered(reason)), "{start}");
    };
    check("2026-11-23T08:30:00Z", NotOffered::OutsideHours);
    check("2026-11-23T09:10:00Z", NotOffered::OffGrid);
    check("2026-11-20T09:00:00Z", NotOffered::Notice);
    check("2027-01-25T09:00:00Z", NotOffered::Window);
    let inactive = HostSnapshot { host: Host { active: false, ..host("ann").host }, ..host("ann") };
    let answer = decided(&single, &[inactive], "2026-11-23T09:00:00Z");
    assert_eq!(answer, Err(Refusal::NotOffered(NotOffered::Unavailable)));
}

#[test]
fn an_override_makes_a_listed_start_taken() {
    let single = meeting_type(Mode::Single, &["ann"]);
    let mut ann = host("ann");
    ann.host.schedule.overrides.insert(date("2026-11-23"), Override::Blocked);
    assert!(matches!(decided(&single, &[ann], "2026-11-23T09:00:00Z"), Err(Refusal::SlotTaken { .. })));
}

#[test]
fn one_free_host_is_enough_for_round_robin_and_not_for_all_together() {
    let hosts = [with(host("ann"), 1, "2026-11-23T10:00:00Z"), host("bob")];
    let any = meeting_type(Mode::RoundRobin, &["ann", "bob"]);
    assert_eq!(decided(&any, &hosts, "2026-11-23T10:00:00Z"), Ok(vec![1]));
    let all = meeting_type(Mode::Collective, &["ann", "bob"]);
    assert!(matches!(decided(&all, &hosts, "2026-11-23T10:00:00Z"), Err(Refusal::SlotTaken { .. })));
    assert_eq!(decided(&all, &hosts, "2026-11-23T11:00:00Z"), Ok(vec![0, 1]));
    let without_ann = decided(&all, &hosts[1..], "2026-11-23T11:00:00Z");
    assert_eq!(without_ann, Err(Refusal::NotOffered(NotOffered::Unavailable)));
}

#[test]
fn round_robin_takes_the_one_with_fewest_and_remembers_what_it_saw() {
    let any = meeting_type(Mode::RoundRobin, &["ann", "bob"]);
    let hosts = [with(host("ann"), 1, "2026-11-23T10:00:00Z"), host("bob")];
    let granted = decide(&any, &hosts, &wish("2026-11-23T11:00:00Z"), now()).unwrap();
    assert_eq!(granted.hosts, [1]);
    let seen: Vec<(&str, u32)> =
        granted.counts_seen.iter().map(|seen| (seen.host.as_str(), seen.live)).collect();
    assert_eq!(seen, [("ann", 1), ("bob", 0)]);
    let chosen = Wish { host: Some("ann".parse().unwrap()), ..wish("2026-11-23T11:00:00Z") };
    assert_eq!(decide(&any, &hosts, &chosen, now()).unwrap().hosts, [0]);
}

/// Days are read one after the other: a booking over midnight may be seen in its second day only.
#[test]
fn a_booking_seen_in_one_of_its_days_reserves_all_the_same() {
    let mut single = meeting_type(Mode::Single, &["ann"]);
    let mut ann = with(host("ann"), 1, "2026-11-23T23:45:00Z");
    ann.days.insert(date("2026-11-23"), HostDay::default());
    ann.host.schedule.weekly = Weekly::default();
    ann.host.schedule.weekly.set(chrono::Weekday::Tue, vec![crate::hours::WallRange::DAY]);
    single.slot_interval_mins = 15;
    assert!(matches!(decided(&single, &[ann], "2026-11-24T00:00:00Z"), Err(Refusal::SlotTaken { .. })));
}

/// The buffer before the first meetings of a UTC day stands in the day behind.
#[test]
fn the_day_behind_is_read_where_a_buffer_may_reach_into_it() {
    let mut single = meeting_type(Mode::Single, &["ann"]);
    let midnight = at("2026-11-24T00:05:00Z");
    assert_eq!(crate::ledger::book_from(&single, midnight), date("2026-11-24"));
    single.before_mins = 30;
    assert_eq!(crate::ledger::book_from(&single, midnight), date("2026-11-23"));
}

/// Half an hour with this host, confirmed and not yet written.
pub(crate) fn booking(meeting_type: &MeetingType, snapshots: &[&HostSnapshot], start: &str) -> Booking {
    let email: EmailAddress = "ada@example.org".parse().unwrap();
    let name = Line::new("Ada", 80).unwrap();
    let host = |snapshot: &&HostSnapshot| BookedHost {
        id: snapshot.host.id.clone(),
        name: name.clone(),
        email: email.clone(),
        time_zone: Tz::UTC,
    };
    Booking {
        id: BookingId::from_bytes([9; 16]),
        revision: 0,
        state: State::Confirmed,
        meeting_type: meeting_type.slug.clone(),
        title: meeting_type.title.clone(),
        core: Interval::lasting(at(start), 30).unwrap(),
        before_mins: meeting_type.before_mins,
        after_mins: meeting_type.after_mins,
        time_zone: Tz::UTC,
        locale: None,
        hosts: snapshots.iter().map(host).collect(),
        attendee: Attendee { name: name.clone(), email: email.clone(), phone: None },
        guests: Vec::new(),
        answers: Vec::new(),
        note: None,
        source: Source::default(),
        location: meeting_type.location.clone(),
        created_at: now(),
        reminders_mins: meeting_type.reminders_mins.clone(),
        nonce: [0; 16],
        request_hash: [0; 32],
        counts_seen: Vec::new(),
        inviter: Inviter::Letters,
        history: vec![Step::booked(now())],
        operations: Vec::new(),
        version: 1,
    }
}

fn booked(meeting_type: &MeetingType, snapshot: &HostSnapshot, start: &str) -> Plan {
    plan(booking(meeting_type, &[snapshot], start), meeting_type, &[snapshot])
}

#[test]
fn a_plan_writes_every_utc_day_that_the_reserved_time_touches() {
    let mut single = meeting_type(Mode::Single, &["ann"]);
    single.after_mins = 15;
    let ann = with(host("ann"), 1, "2026-11-30T20:00:00Z");
    let plan = booked(&single, &ann, "2026-11-30T23:30:00Z");
    let days: Vec<(String, Option<u64>, u64, usize)> = plan
        .days
        .iter()
        .map(|write| (write.date.to_string(), write.read, write.day.version, write.day.entries.len()))
        .collect();
    assert_eq!(days, [("2026-11-30".to_owned(), Some(1), 2, 2), ("2026-12-01".to_owned(), None, 1, 1)]);
    assert_eq!(plan.fences, [FenceCheck { host: "ann".parse().unwrap(), version: 3 }]);
    let owed: Vec<String> = plan.effects.iter().map(|effect| effect.key.to_string()).collect();
    let id = "09".repeat(16);
    assert_eq!(
        owed,
        [format!("20261123T060000.000Z#{id}#0#announce"), format!("20261129T233000.000Z#{id}#0#remind-1440")]
    );
}

#[test]
fn a_plan_relies_on_every_utc_day_over_which_a_cap_was_counted() {
    let mut single = meeting_type(Mode::Single, &["ann"]);
    let mut ann = with(host("ann"), 1, "2026-11-24T20:00:00Z");
    ann.host.schedule.zone = Tz::America__New_York;
    let checked = |single: &MeetingType| -> Vec<(String, Option<u64>)> {
        let plan = booked(single, &ann, "2026-11-24T15:00:00Z");
        plan.checks.iter().map(|check| (check.date.to_string(), check.read)).collect()
    };
    assert_eq!(checked(&single), []);
    single.caps.per_day = Some(4);
    assert_eq!(checked(&single), [("2026-11-25".to_owned(), None)]);
    single.caps.per_week = Some(9);
    let week: Vec<String> = checked(&single).into_iter().map(|(date, _)| date).collect();
    let expected =
        ["2026-11-23", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"];
    assert_eq!(week, expected);
}

#[test]
fn a_pending_booking_owes_no_reminder_and_lapses_at_the_latest_when_it_begins() {
    let single = meeting_type(Mode::Single, &["ann"]);
    let ann = host("ann");
    let check = |start: &str, due: &str| {
        let waiting = Booking { state: State::Pending, ..booking(&single, &[&ann], start) };
        let plan = plan(waiting, &single, &[&ann]);
        assert!(plan.days.iter().all(|write| write.day.entries[0].state == EntryState::Pending));
        let owed: Vec<String> = plan.effects.iter().map(|effect| effect.key.to_string()).collect();
        let id = "09".repeat(16);
        assert_eq!(owed, [format!("20261123T060000.000Z#{id}#0#announce"), format!("{due}#{id}#0#lapse")]);
    };
    check("2026-11-27T09:00:00Z", "20261125T060000.000Z");
    check("2026-11-23T09:00:00Z", "20261123T090000.000Z");
}
