//! What the store holds, for the rules of the store and for the eyes of tests.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use openslot_domain::booking::change::{ChangePlan, Read};
use openslot_domain::booking::{Booking, DayCheck, DayWrite, FenceCheck, Plan, Step};
use openslot_domain::effects::{Effect, EffectKey};
use openslot_domain::host::{Host, HostDay};
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_domain::login::Login;
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::text::Line;
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::{Commit, CounterKey, KeyPurpose, Saved};

/// Everything in a [`MemoryStore`](crate::MemoryStore).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Hosts, with the version of their settings.
    pub hosts: BTreeMap<HostId, StoredHost>,
    /// The fences: what bookings check the version of settings against.
    pub fences: BTreeMap<HostId, u64>,
    /// The hosts that the directory names.
    pub listed_hosts: BTreeSet<HostId>,
    /// Host-days.
    pub days: BTreeMap<(HostId, NaiveDate), HostDay>,
    /// Meeting types.
    pub meeting_types: BTreeMap<Slug, MeetingType>,
    /// The meeting types that the directory names.
    pub listed_types: BTreeMap<Slug, Line>,
    /// Bookings.
    pub bookings: BTreeMap<BookingId, Booking>,
    /// Owed work of both queues.
    pub effects: BTreeMap<EffectKey, Effect>,
    /// Work that was set aside.
    pub parked: BTreeMap<EffectKey, Parked>,
    /// By which addresses which bookings are found.
    pub guests: BTreeSet<(AddressMac, BookingId)>,
    /// Who was erased, and when.
    pub erasures: BTreeMap<AddressMac, DateTime<Utc>>,
    /// Limit counters.
    pub counters: BTreeMap<CounterKey, u32>,
    /// Who may sign in.
    pub logins: BTreeMap<LoginKey, Login>,
    /// Wrapped data keys, by purpose and number.
    pub keys: BTreeMap<(KeyPurpose, u32), Vec<u8>>,
}

/// A host as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredHost {
    /// The settings.
    pub host: Host,
    /// Their version.
    pub version: u64,
}

/// Why work was set aside, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub why: String,
}

/// How many actions `DynamoDB` takes in one transaction (Amazon `DynamoDB` API reference, `TransactWriteItems`).
const ACTIONS_MAX: usize = 100;

impl Contents {
    /// Writes all of a plan, or nothing.
    pub(crate) fn commit(&mut self, plan: &Plan, people: &[AddressMac]) -> Commit {
        check_plan(plan, people);
        if self.bookings.contains_key(&plan.booking.id) {
            return Commit::Exists;
        }
        if !self.stands(&plan.days, &plan.checks, &plan.fences) {
            return Commit::Overtaken;
        }
        self.write(&plan.booking, &plan.days, &plan.effects);
        self.guests.extend(people.iter().map(|address| (*address, plan.booking.id)));
        Commit::Done
    }

    /// Writes all of a change, or nothing.
    pub(crate) fn change(&mut self, plan: &ChangePlan) -> Saved {
        check_change(plan);
        let stored = self.bookings.get(&plan.booking.id).map(Read::of);
        if stored != Some(plan.read) || !self.stands(&plan.days, &plan.checks, &plan.fences) {
            return Saved::Overtaken;
        }
        self.write(&plan.booking, &plan.days, &plan.effects);
        Saved::Done
    }

    /// Writes a day as it must be, if it is as it was read.
    pub(crate) fn mend(&mut self, write: &DayWrite) -> Saved {
        let days = std::slice::from_ref(write);
        check_days(days);
        if !self.stands(days, &[], &[]) {
            return Saved::Overtaken;
        }
        self.days.insert((write.host.clone(), write.date), write.day.clone());
        Saved::Done
    }

    /// Whether everything that a plan relies on is as it was read.
    fn stands(&self, days: &[DayWrite], checks: &[DayCheck], fences: &[FenceCheck]) -> bool {
        let version = |host: &HostId, date| self.days.get(&(host.clone(), date)).map(|day| day.version);
        days.iter().all(|write| version(&write.host, write.date) == write.read)
            && checks.iter().all(|check| version(&check.host, check.date) == check.read)
            && fences.iter().all(|check| self.fences.get(&check.host) == Some(&check.version))
    }

    fn write(&mut self, booking: &Booking, days: &[DayWrite], effects: &[Effect]) {
        self.bookings.insert(booking.id, booking.clone());
        for write in days {
            self.days.insert((write.host.clone(), write.date), write.day.clone());
        }
        effects.iter().cloned().for_each(|effect| self.owe(effect));
    }

    /// Puts a piece of work into its queue.
    pub(crate) fn owe(&mut self, effect: Effect) {
        let key = as_stored(&effect.key);
        self.effects.insert(key.clone(), Effect { key, ..effect });
    }
}

/// The bugs that the table's adapter asserts, or `DynamoDB` refuses.
fn check_plan(plan: &Plan, people: &[AddressMac]) {
    assert!(!plan.days.is_empty(), "a booking stands in a day");
    check_booking(&plan.booking);
    check_days(&plan.days);
    let people: BTreeSet<&AddressMac> = people.iter().collect();
    let actions =
        1 + plan.days.len() + plan.checks.len() + plan.fences.len() + plan.effects.len() + people.len();
    assert!(actions <= ACTIONS_MAX, "{actions} actions do not fit one transaction");
}

fn check_change(plan: &ChangePlan) {
    assert!(plan.booking.version > plan.read.version, "a change raises the version of its booking");
    check_booking(&plan.booking);
    check_days(&plan.days);
    let actions = 1 + plan.days.len() + plan.checks.len() + plan.fences.len() + plan.effects.len();
    assert!(actions <= ACTIONS_MAX, "{actions} actions do not fit one transaction");
}

fn check_booking(booking: &Booking) {
    assert!(!booking.hosts.is_empty(), "somebody takes every booking");
    let first = Step::booked(booking.created_at);
    assert!(booking.history.first() == Some(&first), "every history begins with its booking");
}

fn check_days(days: &[DayWrite]) {
    for write in days {
        assert!(Some(write.day.version) > write.read, "a write raises the version of its day");
        let touches =
            |date| write.day.entries.iter().all(|entry| entry.reserved().utc_dates().any(|day| day == date));
        assert!(touches(write.date), "an entry stands in a day it touches");
    }
}

/// A key as the table keeps it: due to the millisecond.
pub(crate) fn as_stored(key: &EffectKey) -> EffectKey {
    EffectKey { due: key.due.trunc_subsecs(3), ..key.clone() }
}
