//! As deployed: events of the API gateway, behind the distribution.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use chrono_tz::Tz;
use futures::executor::block_on;
use lambda_http::tower::ServiceExt;
use lambda_http::{IntoResponse, request};
use openslot_edge::{ClientAddress, OriginSecret};
use openslot_tests::support::samples::{host, meeting_type};
use serde_json::{Value, json};

use crate::office::{MONDAY_NINE, Office, wish};

const SECRET: &str = "9b2f6a0f7d6f4e0c8a51c3b2f4d6e8a0";

fn office() -> Office {
    let clients = ClientAddress::CloudFront(OriginSecret::new(SECRET).unwrap());
    Office::behind(clients, &[host("ada", Tz::Europe__London)], &[meeting_type("intro", &["ada"])])
}

/// An event of an HTTP API, payload version 2.0.
fn event(method: &str, path: &str, headers: &Value, body: Option<&str>) -> String {
    let (raw_path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut all = json!({
        "accept": "*/*",
        "content-length": body.map_or(0, str::len).to_string(),
        "host": "abc123.execute-api.eu-west-1.amazonaws.com",
        "user-agent": "Amazon CloudFront",
        "x-amzn-trace-id": "Root=1-69217b20-4a1b2c3d4e5f60718293a4b5",
        "x-forwarded-for": "203.0.113.9, 130.176.1.1",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
    });
    all.as_object_mut().unwrap().extend(headers.as_object().unwrap().clone());
    json!({
        "version": "2.0",
        "routeKey": format!("{method} {raw_path}"),
        "rawPath": raw_path,
        "rawQueryString": query,
        "headers": all,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abc123",
            "domainName": "abc123.execute-api.eu-west-1.amazonaws.com",
            "domainPrefix": "abc123",
            "http": {
                "method": method,
                "path": raw_path,
                "protocol": "HTTP/1.1",
                "sourceIp": "130.176.1.1",
                "userAgent": "Amazon CloudFront",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": format!("{method} {raw_path}"),
            "stage": "$default",
            "time": "22/Nov/2026:10:00:00 +0000",
            "timeEpoch": 1_795_341_600_000_u64,
        },
        "body": body,
        "isBase64Encoded": false,
    })
    .to_string()
}

/// What the function makes of an event: status, type and body of what goes back to the gateway.
fn invoke(router: &Router, event: &str) -> (u16, String, Value) {
    let request = request::from_str(event).unwrap();
    let response = block_on(async {
        let response = router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        response.into_response().await
    });
    let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
    let lambda_http::Body::Text(body) = response.body() else { panic!("JSON goes back as text") };
    let body = serde_json::from_str(body).unwrap();
    (response.status().as_u16(), kind, body)
}

fn by_the_distribution(viewer: &str) -> Value {
    json!({
        "cloudfront-viewer-address": viewer,
        "content-type": "application/json",
        "idempotency-key": "key-00000001",
        "x-origin-secret": SECRET,
    })
}

#[test]
fn a_slot_is_listed_and_booked() {
    let office = office();
    let headers = by_the_distribution("198.51.100.10:46532");
    let path = "/v1/meeting-types/intro/slots?from=2026-11-23&to=2026-11-23&time_zone=Europe%2FLondon";
    let (status, kind, listed) = invoke(&office.router, &event("GET", path, &headers, None));
    assert_eq!((status, kind.as_str()), (200, "application/json"));
    assert_eq!(listed["days"][0]["slots"][0], MONDAY_NINE);

    let body = wish(MONDAY_NINE).to_string();
    let (status, _, made) = invoke(&office.router, &event("POST", "/v1/bookings", &headers, Some(&body)));
    assert_eq!((status, &made["booking"]["state"]), (201, &json!("confirmed")));
}

#[test]
fn who_passes_the_distribution_by_is_turned_away() {
    let office = office();
    let before = office.store.snapshot();
    let body = wish(MONDAY_NINE).to_string();
    for secret in [json!({}), json!({"x-origin-secret": "9b2f6a0f7d6f4e0c8a51c3b2f4d6e8a1"})] {
        let mut headers = by_the_distribution("198.51.100.10:46532");
        headers.as_object_mut().unwrap().remove("x-origin-secret");
        headers.as_object_mut().unwrap().extend(secret.as_object().unwrap().clone());
        for (method, path) in [("POST", "/v1/bookings"), ("GET", "/v1/openapi.json"), ("GET", "/nowhere")] {
            let (status, kind, problem) = invoke(&office.router, &event(method, path, &headers, Some(&body)));
            assert_eq!((status, kind.as_str()), (403, "application/problem+json"));
            assert_eq!(problem["type"], "/problems/forbidden");
        }
    }
    assert!(office.store.snapshot() == before, "a stranger is not even counted");
}

#[test]
fn a_viewer_is_counted_by_what_the_distribution_says() {
    let office = office();
    let ask = |viewer: &str| {
        let body = wish("2026-11-23T03:00:00Z").to_string();
        invoke(&office.router, &event("POST", "/v1/bookings", &by_the_distribution(viewer), Some(&body))).0
    };
    // The port and the lower half of an IPv6 address make nobody else of a subscriber.
    let asked: Vec<u16> = (0..11).map(|port| ask(&format!("2001:db8:1:2:{port:x}::1:{port}"))).collect();
    assert_eq!(asked, [[422; 10].as_slice(), &[429]].concat());
    assert_eq!(ask("2001:db8:1:3::1:46532"), 422);
    assert_eq!(ask("198.51.100.10:46532"), 422);
}

#[test]
fn the_gateway_adds_nothing_that_a_plain_request_has_not() {
    let office = office();
    let plain = Request::get("/v1/meeting-types/intro").header("x-origin-secret", SECRET);
    let plain = plain.header("cloudfront-viewer-address", "198.51.100.10:46532");
    let plain = office.send(plain.body(Body::empty()).unwrap());
    let headers = by_the_distribution("198.51.100.10:46532");
    let (_, _, through) = invoke(&office.router, &event("GET", "/v1/meeting-types/intro", &headers, None));
    assert_eq!(plain.json(), through);
}
