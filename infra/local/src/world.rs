//! Time and chance on this machine, with a clock that can be moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use openslot_edge::SystemWorld;
use openslot_usecases::ports::{Clock, Entropy, Pause};

/// The machine's own clock and chance, the clock moved by an offset that all clones share.
#[derive(Clone, Debug, Default)]
pub struct LocalWorld {
    offset_ms: Arc<AtomicI64>,
}

impl LocalWorld {
    /// A world whose clock is `offset` ahead of the machine's.
    pub(crate) fn moved_by(offset: TimeDelta) -> Self {
        let world = Self::default();
        world.move_to_offset(offset);
        world
    }

    /// How far ahead of the machine's clock `now` would be.
    pub(crate) fn offset_at(now: DateTime<Utc>) -> TimeDelta {
        now.trunc_subsecs(3) - SystemWorld.now()
    }

    /// Moves the clock for everybody who shares it.
    pub(crate) fn move_to_offset(&self, offset: TimeDelta) {
        self.offset_ms.store(offset.num_milliseconds(), Ordering::SeqCst);
    }

    /// Random bytes as hexadecimal digits, two for each.
    pub(crate) fn hex<const BYTES: usize>(&self) -> String {
        let mut bytes = [0; BYTES];
        self.fill(&mut bytes);
        bytes
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .filter_map(|digit| char::from_digit(digit.into(), 16))
            .collect()
    }
}

impl Clock for LocalWorld {
    fn now(&self) -> DateTime<Utc> {
        SystemWorld.now() + TimeDelta::milliseconds(self.offset_ms.load(Ordering::SeqCst))
    }
}

impl Pause for LocalWorld {
    async fn pause(&self, duration: Duration) {
        SystemWorld.pause(duration).await;
    }
}

impl Entropy for LocalWorld {
    fn fill(&self, bytes: &mut [u8]) {
        SystemWorld.fill(bytes);
    }
}
