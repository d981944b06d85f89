//! The slot engine against a naive oracle, and over every change of clocks.
//!
//! `OPENSLOT_CASES` says how many random questions are asked.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shows where")]

mod agreement;
mod engine;
mod oracle;
mod transitions;
mod twins;
mod worlds;

/// How many random questions are asked unless the environment says otherwise.
const CASES: u32 = 1500;

#[expect(clippy::disallowed_methods, reason = "longer runs ask for more cases")]
fn cases() -> u32 {
    std::env::var("OPENSLOT_CASES").map_or(CASES, |cases| cases.parse().expect("OPENSLOT_CASES is a number"))
}
