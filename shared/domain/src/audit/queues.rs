//! Whether the queues hold what a booking owes, and what has to be put into them or taken out.
//!
//! Work that was paid leaves no trace, so that work of the past can only be missed where it is known that nobody can
//! have paid it: in a table that was brought back to how it stood at one instant.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::Booking;
use crate::effects::{EffectKey, EffectKind, is_owed};

/// How long before the instant of a restore a transaction may have been under way, and come back in part.
///
/// What was paid that shortly before is paid a second time: one letter too many rather than one too few.
pub const DOUBT: TimeDelta = TimeDelta::minutes(5);

/// When somebody looks at the queues, and what is known of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// When; not before the queues were read.
    pub now: DateTime<Utc>,
    /// The table was brought back to how it stood then, and nothing has run on it since.
    pub restored_to: Option<DateTime<Utc>>,
}

/// What has to happen to the queues.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amends {
    /// Work that is owed and stands nowhere.
    pub owe: BTreeSet<EffectKey>,
    /// Parts of work that stand beside the whole of it, which will come apart again.
    pub drop: BTreeSet<EffectKey>,
}

/// Compares what a booking owes with the work for it that is queued or parked.
///
/// Booking and queues need not be of one moment: work for another revision is left alone, and a timer to come is
/// never paid. Claims nothing of work that was due by then, unless the table was restored.
pub fn amends(booking: &Booking, queued: &BTreeSet<EffectKey>, look: Look) -> Amends {
    let mut amends = Amends::default();
    for whole in booking.owes().into_iter().filter(|key| is_owed(key, booking, look.now)) {
        let is_part = |key: &&EffectKey| key.revision == whole.revision && key.kind.is_part_of(&whole.kind);
        let parts: BTreeSet<&EffectKey> = queued.iter().filter(is_part).collect();
        if queued.contains(&whole) {
            let apart = parts.into_iter().filter(|_| look.restored_to.is_some());
            amends.drop.extend(apart.cloned());
        } else if let Some(part) = parts.first() {
            let lost = look.may_have_lost(part.due);
            amends.owe.extend(missing(&whole, part.due, &parts, booking).filter(|_| lost));
        } else if look.misses(&whole) {
            amends.owe.insert(whole);
        }
    }
    amends
}

impl Look {
    /// Whether work that stands nowhere cannot have been paid. A lapse is paid by declining the booking.
    fn misses(&self, key: &EffectKey) -> bool {
        key.due > self.now || key.kind == EffectKind::Lapse || self.may_have_lost(key.due)
    }

    /// Whether work of that time may be missing because a transaction came back in part.
    fn may_have_lost(&self, due: DateTime<Utc>) -> bool {
        self.restored_to.is_some_and(|at| due >= at - DOUBT)
    }
}

/// The parts of work that came apart at `due`, but for those that still stand.
fn missing(
    whole: &EffectKey,
    due: DateTime<Utc>,
    standing: &BTreeSet<&EffectKey>,
    booking: &Booking,
) -> impl Iterator<Item = EffectKey> {
    let stands = |kind: &EffectKind| standing.iter().any(|key| key.kind == *kind);
    let kinds: Vec<EffectKind> = whole.kind.parts(booking).into_iter().filter(|kind| !stands(kind)).collect();
    let whole = whole.clone();
    kinds.into_iter().map(move |kind| EffectKey { due, kind, ..whole.clone() })
}

#[cfg(test)]
mod tests;
