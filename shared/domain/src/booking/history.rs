//! What became of a booking, step by step, and which requests did it.

use chrono::{DateTime, Utc};

use super::{Booking, State};
use crate::ids::HostId;
use crate::interval::Interval;
use crate::text::Paragraphs;

/// How many steps a booking remembers.
pub const HISTORY_MAX: usize = 32;
/// How many requests to change it a booking remembers.
pub const OPERATIONS_MAX: usize = 8;

/// One thing that was done to a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The revision that the booking had from then on.
    pub revision: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Actor,
    /// What.
    pub what: Did,
}

impl Step {
    /// How every booking begins.
    pub fn booked(at: DateTime<Utc>) -> Self {
        Self { revision: 0, at, by: Actor::Attendee, what: Did::Booked }
    }
}

/// Who did something to a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Whoever holds its manage link.
    Attendee,
    /// A host, or an admin in a host's place.
    Host(HostId),
    /// The entry in the host's calendar was moved or deleted there.
    Calendar,
    /// Nobody: its time came.
    Time,
}

/// What was done to a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Did {
    /// It was made.
    Booked,
    /// The host said yes.
    Approved,
    /// The host said no.
    Declined {
        /// In the host's words.
        reason: Option<Paragraphs>,
    },
    /// The host said nothing in time.
    Lapsed,
    /// It takes place at another time.
    Moved {
        /// When it was to take place before.
        from: Interval,
    },
    /// It was given up.
    Cancelled {
        /// In the words of whoever did it.
        reason: Option<Paragraphs>,
    },
    /// Its manage link was replaced; all earlier ones are void. The revision stays.
    LinkRenewed,
}

impl Did {
    /// Whether time, host or state changed.
    pub fn moves_revision(&self) -> bool {
        match self {
            Self::Booked
            | Self::Approved
            | Self::Declined { .. }
            | Self::Lapsed
            | Self::Moved { .. }
            | Self::Cancelled { .. } => true,
            Self::LinkRenewed => false,
        }
    }
}

/// What there is to tell about a booking at its revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// It waits for the host's word.
    Requested,
    /// It takes place: it was booked so, or approved.
    Confirmed,
    /// It was moved. It takes place, or still waits for the host's word: its state says which.
    Moved {
        /// When it was to take place before.
        from: Interval,
    },
    /// It was given up.
    Cancelled,
    /// The host said no, or nothing in time.
    Declined,
}

/// How a booking came to be given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancellation<'a> {
    /// By whom.
    pub by: &'a Actor,
    /// Why, in their words.
    pub reason: Option<&'a Paragraphs>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Booking {
    /// The step that made this revision.
    pub fn last_step(&self) -> &Step {
        self.moving_steps().next_back().expect("every booking was booked")
    }

    /// What there is to tell about it at its revision. Follows from the booking alone, so that whoever pays owed
    /// work needs no note of what it was about.
    pub fn topic(&self) -> Topic {
        match (&self.last_step().what, self.state) {
            (_, State::Cancelled) => Topic::Cancelled,
            (_, State::Declined) => Topic::Declined,
            (Did::Moved { from }, State::Confirmed | State::Pending) => Topic::Moved { from: *from },
            (_, State::Pending) => Topic::Requested,
            (_, State::Confirmed) => Topic::Confirmed,
        }
    }

    /// How it came to be given up; `None` unless it was cancelled.
    pub fn cancellation(&self) -> Option<Cancellation<'_>> {
        let cancelled = |step: &'_ Step| matches!(step.what, Did::Cancelled { .. });
        let step = self.history.iter().rev().find(|step| cancelled(step))?;
        match &step.what {
            Did::Cancelled { reason } => {
                Some(Cancellation { by: &step.by, reason: reason.as_ref(), at: step.at })
            }
            Did::Booked
            | Did::Approved
            | Did::Declined { .. }
            | Did::Lapsed
            | Did::Moved { .. }
            | Did::LinkRenewed => None,
        }
    }

    fn moving_steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.history.iter().filter(|step| step.what.moves_revision())
    }

    /// Appends a step. When the history is full, the oldest goes that is neither the first nor the one that made
    /// this revision.
    pub(super) fn note(&mut self, step: Step) {
        assert!(step.revision == self.revision, "a step is noted with the revision it leads to");
        self.history.push(step);
        if self.history.len() > HISTORY_MAX {
            let moves = |step: &Step| step.what.moves_revision();
            let kept = self.history.iter().rposition(moves);
            let oldest = (1..self.history.len()).find(|place| Some(*place) != kept);
            self.history.remove(oldest.expect("a full history has more than two steps"));
        }
    }

    /// Remembers a request that was carried out; the oldest is forgotten when there are too many.
    pub(super) fn remember(&mut self, operation: OperationKey) {
        self.operations.push(operation);
        let too_many = self.operations.len().saturating_sub(OPERATIONS_MAX);
        self.operations.drain(..too_many);
    }

    /// What is known of a request to change it.
    pub fn recall(&self, operation: &OperationKey) -> Recall {
        if self.operations.contains(operation) {
            Recall::Repeat
        } else if self.operations.iter().any(|known| known.has_key_of(operation)) {
            Recall::KeyReused
        } else {
            Recall::New
        }
    }
}

/// What a booking knows of a request to change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recall {
    /// It has not been carried out, or so long ago that it was forgotten.
    New,
    /// It was carried out: the booking is the answer.
    Repeat,
    /// Another request was carried out under its key.
    KeyReused,
}

/// How a booking remembers a request to change it: 8 bytes of a digest of its `Idempotency-Key`, then 8 bytes of
/// one of the whole request, key included.
///
/// Only the last few requests for one booking are compared, and only its holder can make any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperationKey([u8; 16]);

impl OperationKey {
    /// Made of a digest of the key and a digest of the whole request.
    pub fn of(key: &[u8; 32], request: &[u8; 32]) -> Self {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&key[..8]);
        bytes[8..].copy_from_slice(&request[..8]);
        Self(bytes)
    }

    /// As stored.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// As stored.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    fn has_key_of(&self, other: &Self) -> bool {
        self.0[..8] == other.0[..8]
    }
}
