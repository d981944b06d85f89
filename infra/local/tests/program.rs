//! The program as a person starts, kills and restarts it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shows where")]

#[path = "program/guests.rs"]
mod guests;
mod http;
#[path = "program/process.rs"]
mod process;

#[path = "program/audit.rs"]
mod audit;
#[path = "program/booking.rs"]
mod booking;
#[path = "program/crashes.rs"]
mod crashes;
#[path = "program/starting.rs"]
mod starting;
#[path = "program/stopping.rs"]
mod stopping;
