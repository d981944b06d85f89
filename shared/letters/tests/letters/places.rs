//! What is said of the place: true of what is known, and to each reader only what is theirs to know.

use openslot_domain::booking::Booking;
use openslot_domain::effects::Recipient;
use openslot_domain::meeting_type::{Location, LocationKind};

use crate::read::{object, unescaped, visible};
use crate::world::{booking, letter, line, to_ada};

fn at_place(kind: LocationKind, detail: Option<&str>) -> Booking {
    let mut booking = booking();
    booking.location = Location { kind, detail: detail.map(line) };
    booking
}

/// The line under "Where" for attendee, guest and host.
fn check(booking: &Booking, said: [&str; 3]) {
    let found = [Recipient::Attendee, Recipient::Guest(1), to_ada()].map(|recipient| {
        let text = visible(&letter(booking, &recipient).text);
        text.split_once("Where\n  ").unwrap().1.lines().next().unwrap().to_owned()
    });
    assert_eq!(found, said, "{:?}", booking.location);
}

#[test]
fn a_call_without_a_link_says_who_sends_it() {
    let mail = |kind, name: &str| {
        let later = format!("{name}. The link follows from Ada Lovelace.");
        let send = format!("{name}. There is no link yet: send one to Grace Hopper.");
        check(&at_place(kind, None), [&later, &later, &send]);
    };
    mail(LocationKind::GoogleMeet, "Google Meet");
    mail(LocationKind::Teams, "Microsoft Teams");
    mail(LocationKind::Link, "Online");
}

#[test]
fn a_call_with_a_link_is_one_button() {
    let booking = at_place(LocationKind::Link, Some("https://call.example.org/ada?x=1&y=2"));
    check(&booking, ["Online"; 3]);
    let letter = letter(&booking, &Recipient::Attendee);
    assert!(letter.html.contains("href=\"https://call.example.org/ada?x=1&#38;y=2\""), "{}", letter.html);
    assert!(letter.text.contains("Join online\n  https://call.example.org/ada?x=1&y=2\n"));
    let object = object(&letter.calendar.unwrap().ics).unwrap();
    assert_eq!(object.value("URL"), "https://call.example.org/ada?x=1&y=2");
    assert_eq!(object.value("LOCATION"), "https://call.example.org/ada?x=1&y=2");
}

#[test]
fn what_is_no_address_is_no_button() {
    let booking = at_place(LocationKind::Link, Some("javascript:alert(1)"));
    check(&booking, ["javascript:alert(1)"; 3]);
    assert!(!letter(&booking, &Recipient::Attendee).html.contains("\"javascript"));
}

#[test]
fn a_phone_call_says_who_calls_whom() {
    let dial = "By phone: call Ada Lovelace at +49 30 555 0199.";
    let dialled = "By phone: Grace Hopper calls +49 30 555 0199.";
    check(&at_place(LocationKind::Phone, Some("+49 30 555 0199")), [dial, dial, dialled]);
    check(
        &at_place(LocationKind::Phone, None),
        [
            "By phone: Ada Lovelace calls you at +1 212 555 0100.",
            "By phone: Ada Lovelace calls Grace Hopper.",
            "By phone: call Grace Hopper at +1 212 555 0100.",
        ],
    );
    let mut nobody = at_place(LocationKind::Phone, None);
    nobody.attendee.phone = None;
    let open = "By phone. Ada Lovelace will want to know your number.";
    check(&nobody, [open, open, "By phone. Grace Hopper left no number: ask for one."]);
    check(&at_place(LocationKind::Phone, Some("We ring you")), ["We ring you"; 3]);
}

#[test]
fn a_room_is_named_or_asked_for() {
    check(&at_place(LocationKind::InPerson, Some("Museum Street 1")), ["Museum Street 1"; 3]);
    let ask = "In person. Ada Lovelace will tell you where.";
    let tell = "In person. No address is set: tell Grace Hopper where to come.";
    check(&at_place(LocationKind::InPerson, None), [ask, ask, tell]);
}

#[test]
fn an_open_place_says_with_whom_to_settle_it() {
    let agree = "Still to be agreed with Ada Lovelace.";
    check(&at_place(LocationKind::ToBeAgreed, None), [agree, agree, "Still to be agreed with Grace Hopper."]);
    check(&at_place(LocationKind::ToBeAgreed, Some("Near the river")), ["Near the river"; 3]);
}

/// A calendar's field holds a place or nothing, never a sentence about a missing one.
#[test]
fn a_calendars_field_holds_a_place() {
    let location = |booking: &Booking| {
        let ics = letter(booking, &Recipient::Guest(0)).calendar.unwrap().ics;
        let event = object(&ics).unwrap().event;
        let field = event.into_iter().find(|property| property.name == "LOCATION");
        field.map(|property| unescaped(&property.value).unwrap())
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(location(&at_place(LocationKind::GoogleMeet, None)), some("Google Meet"));
    assert_eq!(
        location(&at_place(LocationKind::InPerson, Some("Room 3, 2nd floor"))),
        some("Room 3, 2nd floor")
    );
    assert_eq!(location(&at_place(LocationKind::InPerson, None)), None);
    assert_eq!(location(&at_place(LocationKind::ToBeAgreed, None)), None);
    let by_phone = location(&at_place(LocationKind::Phone, None));
    assert_eq!(by_phone, some("By phone: Ada Lovelace calls Grace Hopper."));
}

#[test]
fn several_hosts_call_together() {
    let mut booking = at_place(LocationKind::Phone, None);
    booking.hosts.push(crate::world::bob());
    let text = visible(&letter(&booking, &Recipient::Attendee).text);
    assert!(text.contains("By phone: Ada Lovelace and Bob Kahn call you at +1 212 555 0100."), "{text}");
}
