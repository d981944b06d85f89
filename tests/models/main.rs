//! The two protocols that everything rests on, small enough to walk through every state they can reach.
//!
//! A model imports nothing of the product: it is written from what the product promises, names the code it stands
//! for, and is turned into a broken variant by one [`booking::Defect`] or [`claims::Defect`] at a time. Whatever
//! the right variant promises holds in every state; each broken one is caught by the promise that is there for it.

mod booking;
mod claims;
mod verdict;
