//! The door: requests to change a booking become domain types, or a list of everything that is wrong with them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use openslot_domain::text::Paragraphs;
use serde_json::Value;
use utoipa::ToSchema;

use crate::fields::{Fields, Wrongs};
use crate::json;
use crate::new_booking::{IDEMPOTENCY_KEY, idempotency_key};
use crate::problem::Wrong;
use crate::stamps::Instant;
use crate::values::{self, minutes, paragraphs};

const REASON_CHARS_MAX: usize = 1000;

/// What somebody asks for who gives a booking up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancellation {
    /// Why.
    pub reason: Option<Paragraphs>,
    /// Names this request.
    pub idempotency_key: String,
    /// The body in its one spelling, by which a repeat is told from another request.
    pub canonical: Vec<u8>,
}

impl Cancellation {
    /// Reads a body and the values of its `Idempotency-Key` headers, or says everything that is wrong with them.
    ///
    /// `body` must not be longer than [`BODY_BYTES_MAX`](crate::BODY_BYTES_MAX).
    pub fn read(body: &[u8], keys: &[&[u8]]) -> Result<Self, Vec<Wrong>> {
        read(body, keys, CancelRequest::NAMES, |top, idempotency_key, canonical| {
            let reason = top.optional_text("reason", paragraphs(REASON_CHARS_MAX));
            Some(Self { reason, idempotency_key: idempotency_key?, canonical })
        })
    }
}

/// What a host says who declines a booking that waits for its word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decline {
    /// Why.
    pub reason: Option<Paragraphs>,
}

impl Decline {
    /// Reads a body, or says everything that is wrong with it.
    ///
    /// `body` must not be longer than [`BODY_BYTES_MAX`](crate::BODY_BYTES_MAX).
    pub fn read(body: &[u8]) -> Result<Self, Vec<Wrong>> {
        let wrongs = Wrongs::default();
        let read = json::read(body, &wrongs).and_then(|value: Value| {
            let top = Fields::of(&value, String::new(), DeclineRequest::NAMES, &wrongs)?;
            Some(Self { reason: top.optional_text("reason", paragraphs(REASON_CHARS_MAX)) })
        });
        let wrongs = wrongs.into_vec();
        read.filter(|_| wrongs.is_empty()).ok_or(wrongs)
    }
}

/// What somebody asks for who moves a booking, each part valid for itself.
///
/// Whether it fits the meeting type is for the meeting type to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// From when on.
    pub start: DateTime<Utc>,
    /// For how long, in minutes.
    pub duration_mins: Option<u32>,
    /// The guest's zone.
    pub time_zone: Tz,
    /// Names this request.
    pub idempotency_key: String,
    /// The body in its one spelling, by which a repeat is told from another request.
    pub canonical: Vec<u8>,
}

impl Move {
    /// Reads a body and the values of its `Idempotency-Key` headers, or says everything that is wrong with them.
    ///
    /// `body` must not be longer than [`BODY_BYTES_MAX`](crate::BODY_BYTES_MAX).
    pub fn read(body: &[u8], keys: &[&[u8]]) -> Result<Self, Vec<Wrong>> {
        read(body, keys, RescheduleRequest::NAMES, |top, idempotency_key, canonical| {
            let start = top.required("start", |value| values::instant(values::text(value)?));
            let duration_mins = top.optional("duration_minutes", minutes);
            let time_zone = top.required("time_zone", |value| values::zone(values::text(value)?));
            let (start, time_zone) = (start?, time_zone?);
            Some(Self { start, duration_mins, time_zone, idempotency_key: idempotency_key?, canonical })
        })
    }
}

/// Reads key and body before either is missed.
fn read<T>(
    body: &[u8],
    keys: &[&[u8]],
    names: &[&str],
    whole: impl FnOnce(&Fields<'_>, Option<String>, Vec<u8>) -> Option<T>,
) -> Result<T, Vec<Wrong>> {
    let wrongs = Wrongs::default();
    let key = wrongs.note(IDEMPOTENCY_KEY, idempotency_key(keys));
    let read = json::read(body, &wrongs).and_then(|value: Value| {
        let top = Fields::of(&value, String::new(), names, &wrongs)?;
        whole(&top, key, json::canonical(&value))
    });
    let wrongs = wrongs.into_vec();
    read.filter(|_| wrongs.is_empty()).ok_or(wrongs)
}

/// What somebody asks for who gives a booking up, as it is written in JSON.
#[derive(Clone, Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelRequest {
    /// Why, for the attendee and the hosts.
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
}

impl CancelRequest {
    pub(crate) const NAMES: &[&str] = &["reason"];
}

/// What a host says who declines a booking, as it is written in JSON.
#[derive(Clone, Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineRequest {
    /// Why, for the attendee and the hosts.
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
}

impl DeclineRequest {
    pub(crate) const NAMES: &[&str] = &["reason"];
}

/// What somebody asks for who moves a booking, as it is written in JSON.
#[derive(Clone, Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RescheduleRequest {
    /// From when on; one of the slots listed for this booking, with any offset.
    pub start: Instant,
    /// For how long; left out, as long as it lasts now.
    #[schema(minimum = 1, maximum = 1440)]
    pub duration_minutes: Option<u32>,
    /// The guest's zone from now on, an IANA name.
    #[schema(example = "Europe/London")]
    pub time_zone: String,
}

impl RescheduleRequest {
    pub(crate) const NAMES: &[&str] = &["start", "duration_minutes", "time_zone"];
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &[&[u8]] = &[b"key-00000001"];

    fn said(wrongs: &[Wrong]) -> String {
        wrongs.iter().map(|wrong| format!("{} {}", wrong.pointer, wrong.code)).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_cancellation_may_have_a_reason() {
        let read = |body: &str| Cancellation::read(body.as_bytes(), KEYS).map(|read| read.reason);
        assert_eq!(read("{}"), Ok(None));
        assert_eq!(read(r#"{"reason":"  "}"#), Ok(None));
        let reason = read(r#"{"reason":"one\r\ntwo"}"#).unwrap().unwrap();
        assert_eq!(reason.as_str(), "one\ntwo");
        let check = |body: &str, wrongs: &str| assert_eq!(said(&read(body).unwrap_err()), wrongs, "{body}");
        check(r#"{"reason":7}"#, "/reason type");
        check(&format!(r#"{{"reason":"{}"}}"#, "x".repeat(1001)), "/reason too_long");
        check(r#"{"why":"ill"}"#, "/why unknown");
        check("[]", " type");
        check("", " malformed");
    }

    #[test]
    fn a_decline_may_have_a_reason_and_nothing_else() {
        assert_eq!(Decline::read(b"{}"), Ok(Decline { reason: None }));
        let reason = Decline::read(br#"{"reason":"ill"}"#).unwrap().reason;
        assert_eq!(reason.unwrap().as_str(), "ill");
        assert_eq!(
            said(&Decline::read(br#"{"reason":7,"why":"ill"}"#).unwrap_err()),
            "/why unknown, /reason type"
        );
        assert_eq!(said(&Decline::read(b"").unwrap_err()), " malformed");
    }

    #[test]
    fn a_move_names_a_start_and_a_zone() {
        let body = br#"{"time_zone":"Europe/London", "start":"2026-11-23T09:00:00+01:00"}"#;
        let read = Move::read(body, KEYS).unwrap();
        assert_eq!(
            (read.start.to_rfc3339(), read.duration_mins),
            ("2026-11-23T08:00:00+00:00".to_owned(), None)
        );
        assert_eq!(read.canonical, br#"{"start":"2026-11-23T09:00:00+01:00","time_zone":"Europe/London"}"#);
        let wrongs = Move::read(br#"{"duration_minutes":0,"host":"ada"}"#, &[]).unwrap_err();
        assert_eq!(
            said(&wrongs),
            "Idempotency-Key required, /host unknown, /start required, /duration_minutes out_of_range, \
             /time_zone required"
        );
    }
}
