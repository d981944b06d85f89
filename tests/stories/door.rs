//! Whatever arrives, there is a proper answer.

use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::Request;
use axum::routing::post;
use openslot_edge::{ClientAddress, http};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::office::{MONDAY_NINE, Office, Reply, send, wish};

static OFFICE: LazyLock<Office> = LazyLock::new(Office::open);

/// A success, or a problem that is nobody's bug.
fn is_proper(reply: &Reply) -> bool {
    let problem = reply.header("content-type") == "application/problem+json"
        && reply.json()["type"].as_str().is_some_and(|kind| kind.starts_with("/problems/"));
    reply.status.is_success() || (reply.status.is_client_error() && problem)
}

fn post_to(router: &Router, body: Vec<u8>, key: &[u8]) -> Option<Reply> {
    let request = Request::post("/v1/bookings").header("content-type", "application/json");
    let request = request.header("idempotency-key", key).body(Body::from(body)).ok()?;
    Some(send(router, request))
}

/// A request in which something may be amiss.
fn nearly() -> impl Strategy<Value = Vec<u8>> {
    let value = prop_oneof![
        any::<String>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(json!(null)),
        Just(json!([{"email": "alan@example.com"}, 7])),
        Just(json!({"name": "Grace", "email": "grace@example.com", "utm": {"a": {}}})),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:00(Z|[+-][0-9]{2}:[0-9]{2})".prop_map(Value::from),
    ];
    let names =
        ["start", "attendee", "guests", "time_zone", "duration_minutes", "source", "answers", "note", "?"];
    let bent = (prop::sample::select(names.to_vec()), value).prop_map(|(name, value)| {
        let mut body = wish(MONDAY_NINE);
        body[name] = value;
        body.to_string().into_bytes()
    });
    let cut = (0..200_usize, any::<u8>()).prop_map(|(place, byte)| {
        let mut body = wish(MONDAY_NINE).to_string().into_bytes();
        let place = place % body.len();
        body[place] = byte;
        body
    });
    prop_oneof![
        bent,
        cut,
        prop::collection::vec(any::<u8>(), 0..600),
        "\\PC{0,300}".prop_map(String::into_bytes)
    ]
}

proptest! {
    #[test]
    fn whatever_is_posted_is_answered(body in nearly(), key in prop::collection::vec(0x20..=0x7e_u8, 0..140)) {
        if let Some(reply) = post_to(&OFFICE.router, body, &key) {
            prop_assert!(is_proper(&reply), "{}", reply.whole());
        }
    }

    #[test]
    fn whatever_is_asked_is_answered(
        path in "/v1/(meeting-types|bookings)/[-a-zA-Z0-9%._~]{0,70}(/slots|/calendar.ics|/)?",
        query in "(from=|to=|time_zone=|host=|k=|&|%|=|[-a-zA-Z0-9/+]{1,12}){0,12}",
        authorization in "(Manage )?[ -~]{0,80}",
    ) {
        let request = Request::get(format!("{path}?{query}")).header("authorization", authorization);
        if let Ok(request) = request.body(Body::empty()) {
            let reply = OFFICE.send(request);
            prop_assert!(is_proper(&reply), "{}", reply.whole());
        }
    }
}

#[test]
fn a_door_that_trusts_its_guests_is_caught() {
    let trusting = async |body: Bytes| {
        let body: Value = serde_json::from_slice(&body).unwrap();
        body["start"].as_str().unwrap().len().to_string()
    };
    let trusting = Router::new().route("/v1/bookings", post(trusting));
    let router = http::finish(trusting, ClientAddress::Direct);
    let result =
        TestRunner::new(Config { failure_persistence: None, ..Config::default() }).run(&nearly(), |body| {
            let reply = post_to(&router, body, b"key-00000001").expect("this key may stand in a header");
            prop_assert!(is_proper(&reply));
            Ok(())
        });
    assert!(result.is_err());
}
