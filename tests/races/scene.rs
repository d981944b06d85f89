//! A small world in which everybody wants the same times.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use futures::executor::block_on;
use openslot_domain::booking::{Attendee, Source};
use openslot_domain::host::Host;
use openslot_domain::hours::{Schedule, WallRange, Weekly};
use openslot_domain::limits::{Limit, Limits};
use openslot_domain::meeting_type::{Assignment, Caps, Location, LocationKind, MeetingType, Mode, Window};
use openslot_domain::text::Line;
use openslot_fakes::MemoryStore;
use openslot_usecases::create_booking::Request;
use openslot_usecases::ports::{SaveHost, SaveMeetingType};

use crate::scheduler::Dice;

/// Everybody starts here, a day before the times that are wanted.
pub fn now() -> DateTime<Utc> {
    "2026-10-30T12:00:00Z".parse().unwrap()
}

/// Around the turn of a UTC day and month, and the end of summer time in New York.
pub fn wanted_from() -> DateTime<Utc> {
    "2026-10-31T20:00:00Z".parse().unwrap()
}

/// Nobody is held off.
pub fn no_limits() -> Limits {
    let none = Limit { most: u32::MAX, window_secs: 60 };
    Limits { per_address: none, per_recipient_and_host: none, per_recipient: none, per_host: none }
}

/// Three hosts in three zones, open at all hours, and meeting types of every mode over them.
pub fn store(types: &[MeetingType]) -> MemoryStore {
    let store = MemoryStore::default();
    for (id, zone) in
        [("york", Tz::America__New_York), ("berlin", Tz::Europe__Berlin), ("tokyo", Tz::Asia__Tokyo)]
    {
        block_on(store.save_host(&host(id, zone), None)).unwrap();
    }
    for meeting_type in types {
        block_on(store.save_meeting_type(meeting_type, None)).unwrap();
    }
    store
}

fn host(id: &str, zone: Tz) -> Host {
    let mut weekly = Weekly::default();
    let days =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    for day in days {
        weekly.set(day, vec![WallRange::DAY]);
    }
    Host {
        id: id.parse().unwrap(),
        name: Line::new(id, 40).unwrap(),
        email: format!("{id}@example.org").parse().unwrap(),
        schedule: Schedule { zone, weekly, overrides: BTreeMap::new() },
        active: true,
    }
}

pub fn meeting_type(slug: &str, mode: Mode, hosts: &[&str], buffers: (u32, u32)) -> MeetingType {
    MeetingType {
        slug: slug.parse().unwrap(),
        title: Line::new(slug, 40).unwrap(),
        description: None,
        durations_mins: vec![30, 5, 15, 45, 60, 90, 120, 240],
        slot_interval_mins: 5,
        location: Location { kind: LocationKind::ToBeAgreed, detail: None },
        mode,
        hosts: hosts.iter().map(|id| id.parse().unwrap()).collect(),
        questions: Vec::new(),
        requires_approval: false,
        notice_mins: 0,
        window: Window::Open,
        before_mins: buffers.0,
        after_mins: buffers.1,
        caps: Caps::default(),
        assignment: Assignment::default(),
        reminders_mins: vec![1440, 60],
        cancel_cutoff_mins: 0,
        active: true,
        version: 1,
    }
}

/// All modes, and buffers that differ before and after.
pub fn all_kinds() -> Vec<MeetingType> {
    vec![
        meeting_type("solo", Mode::Single, &["berlin"], (0, 0)),
        meeting_type("padded", Mode::Single, &["berlin"], (60, 15)),
        meeting_type("any", Mode::RoundRobin, &["york", "berlin", "tokyo"], (10, 0)),
        meeting_type("pair", Mode::Collective, &["york", "berlin"], (0, 45)),
        meeting_type("all", Mode::Collective, &["york", "berlin", "tokyo"], (5, 5)),
    ]
}

/// One request; `number` makes its key.
pub fn request(number: usize, slug: &str, start: DateTime<Utc>, duration_mins: u32) -> Request {
    let email = format!("guest-{number}@example.org").parse().unwrap();
    Request {
        meeting_type: slug.parse().unwrap(),
        start,
        duration_mins: Some(duration_mins),
        time_zone: Tz::UTC,
        locale: None,
        attendee: Attendee { name: Line::new("Guest", 40).unwrap(), email, phone: None },
        guests: Vec::new(),
        answers: Vec::new(),
        note: None,
        source: Source::default(),
        host: None,
        idempotency_key: format!("request-{number}"),
        canonical: format!("{slug} {start} {duration_mins}").into_bytes(),
        client: "192.0.2.1".to_owned(),
    }
}

/// A request drawn from everything that is on offer within twelve hours.
pub fn drawn(number: usize, types: &[MeetingType], dice: &mut Dice) -> Request {
    let place = usize::try_from(dice.below(types.len() as u64)).unwrap();
    let chosen = &types[place];
    let duration_mins = dice.pick(&chosen.durations_mins);
    let offset_mins = i64::try_from(dice.below(12 * 12)).unwrap() * 5;
    request(number, chosen.slug.as_str(), wanted_from() + TimeDelta::minutes(offset_mins), duration_mins)
}
