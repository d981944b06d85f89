#![doc = include_str!("../README.md")]

pub mod cancel_booking;
pub mod change;
mod compose;
pub mod create_booking;
pub mod decide_booking;
pub mod deliver_effects;
mod digest;
pub mod keyring;
pub mod lapse_booking;
pub mod list_moves;
pub mod list_slots;
pub mod manage_booking;
pub mod manage_link;
pub mod manage_team;
pub mod ports;
mod quota;
pub mod recently;
pub mod record_mail_event;
pub mod refusals;
pub mod repair_hosts;
pub mod replay_parked;
pub mod reschedule_booking;
pub mod retry;
pub mod send_reminders;
pub mod show_meeting_type;

pub mod verify_hosts;
