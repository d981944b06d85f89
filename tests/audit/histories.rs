//! Whatever is done to bookings, by the product's own plans, leaves the days right.

use openslot_domain::booking::State;

use crate::dice::Dice;
use crate::operations;
use crate::oracle::{Invariant, judge};
use crate::town::{Item, Town};

/// How much is done in one town.
const HISTORY: usize = 100;

#[test]
fn no_history_leaves_a_difference() {
    let mut ends = [0_usize; 4];
    for seed in 0..operations().div_ceil(HISTORY) as u64 {
        let town = Town::lived_in(&mut Dice::new(seed), HISTORY);
        assert_eq!(town.differences(), [], "seed {seed}");
        judge(&town).unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
        for booking in town.bookings.values() {
            ends[booking.state as usize] += usize::from(booking.revision > 0);
        }
    }
    // What nothing happens to proves nothing.
    for state in [State::Confirmed, State::Pending, State::Cancelled, State::Declined] {
        assert!(ends[state as usize] > operations() / 1_000, "{state:?}: {ends:?}");
    }
}

/// A life in which one kind of item is not written.
fn forgetful(seed: u64, forgets: impl Fn(&[Item], usize) -> bool) -> Town {
    let mut dice = Dice::new(seed);
    let mut town = Town::new();
    for _ in 0..HISTORY {
        let items = town.next(&mut dice);
        for (place, item) in items.iter().enumerate() {
            if !forgets(&items, place) {
                town.write(item.clone());
            }
        }
    }
    town
}

#[test]
fn a_day_that_is_not_written_is_noticed() {
    let second_day = |items: &[Item], place: usize| {
        let is_day = |item: &Item| matches!(item, Item::Day(_));
        place > 1 && is_day(&items[place]) && items.len() == 3
    };
    let town = forgetful(1, second_day);
    assert_ne!(town.differences(), [], "the audit sees nothing");
    assert_eq!(judge(&town).unwrap_err().invariant, Invariant::DaysMatchBookings);
    assert_eq!(judge(&forgetful(1, |_, _| false)).map_err(|violation| violation.invariant), Ok(()));
}
