//! Promise 7: whatever is asked for, it is booked if and only if the naive oracle lists it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures::executor::block_on;
use openslot_domain::host::Host;
use openslot_domain::hours::{Override, Schedule, Weekly};
use openslot_domain::meeting_type::{Caps, MeetingType, Mode, Window};
use openslot_domain::text::Line;
use openslot_fakes::{FakeKms, MemoryStore};
use openslot_usecases::create_booking::{Created, Refusal, Request, create_booking};
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::{SaveHost, SaveMeetingType};
use openslot_usecases::refusals::Error;

use crate::oracle::{self, Limit, Question, Team};
use crate::scene;
use crate::scheduler::{Dice, SimWorld};

const HOSTS: [(&str, Tz); 3] =
    [("york", Tz::America__New_York), ("berlin", Tz::Europe__Berlin), ("tokyo", Tz::Asia__Tokyo)];
const NOTICE_MINS: u32 = 60;
const WINDOW_DAYS: u32 = 4;

/// A world that both sides are told of: the product by its store, the oracle by its own notes.
struct Both {
    store: MemoryStore,
    world: SimWorld,
    keyring: Keyring<FakeKms>,
    types: Vec<MeetingType>,
    notes: BTreeMap<String, oracle::Host>,
    /// Starts by host and meeting type.
    counted: BTreeMap<(String, String), Vec<DateTime<Utc>>>,
}

impl Both {
    fn new(seed: u64) -> Self {
        let store = MemoryStore::default();
        let types = types();
        let mut notes = BTreeMap::new();
        for (place, (id, zone)) in HOSTS.into_iter().enumerate() {
            let blocked = (place == 1).then(|| "2026-11-02".parse().unwrap());
            let overrides = blocked.map(|date| (date, Override::Blocked)).into_iter().collect();
            let schedule = Schedule { zone, weekly: Weekly::office(), overrides };
            block_on(store.save_host(&host(id, schedule), None)).unwrap();
            let closed = blocked.map(|date| (date, Vec::new())).into_iter().collect();
            notes.insert(id.to_owned(), noted(zone, closed));
        }
        for kind in &types {
            block_on(store.save_meeting_type(kind, None)).unwrap();
        }
        let world = SimWorld::new(seed, scene::now());
        let keyring = Keyring::new(FakeKms::new(1));
        Self { store, world, keyring, types, notes, counted: BTreeMap::new() }
    }

    /// Who is free for a request, as the oracle has it; nobody where it is not on offer.
    fn listed(&self, request: &Request) -> Vec<String> {
        let slug = request.meeting_type.as_str();
        let kind = self.types.iter().find(|kind| kind.slug.as_str() == slug).unwrap();
        let mins = request.duration_mins.unwrap_or(kind.durations_mins[0]);
        let wanted = |id: &String| match (&request.host, kind.mode) {
            (Some(host), Mode::Single | Mode::RoundRobin) => host.as_str() == id,
            (None, _) | (_, Mode::Collective) => true,
        };
        let ids: Vec<String> = kind.hosts.iter().map(ToString::to_string).filter(wanted).collect();
        if ids.is_empty() || !kind.durations_mins.contains(&mins) {
            return Vec::new();
        }
        let question = self.question(kind, &ids, mins, request.start);
        let found = oracle::slots(&question).into_iter().find(|(start, _)| *start == request.start);
        found
            .map(|(_, places)| places.into_iter().map(|place| ids[place].clone()).collect())
            .unwrap_or_default()
    }

    fn question(&self, kind: &MeetingType, ids: &[String], mins: u32, start: DateTime<Utc>) -> Question {
        let note = |id: &String| {
            let key = (id.clone(), kind.slug.to_string());
            let counted = self.counted.get(&key).cloned().unwrap_or_default();
            oracle::Host { counted, ..self.notes[id].clone() }
        };
        Question {
            team: if kind.mode == Mode::Collective { Team::All } else { Team::Any },
            duration: i64::from(mins),
            interval: i64::from(kind.slot_interval_mins),
            before: i64::from(kind.before_mins),
            after: i64::from(kind.after_mins),
            notice: i64::from(NOTICE_MINS),
            limit: Limit::Days(u64::from(WINDOW_DAYS)),
            per_day: kind.caps.per_day.map(|cap| cap as usize),
            per_week: kind.caps.per_week.map(|cap| cap as usize),
            now: openslot_usecases::ports::Clock::now(&self.world),
            from: start,
            to: start + TimeDelta::minutes(1),
            hosts: ids.iter().map(note).collect(),
        }
    }

    /// Asks the product, and notes what it booked.
    fn ask(&mut self, request: &Request) -> Result<Vec<String>, Refusal> {
        let limits = scene::no_limits();
        match block_on(create_booking(&self.store, &self.world, &self.keyring, &limits, request)) {
            Ok(Created { booking, .. }) => {
                let hosts: Vec<String> = booking.hosts.iter().map(|host| host.id.to_string()).collect();
                let kind = self.types.iter().find(|kind| kind.slug == booking.meeting_type).unwrap();
                let noted = oracle::Booking {
                    start: booking.core.start(),
                    duration: booking.core.mins(),
                    before: i64::from(kind.before_mins),
                    after: i64::from(kind.after_mins),
                };
                for id in &hosts {
                    self.notes.get_mut(id).unwrap().bookings.push(noted);
                    let key = (id.clone(), kind.slug.to_string());
                    self.counted.entry(key).or_default().push(noted.start);
                }
                Ok(hosts)
            }
            Err(Error::Refused(refusal)) => Err(refusal),
            Err(Error::Busy { .. } | Error::Failed(_)) => panic!("nothing goes wrong here"),
        }
    }
}

fn types() -> Vec<MeetingType> {
    let kind = |slug: &str, mode, hosts: &[&str], buffers, durations: &[u32], step, caps| MeetingType {
        durations_mins: durations.to_vec(),
        slot_interval_mins: step,
        notice_mins: NOTICE_MINS,
        window: Window::Rolling { days: WINDOW_DAYS },
        caps,
        ..scene::meeting_type(slug, mode, hosts, buffers)
    };
    let free = Caps::default();
    let capped = Caps { per_day: Some(2), per_week: Some(3) };
    let all = ["york", "berlin", "tokyo"];
    vec![
        kind("solo", Mode::Single, &["berlin"], (10, 20), &[15, 30], 15, free),
        kind("any", Mode::RoundRobin, &all, (0, 5), &[30, 60], 30, capped),
        kind("pair", Mode::Collective, &["york", "berlin"], (0, 0), &[30], 10, free),
    ]
}

fn host(id: &str, schedule: Schedule) -> Host {
    Host {
        id: id.parse().unwrap(),
        name: Line::new(id, 40).unwrap(),
        email: format!("{id}@example.org").parse().unwrap(),
        schedule,
        active: true,
    }
}

fn noted(zone: Tz, overrides: Vec<(chrono::NaiveDate, Vec<oracle::Wall>)>) -> oracle::Host {
    let office = || vec![(9 * 60, 17 * 60)];
    let weekly = [office(), office(), office(), office(), office(), Vec::new(), Vec::new()];
    oracle::Host {
        zone,
        active: true,
        weekly,
        overrides,
        bookings: Vec::new(),
        busy: Vec::new(),
        unknown: Vec::new(),
        counted: Vec::new(),
    }
}

/// Mostly plausible, sometimes not: in the past, off the grid, of a wrong length, with somebody else's host.
fn drawn(number: usize, dice: &mut Dice) -> Request {
    let slug = dice.pick(&["solo", "any", "any", "pair"]);
    let step = dice.pick(&[30, 30, 30, 15, 10, 7]);
    let steps = i64::try_from(dice.below(7 * 24 * 60 / step)).unwrap();
    let mut start =
        scene::now() - TimeDelta::days(1) + TimeDelta::minutes(steps * i64::try_from(step).unwrap());
    if dice.percent(2) {
        start += TimeDelta::seconds(30);
    }
    let mins = dice.pick(&[15, 30, 30, 60, 45]);
    let hint = dice.percent(20).then(|| dice.pick(&["york", "berlin", "tokyo"]).parse().unwrap());
    Request { host: hint, ..scene::request(number, slug, start, mins) }
}

/// How server and oracle differ.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Differ {
    /// Booked, and not on offer.
    BookedUnlisted(String),
    /// Refused, and on offer.
    RefusedListed(String),
}

/// What the server and the oracle say of a seed's requests: how many were booked and refused, or where they differ.
fn compared(seed: u64, mut both: Both) -> Result<(usize, usize), Differ> {
    let mut dice = Dice::new(seed);
    let (mut booked, mut refused) = (0, 0);
    for number in 0..200 {
        let request = drawn(number, &mut dice);
        let free = both.listed(&request);
        match both.ask(&request) {
            Ok(hosts) if hosts.iter().all(|id| free.contains(id)) => booked += 1,
            Err(_) if free.is_empty() => refused += 1,
            Ok(hosts) => {
                return Err(Differ::BookedUnlisted(format!("{request:?}: {hosts:?}, not of {free:?}")));
            }
            Err(why) => return Err(Differ::RefusedListed(format!("{request:?}: {why:?}, free: {free:?}"))),
        }
    }
    Ok((booked, refused))
}

#[test]
fn a_request_is_booked_if_and_only_if_the_oracle_lists_it() {
    let (mut booked, mut refused) = (0, 0);
    for seed in crate::create_booking::seeds(50) {
        let counts =
            compared(seed, Both::new(seed)).unwrap_or_else(|differ| panic!("seed {seed}: {differ:?}"));
        (booked, refused) = (booked + counts.0, refused + counts.1);
    }
    assert!(booked > 0 && refused > 0, "both answers have to occur: {booked} and {refused}");
}

/// The first difference between the oracle and a server whose store was spoilt.
fn first_difference(spoil: impl Fn(&mut openslot_fakes::Contents)) -> Differ {
    let differ = |seed| {
        let both = Both::new(seed);
        both.store.tamper(&spoil);
        compared(seed, both).err()
    };
    (0..100).find_map(differ).expect("another rule is noticed")
}

#[test]
fn a_server_that_forgets_the_notice_books_what_is_not_listed() {
    let differ = first_difference(|contents| {
        contents.meeting_types.values_mut().for_each(|kind| kind.notice_mins = 0);
    });
    assert!(matches!(differ, Differ::BookedUnlisted(_)), "{differ:?}");
}

#[test]
fn a_server_that_asks_for_more_notice_refuses_what_is_listed() {
    let differ = first_difference(|contents| {
        contents.meeting_types.values_mut().for_each(|kind| kind.notice_mins = 24 * 60);
    });
    assert!(matches!(differ, Differ::RefusedListed(_)), "{differ:?}");
}
