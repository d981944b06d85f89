#![doc = include_str!("README.md")]
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "the worlds of the letters' tests unwrap what they know to be sound")]

pub mod bodies;
pub mod letters;
pub mod mail_events;
pub mod names;
pub mod queries;

#[path = "../../functions/record-mail-events/src/lib.rs"]
mod record_mail_events;

// The oracle of the letters' own properties, and what it stands on.
#[path = "../../shared/letters/tests/letters/checks.rs"]
mod checks;
#[expect(dead_code, reason = "the properties of the letters use the rest")]
#[path = "../../shared/letters/tests/letters/lives.rs"]
mod lives;
#[path = "../../shared/letters/tests/letters/oracle.rs"]
mod oracle;
#[expect(dead_code, reason = "the properties of the letters use the rest")]
#[path = "../../shared/letters/tests/letters/read.rs"]
mod read;
#[expect(dead_code, reason = "the properties of the letters use the rest")]
#[path = "../../shared/letters/tests/letters/world.rs"]
mod world;
