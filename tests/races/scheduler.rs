//! One thread, one seed: which client moves next is drawn, and so is every fault.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use openslot_usecases::ports::{Clock, Entropy, Pause};

/// A small generator (splitmix64): a run is its seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..count`.
    pub fn below(&mut self, count: u64) -> u64 {
        self.next() % count
    }

    /// One of the choices.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let place = self.below(choices.len() as u64);
        choices[usize::try_from(place).expect("a place in a slice")]
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }
}

struct Inner {
    now: DateTime<Utc>,
    dice: Dice,
    running: usize,
    steps: usize,
    asleep: BTreeMap<usize, DateTime<Utc>>,
    /// Chance brings nothing but zeros.
    no_chance: bool,
}

/// Time and chance of one simulated world. Time stands still but for what the scheduler lets pass.
#[derive(Clone)]
pub struct SimWorld(Arc<Mutex<Inner>>);

impl SimWorld {
    pub fn new(seed: u64, now: DateTime<Utc>) -> Self {
        let inner = Inner {
            now,
            dice: Dice::new(seed),
            running: 0,
            steps: 0,
            asleep: BTreeMap::new(),
            no_chance: false,
        };
        Self(Arc::new(Mutex::new(inner)))
    }

    pub fn advance(&self, by: TimeDelta) {
        self.inner().now += by;
    }

    pub fn percent(&self, chance: u64) -> bool {
        self.inner().dice.percent(chance)
    }

    /// From now on chance brings nothing but zeros.
    pub fn lose_chance(&self) {
        self.inner().no_chance = true;
    }

    /// How many steps were taken so far: the order of everything that happened.
    pub fn steps(&self) -> usize {
        self.inner().steps
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().expect("one thread, and it does not panic while it holds this")
    }
}

impl Clock for SimWorld {
    fn now(&self) -> DateTime<Utc> {
        self.inner().now.trunc_subsecs(3)
    }
}

impl Entropy for SimWorld {
    fn fill(&self, bytes: &mut [u8]) {
        let mut inner = self.inner();
        if inner.no_chance {
            return bytes.fill(0);
        }
        for chunk in bytes.chunks_mut(8) {
            let drawn = inner.dice.next().to_be_bytes();
            chunk.copy_from_slice(&drawn[..chunk.len()]);
        }
    }
}

impl Pause for SimWorld {
    async fn pause(&self, duration: Duration) {
        let wake_at = self.now() + TimeDelta::from_std(duration).expect("a short pause");
        Asleep { world: self.clone(), wake_at }.await;
    }
}

struct Asleep {
    world: SimWorld,
    wake_at: DateTime<Utc>,
}

impl Future for Asleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut inner = self.world.inner();
        if inner.now >= self.wake_at {
            return Poll::Ready(());
        }
        // For whoever waits for several at once and asks only those that have called.
        context.waker().wake_by_ref();
        let running = inner.running;
        inner.asleep.insert(running, self.wake_at);
        Poll::Pending
    }
}

/// How much time one step takes: next to none, since a real store serves many callers at once.
const STEP: TimeDelta = TimeDelta::nanoseconds(100);

/// One client, up to the end.
pub type Task<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Runs all tasks to their end, one drawn step at a time.
pub fn run<'a>(world: &SimWorld, tasks: Vec<Task<'a>>) {
    let mut tasks: Vec<Option<Task<'a>>> = tasks.into_iter().map(Some).collect();
    let mut left: Vec<usize> = (0..tasks.len()).collect();
    while !left.is_empty() {
        let place = draw(world, &left);
        let number = left[place];
        let task = tasks[number].as_mut().expect("a task that is left");
        if task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            tasks[number] = None;
            left.swap_remove(place);
        }
    }
}

/// Draws who moves next among those awake; if all sleep, time jumps to the first who wakes.
fn draw(world: &SimWorld, left: &[usize]) -> usize {
    let mut inner = world.inner();
    inner.now += STEP;
    inner.steps += 1;
    let now = inner.now;
    inner.asleep.retain(|_, wake_at| *wake_at > now);
    let place = loop {
        let count = left.len() as u64;
        let first = usize::try_from(inner.dice.below(count)).expect("a place in a slice");
        let awake = |place: &usize| !inner.asleep.contains_key(&left[*place]);
        if let Some(place) = (first..left.len()).chain(0..first).find(awake) {
            break place;
        }
        let wakes =
            inner.asleep.values().min().copied().expect("somebody sleeps, or somebody would be awake");
        inner.now = wakes;
        inner.asleep.retain(|_, wake_at| *wake_at > wakes);
    };
    inner.running = left[place];
    place
}
