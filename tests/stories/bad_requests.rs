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
    let everything =
        json!({"start": "soon", "time_zone": "Mars", "attendee": {"name": "", "email": "x"}, "x": 1});
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
    ]), @r"
        malformed JSON
        422 /problems/invalid
         malformed: must be JSON; it stops being so at line 1, column 25

        no body
        422 /problems/invalid
         malformed: must be JSON; it stops being so at line 1, column 0

        20 KB
        413 /problems/too-large

        nested too deep
        422 /problems/invalid
         too_deep: must not be nested more than 16 deep

        not JSON by its own account
        415 /problems/unsupported-media-type

        no key
        422 /problems/invalid
        Idempotency-Key required: must be given: 8 to 128 visible characters, new for each new request

        a member that is not known
        422 /problems/invalid
          /price unknown: is not a field that is known here

        a member twice
        422 /problems/invalid
          /start duplicate: must not stand twice
          /start type: must be a text

        control characters in a name
        422 /problems/invalid
          /attendee/name control_characters: must not hold control characters

        eleven guests
        422 /problems/invalid
          /guests too_many: must have at most 10 entries

        everything at once
        422 /problems/invalid
          /x unknown: is not a field that is known here
          /meeting_type required: must be given
          /start format: must be an instant such as 2026-11-23T09:00:00+00:00
          /time_zone unknown_time_zone: must be an IANA time zone such as Europe/London
          /attendee/name empty: must not be empty
          /attendee/email format: must be an e-mail address such as ada@example.org
    ");
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
    ]), @r#"
        unknown meeting type
        404 /problems/meeting-type-unknown

        a name no meeting type can have
        404 /problems/meeting-type-unknown

        unknown zone
        422 /problems/invalid
          /time_zone unknown_time_zone: must be an IANA time zone such as Europe/London

        a start that does not exist
        422 /problems/invalid
          /start impossible: must be a date and a time that exist

        a start without its offset
        422 /problems/invalid
          /start offset_required: must end with its offset from UTC, such as +01:00 or Z

        a duration that is not offered
        422 /problems/invalid
          /duration_minutes not_offered: must be one of 30 minutes

        no duration at all
        422 /problems/invalid
          /duration_minutes out_of_range: must be a whole number of minutes from 1 to 1440

        off the grid
        422 /problems/not-offered
        reason "off_grid"

        between two seconds
        422 /problems/not-offered
        reason "off_grid"

        in the past
        422 /problems/not-offered
        reason "notice"

        outside the hours
        422 /problems/not-offered
        reason "outside_hours"

        too far ahead
        422 /problems/not-offered
        reason "window"

        at the end of time
        422 /problems/not-offered
        reason "outside_hours"

        before the beginning of it
        422 /problems/not-offered
        reason "outside_hours"
    "#);
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
    ]), @r"
        nothing said
        422 /problems/invalid
        from required: must be given
        to required: must be given
        time_zone required: must be given

        unknown zone
        422 /problems/invalid
        time_zone unknown_time_zone: must be an IANA time zone such as Europe/London

        an impossible date
        422 /problems/invalid
        from impossible: must be a date that exists

        from after to
        422 /problems/invalid
        to before_from: must not be before from

        93 days
        422 /problems/invalid
        to too_many_days: must be at most 91 days after from

        unknown parameter
        422 /problems/invalid
        page unknown: is not a parameter that is known here

        unknown host and duration
        422 /problems/invalid
        duration_minutes not_offered: is not a duration of this meeting type
        host unknown: is not a host of this meeting type

        unknown meeting type
        404 /problems/meeting-type-unknown

        unknown meeting type's page
        404 /problems/meeting-type-unknown

        a name no meeting type can have
        404 /problems/meeting-type-unknown
    ");
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
