//! What every reply tells the browser, whichever route it came from and whatever went wrong.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::guests::{Wish, free, inbox_of};
use crate::town::{SCRIPT, Town, take_turn};
use crate::wire::{Answer, Ask};

const DESCRIPTION: &str = include_str!("../../static-site/headers.json");
/// Where the program's own routes are declared.
const ROUTES: &str = include_str!("../../infra/local/src/web.rs");

const PROBLEM: &str = "application/problem+json";
const POLICY: &str = "content-security-policy";

/// What a reply is, and so what it must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A page of the built site.
    Page,
    /// A file of the built site.
    Asset,
    /// A page with a form.
    Form,
    /// The HTML of a letter, in its frame.
    Letter,
    /// Whatever else is only here.
    Local,
    Api,
}

/// The header set of each kind: names and values, where `*` stands for any end.
struct Sets(BTreeMap<String, BTreeMap<String, String>>);

impl Sets {
    fn read() -> Self {
        Self(serde_json::from_str(DESCRIPTION).unwrap())
    }

    fn of(&self, kind: Kind) -> BTreeMap<String, String> {
        let mut set = self.0["always"].clone();
        let own = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        set.extend(match kind {
            Kind::Page => self.0["page"].clone(),
            Kind::Asset => self.0["asset"].clone(),
            Kind::Form => own(&[
                (POLICY, "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'*"),
                ("referrer-policy", "same-origin"),
                ("cache-control", "no-store"),
            ]),
            Kind::Letter => own(&[
                (POLICY, "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; form-action 'none'; frame-ancestors 'self'; sandbox*"),
                ("x-frame-options", "SAMEORIGIN"),
                ("cache-control", "no-store"),
            ]),
            Kind::Local => own(&[(POLICY, "default-src 'none'; *"), ("cache-control", "no-store")]),
            Kind::Api => {
                let mut api = self.0["https"].clone();
                api.extend(own(&[
                    (POLICY, "default-src 'none'; frame-ancestors 'none'"),
                    ("cache-control", "*"),
                ]));
                api
            }
        });
        set
    }

    /// The headers that `answer` ought to have and has not, or has twice, or with another value.
    fn lacking(&self, kind: Kind, answer: &Answer) -> Vec<String> {
        let is = |value: &str, wanted: &str| match wanted.strip_suffix('*') {
            Some(begin) => value.len() > begin.len() && value.starts_with(begin),
            None => value == wanted,
        };
        let stands = |name: &str, wanted: &str| matches!(answer.all(name)[..], [value] if is(value, wanted));
        let set = self.of(kind).into_iter();
        set.filter(|(name, wanted)| !stands(name, wanted)).map(|(name, _)| name).collect()
    }
}

/// What lets a foreign page read a reply.
fn opened_to_strangers(answer: &Answer) -> Vec<String> {
    let opens =
        |(name, value): &&(String, String)| name.starts_with("access-control-") || value.contains(STRANGER);
    answer.headers.iter().filter(opens).map(|(name, _)| name.clone()).collect()
}

const STRANGER: &str = "evil.example";

fn kind(method: &str, path: &str, status: u16) -> Kind {
    let ok = matches!(status, 200 | 206 | 304);
    match path {
        "/" | "/_local/parked" if ok && method != "POST" => Kind::Form,
        _ if (path.starts_with("/book/") || path.starts_with("/manage")) && ok => Kind::Page,
        _ if path.starts_with("/assets/") && ok => Kind::Asset,
        _ if path.starts_with("/_local/") && path.ends_with("/html") && ok => Kind::Letter,
        _ if own_routes().iter().any(|route| fits(route, path)) => Kind::Local,
        _ => Kind::Api,
    }
}

/// The routes that the program adds to the API's.
fn own_routes() -> Vec<&'static str> {
    let starts = ROUTES.split(".route(\"").skip(1);
    starts.map(|rest| rest.split('"').next().unwrap()).collect()
}

fn fits(route: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let (route, path): (Vec<_>, Vec<_>) = (route.split('/').collect(), path.split('/').collect());
    let open_ended = route.last().is_some_and(|part| part.starts_with("{*"));
    let stands =
        |(part, given): (&&str, &&str)| part == given || (part.starts_with('{') && !given.is_empty());
    (route.len() == path.len() || (open_ended && path.len() > route.len()))
        && route.iter().zip(&path).all(stands)
}

/// Every route there is, its gaps filled with what is there.
fn every_path(port: u16, letter: &str, booking: &str) -> Vec<String> {
    let document: Value = serde_json::from_slice(&Ask::get("/v1/openapi.json").at(port).body).unwrap();
    let mut paths: Vec<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
    paths = paths.iter().map(|path| path.replace("{id}", booking)).collect();
    paths.extend(own_routes().into_iter().map(str::to_owned));
    let filled = |path: String| {
        let path = path.replace("{slug}", "demo").replace("{id}", letter).replace("{place}", "0");
        path.replace("/assets/{*path}", SCRIPT)
    };
    paths.into_iter().map(filled).collect()
}

/// What goes wrong, and what only some requests get.
fn special(letter: &str, tag: &str, port: u16) -> Vec<Ask> {
    let form = "application/x-www-form-urlencoded";
    let json = "application/json";
    let slots = "/v1/meeting-types/demo/slots?from=2026-11-23&to=2026-12-23&time_zone=Europe/London";
    let posted = |path: &str, content_type: &str, body: &str| {
        Ask::of("POST", path).saying(content_type, body.as_bytes())
    };
    let clock = |content_type: &str, body: &str| posted("/_local/clock", content_type, body);
    let parked = |content_type: &str, body: &str| posted("/_local/parked", content_type, body);
    vec![
        Ask::get("/nowhere"),
        Ask::get("/_local/nowhere"),
        Ask::get("/book/demo/further"),
        Ask::get("/book/%ff"),
        Ask::get("/assets/none.js"),
        Ask::get("/assets/..%2f..%2fbook/index.html"),
        Ask::get(format!("{SCRIPT}/further")),
        Ask::get(SCRIPT).with("if-none-match", tag),
        Ask::get(SCRIPT).with("accept-encoding", "gzip"),
        Ask::get(SCRIPT).with("range", "bytes=0-9"),
        Ask::get(SCRIPT).with("range", "bytes=99999999-"),
        Ask::get("/_local/inbox/none"),
        Ask::get("/_local/inbox/%ff"),
        Ask::get(format!("/_local/inbox/{letter}/attachments/x")),
        Ask::get(format!("/_local/inbox/{letter}/attachments/99")),
        Ask::get(slots),
        Ask::get(slots).with("accept-encoding", "gzip"),
        Ask::get("/v1/meeting-types/demo/slots"),
        Ask::get("/v1/meeting-types/none"),
        Ask::of("POST", "/v1/bookings").saying(json, "x".repeat(17 * 1024)),
        Ask::of("POST", "/v1/bookings").saying(json, "x".repeat(10 * 1024 * 1024 + 1)),
        Ask::of("POST", "/v1/bookings").saying(json, "{"),
        posted("/_local/token", json, r#"{"host": "nora"}"#),
        posted("/_local/token", json, r#"{"host": "nobody"}"#),
        posted("/_local/token", json, &" ".repeat(3 * 1024 * 1024)),
        clock(json, &" ".repeat(3 * 1024 * 1024)),
        clock(json, "{}"),
        clock(form, "advance_seconds=0"),
        clock(form, "advance_seconds=0").with("sec-fetch-site", "cross-site"),
        clock(form, "advance_seconds=0").with("sec-fetch-site", "same-origin"),
        clock(form, "advance_seconds=x").with("origin", format!("http://localhost:{port}")),
        parked(json, &" ".repeat(3 * 1024 * 1024)),
        parked(json, "{}"),
        parked(json, r#"{"replay": "all"}"#),
        parked(form, "replay=all"),
        parked(form, "replay=all").with("sec-fetch-site", "cross-site"),
        parked(form, "replay=all").with("sec-fetch-site", "same-origin"),
        parked(form, "replay=x").with("sec-fetch-site", "same-origin"),
    ]
}

/// Asks for everything as a page of a stranger would, and shows every reply to `look`.
fn walk(town: &Town, mut look: impl FnMut(&Ask, &Answer)) {
    let _turn = take_turn();
    let port = town.caller.port;
    let start = free(town.caller, "demo", "2026-11-24").remove(0);
    let made = Wish::of(1, "demo", &start).send(town.caller);
    let booking = made.json()["booking"]["id"].as_str().unwrap().to_owned();
    let letter = inbox_of(town.caller, 2)[0]["id"].as_str().unwrap().to_owned();
    let tag = Ask::get(SCRIPT).at(port).header("etag").to_owned();

    let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    let paths = every_path(port, &letter, &booking);
    let every = paths.iter().flat_map(|path| methods.map(|method| Ask::of(method, path.clone())));
    for ask in every.chain(special(&letter, &tag, port)) {
        let has_origin = ask.headers.iter().any(|(name, _)| *name == "origin");
        let ask = if has_origin { ask } else { ask.with("origin", format!("https://{STRANGER}")) };
        look(&ask, &ask.at(port));
        let preflight = Ask::of("OPTIONS", ask.path.clone())
            .with("origin", format!("https://{STRANGER}"))
            .with("access-control-request-method", "POST")
            .with("access-control-request-headers", "content-type, idempotency-key");
        look(&preflight, &preflight.at(port));
    }
}

#[test]
fn every_reply_has_its_headers_and_none_is_for_strangers() {
    let (town, sets) = (Town::open(), Sets::read());
    let (mut seen, mut broken) = (BTreeSet::new(), Vec::new());
    walk(&town, |ask, answer| {
        seen.insert(answer.status);
        let lacking = sets.lacking(kind(ask.method, &ask.path, answer.status), answer);
        let opened = opened_to_strangers(answer);
        if !lacking.is_empty() || !opened.is_empty() {
            broken.push(format!("{} {}: lacks {lacking:?}, opens {opened:?}", ask.line(), answer.status));
        }
        // What the gateway refuses never reaches a function.
        let is_gateways = answer.status == 401 && ask.path.starts_with("/v1/team/");
        if answer.status >= 400
            && answer.status != 416
            && !is_gateways
            && answer.header("content-type") != PROBLEM
        {
            broken.push(format!("{} {}: is no problem", ask.line(), answer.status));
        }
    });
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    let expected = [200, 206, 303, 304, 401, 403, 404, 405, 413, 415, 416, 422];
    assert!(expected.iter().all(|status| seen.contains(status)), "only {seen:?} were seen");
    assert!(!seen.iter().any(|status| *status >= 500), "{seen:?}");
}

#[test]
fn the_pages_of_a_site_that_is_not_built_have_theirs_too() {
    let (town, sets) = (Town::without_site(), Sets::read());
    for (path, status) in [("/book/demo", 503), (SCRIPT, 404), ("/", 200)] {
        let answer = Ask::get(path).at(town.caller.port);
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(sets.lacking(kind("GET", path, status), &answer), Vec::<String>::new(), "{path}");
    }
}

/// A reply with these headers.
fn answer(headers: &BTreeMap<String, String>) -> Answer {
    Answer { status: 200, headers: headers.clone().into_iter().collect(), body: Vec::new() }
}

#[test]
fn a_reply_without_one_of_its_headers_is_named() {
    let sets = Sets::read();
    for kind in [Kind::Page, Kind::Asset, Kind::Form, Kind::Letter, Kind::Local, Kind::Api] {
        let mut whole = sets.of(kind);
        for value in whole.values_mut() {
            *value = value.replace('*', "any end");
        }
        assert_eq!(sets.lacking(kind, &answer(&whole)), Vec::<String>::new());
        for name in whole.keys() {
            let mut without = whole.clone();
            without.remove(name);
            let mut empty = whole.clone();
            empty.insert(name.clone(), String::new());
            let mut twice = answer(&whole);
            twice.headers.push((name.clone(), whole[name].clone()));
            for broken in [answer(&without), answer(&empty), twice] {
                assert_eq!(sets.lacking(kind, &broken), [name.as_str()], "{kind:?}");
            }
        }
    }
    let mut framed = sets.of(Kind::Page);
    framed.insert("x-frame-options".to_owned(), "DENY, SAMEORIGIN".to_owned());
    assert_eq!(sets.lacking(Kind::Page, &answer(&framed)), ["x-frame-options"]);
}

#[test]
fn a_reply_for_strangers_is_named() {
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-origin", "https://evil.example"),
        ("access-control-allow-credentials", "true"),
        ("link", "<https://evil.example>"),
    ] {
        let headers = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        assert_eq!(opened_to_strangers(&answer(&headers)), [name]);
    }
    assert_eq!(opened_to_strangers(&answer(&BTreeMap::new())), Vec::<String>::new());
}

#[test]
fn every_own_route_is_walked() {
    let routes = own_routes();
    assert!(routes.len() > 12 && routes.contains(&"/book/{slug}"), "{routes:?}");
    assert!(fits("/assets/{*path}", SCRIPT) && fits("/book/{slug}", "/book/demo?name=Ada"));
    assert!(!fits("/book/{slug}", "/book/demo/") && !fits("/book/{slug}", "/book/"));
    assert_eq!(kind("POST", "/v1/bookings", 201), Kind::Api);
}
