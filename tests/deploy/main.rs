//! The deployed binaries behind the Lambda Runtime API, with real events, under the template's policies.
//!
//! Started by `make test-deploy`, which builds the zips and says where their binaries are.

mod calls;
mod deployment;
mod events;
mod function;
mod guard;
mod journeys;
mod least;
mod policy;
mod runtime;
mod starting;
mod stories;
mod stream;
mod template;
mod town;
mod zips;
