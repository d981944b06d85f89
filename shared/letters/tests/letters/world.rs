//! A booking to write about.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::{Attendee, BookedHost, Booking, Guest, Inviter, Source, State, Step};
use openslot_domain::effects::Recipient;
use openslot_domain::ids::BookingId;
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Location, LocationKind};
use openslot_domain::questions::{Answer, AnswerValue};
use openslot_domain::text::{Line, Paragraphs};
use openslot_letters::{Letter, Links, Site};

/// A line of any length.
pub(crate) fn line(text: &str) -> Line {
    Line::new(text, 5000).unwrap()
}

/// A text of any length.
pub(crate) fn paragraphs(text: &str) -> Paragraphs {
    Paragraphs::new(text, 5000).unwrap()
}

/// An instant.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// When every letter here is written.
pub(crate) fn now() -> DateTime<Utc> {
    at("2026-02-20T08:15:30Z")
}

/// The installation.
pub(crate) fn site() -> Site {
    Site {
        base_url: "https://meet.example.org".to_owned(),
        sender: "bookings@example.org".parse().unwrap(),
        sender_name: line("Example & Co."),
    }
}

/// The links of a booking.
pub(crate) fn links(booking: &Booking) -> Links {
    Links {
        manage: format!("https://meet.example.org/manage/#{}.bWFj", booking.id),
        ics: format!("https://meet.example.org/v1/bookings/{}/calendar.ics?k=bWFj", booking.id),
    }
}

/// A host in Berlin.
pub(crate) fn ada() -> BookedHost {
    BookedHost {
        id: "ada".parse().unwrap(),
        name: line("Ada Lovelace"),
        email: "ada@example.org".parse().unwrap(),
        time_zone: Tz::Europe__Berlin,
    }
}

/// A host in Tokyo.
pub(crate) fn bob() -> BookedHost {
    BookedHost {
        id: "bob".parse().unwrap(),
        name: line("Bob Kahn"),
        email: "bob@example.org".parse().unwrap(),
        time_zone: Tz::Asia__Tokyo,
    }
}

/// Half an hour on Google Meet, booked from New York, with two guests and three answers.
pub(crate) fn booking() -> Booking {
    Booking {
        id: BookingId::from_bytes([0xb0; 16]),
        revision: 0,
        state: State::Confirmed,
        meeting_type: "intro".parse().unwrap(),
        title: line("Introduction"),
        core: Interval::lasting(at("2026-03-03T13:30:00Z"), 30).unwrap(),
        before_mins: 0,
        after_mins: 0,
        time_zone: Tz::America__New_York,
        locale: None,
        hosts: vec![ada()],
        attendee: Attendee {
            name: line("Grace Hopper"),
            email: "grace@example.net".parse().unwrap(),
            phone: Some(line("+1 212 555 0100")),
        },
        guests: vec![
            Guest { email: "linus@example.net".parse().unwrap(), name: Some(line("Linus Pauling")) },
            Guest { email: "marie@example.net".parse().unwrap(), name: None },
        ],
        answers: vec![
            answer("topic", "What would you like to talk about?", "Compilers,\nand how to teach them"),
            answer("site", "Your website", "https://grace.example.net/about"),
            Answer {
                id: "terms".parse().unwrap(),
                label: line("I have read the house rules"),
                value: AnswerValue::Flag(true),
            },
        ],
        note: Some(paragraphs("I may be five minutes late.\n\nSee you then!")),
        source: Source {
            form_id: Some(line("spring")),
            page: Some(line("https://example.net/team")),
            referrer: None,
            utm: vec![(line("utm_campaign"), line("spring"))],
        },
        location: Location { kind: LocationKind::GoogleMeet, detail: None },
        created_at: at("2026-02-20T08:15:00Z"),
        reminders_mins: vec![1440],
        nonce: [1; 16],
        request_hash: [2; 32],
        counts_seen: Vec::new(),
        inviter: Inviter::Letters,
        history: vec![Step::booked(at("2026-02-20T08:15:00Z"))],
        operations: Vec::new(),
        version: 1,
    }
}

/// An answer in words.
pub(crate) fn answer(id: &str, label: &str, text: &str) -> Answer {
    Answer { id: id.parse().unwrap(), label: line(label), value: AnswerValue::Text(paragraphs(text)) }
}

/// The host called Ada, as a recipient.
pub(crate) fn to_ada() -> Recipient {
    Recipient::Host("ada".parse().unwrap())
}

/// The letter to a recipient.
pub(crate) fn letter(booking: &Booking, recipient: &Recipient) -> Letter {
    openslot_letters::letter(booking, recipient, &links(booking), &site(), now())
}

/// Everybody a booking writes to.
pub(crate) fn recipients(booking: &Booking) -> Vec<Recipient> {
    openslot_domain::effects::letters(booking)
}
