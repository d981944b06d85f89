//! What several test targets stand on.

pub mod engine;
pub mod moto;
pub mod samples;
pub mod stacks;
