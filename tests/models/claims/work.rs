//! Owed work, its booking, and what may be done with it.

use super::{ATTEMPTS_MAX, Defect, GRACE, LEASE};

/// Which piece of work. The oldest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub due: u8,
    pub revision: u8,
    pub kind: Kind,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// To be replaced by a letter.
    News,
    Letter,
    /// To be replaced by a reminder.
    Remind,
    Reminder,
}

impl Kind {
    /// Whether it is about the booking itself.
    pub fn is_news(self) -> bool {
        match self {
            Self::News | Self::Letter => true,
            Self::Remind | Self::Reminder => false,
        }
    }

    /// The letter a bundle comes to; `None` for a letter.
    pub fn part(self) -> Option<Self> {
        match self {
            Self::News => Some(Self::Letter),
            Self::Remind => Some(Self::Reminder),
            Self::Letter | Self::Reminder => None,
        }
    }
}

/// A piece of owed work as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Work {
    pub not_before: u8,
    pub lease: Option<u8>,
    pub attempts: u8,
    pub ack: bool,
}

/// What may be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    Ready,
    NotYet,
    Paid,
    GiveUp,
}

impl Work {
    pub fn owed(due: u8) -> Self {
        Self { not_before: due, lease: None, attempts: 0, ack: false }
    }

    /// As it is when claimed at `now`.
    pub fn claimed(self, now: u8) -> Self {
        Self { lease: Some(now + LEASE), attempts: self.attempts + 1, ..self }
    }

    pub fn readiness(self, now: u8, defect: Defect) -> Readiness {
        let grace = if defect == Defect::BlindResend { 0 } else { GRACE };
        if self.ack && defect != Defect::AckIgnored {
            Readiness::Paid
        } else if now < self.not_before || self.lease.is_some_and(|until| now < until + grace) {
            Readiness::NotYet
        } else if self.attempts >= ATTEMPTS_MAX {
            Readiness::GiveUp
        } else {
            Readiness::Ready
        }
    }

    /// When to try again.
    pub fn retry_at(self, now: u8, defect: Defect) -> u8 {
        let wait = if defect == Defect::RetryAtOnce { 0 } else { (LEASE + GRACE) * self.attempts };
        now + wait
    }

    /// Whether the claim under which it looked like `claimed` still holds.
    pub fn is_held_as(self, claimed: Self) -> bool {
        self.lease == claimed.lease && self.attempts == claimed.attempts
    }
}

/// As much of a booking as its work depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Booking {
    pub revision: u8,
    pub is_confirmed: bool,
    /// When the meeting begins.
    pub begins: u8,
}

impl Booking {
    /// Whether it still owes this work at `now`.
    pub fn owes(self, key: Key, now: u8) -> bool {
        let is_live = match key.kind {
            Kind::News | Kind::Letter => true,
            Kind::Remind | Kind::Reminder => self.is_confirmed && now < self.begins,
        };
        is_live && self.revision == key.revision
    }
}
