//! The clock that can be moved, and that stays where it was put.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use openslot_usecases::ports::Clock as _;

use crate::state::State;
use crate::world::LocalWorld;

/// The offset as it is stored, in milliseconds.
const OFFSET: &str = "clock_offset_ms";

/// The clock of one data folder.
#[derive(Clone)]
pub(crate) struct Clock {
    world: LocalWorld,
    state: Arc<State>,
}

impl Clock {
    /// The clock as it was left.
    pub(crate) fn open(state: Arc<State>) -> rusqlite::Result<Self> {
        let stored = state.setting(OFFSET)?.and_then(|ms| ms.parse().ok()).unwrap_or(0);
        let world = LocalWorld::moved_by(TimeDelta::milliseconds(stored));
        Ok(Self { world, state })
    }

    /// Everything that reads this clock.
    pub(crate) fn world(&self) -> &LocalWorld {
        &self.world
    }

    /// The present instant, as the clock was set.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.world.now()
    }

    /// Moves the clock; it runs on from there, and is there again after a restart.
    pub(crate) fn set(&self, now: DateTime<Utc>) -> rusqlite::Result<()> {
        let offset = LocalWorld::offset_at(now);
        self.state.put_setting(OFFSET, &offset.num_milliseconds().to_string())?;
        self.world.move_to_offset(offset);
        Ok(())
    }
}

/// Whether the clock may stand there: the zones are known from 1970 to 2100.
pub(crate) fn is_supported(now: DateTime<Utc>) -> bool {
    let year = chrono::Datelike::year(&now);
    (1970..2100).contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_clock_runs_on_and_is_remembered() {
        let state = Arc::new(State::in_memory().unwrap());
        let start: DateTime<Utc> = "2031-03-30T00:59:00Z".parse().unwrap();
        let clock = Clock::open(Arc::clone(&state)).unwrap();
        clock.set(start).unwrap();
        let near = |now: DateTime<Utc>| (now - start).num_milliseconds().abs() < 5_000;
        assert!(near(clock.now()) && near(clock.world().now()));

        let reopened = Clock::open(state).unwrap();
        assert!(near(reopened.now()), "{}", reopened.now());
    }
}
