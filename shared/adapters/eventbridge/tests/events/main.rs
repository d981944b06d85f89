//! What listeners get, and what comes of the answers: against a peer on the loopback interface that answers as
//! `EventBridge` would, and against the schema that listeners are given.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod catalogue;
mod peer;
mod publishing;
mod world;
