//! What is documented is there, and what is not there says so.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use axum::routing::get;
use futures::executor::block_on;
use lambda_http::tower::ServiceExt;
use openslot_domain::booking::State;
use openslot_edge::{ClientAddress, http};
use openslot_list_slots::ListSlots;
use serde_json::Value;

use crate::held::Held;
use crate::office::{MONDAY_NINE, Office, is_marked};
use crate::shared::Shared;

#[test]
fn every_documented_route_is_routed() {
    let office = Office::open();
    let document = office.get("/v1/openapi.json");
    assert_eq!(document.status, StatusCode::OK);
    let mut routes = 0;
    for (path, methods) in document.json()["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let method: Method = method.to_uppercase().parse().unwrap();
            let path = path.replace("{slug}", "intro").replace("{id}", "x");
            let request = Request::builder().method(&method).uri(&path).body(Body::empty()).unwrap();
            let reply = office.send(request);
            let kind = serde_json::from_slice::<Value>(&reply.body).map(|body| body["type"].clone());
            assert_ne!(kind.unwrap_or_default(), "/problems/not-found", "{method} {path}");
            assert_ne!(reply.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            routes += 1;
        }
    }
    assert_eq!(routes, 11);
}

#[test]
fn an_unknown_path_and_an_unknown_method_are_problems() {
    let office = Office::open();
    insta::assert_snapshot!(office.get("/v1/nowhere").whole(), @r#"
        404 Not Found
        cache-control: no-store
        content-length: 153
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
          "detail": "There is nothing at this address. GET /v1/openapi.json lists what there is.",
          "status": 404,
          "title": "Nothing here",
          "type": "/problems/not-found"
        }
    "#);
    let delete = Request::delete("/v1/bookings").body(Body::empty()).unwrap();
    insta::assert_snapshot!(office.send(delete).whole(), @r#"
        405 Method Not Allowed
        allow: POST
        cache-control: no-store
        content-length: 173
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
          "detail": "This address does not take that method; the Allow header lists those it takes.",
          "status": 405,
          "title": "Not with this method",
          "type": "/problems/method-not-allowed"
        }
    "#);
}

/// Every way to look, with a link that is good and with one that is not.
fn looks(held: &Held<'_>) -> Vec<String> {
    let days = "slots?from=2026-11-23&to=2026-11-29&time_zone=Europe/London";
    let of = |id: &str| {
        ["", "/calendar.ics?k=x", &format!("/{days}"), "/cancel", "/reschedule"]
            .map(|path| format!("/v1/bookings/{id}{path}"))
    };
    let others = ["/v1/openapi.json", "/v1/meeting-types/intro", "/v1/bookings"].map(str::to_owned);
    let slots = format!("/v1/meeting-types/intro/{days}");
    let bookings = [of(&held.id), of("00000000000000000000000000000000")].concat();
    others.into_iter().chain([slots]).chain(bookings).collect()
}

fn look_everywhere(router: &Router, held: &Held<'_>) {
    for path in looks(held) {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            let request = Request::builder().method(method).uri(&path).header("authorization", held.link());
            crate::office::send(router, request.body(Body::empty()).unwrap());
        }
    }
}

/// Promise 28.
#[test]
fn looking_never_writes() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    let before = office.store.snapshot();
    look_everywhere(&office.router, &held);
    assert!(office.store.snapshot() == before);
}

/// The twin: a page that cancels when it is looked at.
#[test]
fn a_look_that_writes_is_caught() {
    let office = Office::open();
    let held = Held::booked(&office, MONDAY_NINE);
    let id = held.id.parse().unwrap();
    let store = Arc::clone(&office.store);
    let cancel = async move || {
        store.tamper(|contents| contents.bookings.get_mut(&id).unwrap().state = State::Cancelled);
    };
    let eager = Router::new().route("/v1/bookings/{id}/cancel", get(cancel));
    let before = office.store.snapshot();
    look_everywhere(&http::finish(eager, ClientAddress::Direct), &held);
    assert!(office.store.snapshot() != before);
}

#[test]
fn a_reply_without_its_marks_is_noticed() {
    let office = Office::open();
    let state = ListSlots::new(Shared(Arc::clone(&office.store)), office.world.clone());
    let bare = openslot_list_slots::router(Arc::new(state));
    let request = Request::get("/v1/meeting-types/intro").body(Body::empty()).unwrap();
    let reply = block_on(bare.oneshot(request)).unwrap_or_else(|never| match never {});
    assert_eq!(reply.status(), StatusCode::OK);
    assert!(!is_marked(reply.headers()));
    assert!(is_marked(&office.get("/v1/meeting-types/intro").headers));
}
