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
    insta::assert_snapshot!(reply.whole(), @r#"
        201 Created
        cache-control: no-store
        content-length: 1634
        content-security-policy: default-src 'none'; frame-ancestors 'none'
        content-type: application/json
        cross-origin-opener-policy: same-origin
        cross-origin-resource-policy: same-origin
        location: /v1/bookings/c5264dca842b30548e09b24b8d9fb17c
        permissions-policy: camera=(), geolocation=(), microphone=(), payment=()
        referrer-policy: no-referrer
        strict-transport-security: max-age=63072000; includeSubDomains
        x-content-type-options: nosniff
        x-frame-options: DENY

        {
          "booking": {
            "answers": {},
            "attendee": {
              "email": "grace@example.com",
              "name": "Grace Hopper"
            },
            "created_at": "2026-11-22T05:00:00-05:00",
            "end": "2026-11-23T04:30:00-05:00",
            "guests": [],
            "hosts": [
              {
                "id": "ada",
                "name": "Host ada"
              }
            ],
            "id": "c5264dca842b30548e09b24b8d9fb17c",
            "location": {
              "kind": "google_meet"
            },
            "meeting_type": {
              "slug": "intro",
              "title": "Introduction"
            },
            "revision": 0,
            "start": "2026-11-23T04:00:00-05:00",
            "state": "confirmed",
            "time_zone": "America/New_York"
          },
          "calendar": {
            "google_url": "https://calendar.google.com/calendar/render?action=TEMPLATE&text=Introduction%20with%20Host%20ada&dates=20261123T090000Z%2F20261123T093000Z&details=Where%3A%20Google%20Meet.%20The%20link%20follows%20from%20Host%20ada.&location=Google%20Meet&ctz=America%2FNew_York",
            "ics_url": "https://meet.example.org/v1/bookings/c5264dca842b30548e09b24b8d9fb17c/calendar.ics?k=44lFxtztLVLBvKJBKcI4fQ",
            "office365_url": "https://outlook.office.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&subject=Introduction%20with%20Host%20ada&startdt=2026-11-23T09%3A00%3A00Z&enddt=2026-11-23T09%3A30%3A00Z&body=Where%3A%20Google%20Meet.%20The%20link%20follows%20from%20Host%20ada.&location=Google%20Meet&allday=false",
            "outlook_url": "https://outlook.live.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&subject=Introduction%20with%20Host%20ada&startdt=2026-11-23T09%3A00%3A00Z&enddt=2026-11-23T09%3A30%3A00Z&body=Where%3A%20Google%20Meet.%20The%20link%20follows%20from%20Host%20ada.&location=Google%20Meet&allday=false"
          },
          "manage_url": "https://meet.example.org/manage/#c5264dca842b30548e09b24b8d9fb17c.C8-QU0XIdiAS4tbtVHNqsA"
        }
    "#);
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
    insta::assert_snapshot!(late.whole(), @r#"
        409 Conflict
        cache-control: no-store
        content-length: 227
        content-security-policy: default-src 'none'; frame-ancestors 'none'
        content-type: application/problem+json
        cross-origin-opener-policy: same-origin
        cross-origin-resource-policy: same-origin
        permissions-policy: camera=(), geolocation=(), microphone=(), payment=()
        referrer-policy: no-referrer
        strict-transport-security: max-age=63072000; includeSubDomains
        x-content-type-options: nosniff
        x-frame-options: DENY

        {
          "alternatives": [
            "2026-11-23T05:00:00-05:00",
            "2026-11-23T05:30:00-05:00",
            "2026-11-23T06:30:00-05:00"
          ],
          "detail": "Somebody was faster. Choose another time.",
          "status": 409,
          "title": "This time is taken",
          "type": "/problems/slot-taken"
        }
    "#);
    assert!(office.kept() == kept, "a refused request writes nothing");
}

#[test]
fn a_key_names_one_request() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    let kept = office.kept();
    let other = office.book("key-00000001", &wish("2026-11-23T11:00:00Z"));
    insta::assert_snapshot!(other.brief(), @r#"
        422 Unprocessable Entity
        {
          "detail": "Another request was made under this Idempotency-Key. Use a new key for a new request.",
          "status": 422,
          "title": "This key belongs to another request",
          "type": "/problems/idempotency-key-reused"
        }
    "#);
    assert!(office.kept() == kept, "a refused request writes nothing");
}

#[test]
fn everything_a_guest_says_comes_back() {
    let question =
        |id: &str, kind| Question { id: id.parse().unwrap(), label: line(id), kind, required: true };
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
    insta::assert_snapshot!(serde_json::to_string_pretty(&reply.json()["booking"]).unwrap(), @r#"
        {
          "answers": {
            "terms": true,
            "topic": "compilers <b>"
          },
          "attendee": {
            "email": "grace@example.com",
            "name": "Grace Hopper",
            "phone": "+1 202 555 0143"
          },
          "created_at": "2026-11-22T05:00:00-05:00",
          "end": "2026-11-23T05:00:00-05:00",
          "guests": [
            {
              "email": "alan@example.com",
              "name": "Alan Turing"
            }
          ],
          "hosts": [
            {
              "id": "ada",
              "name": "Host ada"
            }
          ],
          "id": "c5264dca842b30548e09b24b8d9fb17c",
          "location": {
            "kind": "google_meet"
          },
          "meeting_type": {
            "slug": "intro",
            "title": "Introduction"
          },
          "note": "See you\nthere",
          "revision": 0,
          "start": "2026-11-23T04:00:00-05:00",
          "state": "confirmed",
          "time_zone": "America/New_York"
        }
    "#);
}

#[test]
fn what_does_not_fit_the_meeting_type_is_named_at_once() {
    let question =
        |id: &str, kind| Question { id: id.parse().unwrap(), label: line(id), kind, required: true };
    let mut intro = meeting_type("intro", &["ada"]);
    intro.questions = vec![question("topic", QuestionKind::Text), question("phone", QuestionKind::Phone)];
    let office = Office::with(&[host("ada", chrono_tz::Tz::Europe__London)], &[intro]);
    let mut body = wish(MONDAY_NINE);
    let more = json!({"duration_minutes": 45, "host": "bob", "answers": {"phone": "none", "colour": "red"}});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let kept = office.kept();
    insta::assert_snapshot!(office.book("key-00000001", &body).problem(), @r"
        422 /problems/invalid
        /duration_minutes not_offered: must be one of 30 minutes
        /host unknown: is not a host of this meeting type
        /answers/topic required: must be answered
        /answers/phone format: must be a phone number: digits, spaces and + - ( ) . / only
        /answers/colour unknown: is not a question of this meeting type
    ");
    assert!(office.kept() == kept, "a refused request writes nothing");
}
