#![doc = include_str!("../README.md")]

pub mod aws;
mod client;
pub mod config;
pub mod http;
pub mod logs;
pub mod metrics;
mod outcome;
pub mod reply;
mod world;

pub use client::{Client, ClientAddress, OriginSecret};
pub use outcome::diagnostic;
pub use world::SystemWorld;
