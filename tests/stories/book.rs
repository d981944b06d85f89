//! A guest books, asks again, and meets others who were faster.

use axum::http::StatusCode;
use chrono::TimeDelta;
use openslot_domain::questions::{Question, QuestionKind};
use openslot_tests::support::samples::{host, line, meeting_type};
use serde_json::json;

use crate::office::{MONDAY_NINE, Office, wish, wish_of};

#[test]
fn a_slot_is_booked() {
    let office = Office::open();
    let reply = office.book("key-00000001", &wish(MONDAY_NINE));
    insta::assert_snapshot!(reply.whole(), @"");
    office.store.look(|contents| {
        assert_eq!(contents.bookings.len(), 1);
        assert_eq!(contents.effects.len(), 2, "an announcement and the reminder of the last hour");
    });
}

#[test]
fn the_same_request_again_finds_the_same_booking() {
    let office = Office::open();
    let first = office.book("key-00000001", &wish(MONDAY_NINE));
    assert_eq!(first.status, StatusCode::CREATED);
    let kept = office.kept();
    // However late, and although the start has passed by then.
    for wait in [0, 1, 60 * 24 * 3] {
        office.advance(TimeDelta::minutes(wait));
        let again = office.book("key-00000001", &wish(MONDAY_NINE));
        assert_eq!(again.status, StatusCode::OK, "after {wait} minutes");
        assert_eq!(again.body, first.body);
        assert_eq!(again.header("location"), "");
        assert!(office.kept() == kept, "a repeat writes nothing");
    }
    let spelled_otherwise = json!({
        "attendee": {"email": "grace@example.com", "name": "Grace Hopper"},
        "time_zone": "America/New_York",
        "start": MONDAY_NINE,
        "meeting_type": "intro",
    });
    assert_eq!(office.book("key-00000001", &spelled_otherwise).status, StatusCode::OK);
}

#[test]
fn a_slot_goes_to_one_and_others_hear_of_the_nearest() {
    let office = Office::open();
    office.book("key-00000001", &wish("2026-11-23T11:00:00Z"));
    let kept = office.kept();
    let late = office.book("key-00000002", &wish_of("alan@example.com", "2026-11-23T11:00:00Z"));
    insta::assert_snapshot!(late.whole(), @"");
    assert!(office.kept() == kept, "a refused request writes nothing");
}

#[test]
fn a_key_names_one_request() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    let kept = office.kept();
    let other = office.book("key-00000001", &wish("2026-11-23T11:00:00Z"));
    insta::assert_snapshot!(other.brief(), @"");
    assert!(office.kept() == kept, "a refused request writes nothing");
}

#[test]
fn everything_a_guest_says_comes_back() {
    let question = |id: &str, kind| Question { id: id.parse().unwrap(), label: line(id), kind, required: true };
    let mut intro = meeting_type("intro", &["ada"]);
    intro.questions = vec![question("topic", QuestionKind::Text), question("terms", QuestionKind::Checkbox)];
    intro.durations_mins = vec![30, 60];
    let office = Office::with(&[host("ada", chrono_tz::Tz::Europe__London)], &[intro]);
    let mut body = wish(MONDAY_NINE);
    let more = json!({
        "duration_minutes": 60,
        "locale": "en-GB",
        "attendee": {"name": "Grace Hopper", "email": "grace@example.com", "phone": "+1 202 555 0143"},
        "guests": [{"email": "alan@example.com", "name": "Alan Turing"}, {"email": "GRACE@example.com"}],
        "answers": {"topic": "compilers <b>", "terms": true},
        "note": "See you\nthere",
        "source": {"form_id": "home", "utm": {"utm_source": "mail"}},
        "host": "ada",
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let reply = office.book("key-00000001", &body);
    assert_eq!(reply.status, StatusCode::CREATED);
    insta::assert_snapshot!(serde_json::to_string_pretty(&reply.json()["booking"]).unwrap(), @"");
}

#[test]
fn what_does_not_fit_the_meeting_type_is_named_at_once() {
    let question = |id: &str, kind| Question { id: id.parse().unwrap(), label: line(id), kind, required: true };
    let mut intro = meeting_type("intro", &["ada"]);
    intro.questions = vec![question("topic", QuestionKind::Text), question("phone", QuestionKind::Phone)];
    let office = Office::with(&[host("ada", chrono_tz::Tz::Europe__London)], &[intro]);
    let mut body = wish(MONDAY_NINE);
    let more = json!({"duration_minutes": 45, "host": "bob", "answers": {"phone": "none", "colour": "red"}});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let kept = office.kept();
    insta::assert_snapshot!(office.book("key-00000001", &body).problem(), @"");
    assert!(office.kept() == kept, "a refused request writes nothing");
}
