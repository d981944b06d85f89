//! Bookings to tell of.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::{
    Actor, Attendee, BookedHost, Booking, Did, Guest, Inviter, Source, State, Step,
};
use openslot_domain::ids::BookingId;
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Location, LocationKind};
use openslot_domain::questions::{Answer, AnswerValue};
use openslot_domain::text::{Line, Paragraphs};
use openslot_usecases::ports::{DomainEvent, DomainEventKind};

/// An instant.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A line of any length.
pub(crate) fn line(text: &str) -> Line {
    Line::new(text, usize::MAX).unwrap()
}

/// A text of any length.
pub(crate) fn paragraphs(text: &str) -> Paragraphs {
    Paragraphs::new(text, usize::MAX).unwrap()
}

/// A booking with nothing that can be left out.
pub(crate) fn bare() -> Booking {
    Booking {
        id: BookingId::from_bytes([0xb0; 16]),
        revision: 0,
        state: State::Confirmed,
        meeting_type: "intro".parse().unwrap(),
        title: line("Introduction"),
        core: Interval::lasting(at("2026-03-03T13:30:00Z"), 30).unwrap(),
        before_mins: 0,
        after_mins: 15,
        time_zone: Tz::America__New_York,
        locale: None,
        hosts: vec![BookedHost {
            id: "ada".parse().unwrap(),
            name: line("Ada Lovelace"),
            email: "ada@team.example.org".parse().unwrap(),
            time_zone: Tz::Europe__Berlin,
        }],
        attendee: Attendee {
            name: line("Grace Hopper"),
            email: "grace@example.net".parse().unwrap(),
            phone: None,
        },
        guests: Vec::new(),
        answers: Vec::new(),
        note: None,
        source: Source::default(),
        location: Location { kind: LocationKind::GoogleMeet, detail: None },
        created_at: at("2026-02-20T08:15:00.25Z"),
        reminders_mins: vec![1440],
        nonce: *b"the nonce is 16b",
        request_hash: [2; 32],
        counts_seen: Vec::new(),
        inviter: Inviter::Letters,
        history: vec![Step::booked(at("2026-02-20T08:15:00.25Z"))],
        operations: Vec::new(),
        version: 1,
    }
}

/// The same with everything that there can be.
pub(crate) fn full() -> Booking {
    Booking {
        locale: Some(line("en-US")),
        attendee: Attendee { phone: Some(line("+1 212 555 0100")), ..bare().attendee },
        guests: vec![
            Guest { email: "linus@example.net".parse().unwrap(), name: Some(line("Linus")) },
            Guest { email: "marie@example.net".parse().unwrap(), name: None },
        ],
        answers: vec![
            Answer {
                id: "topic".parse().unwrap(),
                label: line("What about?"),
                value: AnswerValue::Text(paragraphs("Compilers,\n\"and\" how")),
            },
            Answer { id: "terms".parse().unwrap(), label: line("Agreed?"), value: AnswerValue::Flag(true) },
        ],
        note: Some(paragraphs("Until then.")),
        source: Source {
            form_id: Some(line("spring")),
            page: Some(line("https://example.net/team")),
            referrer: Some(line("https://example.net/")),
            utm: vec![(line("campaign"), line("spring"))],
        },
        location: Location { kind: LocationKind::InPerson, detail: Some(line("Room 1")) },
        ..bare()
    }
}

/// The booking one step on.
pub(crate) fn stepped(booking: Booking, state: State, by: Actor, what: Did) -> Booking {
    let revision = booking.revision + 1;
    let mut history = booking.history.clone();
    history.push(Step { revision, at: at("2026-02-21T10:00:00Z"), by, what });
    Booking { revision, state, history, ..booking }
}

/// One event of every kind about a booking, each with the booking as it then stands.
pub(crate) fn events(booking: &Booking) -> Vec<DomainEvent> {
    let reason = Some(paragraphs("Something came up."));
    let from = Interval::lasting(at("2026-03-02T09:00:00Z"), 30).unwrap();
    let host = || Actor::Host("ada".parse().unwrap());
    let pending = Booking { state: State::Pending, ..booking.clone() };
    let next = |state, by, what| stepped(booking.clone(), state, by, what);
    let told = [
        (DomainEventKind::Confirmed, booking.clone()),
        (DomainEventKind::Requested, pending),
        (DomainEventKind::Rescheduled, next(State::Confirmed, Actor::Attendee, Did::Moved { from })),
        (
            DomainEventKind::Cancelled,
            next(State::Cancelled, Actor::Calendar, Did::Cancelled { reason: None }),
        ),
        (
            DomainEventKind::Cancelled,
            next(State::Cancelled, host(), Did::Cancelled { reason: reason.clone() }),
        ),
        (DomainEventKind::Declined, next(State::Declined, host(), Did::Declined { reason })),
        (DomainEventKind::Declined, next(State::Declined, Actor::Time, Did::Lapsed)),
        (DomainEventKind::Reminded { mins_before: 1440 }, booking.clone()),
    ];
    told.map(|(kind, booking)| event(kind, booking)).into()
}

/// An event about a booking as it stands.
pub(crate) fn event(kind: DomainEventKind, booking: Booking) -> DomainEvent {
    DomainEvent { kind, at: at("2026-02-21T10:00:00.125Z"), booking: Box::new(booking) }
}
