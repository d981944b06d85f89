//! The holder of a link gives the booking up.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::TimeDelta;
use chrono_tz::Tz;
use openslot_domain::booking::State;
use openslot_domain::host::EntryState;
use openslot_domain::meeting_type::MeetingType;
use openslot_tests::support::samples::{host, meeting_type};
use serde_json::json;

use crate::held::Held;
use crate::office::{MONDAY_NINE, Office, wish_of};

#[test]
fn a_booking_is_given_up_with_a_reason() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    office.advance(TimeDelta::hours(1));
    let reply = held.cancel("key-cancel-1", &json!({"reason": "I am ill,\nsorry"}));
    insta::assert_snapshot!(reply.whole(), @r#"
        200 OK
        cache-control: no-store
        content-length: 592
        content-security-policy: default-src 'none'; frame-ancestors 'none'
        content-type: application/json
        cross-origin-opener-policy: same-origin
        cross-origin-resource-policy: same-origin
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
            "cancelled": {
              "at": "2026-11-22T06:00:00-05:00",
              "by": "attendee",
              "reason": "I am ill,\nsorry"
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
            "revision": 1,
            "start": "2026-11-23T04:00:00-05:00",
            "state": "cancelled",
            "time_zone": "America/New_York"
          },
          "may": {
            "cancel": false,
            "reschedule": false,
            "until": null
          }
        }
    "#);
    let owed = office.store.look(|contents| contents.effects.keys().filter(|key| key.revision == 1).count());
    assert_eq!(owed, 1, "the news of it, and nothing later");
}

/// Promise 6.
#[test]
fn its_time_is_free_at_once() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    let late = office.book("key-00000002", &wish_of("alan@example.com", MONDAY_NINE));
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(held.cancel("key-cancel-1", &json!({})).status, StatusCode::OK);
    let again = office.book("key-00000003", &wish_of("alan@example.com", MONDAY_NINE));
    assert_eq!(again.status, StatusCode::CREATED);
    let states = office.store.look(|contents| {
        let entries = contents.days.values().flat_map(|day| &day.entries);
        entries.map(|entry| entry.state).collect::<Vec<_>>()
    });
    assert_eq!(states, [EntryState::Cancelled, EntryState::Confirmed], "it stays in its day, marked");
}

/// The twin: a booking that is over and still holds its time is noticed by the story above.
#[test]
fn a_time_that_is_not_given_back_is_noticed() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    office.store.tamper(|contents| {
        let id = held.id.parse().unwrap();
        contents.bookings.get_mut(&id).unwrap().state = State::Cancelled;
    });
    let again = office.book("key-00000003", &wish_of("alan@example.com", MONDAY_NINE));
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[test]
fn cancelling_twice_is_one_answer() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    let first = held.cancel("key-cancel-1", &json!({"reason": "ill"}));
    let kept = office.kept();
    for (wait, key, reason) in
        [(0, "key-cancel-1", "ill"), (1, "key-cancel-2", "well"), (72, "key-cancel-1", "ill")]
    {
        office.advance(TimeDelta::hours(wait));
        let again = held.cancel(key, &json!({"reason": reason}));
        assert_eq!((again.status, &again.body), (StatusCode::OK, &first.body), "{key} after {wait} hours");
        assert!(office.kept() == kept, "a repeat writes nothing");
    }
}

#[test]
fn a_key_names_one_change() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    assert_eq!(held.to("key-change-1", "2026-11-24T09:00:00Z").status, StatusCode::OK);
    let kept = office.kept();
    let other = held.cancel("key-change-1", &json!({}));
    assert_eq!(other.problem(), "422 /problems/idempotency-key-reused");
    assert!(office.kept() == kept, "a refused request writes nothing");
}

#[test]
fn a_past_booking_and_one_inside_the_cut_off_stay() {
    let intro = MeetingType { cancel_cutoff_mins: 120, ..meeting_type("intro", &["ada"]) };
    let office = Office::with(&[host("ada", Tz::Europe__London)], &[intro]);
    let held = Held::booked(&office, MONDAY_NINE);
    let may = || held.show().json()["may"].to_string();
    let until = "2026-11-23T02:00:00-05:00";
    assert_eq!(may(), format!(r#"{{"cancel":true,"reschedule":true,"until":"{until}"}}"#));
    // 21 hours from now it is 7 o'clock in London.
    for wait in [TimeDelta::hours(21), TimeDelta::hours(3)] {
        office.advance(wait);
        let kept = office.kept();
        assert_eq!(may(), format!(r#"{{"cancel":false,"reschedule":false,"until":"{until}"}}"#));
        assert_eq!(held.cancel("key-cancel-1", &json!({})).problem(), "422 /problems/too-late");
        assert_eq!(held.to("key-change-1", "2026-11-24T09:00:00Z").problem(), "422 /problems/too-late");
        let slots = held.slots("from=2026-11-24&to=2026-11-24&time_zone=UTC");
        assert_eq!(slots.problem(), "422 /problems/too-late");
        assert!(office.kept() == kept, "a refused request writes nothing");
    }
}

#[test]
fn what_is_no_request_to_cancel() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    let kept = office.kept();
    let said = |body: serde_json::Value| held.cancel("key-cancel-1", &body).problem();
    assert_eq!(said(json!([])), "422 /problems/invalid\n type: must be an object");
    assert_eq!(said(json!({"reason": "x".repeat(20_000)})), "413 /problems/too-large");
    assert_eq!(
        said(json!({"reason": "bell \u{7}", "notify": false})),
        "422 /problems/invalid\n/notify unknown: is not a field that is known here\n\
         /reason control_characters: must not hold control characters"
    );
    let without_key = Request::post(format!("/v1/bookings/{}/cancel", held.id))
        .header("content-type", "application/json")
        .header("authorization", held.link());
    let reply = office.send(without_key.body(Body::from("{}")).unwrap());
    assert!(reply.problem().starts_with("422 /problems/invalid\nIdempotency-Key required"));
    assert!(office.kept() == kept, "a refused request writes nothing");
}
