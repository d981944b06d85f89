#![doc = include_str!("../README.md")]

pub mod audit;
pub mod booking;
pub mod effects;
pub mod host;
pub mod hours;
pub mod ids;
pub mod interval;
pub mod ledger;
pub mod limits;
pub mod login;
pub mod meeting_type;
pub mod questions;
pub mod slots;
pub mod text;
pub mod wall;
mod zone;
