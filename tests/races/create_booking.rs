//! Everybody books at once.

use std::sync::Mutex;

use chrono::TimeDelta;
use futures::executor::block_on;
use openslot_domain::booking::Booking;
use openslot_domain::interval::Interval;
use openslot_domain::limits::Limits;
use openslot_domain::meeting_type::{MeetingType, Mode};
use openslot_fakes::{Chooser, FakeKms, Fault, Faulty};
use openslot_usecases::create_booking::{Created, Refusal, Request, create_booking};
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::{Consistency, ReadHost};
use openslot_usecases::refusals::Error;

use crate::checker::{Answer, Held, Invariant, Needs, Told, Violation, free_is_booked, judge};
use crate::scene;
use crate::scheduler::{Dice, SimWorld, Task, run};
use crate::watched::{Defect, Watched};

/// How a world is made.
#[derive(Clone, Copy)]
pub struct Setting {
    pub seed: u64,
    pub requests: usize,
    /// How often a call goes wrong, in a hundred.
    pub faults: u64,
    pub defect: Defect,
}

/// Draws the faults of a world.
struct Luck {
    world: SimWorld,
    faults: u64,
}

impl Chooser for Luck {
    fn choose(&self, port: &'static str) -> Fault {
        if !self.world.percent(self.faults) {
            return Fault::None;
        }
        match port {
            "commit_booking" if self.world.percent(40) => Fault::FailApplied,
            "commit_booking" if self.world.percent(60) => Fault::Conflict,
            _ if self.world.percent(50) => Fault::FailApplied,
            _ => Fault::FailNotApplied,
        }
    }
}

/// A world that has run to its end.
pub struct Outcome {
    pub told: Vec<Told>,
    types: Vec<MeetingType>,
    store: Faulty<Watched, Luck>,
}

impl Outcome {
    /// Everything that was committed.
    pub fn held(&self) -> Vec<Held> {
        let commits = self.store.inner().commits();
        commits.iter().map(|(step, booking)| held(&self.types, *step, booking)).collect()
    }

    /// Every booking that was committed.
    pub fn bookings(&self) -> Vec<Booking> {
        self.store.inner().commits().into_iter().map(|(_, booking)| booking).collect()
    }

    /// The most commits that one booking took.
    pub fn attempts_max(&self) -> u32 {
        self.store.inner().attempts_max()
    }
}

/// Runs all requests at once; nobody is held off.
pub fn play(setting: Setting, types: &[MeetingType], requests: &[Request]) -> Outcome {
    play_within(setting, types, requests, &scene::no_limits())
}

/// Runs all requests at once within limits.
pub fn play_within(
    setting: Setting,
    types: &[MeetingType],
    requests: &[Request],
    limits: &Limits,
) -> Outcome {
    let world = SimWorld::new(setting.seed, scene::now());
    let watched = Watched::new(scene::store(types), world.clone(), setting.defect);
    let store = Faulty::new(watched, Luck { world, faults: setting.faults });
    let told = converse(&store, types, requests, limits);
    Outcome { told, types: types.to_vec(), store }
}

/// Repeats requests at once in a world that has run, `later` after its end.
pub fn repeat(outcome: &Outcome, types: &[MeetingType], requests: &[Request], later: TimeDelta) -> Vec<Told> {
    outcome.store.inner().world.advance(later);
    converse(&outcome.store, types, requests, &scene::no_limits())
}

/// Asks for everything at once and notes every answer.
fn converse(
    store: &Faulty<Watched, Luck>,
    types: &[MeetingType],
    requests: &[Request],
    limits: &Limits,
) -> Vec<Told> {
    let world = &store.inner().world;
    let keyring = Keyring::new(FakeKms::new(1));
    let told = Mutex::new(Vec::new());
    let mut tasks: Vec<Task<'_>> = Vec::new();
    for request in requests {
        let (keyring, told) = (&keyring, &told);
        tasks.push(Box::pin(async move {
            let asked = world.steps();
            let answer = create_booking(store, world, keyring, limits, request).await;
            told.lock().unwrap().push(line(types, request, asked, world.steps(), answer));
        }));
    }
    run(world, tasks);
    told.into_inner().unwrap()
}

fn kind<'a>(types: &'a [MeetingType], slug: &str) -> &'a MeetingType {
    types.iter().find(|kind| kind.slug.as_str() == slug).expect("a meeting type of the scene")
}

fn held(types: &[MeetingType], step: usize, booking: &Booking) -> Held {
    let (from_min, to_min) = reserved(kind(types, booking.meeting_type.as_str()), booking.core);
    let hosts = booking.hosts.iter().map(|host| host.id.to_string()).collect();
    // The scene gives every request its own address and its own key, of the same number.
    let address = booking.attendee.email.as_str();
    let number = address.trim_start_matches("guest-").trim_end_matches("@example.org");
    let key = format!("request-{number}");
    Held { booking: booking.id.to_string(), key, hosts, from_min, to_min, step }
}

fn reserved(kind: &MeetingType, core: Interval) -> (i64, i64) {
    let from = core.start_secs() / 60 - i64::from(kind.before_mins);
    let to = core.end_secs() / 60 + i64::from(kind.after_mins);
    (from, to)
}

fn line(
    types: &[MeetingType],
    request: &Request,
    asked: usize,
    answered: usize,
    answer: Result<Created, Error<Refusal>>,
) -> Told {
    let kind = kind(types, request.meeting_type.as_str());
    let mins = request.duration_mins.expect("every request of the scene has one");
    let would_reserve = |start| reserved(kind, Interval::lasting(start, mins).expect("some minutes"));
    let (from_min, to_min) = would_reserve(request.start);
    let answer = match answer {
        Ok(Created { booking, fresh }) => Answer::Booked {
            fresh,
            booking: booking.id.to_string(),
            hosts: booking.hosts.iter().map(|host| host.id.to_string()).collect(),
        },
        Err(Error::Refused(Refusal::SlotTaken { alternatives })) => {
            Answer::Taken { others: alternatives.into_iter().map(would_reserve).collect() }
        }
        Err(Error::Busy { .. } | Error::Failed(_)) => Answer::Busy,
        Err(Error::Refused(other)) => Answer::Other(format!("{other:?}")),
    };
    let needs = if kind.mode == Mode::Collective { Needs::AllOf } else { Needs::OneOf };
    let hosts = kind.hosts.iter().map(ToString::to_string).collect();
    Told { key: request.idempotency_key.clone(), hosts, needs, from_min, to_min, asked, answered, answer }
}

/// The host-days of a finished world say what its bookings say: every UTC day that a reserved time touches.
pub fn days_match_bookings(outcome: &Outcome) -> Result<(), Violation> {
    let mut wanted: Vec<String> = Vec::new();
    for held in &outcome.held() {
        for host in &held.hosts {
            for day in held.from_min.div_euclid(1440)..=(held.to_min - 1).div_euclid(1440) {
                wanted.push(format!("{host} {day} {}", held.booking));
            }
        }
    }
    let mut found: Vec<String> = Vec::new();
    for host in ["york", "berlin", "tokyo"] {
        let id = host.parse().unwrap();
        let from = chrono::NaiveDate::MIN;
        let read = outcome.store.inner().inner.read_host(&id, from, Consistency::Strong);
        let snapshot = block_on(read).unwrap().expect("a host of the scene");
        for (date, day) in snapshot.days {
            let number = date.signed_duration_since(chrono::NaiveDate::default()).num_days();
            found.extend(day.entries.iter().map(|entry| format!("{host} {number} {}", entry.booking)));
        }
    }
    wanted.sort();
    found.sort();
    if wanted == found {
        Ok(())
    } else {
        Err(Violation {
            invariant: Invariant::DaysMatchBookings,
            what: format!("{wanted:?} against {found:?}"),
        })
    }
}

/// Everything that must hold of a world.
pub fn judged(outcome: &Outcome) -> Result<(), Violation> {
    judge(&outcome.held(), &outcome.told)?;
    days_match_bookings(outcome)
}

/// A world of overlapping wishes.
pub fn crowd(setting: Setting) -> Outcome {
    let types = scene::all_kinds();
    let mut dice = Dice::new(setting.seed);
    let requests: Vec<Request> =
        (0..setting.requests).map(|number| scene::drawn(number, &types, &mut dice)).collect();
    play(setting, &types, &requests)
}

fn setting(seed: u64, requests: usize, faults: u64) -> Setting {
    Setting { seed, requests, faults, defect: Defect::None }
}

/// Promises 1 and 2: one winner per instant, and a 409 is true.
#[test]
fn nothing_is_booked_twice_and_no_refusal_is_a_lie() {
    for seed in seeds(1000) {
        let faults = if seed % 2 == 0 { 0 } else { 5 };
        if let Err(violation) = judged(&crowd(setting(seed, 200, faults))) {
            panic!("seed {seed}: {violation}");
        }
    }
}

/// The seeds to run: those asked for, or as many as a test run has time for.
pub fn seeds(by_default: u64) -> std::ops::Range<u64> {
    let number = |name: &str| variable(name).map(|text| text.parse::<u64>().expect("a number of seeds"));
    match (number("OPENSLOT_RACES_SEED"), number("OPENSLOT_RACES_SEEDS")) {
        (Some(seed), _) => seed..seed + 1,
        (None, Some(count)) => 0..count,
        (None, None) => 0..by_default,
    }
}

#[expect(clippy::disallowed_methods, reason = "how long to race is for whoever starts the tests to say")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn booked(outcome: &Outcome) -> usize {
    outcome.told.iter().filter(|told| matches!(told.answer, Answer::Booked { .. })).count()
}

fn busy(outcome: &Outcome) -> usize {
    outcome.told.iter().filter(|told| matches!(told.answer, Answer::Busy)).count()
}

/// Requests for `slots` different times of one host, `apart` minutes from one to the next.
pub fn queue(setting: Setting, slots: usize, apart: i64) -> Outcome {
    let types = [scene::meeting_type("solo", Mode::Single, &["berlin"], (0, 0))];
    let start = |number: usize| {
        let place = i64::try_from(number % slots).expect("a small number");
        scene::wanted_from() + TimeDelta::minutes(place * apart)
    };
    let requests: Vec<Request> =
        (0..setting.requests).map(|number| scene::request(number, "solo", start(number), 30)).collect();
    play(setting, &types, &requests)
}

/// Promise 3: a free slot is booked, however many want its neighbours at the same instant.
#[test]
fn sixteen_free_slots_are_booked_by_sixteen() {
    for seed in seeds(200) {
        for apart in [30, 24 * 60] {
            let outcome = queue(setting(seed, 16, 0), 16, apart);
            judged(&outcome).and_then(|()| free_is_booked(&outcome.told)).unwrap();
            assert!(outcome.attempts_max() <= 10, "seed {seed}: {} attempts", outcome.attempts_max());
        }
    }
}

#[test]
fn sixty_four_free_slots_are_booked_by_sixty_four() {
    for seed in seeds(50) {
        let outcome = queue(setting(seed, 64, 0), 64, 30);
        judged(&outcome).and_then(|()| free_is_booked(&outcome.told)).unwrap();
        assert!(outcome.attempts_max() <= 20, "seed {seed}: {} attempts", outcome.attempts_max());
    }
}

#[test]
fn ten_thousand_on_sixteen_slots_are_sixteen_winners_and_nobody_is_sent_away() {
    let outcome = queue(setting(1, 10_000, 0), 16, 30);
    judged(&outcome).unwrap();
    assert_eq!((booked(&outcome), busy(&outcome)), (16, 0));
}

/// Promise 4: one request, sent any number of times, with answers lost, at once and days apart.
#[test]
fn a_repeat_is_the_same_booking() {
    let types = scene::all_kinds();
    for seed in seeds(300) {
        let mut dice = Dice::new(seed);
        let request = scene::drawn(1, &types, &mut dice);
        let times = usize::try_from(2 + dice.below(49)).expect("at most fifty");
        let outcome = play(setting(seed, times, 10), &types, &vec![request.clone(); times]);
        if outcome.held().is_empty() {
            assert_eq!(busy(&outcome), times, "seed {seed}: every call failed, and nothing else was said");
            continue;
        }
        let later =
            repeat(&outcome, &types, &vec![request; 3], TimeDelta::days(dice.below(30).cast_signed()));
        let told: Vec<Told> = outcome.told.iter().chain(&later).cloned().collect();
        judge(&outcome.held(), &told).unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
        assert_eq!(outcome.held().len(), 1, "seed {seed}");
    }
}

/// Complaint 1 of the field: overlapping starts, several meeting types and durations, one host.
#[test]
fn of_a_hundred_overlapping_wishes_one_is_granted() {
    let types = [
        scene::meeting_type("solo", Mode::Single, &["berlin"], (0, 0)),
        scene::meeting_type("padded", Mode::Single, &["berlin"], (60, 15)),
    ];
    let middle = scene::wanted_from() + TimeDelta::hours(4);
    for seed in seeds(100) {
        let mut dice = Dice::new(seed);
        let mut wish = |number| {
            let mins = dice.pick(&[15, 30, 60, 120]);
            let before = i64::try_from(dice.below(u64::from(mins) / 5)).expect("some minutes") * 5;
            let slug = dice.pick(&["solo", "padded"]);
            scene::request(number, slug, middle - TimeDelta::minutes(before), mins)
        };
        let requests: Vec<Request> = (0..100).map(&mut wish).collect();
        let outcome = play(setting(seed, 100, 0), &types, &requests);
        judged(&outcome).unwrap();
        assert_eq!((booked(&outcome), busy(&outcome)), (1, 0), "seed {seed}");
    }
}
