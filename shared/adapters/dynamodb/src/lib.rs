#![doc = include_str!("../README.md")]

mod audit;
mod bookings;
mod call;
mod directory;
mod effects;
mod erasures;
mod errors;
mod hosts;
mod keyring;
mod keys;
mod logins;
mod meeting_types;
mod meter;
mod parked;
mod quotas;
mod rows;
mod settle;
mod setup;
mod table;

pub use keys::{PARTITION, SORT, effect_key_of, place_of};
pub use meter::{Meter, Spent};
pub use setup::{SetupError, create_table_if_absent};
pub use table::Table;
