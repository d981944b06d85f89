#![doc = include_str!("../README.md")]

pub mod create_booking;
pub mod deliver_effects;
mod digest;
pub mod keyring;
pub mod list_slots;
pub mod manage_booking;
pub mod manage_link;
pub mod ports;
mod quota;
pub mod recently;
pub mod record_mail_event;
pub mod refusals;
pub mod retry;
pub mod show_meeting_type;
pub mod sweep_effects;
