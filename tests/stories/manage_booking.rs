//! The links of a reply lead to the booking, and each opens only what it is for.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::office::{MONDAY_NINE, Office, Reply, wish};

/// The fragment of a manage link: id and mac.
fn link(reply: &Reply) -> (String, String) {
    let url = reply.json()["manage_url"].as_str().unwrap().to_owned();
    let link = url.strip_prefix("https://meet.example.org/manage/#").unwrap();
    let (id, mac) = link.split_once('.').unwrap();
    (id.to_owned(), mac.to_owned())
}

fn show(office: &Office, id: &str, link: &str) -> Reply {
    let request = Request::get(format!("/v1/bookings/{id}")).header("authorization", link);
    office.send(request.body(Body::empty()).unwrap())
}

#[test]
fn a_manage_link_shows_the_booking() {
    let office = Office::open();
    let booked = office.book("key-00000001", &wish(MONDAY_NINE));
    let (id, mac) = link(&booked);
    assert_eq!(booked.header("location"), format!("/v1/bookings/{id}"));
    let kept = office.store.snapshot();
    let shown = show(&office, &id, &format!("Manage {id}.{mac}"));
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.json()["booking"], booked.json()["booking"]);
    insta::assert_snapshot!(
        shown.json()["may"],
        @r#"{"cancel":true,"reschedule":true,"until":"2026-11-23T04:00:00-05:00"}"#
    );
    assert!(office.store.snapshot() == kept, "looking writes nothing");
}

#[test]
fn a_calendar_file_is_saved_by_its_link() {
    let office = Office::open();
    let booked = office.book("key-00000001", &wish(MONDAY_NINE));
    let url = booked.json()["calendar"]["ics_url"].as_str().unwrap().to_owned();
    let path = url.strip_prefix("https://meet.example.org").unwrap();
    let file = office.get(path);
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8; method=PUBLISH");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"meeting.ics\"");
    assert_eq!(file.header("cache-control"), "no-store");
    assert!(file.text().starts_with("BEGIN:VCALENDAR\r\n"), "{}", file.text());
    assert!(file.text().contains("DTSTART"), "{}", file.text());
}

#[test]
fn a_secret_opens_only_what_it_was_made_for() {
    let office = Office::open();
    let booked = office.book("key-00000001", &wish(MONDAY_NINE));
    let (id, mac) = link(&booked);
    let url = booked.json()["calendar"]["ics_url"].as_str().unwrap().to_owned();
    let (_, file_mac) = url.split_once("?k=").unwrap();
    let with_file_secret = show(&office, &id, &format!("Manage {id}.{file_mac}"));
    assert_eq!(with_file_secret.problem(), "404 /problems/booking-unknown");
    let with_booking_secret = office.get(&format!("/v1/bookings/{id}/calendar.ics?k={mac}"));
    assert_eq!(with_booking_secret.problem(), "404 /problems/booking-unknown");
}
