//! One retry rule for every lost race.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::ports::{Clock, Entropy, Pause};

/// The most tries at one thing.
pub const TRIES_MAX: u32 = 20;
/// How long one tries.
pub const PATIENCE: TimeDelta = TimeDelta::seconds(5);

/// How often a full counter is asked again before the answer is that it is full.
pub(crate) const FULL_TRIES: u32 = 3;
/// When whoever lost every race may come again: long enough for a crowd to pass.
pub(crate) const RETRY_AFTER_SECS: u32 = 2;

const FIRST_PAUSE_MS: u64 = 8;
const PAUSE_MS_MAX: u64 = 400;

/// The tries at one thing.
pub struct Tries {
    started_at: DateTime<Utc>,
    made: u32,
}

impl Tries {
    /// None made yet.
    pub fn from(started_at: DateTime<Utc>) -> Self {
        Self { started_at, made: 0 }
    }

    /// Waits before another try; `false` when there is none left.
    ///
    /// The pause is drawn evenly from a span that doubles with each try, so that racers spread out instead of
    /// meeting again.
    pub async fn another<W: Clock + Pause + Entropy + Sync>(&mut self, world: &W) -> bool {
        self.made += 1;
        if self.made >= TRIES_MAX || world.now() - self.started_at >= PATIENCE {
            return false;
        }
        let span_ms = (FIRST_PAUSE_MS << self.made.min(10)).min(PAUSE_MS_MAX);
        world.pause(Duration::from_millis(below(world, span_ms))).await;
        true
    }
}

fn below(world: &impl Entropy, span_ms: u64) -> u64 {
    let mut bytes = [0; 8];
    world.fill(&mut bytes);
    u64::from_be_bytes(bytes) % span_ms
}
