//! The whole product in one process, as its callers see it over HTTP.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shows where")]

#[path = "../../infra/local/tests/program/guests.rs"]
mod guests;
#[path = "../../infra/local/tests/http/mod.rs"]
mod http;

mod crowds;
mod desk;
mod headers;
mod listening;
mod site;
mod team;
mod town;
mod wire;
