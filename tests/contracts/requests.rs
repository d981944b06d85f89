//! What a whole request costs: every call that a use-case makes, and its exact units.

use std::time::Duration;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::{Guest, Source};
use openslot_domain::limits::{Limit, Limits};
use openslot_domain::login::Login;
use openslot_domain::meeting_type::{MeetingType, Mode};
use openslot_dynamodb::{Spent, Table};
use openslot_edge::SystemWorld;
use openslot_fakes::{FakeKms, Seeded, StoppedClock};
use openslot_tests::support::engine::Engine;
use openslot_tests::support::samples::{at, attendee, date, host, host_id, meeting_type, slug};
use openslot_usecases::cancel_booking::{self, cancel_booking};
use openslot_usecases::change::{Asked, Right};
use openslot_usecases::create_booking::{Refusal, Request, create_booking};
use openslot_usecases::decide_booking::{self, Word, decide_booking};
use openslot_usecases::keyring::Keyring;
use openslot_usecases::list_slots::{Dates, MEETING_TYPE_KEPT, Query, list_slots};
use openslot_usecases::manage_link::{self, Opens};
use openslot_usecases::ports::{
    Clock, Consistency, Entropy, KeyPurpose, Pause, ReadHost, SaveHost, SaveMeetingType,
};
use openslot_usecases::recently::Recently;
use openslot_usecases::refusals::Error;
use openslot_usecases::reschedule_booking::{self, reschedule_booking};

use crate::bookings::team;

/// Stopped time and drawn chance.
struct World(StoppedClock, Seeded);

impl Clock for World {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }
}

impl Pause for World {
    async fn pause(&self, duration: Duration) {
        self.0.pause(duration).await;
    }
}

impl Entropy for World {
    fn fill(&self, bytes: &mut [u8]) {
        self.1.fill(bytes);
    }
}

fn world() -> World {
    World(StoppedClock::at(at("2026-11-20T08:00:00Z")), Seeded::new(1))
}

fn request(kind: &str, key: &str, start: &str) -> Request {
    Request {
        meeting_type: slug(kind),
        start: at(start),
        duration_mins: None,
        time_zone: Tz::UTC,
        locale: None,
        attendee: attendee(),
        guests: Vec::new(),
        answers: Vec::new(),
        note: None,
        source: Source::default(),
        host: None,
        idempotency_key: key.to_owned(),
        canonical: start.as_bytes().to_vec(),
        client: "192.0.2.1".to_owned(),
    }
}

async fn saved(table: &Table, kind: &MeetingType) {
    table.save_meeting_type(kind, None).await.expect("a new meeting type is saved");
}

/// Operations with their units, those of one kind together.
fn calls(spent: Vec<Spent>) -> Vec<(&'static str, usize, f64, f64)> {
    let mut calls: Vec<(&'static str, usize, f64, f64)> = Vec::new();
    for one in spent {
        match calls.iter_mut().find(|call| call.0 == one.operation) {
            Some(call) => (call.1, call.2, call.3) = (call.1 + 1, call.2 + one.read, call.3 + one.write),
            None => calls.push((one.operation, 1, one.read, one.write)),
        }
    }
    calls
}

/// Promise 10: one Query per host, one transaction, at most four counters for one attendee and one host.
#[tokio::test]
async fn a_booking_costs_what_was_promised() {
    let engine = Engine::start().await;
    let (table, meter) = engine.metered("openslot").await;
    team(&table, &["grace", "alan"]).await.unwrap();
    saved(&table, &meeting_type("solo", &["grace"])).await;
    saved(&table, &MeetingType { mode: Mode::Collective, ..meeting_type("pair", &["grace", "alan"]) }).await;
    let (world, keyring, limits) = (world(), Keyring::new(FakeKms::new(1)), Limits::default());
    let cost = async |request: Request| {
        meter.take();
        create_booking(&table, &world, &keyring, &limits, &request).await.unwrap();
        calls(meter.take())
    };
    // The first opens the keyring.
    cost(request("solo", "key-00000001", "2026-11-23T09:00:00Z")).await;

    let solo = cost(request("solo", "key-00000002", "2026-11-23T10:00:00Z")).await;
    let get = ("GetItem", 1, 1.0, 0.0);
    assert_eq!(
        solo,
        [("UpdateItem", 4, 0.0, 4.0), get, ("Query", 1, 1.0, 0.0), ("TransactWriteItems", 1, 0.0, 14.0)]
    );
    let pair = cost(request("pair", "key-00000003", "2026-11-23T11:00:00Z")).await;
    assert_eq!(
        pair,
        [("UpdateItem", 6, 0.0, 6.0), get, ("Query", 2, 2.0, 0.0), ("TransactWriteItems", 1, 0.0, 18.0)]
    );
    let bob = Guest { email: "bob@example.com".parse().unwrap(), name: None };
    let guest = Request { guests: vec![bob], ..request("solo", "key-00000004", "2026-11-23T12:00:00Z") };
    assert_eq!(
        cost(guest).await,
        [("UpdateItem", 6, 0.0, 6.0), get, ("Query", 1, 1.0, 0.0), ("TransactWriteItems", 1, 0.0, 16.0)]
    );
    // A repeat reads the booking instead of writing one, and gives back what it took of the counters.
    let repeat = cost(request("solo", "key-00000002", "2026-11-23T10:00:00Z")).await;
    assert_eq!(repeat, [("UpdateItem", 1, 0.0, 1.0), ("GetItem", 2, 2.0, 0.0), ("Query", 1, 1.0, 0.0)]);
}

/// A change reads the booking, the meeting type and each host once, and is one transaction.
#[tokio::test]
async fn a_change_costs_what_was_promised() {
    let engine = Engine::start().await;
    let (table, meter) = engine.metered("openslot").await;
    team(&table, &["grace", "alan"]).await.unwrap();
    saved(&table, &meeting_type("solo", &["grace"])).await;
    let (world, keyring, limits) = (world(), Keyring::new(FakeKms::new(1)), Limits::default());
    let wish = request("solo", "key-00000001", "2026-11-23T09:00:00Z");
    let made = create_booking(&table, &world, &keyring, &limits, &wish).await.unwrap().booking;
    let booking = made.id;
    // The first link opens its key; afterwards the container has it.
    let key = keyring.newest(&table, KeyPurpose::ManageLinks, world.now()).await.unwrap();
    let secret = manage_link::secret(&key, &made, Opens::Booking);
    let asked = |key: &str| Asked {
        booking,
        right: Right::Link(secret.clone()),
        idempotency_key: key.to_owned(),
        canonical: key.as_bytes().to_vec(),
    };
    let transaction = |units| ("TransactWriteItems", 1, 0.0, units);
    let reads = [("GetItem", 2, 2.0, 0.0), ("Query", 1, 1.0, 0.0)];

    let later = reschedule_booking::Request {
        asked: asked("key-00000002"),
        start: at("2026-11-23T15:00:00Z"),
        duration_mins: None,
        time_zone: Tz::UTC,
    };
    meter.take();
    reschedule_booking(&table, &world, &keyring, &limits, &later).await.unwrap();
    let counters = ("UpdateItem", 3, 0.0, 3.0);
    assert_eq!(sorted(meter.take()), [reads[0], reads[1], transaction(12.0), counters]);
    // A repeat reads what stands, and nothing else.
    reschedule_booking(&table, &world, &keyring, &limits, &later).await.unwrap();
    assert_eq!(sorted(meter.take()), [reads[0]]);

    let cancel = cancel_booking::Request { asked: asked("key-00000003"), reason: None };
    cancel_booking(&table, &world, &keyring, &cancel).await.unwrap();
    assert_eq!(sorted(meter.take()), [reads[0], reads[1], transaction(6.0)]);
}

/// A host's word is one transaction: the booking, its day and the announcement; a yes brings the reminders.
#[tokio::test]
async fn a_word_costs_what_was_promised() {
    let engine = Engine::start().await;
    let (table, meter) = engine.metered("openslot").await;
    team(&table, &["grace", "alan"]).await.unwrap();
    saved(&table, &MeetingType { requires_approval: true, ..meeting_type("solo", &["grace"]) }).await;
    let (world, keyring, limits) = (world(), Keyring::new(FakeKms::new(1)), Limits::default());
    let cost = async |key, start, word: Word| {
        let wish = request("solo", key, start);
        let booking = create_booking(&table, &world, &keyring, &limits, &wish).await.unwrap().booking.id;
        meter.take();
        let said = decide_booking::Request { booking, by: Login::member(host_id("grace")), word };
        decide_booking(&table, &world, &said).await.unwrap();
        sorted(meter.take())
    };
    let query = ("Query", 1, 1.0, 0.0);
    let transaction = |units| ("TransactWriteItems", 1, 0.0, units);
    let yes = cost("key-00000001", "2026-11-23T09:00:00Z", Word::Approve).await;
    assert_eq!(yes, [("GetItem", 2, 2.0, 0.0), query, transaction(10.0)]);
    let no = cost("key-00000002", "2026-11-23T11:00:00Z", Word::Decline { reason: None }).await;
    assert_eq!(no, [("GetItem", 1, 1.0, 0.0), query, transaction(6.0)]);
}

/// The calls of a request, by name.
fn sorted(spent: Vec<Spent>) -> Vec<(&'static str, usize, f64, f64)> {
    let mut calls = calls(spent);
    calls.sort_by_key(|call| call.0);
    calls
}

/// Promise 10: one Query per host, and one read of the meeting type when it is not in memory.
#[tokio::test]
async fn a_lookup_costs_what_was_promised() {
    let engine = Engine::start().await;
    let (table, meter) = engine.metered("openslot").await;
    team(&table, &["grace", "alan"]).await.unwrap();
    saved(&table, &meeting_type("any", &["grace", "alan"])).await;
    let (world, recent) = (world(), Recently::new(MEETING_TYPE_KEPT));
    let query = Query {
        meeting_type: slug("any"),
        dates: Dates { from: date("2026-11-23"), to: date("2026-12-20"), time_zone: Tz::UTC },
        duration_mins: None,
        host: None,
    };
    let cost = async || {
        meter.take();
        assert!(!list_slots(&table, &world, &recent, &query).await.unwrap().starts.is_empty());
        calls(meter.take())
    };
    assert_eq!(cost().await, [("GetItem", 1, 0.5, 0.0), ("Query", 2, 1.0, 0.0)]);
    assert_eq!(cost().await, [("Query", 2, 1.0, 0.0)]);
    // However often it is asked for meanwhile, after five seconds the meeting type is read again.
    world.0.advance(TimeDelta::seconds(3));
    assert_eq!(cost().await, [("Query", 2, 1.0, 0.0)]);
    world.0.advance(TimeDelta::seconds(3));
    assert_eq!(cost().await, [("GetItem", 1, 0.5, 0.0), ("Query", 2, 1.0, 0.0)]);
}

/// The twin: a request that reads a host once more than promised shows.
#[tokio::test]
async fn one_read_more_is_noticed() {
    let engine = Engine::start().await;
    let (table, meter) = engine.metered("openslot").await;
    team(&table, &["grace"]).await.unwrap();
    meter.take();
    for _ in 0..2 {
        table.read_host(&host_id("grace"), date("2026-11-20"), Consistency::Eventual).await.unwrap();
    }
    assert_ne!(calls(meter.take()), [("Query", 1, 0.5, 0.0)]);
}

/// Complaint 1 of the field, on the engine and in real time: starts, durations and meeting types differ, all overlap.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_sixty_four_overlapping_wishes_one_is_granted() {
    let engine = Engine::start().await;
    let table = engine.table("openslot").await;
    let hosts = team(&table, &["grace"]).await.unwrap();
    let padded =
        MeetingType { before_mins: 30, durations_mins: vec![60], ..meeting_type("padded", &["grace"]) };
    let plain =
        MeetingType { slot_interval_mins: 15, durations_mins: vec![90], ..meeting_type("plain", &["grace"]) };
    saved(&table, &padded).await;
    saved(&table, &plain).await;
    let keyring = Keyring::new(FakeKms::new(1));
    let limits = Limits { per_address: Limit { most: u32::MAX, window_secs: 60 }, ..Limits::default() };
    // Noon of a working day to come; whatever starts within an hour of it overlaps at noon.
    let noon = working_noon(SystemWorld.now());
    let wish = async |number: u32| {
        let (kind, mins) = if number.is_multiple_of(2) { ("padded", 30) } else { ("plain", 15) };
        let start = noon - TimeDelta::minutes(i64::from(number / 2 % 2 * mins));
        let email = format!("guest-{number}@example.com").parse().unwrap();
        let wish = Request {
            start,
            attendee: openslot_domain::booking::Attendee { email, ..attendee() },
            ..request(kind, &format!("key-{number:08}"), "2026-11-23T09:00:00Z")
        };
        create_booking(&table, &SystemWorld, &keyring, &limits, &wish).await
    };
    let answers = futures::future::join_all((0..64).map(wish)).await;
    let granted = answers.iter().filter(|answer| answer.is_ok()).count();
    let taken = |answer: &&Result<_, _>| matches!(answer, Err(Error::Refused(Refusal::SlotTaken { .. })));
    assert_eq!((granted, answers.iter().filter(taken).count()), (1, 63), "{answers:?}");
    let days =
        table.read_host(&hosts[0].id, date("2026-01-01"), Consistency::Strong).await.unwrap().unwrap().days;
    assert_eq!(days.values().map(|day| day.entries.len()).sum::<usize>(), 1);
}

/// Promise 3 on the engine and in real time: sixteen guests, the sixteen slots of a day, one instant.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_free_slots_are_booked_by_sixteen() {
    let engine = Engine::start().await;
    let table = engine.table("openslot").await;
    table.save_host(&host("grace", Tz::UTC), None).await.unwrap();
    saved(&table, &meeting_type("solo", &["grace"])).await;
    let keyring = Keyring::new(FakeKms::new(1));
    let limits = Limits { per_address: Limit { most: u32::MAX, window_secs: 60 }, ..Limits::default() };
    let nine = working_noon(SystemWorld.now()) - TimeDelta::hours(3);
    let wish = async |number: i64| {
        let email = format!("guest-{number}@example.com").parse().unwrap();
        let wish = Request {
            start: nine + TimeDelta::minutes(30 * number),
            attendee: openslot_domain::booking::Attendee { email, ..attendee() },
            ..request("solo", &format!("key-{number:08}"), "2026-11-23T09:00:00Z")
        };
        create_booking(&table, &SystemWorld, &keyring, &limits, &wish).await
    };
    let answers = futures::future::join_all((0..16).map(wish)).await;
    let fresh = answers.iter().filter(|answer| matches!(answer, Ok(created) if created.fresh)).count();
    assert_eq!(fresh, 16, "{answers:?}");
}

/// Noon in UTC of the Wednesday after next.
fn working_noon(now: DateTime<Utc>) -> DateTime<Utc> {
    let date = now.date_naive() + chrono::Days::new(7);
    let wednesday =
        date.iter_days().find(|date| date.weekday() == chrono::Weekday::Wed).expect("every week has one");
    wednesday.and_hms_opt(12, 0, 0).expect("every day has a noon").and_utc()
}
