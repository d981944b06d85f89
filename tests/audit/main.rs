//! A calendar that explains itself: whatever happens to bookings leaves no difference, whatever is damaged is found
//! by its name, and what is repaired is right by another's count.
//!
//! `OPENSLOT_OPERATIONS` says how much is done to bookings in all; a world that fails says its seed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shows where")]

mod corruptions;
mod dice;
mod histories;
mod meddling;
mod oracle;
mod restores;
mod town;
mod truncations;

/// How much is done to bookings unless the environment says otherwise.
const OPERATIONS: usize = 1_000_000;

#[expect(clippy::disallowed_methods, reason = "longer runs ask for more operations")]
fn operations() -> usize {
    std::env::var("OPENSLOT_OPERATIONS")
        .map_or(OPERATIONS, |operations| operations.parse().expect("OPENSLOT_OPERATIONS is a number"))
}
