//! A restore may bring back any part of the last transaction, whatever that was: a booking or a change of one with all
//! that it owes, work that came apart, settings. A repair makes it whole, or undoes it.

mod judge;
mod life;
mod parts;

use futures::executor::block_on;
use openslot_domain::audit::queues::DOUBT;
use openslot_fakes::{MemoryStore, StoppedClock};
use openslot_usecases::repair_hosts::repair_hosts;
use openslot_usecases::repair_rows::repair_rows;
use openslot_usecases::verify_hosts::verify_hosts;
use openslot_usecases::verify_rows::{Fault, verify_rows};

use crate::dice::Dice;
use judge::{Invariant, judge};
use life::Life;

const RESTORES: u64 = 1_000;
/// Every so many operations.
const OPERATIONS: usize = 40;

/// A life of which the last transaction came back in part.
fn restored(seed: u64) -> Life {
    let mut dice = Dice::new(seed);
    let mut life = Life::new();
    for _ in 0..OPERATIONS + dice.below(OPERATIONS) {
        life.live(&mut dice);
        life.catch_up();
    }
    life.live_in_part(&mut dice);
    life
}

/// Repairs all there is.
fn repair(life: &Life) -> Vec<Fault> {
    let clock = StoppedClock::at(life.now());
    block_on(async {
        let days = repair_hosts(&life.store, &clock).await.unwrap();
        assert!(days.left.is_empty() && days.unsettled.is_empty(), "{days:?}");
        repair_rows(&life.store, &life.keyring, &clock, Some(life.now())).await.unwrap()
    })
}

fn found(life: &Life) -> (usize, Vec<Fault>) {
    let clock = StoppedClock::at(life.now());
    block_on(async {
        let days = verify_hosts(&life.store, &clock).await.unwrap();
        let rows = verify_rows(&life.store, &life.keyring, &clock, Some(life.now())).await.unwrap();
        (days.differences.len(), rows)
    })
}

#[test]
fn every_part_of_every_transaction_is_repaired() {
    let mut damaged = 0;
    for seed in 0..RESTORES {
        let life = restored(seed);
        damaged += usize::from(judge(&life).is_err());
        repair(&life);
        judge(&life).unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
        assert_eq!(found(&life), (0, Vec::new()), "seed {seed}");
    }
    assert!(damaged > 700, "only {damaged} parts did any damage");
}

/// What nothing happened to is whole, and a second repair finds nothing.
#[test]
fn a_repair_changes_nothing_that_is_right() {
    for seed in 0..RESTORES / 10 {
        let life = restored(seed);
        repair(&life);
        let before = life.store.snapshot();
        assert_eq!(repair(&life), []);
        assert_eq!(life.store.snapshot(), before, "seed {seed}");
    }
}

/// Long after, nobody is told anything again.
#[test]
fn nothing_that_was_paid_long_ago_is_owed_again() {
    for seed in 0..RESTORES / 10 {
        let mut dice = Dice::new(seed);
        let mut life = Life::new();
        (0..OPERATIONS).for_each(|_| life.live(&mut dice));
        life.settle();
        life.wait(DOUBT * 2);
        assert_eq!(repair(&life), [], "seed {seed}");
        judge(&life).unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
    }
}

/// Repairs all but some kinds of faults, until the first life that is not right afterwards.
fn caught(leaves: impl Fn(&Fault) -> bool) -> Vec<Invariant> {
    let mut caught = Vec::new();
    for seed in 0..RESTORES {
        let life = restored(seed);
        let (_, faults) = found(&life);
        let before = life.store.snapshot();
        repair(&life);
        if faults.iter().any(&leaves) {
            undo(&life.store, &before, &faults, &leaves);
            caught.extend(judge(&life).err().map(|violation| violation.invariant));
        }
    }
    caught.sort();
    caught.dedup();
    caught
}

/// Puts the rows of some faults back to how they were.
fn undo(
    store: &MemoryStore,
    before: &openslot_fakes::Contents,
    faults: &[Fault],
    leaves: &impl Fn(&Fault) -> bool,
) {
    store.tamper(|contents| {
        for fault in faults.iter().filter(|fault| leaves(fault)) {
            match fault {
                Fault::NotOwed(key) => drop(contents.effects.remove(key)),
                Fault::OwedTwice(key) => {
                    contents
                        .effects
                        .extend(before.effects.get(key).map(|found| (key.clone(), found.clone())));
                }
                Fault::NotFound { .. } | Fault::FoundInVain { .. } => {
                    contents.guests.clone_from(&before.guests);
                }
                Fault::Beside(_) => {
                    contents.fences.clone_from(&before.fences);
                    contents.listed_hosts.clone_from(&before.listed_hosts);
                    contents.listed_types.clone_from(&before.listed_types);
                }
            }
        }
    });
}

#[test]
fn a_repair_without_timers_and_news_is_not_enough() {
    let caught = caught(|fault| matches!(fault, Fault::NotOwed(_)));
    assert_eq!(caught, [Invariant::EverybodyIsTold, Invariant::RemindersStand, Invariant::LapsesStand]);
}

#[test]
fn a_repair_that_leaves_parts_beside_the_whole_tells_twice() {
    assert_eq!(caught(|fault| matches!(fault, Fault::OwedTwice(_))), [Invariant::NobodyIsToldTwice]);
}

#[test]
fn a_repair_without_guest_rows_is_not_enough() {
    assert_eq!(caught(|fault| matches!(fault, Fault::NotFound { .. })), [Invariant::EverybodyIsFound]);
    assert_eq!(caught(|fault| matches!(fault, Fault::FoundInVain { .. })), [Invariant::NothingElseIsFound]);
}

#[test]
fn a_repair_without_fences_and_directories_is_not_enough() {
    let caught = caught(|fault| matches!(fault, Fault::Beside(_)));
    assert_eq!(caught, [Invariant::FencesShow, Invariant::DirectoriesName]);
}
