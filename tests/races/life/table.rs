//! A store that notes what is written in it, feeds a stream, and has, on demand, one of the defects that the
//! invariants are there to catch.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use chrono::{DateTime, NaiveDate, Utc};
use openslot_domain::booking::change::ChangePlan;
use openslot_domain::booking::{Booking, Plan};
use openslot_domain::effects::{Effect, EffectKey, EffectKind, LEASE, Queue, Readiness, is_owed};
use openslot_domain::host::HostSnapshot;
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_domain::limits::Limit;
use openslot_domain::meeting_type::MeetingType;
use openslot_fakes::{MemoryStore, yield_now};
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{
    AcknowledgeLetter, ChangeBooking, Claim, ClaimEffect, Clock, Commit, CommitBooking, Consistency, Counted,
    CounterKey, DropEffect, DueEffects, Failure, FindBooking, FindMeetingType, GiveBackQuota, KeyPurpose,
    ListParked, ParkEffect, ParkedEffect, PayEffect, PostponeEffect, PutWrappedKey, ReadHost, ReplayParked,
    Replayed, Saved, SplitEffect, TakeQuota, WrappedKey, WrappedKeys,
};

use super::clockwork::{Bell, Clockwork};
use super::notebook::{Claimed, Notebook};
use super::rows::{booking_number, piece_of, revision_of};

/// What is wrong with a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    None,
    /// Whoever asks gets the work, held or not.
    NoClaim,
    /// The booking is looked at before the claim, and not in it.
    ReadThenClaim,
    /// Work is done again as soon as its lease has run out, whatever the mail service may yet say.
    BlindResend,
    /// A change leaves the old reminders as good as they were.
    OldRemindersStand,
    /// Work is removed before it is done.
    PaidFirst,
    /// What the stream or the mail service hands over is taken for done, whatever became of it.
    Swallows,
    /// A time is held by a booking that has given it up.
    KeepsOldTime,
    /// Whatever is there counts, because what has expired would have been swept away.
    TrustsSweeper,
}

/// The table of a world.
pub struct Table {
    pub inner: MemoryStore,
    pub defect: Defect,
    /// Work that was put into the queue of what is owed now, as the stream shows it.
    pub stream: Mutex<VecDeque<EffectKey>>,
    pub bell: Bell,
    clockwork: Arc<Clockwork>,
    notebook: Arc<Mutex<Notebook>>,
}

impl Table {
    pub fn new(
        inner: MemoryStore,
        defect: Defect,
        clockwork: Arc<Clockwork>,
        notebook: Arc<Mutex<Notebook>>,
    ) -> Self {
        Self { inner, defect, stream: Mutex::default(), bell: Bell::default(), clockwork, notebook }
    }

    fn notebook(&self) -> MutexGuard<'_, Notebook> {
        self.notebook.lock().expect("nobody panics while holding this")
    }

    /// Something was written.
    fn written(&self) {
        self.notebook().note(self.clockwork.now().timestamp_millis());
        self.bell.ring();
    }

    fn shown<'a>(&self, keys: impl IntoIterator<Item = &'a EffectKey>) {
        let owed = keys.into_iter().filter(|key| key.queue() == Queue::Owed).cloned();
        self.stream.lock().expect("nobody panics while holding this").extend(owed);
    }

    /// A booking stands at a revision from now on, and owes this.
    fn committed(&self, booking: &Booking, effects: &[Effect]) {
        let reminders_mins = self.inner.look(|contents| {
            contents.meeting_types.get(&booking.meeting_type).map(|found| found.reminders_mins.clone())
        });
        let at_ms = self.clockwork.now().timestamp_millis();
        let revision = revision_of(booking, &reminders_mins.unwrap_or_default(), at_ms);
        self.notebook().commit(revision);
        self.shown(effects.iter().map(|effect| &effect.key));
        self.written();
    }

    /// As the inner store, but for its defect.
    async fn claim(&self, key: &EffectKey, now: DateTime<Utc>) -> Result<Claim, Failure> {
        match self.defect {
            Defect::NoClaim => self.free(key, |_| true),
            Defect::BlindResend => self.free(key, |effect| effect.lease.is_some_and(|until| until <= now)),
            Defect::ReadThenClaim => {
                let read = self.inner.find_booking(&key.booking).await?;
                yield_now().await;
                yield_now().await;
                return Ok(read.map_or(Claim::Stale, |booking| self.lease_of(key, booking, now)));
            }
            Defect::TrustsSweeper => return Ok(self.claim_of_what_is_there(key, now)),
            Defect::OldRemindersStand => {
                let Some(booking) = self.inner.find_booking(&key.booking).await? else {
                    return Ok(Claim::Stale);
                };
                return Ok(self.lease_of(key, Booking { revision: key.revision, ..booking }, now));
            }
            Defect::None | Defect::PaidFirst | Defect::Swallows | Defect::KeepsOldTime => {}
        }
        self.inner.claim_effect(key, now).await
    }

    /// Takes work out of the hands of whoever holds it.
    fn free(&self, key: &EffectKey, when: impl Fn(&Effect) -> bool) {
        self.inner.tamper(|contents| {
            if let Some(effect) = contents.effects.get_mut(key).filter(|effect| when(effect)) {
                (effect.lease, effect.not_before) = (None, key.due);
            }
        });
    }

    /// A claim that believes what it is told of the booking.
    fn lease_of(&self, key: &EffectKey, booking: Booking, now: DateTime<Utc>) -> Claim {
        self.inner.tamper(|contents| {
            let Some(effect) = contents.effects.get_mut(key) else {
                return Claim::Gone;
            };
            match (effect.readiness(now), is_owed(key, &booking, now)) {
                (Readiness::Paid, _) => Claim::Paid,
                (_, false) => Claim::Stale,
                (Readiness::NotYet, true) => Claim::NotYet,
                (Readiness::GiveUp, true) => Claim::GiveUp,
                (Readiness::Ready, true) => {
                    effect.lease = Some(now + LEASE);
                    effect.attempts += 1;
                    Claim::Mine { effect: effect.clone(), booking: Box::new(booking) }
                }
            }
        })
    }

    /// A claim for which no lease runs out and no meeting begins.
    fn claim_of_what_is_there(&self, key: &EffectKey, now: DateTime<Utc>) -> Claim {
        self.inner.tamper(|contents| {
            let Some(booking) = contents.bookings.get(&key.booking) else {
                return Claim::Stale;
            };
            match contents.effects.get_mut(key) {
                None => Claim::Gone,
                Some(effect) if effect.lease.is_some() => Claim::NotYet,
                Some(effect) => {
                    effect.lease = Some(now + LEASE);
                    effect.attempts += 1;
                    Claim::Mine { effect: effect.clone(), booking: Box::new(booking.clone()) }
                }
            }
        })
    }

    /// A reminder is in somebody's hands.
    fn claimed(&self, key: &EffectKey) {
        let is_reminder = matches!(key.kind, EffectKind::Remind { .. } | EffectKind::Reminder { .. });
        let at_ms = self.clockwork.now().timestamp_millis();
        let mut notebook = self.notebook();
        let last = notebook.last_of(booking_number(&key.booking));
        let last = last.map(|last| (last.number, last.stands, last.start_s));
        if let Some((revision, stands, start_s)) = last.filter(|_| is_reminder) {
            notebook.claimed.push(Claimed { piece: piece_of(key), at_ms, revision, stands, start_s });
        }
    }
}

impl CommitBooking for Table {
    async fn commit_booking(&self, plan: &Plan, people: &[AddressMac]) -> Result<Commit, Failure> {
        let commit = self.inner.commit_booking(plan, people).await?;
        if commit == Commit::Done {
            self.committed(&plan.booking, &plan.effects);
        }
        Ok(commit)
    }
}

impl ChangeBooking for Table {
    async fn change_booking(&self, plan: &ChangePlan) -> Result<Saved, Failure> {
        let mut plan = plan.clone();
        if self.defect == Defect::KeepsOldTime {
            let kept = |write: &openslot_domain::booking::DayWrite| {
                write.day.entries.iter().any(|entry| entry.booking == plan.booking.id)
            };
            plan.days.retain(kept);
        }
        let saved = self.inner.change_booking(&plan).await?;
        if saved == Saved::Done && plan.booking.revision > plan.read.revision {
            self.committed(&plan.booking, &plan.effects);
        }
        Ok(saved)
    }
}

impl ClaimEffect for Table {
    async fn claim_effect(&self, key: &EffectKey, now: DateTime<Utc>) -> Result<Claim, Failure> {
        let claim = self.claim(key, now).await?;
        if matches!(claim, Claim::Mine { .. }) {
            self.claimed(key);
            let letter = matches!(key.kind, EffectKind::Letter(_) | EffectKind::Reminder { .. });
            if self.defect == Defect::PaidFirst && letter {
                self.inner.drop_effect(key).await?;
            }
            self.written();
        }
        Ok(claim)
    }
}

impl SplitEffect for Table {
    async fn split_effect(
        &self,
        claimed: &Effect,
        parts: &[EffectKind],
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let stood = self.inner.look(|contents| contents.effects.contains_key(&claimed.key));
        self.inner.split_effect(claimed, parts, now).await?;
        let stands = self.inner.look(|contents| contents.effects.contains_key(&claimed.key));
        if stood && !stands {
            let part = |kind: &EffectKind| EffectKey { due: now, kind: kind.clone(), ..claimed.key.clone() };
            self.shown(&parts.iter().map(part).collect::<Vec<EffectKey>>());
        }
        self.written();
        Ok(())
    }
}

impl ParkEffect for Table {
    async fn park_effect(&self, key: &EffectKey, why: &str, now: DateTime<Utc>) -> Result<(), Failure> {
        let attempts = self.inner.look(|contents| contents.effects.get(key).map(|effect| effect.attempts));
        self.inner.park_effect(key, why, now).await?;
        if let Some(attempts) =
            attempts.filter(|_| self.inner.look(|contents| contents.parked.contains_key(key)))
        {
            self.notebook().parked.insert(piece_of(key), attempts);
        }
        self.written();
        Ok(())
    }
}

impl ReplayParked for Table {
    async fn replay_parked(&self, key: &EffectKey, now: DateTime<Utc>) -> Result<Replayed, Failure> {
        let replayed = self.inner.replay_parked(key, now).await?;
        if replayed == Replayed::Done {
            self.shown([key]);
        }
        self.written();
        Ok(replayed)
    }
}

impl AcknowledgeLetter for Table {
    async fn acknowledge_letter(&self, key: &EffectKey, message_id: &str) -> Result<(), Failure> {
        // Most letters are paid before the mail service has said a word.
        if self.inner.look(|contents| contents.effects.contains_key(key)) {
            self.inner.acknowledge_letter(key, message_id).await?;
            self.written();
        }
        Ok(())
    }
}

impl TakeQuota for Table {
    async fn take_quota(&self, key: &CounterKey, limit: Limit) -> Result<Counted, Failure> {
        let same = |other: &&CounterKey| other.scope == key.scope && other.subject == key.subject;
        let there = self.inner.look(|contents| contents.counters.keys().find(same).cloned());
        let counter = there.filter(|_| self.defect == Defect::TrustsSweeper);
        self.inner.take_quota(counter.as_ref().unwrap_or(key), limit).await
    }
}

macro_rules! as_it_is {
    ($($note:ident $port:ident: $verb:ident($($name:ident: $kind:ty),*) -> $answer:ty;)*) => {
        $(impl $port for Table {
            async fn $verb(&self, $($name: $kind),*) -> Result<$answer, Failure> {
                let answer = self.inner.$verb($($name),*).await?;
                as_it_is!(@$note self);
                Ok(answer)
            }
        })*
    };
    (@reads $table:ident) => {};
    (@writes $table:ident) => { $table.written() };
}

as_it_is! {
    writes PayEffect: pay_effect(claimed: &Effect) -> ();
    writes PostponeEffect: postpone_effect(claimed: &Effect, not_before: DateTime<Utc>) -> ();
    writes DropEffect: drop_effect(key: &EffectKey) -> ();
    reads DueEffects: due_effects(queue: Queue, shard: u8, now: DateTime<Utc>, most: u32) -> Vec<EffectKey>;
    reads FindMeetingType: find_meeting_type(slug: &Slug, how: Consistency) -> Option<MeetingType>;
    reads ReadHost: read_host(host: &HostId, from: NaiveDate, how: Consistency) -> Option<HostSnapshot>;
    reads FindBooking: find_booking(id: &BookingId) -> Option<Booking>;
    reads GiveBackQuota: give_back_quota(key: &CounterKey) -> ();
    reads WrappedKeys: wrapped_keys(purpose: KeyPurpose) -> Vec<WrappedKey>;
    reads PutWrappedKey: put_wrapped_key(purpose: KeyPurpose, key: &WrappedKey) -> Saved;
    reads ListParked: list_parked(most: u32) -> Vec<ParkedEffect>;
}
