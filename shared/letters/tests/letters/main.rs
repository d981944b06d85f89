//! Letters as their readers and their readers' programs get them.
//!
//! Every check reads what was written with a parser that had no part in writing it, and names the promise that
//! was broken. The tests called `twin` hand a known defect to the same check, which has to catch it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod attacks;
mod calendar;
mod calendars;
mod changes;
mod checks;
mod deeds;
mod german;
mod german_changes;
mod instants;
mod languages;
mod lives;
mod mail;
mod oracle;
mod places;
mod read;
mod requests;
mod structure;
mod texts;
mod world;
