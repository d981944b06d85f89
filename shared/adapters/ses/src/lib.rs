#![doc = include_str!("../README.md")]

mod error;
mod mailer;

pub use mailer::Mailer;
