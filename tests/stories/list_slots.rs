//! What is listed can be booked, and nothing else can.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use openslot_domain::meeting_type::MeetingType;
use openslot_tests::support::samples::{at, host, meeting_type};

use crate::office::{MONDAY_NINE, Office, Reply, wish, wish_of};

fn slots(office: &Office, from: &str, to: &str, zone: &str) -> Reply {
    office.get(&format!("/v1/meeting-types/intro/slots?from={from}&to={to}&time_zone={zone}"))
}

fn listed(reply: &Reply) -> Vec<String> {
    let days = reply.json()["days"].as_array().unwrap().clone();
    let starts = days.iter().flat_map(|day| day["slots"].as_array().unwrap().clone());
    starts.map(|start| start.as_str().unwrap().to_owned()).collect()
}

#[test]
fn free_times_are_listed_in_the_zone_asked_for() {
    let mut intro = meeting_type("intro", &["ada"]);
    intro.slot_interval_mins = 120;
    let office = Office::with(&[host("ada", Tz::Europe__London)], &[intro]);
    let reply = slots(&office, "2026-11-22", "2026-11-24", "Pacific/Auckland");
    insta::assert_snapshot!(reply.whole(), @r#"
        200 OK
        cache-control: public, max-age=0, s-maxage=5
        content-length: 312
        content-security-policy: default-src 'none'; frame-ancestors 'none'
        content-type: application/json
        cross-origin-opener-policy: same-origin
        cross-origin-resource-policy: same-origin
        etag: "4470a2dd4b1e5479390c5c6bb5ac0262"
        permissions-policy: camera=(), geolocation=(), microphone=(), payment=()
        referrer-policy: no-referrer
        strict-transport-security: max-age=63072000; includeSubDomains
        x-content-type-options: nosniff
        x-frame-options: DENY

        {
          "days": [
            {
              "date": "2026-11-23",
              "slots": [
                "2026-11-23T22:00:00+13:00"
              ]
            },
            {
              "date": "2026-11-24",
              "slots": [
                "2026-11-24T00:00:00+13:00",
                "2026-11-24T02:00:00+13:00",
                "2026-11-24T04:00:00+13:00",
                "2026-11-24T22:00:00+13:00"
              ]
            }
          ],
          "duration_minutes": 30,
          "next_available": "2026-11-23T22:00:00+13:00",
          "time_zone": "Pacific/Auckland"
        }
    "#);
}

#[test]
fn the_page_of_a_meeting_type_names_everything_a_guest_may_choose() {
    let office = Office::open();
    insta::assert_snapshot!(office.get("/v1/meeting-types/intro").brief(), @r#"
        200 OK
        {
          "description": null,
          "durations_minutes": [
            30
          ],
          "hosts": [
            {
              "id": "ada",
              "name": "Host ada"
            }
          ],
          "location": {
            "kind": "google_meet"
          },
          "min_notice_minutes": 0,
          "mode": "single",
          "questions": [],
          "requires_approval": false,
          "slot_interval_minutes": 30,
          "slug": "intro",
          "time_zone": "Europe/London",
          "title": "Introduction",
          "window": {
            "kind": "open"
          }
        }
    "#);
}

/// Books every time that is listed, each for somebody else, and tells what was answered.
fn book_all(office: &Office, starts: &[String]) -> Vec<StatusCode> {
    let book = |(number, start): (usize, &String)| {
        let (address, key) = (format!("10.2.0.{number}"), format!("key-{number:08}"));
        office.book_from(&address, &key, &wish_of(&format!("guest-{number}@example.com"), start)).status
    };
    starts.iter().enumerate().map(book).collect()
}

fn week(zone: Tz, bend: impl FnOnce(&mut MeetingType)) -> (Office, Vec<String>) {
    let mut intro = meeting_type("intro", &["ada"]);
    bend(&mut intro);
    let office = Office::with(&[host("ada", zone)], &[intro]);
    let starts = listed(&slots(&office, "2026-11-22", "2026-11-29", zone.name()));
    (office, starts)
}

#[test]
fn every_listed_time_books_at_that_time_and_is_listed_no_more() {
    for zone in [Tz::Europe__London, Tz::America__New_York, Tz::Australia__Lord_Howe, Tz::Asia__Kathmandu] {
        let (office, starts) = week(zone, |_| {});
        assert_eq!(starts.len(), 80, "a week of office hours in {zone}");
        assert_eq!(book_all(&office, &starts), vec![StatusCode::CREATED; 80], "{zone}");
        let left = slots(&office, "2026-11-22", "2026-11-29", zone.name());
        assert_eq!(listed(&left), Vec::<String>::new());
        assert!(left.json()["next_available"].is_string(), "the week after is free");
    }
}

#[test]
fn what_is_not_listed_is_refused() {
    let (office, starts) = week(Tz::Europe__London, |intro| intro.notice_mins = 26 * 60);
    let starts: Vec<DateTime<Utc>> = starts.iter().map(|start| at(start)).collect();
    let mut refused = 0;
    let mut number = 0;
    let mut wanted = at("2026-11-23T00:00:00Z");
    while wanted < at("2026-11-25T00:00:00Z") {
        if !starts.contains(&wanted) {
            number += 1;
            let reply = office.book_from(
                &format!("10.3.0.{number}"),
                &format!("key-{number:08}"),
                &wish(&wanted.to_rfc3339()),
            );
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{wanted}");
            refused += 1;
        }
        wanted += TimeDelta::minutes(15);
    }
    assert_eq!(refused, 2 * 96 - (10 + 16), "half an hour apart, from noon on Monday");
    assert!(office.kept().bookings.is_empty());
}

#[test]
fn a_list_knows_whether_it_has_changed() {
    let office = Office::open();
    let list = |tag: Option<&str>| {
        let path = "/v1/meeting-types/intro/slots?from=2026-11-23&to=2026-11-23&time_zone=Europe/London";
        let request =
            tag.into_iter().fold(Request::get(path), |request, tag| request.header("if-none-match", tag));
        office.send(request.body(Body::empty()).unwrap())
    };
    let first = list(None);
    let tag = first.header("etag").to_owned();
    let unchanged = list(Some(&tag));
    assert_eq!((unchanged.status, unchanged.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(unchanged.header("cache-control"), "public, max-age=0, s-maxage=5");
    office.book("key-00000001", &wish(MONDAY_NINE));
    let changed = list(Some(&tag));
    assert_eq!(changed.status, StatusCode::OK);
    assert_eq!(listed(&changed).len() + 1, listed(&first).len());
}
