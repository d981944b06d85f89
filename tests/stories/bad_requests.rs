//! Whatever is wrong with a request is said in full, and nothing is written.

use axum::body::Body;
use axum::http::Request;
use openslot_domain::meeting_type::Window;
use openslot_fakes::Contents;
use openslot_tests::support::samples::{host, meeting_type};
use serde_json::{Value, json};

use crate::office::{MONDAY_NINE, Office, wish};

/// Two hours of notice, thirty days ahead, on the half hour.
fn office() -> Office {
    let mut intro = meeting_type("intro", &["ada"]);
    intro.notice_mins = 120;
    intro.window = Window::Rolling { days: 30 };
    Office::with(&[host("ada", chrono_tz::Tz::Europe__London)], &[intro])
}

/// A well-made request with one member replaced.
fn with(name: &str, value: Value) -> Value {
    let mut body = wish(MONDAY_NINE);
    body[name] = value;
    body
}

/// Whether nothing came of a request but the count of its address.
fn is_untouched(before: &Contents, after: &Contents) -> bool {
    before == after
}

/// Each request by its name, with what is answered.
fn answers(requests: Vec<(&str, Request<Body>)>) -> String {
    let office = office();
    let before = office.kept();
    let mut answers = Vec::new();
    for (name, request) in requests {
        answers.push(format!("{name}\n{}", office.send(request).problem().replace("\n/", "\n  /")));
        assert!(is_untouched(&before, &office.kept()), "{name} left something behind");
    }
    answers.join("\n\n")
}

fn post(body: impl Into<Body>) -> Request<Body> {
    let request = Request::post("/v1/bookings").header("content-type", "application/json");
    request.header("idempotency-key", "key-00000001").body(body.into()).unwrap()
}

fn wished(body: &Value) -> Request<Body> {
    post(body.to_string())
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

fn slots(query: &str) -> Request<Body> {
    get(&format!("/v1/meeting-types/intro/slots?{query}"))
}

#[test]
fn what_is_no_request_to_book() {
    let without_key = Request::post("/v1/bookings").header("content-type", "application/json");
    let as_text = Request::post("/v1/bookings").header("idempotency-key", "key-00000001");
    let everything = json!({"start": "soon", "time_zone": "Mars", "attendee": {"name": "", "email": "x"}, "x": 1});
    insta::assert_snapshot!(answers(vec![
        ("malformed JSON", post("{\"meeting_type\": \"intro\",")),
        ("no body", post("")),
        ("20 KB", wished(&with("note", "x".repeat(20_000).into()))),
        ("nested too deep", post("[".repeat(5_000))),
        ("not JSON by its own account", as_text.body(Body::from(wish(MONDAY_NINE).to_string())).unwrap()),
        ("no key", without_key.body(Body::from(wish(MONDAY_NINE).to_string())).unwrap()),
        ("a member that is not known", wished(&with("price", 0.into()))),
        ("a member twice", post(wish(MONDAY_NINE).to_string().replacen('{', "{\"start\":1,", 1))),
        ("control characters in a name", wished(&with("attendee", json!({"name": "Grace\r\nBcc: a@b.example", "email": "grace@example.com"})))),
        ("eleven guests", wished(&with("guests", vec![json!({"email": "a@example.com"}); 11].into()))),
        ("everything at once", wished(&everything)),
    ]), @"");
}

#[test]
fn what_no_request_can_have() {
    insta::assert_snapshot!(answers(vec![
        ("unknown meeting type", wished(&with("meeting_type", "other".into()))),
        ("a name no meeting type can have", wished(&with("meeting_type", "No such type!".into()))),
        ("unknown zone", wished(&with("time_zone", "Europe/Atlantis".into()))),
        ("a start that does not exist", wished(&wish("2026-02-30T09:00:00Z"))),
        ("a start without its offset", wished(&wish("2026-11-23T09:00:00"))),
        ("a duration that is not offered", wished(&with("duration_minutes", 45.into()))),
        ("no duration at all", wished(&with("duration_minutes", 0.into()))),
        ("off the grid", wished(&wish("2026-11-23T09:10:00Z"))),
        ("between two seconds", wished(&wish("2026-11-23T09:00:00.5Z"))),
        ("in the past", wished(&wish("2026-11-20T09:00:00Z"))),
        ("outside the hours", wished(&wish("2026-11-23T03:00:00Z"))),
        ("too far ahead", wished(&wish("2027-02-01T09:00:00Z"))),
        ("at the end of time", wished(&wish("9999-12-31T23:30:00Z"))),
        ("before the beginning of it", wished(&wish("0000-01-01T00:00:00Z"))),
    ]), @"");
}

#[test]
fn what_is_no_look_for_times() {
    let unknown = "/v1/meeting-types/other/slots?from=2026-11-23&to=2026-11-24&time_zone=Europe/London";
    insta::assert_snapshot!(answers(vec![
        ("nothing said", slots("")),
        ("unknown zone", slots("from=2026-11-23&to=2026-11-24&time_zone=Europe/Atlantis")),
        ("an impossible date", slots("from=2026-02-30&to=2026-03-01&time_zone=Europe/London")),
        ("from after to", slots("from=2026-11-24&to=2026-11-23&time_zone=Europe/London")),
        ("93 days", slots("from=2026-11-23&to=2027-02-23&time_zone=Europe/London")),
        ("unknown parameter", slots("from=2026-11-23&to=2026-11-24&time_zone=Europe/London&page=2")),
        ("unknown host and duration", slots("from=2026-11-23&to=2026-11-24&time_zone=UTC&host=bob&duration_minutes=45")),
        ("unknown meeting type", get(unknown)),
        ("unknown meeting type's page", get("/v1/meeting-types/other")),
        ("a name no meeting type can have", get("/v1/meeting-types/%00%ff..")),
    ]), @"");
}

#[test]
fn a_store_that_was_touched_is_noticed() {
    let office = office();
    let before = office.kept();
    assert!(office.send(wished(&wish(MONDAY_NINE))).status.is_success());
    assert!(!is_untouched(&before, &office.kept()));
}

#[test]
fn too_soon_is_said_in_its_own_word() {
    let office = office();
    office.advance(chrono::TimeDelta::minutes(21 * 60 + 30));
    let reply = office.send(wished(&wish(MONDAY_NINE)));
    assert_eq!(reply.problem(), "422 /problems/not-offered\nreason \"notice\"");
}
