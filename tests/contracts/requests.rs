//! What a whole request costs: every call that a use-case makes, and its exact units.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::{Guest, Source};
use openslot_domain::limits::Limits;
use openslot_domain::meeting_type::{MeetingType, Mode};
use openslot_dynamodb::{Spent, Table};
use openslot_fakes::{FakeKms, Seeded, StoppedClock};
use openslot_tests::support::engine::Engine;
use openslot_tests::support::samples::{at, attendee, date, meeting_type, slug};
use openslot_usecases::create_booking::{Request, create_booking};
use openslot_usecases::keyring::Keyring;
use openslot_usecases::list_slots::{MEETING_TYPE_KEPT, Query, list_slots};
use openslot_usecases::ports::{Clock, Entropy, Pause, SaveMeetingType};
use openslot_usecases::recently::Recently;

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
        from: date("2026-11-23"),
        to: date("2026-12-20"),
        time_zone: Tz::UTC,
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
