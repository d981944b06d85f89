//! What is documented is there, and what is not there says so.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::Value;

use crate::office::Office;

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
    assert_eq!(routes, 6);
}

#[test]
fn an_unknown_path_and_an_unknown_method_are_problems() {
    let office = Office::open();
    insta::assert_snapshot!(office.get("/v1/nowhere").whole(), @"");
    let delete = Request::delete("/v1/bookings").body(Body::empty()).unwrap();
    insta::assert_snapshot!(office.send(delete).whole(), @"");
}

#[test]
fn looking_never_writes() {
    let office = Office::open();
    let before = office.store.snapshot();
    let paths = [
        "/v1/openapi.json",
        "/v1/meeting-types/intro",
        "/v1/meeting-types/intro/slots?from=2026-11-23&to=2026-11-29&time_zone=Europe/London",
        "/v1/bookings/00000000000000000000000000000000",
        "/v1/bookings/00000000000000000000000000000000/calendar.ics?k=x",
        "/v1/bookings",
    ];
    for path in paths {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            office.send(Request::builder().method(method).uri(path).body(Body::empty()).unwrap());
        }
    }
    assert!(office.store.snapshot() == before);
}
