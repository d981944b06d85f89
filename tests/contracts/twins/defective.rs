//! A store in memory with one thing wrong.

mod audit;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use openslot_domain::booking::change::{ChangePlan, Read};
use openslot_domain::booking::{Booking, DayWrite, Plan, State};
use openslot_domain::effects::{ATTEMPTS_MAX, Effect, EffectKey, EffectKind, GRACE, Queue};
use openslot_domain::host::{Host, HostSnapshot};
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_domain::limits::Limit;
use openslot_domain::login::Login;
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::text::Line;
use openslot_fakes::{Contents, MemoryStore, yield_now};
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::{
    AcknowledgeLetter, ChangeBooking, Claim, ClaimEffect, Commit, CommitBooking, Consistency, Counted,
    CounterKey, DropEffect, DropGuest, DueEffects, EveryErasure, Failure, FindBooking, FindGuest, FindLogin,
    FindMeetingType, GiveBackQuota, KeyPurpose, ListMeetingTypes, ListParked, ParkEffect, ParkedEffect,
    PayEffect, PostponeEffect, PutGuest, PutLogin, PutWrappedKey, ReadHost, ReplayParked, Replayed, SaveHost,
    SaveMeetingType, Saved, SplitEffect, TakeQuota, WrappedKey, WrappedKeys,
};

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    None,
    /// Writes a day whatever its version is.
    IgnoresDayVersions,
    /// Counts for a cap without checking what it counted.
    IgnoresDayChecks,
    /// Books on settings that were replaced.
    IgnoresFences,
    /// Raises the version of settings, but not the fence that bookings check.
    LeavesFence,
    /// Forgets that a booking may reach into the next UTC day.
    WritesFirstDayOnly,
    /// Forgets all hosts but the first.
    WritesFirstHostOnly,
    /// Puts a booking where one stands.
    Overwrites,
    /// Writes the booking though a condition of its transaction failed.
    WritesBookingAnyway,
    /// Looks at the versions first and writes later.
    ChecksThenWrites,
    ForgetsReminders,
    /// Changes a booking whatever became of it.
    ChangesUnread,
    /// Looks at revision and state of a booking only.
    IgnoresVersions,
    /// Changes a booking on days that were written since.
    ChangesStaleDays,
    /// Moves a booking without checking what was counted for a cap.
    MovesUncounted,
    /// Moves a booking on settings that were replaced.
    MovesUnfenced,
    /// Leaves a moved booking's entry in the days it has left.
    KeepsOldTime,
    /// Writes the changed booking though a condition of its transaction failed.
    ChangesBookingAnyway,
    /// Looks at everything first and changes it later.
    ChecksThenChanges,
    /// Changes a booking and owes nobody the news.
    ForgetsNews,
    /// Writes a mended day whatever its version.
    MendsBlindly,
    /// Reads the work that is owed now, and no timers.
    SkipsReminders,
    /// Puts work where it stands.
    OwesBlindly,
    /// Stops after the first guest row.
    ReadsOneGuest,
    /// Does not compare settings with the rows beside them.
    CallsAllWhole,
    /// Mends what was found, whatever became of the settings since.
    MendsSettingsBlindly,
    /// Leaves what stands beside settings that are gone.
    KeepsLeftovers,
    /// Keeps the first note of an erasure.
    KeepsFirstNote,
    /// Stops after the first few of all bookings.
    ReadsOnePage,
    /// Begins a day late.
    SkipsFirstDay,
    /// Stops after the first host.
    ListsOneHost,
    ForgetsPeople,
    /// Saves whatever the version is.
    SavesBlindly,
    /// Starts its due query a day ago instead of at the oldest work.
    LooksBackADay,
    /// Claims what is held.
    ClaimsWithoutLease,
    /// Frees work as soon as its lease ends.
    ForgetsGrace,
    /// Claims without looking at the booking.
    ClaimsUnread,
    /// Does not note that a letter went out.
    IgnoresAcknowledgement,
    /// Takes work off the queue whoever holds it.
    PaysForOthers,
    /// Puts letters whether or not the announcement is still there.
    SplitsBlindly,
    /// Sets work aside and leaves it on the queue too.
    ParksACopy,
    /// Shows what was set aside of one kind only.
    ListsLettersOnly,
    /// Puts work back on its queue and leaves it among the parked too.
    ReplaysACopy,
    /// Puts work back as worn out as it was.
    ReplaysTired,
    CountsNoAttempts,
    /// Reads a counter first and writes it later.
    CountsAfterLooking,
    /// Forgets the window in a counter's key.
    OneWindow,
    /// Puts a data key where one stands.
    ReplacesKeys,
    /// Finds another number for a data key that has lost the race for its own.
    AppendsKeys,
    /// Joins a login to whomever it is told last.
    TakesLoginsOver,
}

/// A store in memory with one defect.
pub struct Defective {
    inner: MemoryStore,
    defect: Defect,
}

impl Defective {
    pub fn new(defect: Defect) -> Self {
        Self { inner: MemoryStore::new(), defect }
    }

    pub fn inner(&self) -> &MemoryStore {
        &self.inner
    }

    fn has(&self, defect: Defect) -> bool {
        self.defect == defect
    }

    fn bend(&self, plan: &mut Plan) {
        if self.has(Defect::IgnoresDayVersions) {
            self.inner.look(|contents| read_again(plan, contents));
        }
        if self.has(Defect::IgnoresDayChecks) {
            plan.checks.clear();
        }
        if self.has(Defect::IgnoresFences) {
            plan.fences.clear();
        }
        if self.has(Defect::WritesFirstDayOnly) {
            plan.days.truncate(1);
        }
        if self.has(Defect::WritesFirstHostOnly) {
            let first = plan.booking.hosts[0].id.clone();
            plan.days.retain(|write| write.host == first);
        }
        if self.has(Defect::ForgetsReminders) {
            plan.effects.retain(|effect| effect.key.kind == EffectKind::Announce);
        }
        if self.has(Defect::Overwrites) {
            self.inner.tamper(|contents| contents.bookings.remove(&plan.booking.id));
        }
    }
}

/// Makes a plan rely on the days as they are.
fn read_again(plan: &mut Plan, contents: &Contents) {
    days_again(&mut plan.days, contents);
}

fn days_again(days: &mut [DayWrite], contents: &Contents) {
    for write in days {
        write.read = contents.days.get(&(write.host.clone(), write.date)).map(|day| day.version);
        write.day.version = write.read.unwrap_or(0) + 1;
    }
}

fn days_stand(plan: &Plan, contents: &Contents) -> bool {
    let version = |host: &HostId, date| contents.days.get(&(host.clone(), date)).map(|day| day.version);
    plan.days.iter().all(|write| version(&write.host, write.date) == write.read)
}

impl CommitBooking for Defective {
    async fn commit_booking(&self, plan: &Plan, people: &[AddressMac]) -> Result<Commit, Failure> {
        let mut plan = plan.clone();
        self.bend(&mut plan);
        if self.has(Defect::ChecksThenWrites) {
            let stands = self.inner.look(|contents| days_stand(&plan, contents));
            yield_now().await;
            if stands {
                self.inner.look(|contents| read_again(&mut plan, contents));
            }
        }
        let people = if self.has(Defect::ForgetsPeople) { &people[..1] } else { people };
        let answer = self.inner.commit_booking(&plan, people).await?;
        if self.has(Defect::WritesBookingAnyway) {
            self.inner.tamper(|contents| contents.bookings.insert(plan.booking.id, plan.booking));
        }
        Ok(answer)
    }
}

impl Defective {
    fn bend_change(&self, plan: &mut ChangePlan) {
        let stored = self.inner.look(|contents| contents.bookings.get(&plan.booking.id).map(Read::of));
        if let Some(stored) = stored {
            let same = (stored.revision, stored.state) == (plan.read.revision, plan.read.state);
            if self.has(Defect::ChangesUnread) || (self.has(Defect::IgnoresVersions) && same) {
                plan.read = stored;
                plan.booking.version = stored.version + 1;
            }
        }
        if self.has(Defect::ChangesStaleDays) {
            self.inner.look(|contents| days_again(&mut plan.days, contents));
        }
        if self.has(Defect::MovesUncounted) {
            plan.checks.clear();
        }
        if self.has(Defect::MovesUnfenced) {
            plan.fences.clear();
        }
        if self.has(Defect::KeepsOldTime) {
            let id = plan.booking.id;
            plan.days.retain(|write| write.day.entries.iter().any(|entry| entry.booking == id));
        }
        if self.has(Defect::ForgetsNews) {
            plan.effects.retain(|effect| effect.key.kind != EffectKind::Announce);
        }
    }
}

impl ChangeBooking for Defective {
    async fn change_booking(&self, plan: &ChangePlan) -> Result<Saved, Failure> {
        let mut plan = plan.clone();
        self.bend_change(&mut plan);
        if self.has(Defect::ChecksThenChanges) {
            let read = self.inner.look(|contents| contents.bookings.get(&plan.booking.id).map(Read::of));
            yield_now().await;
            if read == Some(plan.read) {
                self.inner.look(|contents| days_again(&mut plan.days, contents));
                let now = self.inner.look(|contents| contents.bookings.get(&plan.booking.id).map(Read::of));
                plan.read = now.unwrap_or(plan.read);
                plan.booking.version = plan.read.version + 1;
            }
        }
        let answer = self.inner.change_booking(&plan).await?;
        if self.has(Defect::ChangesBookingAnyway) {
            self.inner.tamper(|contents| contents.bookings.insert(plan.booking.id, plan.booking));
        }
        Ok(answer)
    }
}

impl SaveHost for Defective {
    async fn save_host(&self, host: &Host, read: Option<u64>) -> Result<Saved, Failure> {
        let stored = self.inner.look(|contents| contents.hosts.get(&host.id).map(|stored| stored.version));
        let fence = self.inner.look(|contents| contents.fences.get(&host.id).copied());
        let read = if self.has(Defect::SavesBlindly) { stored } else { read };
        let saved = self.inner.save_host(host, read).await?;
        if let Some(fence) = fence.filter(|_| self.has(Defect::LeavesFence)) {
            self.inner.tamper(|contents| contents.fences.insert(host.id.clone(), fence));
        }
        Ok(saved)
    }
}

impl DueEffects for Defective {
    async fn due_effects(
        &self,
        queue: Queue,
        shard: u8,
        now: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<EffectKey>, Failure> {
        let mut due = self.inner.due_effects(queue, shard, now, most).await?;
        if self.has(Defect::LooksBackADay) {
            due.retain(|key| key.due >= now - TimeDelta::days(1));
        }
        Ok(due)
    }
}

impl ClaimEffect for Defective {
    async fn claim_effect(&self, key: &EffectKey, now: DateTime<Utc>) -> Result<Claim, Failure> {
        self.inner.tamper(|contents| {
            let Some(effect) = contents.effects.get_mut(key) else { return };
            if self.has(Defect::ClaimsWithoutLease) {
                effect.lease = None;
            }
            if self.has(Defect::ForgetsGrace) && effect.lease.is_some_and(|until| until <= now) {
                effect.lease = effect.lease.map(|until| until - GRACE);
            }
            if self.has(Defect::CountsNoAttempts) {
                effect.attempts = 0;
            }
            if self.has(Defect::ClaimsUnread)
                && let Some(booking) = contents.bookings.get_mut(&key.booking)
            {
                booking.state = State::Confirmed;
                booking.revision = key.revision;
            }
        });
        self.inner.claim_effect(key, now).await
    }
}

impl AcknowledgeLetter for Defective {
    async fn acknowledge_letter(&self, key: &EffectKey, message_id: &str) -> Result<(), Failure> {
        if self.has(Defect::IgnoresAcknowledgement) {
            return Ok(());
        }
        self.inner.acknowledge_letter(key, message_id).await
    }
}

impl PayEffect for Defective {
    async fn pay_effect(&self, claimed: &Effect) -> Result<(), Failure> {
        if self.has(Defect::PaysForOthers) {
            return self.inner.drop_effect(&claimed.key).await;
        }
        self.inner.pay_effect(claimed).await
    }
}

impl SplitEffect for Defective {
    async fn split_effect(
        &self,
        claimed: &Effect,
        parts: &[EffectKind],
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        if self.has(Defect::SplitsBlindly) {
            self.inner.tamper(|contents| contents.effects.insert(claimed.key.clone(), claimed.clone()));
        }
        self.inner.split_effect(claimed, parts, now).await
    }
}

impl ParkEffect for Defective {
    async fn park_effect(&self, key: &EffectKey, why: &str, now: DateTime<Utc>) -> Result<(), Failure> {
        let owed = self.inner.look(|contents| contents.effects.get(key).cloned());
        self.inner.park_effect(key, why, now).await?;
        if let Some(effect) = owed.filter(|_| self.has(Defect::ParksACopy)) {
            self.inner.tamper(|contents| contents.effects.insert(key.clone(), effect));
        }
        Ok(())
    }
}

impl ListParked for Defective {
    async fn list_parked(&self, most: u32) -> Result<Vec<ParkedEffect>, Failure> {
        let mut parked = self.inner.list_parked(most).await?;
        if self.has(Defect::ListsLettersOnly) {
            parked.retain(|work| matches!(work.key.kind, EffectKind::Letter(_)));
        }
        Ok(parked)
    }
}

impl ReplayParked for Defective {
    async fn replay_parked(&self, key: &EffectKey, now: DateTime<Utc>) -> Result<Replayed, Failure> {
        let parked = self.inner.look(|contents| contents.parked.get(key).cloned());
        let replayed = self.inner.replay_parked(key, now).await?;
        self.inner.tamper(|contents| {
            if let Some(parked) = parked.filter(|_| self.has(Defect::ReplaysACopy)) {
                contents.parked.insert(key.clone(), parked);
            }
            if let Some(effect) = contents.effects.get_mut(key).filter(|_| self.has(Defect::ReplaysTired)) {
                effect.attempts = ATTEMPTS_MAX;
            }
        });
        Ok(replayed)
    }
}

impl TakeQuota for Defective {
    async fn take_quota(&self, key: &CounterKey, limit: Limit) -> Result<Counted, Failure> {
        let mut key = key.clone();
        if self.has(Defect::OneWindow) {
            key.window = DateTime::UNIX_EPOCH;
        }
        let counted = self.inner.look(|contents| contents.counters.get(&key).copied().unwrap_or(0));
        if self.has(Defect::CountsAfterLooking) && counted < limit.most {
            yield_now().await;
            self.inner.tamper(|contents| contents.counters.insert(key, counted + 1));
            return Ok(Counted::Within);
        }
        self.inner.take_quota(&key, limit).await
    }
}

impl PutLogin for Defective {
    async fn put_login(&self, key: &LoginKey, login: &Login) -> Result<Saved, Failure> {
        if self.has(Defect::TakesLoginsOver) {
            self.inner.tamper(|contents| contents.logins.remove(key));
        }
        self.inner.put_login(key, login).await
    }
}

impl PutWrappedKey for Defective {
    async fn put_wrapped_key(&self, purpose: KeyPurpose, key: &WrappedKey) -> Result<Saved, Failure> {
        if self.has(Defect::ReplacesKeys) {
            self.inner.tamper(|contents| contents.keys.remove(&(purpose, key.number)));
        }
        let mut key = key.clone();
        if self.has(Defect::AppendsKeys) {
            yield_now().await;
            key.number = u32::try_from(self.inner.look(|contents| contents.keys.len())).unwrap_or(0) + 1;
        }
        self.inner.put_wrapped_key(purpose, &key).await
    }
}

macro_rules! delegate {
    ($($port:ident: $verb:ident($($name:ident: $kind:ty),*) -> $answer:ty;)*) => {
        $(impl $port for Defective {
            async fn $verb(&self, $($name: $kind),*) -> Result<$answer, Failure> {
                self.inner.$verb($($name),*).await
            }
        })*
    };
}

delegate! {
    FindMeetingType: find_meeting_type(slug: &Slug, consistency: Consistency) -> Option<MeetingType>;
    ListMeetingTypes: list_meeting_types() -> Vec<(Slug, Line)>;
    SaveMeetingType: save_meeting_type(meeting_type: &MeetingType, read: Option<u64>) -> Saved;
    ReadHost: read_host(host: &HostId, from: NaiveDate, consistency: Consistency) -> Option<HostSnapshot>;
    FindBooking: find_booking(id: &BookingId) -> Option<Booking>;
    GiveBackQuota: give_back_quota(key: &CounterKey) -> ();
    FindLogin: find_login(key: &LoginKey) -> Option<Login>;
    WrappedKeys: wrapped_keys(purpose: KeyPurpose) -> Vec<WrappedKey>;
    PostponeEffect: postpone_effect(claimed: &Effect, not_before: DateTime<Utc>) -> ();
    DropEffect: drop_effect(key: &EffectKey) -> ();
    PutGuest: put_guest(address: &AddressMac, booking: &BookingId) -> ();
    DropGuest: drop_guest(address: &AddressMac, booking: &BookingId) -> ();
    FindGuest: find_guest(address: &AddressMac) -> Vec<BookingId>;
    EveryErasure: every_erasure() -> Vec<(AddressMac, DateTime<Utc>)>;
}
