//! Replies that show a booking.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use openslot_domain::booking as domain;
use openslot_domain::questions::AnswerValue;
use serde::Serialize;
use utoipa::ToSchema;

use crate::meeting_type::{HostName, Location};
use crate::stamps::Instant;

/// A booking, as its attendee may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Booking {
    /// Never changes.
    #[schema(example = "8c0e5bd2f6a94f0b9d1e7a3c5b2f4d60")]
    pub id: String,
    /// Raised when time, host or state change.
    pub revision: u32,
    /// Where it is in its life.
    pub state: State,
    /// Of which kind.
    pub meeting_type: MeetingTypeTitle,
    /// The first instant, in the attendee's zone.
    pub start: Instant,
    /// The first instant after it, in the attendee's zone.
    pub end: Instant,
    /// The attendee's zone.
    #[schema(example = "Europe/London")]
    pub time_zone: String,
    /// Who takes it.
    pub hosts: Vec<HostName>,
    /// Who booked.
    pub attendee: Attendee,
    /// Who else comes.
    pub guests: Vec<Guest>,
    /// What was answered, by question.
    pub answers: BTreeMap<String, AnswerReply>,
    /// What the attendee added.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub note: Option<String>,
    /// Where it happens.
    pub location: Location,
    /// When it was booked, in the attendee's zone.
    pub created_at: Instant,
    /// How it came to be given up; with the state `cancelled` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cancelled: Option<Cancelled>,
}

impl Booking {
    /// What its attendee may know of a booking.
    pub fn of(booking: &domain::Booking) -> Self {
        let zone = booking.time_zone;
        let host =
            |host: &domain::BookedHost| HostName { id: host.id.to_string(), name: host.name.to_string() };
        let answer = |answer: &openslot_domain::questions::Answer| {
            (answer.id.to_string(), AnswerReply::of(&answer.value))
        };
        Self {
            id: booking.id.to_string(),
            revision: booking.revision,
            state: State::of(booking.state),
            meeting_type: MeetingTypeTitle {
                slug: booking.meeting_type.to_string(),
                title: booking.title.to_string(),
            },
            start: Instant::of(zone, booking.core.start()),
            end: Instant::of(zone, booking.core.end()),
            time_zone: zone.name().to_owned(),
            hosts: booking.hosts.iter().map(host).collect(),
            attendee: Attendee::of(&booking.attendee),
            guests: booking.guests.iter().map(Guest::of).collect(),
            answers: booking.answers.iter().map(answer).collect(),
            note: booking.note.as_ref().map(ToString::to_string),
            location: Location::of(&booking.location),
            created_at: Instant::of(zone, booking.created_at),
            cancelled: booking.cancellation().map(|cancellation| Cancelled::of(&cancellation, zone)),
        }
    }
}

/// How a booking came to be given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Cancellation)]
pub struct Cancelled {
    /// By whom.
    pub by: CancelledBy,
    /// Why, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reason: Option<String>,
    /// When, in the attendee's zone.
    pub at: Instant,
}

impl Cancelled {
    fn of(cancellation: &domain::Cancellation<'_>, zone: Tz) -> Self {
        Self {
            by: CancelledBy::of(cancellation.by),
            reason: cancellation.reason.map(ToString::to_string),
            at: Instant::of(zone, cancellation.at),
        }
    }
}

/// Who gave a booking up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    /// Whoever holds its manage link.
    Attendee,
    /// The team.
    Host,
    /// Its entry was deleted from the host's calendar.
    Calendar,
}

impl CancelledBy {
    fn of(actor: &domain::Actor) -> Self {
        match actor {
            domain::Actor::Attendee => Self::Attendee,
            // What nobody did in time the team did not do.
            domain::Actor::Host(_) | domain::Actor::Time => Self::Host,
            domain::Actor::Calendar => Self::Calendar,
        }
    }
}

/// Where a booking is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BookingState)]
pub enum State {
    /// It takes place.
    Confirmed,
    /// It waits for the host's word.
    Pending,
    /// It was given up.
    Cancelled,
    /// The host said no, or nothing in time.
    Declined,
}

impl State {
    fn of(state: domain::State) -> Self {
        match state {
            domain::State::Confirmed => Self::Confirmed,
            domain::State::Pending => Self::Pending,
            domain::State::Cancelled => Self::Cancelled,
            domain::State::Declined => Self::Declined,
        }
    }
}

/// A meeting type, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeetingTypeTitle {
    /// Its name in addresses.
    pub slug: String,
    /// As it was called when it was booked.
    pub title: String,
}

/// Who booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Attendee {
    /// As they call themselves.
    pub name: String,
    /// Where the confirmation goes.
    #[schema(format = "email")]
    pub email: String,
    /// For calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub phone: Option<String>,
}

impl Attendee {
    fn of(attendee: &domain::Attendee) -> Self {
        Self {
            name: attendee.name.to_string(),
            email: attendee.email.to_string(),
            phone: attendee.phone.as_ref().map(ToString::to_string),
        }
    }
}

/// Who else comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Guest {
    /// Where the invitation goes.
    #[schema(format = "email")]
    pub email: String,
    /// As the attendee calls them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name: Option<String>,
}

impl Guest {
    fn of(guest: &domain::Guest) -> Self {
        Self { email: guest.email.to_string(), name: guest.name.as_ref().map(ToString::to_string) }
    }
}

/// What was answered: words, or yes or no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Answer)]
pub enum AnswerReply {
    /// In words.
    Text(String),
    /// Yes or no.
    Flag(bool),
}

impl AnswerReply {
    fn of(value: &AnswerValue) -> Self {
        match value {
            AnswerValue::Text(text) => Self::Text(text.to_string()),
            AnswerValue::Flag(yes) => Self::Flag(*yes),
        }
    }
}

/// The reply to a request to book, and to every repeat of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CreatedBooking {
    /// As it now stands.
    pub booking: Booking,
    /// The attendee's own page of it. Whoever has this address can act for the attendee.
    #[schema(format = "uri")]
    pub manage_url: String,
    /// How to put it into a calendar.
    pub calendar: CalendarLinks,
}

/// Addresses that put a booking into a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CalendarLinks {
    /// A calendar file (RFC 5545).
    #[schema(format = "uri")]
    pub ics_url: String,
    /// Google Calendar, filled in.
    #[schema(format = "uri")]
    pub google_url: String,
    /// Outlook.com, filled in.
    #[schema(format = "uri")]
    pub outlook_url: String,
    /// Outlook of Microsoft 365, filled in.
    #[schema(format = "uri")]
    pub office365_url: String,
}

/// The reply to the holder of a manage link, and to every change made by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Managed {
    /// As it now stands.
    pub booking: Booking,
    /// What the holder may do with it.
    pub may: May,
    /// How to put it into a calendar, as it now stands; nothing once it does not take place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub calendar: Option<CalendarLinks>,
}

/// The reply to a host who looks after a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamBooking {
    /// As it now stands.
    pub booking: Booking,
}

/// What the holder of a manage link may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct May {
    /// Give it up.
    pub cancel: bool,
    /// Move it.
    pub reschedule: bool,
    /// Until when it can be changed, or could be, in the attendee's zone; null for a booking that is over.
    #[schema(required = true)]
    pub until: Option<Instant>,
}
