//! What the store holds, for the rules of the store and for the eyes of tests.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use openslot_domain::booking::{Booking, Plan};
use openslot_domain::effects::{Effect, EffectKey};
use openslot_domain::host::{Host, HostDay};
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_domain::meeting_type::MeetingType;
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{Commit, CounterKey, KeyPurpose};

/// Everything in a [`MemoryStore`](crate::MemoryStore).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Hosts, with the version of their settings.
    pub hosts: BTreeMap<HostId, StoredHost>,
    /// The fences: what bookings check the version of settings against.
    pub fences: BTreeMap<HostId, u64>,
    /// Host-days.
    pub days: BTreeMap<(HostId, NaiveDate), HostDay>,
    /// Meeting types.
    pub meeting_types: BTreeMap<Slug, MeetingType>,
    /// Bookings.
    pub bookings: BTreeMap<BookingId, Booking>,
    /// Owed work of both queues.
    pub effects: BTreeMap<EffectKey, Effect>,
    /// Work that was set aside.
    pub parked: BTreeMap<EffectKey, Parked>,
    /// By which addresses which bookings are found.
    pub guests: BTreeSet<(AddressMac, BookingId)>,
    /// Limit counters.
    pub counters: BTreeMap<CounterKey, u32>,
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
        if !self.stands(plan) {
            return Commit::Overtaken;
        }
        self.bookings.insert(plan.booking.id, plan.booking.clone());
        for write in &plan.days {
            self.days.insert((write.host.clone(), write.date), write.day.clone());
        }
        plan.effects.iter().cloned().for_each(|effect| self.owe(effect));
        self.guests.extend(people.iter().map(|address| (*address, plan.booking.id)));
        Commit::Done
    }

    /// Whether everything that a plan relies on is as it was read.
    fn stands(&self, plan: &Plan) -> bool {
        let version = |host: &HostId, date| self.days.get(&(host.clone(), date)).map(|day| day.version);
        plan.days.iter().all(|write| version(&write.host, write.date) == write.read)
            && plan.checks.iter().all(|check| version(&check.host, check.date) == check.read)
            && plan.fences.iter().all(|check| self.fences.get(&check.host) == Some(&check.version))
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
    assert!(!plan.booking.hosts.is_empty(), "somebody takes every booking");
    for write in &plan.days {
        assert!(Some(write.day.version) > write.read, "a write raises the version of its day");
        let touches =
            |date| write.day.entries.iter().all(|entry| entry.reserved().utc_dates().any(|day| day == date));
        assert!(touches(write.date), "an entry stands in a day it touches");
    }
    let people: BTreeSet<&AddressMac> = people.iter().collect();
    let actions =
        1 + plan.days.len() + plan.checks.len() + plan.fences.len() + plan.effects.len() + people.len();
    assert!(actions <= ACTIONS_MAX, "{actions} actions do not fit one transaction");
}

/// A key as the table keeps it: due to the millisecond.
pub(crate) fn as_stored(key: &EffectKey) -> EffectKey {
    EffectKey { due: key.due.trunc_subsecs(3), ..key.clone() }
}
