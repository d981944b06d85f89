//! Single values at the door: each becomes a type that is valid once made.

use chrono::format::ParseErrorKind;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use openslot_domain::questions::is_phone;
use openslot_domain::text::{EmailAddress, Line, Paragraphs, TextError};
use serde_json::Value;

use crate::fields::Complaint;

/// The longest meeting anybody may ask for, in minutes.
pub(crate) const DURATION_MINS_MAX: u32 = 24 * 60;

/// A text, as it came.
pub(crate) fn text(value: &Value) -> Result<&str, Complaint> {
    value.as_str().ok_or(Complaint::new("type", "must be a text"))
}

/// One line of at most `max` characters.
pub(crate) fn line(max: usize) -> impl Fn(&Value) -> Result<Line, Complaint> {
    move |value| Line::new(text(value)?, max).map_err(ill)
}

/// Several lines of together at most `max` characters.
pub(crate) fn paragraphs(max: usize) -> impl Fn(&Value) -> Result<Paragraphs, Complaint> {
    move |value| Paragraphs::new(text(value)?, max).map_err(ill)
}

/// An address that can be written to.
pub(crate) fn email(value: &Value) -> Result<EmailAddress, Complaint> {
    text(value)?.parse().map_err(ill)
}

/// A number that can be dialled.
pub(crate) fn phone(value: &Value) -> Result<Line, Complaint> {
    let line = line(40)(value)?;
    let ill = || Complaint::new("format", "must be a phone number: digits, spaces and + - ( ) . / only");
    if is_phone(line.as_str()) { Ok(line) } else { Err(ill()) }
}

/// A language tag (BCP 47), by its shape only: what we have no words for falls back to English.
pub(crate) fn locale(value: &Value) -> Result<Line, Complaint> {
    let tag = text(value)?.trim();
    let subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let language = |part: &str| part.len() >= 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    let mut parts = tag.split('-');
    let shaped = parts.next().is_some_and(language) && tag.split('-').all(subtag);
    let ill = Complaint::new("format", "must be a language tag such as en or pt-BR");
    if shaped { Line::new(tag, 35).map_err(|_| ill) } else { Err(ill) }
}

/// A whole number of minutes.
pub(crate) fn minutes(value: &Value) -> Result<u32, Complaint> {
    let number = value.as_number().ok_or(Complaint::new("type", "must be a number"))?;
    let mins = number.as_u64().and_then(|mins| u32::try_from(mins).ok());
    mins.filter(|mins| (1..=DURATION_MINS_MAX).contains(mins)).ok_or_else(out_of_range)
}

/// The same, out of a query.
pub(crate) fn minutes_text(text: &str) -> Result<u32, Complaint> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mins = if digits { text.parse().ok() } else { None };
    mins.filter(|mins| (1..=DURATION_MINS_MAX).contains(mins)).ok_or_else(out_of_range)
}

fn out_of_range() -> Complaint {
    Complaint::new("out_of_range", format!("must be a whole number of minutes from 1 to {DURATION_MINS_MAX}"))
}

/// An IANA time zone.
pub(crate) fn zone(name: &str) -> Result<Tz, Complaint> {
    let unknown = |_| Complaint::new("unknown_time_zone", "must be an IANA time zone such as Europe/London");
    name.parse().map_err(unknown)
}

/// An instant (RFC 3339), with its offset from UTC.
pub(crate) fn instant(text: &str) -> Result<DateTime<Utc>, Complaint> {
    let error = match DateTime::parse_from_rfc3339(text) {
        Ok(instant) => return Ok(instant.to_utc()),
        Err(error) => error.kind(),
    };
    Err(if error == ParseErrorKind::OutOfRange || error == ParseErrorKind::Impossible {
        Complaint::new("impossible", "must be a date and a time that exist")
    } else if text.parse::<NaiveDateTime>().is_ok() {
        Complaint::new("offset_required", "must end with its offset from UTC, such as +01:00 or Z")
    } else {
        Complaint::new("format", "must be an instant such as 2026-11-23T09:00:00+00:00")
    })
}

/// A date, `YYYY-MM-DD`.
pub(crate) fn date(text: &str) -> Result<NaiveDate, Complaint> {
    let parts = date_parts(text).ok_or(Complaint::new("format", "must be a date such as 2026-11-23"))?;
    let (year, month, day) = parts;
    NaiveDate::from_ymd_opt(year, month, day)
        .ok_or(Complaint::new("impossible", "must be a date that exists"))
}

fn date_parts(text: &str) -> Option<(i32, u32, u32)> {
    let shaped = |(place, byte): (usize, u8)| {
        if place == 4 || place == 7 { byte == b'-' } else { byte.is_ascii_digit() }
    };
    if text.len() != 10 || !text.bytes().enumerate().all(shaped) {
        return None;
    }
    Some((text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?))
}

fn ill(error: TextError) -> Complaint {
    let code = match error {
        TextError::Empty => "empty",
        TextError::TooLong { .. } => "too_long",
        TextError::Control => "control_characters",
        TextError::Address => "format",
    };
    Complaint::new(code, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T>(read: Result<T, Complaint>) -> &'static str {
        read.map_or_else(|complaint| complaint.code, |_| "fine")
    }

    #[test]
    fn an_instant_says_its_offset() {
        let read = instant("2026-11-23T10:00:00+01:00").unwrap();
        assert_eq!(read.to_string(), "2026-11-23 09:00:00 UTC");
        assert_eq!(code(instant("2026-11-23T09:00:00Z")), "fine");
        assert_eq!(code(instant("2026-11-23T09:00:00")), "offset_required");
        assert_eq!(code(instant("2026-02-30T09:00:00Z")), "impossible");
        assert_eq!(code(instant("2026-11-23T25:00:00Z")), "impossible");
        for text in
            ["", "tomorrow", "2026-11-23", "1795424400", "2026-11-23T09:00:00+01", "+12026-11-23T09:00:00Z"]
        {
            assert_eq!(code(instant(text)), "format", "{text}");
        }
    }

    #[test]
    fn a_date_is_written_one_way() {
        assert_eq!(date("2028-02-29").unwrap().to_string(), "2028-02-29");
        for text in ["2026-02-29", "2026-02-30", "2026-13-01", "2026-00-01", "2026-01-00"] {
            assert_eq!(code(date(text)), "impossible", "{text}");
        }
        for text in ["", "2026-1-1", "26-01-01", "+2026-1-01", "2026/01/01", "2026-01-01T", "２026-01-0"] {
            assert_eq!(code(date(text)), "format", "{text}");
        }
    }

    #[test]
    fn zones_are_those_of_iana() {
        for name in ["Europe/London", "America/Argentina/Buenos_Aires", "UTC", "Asia/Kathmandu"] {
            assert_eq!(code(zone(name)), "fine", "{name}");
        }
        for name in ["", "Europe/Atlantis", "+01:00", "Pacific Standard Time", "../../etc/passwd"] {
            assert_eq!(code(zone(name)), "unknown_time_zone", "{name}");
        }
    }

    #[test]
    fn minutes_are_whole_and_bounded() {
        let check = |value: Value, expected| assert_eq!(code(minutes(&value)), expected, "{value}");
        check(30.into(), "fine");
        check(1440.into(), "fine");
        for value in [0.into(), 1441.into(), Value::from(-30), 30.5.into(), 30.0.into(), u64::MAX.into()] {
            check(value, "out_of_range");
        }
        check("30".into(), "type");
        assert_eq!(minutes_text("30"), Ok(30));
        for text in ["", "+30", "30.0", "0", "99999999999999999999"] {
            assert_eq!(code(minutes_text(text)), "out_of_range", "{text}");
        }
    }

    #[test]
    fn a_language_tag_has_the_shape_of_one() {
        for tag in ["en", "de-AT", "zh-Hant-TW", "sl-rozaj-biske-1994"] {
            assert_eq!(code(locale(&tag.into())), "fine", "{tag}");
        }
        for tag in ["", "e", "english please", "en_US", "en-", "12", "../en", "en-abcdefghi"] {
            assert_eq!(code(locale(&tag.into())), "format", "{tag}");
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_no_number() {
        assert_eq!(code(phone(&"+44 20 7946 0123".into())), "fine");
        assert_eq!(code(phone(&"call me".into())), "format");
        assert_eq!(code(phone(&"+44 20\n7946".into())), "control_characters");
    }
}
