#![doc = include_str!("../README.md")]

mod chance;
mod clock;
mod contents;
mod faulty;
mod kms;
mod listener;
mod outbox;
mod store;
mod yielding;

pub use chance::Seeded;
pub use clock::StoppedClock;
pub use contents::{Contents, Parked, StoredHost};
pub use faulty::{Chooser, Fault, Faulty, NoFaults};
pub use kms::FakeKms;
pub use listener::{BusFault, Listener};
pub use outbox::{MailFault, Outbox, Sent};
pub use store::MemoryStore;
pub use yielding::yield_now;
