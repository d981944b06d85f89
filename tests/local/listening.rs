//! What other programs hear, whom is reminded when the clock moves, and what was set aside.

use serde_json::{Value, json};

use crate::guests::{Wish, advance, free, inbox, inbox_of, pause, recipients};
use crate::http::{Caller, Reply};
use crate::town::Town;

/// The events once there are so many; whatever there are after five seconds.
fn events_of(caller: Caller, count: usize) -> Vec<Value> {
    for _ in 0..100 {
        let events = caller.get("/_local/events.json").json().as_array().unwrap().clone();
        if events.len() >= count {
            return events;
        }
        pause(50);
    }
    caller.get("/_local/events.json").json().as_array().unwrap().clone()
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["detail-type"].as_str().unwrap()).collect()
}

fn subjects(caller: Caller) -> Vec<String> {
    inbox(caller).iter().map(|letter| letter["subject"].as_str().unwrap().to_owned()).collect()
}

/// Books the first free time of a Friday, for which a reminder a day before is still to come.
fn book(caller: Caller) -> Value {
    let start = free(caller, "intro", "2026-11-27").remove(0);
    let made = Wish::of(1, "intro", &start).send(caller);
    assert_eq!(made.status, 201, "{made:?}");
    made.json()["booking"].clone()
}

#[test]
fn a_booking_is_told_to_whoever_listens() {
    let town = Town::open();
    assert!(events_of(town.caller, 0).is_empty());
    let booking = book(town.caller);
    let events = events_of(town.caller, 1);
    let [event] = &events[..] else { panic!("one event: {events:#?}") };
    assert_eq!((&event["source"], &event["detail-type"]), (&json!("openslot"), &json!("booking.confirmed")));
    let id = booking["id"].as_str().unwrap();
    assert_eq!(event["detail"]["id"], format!("{id}#0"));
    assert_eq!(event["detail"]["booking"]["attendee"], booking["attendee"]);
    assert_eq!(event["detail"]["booking"]["start"], "2026-11-27T14:00:00Z");

    let page = town.caller.get("/_local/events");
    assert_page(&page);
    assert!(
        page.body.contains("booking.confirmed") && page.body.contains(&format!("{id}#0")),
        "{}",
        page.body
    );
}

fn assert_page(page: &Reply) {
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"), "{policy}");
}

/// The jump runs the reminder and all that it comes to, before it answers; the next finds nothing left to do.
#[test]
fn a_jump_of_the_clock_reminds_everybody_once() {
    let town = Town::open();
    book(town.caller);
    assert_eq!(inbox_of(town.caller, 2).len(), 2);
    // From Monday eight o'clock to Thursday, a second before two in the afternoon.
    let to = |instant: &str| {
        let moved = town.caller.post("/_local/clock", &[], &json!({ "set": instant }));
        assert_eq!(moved.status, 200, "{moved:?}");
    };
    to("2026-11-26T13:59:00Z");
    assert_eq!(inbox(town.caller).len(), 2, "{:?}", subjects(town.caller));
    to("2026-11-26T14:00:00Z");
    let letters = inbox(town.caller);
    assert_eq!(letters.len(), 4, "{:?}", subjects(town.caller));
    let reminders = &letters[..2];
    assert_eq!(recipients(reminders), ["guest-1@example.net", "nora@team.example.org"]);
    for reminder in reminders {
        assert!(reminder["subject"].as_str().unwrap().starts_with("Reminder: "), "{}", reminder["subject"]);
    }
    assert_eq!(kinds(&events_of(town.caller, 2)), ["booking.reminded", "booking.confirmed"]);

    advance(town.caller, 3 * 24 * 60 * 60);
    assert_eq!(inbox(town.caller).len(), 4, "{:?}", subjects(town.caller));
}

/// Past the reminder and the meeting in one jump: nobody wants to hear of it now.
#[test]
fn a_jump_past_the_meeting_reminds_nobody() {
    let town = Town::open();
    book(town.caller);
    assert_eq!(inbox_of(town.caller, 2).len(), 2);
    advance(town.caller, 30 * 24 * 60 * 60);
    assert_eq!(inbox(town.caller).len(), 2, "{:?}", subjects(town.caller));
}

#[test]
fn what_was_set_aside_is_shown_and_tried_again() {
    let town = Town::open();
    let page = town.caller.get("/_local/parked");
    assert_page(&page);
    assert!(page.header("content-security-policy").contains("form-action 'self'"));
    assert!(page.body.contains("everything that was owed was paid"), "{}", page.body);
    assert_eq!(town.caller.get("/_local/parked.json").json(), json!([]));

    let post = |body: Value| town.caller.post("/_local/parked", &[], &body);
    assert_eq!(post(json!({ "replay": "all" })).json(), json!({ "replayed": 0 }));
    let key = format!("20261123T090000.000Z#{}#0#announce", "07".repeat(16));
    assert_eq!(post(json!({ "replay": key })).json(), json!({ "replayed": 0 }));
    for body in [json!({}), json!({ "replay": "everything" }), json!({ "replay": 1 })] {
        assert_eq!(post(body.clone()).status, 422, "{body}");
    }
    let form = |headers: &[(&str, &str)]| {
        let kind = [("Content-Type", "application/x-www-form-urlencoded")];
        town.caller.send("POST", "/_local/parked", &[&kind[..], headers].concat(), "replay=all")
    };
    assert_eq!(form(&[("Sec-Fetch-Site", "cross-site")]).status, 403, "a foreign page could send this");
    assert_eq!(form(&[]).status, 403);
    let led = form(&[("Sec-Fetch-Site", "same-origin")]);
    assert_eq!((led.status, led.header("location")), (303, "/_local/parked"));
}
