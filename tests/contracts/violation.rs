//! What a contract found broken.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;

use openslot_usecases::ports::Failure;

/// What always holds. A broken one is named, so that a defect is known to be caught for the right reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invariant {
    /// A store that works answers.
    Answers,
    /// What is read is what was written.
    ReadAsWritten,
    /// A refused write leaves every item as it was.
    NothingWritten,
    /// One booking per id, for good.
    MadeOnce,
    /// A day that changed since it was read refuses the booking.
    DayVersion,
    /// So does a day that was only counted.
    DayCheck,
    /// So do settings that changed.
    Fence,
    /// A booking that changed since it was read refuses the change.
    BookingAsRead,
    /// Also if its revision and state stayed as they were.
    BookingVersion,
    /// A booking that was moved holds its new time and no other.
    OneTime,
    /// Whoever reads everything misses nothing.
    Everything,
    /// A booking stands in every UTC day it touches.
    EveryUtcDay,
    /// And with every host who takes it.
    EveryHost,
    /// Of bookings that rely on the same versions one is made.
    OneWinner,
    /// A booking owes its effects from the start.
    EffectsOwed,
    /// Every person of a booking can be found.
    GuestRows,
    /// A save that was decided on an older version is refused.
    LostUpdate,
    /// The directory lists what there is.
    Directory,
    /// Due work is found, the oldest first, however old.
    OldestFirst,
    /// Work is claimed once while lease and grace last.
    ClaimOnce,
    /// Work that is no longer owed is not claimed.
    StaleDies,
    /// Work is tried so often and not more.
    GivenUp,
    /// Work that was confirmed is not done again.
    Confirmed,
    /// Only who holds a claim settles the work.
    OnlyTheHolder,
    /// Letters take the announcement's place, once.
    SplitOnce,
    /// Work that was put off stays put off, and is not lost.
    PutOff,
    /// Set aside means off the queue and among the parked.
    SetAside,
    /// What was set aside is seen, all of it, those that came due first in front.
    ParkedSeen,
    /// What was set aside is put back whole, and once.
    PutBack,
    /// A counter counts exactly.
    CountsExactly,
    /// Every window counts anew.
    WindowsApart,
    /// One data key per number.
    OneKeyPerNumber,
    /// A login is joined to one host, for good.
    OneHostPerLogin,
}

/// A promise was not kept.
#[derive(Debug)]
pub struct Violation {
    /// Which.
    pub invariant: Invariant,
    saw: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} does not hold: {}", self.invariant, self.saw)
    }
}

impl From<Failure> for Violation {
    fn from(failure: Failure) -> Self {
        let source = failure.source().map(|source| format!("{source:?}"));
        Self { invariant: Invariant::Answers, saw: format!("{failure}: {}", source.unwrap_or_default()) }
    }
}

/// Whether a promise was kept.
pub type Kept = Result<(), Violation>;

impl Invariant {
    /// Holds if the two are the same.
    pub fn same<T: PartialEq + fmt::Debug>(self, found: &T, wanted: &T) -> Kept {
        self.holds(found == wanted, || format!("found {found:#?}, wanted {wanted:#?}"))
    }

    /// Holds if every item is as it was.
    pub fn unchanged(self, now: &BTreeMap<String, String>, before: &BTreeMap<String, String>) -> Kept {
        let differs = |key: &&String| now.get(*key) != before.get(*key);
        let changed: BTreeSet<&String> = now.keys().chain(before.keys()).filter(differs).collect();
        let change = |key: &&String| format!("{key}: {:?} was {:?}", now.get(*key), before.get(*key));
        self.holds(changed.is_empty(), || changed.iter().map(change).collect::<Vec<_>>().join("\n"))
    }

    /// Holds if `it` is so.
    pub fn holds(self, it: bool, saw: impl FnOnce() -> String) -> Kept {
        if it { Ok(()) } else { Err(self.broken(saw())) }
    }

    /// It does not hold.
    pub fn broken(self, saw: String) -> Violation {
        Violation { invariant: self, saw }
    }
}
