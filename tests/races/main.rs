//! Simulated races: thousands of guests, one thread, one seed each, faults at every call.
//!
//! `OPENSLOT_RACES_SEEDS` says how many worlds to run; a failing one prints its seed, and `OPENSLOT_RACES_SEED`
//! runs that one alone.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shows where")]

mod caps;
mod change_booking;
mod checker;
mod create_booking;
mod deliver_effects;
mod faults;
mod lapse_booking;
mod life;
mod scene;
mod scheduler;
mod send_reminders;
mod server_decides;
mod slow;
mod twins;
mod watched;

#[path = "../slots/oracle.rs"]
#[expect(dead_code, reason = "the slot tests use all of it")]
mod oracle;
