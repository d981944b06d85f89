//! A booking is changed while everything breaks: at every moment it holds one time, or none once it is over.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use futures::executor::block_on;
use openslot_domain::booking::change::ChangePlan;
use openslot_domain::booking::{Booking, Plan, State};
use openslot_domain::effects::EffectKind;
use openslot_domain::host::{Entry, HostSnapshot};
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_domain::interval::Interval;
use openslot_domain::limits::{Limit, Limits};
use openslot_domain::login::Login;
use openslot_domain::meeting_type::{MeetingType, Mode};
use openslot_fakes::{
    Chooser, Contents, FakeKms, Fault, Faulty, MemoryStore, Seeded, StoppedClock, yield_now,
};
use openslot_usecases::cancel_booking::{self, cancel_booking};
use openslot_usecases::change::{Asked, Right};
use openslot_usecases::create_booking::create_booking;
use openslot_usecases::decide_booking::{self, Word, decide_booking};
use openslot_usecases::keyring::{AddressMac, Keyring};
use openslot_usecases::lapse_booking::lapse_booking;
use openslot_usecases::ports::{
    ChangeBooking, Clock, Commit, CommitBooking, Consistency, Counted, CounterKey, Entropy, Failure,
    FindBooking, FindMeetingType, GiveBackQuota, KeyPurpose, Pause, PutWrappedKey, ReadHost, Saved,
    TakeQuota, WrappedKey, WrappedKeys,
};
use openslot_usecases::reschedule_booking::{self, reschedule_booking};

use crate::create_booking::seeds;
use crate::scene;
use crate::scheduler::Dice;

/// Time that passes when somebody waits, and drawn chance.
struct World(StoppedClock, Seeded);

impl World {
    fn new(seed: u64) -> Self {
        Self(StoppedClock::at(scene::now()), Seeded::new(seed))
    }
}

impl Clock for World {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }
}

impl Pause for World {
    async fn pause(&self, duration: Duration) {
        self.0.pause(duration).await;
        yield_now().await;
    }
}

impl Entropy for World {
    fn fill(&self, bytes: &mut [u8]) {
        self.1.fill(bytes);
    }
}

/// What is done to the booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Cancel,
    /// So many minutes later.
    Move(i64),
    Approve,
    Decline,
    Lapse,
}

const ACTS: [Act; 6] =
    [Act::Cancel, Act::Move(15), Act::Move(12 * 60), Act::Approve, Act::Decline, Act::Lapse];

impl Act {
    fn needs_pending(self) -> bool {
        match self {
            Self::Approve | Self::Decline | Self::Lapse => true,
            Self::Cancel | Self::Move(_) => false,
        }
    }
}

/// Everything a change asks of the table.
trait Table:
    FindBooking + FindMeetingType + ReadHost + ChangeBooking + TakeQuota + GiveBackQuota + WrappedKeys + Sync
{
}

impl<S> Table for S where
    S: FindBooking
        + FindMeetingType
        + ReadHost
        + ChangeBooking
        + TakeQuota
        + GiveBackQuota
        + WrappedKeys
        + Sync
{
}

/// Two hosts together, with buffers over the turn of a UTC day.
fn kind(pending: bool) -> MeetingType {
    let pair = scene::meeting_type("pair", Mode::Collective, &["york", "berlin"], (10, 45));
    MeetingType { requires_approval: pending, ..pair }
}

fn start() -> DateTime<Utc> {
    scene::wanted_from() + TimeDelta::minutes(3 * 60 + 30)
}

/// A store with one booking in it, which waits for approval or does not.
fn one_booking(pending: bool) -> (MemoryStore, BookingId) {
    let store = scene::store(&[kind(pending)]);
    let (world, keyring) = (World::new(1), Keyring::new(FakeKms::new(1)));
    let request = scene::request(1, "pair", start(), 30);
    let created = block_on(create_booking(&store, &world, &keyring, &scene::no_limits(), &request)).unwrap();
    (store, created.booking.id)
}

/// Does it, in the name of a host; true if it came to something.
async fn act<S: Table>(store: &S, world: &World, id: BookingId, act: Act, key: &str) -> bool {
    let keyring = Keyring::new(FakeKms::new(1));
    let login = Login::member("berlin".parse().unwrap());
    let (idempotency_key, canonical) = (key.to_owned(), format!("{act:?}").into_bytes());
    let asked = Asked { booking: id, right: Right::Login(login.clone()), idempotency_key, canonical };
    let decide = |word| decide_booking::Request { booking: id, by: login.clone(), word };
    match act {
        Act::Cancel => {
            let request = cancel_booking::Request { asked, reason: None };
            cancel_booking(store, world, &keyring, &request).await.is_ok()
        }
        Act::Move(mins) => {
            let start = start() + TimeDelta::minutes(mins);
            let request =
                reschedule_booking::Request { asked, start, duration_mins: None, time_zone: Tz::UTC };
            reschedule_booking(store, world, &keyring, &limits(), &request).await.is_ok()
        }
        Act::Approve => decide_booking(store, world, &decide(Word::Approve)).await.is_ok(),
        Act::Decline => decide_booking(store, world, &decide(Word::Decline { reason: None })).await.is_ok(),
        Act::Lapse => lapse_booking(store, world, &id, 0).await.is_ok(),
    }
}

/// Wide, and counted.
fn limits() -> Limits {
    let wide = Limit { most: 1_000_000, window_secs: 24 * 60 * 60 };
    Limits { per_host: wide, per_recipient: wide, per_recipient_and_host: wide, ..scene::no_limits() }
}

/// What of a host's day a booking holds.
type Hold = (BookingId, HostId, NaiveDate, Interval, bool);

/// Every booking holds, with each of its hosts, the days of its one time; or nothing once it is over. And no two
/// hold the same.
pub fn every_time_is_held_once(contents: &Contents) -> Result<(), String> {
    let pending = |state| state == State::Pending;
    let wanted: BTreeSet<Hold> = contents
        .bookings
        .values()
        .filter(|booking| booking.entry().is_live())
        .flat_map(|booking| {
            let dates = booking.reserved().utc_dates();
            dates.flat_map(move |date| {
                let hold = move |id: HostId| (booking.id, id, date, booking.core, pending(booking.state));
                booking.hosts.iter().map(move |host| hold(host.id.clone()))
            })
        })
        .collect();
    let live = contents.days.iter().flat_map(|((host, date), day)| {
        day.entries.iter().filter(|entry| entry.is_live()).map(move |entry| (host, *date, entry))
    });
    let is_pending = |entry: &Entry| entry.state == openslot_domain::host::EntryState::Pending;
    let held: Vec<Hold> = live
        .map(|(host, date, entry)| (entry.booking, host.clone(), date, entry.core, is_pending(entry)))
        .collect();
    let once: BTreeSet<Hold> = held.iter().cloned().collect();
    if once != wanted || once.len() != held.len() {
        return Err(format!("held {held:?}, wanted {wanted:?}"));
    }
    for day in contents.days.values() {
        let live: Vec<&Entry> = day.entries.iter().filter(|entry| entry.is_live()).collect();
        for (place, entry) in live.iter().enumerate() {
            if live[..place].iter().any(|other| other.reserved().overlaps(&entry.reserved())) {
                return Err(format!("{entry:?} overlaps another"));
            }
        }
    }
    Ok(())
}

/// The news of each revision is owed once.
fn the_news_is_owed(contents: &Contents) -> Result<(), String> {
    let told = |booking: &Booking| {
        let news = contents
            .effects
            .keys()
            .filter(|key| key.booking == booking.id && key.kind == EffectKind::Announce);
        news.map(|key| key.revision).collect::<Vec<_>>() == (0..=booking.revision).collect::<Vec<_>>()
    };
    match contents.bookings.values().find(|booking| !told(booking)) {
        None => Ok(()),
        Some(booking) => Err(format!("{} at {} is not told", booking.id, booking.revision)),
    }
}

fn stands(contents: &Contents) -> Result<(), String> {
    every_time_is_held_once(contents).and_then(|()| the_news_is_owed(contents))
}

/// Runs until the end, or for so many steps and no more; looks after each.
fn stepping<T>(
    work: impl Future<Output = T>,
    most: usize,
    look: impl Fn() -> Result<(), String>,
) -> Result<Option<T>, String> {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..most {
        let polled = work.as_mut().poll(&mut context);
        look()?;
        if let Poll::Ready(done) = polled {
            return Ok(Some(done));
        }
    }
    Ok(None)
}

/// Breaks one call, by its number.
struct BreaksAt {
    place: u32,
    fault: Fault,
    calls: AtomicU32,
}

impl Chooser for BreaksAt {
    fn choose(&self, _: &'static str) -> Fault {
        let here = self.calls.fetch_add(1, Ordering::Relaxed) == self.place;
        if here { self.fault } else { Fault::None }
    }
}

fn faulty(store: MemoryStore, place: u32, fault: Fault) -> Faulty<MemoryStore, BreaksAt> {
    Faulty::new(store, BreaksAt { place, fault, calls: AtomicU32::new(0) })
}

fn copy(store: &MemoryStore) -> MemoryStore {
    let copied = MemoryStore::new();
    copied.tamper(|contents| *contents = store.snapshot());
    copied
}

/// What it comes to where nothing breaks.
fn end_of(store: &MemoryStore, id: BookingId, wanted: Act) -> (State, Interval, u32) {
    let store = copy(store);
    assert!(block_on(act(&store, &World::new(1), id, wanted, "key-00000001")), "{wanted:?}");
    stands(&store.snapshot()).unwrap();
    summary(&store, id)
}

fn summary(store: &MemoryStore, id: BookingId) -> (State, Interval, u32) {
    store.look(|contents| {
        let booking = &contents.bookings[&id];
        (booking.state, booking.core, booking.revision)
    })
}

/// Promise 5: every call breaks in every way, and a repeat under the same key brings the same end.
#[test]
fn whatever_call_breaks_it_holds_one_time() {
    for wanted in ACTS {
        let (store, id) = one_booking(wanted.needs_pending());
        let end = end_of(&store, id, wanted);
        let mut places = 0;
        for place in 0..100 {
            let faults = [Fault::FailNotApplied, Fault::FailApplied, Fault::Conflict];
            let reached = faults.map(|fault| {
                let store = faulty(copy(&store), place, fault);
                let world = World::new(1);
                let look = || store.inner().look(stands);
                let once = stepping(act(&store, &world, id, wanted, "key-00000001"), usize::MAX, look);
                once.unwrap_or_else(|saw| panic!("{wanted:?} with {fault:?} at {place}: {saw}"));
                let reached = store.chooser().calls.load(Ordering::Relaxed) > place;
                assert!(
                    block_on(act(store.inner(), &world, id, wanted, "key-00000001")),
                    "{wanted:?} {fault:?} {place}"
                );
                assert_eq!(summary(store.inner(), id), end, "{wanted:?} with {fault:?} at {place}");
                store.inner().look(stands).unwrap();
                reached
            });
            if reached == [false; 3] {
                break;
            }
            places += 1;
        }
        assert!(places > 3, "{wanted:?} makes {places} calls");
    }
}

/// Promise 5: dropped at every await, it leaves the old time or the new one, and a repeat brings the end.
#[test]
fn wherever_it_is_dropped_it_holds_one_time() {
    for wanted in ACTS {
        let (store, id) = one_booking(wanted.needs_pending());
        let (before, end) = (summary(&store, id), end_of(&store, id, wanted));
        for steps in 0.. {
            let store = faulty(copy(&store), u32::MAX, Fault::None);
            let look = || store.inner().look(stands);
            let world = World::new(1);
            let done = stepping(act(&store, &world, id, wanted, "key-00000001"), steps, look).unwrap();
            let left = summary(store.inner(), id);
            assert!(left == before || left == end, "{wanted:?} after {steps} steps: {left:?}");
            assert!(
                block_on(act(store.inner(), &world, id, wanted, "key-00000001")),
                "{wanted:?} after {steps}"
            );
            assert_eq!(summary(store.inner(), id), end, "{wanted:?} after {steps} steps");
            if done.is_some() {
                assert!(steps > 6, "{wanted:?} is done in {steps} steps");
                break;
            }
        }
    }
}

/// Everybody is at it at once, and somebody else wants the time too: after each step every time is held once.
#[test]
fn whoever_comes_at_once_every_time_is_held_once() {
    for seed in seeds(200) {
        let mut dice = Dice::new(seed);
        let (store, id) = one_booking(true);
        let store = faulty(store, u32::try_from(dice.below(40)).unwrap(), dice.pick(&FAULTS));
        let worlds: Vec<World> = (0..9).map(|place| World::new(seed + place)).collect();
        let limits = scene::no_limits();
        let mut tasks: Vec<Pin<Box<dyn Future<Output = ()> + '_>>> = Vec::new();
        for (number, world) in worlds[..6].iter().enumerate() {
            let (store, wanted) = (&store, ACTS[number]);
            tasks.push(Box::pin(async move {
                let _: bool = act(store, world, id, wanted, &format!("key-0000000{number}")).await;
            }));
        }
        for (number, world) in worlds[6..].iter().enumerate() {
            let from = start() + TimeDelta::minutes(15 * i64::try_from(number).unwrap());
            let request = scene::request(10 + number, "pair", from, 30);
            let (store, limits) = (&store, &limits);
            tasks.push(Box::pin(async move {
                let keyring = Keyring::new(FakeKms::new(1));
                // Whether they get it is for the dice to say.
                drop(create_booking(store, world, &keyring, limits, &request).await);
            }));
        }
        let mut context = Context::from_waker(Waker::noop());
        while !tasks.is_empty() {
            let place = usize::try_from(dice.below(tasks.len() as u64)).unwrap();
            if tasks[place].as_mut().poll(&mut context).is_ready() {
                drop(tasks.swap_remove(place));
            }
            store.inner().look(stands).unwrap_or_else(|saw| panic!("seed {seed}: {saw}"));
        }
    }
}

const FAULTS: [Fault; 3] = [Fault::None, Fault::FailApplied, Fault::Conflict];

/// A store that writes a change in two steps.
struct Torn(MemoryStore);

impl ChangeBooking for Torn {
    async fn change_booking(&self, plan: &ChangePlan) -> Result<Saved, Failure> {
        self.0.tamper(|contents| {
            for write in &plan.days {
                contents.days.insert((write.host.clone(), write.date), write.day.clone());
            }
        });
        yield_now().await;
        self.0.tamper(|contents| {
            contents.bookings.insert(plan.booking.id, plan.booking.clone());
            contents.effects.extend(plan.effects.iter().map(|effect| (effect.key.clone(), effect.clone())));
        });
        Ok(Saved::Done)
    }
}

macro_rules! delegate {
    ($($port:ident: $verb:ident($($name:ident: $kind:ty),*) -> $answer:ty;)*) => {
        $(impl $port for Torn {
            async fn $verb(&self, $($name: $kind),*) -> Result<$answer, Failure> {
                self.0.$verb($($name),*).await
            }
        })*
    };
}

delegate! {
    FindMeetingType: find_meeting_type(slug: &Slug, consistency: Consistency) -> Option<MeetingType>;
    ReadHost: read_host(host: &HostId, from: NaiveDate, consistency: Consistency) -> Option<HostSnapshot>;
    FindBooking: find_booking(id: &BookingId) -> Option<Booking>;
    CommitBooking: commit_booking(plan: &Plan, people: &[AddressMac]) -> Commit;
    TakeQuota: take_quota(key: &CounterKey, limit: Limit) -> Counted;
    GiveBackQuota: give_back_quota(key: &CounterKey) -> ();
    WrappedKeys: wrapped_keys(purpose: KeyPurpose) -> Vec<WrappedKey>;
    PutWrappedKey: put_wrapped_key(purpose: KeyPurpose, key: &WrappedKey) -> Saved;
}

/// The twin of the crash points.
#[test]
fn a_change_in_two_steps_is_caught() {
    for wanted in [Act::Cancel, Act::Move(12 * 60), Act::Approve] {
        let (store, id) = one_booking(wanted.needs_pending());
        let torn = Torn(store);
        let world = World::new(1);
        let look = || torn.0.look(stands);
        let seen = stepping(act(&torn, &world, id, wanted, "key-00000001"), usize::MAX, look);
        assert!(seen.is_err_and(|saw| saw.starts_with("held")), "{wanted:?}");
    }
}
