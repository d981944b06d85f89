//! A store that notes what is committed and when, reads the way DynamoDB may read, and has, on demand, one of
//! the defects that the invariants are there to catch.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use chrono::{NaiveDate, TimeDelta};
use openslot_domain::booking::{BookedHost, Booking, DayWrite, Plan};
use openslot_domain::host::{Entry, EntryState, HostDay, HostSnapshot};
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_domain::interval::Interval;
use openslot_domain::limits::Limit;
use openslot_domain::meeting_type::MeetingType;
use openslot_fakes::MemoryStore;
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{
    Clock, Commit, CommitBooking, Consistency, Counted, CounterKey, Failure, FindBooking, FindMeetingType,
    GiveBackQuota, KeyPurpose, PutWrappedKey, ReadHost, Saved, TakeQuota, WrappedKey, WrappedKeys,
};

use crate::scheduler::SimWorld;

/// What is wrong with the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    None,
    /// A host-day is written whatever its version.
    NoCondition,
    /// A meeting over midnight is entered in its first UTC day only.
    FirstDayOnly,
    /// Buffers are forgotten when days are read.
    CoreOnly,
    /// A meeting is entered in one of its UTC days only: the one that is its host's local date, if there is one.
    LocalDate,
    /// The days over which a cap was counted may change.
    NoDayChecks,
    /// A repeat is known by the engine's request token, which is forgotten after ten minutes.
    TokenOnly,
    /// A lost race is answered as if the time were taken: days are shown as full.
    LostMeansTaken,
    /// All nonces are alike, so that nobody knows an own booking from another's.
    NoChance,
    /// A booking that stands is not found.
    Forgetful,
}

/// How long DynamoDB knows a `ClientRequestToken`.
const TOKEN_LIVES: TimeDelta = TimeDelta::minutes(10);

pub struct Watched {
    pub inner: MemoryStore,
    pub world: SimWorld,
    defect: Defect,
    commits: Mutex<Vec<(usize, Booking)>>,
    attempts: Mutex<BTreeMap<BookingId, u32>>,
    lost: AtomicBool,
}

impl Watched {
    pub fn new(inner: MemoryStore, world: SimWorld, defect: Defect) -> Self {
        if defect == Defect::NoChance {
            world.lose_chance();
        }
        Self {
            inner,
            world,
            defect,
            commits: Mutex::default(),
            attempts: Mutex::default(),
            lost: AtomicBool::new(false),
        }
    }

    /// Every committed booking with the step of its commit.
    pub fn commits(&self) -> Vec<(usize, Booking)> {
        self.commits.lock().unwrap().clone()
    }

    /// The most commits that were tried for one booking.
    pub fn attempts_max(&self) -> u32 {
        self.attempts.lock().unwrap().values().copied().max().unwrap_or(0)
    }

    fn forgotten(&self, booking: &Booking) -> bool {
        self.defect == Defect::TokenOnly && self.world.now() - booking.created_at > TOKEN_LIVES
    }

    /// The plan as a store with the defect would carry it out.
    async fn spoilt(&self, plan: &Plan) -> Result<Plan, Failure> {
        let mut plan = plan.clone();
        match self.defect {
            Defect::None
            | Defect::CoreOnly
            | Defect::LostMeansTaken
            | Defect::NoChance
            | Defect::Forgetful => {}
            Defect::NoCondition => {
                for write in &mut plan.days {
                    self.overwrite(write, &plan.booking).await?;
                }
            }
            Defect::NoDayChecks => plan.checks.clear(),
            Defect::FirstDayOnly => keep_one_day(&mut plan, |_, _| true),
            Defect::LocalDate => keep_one_day(&mut plan, |host, write| {
                let start = write.day.entries.last().expect("the new entry").core.start();
                write.date == start.with_timezone(&host.time_zone).date_naive()
            }),
            Defect::TokenOnly => {
                let standing = self.inner.find_booking(&plan.booking.id).await?;
                if standing.is_some_and(|standing| self.forgotten(&standing)) {
                    let mut bytes = *plan.booking.id.as_bytes();
                    bytes[15] ^= 0xff;
                    plan.booking.id = BookingId::from_bytes(bytes);
                }
            }
        }
        Ok(plan)
    }

    async fn day(&self, host: &HostId, date: NaiveDate) -> Result<HostDay, Failure> {
        let snapshot = self.inner.read_host(host, date, Consistency::Strong).await?;
        Ok(snapshot.and_then(|mut snapshot| snapshot.days.remove(&date)).unwrap_or_default())
    }

    async fn overwrite(&self, write: &mut DayWrite, booking: &Booking) -> Result<(), Failure> {
        let ours = write.day.entries.iter().find(|entry| entry.booking == booking.id).cloned();
        let mut day = self.day(&write.host, write.date).await?;
        write.read = (day.version > 0).then_some(day.version);
        day.version += 1;
        day.entries.extend(ours);
        write.day = day;
        Ok(())
    }
}

/// An entry that leaves nothing free.
fn all_time() -> Entry {
    Entry {
        booking: BookingId::from_bytes([0; 16]),
        meeting_type: "none".parse().unwrap(),
        core: Interval::from_secs(0, 1 << 33).unwrap(),
        before_mins: 0,
        after_mins: 0,
        state: EntryState::Confirmed,
        booked_at: chrono::DateTime::UNIX_EPOCH,
    }
}

/// Keeps one write per host: the first that is wanted, or the first there is.
fn keep_one_day(plan: &mut Plan, wanted: impl Fn(&BookedHost, &DayWrite) -> bool) {
    let days = std::mem::take(&mut plan.days);
    for host in &plan.booking.hosts {
        let of_host = || days.iter().filter(|write| write.host == host.id);
        plan.days.extend(of_host().find(|write| wanted(host, write)).or_else(|| of_host().next()).cloned());
    }
}

impl CommitBooking for Watched {
    async fn commit_booking(&self, plan: &Plan, people: &[AddressMac]) -> Result<Commit, Failure> {
        *self.attempts.lock().unwrap().entry(plan.booking.id).or_default() += 1;
        let plan = self.spoilt(plan).await?;
        let commit = self.inner.commit_booking(&plan, people).await?;
        if commit == Commit::Overtaken && self.defect == Defect::LostMeansTaken {
            self.lost.store(true, Ordering::Relaxed);
        }
        if commit == Commit::Done {
            self.commits.lock().unwrap().push((self.world.steps(), plan.booking));
        }
        Ok(commit)
    }
}

impl ReadHost for Watched {
    /// Reads twice with somebody else's turn in between and mixes the days: a Query promises no more.
    async fn read_host(
        &self,
        host: &HostId,
        from: NaiveDate,
        consistency: Consistency,
    ) -> Result<Option<HostSnapshot>, Failure> {
        let Some(mut earlier) = self.inner.read_host(host, from, consistency).await? else {
            return Ok(None);
        };
        Turn::default().await;
        let later = self.inner.read_host(host, from, consistency).await?.unwrap_or_else(|| earlier.clone());
        for (date, day) in later.days {
            if self.world.percent(50) {
                earlier.days.insert(date, day);
            }
        }
        if self.defect == Defect::CoreOnly {
            for entry in earlier.days.values_mut().flat_map(|day| &mut day.entries) {
                (entry.before_mins, entry.after_mins) = (0, 0);
            }
        }
        if self.lost.swap(false, Ordering::Relaxed) {
            earlier.days.entry(from).or_default().entries.push(all_time());
        }
        Ok(Some(earlier))
    }
}

/// Somebody else's turn.
#[derive(Default)]
struct Turn(bool);

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl FindBooking for Watched {
    async fn find_booking(&self, id: &BookingId) -> Result<Option<Booking>, Failure> {
        let found = self.inner.find_booking(id).await?;
        Ok(found.filter(|booking| !self.forgotten(booking) && self.defect != Defect::Forgetful))
    }
}

impl FindMeetingType for Watched {
    async fn find_meeting_type(
        &self,
        slug: &Slug,
        consistency: Consistency,
    ) -> Result<Option<MeetingType>, Failure> {
        self.inner.find_meeting_type(slug, consistency).await
    }
}

impl TakeQuota for Watched {
    async fn take_quota(&self, key: &CounterKey, limit: Limit) -> Result<Counted, Failure> {
        self.inner.take_quota(key, limit).await
    }
}

impl GiveBackQuota for Watched {
    async fn give_back_quota(&self, key: &CounterKey) -> Result<(), Failure> {
        self.inner.give_back_quota(key).await
    }
}

impl WrappedKeys for Watched {
    async fn wrapped_keys(&self, purpose: KeyPurpose) -> Result<Vec<WrappedKey>, Failure> {
        self.inner.wrapped_keys(purpose).await
    }
}

impl PutWrappedKey for Watched {
    async fn put_wrapped_key(&self, purpose: KeyPurpose, key: &WrappedKey) -> Result<Saved, Failure> {
        self.inner.put_wrapped_key(purpose, key).await
    }
}
