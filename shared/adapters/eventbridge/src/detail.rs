//! What an event says, as JSON. `booking-event.schema.json` says the same to programs that listen, and tests hold
//! the one to the other.
//!
//! Members are added, never changed or taken away; listeners pass over what they do not know.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use openslot_domain::booking::{Actor, Booking, Did, Source, State, Step, Topic};
use openslot_domain::meeting_type::LocationKind;
use openslot_domain::questions::AnswerValue;
use openslot_domain::text::{Line, Paragraphs};
use openslot_usecases::ports::{DomainEvent, DomainEventKind};
use serde::Serialize;

/// Raised when a listener written for the old shape would misread the new one.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Detail {
    version: u32,
    id: String,
    kind: &'static str,
    at: String,
    booking: Told,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<Previous>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reminder: Option<Reminder>,
}

/// When a booking that was moved was to take place before.
#[derive(Serialize)]
struct Previous {
    start: String,
    end: String,
}

#[derive(Serialize)]
struct Reminder {
    minutes_before: u32,
}

/// A booking as listeners may know it: what its attendee sees, and where it came from. Nothing that opens it.
#[derive(Serialize)]
struct Told {
    id: String,
    revision: u32,
    state: &'static str,
    meeting_type: Titled,
    start: String,
    end: String,
    time_zone: &'static str,
    hosts: Vec<Named>,
    attendee: Person,
    guests: Vec<Comer>,
    answers: BTreeMap<String, Answered>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    location: Place,
    source: Origin,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cancelled: Option<Ended>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declined: Option<Ended>,
}

/// How it came to be over.
#[derive(Serialize)]
struct Ended {
    by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    at: String,
}

#[derive(Serialize)]
struct Titled {
    slug: String,
    title: String,
}

#[derive(Serialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct Person {
    name: String,
    email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

#[derive(Serialize)]
struct Comer {
    email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answered {
    Text(String),
    Flag(bool),
}

#[derive(Serialize)]
struct Place {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

#[derive(Serialize)]
struct Origin {
    #[serde(skip_serializing_if = "Option::is_none")]
    form_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    referrer: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    utm: BTreeMap<String, String>,
}

/// The `Detail` of an event.
pub(crate) fn json(event: &DomainEvent) -> String {
    let detail = Detail {
        version: VERSION,
        id: event.id().to_string(),
        kind: event.kind.name(),
        at: instant(event.at),
        booking: told(&event.booking),
        previous: previous(event),
        reminder: reminder(event.kind),
    };
    serde_json::to_string(&detail).expect("an event is plain data")
}

fn previous(event: &DomainEvent) -> Option<Previous> {
    match (event.kind, event.booking.topic()) {
        (DomainEventKind::Rescheduled, Topic::Moved { from }) => {
            Some(Previous { start: instant(from.start()), end: instant(from.end()) })
        }
        (
            DomainEventKind::Confirmed
            | DomainEventKind::Requested
            | DomainEventKind::Rescheduled
            | DomainEventKind::Cancelled
            | DomainEventKind::Declined
            | DomainEventKind::Reminded { .. },
            _,
        ) => None,
    }
}

fn reminder(kind: DomainEventKind) -> Option<Reminder> {
    match kind {
        DomainEventKind::Reminded { mins_before } => Some(Reminder { minutes_before: mins_before }),
        DomainEventKind::Confirmed
        | DomainEventKind::Requested
        | DomainEventKind::Rescheduled
        | DomainEventKind::Cancelled
        | DomainEventKind::Declined => None,
    }
}

fn told(booking: &Booking) -> Told {
    let guests = booking.guests.iter();
    let answers = booking.answers.iter();
    Told {
        id: booking.id.to_string(),
        revision: booking.revision,
        state: state(booking.state),
        meeting_type: Titled { slug: booking.meeting_type.to_string(), title: booking.title.to_string() },
        start: instant(booking.core.start()),
        end: instant(booking.core.end()),
        time_zone: booking.time_zone.name(),
        hosts: booking
            .hosts
            .iter()
            .map(|host| Named { id: host.id.to_string(), name: host.name.to_string() })
            .collect(),
        attendee: Person {
            name: booking.attendee.name.to_string(),
            email: booking.attendee.email.to_string(),
            phone: text(booking.attendee.phone.as_ref()),
        },
        guests: guests
            .map(|guest| Comer { email: guest.email.to_string(), name: text(guest.name.as_ref()) })
            .collect(),
        answers: answers.map(|answer| (answer.id.to_string(), answered(&answer.value))).collect(),
        note: booking.note.as_ref().map(ToString::to_string),
        location: Place {
            kind: location(booking.location.kind),
            detail: text(booking.location.detail.as_ref()),
        },
        source: origin(&booking.source),
        created_at: instant(booking.created_at),
        cancelled: booking
            .cancellation()
            .map(|cancelled| ended(cancelled.by, cancelled.reason, cancelled.at)),
        declined: declined(booking.last_step()),
    }
}

fn declined(step: &Step) -> Option<Ended> {
    match &step.what {
        Did::Declined { reason } => Some(ended(&step.by, reason.as_ref(), step.at)),
        Did::Lapsed => Some(ended(&step.by, None, step.at)),
        Did::Booked | Did::Approved | Did::Moved { .. } | Did::Cancelled { .. } | Did::LinkRenewed => None,
    }
}

fn ended(by: &Actor, reason: Option<&Paragraphs>, at: DateTime<Utc>) -> Ended {
    Ended { by: actor(by), reason: reason.map(ToString::to_string), at: instant(at) }
}

fn actor(actor: &Actor) -> &'static str {
    match actor {
        Actor::Attendee => "attendee",
        Actor::Host(_) => "host",
        Actor::Calendar => "calendar",
        Actor::Time => "time",
    }
}

fn origin(source: &Source) -> Origin {
    Origin {
        form_id: text(source.form_id.as_ref()),
        page: text(source.page.as_ref()),
        referrer: text(source.referrer.as_ref()),
        utm: source.utm.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
    }
}

fn answered(value: &AnswerValue) -> Answered {
    match value {
        AnswerValue::Text(text) => Answered::Text(text.to_string()),
        AnswerValue::Flag(yes) => Answered::Flag(*yes),
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Confirmed => "confirmed",
        State::Pending => "pending",
        State::Cancelled => "cancelled",
        State::Declined => "declined",
    }
}

fn location(kind: LocationKind) -> &'static str {
    match kind {
        LocationKind::GoogleMeet => "google_meet",
        LocationKind::Teams => "teams",
        LocationKind::Phone => "phone",
        LocationKind::InPerson => "in_person",
        LocationKind::Link => "link",
        LocationKind::ToBeAgreed => "to_be_agreed",
    }
}

fn text(line: Option<&Line>) -> Option<String> {
    line.map(ToString::to_string)
}

/// In UTC: a listener compares instants, and the attendee's zone stands beside them.
fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
