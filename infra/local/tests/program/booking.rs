//! From the first look at free times to the letters.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ical::IcalParser;
use serde_json::{Value, json};

use crate::guests::{Wish, free, inbox, inbox_of, recipients};
use crate::http::Caller;
use crate::process::{Folder, MONDAY, Program};

#[test]
fn a_guest_books_and_both_sides_get_a_letter() {
    let folder = Folder::new();
    let program = Program::start(&folder, &["--now", MONDAY]);
    let caller = program.caller;
    let starts = free(caller, "demo", "2026-11-23");
    assert!(starts.len() > 20, "{starts:?}");

    // At half past nine in London only Berlin works.
    let wish = Wish::of(1, "demo", "2026-11-23T09:30:00+00:00");
    assert_eq!(starts.first(), Some(&wish.start));
    let made = wish.send(caller);
    assert_eq!(made.status, 201, "{made:?}");
    let booking = made.json();
    let id = booking["booking"]["id"].as_str().unwrap();
    assert_eq!(made.header("location"), format!("/v1/bookings/{id}"));

    let again = wish.send(caller);
    assert_eq!((again.status, again.json()), (200, booking.clone()));

    let late = Wish::of(2, "demo", &wish.start).send(caller);
    assert_eq!((late.status, late.json()["type"].clone()), (409, json!("/problems/slot-taken")));
    let alternatives = late.json()["alternatives"].as_array().unwrap().clone();
    let still_free = free(caller, "demo", "2026-11-23");
    assert_eq!(alternatives.len(), 3);
    assert!(
        alternatives.iter().all(|other| still_free.iter().any(|start| other == start)),
        "{alternatives:?}"
    );
    assert!(!still_free.contains(&wish.start));

    let letters = inbox_of(caller, 2);
    assert_eq!(recipients(&letters), ["emil@team.example.org", "guest-1@example.net"]);
    for letter in &letters {
        assert_invites(letter);
    }
    assert_leads_back(caller, &letters, &booking);
    assert_eq!(inbox(caller).len(), 2, "repeats and refusals send nothing");
}

/// A parser that is not ours finds the meeting in every calendar file of a letter.
fn assert_invites(letter: &Value) {
    let files: Vec<&Value> = letter["attachments"].as_array().unwrap().iter().collect();
    let invitations =
        files.iter().filter(|file| file["name"].as_str().unwrap().to_ascii_lowercase().ends_with(".ics"));
    let mut read = 0;
    for file in invitations {
        let bytes = STANDARD.decode(file["base64"].as_str().unwrap()).unwrap();
        let calendars: Vec<_> = IcalParser::new(bytes.as_slice()).collect::<Result<_, _>>().unwrap();
        let [calendar] = &calendars[..] else { panic!("one calendar in {file}") };
        let [event] = &calendar.events[..] else { panic!("one event in {file}") };
        let property = |name: &str| {
            let found = event.properties.iter().find(|property| property.name == name);
            found.and_then(|property| property.value.clone()).unwrap_or_default()
        };
        assert_eq!(
            (property("DTSTART"), property("DTEND")),
            ("20261123T093000Z".into(), "20261123T100000Z".into())
        );
        assert!(!property("UID").is_empty() && property("SEQUENCE") == "0");
        read += 1;
    }
    assert!(read > 0, "no calendar file in {letter}");
}

/// Only the attendee's letter has the link, and the link opens the booking and the calendar file.
fn assert_leads_back(caller: Caller, letters: &[Value], booking: &Value) {
    let manage_url = booking["manage_url"].as_str().unwrap();
    for letter in letters {
        let has = ["text", "html", "raw"].map(|part| letter[part].as_str().unwrap().contains(manage_url));
        let is_attendee = letter["to"][0] == "guest-1@example.net";
        assert_eq!(has[0], is_attendee, "{letter}");
        assert!(is_attendee || has == [false; 3], "{letter}");
    }
    let (_, secret) = manage_url.split_once('#').unwrap();
    let id = booking["booking"]["id"].as_str().unwrap();
    let path = format!("/v1/bookings/{id}");
    let shown = caller.send("GET", &path, &[("Authorization", &format!("Manage {secret}"))], "");
    assert_eq!((shown.status, &shown.json()["booking"]), (200, &booking["booking"]));

    let ics_url = booking["calendar"]["ics_url"].as_str().unwrap();
    let (_, path) = ics_url.split_at(ics_url.find("/v1/").unwrap());
    let file = caller.get(path);
    assert_eq!(file.status, 200, "{file:?}");
    assert!(file.header("content-type").starts_with("text/calendar"), "{file:?}");
}

#[test]
fn without_the_demo_team_there_is_nobody_to_meet() {
    let folder = Folder::new();
    let program = Program::start(&folder, &["--no-demo"]);
    assert_eq!(program.caller.get("/v1/meeting-types/demo").status, 404);
    program.kill();

    // The first start has been: the demo team does not turn up in a folder that did without it.
    let program = Program::start(&folder, &[]);
    assert_eq!(program.caller.get("/v1/meeting-types/demo").status, 404);
}
