//! A restore may bring back any part of the last transaction: a repair makes it whole, or undoes it.

use openslot_domain::audit;

use crate::dice::Dice;
use crate::oracle::{Invariant, Violation, judge};
use crate::town::{Item, Town, dawn};

const TRUNCATIONS: u64 = 1_000;

/// A town after a random part of a transaction, neither all nor nothing of it.
fn truncated(seed: u64) -> Town {
    let mut dice = Dice::new(seed);
    let operations = 20 + dice.below(60);
    let mut town = Town::lived_in(&mut dice, operations);
    let items = loop {
        let items = town.next(&mut dice);
        if items.len() > 1 {
            break items;
        }
    };
    // Every part of it but the first and the last of all subsets, which are nothing and everything.
    let part = 1 + dice.below((1 << items.len()) - 2);
    for (place, item) in items.into_iter().enumerate() {
        if (part >> place) & 1 == 1 {
            town.write(item);
        }
    }
    town
}

#[test]
fn every_part_of_a_transaction_is_repaired() {
    let mut damaged = 0;
    for seed in 0..TRUNCATIONS {
        let mut town = truncated(seed);
        damaged += usize::from(judge(&town).is_err());
        town.repair();
        assert_eq!(town.differences(), [], "seed {seed}");
        judge(&town).unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
    }
    assert!(damaged > 800, "only {damaged} parts did any damage");
}

/// A repair that is done does nothing when it is done again.
#[test]
fn a_second_repair_writes_nothing() {
    for seed in 0..TRUNCATIONS / 10 {
        let mut town = truncated(seed);
        town.repair();
        for host in town.host_ids() {
            let writes = audit::repair(&host, dawn(), town.days(&host), &town.bookings);
            assert_eq!(writes, [], "seed {seed}");
        }
    }
}

/// Repairs until the first town that is not right afterwards.
fn caught(repair: impl Fn(&mut Town)) -> Invariant {
    let broken = |seed| -> Option<Violation> {
        let mut town = truncated(seed);
        repair(&mut town);
        judge(&town).err()
    };
    (0..TRUNCATIONS).find_map(broken).expect("it was never caught").invariant
}

fn repair_some(town: &mut Town, wanted: impl Fn(usize, usize) -> bool) {
    for host in town.host_ids() {
        let writes = audit::repair(&host, dawn(), town.days(&host), &town.bookings);
        let count = writes.len();
        for (place, write) in writes.into_iter().enumerate() {
            if wanted(place, count) {
                town.write(Item::Day(write));
            }
        }
    }
}

#[test]
fn without_a_repair_the_damage_stays() {
    assert_eq!(caught(|_| {}), Invariant::DaysMatchBookings);
}

#[test]
fn a_repair_of_the_first_day_only_is_not_enough() {
    assert_eq!(caught(|town| repair_some(town, |place, _| place == 0)), Invariant::DaysMatchBookings);
}

#[test]
fn a_repair_that_only_adds_is_not_enough() {
    let only_adds = |town: &mut Town| {
        for host in town.host_ids() {
            for mut write in audit::repair(&host, dawn(), town.days(&host), &town.bookings) {
                let stored = town.days(&host).get(&write.date).cloned().unwrap_or_default();
                let is_new = |id| write.day.entries.iter().all(|entry| entry.booking != id);
                let kept =
                    stored.entries.into_iter().filter(|entry| is_new(entry.booking)).collect::<Vec<_>>();
                write.day.entries.extend(kept);
                town.write(Item::Day(write));
            }
        }
    };
    assert_eq!(caught(only_adds), Invariant::DaysMatchBookings);
}
