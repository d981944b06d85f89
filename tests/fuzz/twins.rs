//! Known defects, each of which the judge has to catch.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use openslot_domain::text::{Line, Paragraphs};
use openslot_usecases::keyring::DataKey;
use openslot_usecases::manage_link::{Opens, secret};
use openslot_usecases::ports::Retry;
use openslot_wire::{NewBooking, SlotsQuery, Wrong};
use serde_json::{Value, json};

use crate::checks::Found;
use crate::names::{has_one_spelling, is_address, is_line, opens_alone};
use crate::world::{booking, letter, line, to_ada};
use crate::{bodies, letters, mail_events, names, queries};

/// What the judge says of a defect, as far as its first colon.
fn caught(found: Found) -> String {
    let message = found.expect_err("the defect is caught");
    message.split(':').next().unwrap_or_default().to_owned()
}

fn wrong(pointer: &str, code: &'static str) -> Wrong {
    Wrong { pointer: pointer.to_owned(), code, detail: "must be something else".to_owned() }
}

#[test]
fn a_refusal_that_says_nothing_or_leads_nowhere_is_caught() {
    let body = br#"{"attendee": {"name": 7}}"#;
    let check = |wrongs: &[Wrong]| bodies::is_sound_refusal(body, wrongs);
    assert_eq!(check(&[wrong("/attendee/name", "type"), wrong("/attendee/email", "required")]), Ok(()));
    assert_eq!(caught(check(&[])), "refusal");
    assert_eq!(caught(check(&[wrong("/attendee/nam", "type")])), "refusal");
    assert_eq!(caught(check(&[wrong("/attendee/name", "required")])), "refusal");
    assert_eq!(caught(check(&[wrong("", "malformed")])), "refusal");
    let echo = Wrong { detail: "is not \u{202e}".to_owned(), ..wrong("/attendee/name", "type") };
    assert_eq!(caught(check(&[echo])), "refusal");
    assert_eq!(caught(check(&[wrong(&"/x".repeat(200), "unknown")])), "refusal");
    assert_eq!(caught(bodies::is_sound_refusal(b"{", &[wrong("", "type")])), "refusal");
}

/// A request to book, as it passes, and what a spoiled door would let pass in its place.
fn spoiled(spoil: impl Fn(&mut NewBooking)) -> Found {
    let body = json!({
        "meeting_type": "intro",
        "start": "2026-11-23T10:00:00+01:00",
        "time_zone": "Europe/Berlin",
        "attendee": {"name": "Grace Hopper", "email": "grace@example.org"},
    })
    .to_string();
    let mut booking = NewBooking::read(body.as_bytes(), &[b"key-00000001"]).unwrap();
    spoil(&mut booking);
    bodies::is_sound_booking(body.as_bytes(), &booking)
}

#[test]
fn a_door_without_limits_is_caught() {
    assert_eq!(spoiled(|_| ()), Ok(()));
    let long = |max: usize| "x".repeat(max + 1);
    let name = |booking: &mut NewBooking| booking.attendee.name = Line::new(&long(100), 200).unwrap();
    assert_eq!(caught(spoiled(name)), "text");
    let note = |booking: &mut NewBooking| booking.note = Some(Paragraphs::new(&long(2000), 3000).unwrap());
    assert_eq!(caught(spoiled(note)), "text");
    assert_eq!(caught(spoiled(|booking| booking.duration_mins = Some(1441))), "minutes");
    assert_eq!(caught(spoiled(|booking| booking.idempotency_key = "key 00000001".to_owned())), "key");
    assert_eq!(caught(spoiled(|booking| booking.attendee.phone = Some(line("call me")))), "phone");
}

#[test]
fn a_spelling_that_says_something_else_is_caught() {
    let note = |booking: &mut NewBooking| booking.note = Some(Paragraphs::new("other", 10).unwrap());
    assert_eq!(caught(spoiled(note)), "spelling");
    assert_eq!(caught(bodies::is_one_spelling(br#"{"a": [1, 2]}"#, br#"{"a":[2,1]}"#)), "spelling");
    assert_eq!(bodies::is_one_spelling(br#"{"b": 1, "a": 2}"#, br#"{"a":2,"b":1}"#), Ok(()));
}

#[test]
fn the_planted_defect_is_one() {
    assert_eq!(names::play_planted(b"a <b>"), Ok(()));
    assert_eq!(caught(names::play_planted(b" <b>a")), "line");
}

#[test]
fn a_query_that_says_something_else_is_caught() {
    let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let given = [("from", "2026-11-23"), ("to", "2026-11-29"), ("time_zone", "UTC")].map(pair);
    let query = SlotsQuery::read(&given).unwrap();
    assert_eq!(queries::is_sound(&query, &given), Ok(()));
    let far = SlotsQuery { to: query.from + chrono::TimeDelta::days(92), ..query.clone() };
    assert_eq!(caught(queries::is_sound(&far, &given)), "query");
    let other = SlotsQuery { time_zone: chrono_tz::Tz::Europe__Berlin, ..query.clone() };
    assert_eq!(caught(queries::is_sound(&other, &given)), "query");
    let more = [given.to_vec(), vec![pair(("x", "1"))]].concat();
    assert_eq!(caught(queries::is_sound(&query, &more)), "query");
    assert_eq!(queries::is_sound_refusal(&[wrong("x", "unknown")], &more), Ok(()));
    assert_eq!(caught(queries::is_sound_refusal(&[wrong("y", "unknown")], &more)), "refusal");
    assert_eq!(caught(queries::is_sound_refusal(&[], &more)), "refusal");
}

/// An id that is read whatever its letter case.
struct Lax(String);

impl FromStr for Lax {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_ascii_lowercase()))
    }
}

impl fmt::Display for Lax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[test]
fn an_id_with_two_spellings_is_caught() {
    assert_eq!(has_one_spelling::<Lax>("intro"), Ok(()));
    assert_eq!(caught(has_one_spelling::<Lax>("Intro")), "ids");
    assert_eq!(caught(has_one_spelling::<Lax>("a/b")), "ids");
}

#[test]
fn a_text_that_breaks_out_is_caught() {
    assert_eq!(caught(is_line("Grace\nBcc: all@evil.example", 100)), "line");
    assert_eq!(caught(is_line("Grace\u{202e}", 100)), "text");
    for address in
        ["a@b.co,x@evil.example", "a@b.co\r\nBcc:x", "<a@b.co", "a@b", "a@B.co", "\"a\"@b.co", "a b@c.co"]
    {
        assert_eq!(caught(is_address(address)), "address", "{address}");
    }
}

/// 128 bits in 22 characters leave four bits over, which a lenient reader of base64 does not look at.
#[test]
fn a_secret_with_two_spellings_is_caught() {
    let config = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let lenient = GeneralPurpose::new(&URL_SAFE, config);
    let right = secret(&DataKey::new([7; 32]), &booking(), Opens::Booking);
    let opens = |given: &str| lenient.decode(given).is_ok_and(|mac| mac == lenient.decode(&right).unwrap());
    let rights = [right.clone()];
    assert_eq!(opens_alone(&rights, &right, opens(&right)), Ok(()));
    let other = format!("{right}==");
    assert_eq!(caught(opens_alone(&rights, &other, opens(&other))), "links");
    assert_eq!(caught(opens_alone(&rights, &right, false)), "links");
}

#[test]
fn an_event_noted_wrongly_is_caught() {
    let key = "20261122T090500.250Z#07070707070707070707070707070707#2#letter-attendee";
    let tag = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(key);
    let event = |kind: &str| -> Value {
        json!({"detail": {"eventType": kind, "mail": {"messageId": "0100", "tags": {"effect": [tag]}}}})
    };
    let noted = vec![(key.parse().unwrap(), "0100".to_owned())];
    assert_eq!(mail_events::is_sound(&event("Send"), Ok(()), &noted), Ok(()));
    assert_eq!(caught(mail_events::is_sound(&event("Delivery"), Ok(()), &noted)), "event");
    assert_eq!(caught(mail_events::is_sound(&event("Send"), Ok(()), &Vec::new())), "event");
    assert_eq!(caught(mail_events::is_sound(&json!(7), Err(Retry::Later), &Vec::new())), "event");
}

#[test]
fn a_team_text_that_is_markup_or_a_property_is_caught() {
    let titled = |title: &str| {
        let mut booking = booking();
        booking.title = line(title);
        letter(&booking, &to_ada())
    };
    let (wild, tame) = (titled("<b>Tea</b>; x"), titled("x"));
    assert_eq!(letters::is_sound_team(&wild, &tame), Ok(()));
    let mut unescaped = wild.clone();
    unescaped.html = wild.html.replace("&#60;b&#62;", "<b>");
    assert_ne!(unescaped, wild);
    assert_eq!(caught(letters::is_sound_team(&unescaped, &tame)), "html");
    let mut injected = wild.clone();
    let ics = &mut injected.calendar.as_mut().unwrap().ics;
    *ics = ics.replace("SUMMARY", "X-EVIL:1\r\nSUMMARY");
    assert_eq!(caught(letters::is_sound_team(&injected, &tame)), "calendar");
}
