#![doc = include_str!("../README.md")]

mod aws;
mod clock;
mod demo;
mod engine;
mod errors;
mod events;
mod faces;
mod folder;
mod functions;
mod listeners;
mod mime;
mod options;
mod rounds;
mod running;
mod state;
mod web;
mod world;

pub use errors::StartError;
pub use options::{Arguments, Options};
pub use running::{Running, start};
