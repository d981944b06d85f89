//! One call breaks, and what that may cost.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::TimeDelta;
use futures::executor::block_on;
use openslot_domain::effects::{EffectKey, EffectKind};
use openslot_domain::limits::{Limit, Limits};
use openslot_domain::meeting_type::Mode;
use openslot_fakes::{Chooser, FakeKms, Fault, Faulty, Listener, MemoryStore, Outbox};
use openslot_usecases::create_booking::{Created, Refusal, Request, create_booking};
use openslot_usecases::deliver_effects::deliver_effect;
use openslot_usecases::keyring::Keyring;
use openslot_usecases::refusals::Error;

use crate::checker::free_is_booked;
use crate::create_booking::{Setting, seeds};
use crate::scene;
use crate::scheduler::{SimWorld, Task, run};
use crate::watched::Defect;

/// Breaks the first so many calls of one port.
struct Breaks {
    port: &'static str,
    fault: Fault,
    left: AtomicU32,
}

impl Chooser for Breaks {
    fn choose(&self, port: &'static str) -> Fault {
        let less = |left: u32| left.checked_sub(1);
        let broken =
            port == self.port && self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok();
        if broken { self.fault } else { Fault::None }
    }
}

fn breaking(port: &'static str, fault: Fault, times: u32) -> Faulty<MemoryStore, Breaks> {
    let types = [scene::meeting_type("solo", Mode::Single, &["berlin"], (0, 0))];
    Faulty::new(scene::store(&types), Breaks { port, fault, left: AtomicU32::new(times) })
}

fn request() -> Request {
    scene::request(1, "solo", scene::wanted_from(), 30)
}

fn booked(store: &Faulty<MemoryStore, Breaks>, limits: &Limits) -> Result<Created, Error<Refusal>> {
    let world = SimWorld::new(1, scene::now());
    let keyring = Keyring::new(FakeKms::new(1));
    let mut answer = None;
    let task: Task<'_> = Box::pin(async {
        answer = Some(create_booking(store, &world, &keyring, limits, &request()).await);
    });
    run(&world, vec![task]);
    answer.unwrap()
}

fn counted(store: &MemoryStore) -> u32 {
    store.snapshot().counters.values().sum()
}

#[test]
fn a_repeat_whose_read_fails_is_a_repeat_all_the_same() {
    let store = breaking("none", Fault::None, 0);
    assert!(booked(&store, &scene::no_limits()).unwrap().fresh);
    for port in ["find_meeting_type", "read_host"] {
        let again = breaking(port, Fault::FailNotApplied, 1);
        again.inner().tamper(|contents| *contents = store.inner().snapshot());
        let answer = booked(&again, &scene::no_limits());
        assert!(matches!(&answer, Ok(created) if !created.fresh), "{port}: {answer:?}");
    }
}

#[test]
fn a_commit_whose_answer_is_lost_is_the_guests_own() {
    let store = breaking("commit_booking", Fault::FailApplied, 1);
    assert!(booked(&store, &scene::no_limits()).unwrap().fresh);
    assert_eq!(store.inner().snapshot().bookings.len(), 1);
}

/// Nothing but the request itself is counted for somebody who was refused, whatever broke on the way.
#[test]
fn a_refusal_leaves_nothing_counted() {
    let store = breaking("give_back_quota", Fault::None, 0);
    booked(&store, &scene::no_limits()).unwrap();
    let before = counted(store.inner());
    let other = Request { idempotency_key: "another-key".to_owned(), ..request() };
    let world = SimWorld::new(2, scene::now());
    let keyring = Keyring::new(FakeKms::new(1));
    let refused = block_on(create_booking(store.inner(), &world, &keyring, &scene::no_limits(), &other));
    assert!(matches!(refused, Err(Error::Refused(Refusal::SlotTaken { .. }))), "{refused:?}");
    assert_eq!(counted(store.inner()), before + 1);
}

/// A race that is lost every time ends after twenty tries, with nothing written and nothing counted.
#[test]
fn whoever_loses_every_race_is_sent_away_and_asked_to_come_back() {
    let store = breaking("commit_booking", Fault::Conflict, u32::MAX);
    let answer = booked(&store, &scene::no_limits());
    assert!(matches!(answer, Err(Error::Busy { retry_after_secs: 2 })), "{answer:?}");
    let tried = u32::MAX - store.chooser().left.load(Ordering::Relaxed);
    let contents = store.inner().snapshot();
    assert_eq!((tried, contents.bookings.len(), counted(store.inner())), (20, 0, 1));
}

/// Whoever cannot know whether it was written does not say that it was not.
#[test]
fn after_a_lost_answer_nobody_claims_that_nothing_was_booked() {
    let store = breaking("commit_booking", Fault::FailNotApplied, u32::MAX);
    let answer = booked(&store, &scene::no_limits());
    assert!(matches!(answer, Err(Error::Failed(_))), "{answer:?}");
}

/// A limit that a request's own repeats reach is not the guest's doing.
#[test]
fn ones_own_repeats_do_not_reach_a_limit() {
    let one = Limit { most: 1, window_secs: 24 * 60 * 60 };
    let limits =
        Limits { per_recipient_and_host: one, per_recipient: one, per_host: one, ..scene::no_limits() };
    let types = [scene::meeting_type("solo", Mode::Single, &["berlin"], (0, 0))];
    for seed in seeds(100) {
        let setting = Setting { seed, requests: 8, faults: 0, defect: Defect::None };
        let outcome = crate::create_booking::play_within(setting, &types, &vec![request(); 8], &limits);
        free_is_booked(&outcome.told).unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
        assert_eq!(outcome.held().len(), 1, "seed {seed}");
    }
}

/// Keys that cannot be opened cost the work no try, however long that lasts.
#[test]
fn an_outage_of_the_keys_parks_no_letter() {
    let store = breaking("none", Fault::None, 0);
    booked(&store, &scene::no_limits()).unwrap();
    let world = SimWorld::new(3, scene::now() + TimeDelta::seconds(1));
    let site = crate::deliver_effects::site();
    let (keyring, mail, bus) = (Keyring::new(FakeKms::new(1)), Outbox::default(), Listener::default());
    let owed = || store.inner().snapshot().effects.into_keys();
    // The announcement needs no key; its letters do.
    let announce = owed().next().unwrap();
    block_on(deliver_effect(&store, &world, &keyring, &mail, &bus, &site, &announce)).unwrap();
    let key: EffectKey = owed().find(|key| matches!(key.kind, EffectKind::Letter(_))).unwrap();
    let broken = breaking("wrapped_keys", Fault::FailNotApplied, 50);
    broken.inner().tamper(|contents| *contents = store.inner().snapshot());
    let keyring = Keyring::new(FakeKms::new(1));
    for _ in 0..50 {
        let outcome = block_on(deliver_effect(&broken, &world, &keyring, &mail, &bus, &site, &key));
        assert!(outcome.is_err());
        world.advance(TimeDelta::minutes(2));
    }
    let contents = broken.inner().snapshot();
    assert_eq!((contents.effects[&key].attempts, contents.parked.len()), (0, 0));
}
