//! `GET|POST /_local/clock`: what time it is here, and another time.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use openslot_wire::{Problem, Wrong};
use serde_json::{Map, Value, json};

use super::forms::Sent;
use super::{Desk, Shared, replies};
use crate::clock::is_supported;

/// What the clock shows.
pub(super) async fn read(State(desk): Shared) -> Response {
    shown(desk.clock.now())
}

/// Moves the clock and runs what became due, to its end, before it answers.
///
/// Programs send JSON and are told the time. The form on the page at `/` is taken from that page only, and leads
/// back to it.
pub(super) async fn set(
    State(desk): Shared,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(body) = body else {
        return replies::refused(&Problem::too_large());
    };
    let (wanted, told): (_, fn(DateTime<Utc>) -> Response) = match Sent::of(&headers) {
        Sent::Json => (wanted(&body, desk.clock.now()), shown),
        Sent::Form => (wanted_by_form(&body, desk.clock.now()), |_| replies::done("/#clock")),
        Sent::ForeignForm => return replies::refused(&Problem::forbidden()),
        Sent::Otherwise => return replies::refused(&Problem::unsupported_media_type()),
    };
    match wanted {
        Ok(now) => moved(&desk, now, told).await,
        Err(wrong) => replies::refused(&Problem::invalid(vec![wrong])),
    }
}

async fn moved(desk: &Desk, now: DateTime<Utc>, told: fn(DateTime<Utc>) -> Response) -> Response {
    if let Err(error) = desk.clock.set(now) {
        return replies::broken(&error);
    }
    desk.rounds.settle().await;
    told(desk.clock.now())
}

fn shown(now: DateTime<Utc>) -> Response {
    replies::told(&json!({ "now": now.to_rfc3339_opts(SecondsFormat::Millis, true) }))
}

/// Where the form wants the clock: `advance_seconds=N`.
fn wanted_by_form(body: &[u8], now: DateTime<Utc>) -> Result<DateTime<Utc>, Wrong> {
    let given = str::from_utf8(body).ok().and_then(|body| body.strip_prefix("advance_seconds="));
    let secs: Value = given.and_then(|secs| secs.parse::<u64>().ok()).map_or(Value::Null, Value::from);
    within(advanced(&secs, now)?, "advance_seconds")
}

/// Where a request wants the clock: `{"advance_seconds": N}` or `{"set": INSTANT}`.
fn wanted(body: &[u8], now: DateTime<Utc>) -> Result<DateTime<Utc>, Wrong> {
    let members: Map<String, Value> = serde_json::from_slice(body)
        .map_err(|_| wrong("", "malformed", "must be a JSON object such as {\"advance_seconds\": 3600}"))?;
    let mut members = members.iter();
    let (Some((name, value)), None) = (members.next(), members.next()) else {
        return Err(wrong("", "format", "must have one member: advance_seconds or set"));
    };
    let wanted = match name.as_str() {
        "advance_seconds" => advanced(value, now)?,
        "set" => instant(value)?,
        _ => return Err(wrong(&pointer(name), "unknown", "is not advance_seconds or set")),
    };
    within(wanted, name)
}

fn within(wanted: Option<DateTime<Utc>>, name: &str) -> Result<DateTime<Utc>, Wrong> {
    let beyond = || wrong(&pointer(name), "range", "must leave the clock between 1970 and 2100");
    wanted.filter(|wanted| is_supported(*wanted)).ok_or_else(beyond)
}

fn advanced(value: &Value, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Wrong> {
    let detail = "must be a whole number of seconds, 0 or more; set moves the clock back";
    let secs = value.as_u64().ok_or_else(|| wrong("/advance_seconds", "format", detail))?;
    let by = i64::try_from(secs).ok().and_then(TimeDelta::try_seconds);
    Ok(by.and_then(|by| now.checked_add_signed(by)))
}

fn instant(value: &Value) -> Result<Option<DateTime<Utc>>, Wrong> {
    let parsed = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    let detail = "must be an instant such as 2026-11-22T09:00:00Z";
    parsed.map(|instant| Some(instant.to_utc())).ok_or_else(|| wrong("/set", "format", detail))
}

/// A JSON pointer to a member (RFC 6901).
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn wrong(pointer: &str, code: &'static str, detail: &str) -> Wrong {
    Wrong { pointer: pointer.to_owned(), code, detail: detail.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str) -> Result<String, (String, &'static str)> {
        let now = "2026-11-22T09:00:00Z".parse().unwrap();
        let wanted = wanted(body.as_bytes(), now);
        wanted.map(|now| now.to_rfc3339()).map_err(|wrong| (wrong.pointer, wrong.code))
    }

    #[test]
    fn the_clock_goes_where_it_is_told() {
        assert_eq!(check(r#"{"advance_seconds": 86400}"#).unwrap(), "2026-11-23T09:00:00+00:00");
        assert_eq!(check(r#"{"advance_seconds": 0}"#).unwrap(), "2026-11-22T09:00:00+00:00");
        assert_eq!(check(r#"{"set": "2031-03-30T03:00:00+02:00"}"#).unwrap(), "2031-03-30T01:00:00+00:00");
    }

    #[test]
    fn the_form_goes_ahead_only() {
        let now = "2026-11-22T09:00:00Z".parse().unwrap();
        let by_form = |body: &str| wanted_by_form(body.as_bytes(), now).map_err(|wrong| wrong.code);
        assert_eq!(by_form("advance_seconds=3600").unwrap().to_rfc3339(), "2026-11-22T10:00:00+00:00");
        for body in ["", "advance_seconds=", "advance_seconds=-1", "set=1", "advance_seconds=1&set=2"] {
            assert_eq!(by_form(body), Err("format"), "{body}");
        }
        assert_eq!(by_form("advance_seconds=99999999999999"), Err("range"));
    }

    #[test]
    fn what_it_cannot_do_is_named() {
        let cases = [
            ("", "", "malformed"),
            ("[]", "", "malformed"),
            ("{}", "", "format"),
            (r#"{"set": "2026-11-22T09:00:00Z", "advance_seconds": 1}"#, "", "format"),
            (r#"{"now": 1}"#, "/now", "unknown"),
            (r#"{"a/b~": 1}"#, "/a~1b~0", "unknown"),
            (r#"{"advance_seconds": -1}"#, "/advance_seconds", "format"),
            (r#"{"advance_seconds": 1.5}"#, "/advance_seconds", "format"),
            (r#"{"advance_seconds": "60"}"#, "/advance_seconds", "format"),
            (r#"{"advance_seconds": 99999999999999}"#, "/advance_seconds", "range"),
            (r#"{"advance_seconds": 18446744073709551615}"#, "/advance_seconds", "range"),
            (r#"{"set": "tomorrow"}"#, "/set", "format"),
            (r#"{"set": "2026-11-22T09:00:00"}"#, "/set", "format"),
            (r#"{"set": "2100-01-01T00:00:00Z"}"#, "/set", "range"),
        ];
        for (body, pointer, code) in cases {
            assert_eq!(check(body), Err((pointer.to_owned(), code)), "{body}");
        }
    }
}
