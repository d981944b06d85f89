#![doc = include_str!("../README.md")]

mod audit;
mod aws;
mod clock;
mod demo;
mod engine;
mod errors;
mod events;
mod faces;
mod folder;
mod functions;
mod gateway;
mod issuer;
mod listeners;
mod mime;
mod options;
mod rounds;
mod running;
mod stand_ins;
mod state;
mod web;
mod world;

pub use audit::audit;
pub use errors::StartError;
pub use options::{Arguments, Options};
pub use running::{Running, start};
pub use stand_ins::{SentMail, StandIns};
