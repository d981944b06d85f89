//! A store, a mail service and a bus that take their time, on a clock that jumps to whatever happens next: minutes of
//! store time pass in seconds, and a run is the same every time.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use openslot_domain::booking::Booking;
use openslot_domain::booking::change::ChangePlan;
use openslot_domain::effects::{Effect, EffectKey, EffectKind, Queue};
use openslot_domain::host::HostSnapshot;
use openslot_domain::ids::{BookingId, HostId};
use openslot_domain::text::EmailAddress;
use openslot_fakes::MemoryStore;
use openslot_usecases::ports::{
    ChangeBooking, Claim, ClaimEffect, Clock, Consistency, DomainEvent, DropEffect, DueEffects, Entropy,
    Failure, FindBooking, KeyPurpose, ListParked, Outgoing, ParkEffect, ParkedEffect, Pause, PayEffect,
    PostponeEffect, PublishEvent, PutWrappedKey, ReadHost, ReplayParked, Replayed, Saved, SendLetter,
    SentLetter, SplitEffect, WrappedKey, WrappedKeys,
};

/// A clock that stands still while anybody has something to do, and then jumps to whoever wakes first.
#[derive(Clone)]
pub struct SlowWorld(Arc<Mutex<Inner>>);

struct Inner {
    now: DateTime<Utc>,
    sleepers: BTreeMap<(DateTime<Utc>, u64), Waker>,
    number: u64,
}

impl SlowWorld {
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(Inner { now, sleepers: BTreeMap::new(), number: 0 })))
    }

    /// Moves on to `now`, if it is still to come.
    pub fn wait_until(&self, now: DateTime<Utc>) {
        let mut inner = self.inner();
        inner.now = inner.now.max(now);
    }

    /// Runs to the end, however long that takes by this clock.
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        let called = Arc::new(Called(AtomicBool::new(true)));
        let waker = Waker::from(Arc::clone(&called));
        let mut future = pin!(future);
        loop {
            while called.0.swap(false, Ordering::SeqCst) {
                if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return output;
                }
            }
            self.wake_the_first();
        }
    }

    fn wake_the_first(&self) {
        let mut inner = self.inner();
        let ((wake_at, _), waker) = inner.sleepers.pop_first().expect("somebody sleeps, or it would be over");
        inner.now = inner.now.max(wake_at);
        drop(inner);
        waker.wake();
    }

    async fn takes(&self, ms: i64) {
        let place = self.place_after(ms);
        Asleep { world: self, place }.await;
    }

    fn place_after(&self, ms: i64) -> (DateTime<Utc>, u64) {
        let mut inner = self.inner();
        inner.number += 1;
        (inner.now + TimeDelta::milliseconds(ms), inner.number)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }
}

struct Called(AtomicBool);

impl Wake for Called {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

struct Asleep<'a> {
    world: &'a SlowWorld,
    place: (DateTime<Utc>, u64),
}

impl Future for Asleep<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut inner = self.world.inner();
        if inner.now >= self.place.0 {
            return Poll::Ready(());
        }
        inner.sleepers.insert(self.place, context.waker().clone());
        Poll::Pending
    }
}

impl Clock for SlowWorld {
    fn now(&self) -> DateTime<Utc> {
        self.inner().now
    }
}

impl Pause for SlowWorld {
    async fn pause(&self, duration: Duration) {
        self.takes(i64::try_from(duration.as_millis()).unwrap()).await;
    }
}

impl Entropy for SlowWorld {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

/// How long one call takes where the table is near: a read, a write, a transaction.
const READ_MS: i64 = 5;
const WRITE_MS: i64 = 8;
const TRANSACTION_MS: i64 = 20;
const BUS_MS: i64 = 20;

/// A store that takes its time and notes when reminders were claimed.
pub struct SlowStore {
    pub inner: MemoryStore,
    pub world: SlowWorld,
    /// Looks only for what came due since a minute ago, as if it had been looked for then.
    pub since_the_last_tick: bool,
    claimed: Mutex<Vec<(EffectKey, DateTime<Utc>)>>,
}

impl SlowStore {
    pub fn new(inner: MemoryStore, world: SlowWorld) -> Self {
        Self { inner, world, since_the_last_tick: false, claimed: Mutex::default() }
    }

    /// Every claim that was had, with its time.
    pub fn claimed(&self) -> Vec<(EffectKey, DateTime<Utc>)> {
        self.claimed.lock().unwrap().clone()
    }
}

impl DueEffects for SlowStore {
    async fn due_effects(
        &self,
        queue: Queue,
        shard: u8,
        now: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<EffectKey>, Failure> {
        self.world.takes(READ_MS).await;
        let mut due = self.inner.due_effects(queue, shard, now, most).await?;
        if self.since_the_last_tick {
            due.retain(|key| key.due > now - TimeDelta::minutes(1));
        }
        Ok(due)
    }
}

impl ClaimEffect for SlowStore {
    async fn claim_effect(&self, key: &EffectKey, now: DateTime<Utc>) -> Result<Claim, Failure> {
        self.world.takes(READ_MS + TRANSACTION_MS).await;
        let claim = self.inner.claim_effect(key, now).await?;
        if matches!(claim, Claim::Mine { .. }) {
            self.claimed.lock().unwrap().push((key.clone(), self.world.now()));
        }
        Ok(claim)
    }
}

macro_rules! takes_its_time {
    ($($ms:ident $port:ident: $verb:ident($($name:ident: $kind:ty),*) -> $answer:ty;)*) => {
        $(impl $port for SlowStore {
            async fn $verb(&self, $($name: $kind),*) -> Result<$answer, Failure> {
                self.world.takes($ms).await;
                self.inner.$verb($($name),*).await
            }
        })*
    };
}

takes_its_time! {
    READ_MS FindBooking: find_booking(id: &BookingId) -> Option<Booking>;
    READ_MS ReadHost: read_host(host: &HostId, from: NaiveDate, how: Consistency) -> Option<HostSnapshot>;
    TRANSACTION_MS ChangeBooking: change_booking(plan: &ChangePlan) -> Saved;
    READ_MS WrappedKeys: wrapped_keys(purpose: KeyPurpose) -> Vec<WrappedKey>;
    WRITE_MS PutWrappedKey: put_wrapped_key(purpose: KeyPurpose, key: &WrappedKey) -> Saved;
    TRANSACTION_MS SplitEffect: split_effect(claimed: &Effect, parts: &[EffectKind], now: DateTime<Utc>) -> ();
    WRITE_MS PayEffect: pay_effect(claimed: &Effect) -> ();
    WRITE_MS PostponeEffect: postpone_effect(claimed: &Effect, not_before: DateTime<Utc>) -> ();
    WRITE_MS DropEffect: drop_effect(key: &EffectKey) -> ();
    TRANSACTION_MS ParkEffect: park_effect(key: &EffectKey, why: &str, now: DateTime<Utc>) -> ();
    READ_MS ListParked: list_parked(most: u32) -> Vec<ParkedEffect>;
    TRANSACTION_MS ReplayParked: replay_parked(key: &EffectKey, now: DateTime<Utc>) -> Replayed;
}

/// A mail service that takes its time, and hangs on letters to one address.
pub struct SlowMail {
    pub world: SlowWorld,
    /// How long one letter takes.
    pub ms: i64,
    /// Letters to it hang for ten seconds and then fail.
    pub hangs_on: Mutex<Option<EmailAddress>>,
    sent: Mutex<Vec<(EmailAddress, DateTime<Utc>)>>,
}

impl SlowMail {
    pub fn new(world: SlowWorld, ms: i64) -> Self {
        Self { world, ms, hangs_on: Mutex::default(), sent: Mutex::default() }
    }

    /// To whom letters went out, and when.
    pub fn sent(&self) -> Vec<(EmailAddress, DateTime<Utc>)> {
        self.sent.lock().unwrap().clone()
    }
}

impl SendLetter for SlowMail {
    async fn send_letter(&self, letter: &Outgoing) -> Result<SentLetter, Failure> {
        let hangs = *self.hangs_on.lock().unwrap() == Some(letter.to.clone());
        if hangs {
            self.world.takes(10_000).await;
            return Err(Failure::later("it took too long"));
        }
        self.world.takes(self.ms).await;
        self.sent.lock().unwrap().push((letter.to.clone(), self.world.now()));
        Ok(SentLetter { message_id: "message".to_owned() })
    }
}

/// A bus that takes its time.
pub struct SlowBus(pub SlowWorld);

impl PublishEvent for SlowBus {
    async fn publish_event(&self, _: &DomainEvent) -> Result<(), Failure> {
        self.0.takes(BUS_MS).await;
        Ok(())
    }
}
