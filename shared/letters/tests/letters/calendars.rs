//! What goes along for calendars, over the whole life of a booking: one entry, changed and withdrawn.

use openslot_domain::booking::{Actor, Booking, Inviter};
use openslot_domain::effects::Recipient;
use openslot_letters::{Letter, Method, calendar_file};

use crate::calendar::shown;
use crate::checks::Found;
use crate::lives::{Life, approved, by_ada, cancelled, lives, moved, reason};
use crate::read::{Object, object};
use crate::world::{booking, letter, line, now, recipients, site, to_ada};

fn entry(letter: &Letter) -> Object {
    object(&letter.calendar.as_ref().expect("something goes along").ics).unwrap()
}

/// What is to go along with the letter about a life.
fn expected(life: &Life) -> Option<Method> {
    match life.name {
        "booked" | "approved" | "moved-by-attendee" | "moved-by-host" | "moved-in-calendar" => {
            Some(Method::Request)
        }
        "cancelled-by-attendee" | "cancelled-by-host" | "cancelled-in-calendar" => Some(Method::Cancel),
        _ => None,
    }
}

/// Nobody is invited to what may come to nothing, and nobody is invited twice by a reminder.
fn check_goes_along(life: &Life, letter: &Letter) -> Found {
    match (letter.calendar.as_ref().map(|calendar| calendar.method), expected(life)) {
        (found, expected) if found == expected => Ok(()),
        (Some(_), None) => Err(format!("calendar: nothing goes along with {}", life.name)),
        (found, expected) => Err(format!("calendar: {expected:?} goes along with {}: {found:?}", life.name)),
    }
}

#[test]
fn a_letter_invites_to_what_is_certain_and_withdraws_what_is_cancelled() {
    let lives = lives(&booking(), Some(&reason()));
    let counted = |method| lives.iter().filter(|life| expected(life) == method).count();
    assert_eq!([Some(Method::Request), Some(Method::Cancel), None].map(counted), [5, 3, 6]);
    for life in &lives {
        for recipient in recipients(&life.booking) {
            assert_eq!(check_goes_along(life, &life.letter(&recipient)), Ok(()));
        }
    }
}

#[test]
fn twin_a_request_that_invites_and_a_cancellation_that_does_not_withdraw_are_caught() {
    let booked = letter(&booking(), &Recipient::Attendee);
    let caught = |name: &str| {
        let lives = lives(&booking(), None);
        let life = lives.iter().find(|life| life.name == name).unwrap();
        let defect = Letter { calendar: booked.calendar.clone(), ..life.letter(&Recipient::Attendee) };
        check_goes_along(life, &defect).unwrap_err()
    };
    assert_eq!(caught("requested"), "calendar: nothing goes along with requested");
    assert_eq!(caught("reminder"), "calendar: nothing goes along with reminder");
    assert_eq!(
        caught("cancelled-by-host"),
        "calendar: Some(Cancel) goes along with cancelled-by-host: Some(Request)"
    );
}

/// One inviter for the whole life.
#[test]
fn nothing_goes_along_where_the_hosts_calendar_invites() {
    let booking = Booking { inviter: Inviter::Calendar, ..booking() };
    for life in lives(&booking, Some(&reason())) {
        for recipient in recipients(&booking) {
            assert_eq!(life.letter(&recipient).calendar, None, "{}", life.name);
        }
    }
}

/// By what a calendar knows an entry again, and which is the later: the same UID from the same organizer to the same
/// attendee, with a higher sequence.
fn check_same_entry(earlier: &Object, later: &Object) -> Found {
    for name in ["UID", "ORGANIZER", "ATTENDEE"] {
        if earlier.value(name) != later.value(name) {
            return Err(format!("calendar: one entry for the whole life: {name}"));
        }
    }
    let sequence = |object: &Object| object.value("SEQUENCE").parse::<u32>().unwrap();
    if sequence(earlier) < sequence(later) {
        Ok(())
    } else {
        Err("calendar: what is later is known to be later".to_owned())
    }
}

#[test]
fn an_entry_is_booked_moved_and_cancelled() {
    let moved = moved(&booking(), Actor::Attendee);
    let life = [booking(), moved.clone(), cancelled(&moved, by_ada(), Some(&reason()))];
    for recipient in recipients(&booking()) {
        let letters: Vec<Letter> = life.iter().map(|booking| letter(booking, &recipient)).collect();
        let entries: Vec<Object> = letters.iter().map(entry).collect();
        assert_eq!(check_same_entry(&entries[0], &entries[1]), Ok(()));
        assert_eq!(check_same_entry(&entries[1], &entries[2]), Ok(()));
        assert_eq!(entries[2].value("SEQUENCE"), "2");
        assert_eq!(entries[2].value("DTSTART"), entries[1].value("DTSTART"));
    }
}

/// A mail program that opened the file knows the entry by the same name as one that was invited.
#[test]
fn the_file_is_of_the_same_entry() {
    for life in lives(&booking(), None) {
        let Some(calendar) = life.letter(&Recipient::Attendee).calendar else { continue };
        let file = object(&calendar_file(&life.booking, &site(), now())).unwrap();
        let invited = object(&calendar.ics).unwrap();
        for name in ["UID", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "ORGANIZER", "SUMMARY"] {
            assert_eq!(file.value(name), invited.value(name), "{}", life.name);
        }
    }
}

#[test]
fn twin_another_entry_or_an_old_sequence_is_caught() {
    let [booked, moved] = [booking(), moved(&booking(), by_ada())];
    let earlier = entry(&letter(&booked, &Recipient::Attendee));
    let ics = letter(&moved, &Recipient::Attendee).calendar.unwrap().ics;
    let found = |from: &str, to: &str| {
        assert!(ics.contains(from), "{from}");
        check_same_entry(&earlier, &object(&ics.replace(from, to)).unwrap()).unwrap_err()
    };
    assert_eq!(found("SEQUENCE:1", "SEQUENCE:0"), "calendar: what is later is known to be later");
    assert_eq!(found("UID:b0", "UID:b1"), "calendar: one entry for the whole life: UID");
    assert_eq!(found(":bookings@", ":ada@"), "calendar: one entry for the whole life: ORGANIZER");
}

/// A request that was approved is the first that calendars hear of it, though its sequence is not.
#[test]
fn an_approved_request_is_an_invitation() {
    insta::assert_snapshot!(shown(&letter(&approved(&booking()), &Recipient::Guest(0)).calendar.unwrap().ics), @r#"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//openslot//openslot//EN
    CALSCALE:GREGORIAN
    METHOD:REQUEST
    BEGIN:VEVENT
    CLASS:PUBLIC
    DESCRIPTION:Where: Google Meet. The link follows from Ada Lovelace.\nBooked by: Grace Hopper
    DTEND:20260303T140000Z
    DTSTAMP:20260220T081530Z
    DTSTART:20260303T133000Z
    LOCATION:Google Meet
    ORGANIZER;CN=Ada Lovelace:mailto:bookings@example.org
    SEQUENCE:1
    STATUS:CONFIRMED
    SUMMARY:Introduction with Ada Lovelace
    TRANSP:OPAQUE
    UID:b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0@meet.example.org
    ATTENDEE;CN=Linus Pauling;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:linus@example.net
    END:VEVENT
    END:VCALENDAR
    "#);
}

#[test]
fn a_move_invites_again() {
    insta::assert_snapshot!(shown(&letter(&moved(&booking(), by_ada()), &Recipient::Attendee).calendar.unwrap().ics), @"
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
    SEQUENCE:1
    STATUS:CONFIRMED
    SUMMARY:Introduction with Ada Lovelace
    TRANSP:OPAQUE
    UID:b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0@meet.example.org
    ATTENDEE;CN=Grace Hopper;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:grace@example.net
    END:VEVENT
    END:VCALENDAR
    ");
}

/// Only what a calendar needs to find the entry again.
#[test]
fn a_cancellation_withdraws_the_invitation() {
    let booking = cancelled(&booking(), Actor::Attendee, Some(&reason()));
    insta::assert_snapshot!(shown(&letter(&booking, &Recipient::Attendee).calendar.unwrap().ics), @"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//openslot//openslot//EN
    CALSCALE:GREGORIAN
    METHOD:CANCEL
    BEGIN:VEVENT
    CLASS:PUBLIC
    DTEND:20260303T140000Z
    DTSTAMP:20260220T081530Z
    DTSTART:20260303T133000Z
    ORGANIZER;CN=Ada Lovelace:mailto:bookings@example.org
    SEQUENCE:1
    STATUS:CANCELLED
    SUMMARY:Introduction with Ada Lovelace
    TRANSP:OPAQUE
    UID:b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0@meet.example.org
    ATTENDEE;CN=Grace Hopper;ROLE=REQ-PARTICIPANT:mailto:grace@example.net
    END:VEVENT
    END:VCALENDAR
    ");
    insta::assert_snapshot!(shown(&letter(&booking, &to_ada()).calendar.unwrap().ics), @"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//openslot//openslot//EN
    CALSCALE:GREGORIAN
    METHOD:CANCEL
    BEGIN:VEVENT
    CLASS:PUBLIC
    DTEND:20260303T140000Z
    DTSTAMP:20260220T081530Z
    DTSTART:20260303T133000Z
    ORGANIZER;CN=Ada Lovelace:mailto:bookings@example.org
    SEQUENCE:1
    STATUS:CANCELLED
    SUMMARY:Introduction with Grace Hopper
    TRANSP:OPAQUE
    UID:b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0@meet.example.org
    ATTENDEE;CN=Ada Lovelace;ROLE=REQ-PARTICIPANT:mailto:ada@example.org
    END:VEVENT
    END:VCALENDAR
    ");
}

#[test]
fn a_german_cancellation_withdraws_the_invitation() {
    let mut booking = cancelled(&booking(), by_ada(), Some(&reason()));
    booking.locale = Some(line("de"));
    insta::assert_snapshot!(shown(&letter(&booking, &Recipient::Guest(1)).calendar.unwrap().ics), @"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//openslot//openslot//EN
    CALSCALE:GREGORIAN
    METHOD:CANCEL
    BEGIN:VEVENT
    CLASS:PUBLIC
    DTEND:20260303T140000Z
    DTSTAMP:20260220T081530Z
    DTSTART:20260303T133000Z
    ORGANIZER;CN=Ada Lovelace:mailto:bookings@example.org
    SEQUENCE:1
    STATUS:CANCELLED
    SUMMARY:Introduction mit Ada Lovelace
    TRANSP:OPAQUE
    UID:b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0@meet.example.org
    ATTENDEE;ROLE=REQ-PARTICIPANT:mailto:marie@example.net
    END:VEVENT
    END:VCALENDAR
    ");
}
