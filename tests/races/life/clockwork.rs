//! Time and turns of one world: one thread, one seed, and a clock that jumps to whoever wakes first.

use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use openslot_usecases::ports::{Clock, Entropy, Pause};

use crate::checker::Violation;
use crate::scheduler::Dice;

/// Time, chance, and who moves next.
pub struct Clockwork(Mutex<Inner>);

struct Inner {
    now: DateTime<Utc>,
    dice: Dice,
    sleepers: BTreeMap<(DateTime<Utc>, u64), Waker>,
    number: u64,
    /// The process that is just running is gone.
    crashed: bool,
    /// Nobody draws who moves next: the first who can does.
    in_order: bool,
}

/// Somebody who does something, up to the end of it, or for as long as the world lasts.
pub type Task<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// How much time one step takes.
const STEP: TimeDelta = TimeDelta::nanoseconds(100);

impl Clockwork {
    pub fn new(seed: u64, now: DateTime<Utc>) -> Self {
        let (dice, sleepers) = (Dice::new(seed), BTreeMap::new());
        Self(Mutex::new(Inner { now, dice, sleepers, number: 0, crashed: false, in_order: false }))
    }

    /// A world in which the first who can move does.
    pub fn in_order(now: DateTime<Utc>) -> Self {
        let clockwork = Self::new(0, now);
        clockwork.inner().in_order = true;
        clockwork
    }

    /// Something drawn.
    pub fn draw<T>(&self, with: impl FnOnce(&mut Dice) -> T) -> T {
        with(&mut self.inner().dice)
    }

    pub async fn sleep(&self, how_long: TimeDelta) {
        let wake_at = self.inner().now + how_long;
        self.wake_at(wake_at).await;
    }

    pub async fn wake_at(&self, wake_at: DateTime<Utc>) {
        Asleep { clockwork: self, place: (wake_at, self.next_number()) }.await;
    }

    fn next_number(&self) -> u64 {
        let mut inner = self.inner();
        inner.number += 1;
        inner.number
    }

    /// The process that is just running is gone with all that it was at.
    pub fn crash(&self) {
        self.inner().crashed = true;
    }

    /// Runs one process: `None` if it is gone before it has answered.
    pub async fn process<F: Future>(&self, work: F) -> Option<F::Output> {
        let mut work = pin!(work);
        poll_fn(|context| {
            let polled = work.as_mut().poll(context);
            if std::mem::take(&mut self.inner().crashed) {
                return Poll::Ready(None);
            }
            polled.map(Some)
        })
        .await
    }

    /// Runs until nobody has anything left to do before `until`; looks after each step.
    pub fn run(
        &self,
        tasks: Vec<Task<'_>>,
        until: DateTime<Utc>,
        mut look: impl FnMut() -> Result<(), Violation>,
    ) -> Result<(), Violation> {
        let mut tasks: Vec<(Arc<Called>, Waker, Option<Task<'_>>)> = tasks.into_iter().map(called).collect();
        loop {
            let Some(place) = self.next(&tasks) else {
                if self.wake_the_first(until) {
                    continue;
                }
                return Ok(());
            };
            let (called, waker, task) = &mut tasks[place];
            called.0.store(false, Ordering::Relaxed);
            let running = task.as_mut().expect("only who is left is called");
            if running.as_mut().poll(&mut Context::from_waker(waker)).is_ready() {
                *task = None;
            }
            look()?;
        }
    }

    /// Who moves next: one of those who were called.
    fn next(&self, tasks: &[(Arc<Called>, Waker, Option<Task<'_>>)]) -> Option<usize> {
        let ready = |place: &usize| tasks[*place].2.is_some() && tasks[*place].0.0.load(Ordering::Relaxed);
        let mut inner = self.inner();
        inner.now += STEP;
        inner.wake_the_due();
        if inner.in_order {
            return (0..tasks.len()).find(ready);
        }
        let count = tasks.len();
        let first = usize::try_from(inner.dice.below(count as u64)).expect("a place in a list");
        (first..count).chain(0..first).find(ready)
    }

    /// Time jumps to the first who wakes by then; false if nobody does.
    fn wake_the_first(&self, until: DateTime<Utc>) -> bool {
        let mut inner = self.inner();
        let first = inner.sleepers.keys().next().map(|(wake_at, _)| *wake_at);
        let Some(wake_at) = first.filter(|wake_at| *wake_at <= until) else {
            return false;
        };
        inner.now = inner.now.max(wake_at);
        true
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().expect("one thread, and it does not panic while it holds this")
    }
}

impl Inner {
    fn wake_the_due(&mut self) {
        while let Some(first) = self.sleepers.first_entry().filter(|first| first.key().0 <= self.now) {
            first.remove().wake();
        }
    }
}

struct Asleep<'a> {
    clockwork: &'a Clockwork,
    place: (DateTime<Utc>, u64),
}

impl Future for Asleep<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut inner = self.clockwork.inner();
        if inner.now >= self.place.0 {
            return Poll::Ready(());
        }
        inner.sleepers.insert(self.place, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Asleep<'_> {
    fn drop(&mut self) {
        self.clockwork.inner().sleepers.remove(&self.place);
    }
}

fn called(task: Task<'_>) -> (Arc<Called>, Waker, Option<Task<'_>>) {
    let called = Arc::new(Called(AtomicBool::new(true)));
    (Arc::clone(&called), Waker::from(called), Some(task))
}

struct Called(AtomicBool);

impl Wake for Called {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Clock for Clockwork {
    fn now(&self) -> DateTime<Utc> {
        self.inner().now.trunc_subsecs(3)
    }
}

impl Pause for Clockwork {
    async fn pause(&self, duration: Duration) {
        self.sleep(TimeDelta::from_std(duration).expect("a short pause")).await;
    }
}

impl Entropy for Clockwork {
    fn fill(&self, bytes: &mut [u8]) {
        let mut inner = self.inner();
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&inner.dice.next().to_be_bytes()[..chunk.len()]);
        }
    }
}

/// Rung whenever there may be something to do for those who wait.
#[derive(Default)]
pub struct Bell(Mutex<(u64, Vec<Waker>)>);

impl Bell {
    pub fn ring(&self) {
        let mut inner = self.0.lock().expect("nobody panics while holding this");
        inner.0 += 1;
        inner.1.drain(..).for_each(Waker::wake);
    }

    /// How often it was rung.
    pub fn rung(&self) -> u64 {
        self.0.lock().expect("nobody panics while holding this").0
    }

    /// Over once it is rung more often than `heard`.
    pub async fn wait(&self, heard: u64) {
        poll_fn(|context| {
            let mut inner = self.0.lock().expect("nobody panics while holding this");
            if inner.0 > heard {
                return Poll::Ready(());
            }
            inner.1.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
