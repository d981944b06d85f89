//! One suite of promises, kept by every store: the one in memory, the embedded engine, moto, the table that moto makes
//! out of the stack's template, and any other.
//!
//! Each contract says with which [`violation::Invariant`] it was broken. `twins` holds stores with one defect each,
//! and the contract that must catch it by that name.

mod audit;
mod bookings;
mod changes;
mod claims;
mod counters;
mod engines;
mod hosts;
#[cfg(test)] // here helpers may unwrap, as tests do
mod listeners;
mod logins;
#[cfg(test)] // here helpers may unwrap, as tests do
mod logs;
mod parked;
mod queues;
mod requests;
#[cfg(test)] // here helpers may unwrap, as tests do
mod stacks;
mod store;
mod twins;
mod units;
mod violation;
#[cfg(test)] // here helpers may unwrap, as tests do
mod wire;
