//! Nobody is used against anybody: what one address, one recipient and one host may be part of.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use openslot_tests::support::samples::{at, host, meeting_type};

use crate::office::{MONDAY_NINE, Office, wish, wish_of};

/// The starts of the coming working days, on the half hour.
fn starts() -> impl Iterator<Item = String> {
    let weeks = (0..8).flat_map(|week| (0..5).map(move |day| TimeDelta::days(week * 7 + day)));
    let slots =
        |day: DateTime<Utc>| (0..16).map(move |slot| (day + TimeDelta::minutes(slot * 30)).to_rfc3339());
    weeks.flat_map(move |after| slots(at(MONDAY_NINE) + after))
}

/// An address of its own for every request.
fn address(number: usize) -> String {
    format!("10.1.{}.{}", number / 200, number % 200)
}

#[test]
fn an_address_asks_ten_times_a_minute() {
    let office = Office::open();
    office.advance(TimeDelta::seconds(13));
    for number in 0..10 {
        // What they ask for does not matter, not even whether they get it.
        let reply = office.book(&format!("key-{number:08}"), &wish("2026-11-23T03:00:00Z"));
        assert_eq!(reply.problem(), "422 /problems/not-offered\nreason \"outside_hours\"");
    }
    let kept = office.kept();
    let one_more = office.book("key-00000010", &wish(MONDAY_NINE));
    insta::assert_snapshot!(one_more.whole(), @r#"
        429 Too Many Requests
        cache-control: no-store
        content-length: 173
        content-security-policy: default-src 'none'; frame-ancestors 'none'
        content-type: application/problem+json
        cross-origin-opener-policy: same-origin
        cross-origin-resource-policy: same-origin
        permissions-policy: camera=(), geolocation=(), microphone=(), payment=()
        referrer-policy: no-referrer
        retry-after: 47
        strict-transport-security: max-age=63072000; includeSubDomains
        x-content-type-options: nosniff
        x-frame-options: DENY

        {
          "detail": "That was often enough for now. Come back after the time in the Retry-After header.",
          "status": 429,
          "title": "Too many requests",
          "type": "/problems/too-many-requests"
        }
    "#);
    assert!(office.kept() == kept, "a refused request writes nothing");

    assert_eq!(office.book_from("192.0.2.2", "key-00000011", &wish(MONDAY_NINE)).status, StatusCode::CREATED);
    office.advance(TimeDelta::seconds(47));
    assert_eq!(office.book("key-00000012", &wish("2026-11-23T11:00:00Z")).status, StatusCode::CREATED);
}

#[test]
fn a_repeat_is_answered_although_the_recipient_has_had_enough() {
    let office = Office::open();
    let starts: Vec<String> = starts().take(6).collect();
    for (number, start) in starts[..5].iter().enumerate() {
        let reply = office.book_from(&address(number), &format!("key-{number:08}"), &wish(start));
        assert_eq!(reply.status, StatusCode::CREATED);
    }
    assert_eq!(office.book("key-00000005", &wish(&starts[5])).status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(office.book("key-00000000", &wish(&starts[0])).status, StatusCode::OK);
}

#[test]
fn a_recipient_meets_a_host_five_times_a_day() {
    let office = Office::open();
    let starts: Vec<String> = starts().take(7).collect();
    for (number, start) in starts[..5].iter().enumerate() {
        // The letter case of an address makes nobody else of its owner.
        let email = if number % 2 == 0 { "grace@example.com" } else { "Grace@Example.com" };
        let reply = office.book_from(&address(number), &format!("key-{number:08}"), &wish_of(email, start));
        assert_eq!(reply.status, StatusCode::CREATED);
    }
    let kept = office.kept();
    let sixth = office.book_from(&address(5), "key-00000005", &wish(&starts[5]));
    assert_eq!(sixth.problem(), "429 /problems/too-many-requests\nRetry-After 50400");
    assert!(office.kept() == kept, "a refused request writes nothing and counts nothing");

    let other = office.book_from(&address(6), "key-00000006", &wish_of("alan@example.com", &starts[5]));
    assert_eq!(other.status, StatusCode::CREATED);
    office.advance(TimeDelta::seconds(50_400));
    assert_eq!(office.book("key-00000007", &wish(&starts[6])).status, StatusCode::CREATED);
}

#[test]
fn a_recipient_is_written_to_of_twenty_bookings_a_day() {
    let names = ["a", "b", "c", "d", "e"];
    let hosts: Vec<_> = names.iter().map(|id| host(id, Tz::Europe__London)).collect();
    let types: Vec<_> = names.iter().map(|id| meeting_type(id, &[*id])).collect();
    let office = Office::with(&hosts, &types);
    let book = |number: usize| {
        let mut body = wish(&starts().nth(number / 5).unwrap());
        body["meeting_type"] = names[number % 5].into();
        office.book_from(&address(number), &format!("key-{number:08}"), &body)
    };
    for number in 0..20 {
        assert_eq!(book(number).status, StatusCode::CREATED, "booking {number}");
    }
    assert_eq!(book(20).problem(), "429 /problems/too-many-requests\nRetry-After 50400");
}

#[test]
fn a_host_takes_two_hundred_bookings_a_day() {
    let office = Office::open();
    let starts: Vec<String> = starts().take(201).collect();
    for (number, start) in starts.iter().enumerate() {
        let email = format!("guest-{number}@example.com");
        let reply = office.book_from(&address(number), &format!("key-{number:08}"), &wish_of(&email, start));
        let expected = if number < 200 { StatusCode::CREATED } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(reply.status, expected, "booking {number}");
    }
}

#[test]
fn guests_count_as_recipients() {
    let office = Office::open();
    let starts: Vec<String> = starts().take(6).collect();
    for (number, start) in starts.iter().enumerate() {
        let mut body = wish_of(&format!("guest-{number}@example.com"), start);
        body["guests"] = serde_json::json!([{"email": "victim@example.com"}]);
        let reply = office.book_from(&address(number), &format!("key-{number:08}"), &body);
        let expected = if number < 5 { StatusCode::CREATED } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(reply.status, expected, "booking {number}");
    }
}

/// Promise 35: whoever books ten thousand times for somebody else's address fills nobody's inbox.
#[test]
fn ten_thousand_requests_are_twenty_letters() {
    let names = ["a", "b", "c", "d", "e"];
    let hosts: Vec<_> = names.iter().map(|id| host(id, Tz::Europe__London)).collect();
    let types: Vec<_> = names.iter().map(|id| meeting_type(id, &[*id])).collect();
    let office = Office::with(&hosts, &types);
    let starts: Vec<String> = starts().take(100).collect();
    for number in 0..10_000 {
        // What follows a plus makes nobody else of an address.
        let mut body = wish_of(&format!("Victim+{number}@example.com"), &starts[number % 100]);
        body["meeting_type"] = names[number % 5].into();
        let reply = office.book_from(&address(number), &format!("key-{number:08}"), &body);
        let answered = [StatusCode::CREATED, StatusCode::CONFLICT, StatusCode::TOO_MANY_REQUESTS];
        assert!(answered.contains(&reply.status), "{}", reply.whole());
    }
    office.minute();
    let to_the_victim = office.letters().iter().filter(|letter| letter.starts_with("Victim")).count();
    assert_eq!(to_the_victim, 20);
}
