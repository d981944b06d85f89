//! Time and chance.

use std::future::Future;
use std::time::Duration;

use chrono::{DateTime, Utc};

/// The time, read once at the top of a use-case.
pub trait Clock {
    /// The present instant in whole milliseconds: stored keys know nothing finer.
    fn now(&self) -> DateTime<Utc>;
}

/// Waiting.
pub trait Pause {
    /// Returns after about `duration`.
    fn pause(&self, duration: Duration) -> impl Future<Output = ()> + Send;
}

/// Chance.
pub trait Entropy {
    /// Fills `bytes` with bytes nobody can foresee.
    fn fill(&self, bytes: &mut [u8]);
}
