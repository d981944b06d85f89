//! Whoever audits while bookings are made and changed finds nothing that is not there, and breaks nothing.

use std::collections::BTreeMap;
use std::sync::Mutex;

use chrono::NaiveDate;
use futures::executor::block_on;
use openslot_domain::booking::{Booking, DayWrite};
use openslot_domain::host::{Entry, HostDay};
use openslot_domain::ids::{BookingId, HostId};
use openslot_fakes::{MemoryStore, StoppedClock};
use openslot_tests::support::samples::at;
use openslot_usecases::ports::{EveryBooking, Failure, FindBooking, ListHosts, MendDay, ReadDays, Saved};
use openslot_usecases::repair_hosts::{Repaired, repair_hosts};
use openslot_usecases::verify_hosts::{Verified, verify_hosts};

use crate::dice::Dice;
use crate::oracle::{Invariant, judge};
use crate::town::{Item, Town};

const SEEDS: u64 = 60;
/// More calls than an audit of this town makes.
const CALLS_MAX: usize = 40;

/// What is left out of the audit, one thing at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Defect {
    None,
    /// A day is written whatever its version.
    MendsBlindly,
    /// Bookings are read before the days, and not again.
    ReadsOnce,
}

/// A store in which something happens to bookings before one of the calls.
struct Meddled {
    store: MemoryStore,
    town: Town,
    defect: Defect,
    seed: u64,
    /// Before which call.
    at: usize,
    calls: Mutex<usize>,
    read_once: Mutex<Option<BTreeMap<BookingId, Booking>>>,
}

impl Meddled {
    fn new(town: Town, defect: Defect, seed: u64, at: usize) -> Self {
        let (calls, read_once) = (Mutex::default(), Mutex::default());
        Self { store: town.store(), town, defect, seed, at, calls, read_once }
    }

    fn now(&self) -> Town {
        self.town.seen_in(&self.store)
    }

    fn step(&self) {
        let mut calls = self.calls.lock().unwrap();
        *calls += 1;
        if *calls == self.at {
            let mut town = self.now();
            let mut dice = Dice::new(self.seed);
            let happens = (0..100).map(|_| town.next(&mut dice)).find(|items| !items.is_empty());
            let happens = happens.expect("something can happen");
            self.store.tamper(|contents| {
                for item in happens {
                    match item {
                        Item::Booking(booking) => drop(contents.bookings.insert(booking.id, *booking)),
                        Item::Day(write) => drop(contents.days.insert((write.host, write.date), write.day)),
                    }
                }
            });
        }
    }
}

impl ListHosts for Meddled {
    async fn list_hosts(&self) -> Result<Vec<HostId>, Failure> {
        self.step();
        self.store.list_hosts().await
    }
}

impl ReadDays for Meddled {
    async fn read_days(
        &self,
        host: &HostId,
        from: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, HostDay>, Failure> {
        self.step();
        self.store.read_days(host, from).await
    }
}

impl EveryBooking for Meddled {
    async fn every_booking(&self) -> Result<Vec<Booking>, Failure> {
        self.step();
        let bookings = self.store.every_booking().await?;
        let known = bookings.iter().map(|booking| (booking.id, booking.clone())).collect();
        *self.read_once.lock().unwrap() = Some(known);
        Ok(bookings)
    }
}

impl FindBooking for Meddled {
    async fn find_booking(&self, id: &BookingId) -> Result<Option<Booking>, Failure> {
        self.step();
        if self.defect == Defect::ReadsOnce {
            return Ok(self.read_once.lock().unwrap().as_ref().and_then(|known| known.get(id).cloned()));
        }
        self.store.find_booking(id).await
    }
}

impl MendDay for Meddled {
    async fn mend_day(&self, write: &DayWrite) -> Result<Saved, Failure> {
        self.step();
        if self.defect == Defect::MendsBlindly {
            let key = (write.host.clone(), write.date);
            self.store.tamper(|contents| contents.days.insert(key, write.day.clone()));
            return Ok(Saved::Done);
        }
        self.store.mend_day(write).await
    }
}

fn world() -> StoppedClock {
    StoppedClock::at(at("2026-11-20T12:00:00Z"))
}

fn verified(store: &Meddled) -> Verified {
    block_on(verify_hosts(store, &world())).unwrap()
}

fn repaired(store: &Meddled) -> Repaired {
    block_on(repair_hosts(store, &world())).unwrap()
}

fn healthy(seed: u64) -> Town {
    Town::lived_in(&mut Dice::new(seed), 30)
}

/// With an entry of nobody in every day: it holds time that is free, and so nobody is led to book what is held.
fn haunted(seed: u64) -> Town {
    let mut town = healthy(seed);
    for day in town.hosts.iter_mut().flat_map(|snapshot| snapshot.days.values_mut()) {
        let ghost = day
            .entries
            .first()
            .map(|entry| Entry { booking: BookingId::from_bytes([255; 16]), ..entry.clone() });
        day.entries.extend(ghost);
    }
    town
}

/// Every town, with something happening before every call in turn.
fn everywhere(town: fn(u64) -> Town, defect: Defect) -> impl Iterator<Item = Meddled> {
    let at = move |seed| {
        let town = town(seed);
        (1..CALLS_MAX).map(move |at| Meddled::new(town.clone(), defect, seed, at))
    };
    (0..SEEDS).flat_map(at)
}

#[test]
fn an_audit_finds_nothing_where_nothing_is_wrong() {
    for store in everywhere(healthy, Defect::None) {
        let found = verified(&store);
        assert_eq!((found.hosts, found.differences.len(), found.unsettled.len()), (2, 0, 0));
    }
}

#[test]
fn a_repair_writes_nothing_where_nothing_is_wrong() {
    for store in everywhere(healthy, Defect::None) {
        let repaired = repaired(&store);
        assert_eq!((repaired.mended.len(), repaired.left.len(), repaired.unsettled.len()), (0, 0, 0));
    }
}

#[test]
fn an_audit_finds_all_that_is_wrong() {
    for store in everywhere(haunted, Defect::None) {
        let found = verified(&store);
        let days: usize = store.now().hosts.iter().map(|snapshot| snapshot.days.len()).sum();
        assert!(found.unsettled.is_empty() && found.differences.len() + 3 >= days, "{found:?}");
    }
}

/// Repairs every town while something happens, until one is not right afterwards.
fn broken(defect: Defect) -> Option<Invariant> {
    everywhere(haunted, defect).find_map(|store| {
        let repaired = repaired(&store);
        assert!(repaired.unsettled.is_empty(), "one change does not hold a repair off");
        let town = store.now();
        let different = !town.differences().is_empty();
        judge(&town)
            .err()
            .map(|violation| violation.invariant)
            .or(different.then_some(Invariant::DaysMatchBookings))
    })
}

#[test]
fn a_repair_makes_everything_right_whatever_happens_meanwhile() {
    assert_eq!(broken(Defect::None), None);
}

#[test]
fn a_repair_that_writes_blindly_loses_a_booking() {
    assert_eq!(broken(Defect::MendsBlindly), Some(Invariant::DaysMatchBookings));
}

#[test]
fn a_repair_that_reads_bookings_first_loses_a_booking() {
    assert_eq!(broken(Defect::ReadsOnce), Some(Invariant::DaysMatchBookings));
}

#[test]
fn nobody_else_is_in_a_town_that_was_not_meddled_with() {
    let store = Meddled::new(haunted(1), Defect::None, 1, usize::MAX);
    let before = verified(&store);
    assert_eq!(before.bookings, store.now().bookings.len());
    let repaired = repaired(&store);
    let dates: Vec<_> = before.differences.iter().map(|(host, found)| (host.clone(), found.date)).collect();
    assert_eq!(repaired.mended.into_iter().collect::<Vec<_>>(), dates);
    assert_eq!(verified(&store).differences, []);
    assert!(*store.calls.lock().unwrap() < CALLS_MAX, "some calls were never meddled with");
}
