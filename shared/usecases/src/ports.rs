//! What use-cases ask of the world, one small trait per verb.
//!
//! Absence is `Option`, losing a race is an outcome, only breakage is a [`Failure`]. Everything here may be
//! dropped at any await: whatever a port wrote before stays written, whatever it did not stays undone.

mod audit;
mod bookings;
mod effects;
mod erasures;
mod events;
mod hosts;
mod keys;
mod letters;
mod limits;
mod logins;
mod meeting_types;
mod time;

pub use audit::{
    DropGuest, EveryBooking, EveryEffect, EveryGuest, EverySettings, ListHosts, MendDay, MendSettings, Named,
    OweEffect, PutGuest, ReadDays, Settings,
};
pub use bookings::{ChangeBooking, Commit, CommitBooking, FindBooking};
pub use effects::{
    AcknowledgeLetter, Claim, ClaimEffect, DropEffect, DueEffects, ListParked, ParkEffect, ParkedEffect,
    PayEffect, PostponeEffect, ReplayParked, Replayed, SplitEffect,
};
pub use erasures::{EveryErasure, FindGuest, PutErasure};
pub use events::{DomainEvent, DomainEventId, DomainEventKind, PublishEvent};
pub use hosts::{Consistency, ReadHost, SaveHost, Saved};
pub use keys::{KeyPurpose, NewDataKey, PutWrappedKey, UnwrapDataKey, WrappedKey, WrappedKeys};
pub use letters::{Outgoing, SendLetter, SentLetter};
pub use limits::{Counted, CounterKey, GiveBackQuota, TakeQuota};
pub use logins::{FindLogin, PutLogin};
pub use meeting_types::{FindMeetingType, ListMeetingTypes, SaveMeetingType};
pub use time::{Clock, Entropy, Pause};

use std::error::Error;
use std::fmt;

/// The world broke: a call timed out, was throttled, or came back in a way nobody expected.
///
/// Whether the call took effect is unknown. Its text is for the log, never for a guest.
#[derive(Debug)]
pub struct Failure {
    /// Whether the same call may succeed later.
    pub retry: Retry,
    source: Box<dyn Error + Send + Sync>,
}

/// Whether a failed call is worth repeating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It may pass: a timeout, a throttle, a broken connection.
    Later,
    /// It will not: the request itself is at fault.
    Never,
}

impl Failure {
    /// A failure that may pass.
    pub fn later(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { retry: Retry::Later, source: source.into() }
    }

    /// A failure that stays.
    pub fn never(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { retry: Retry::Never, source: source.into() }
    }

    /// What broke, in the adapter's own words and without what the outside service said: services name people.
    pub fn cause(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.source
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.retry {
            Retry::Later => f.write_str("a call failed and may pass later"),
            Retry::Never => f.write_str("a call failed for good"),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
