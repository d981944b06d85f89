//! Nobody learns from an answer what exists.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Request, StatusCode};
use axum::routing::{any, get};
use chrono_tz::Tz;
use openslot_domain::ids::Slug;
use openslot_domain::meeting_type::MeetingType;
use openslot_edge::{ClientAddress, http};
use openslot_fakes::MemoryStore;
use openslot_tests::support::samples::{at, booking, booking_id, host, meeting_type};
use serde_json::json;

use crate::held::{Held, post};
use crate::office::{MONDAY_NINE, NOW, Office, Reply, send, wish};

const PAIRS: u64 = 1_000;

/// What somebody sees who holds the link of one booking and asks for another, or for a change of it.
fn ask(router: &Router, id: &str, link: &str, mac: &str) -> [Reply; 5] {
    let get = |path: &str| Request::get(format!("/v1/bookings/{id}{path}"));
    let page = get("").header("authorization", link).body(Body::empty());
    let file = get(&format!("/calendar.ics?k={mac}")).body(Body::empty());
    let slots = get("/slots?from=2026-11-24&to=2026-11-24&time_zone=UTC").header("authorization", link);
    let to = json!({"start": "2026-11-24T15:00:00Z", "time_zone": "UTC"});
    [
        send(router, page.unwrap()),
        send(router, file.unwrap()),
        send(router, slots.body(Body::empty()).unwrap()),
        send(router, post(id, "cancel", link, "key-change-1", &json!({}))),
        send(router, post(id, "reschedule", link, "key-change-1", &to)),
    ]
}

/// How many pairs of an unknown and a foreign booking can be told apart by status, headers or body.
fn told_apart(router: &Router, link: impl Fn(&str) -> String, mac: &str) -> usize {
    told_apart_from(router, |number| booking_id(number + PAIRS).to_string(), link, mac)
}

/// The same of pairs of a foreign booking and whatever else `other` makes.
fn told_apart_from(
    router: &Router,
    other: impl Fn(u64) -> String,
    link: impl Fn(&str) -> String,
    mac: &str,
) -> usize {
    let differ = |number: &u64| {
        let foreign = booking_id(*number).to_string();
        let unknown = other(*number);
        let answers = |id: &str| ask(router, id, &link(id), mac).map(|reply| reply.whole());
        answers(&foreign) != answers(&unknown)
    };
    (0..PAIRS).filter(differ).count()
}

/// An office with a thousand bookings of others.
fn full_office() -> Office {
    let office = Office::open();
    let (ada, intro) = (host("ada", Tz::Europe__London), meeting_type("intro", &["ada"]));
    office.store.tamper(|contents| {
        for number in 0..PAIRS {
            let booking = booking(number, &intro, &[&ada], at(MONDAY_NINE), at(NOW));
            contents.bookings.insert(booking.id, booking);
        }
    });
    office
}

#[test]
fn an_unknown_booking_and_a_foreign_one_are_one_answer() {
    let office = full_office();
    let own = office.book("key-00000001", &wish("2026-11-24T09:00:00Z"));
    assert_eq!(own.status, StatusCode::CREATED);
    let url = own.json()["manage_url"].as_str().unwrap().to_owned();
    let (_, own_link) = url.split_once('#').unwrap();
    let (_, mac) = own_link.split_once('.').unwrap();
    let replies = ask(&office.router, &booking_id(1).to_string(), &format!("Manage {own_link}"), mac);
    assert_eq!(replies.map(|reply| reply.status), [StatusCode::NOT_FOUND; 5]);
    let kept = office.kept();

    assert_eq!(told_apart(&office.router, |id| format!("Manage {id}.{mac}"), mac), 0);
    assert_eq!(told_apart(&office.router, |_| format!("Manage {own_link}"), mac), 0);
    assert_eq!(told_apart(&office.router, |id| format!("Manage {id}.no-mac-at-all"), "no-mac-at-all"), 0);
    assert_eq!(told_apart(&office.router, |_| String::new(), ""), 0);
    assert!(office.kept() == kept, "who has no right changes nothing");
}

#[test]
fn no_spelling_of_a_wrong_link_is_answered_otherwise() {
    let office = full_office();
    let own = office.book("key-00000001", &wish("2026-11-24T09:00:00Z"));
    let url = own.json()["manage_url"].as_str().unwrap().to_owned();
    let (id, mac) = url.split_once('#').unwrap().1.split_once('.').unwrap();
    let wrong = |id: &str, link: &str| {
        let [page, _, slots, cancel, reschedule] =
            ask(&office.router, id, link, "x").map(|reply| reply.whole());
        assert_eq!([&slots, &cancel, &reschedule], [&page; 3], "{link}");
        page
    };
    let expected = wrong(&booking_id(1).to_string(), "Manage x.y");
    let flipped = format!("{}{}", if mac.starts_with('A') { 'B' } else { 'A' }, &mac[1..]);
    for link in [
        format!("Manage {id}.{flipped}"),
        format!("Manage {id}.{mac}x"),
        format!("Manage {id}.{}", &mac[1..]),
        format!("Manage {id}."),
        format!("Manage {mac}"),
        format!("Bearer {id}.{mac}"),
        "Manage".to_owned(),
        String::new(),
    ] {
        assert_eq!(wrong(id, &link), expected, "{link}");
    }
    for id in ["0", "%ff", "..", "ABCDEFABCDEFABCDEFABCDEFABCDEFAB"] {
        assert_eq!(wrong(id, &format!("Manage {id}.{mac}")), expected, "{id}");
    }
}

/// Promise 27: the link of before opens nothing, and is answered as if it had never been one.
#[test]
fn a_renewed_link_ends_every_earlier_one() {
    let office = full_office();
    let held = Held::booked(&office, "2026-11-24T09:00:00Z");
    assert_eq!(held.show().status, StatusCode::OK);
    let id = held.id.parse().unwrap();
    office.store.tamper(|contents| contents.bookings.get_mut(&id).unwrap().nonce = [7; 16]);
    let unknown = booking_id(PAIRS).to_string();
    let answers = |id: &str| ask(&office.router, id, &held.link(), &held.mac).map(|reply| reply.whole());
    assert_eq!(answers(&held.id), answers(&unknown));
}

/// Promise 27: every single bit counts, also those that the last character has too many.
#[test]
fn a_link_with_one_bit_bent_opens_nothing() {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let office = Office::open();
    let held = Held::booked(&office, "2026-11-24T09:00:00Z");
    assert_eq!(held.mac.len(), 22, "128 bits in digits of six");
    let kept = office.kept();
    let nobody = booking_id(1).to_string();
    let expected = ask(&office.router, &nobody, "Manage x.y", "x").map(|reply| reply.whole());
    for bit in 0..22 * 6 {
        let mut bent = held.mac.clone().into_bytes();
        let digit = DIGITS.iter().position(|digit| *digit == bent[bit / 6]).unwrap();
        bent[bit / 6] = DIGITS[digit ^ 1 << (bit % 6)];
        let bent = String::from_utf8(bent).unwrap();
        let link = format!("Manage {}.{bent}", held.id);
        let answers = ask(&office.router, &held.id, &link, &bent).map(|reply| reply.whole());
        assert_eq!(answers, expected, "bit {bit}");
    }
    assert!(office.kept() == kept, "a bent link changes nothing");
    assert_eq!(held.show().status, StatusCode::OK);
}

/// No booking's id, though nearly: each way of bending one takes its turn.
fn bent(number: u64) -> String {
    let id = booking_id(number).to_string();
    match number % 8 {
        0 => id.to_uppercase().replace(|c: char| c.is_ascii_digit(), "A"),
        1 => id[..31].to_owned(),
        2 => format!("{id}0"),
        3 => format!("{id}%00"),
        4 => format!("%20{id}"),
        5 => format!("{}g", &id[..31]),
        6 => format!("{}-{}", &id[..16], &id[16..]),
        _ => format!("{id}%ff"),
    }
}

#[test]
fn a_bent_id_is_answered_as_a_foreign_one() {
    let office = full_office();
    let own = office.book("key-00000001", &wish("2026-11-24T09:00:00Z"));
    let url = own.json()["manage_url"].as_str().unwrap().to_owned();
    let (_, own_link) = url.split_once('#').unwrap();
    let (_, mac) = own_link.split_once('.').unwrap();
    assert_eq!(told_apart_from(&office.router, bent, |_| format!("Manage {own_link}"), mac), 0);
    assert_eq!(told_apart_from(&office.router, bent, |id| format!("Manage {id}.{mac}"), mac), 0);
}

#[test]
fn a_route_that_tells_is_caught() {
    type Store = Arc<MemoryStore>;
    let office = full_office();
    let tell = async |State(store): State<Store>, Path(id): Path<String>| {
        let id = id.parse().ok();
        let stands = store.look(|contents| id.is_some_and(|id| contents.bookings.contains_key(&id)));
        (StatusCode::NOT_FOUND, if stands { "wrong link" } else { "no such booking" })
    };
    let routes = Router::new()
        .route("/v1/bookings/{id}", get(tell))
        .route("/v1/bookings/{id}/calendar.ics", get(tell))
        .route("/v1/bookings/{id}/slots", get(tell))
        .route("/v1/bookings/{id}/cancel", any(tell))
        .route("/v1/bookings/{id}/reschedule", any(tell))
        .with_state(Arc::clone(&office.store));
    let leaky = http::finish(routes, ClientAddress::Direct);
    assert_eq!(told_apart(&leaky, |id| format!("Manage {id}.x"), "x"), 1_000);
    assert_eq!(told_apart_from(&leaky, bent, |id| format!("Manage {id}.x"), "x"), 1_000);
}

/// What somebody sees who asks for a meeting type, its free times and a booking of it. Every such guest has an
/// address of their own, so that the limit on one does not answer for the store.
fn ask_for(router: &Router, slug: &str, number: u64) -> [String; 3] {
    let page = Request::get(format!("/v1/meeting-types/{slug}"));
    let range = "from=2026-11-23&to=2026-11-23&time_zone=UTC";
    let slots = Request::get(format!("/v1/meeting-types/{slug}/slots?{range}"));
    let mut body = wish(MONDAY_NINE);
    body["meeting_type"] = slug.into();
    let booking = Request::post("/v1/bookings")
        .header("content-type", "application/json")
        .header("idempotency-key", format!("key-{number:08}"))
        .header("x-forwarded-for", format!("10.2.{}.{}", number / 200, number % 200));
    [
        page.body(Body::empty()).unwrap(),
        slots.body(Body::empty()).unwrap(),
        booking.body(Body::from(body.to_string())).unwrap(),
    ]
    .map(|request| send(router, request).whole())
}

/// How many meeting types that are switched off can be told from names that were never given.
fn types_told_apart(router: &Router) -> usize {
    let differ = |number: &u64| {
        let off = ask_for(router, &format!("off-{number}"), *number);
        off != ask_for(router, &format!("none-{number}"), *number)
    };
    (0..PAIRS).filter(differ).count()
}

/// An office with a thousand meeting types that cannot be booked.
fn closed_office() -> Office {
    let off = |number: u64| MeetingType { active: false, ..meeting_type(&format!("off-{number}"), &["ada"]) };
    Office::with(&[host("ada", Tz::Europe__London)], &(0..PAIRS).map(off).collect::<Vec<_>>())
}

#[test]
fn a_meeting_type_that_is_switched_off_is_unknown() {
    let office = closed_office();
    let unknown = ask_for(&office.router, "none", 0);
    assert!(unknown.iter().all(|reply| reply.contains("/problems/meeting-type-unknown")), "{unknown:?}");
    assert_eq!(types_told_apart(&office.router), 0);
    // What could be no name at all is not told from one that might be.
    for bent in ["Off!", "OFF-1", "off-1%20", "off-1%00", "-", "%F0%9F%98%80"] {
        assert_eq!(ask_for(&office.router, bent, 0)[..2], unknown[..2], "{bent}");
    }
}

#[test]
fn a_directory_that_tells_is_caught() {
    type Store = Arc<MemoryStore>;
    let office = closed_office();
    let tell = async |State(store): State<Store>, Path(slug): Path<String>| {
        let stands = slug
            .parse()
            .is_ok_and(|slug| store.look(|contents| contents.meeting_types.contains_key::<Slug>(&slug)));
        (StatusCode::NOT_FOUND, if stands { "switched off" } else { "unknown" })
    };
    let routes =
        Router::new().route("/v1/meeting-types/{slug}", get(tell)).with_state(Arc::clone(&office.store));
    assert_eq!(types_told_apart(&http::finish(routes, ClientAddress::Direct)), 1_000);
}
