//! Counters that keep us from being used against others.

use std::future::Future;

use chrono::{DateTime, Utc};
use openslot_domain::limits::{Limit, Scope};

use super::Failure;
use crate::keyring::CounterMac;

/// Which counter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CounterKey {
    /// What it counts for.
    pub scope: Scope,
    /// Whom it counts, unreadably.
    pub subject: CounterMac,
    /// The start of its window.
    pub window: DateTime<Utc>,
}

/// What a counter said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// There was room, and one is taken.
    Within,
    /// There was none; nothing was counted.
    Over,
}

/// Takes one from a counter.
pub trait TakeQuota {
    /// Counts one if fewer than `limit.most` were counted in this window. Not safe to repeat: each counts.
    fn take_quota(
        &self,
        key: &CounterKey,
        limit: Limit,
    ) -> impl Future<Output = Result<Counted, Failure>> + Send;
}

/// Gives one back to a counter.
pub trait GiveBackQuota {
    /// Uncounts one. A counter that is gone stays gone.
    fn give_back_quota(&self, key: &CounterKey) -> impl Future<Output = Result<(), Failure>> + Send;
}
