//! What others are told of bookings.

use std::fmt;
use std::future::Future;

use chrono::{DateTime, Utc};
use openslot_domain::booking::Booking;
use openslot_domain::ids::BookingId;

use super::Failure;

/// Something that happened to a booking, for the programs of whoever runs this installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainEvent {
    /// What happened.
    pub kind: DomainEventKind,
    /// When it came to be owed.
    pub at: DateTime<Utc>,
    /// The booking as it stands at the revision that this is about.
    pub booking: Box<Booking>,
}

impl DomainEvent {
    /// Tells this event from every other, and is the same however often it is published.
    pub fn id(&self) -> DomainEventId {
        let reminder = match self.kind {
            DomainEventKind::Reminded { mins_before } => Some(mins_before),
            DomainEventKind::Confirmed
            | DomainEventKind::Requested
            | DomainEventKind::Rescheduled
            | DomainEventKind::Cancelled
            | DomainEventKind::Declined => None,
        };
        DomainEventId { booking: self.booking.id, revision: self.booking.revision, reminder }
    }
}

/// What can happen to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DomainEventKind {
    /// It takes place.
    Confirmed,
    /// It was asked for, and waits for the host's word.
    Requested,
    /// It takes place at another time, or with another host.
    Rescheduled,
    /// It was given up.
    Cancelled,
    /// The host said no, or nothing in time.
    Declined,
    /// Those who come were reminded.
    Reminded {
        /// How long before the start, in minutes.
        mins_before: u32,
    },
}

impl DomainEventKind {
    /// The kind as listeners know it. Never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "booking.confirmed",
            Self::Requested => "booking.requested",
            Self::Rescheduled => "booking.rescheduled",
            Self::Cancelled => "booking.cancelled",
            Self::Declined => "booking.declined",
            Self::Reminded { .. } => "booking.reminded",
        }
    }
}

/// `<booking>#<revision>`, and for a reminder `<booking>#<revision>#remind-<minutes before>`. Never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DomainEventId {
    booking: BookingId,
    revision: u32,
    reminder: Option<u32>,
}

impl fmt::Display for DomainEventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.booking, self.revision)?;
        self.reminder.map_or(Ok(()), |mins_before| write!(f, "#remind-{mins_before}"))
    }
}

/// Tells the programs of whoever runs this installation.
pub trait PublishEvent {
    /// Hands the event to everybody who listens. Safe to repeat: listeners know it by its id, and may hear it more
    /// than once. After a [`Failure`] that may pass it may have been published all the same.
    fn publish_event(&self, event: &DomainEvent) -> impl Future<Output = Result<(), Failure>> + Send;
}
