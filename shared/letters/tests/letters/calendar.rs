//! Calendar objects, property by property.

use chrono_tz::Tz;
use openslot_domain::booking::{Inviter, State};
use openslot_domain::effects::Recipient;
use openslot_domain::meeting_type::{Location, LocationKind};
use openslot_letters::{Method, add_links, calendar_file};

use crate::checks::{check_lines, check_object, invitation};
use crate::read::{Property, object, visible};
use crate::world::{booking, letter, line, now, paragraphs, site, to_ada};

/// An object as it is, with the line ends that a test can hold.
pub(crate) fn shown(ics: &str) -> String {
    visible(&ics.replace("\r\n ", "").replace("\r\n", "\n"))
}

#[test]
fn an_attendee_is_invited() {
    let letter = letter(&booking(), &Recipient::Attendee);
    let entry = [
        "Introduction with Ada Lovelace",
        "Where: Google Meet. The link follows from Ada Lovelace.",
        "Google Meet",
    ];
    let calendar = letter.calendar.unwrap();
    assert_eq!(calendar.method, Method::Request);
    assert_eq!(check_object(&calendar.ics, &invitation(&booking(), &letter.to, entry)), Ok(()));
    insta::assert_snapshot!(shown(&calendar.ics), @"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//openslot//openslot//EN
    CALSCALE:GREGORIAN
    METHOD:REQUEST
    BEGIN:VEVENT
    CLASS:PUBLIC
    DESCRIPTION:Where: Google Meet. The link follows from Ada Lovelace.
    DTEND:20260303T140000Z
    DTSTAMP:20260220T081530Z
    DTSTART:20260303T133000Z
    LOCATION:Google Meet
    ORGANIZER;CN=Ada Lovelace:mailto:bookings@example.org
    SEQUENCE:0
    STATUS:CONFIRMED
    SUMMARY:Introduction with Ada Lovelace
    TRANSP:OPAQUE
    UID:b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0@meet.example.org
    ATTENDEE;CN=Grace Hopper;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:grace@example.net
    END:VEVENT
    END:VCALENDAR
    ");
}

#[test]
fn a_guest_without_a_name_is_invited() {
    let letter = letter(&booking(), &Recipient::Guest(1));
    let description = "Where: Google Meet. The link follows from Ada Lovelace.\nBooked by: Grace Hopper";
    let entry = ["Introduction with Ada Lovelace", description, "Google Meet"];
    let ics = letter.calendar.unwrap().ics;
    assert_eq!(check_object(&ics, &invitation(&booking(), &letter.to, entry)), Ok(()));
}

#[test]
fn a_host_is_invited_and_reads_what_was_said() {
    insta::assert_snapshot!(shown(&letter(&booking(), &to_ada()).calendar.unwrap().ics), @r#"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//openslot//openslot//EN
    CALSCALE:GREGORIAN
    METHOD:REQUEST
    BEGIN:VEVENT
    CLASS:PUBLIC
    DESCRIPTION:Where: Google Meet. There is no link yet: send one to Grace Hopper.\nBooked by: Grace Hopper\, grace@example.net\, +1 212 555 0100\nWhat would you like to talk about? Compilers\,\nand how to teach them\nYour website: https://grace.example.net/about\nI have read the house rules: Yes\nNote: I may be five minutes late.\n\nSee you then!
    DTEND:20260303T140000Z
    DTSTAMP:20260220T081530Z
    DTSTART:20260303T133000Z
    LOCATION:Google Meet
    ORGANIZER;CN=Ada Lovelace:mailto:bookings@example.org
    SEQUENCE:0
    STATUS:CONFIRMED
    SUMMARY:Introduction with Grace Hopper
    TRANSP:OPAQUE
    UID:b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0@meet.example.org
    ATTENDEE;CN=Ada Lovelace;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:ada@example.org
    END:VEVENT
    END:VCALENDAR
    "#);
}

/// One entry from two inviters would be two entries.
#[test]
fn no_letter_invites_where_the_calendar_does() {
    let mut booking = booking();
    booking.inviter = Inviter::Calendar;
    for recipient in crate::world::recipients(&booking) {
        assert_eq!(letter(&booking, &recipient).calendar, None);
    }
}

#[test]
fn the_file_is_published_for_anyone() {
    let mut booking = booking();
    booking.location =
        Location { kind: LocationKind::Teams, detail: Some(line("https://teams.example.org/l/1?a=b,c;d")) };
    let ics = calendar_file(&booking, &site(), now());
    assert_eq!(check_lines(&ics), Ok(()));
    insta::assert_snapshot!(shown(&ics), @r#"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//openslot//openslot//EN
    CALSCALE:GREGORIAN
    METHOD:PUBLISH
    BEGIN:VEVENT
    CLASS:PUBLIC
    DESCRIPTION:Where: Microsoft Teams
    DTEND:20260303T140000Z
    DTSTAMP:20260220T081530Z
    DTSTART:20260303T133000Z
    LOCATION:https://teams.example.org/l/1?a=b\,c\;d
    ORGANIZER;CN=Ada Lovelace:mailto:bookings@example.org
    SEQUENCE:0
    STATUS:CONFIRMED
    SUMMARY:Introduction with Ada Lovelace
    TRANSP:OPAQUE
    UID:b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0@meet.example.org
    URL:https://teams.example.org/l/1?a=b,c;d
    END:VEVENT
    END:VCALENDAR
    "#);
    assert_eq!(object(&ics).unwrap().value("URL"), "https://teams.example.org/l/1?a=b,c;d");
}

#[test]
fn the_file_follows_the_bookings_life() {
    let status = |state, revision| {
        let mut booking = booking();
        (booking.state, booking.revision) = (state, revision);
        let object = object(&calendar_file(&booking, &site(), now())).unwrap();
        (object.value("STATUS").to_owned(), object.value("SEQUENCE").to_owned())
    };
    let pair = |status: &str, sequence: &str| (status.to_owned(), sequence.to_owned());
    assert_eq!(status(State::Pending, 0), pair("TENTATIVE", "0"));
    assert_eq!(status(State::Confirmed, 1), pair("CONFIRMED", "1"));
    assert_eq!(status(State::Cancelled, 2), pair("CANCELLED", "2"));
    assert_eq!(status(State::Declined, 1), pair("CANCELLED", "1"));
}

#[test]
fn the_method_stands_before_the_event() {
    for ics in
        [letter(&booking(), &to_ada()).calendar.unwrap().ics, calendar_file(&booking(), &site(), now())]
    {
        let place = |text: &str| ics.find(text).unwrap();
        assert!(place("METHOD:") < place("BEGIN:VEVENT"));
        let names: Vec<String> =
            object(&ics).unwrap().calendar.into_iter().map(|property| property.name).collect();
        assert_eq!(names, ["VERSION", "PRODID", "CALSCALE", "METHOD"]);
    }
}

/// A name that starts and ends with a quotation mark passes for a quoted one in the crate that writes it.
#[test]
fn a_quoted_name_stays_one_parameter() {
    let mut booking = booking();
    booking.attendee.name = line("\"x\";RSVP=FALSE:mailto:eve@evil.example\"");
    let ics = letter(&booking, &Recipient::Attendee).calendar.unwrap().ics;
    let attendees: Vec<Property> =
        object(&ics).unwrap().event.into_iter().filter(|property| property.name == "ATTENDEE").collect();
    assert_eq!(attendees.len(), 1);
    assert_eq!(attendees[0].value, "mailto:grace@example.net");
    let name = ("CN".to_owned(), "'x';RSVP=FALSE:mailto:eve@evil.example'".to_owned());
    assert_eq!(attendees[0].params[0], name);
}

#[test]
fn links_add_the_same_entry() {
    let mut booking = booking();
    booking.title = line("Tea & \"talk\", 50% + more");
    booking.time_zone = Tz::Europe__Berlin;
    booking.note = Some(paragraphs("a secret"));
    let links = add_links(&booking);
    insta::assert_snapshot!(links.google, @"https://calendar.google.com/calendar/render?action=TEMPLATE&text=Tea%20%26%20%22talk%22%2C%2050%25%20%2B%20more%20with%20Ada%20Lovelace&dates=20260303T133000Z%2F20260303T140000Z&details=Where%3A%20Google%20Meet.%20The%20link%20follows%20from%20Ada%20Lovelace.&location=Google%20Meet&ctz=Europe%2FBerlin");
    insta::assert_snapshot!(links.outlook, @"https://outlook.live.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&subject=Tea%20%26%20%22talk%22%2C%2050%25%20%2B%20more%20with%20Ada%20Lovelace&startdt=2026-03-03T13%3A30%3A00Z&enddt=2026-03-03T14%3A00%3A00Z&body=Where%3A%20Google%20Meet.%20The%20link%20follows%20from%20Ada%20Lovelace.&location=Google%20Meet&allday=false");
    assert_eq!(links.office365, links.outlook.replace("outlook.live.com", "outlook.office.com"));
}
