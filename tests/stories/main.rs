//! What people do, by real requests through the routes of all functions: over the store in memory, at a stopped
//! clock, with every reply seen as a person or a program would see it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shows where")]

mod bad_requests;
mod cancel_booking;
mod create_booking;
mod decide_booking;
mod deliver_effects;
mod door;
mod failures;
mod gateway;
mod held;
mod limits;
mod list_slots;
mod manage_booking;
mod manage_team;
mod no_oracle;
mod office;
mod reschedule_booking;
mod routes;
mod send_reminders;
mod shared;
