#![doc = include_str!("../README.md")]

mod bus;
mod detail;
mod error;

pub use bus::{Bus, SOURCE};
