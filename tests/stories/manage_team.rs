//! A host who has signed in says yes or no, over HTTP; nobody else is heard.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::TimeDelta;
use chrono_tz::Tz;
use lambda_http::request::RequestContext;
use openslot_domain::booking::Actor;
use openslot_domain::login::{Login, Role};
use openslot_domain::meeting_type::MeetingType;
use openslot_tests::support::samples::{host, host_id, meeting_type};
use openslot_usecases::manage_team::LoginKey;
use serde_json::{Value, json};

use crate::held::Held;
use crate::office::{Office, Reply};

const ISSUER: &str = "https://login.example.org";
const THURSDAY: &str = "2026-11-26T09:00:00Z";

/// Ada approves each introduction herself; Bob is another host, and Zoe looks after everybody.
fn office() -> Office {
    let intro = MeetingType { requires_approval: true, ..meeting_type("intro", &["ada"]) };
    let hosts = ["ada", "bob", "zoe"].map(|id| host(id, Tz::Europe__London));
    let office = Office::with(&hosts, &[intro]);
    office.store.tamper(|contents| {
        for (id, role) in [("ada", Role::Member), ("bob", Role::Member), ("zoe", Role::Admin)] {
            contents.logins.insert(LoginKey::of(ISSUER, id), Login { host: host_id(id), role });
        }
    });
    office
}

/// What the gateway passes on of a token that it has verified.
fn verified(issuer: &str, subject: &str) -> Value {
    json!({ "jwt": { "claims": { "iss": issuer, "sub": subject }, "scopes": ["openslot/host"] } })
}

fn by(subject: &str) -> Value {
    verified(ISSUER, subject)
}

/// Sends a word as the gateway hands it over.
fn say(office: &Office, authorizer: &Value, id: &str, word: &str, body: &str) -> Reply {
    let context: RequestContext = serde_json::from_value(json!({
        "stage": "$default",
        "authorizer": authorizer,
        "http": { "method": "POST", "path": "/" },
    }))
    .unwrap();
    let request = Request::post(format!("/v1/team/bookings/{id}/{word}"))
        .header("content-type", "application/json")
        .header("authorization", "Bearer whatever-the-client-wrote")
        .extension(context);
    office.send(request.body(Body::from(body.to_owned())).unwrap())
}

fn state(reply: &Reply) -> Value {
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.whole());
    reply.json()["booking"]["state"].clone()
}

#[test]
fn its_host_says_yes() {
    let office = office();
    let held = Held::booked(&office, THURSDAY);
    let yes = say(&office, &by("ada"), &held.id, "approve", "");
    assert_eq!(state(&yes), "confirmed");
    assert_eq!(yes.json()["booking"], held.show().json()["booking"]);
    let kept = office.kept();
    assert_eq!(state(&say(&office, &by("ada"), &held.id, "approve", "")), "confirmed", "twice is once");
    let no = say(&office, &by("ada"), &held.id, "decline", "{}");
    assert_eq!(no.problem(), "409 /problems/not-pending");
    assert!(office.kept() == kept);
}

#[test]
fn its_host_says_no_and_why() {
    let office = office();
    let held = Held::booked(&office, THURSDAY);
    let no = say(&office, &by("ada"), &held.id, "decline", r#"{"reason": "We are away that week."}"#);
    assert_eq!(state(&no), "declined");
    office.minute();
    let sent = office.mail.sent();
    let to = |address: &str| sent.iter().rfind(|sent| sent.letter.to.to_string() == address).unwrap();
    let told = String::from_utf8_lossy(&to("grace@example.com").letter.raw);
    assert!(told.contains("We are away that week."), "{told}");
    let yes = say(&office, &by("ada"), &held.id, "approve", "");
    assert_eq!(yes.problem(), "409 /problems/not-pending");
}

#[test]
fn an_admin_says_it_for_anybody() {
    let office = office();
    let held = Held::booked(&office, THURSDAY);
    assert_eq!(state(&say(&office, &by("zoe"), &held.id, "decline", "{}")), "declined");
    let by = office
        .store
        .look(|contents| contents.bookings.values().next().unwrap().history.last().unwrap().by.clone());
    assert_eq!(by, Actor::Host(host_id("zoe")), "the history says whose word it was");
}

#[test]
fn a_word_after_the_start_comes_too_late() {
    let office = office();
    let held = Held::booked(&office, THURSDAY);
    office.advance(TimeDelta::days(4));
    assert_eq!(say(&office, &by("ada"), &held.id, "approve", "").problem(), "422 /problems/too-late");
}

#[test]
fn what_a_host_writes_is_read_like_anybody_elses() {
    let office = office();
    let held = Held::booked(&office, THURSDAY);
    let kept = office.kept();
    let long = json!({ "reason": "x".repeat(1001), "by": "bob" }).to_string();
    let wrong = say(&office, &by("ada"), &held.id, "decline", &long);
    assert_eq!(
        wrong.problem(),
        "422 /problems/invalid\n/by unknown: is not a field that is known here\n/reason too_long: must have at most 1000 characters"
    );
    let wrong = say(&office, &by("ada"), &held.id, "decline", "no");
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(office.kept() == kept);
}

/// Promise 26: whoever has no part in a booking learns nothing of it.
#[test]
fn the_booking_of_others_is_none() {
    let office = office();
    let held = Held::booked(&office, THURSDAY);
    let kept = office.kept();
    for word in ["approve", "decline"] {
        let foreign = say(&office, &by("bob"), &held.id, word, "{}");
        for id in ["00000000000000000000000000000000", "x"] {
            let none = say(&office, &by("bob"), id, word, "{}");
            assert_eq!((foreign.status, &foreign.body), (StatusCode::NOT_FOUND, &none.body), "{word} {id}");
        }
    }
    assert!(office.kept() == kept);
}

/// Promise 25: without verified claims nobody is anybody, whatever else a request says.
#[test]
fn nobody_is_somebody_without_the_gateway() {
    let office = office();
    let held = Held::booked(&office, THURSDAY);
    let kept = office.kept();
    let check = |authorizer: Value, problem: &str| {
        for (word, body) in [("approve", "{}"), ("decline", "{}"), ("decline", "not json")] {
            let answer = say(&office, &authorizer, &held.id, word, body);
            assert_eq!(answer.problem(), problem, "{authorizer} {word} {body}");
        }
    };
    check(Value::Null, "401 /problems/unauthorized");
    check(json!({}), "401 /problems/unauthorized");
    check(json!({ "jwt": { "claims": {} } }), "401 /problems/unauthorized");
    check(json!({ "jwt": { "claims": { "sub": "ada" } } }), "401 /problems/unauthorized");
    check(json!({ "jwt": { "claims": { "iss": ISSUER, "sub": "" } } }), "401 /problems/unauthorized");
    check(json!({ "jwt": { "claims": { "iss": "", "sub": "ada" } } }), "401 /problems/unauthorized");
    check(json!({ "lambda": { "iss": ISSUER, "sub": "ada" } }), "401 /problems/unauthorized");
    check(verified("https://evil.example", "ada"), "403 /problems/not-invited");
    check(verified(ISSUER, "Ada"), "403 /problems/not-invited");
    check(verified(ISSUER, "nobody"), "403 /problems/not-invited");
    assert!(office.kept() == kept);
    assert_eq!(held.show().json()["booking"]["state"], "pending");
}

/// A name that a request gives itself is nobody's.
#[test]
fn a_request_that_names_its_own_host_is_not_believed() {
    let office = office();
    let held = Held::booked(&office, THURSDAY);
    let request = Request::post(format!("/v1/team/bookings/{}/approve", held.id))
        .header("authorization", "Bearer ada")
        .header("x-openslot-host", "ada")
        .header("x-amzn-request-context", by("ada").to_string());
    let answer = office.send(request.body(Body::empty()).unwrap());
    assert_eq!(answer.problem(), "401 /problems/unauthorized");
}
