//! A request that its host has to approve, from the booking page to the calendar of the guest.

use serde_json::{Value, json};

use crate::guests::{Wish, advance, free, inbox_of};
use crate::http::{Caller, Reply};
use crate::town::Town;

fn token(caller: Caller, host: &str) -> String {
    let made = caller.post("/_local/token", &[], &json!({ "host": host }));
    assert_eq!(made.status, 200, "{made:?}");
    made.json()["access_token"].as_str().unwrap().to_owned()
}

fn say(caller: Caller, id: &str, word: &str, authorization: &str) -> Reply {
    let path = format!("/v1/team/bookings/{id}/{word}");
    caller.post(&path, &[("Authorization", authorization)], &json!({}))
}

/// Asks for the first free time with Yuki; the id of the booking.
fn asked(caller: Caller) -> String {
    let start = free(caller, "mentoring", "2026-11-25").remove(0);
    let made = Wish::of(1, "mentoring", &start).send(caller);
    assert_eq!(made.json()["booking"]["state"], "pending", "{made:?}");
    made.json()["booking"]["id"].as_str().unwrap().to_owned()
}

fn subjects(letters: &[Value]) -> Vec<&str> {
    letters.iter().map(|letter| letter["subject"].as_str().unwrap()).collect()
}

#[test]
fn a_host_signs_in_and_says_yes() {
    let town = Town::open();
    let id = asked(town.caller);
    inbox_of(town.caller, 2);
    let yuki = format!("Bearer {}", token(town.caller, "yuki"));
    let yes = say(town.caller, &id, "approve", &yuki);
    assert_eq!((yes.status, &yes.json()["booking"]["state"]), (200, &json!("confirmed")));
    assert_eq!(say(town.caller, &id, "decline", &yuki).status, 409);
    let letters = inbox_of(town.caller, 4);
    assert_eq!(letters.len(), 4, "{:?}", subjects(&letters));
}

#[test]
fn an_address_signs_in_too_and_an_admin_answers_for_others() {
    let town = Town::open();
    let id = asked(town.caller);
    let nora = format!("Bearer {}", token(town.caller, "Nora@team.example.org"));
    let no = say(town.caller, &id, "decline", &nora);
    assert_eq!((no.status, &no.json()["booking"]["state"]), (200, &json!("declined")));
}

#[test]
fn nobody_else_is_heard() {
    let town = Town::open();
    let id = asked(town.caller);
    let emil = token(town.caller, "emil");
    let foreign = say(town.caller, &id, "approve", &format!("Bearer {emil}"));
    let none = say(town.caller, "00000000000000000000000000000000", "approve", &format!("Bearer {emil}"));
    assert_eq!((foreign.status, foreign.body), (404, none.body), "another host's request");

    for wrong in ["", "Bearer", "Bearer x", "Manage x.y", &format!("Basic {emil}"), &emil[..emil.len() - 2]] {
        let refused = say(town.caller, &id, "approve", wrong);
        assert_eq!(
            (refused.status, refused.body.as_str()),
            (401, r#"{"message":"Unauthorized"}"#),
            "{wrong}"
        );
    }
    advance(town.caller, 16 * 60);
    assert_eq!(say(town.caller, &id, "approve", &format!("Bearer {emil}")).status, 401, "it has ended");
}

#[test]
fn a_token_is_for_hosts_there_are() {
    let town = Town::open();
    let wrong = |body: Value| {
        let reply = town.caller.post("/_local/token", &[], &body);
        assert_eq!(reply.status, 422, "{reply:?}");
        reply.json()["errors"][0]["pointer"].as_str().unwrap().to_owned()
    };
    assert_eq!(wrong(json!({ "host": "nobody" })), "/host");
    assert_eq!(wrong(json!({ "host": "grace@example.org" })), "/host");
    assert_eq!(wrong(json!({ "host": "nora", "role": "admin" })), "");
    assert_eq!(wrong(json!({})), "");
}

/// Promise 25: every route that wants a login is known by the API document, and none of them lets a stranger in.
#[test]
fn every_route_of_the_team_wants_a_token() {
    let town = Town::open();
    let document = town.caller.get("/v1/openapi.json").json();
    let mut routes = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let wants_login = operation["security"].to_string().contains("login");
            assert_eq!(wants_login, path.starts_with("/v1/team/"), "{method} {path}");
            if !wants_login {
                continue;
            }
            let path = path.replace("{id}", "00000000000000000000000000000000");
            for authorization in [None, Some("Bearer x.y.z"), Some("Manage x.y")] {
                let headers: Vec<(&str, &str)> =
                    authorization.map(|value| ("Authorization", value)).into_iter().collect();
                let refused = town.caller.send(&method.to_uppercase(), &path, &headers, "");
                assert_eq!(refused.status, 401, "{method} {path} with {authorization:?}");
            }
            routes += 1;
        }
    }
    assert!(routes >= 2, "only {routes} routes were tried");
}
