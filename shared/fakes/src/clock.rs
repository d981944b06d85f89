//! Time that moves when told to.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use openslot_usecases::ports::{Clock, Pause};

use crate::yielding::yield_now;

/// A clock that stands still between two calls of [`advance`](Self::advance) or [`set`](Self::set).
#[derive(Debug)]
pub struct StoppedClock {
    now: Mutex<DateTime<Utc>>,
}

impl StoppedClock {
    /// Stopped at `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self { now: Mutex::new(now) }
    }

    /// Moves it on, or back.
    pub fn advance(&self, by: TimeDelta) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }

    /// Sets it.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waiting takes no time, but lets others run.
impl Pause for StoppedClock {
    async fn pause(&self, _: Duration) {
        yield_now().await;
    }
}
