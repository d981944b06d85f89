//! What may become of a booking, and the letter about each.

use openslot_domain::booking::{Actor, Booking, Did, Source, State, Step};
use openslot_domain::effects::Recipient;
use openslot_domain::interval::Interval;
use openslot_domain::text::Paragraphs;
use openslot_letters::{Letter, reminder};

use crate::world::{at, booking, letter, links, paragraphs, site};

/// A booking that something has become of, and what its letter is about.
#[derive(Clone, Debug)]
pub(crate) struct Life {
    pub(crate) name: &'static str,
    pub(crate) booking: Booking,
    is_reminder: bool,
}

impl Life {
    fn of(name: &'static str, booking: Booking) -> Self {
        Self { name, booking, is_reminder: false }
    }

    /// The letter about it.
    pub(crate) fn letter(&self, recipient: &Recipient) -> Letter {
        if self.is_reminder {
            return reminder(&self.booking, recipient, &links(&self.booking), &site());
        }
        letter(&self.booking, recipient)
    }

    /// The same of another booking.
    pub(crate) fn with(&self, booking: Booking) -> Self {
        Self { booking, ..self.clone() }
    }

    /// Whether the meeting takes place.
    pub(crate) fn is_certain(&self) -> bool {
        self.booking.state == State::Confirmed
    }

    /// Whether it does not take place.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self.booking.state, State::Cancelled | State::Declined)
    }
}

/// Everything that a letter can be about, by everybody who can bring it about.
pub(crate) fn lives(booking: &Booking, reason: Option<&Paragraphs>) -> Vec<Life> {
    let told = |name, booking| Life::of(name, booking);
    let (ada, attendee) = (by_ada, || Actor::Attendee);
    vec![
        told("requested", requested(booking)),
        told("booked", booking.clone()),
        told("approved", approved(booking)),
        told("moved-by-attendee", moved(booking, attendee())),
        told("moved-by-host", moved(booking, ada())),
        told("moved-in-calendar", moved(booking, Actor::Calendar)),
        told("request-moved-by-attendee", moved(&requested(booking), attendee())),
        told("request-moved-by-host", moved(&requested(booking), ada())),
        told("cancelled-by-attendee", cancelled(booking, attendee(), reason)),
        told("cancelled-by-host", cancelled(booking, ada(), reason)),
        told("cancelled-in-calendar", cancelled(booking, Actor::Calendar, None)),
        told("declined", declined(booking, ada(), reason)),
        told("lapsed", lapsed(booking)),
        reminded(booking),
    ]
}

/// The booking about which a reminder is written.
pub(crate) fn reminded(booking: &Booking) -> Life {
    Life { is_reminder: true, ..Life::of("reminder", booking.clone()) }
}

/// The host Ada, or an admin in her place.
pub(crate) fn by_ada() -> Actor {
    Actor::Host("ada".parse().unwrap())
}

/// A booking with one guest and little said, so that a letter about it can be read at a glance.
pub(crate) fn brief() -> Booking {
    let mut booking = booking();
    booking.guests.remove(0);
    booking.answers.clear();
    booking.note = Some(paragraphs("I may be five minutes late."));
    booking.source = Source::default();
    booking
}

/// A reason of two lines.
pub(crate) fn reason() -> Paragraphs {
    paragraphs("I have caught a cold.\nSorry!")
}

/// It waits for the host's word.
pub(crate) fn requested(booking: &Booking) -> Booking {
    Booking { state: State::Pending, ..booking.clone() }
}

/// It waited, and the host said yes.
pub(crate) fn approved(booking: &Booking) -> Booking {
    stepped(&requested(booking), State::Confirmed, by_ada(), Did::Approved)
}

/// It was to take place an hour and a week before it now does.
pub(crate) fn moved(booking: &Booking, by: Actor) -> Booking {
    let week = chrono::TimeDelta::minutes(7 * 24 * 60 + 60);
    let from = Interval::new(booking.core.start() - week, booking.core.end() - week).unwrap();
    stepped(booking, booking.state, by, Did::Moved { from })
}

/// It was given up.
pub(crate) fn cancelled(booking: &Booking, by: Actor, reason: Option<&Paragraphs>) -> Booking {
    stepped(booking, State::Cancelled, by, Did::Cancelled { reason: reason.cloned() })
}

/// It waited, and the host said no.
pub(crate) fn declined(booking: &Booking, by: Actor, reason: Option<&Paragraphs>) -> Booking {
    stepped(&requested(booking), State::Declined, by, Did::Declined { reason: reason.cloned() })
}

/// It waited for nothing.
pub(crate) fn lapsed(booking: &Booking) -> Booking {
    stepped(&requested(booking), State::Declined, Actor::Time, Did::Lapsed)
}

fn stepped(booking: &Booking, state: State, by: Actor, what: Did) -> Booking {
    let mut next = booking.clone();
    (next.state, next.revision) = (state, booking.revision + 1);
    next.history.push(Step { revision: next.revision, at: at("2026-02-20T08:15:20Z"), by, what });
    next
}
