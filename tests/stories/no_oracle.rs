//! Nobody learns from an answer what exists.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Request, StatusCode};
use axum::routing::get;
use chrono_tz::Tz;
use openslot_edge::{ClientAddress, http};
use openslot_fakes::MemoryStore;
use openslot_tests::support::samples::{at, booking, booking_id, host, meeting_type};

use crate::office::{MONDAY_NINE, NOW, Office, Reply, send, wish};

const PAIRS: u64 = 1_000;

/// What somebody sees who holds the link of one booking and asks for another.
fn ask(router: &Router, id: &str, link: &str, mac: &str) -> [Reply; 2] {
    let page = Request::get(format!("/v1/bookings/{id}")).header("authorization", link);
    let file = Request::get(format!("/v1/bookings/{id}/calendar.ics?k={mac}"));
    [send(router, page.body(Body::empty()).unwrap()), send(router, file.body(Body::empty()).unwrap())]
}

/// How many pairs of an unknown and a foreign booking can be told apart by status, headers or body.
fn told_apart(router: &Router, link: impl Fn(&str) -> String, mac: &str) -> usize {
    let differ = |number: &u64| {
        let foreign = booking_id(*number).to_string();
        let unknown = booking_id(*number + PAIRS).to_string();
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
    assert_eq!(replies.map(|reply| reply.status), [StatusCode::NOT_FOUND; 2]);

    assert_eq!(told_apart(&office.router, |id| format!("Manage {id}.{mac}"), mac), 0);
    assert_eq!(told_apart(&office.router, |_| format!("Manage {own_link}"), mac), 0);
    assert_eq!(told_apart(&office.router, |id| format!("Manage {id}.no-mac-at-all"), "no-mac-at-all"), 0);
    assert_eq!(told_apart(&office.router, |_| String::new(), ""), 0);
}

#[test]
fn no_spelling_of_a_wrong_link_is_answered_otherwise() {
    let office = full_office();
    let own = office.book("key-00000001", &wish("2026-11-24T09:00:00Z"));
    let url = own.json()["manage_url"].as_str().unwrap().to_owned();
    let (id, mac) = url.split_once('#').unwrap().1.split_once('.').unwrap();
    let wrong = |id: &str, link: &str| ask(&office.router, id, link, "x")[0].whole();
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
        .with_state(Arc::clone(&office.store));
    let leaky = http::finish(routes, ClientAddress::Direct);
    assert_eq!(told_apart(&leaky, |id| format!("Manage {id}.x"), "x"), 1_000);
}

#[test]
fn a_meeting_type_that_is_switched_off_is_unknown() {
    let mut off = meeting_type("off", &["ada"]);
    off.active = false;
    let office = Office::with(&[host("ada", Tz::Europe__London)], &[off]);
    let paths = |name: &str| {
        let slots = "slots?from=2026-11-23&to=2026-11-23&time_zone=UTC";
        [format!("/v1/meeting-types/{name}"), format!("/v1/meeting-types/{name}/{slots}")]
    };
    let answers = |name: &str| paths(name).map(|path| office.get(&path).whole());
    assert_eq!(answers("off"), answers("unknown"));
    assert_eq!(answers("Off!"), answers("unknown"));
}
