use super::*;
use crate::booking::change::{Deed, cancel};
use crate::booking::tests::{at, booking, host, meeting_type, now};
use crate::booking::{Actor, BookedHost};
use crate::meeting_type::Mode;
use crate::text::Paragraphs;

const START: &str = "2026-11-25T09:00:00Z";

/// With a canary wherever somebody can say something.
fn told() -> Booking {
    let line = |text: &str| Line::new(text, 80).unwrap();
    let booking = booking(&meeting_type(Mode::Single, &["ann"]), &[&host("ann")], START);
    let ada: EmailAddress = "canary@example.com".parse().unwrap();
    let grace: EmailAddress = "guest@example.com".parse().unwrap();
    let hosts: Vec<BookedHost> = booking.hosts.clone();
    Booking {
        attendee: Attendee { name: line("Canary"), email: ada, phone: Some(line("+1 555 0100")) },
        guests: vec![Guest { email: grace, name: Some(line("Guest Canary")) }],
        note: Some(Paragraphs::new("a canary", 80).unwrap()),
        locale: Some(line("de-canary")),
        source: Source { page: Some(line("https://canary.example")), ..Source::default() },
        hosts,
        ..booking
    }
}

fn cancelled() -> Booking {
    let reason = Paragraphs::new("my canary died", 80).ok();
    let deed = Deed { by: Actor::Attendee, at: now(), operation: None };
    cancel(&told(), &[], reason, deed).booking
}

fn erased(of: &Booking, email: &str, at_time: &str) -> Result<Option<Booking>, NotYet> {
    let email: EmailAddress = email.parse().unwrap();
    erase(of, |known| *known == email, [7; 16], at(at_time)).map(|plan| plan.map(|plan| plan.booking))
}

#[test]
fn nothing_that_an_attendee_said_is_left() {
    let over = cancelled();
    let left = erased(&over, "canary@example.com", "2026-11-24T09:00:00Z").unwrap().unwrap();
    let text = format!("{left:?}");
    let rest = text.replace("Guest Canary", "");
    assert!(!rest.to_lowercase().contains("canary"), "{rest}");
    assert_eq!((left.core, left.state, left.revision), (over.core, over.state, over.revision));
    assert_eq!((left.version, left.nonce, left.request_hash), (over.version + 1, [7; 16], [0; 32]));
    assert_eq!(left.guests, over.guests, "a guest is somebody else");
    assert_eq!(left.history.len(), over.history.len(), "what was done stays");
}

#[test]
fn a_guest_takes_their_own_part_along() {
    let over = cancelled();
    let left = erased(&over, "guest@example.com", "2026-11-24T09:00:00Z").unwrap().unwrap();
    assert!(left.guests[0].email.is_erased() && left.guests[0].name.is_none());
    assert_eq!((&left.attendee, left.nonce), (&over.attendee, over.nonce));
    assert_eq!(erased(&left, "guest@example.com", "2026-11-24T09:00:00Z"), Ok(None), "once is enough");
}

#[test]
fn what_is_to_come_or_under_way_waits() {
    let upcoming = erased(&told(), "canary@example.com", "2026-11-24T09:00:00Z");
    assert_eq!(upcoming, Err(NotYet::Upcoming));
    let held = erased(&told(), "canary@example.com", "2026-11-25T09:30:00Z").unwrap();
    assert!(held.is_some(), "a meeting that is over");
    let minutes_ago = (now() + TimeDelta::minutes(59)).to_rfc3339();
    assert_eq!(erased(&cancelled(), "canary@example.com", &minutes_ago), Err(NotYet::AtWork));
    assert_eq!(erased(&cancelled(), "somebody@example.com", &minutes_ago), Ok(None));
}
