//! The holder of a link moves the booking.

use axum::http::StatusCode;
use chrono::TimeDelta;
use chrono_tz::Tz;
use openslot_domain::meeting_type::{MeetingType, Window};
use openslot_tests::support::samples::{host, meeting_type};
use serde_json::json;

use crate::held::Held;
use crate::office::{MONDAY_NINE, Office, wish, wish_of};

const TUESDAY_TEN: &str = "2026-11-24T10:00:00+00:00";

#[test]
fn a_booking_is_moved() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    let reply = held.reschedule("key-change-1", &json!({"start": TUESDAY_TEN, "time_zone": "Europe/Berlin"}));
    insta::assert_snapshot!(reply.brief(), @r#"
        200 OK
        {
          "booking": {
            "answers": {},
            "attendee": {
              "email": "grace@example.com",
              "name": "Grace Hopper"
            },
            "created_at": "2026-11-22T11:00:00+01:00",
            "end": "2026-11-24T11:30:00+01:00",
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
            "start": "2026-11-24T11:00:00+01:00",
            "state": "confirmed",
            "time_zone": "Europe/Berlin"
          },
          "calendar": {
            "google_url": "https://calendar.google.com/calendar/render?action=TEMPLATE&text=Introduction%20with%20Host%20ada&dates=20261124T100000Z%2F20261124T103000Z&details=Where%3A%20Google%20Meet.%20The%20link%20follows%20from%20Host%20ada.&location=Google%20Meet&ctz=Europe%2FBerlin",
            "ics_url": "https://meet.example.org/v1/bookings/c5264dca842b30548e09b24b8d9fb17c/calendar.ics?k=44lFxtztLVLBvKJBKcI4fQ",
            "office365_url": "https://outlook.office.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&subject=Introduction%20with%20Host%20ada&startdt=2026-11-24T10%3A00%3A00Z&enddt=2026-11-24T10%3A30%3A00Z&body=Where%3A%20Google%20Meet.%20The%20link%20follows%20from%20Host%20ada.&location=Google%20Meet&allday=false",
            "outlook_url": "https://outlook.live.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&subject=Introduction%20with%20Host%20ada&startdt=2026-11-24T10%3A00%3A00Z&enddt=2026-11-24T10%3A30%3A00Z&body=Where%3A%20Google%20Meet.%20The%20link%20follows%20from%20Host%20ada.&location=Google%20Meet&allday=false"
          },
          "may": {
            "cancel": true,
            "reschedule": true,
            "until": "2026-11-24T11:00:00+01:00"
          }
        }
    "#);
    assert_eq!(held.show().body, reply.body, "the old link shows it");
    // Both old reminders stay where they are, and die there.
    let owed = office.store.look(|contents| contents.effects.keys().filter(|key| key.revision == 1).count());
    assert_eq!(owed, 3, "the news, and two reminders");
}

/// Promise 5, where nothing breaks: one slot is held before, and one after.
#[test]
fn the_old_time_is_free_and_the_new_one_taken() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    let want = |key: &str, start: &str| office.book(key, &wish_of("alan@example.com", start)).status;
    assert_eq!(want("key-00000002", MONDAY_NINE), StatusCode::CONFLICT);
    assert_eq!(held.to("key-change-1", TUESDAY_TEN).status, StatusCode::OK);
    assert_eq!(want("key-00000003", TUESDAY_TEN), StatusCode::CONFLICT);
    assert_eq!(want("key-00000004", MONDAY_NINE), StatusCode::CREATED);
}

#[test]
fn its_own_time_is_not_in_its_way() {
    let hourly = MeetingType { durations_mins: vec![60], ..meeting_type("intro", &["ada"]) };
    let office = Office::with(&[host("ada", Tz::Europe__London)], &[hourly]);
    let held = Held::booked(&office, "2026-11-23T10:00:00Z");
    office.book("key-00000002", &wish_of("alan@example.com", "2026-11-23T12:00:00Z"));
    let listed = held.slots("from=2026-11-23&to=2026-11-23&time_zone=Europe/London").json();
    let starts = listed["days"][0]["slots"].as_array().unwrap();
    let has = |start: &str| starts.contains(&start.into());
    assert!(has("2026-11-23T09:30:00+00:00") && has("2026-11-23T10:00:00+00:00"), "{listed}");
    assert!(!has("2026-11-23T11:30:00+00:00"), "that of others is");
    assert_eq!(listed["duration_minutes"], 60);
    let public =
        office.get("/v1/meeting-types/intro/slots?from=2026-11-23&to=2026-11-23&time_zone=Europe/London");
    assert!(!public.text().contains("T09:30"), "for everybody else it is");
    assert_eq!(held.to("key-change-1", "2026-11-23T10:30:00Z").status, StatusCode::OK);
    let taken = held.to("key-change-2", "2026-11-23T11:30:00Z");
    assert!(taken.problem().starts_with("409 /problems/slot-taken\nalternatives [\""), "{}", taken.problem());
}

/// What is listed can be moved to, and nothing else can.
#[test]
fn every_listed_start_can_be_moved_to() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    office.book("key-00000002", &wish_of("alan@example.com", "2026-11-24T11:00:00Z"));
    let listed = held.slots("from=2026-11-24&to=2026-11-24&time_zone=UTC").json();
    let starts: Vec<String> = listed["days"][0]["slots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|start| start.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(starts.len(), 15);
    for half_hour in 0..48 {
        let minute = half_hour * 30;
        let start = format!("2026-11-24T{:02}:{:02}:00+00:00", minute / 60, minute % 60);
        let copy = Office::open();
        let held = Held::booked(&copy, MONDAY_NINE);
        copy.book("key-00000002", &wish_of("alan@example.com", "2026-11-24T11:00:00Z"));
        let moved = held.to("key-change-1", &start).status == StatusCode::OK;
        assert_eq!(moved, starts.contains(&start), "{start}");
    }
}

#[test]
fn a_repeat_is_answered_with_the_booking_as_it_stands() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    let first = held.to("key-change-1", TUESDAY_TEN);
    let kept = office.kept();
    let again = held.to("key-change-1", TUESDAY_TEN);
    assert_eq!((again.status, &again.body), (StatusCode::OK, &first.body));
    assert!(office.kept() == kept, "a repeat writes nothing");
    // Meanwhile it was moved on: a late repeat does not move it back.
    let second = held.to("key-change-2", "2026-11-25T10:00:00Z");
    let late = held.to("key-change-1", TUESDAY_TEN);
    assert_eq!((late.status, &late.body), (StatusCode::OK, &second.body));
    assert_eq!(held.to("key-change-1", MONDAY_NINE).problem(), "422 /problems/idempotency-key-reused");
}

#[test]
fn a_move_to_where_it_is_changes_nothing() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    let before = held.show();
    let unmoved = held.to("key-change-1", "2026-11-23T10:00:00+01:00");
    assert_eq!((unmoved.status, &unmoved.body), (StatusCode::OK, &before.body));
    // A late repeat of it changes nothing either.
    let moved = held.to("key-change-2", TUESDAY_TEN);
    let late = held.to("key-change-1", "2026-11-23T10:00:00+01:00");
    assert_eq!((late.status, &late.body), (StatusCode::OK, &moved.body));
}

#[test]
fn what_create_would_refuse_is_refused() {
    let intro = MeetingType {
        notice_mins: 120,
        window: Window::Rolling { days: 30 },
        durations_mins: vec![30, 60],
        ..meeting_type("intro", &["ada"])
    };
    let office = Office::with(&[host("ada", Tz::Europe__London)], &[intro]);
    let held = Held::booked(&office, MONDAY_NINE);
    office.book("key-00000002", &wish_of("alan@example.com", TUESDAY_TEN));
    let kept = office.kept();
    let moved = |body: serde_json::Value| held.reschedule("key-change-1", &body).problem();
    let to = |start: &str| moved(json!({"start": start, "time_zone": "UTC"}));
    let answers = [
        ("taken", to(TUESDAY_TEN)),
        ("in the past", to("2026-11-20T09:00:00Z")),
        ("off the grid", to("2026-11-24T09:10:00Z")),
        ("between two seconds", to("2026-11-23T09:00:00.5Z")),
        ("outside the hours", to("2026-11-24T03:00:00Z")),
        ("too far ahead", to("2027-02-01T09:00:00Z")),
        (
            "a duration that is not offered",
            moved(json!({"start": TUESDAY_TEN, "time_zone": "UTC", "duration_minutes": 45})),
        ),
        ("with another host", moved(json!({"start": TUESDAY_TEN, "time_zone": "UTC", "host": "bob"}))),
        ("nothing said", moved(json!({}))),
    ];
    let answers: Vec<String> = answers.iter().map(|(name, answer)| format!("{name}\n{answer}")).collect();
    insta::assert_snapshot!(answers.join("\n\n"), @r#"
        taken
        409 /problems/slot-taken
        alternatives ["2026-11-24T09:00:00+00:00","2026-11-24T09:30:00+00:00","2026-11-24T10:30:00+00:00"]

        in the past
        422 /problems/not-offered
        reason "notice"

        off the grid
        422 /problems/not-offered
        reason "off_grid"

        between two seconds
        422 /problems/not-offered
        reason "off_grid"

        outside the hours
        422 /problems/not-offered
        reason "outside_hours"

        too far ahead
        422 /problems/not-offered
        reason "window"

        a duration that is not offered
        422 /problems/invalid
        /duration_minutes not_offered: is not a duration of this meeting type

        with another host
        422 /problems/invalid
        /host unknown: is not a field that is known here

        nothing said
        422 /problems/invalid
        /start required: must be given
        /time_zone required: must be given
    "#);
    assert!(office.kept() == kept, "a refused request writes nothing and counts nothing");
    let longer = json!({"start": "2026-11-24T11:00:00Z", "time_zone": "UTC", "duration_minutes": 60});
    assert_eq!(
        held.reschedule("key-change-2", &longer).json()["booking"]["end"],
        "2026-11-24T12:00:00+00:00"
    );
}

#[test]
fn what_is_over_is_not_moved() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    held.cancel("key-cancel-1", &json!({}));
    assert_eq!(held.to("key-change-1", TUESDAY_TEN).problem(), "422 /problems/too-late");
    let may = held.show().json()["may"].to_string();
    assert_eq!(may, r#"{"cancel":false,"reschedule":false,"until":null}"#);
}

#[test]
fn a_guest_keeps_the_host() {
    let hosts = [host("ada", Tz::Europe__London), host("bob", Tz::Europe__London)];
    let office = Office::with(&hosts, &[meeting_type("intro", &["ada", "bob"])]);
    let held = Held::booked(&office, MONDAY_NINE);
    let host = held.show().json()["booking"]["hosts"][0]["id"].clone();
    let mut other = wish_of("alan@example.com", TUESDAY_TEN);
    other["host"] = host.clone();
    assert_eq!(office.book("key-00000002", &other).status, StatusCode::CREATED);
    // The other host is free then.
    assert!(held.to("key-change-1", TUESDAY_TEN).problem().starts_with("409 /problems/slot-taken"));
    assert_eq!(held.to("key-change-1", "2026-11-24T11:00:00Z").json()["booking"]["hosts"][0]["id"], host);
}

/// A meeting type that is switched off is not booked, and so not moved either; it can be given up.
#[test]
fn what_is_no_longer_offered_can_only_be_given_up() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    office.store.tamper(|contents| contents.meeting_types.values_mut().for_each(|kind| kind.active = false));
    office.advance(TimeDelta::seconds(10));
    let until = "2026-11-23T04:00:00-05:00";
    let may = held.show().json()["may"].to_string();
    assert_eq!(may, format!(r#"{{"cancel":true,"reschedule":false,"until":"{until}"}}"#));
    let refused = held.to("key-change-1", TUESDAY_TEN).problem();
    assert_eq!(refused, "422 /problems/not-offered\nreason \"unavailable\"");
    assert_eq!(held.slots("from=2026-11-24&to=2026-11-24&time_zone=UTC").json()["days"], json!([]));
    assert_eq!(held.cancel("key-cancel-1", &json!({})).status, StatusCode::OK);
}

/// A move is told to as many as a booking: it counts like one, so that nobody is written to without end.
#[test]
fn moves_count_as_bookings() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    for (number, start) in ["09", "10", "11", "12"].iter().enumerate() {
        let moved = held.to(&format!("key-change-{number}"), &format!("2026-11-25T{start}:00:00Z"));
        assert_eq!(moved.status, StatusCode::OK, "{start}");
    }
    let kept = office.kept();
    let fifth = held.to("key-change-5", "2026-11-25T13:00:00Z");
    assert_eq!(fifth.problem(), "429 /problems/too-many-requests\nRetry-After 50400");
    assert!(office.kept() == kept, "a refused request writes nothing and counts nothing");
    assert_eq!(
        office.book("key-00000002", &wish("2026-11-26T09:00:00Z")).status,
        StatusCode::TOO_MANY_REQUESTS
    );
    office.advance(TimeDelta::seconds(50_400));
    assert_eq!(held.to("key-change-5", "2026-11-25T13:00:00Z").status, StatusCode::OK);
}
