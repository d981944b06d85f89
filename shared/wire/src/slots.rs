//! The reply to a look for free times.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use utoipa::ToSchema;

use crate::stamps::{Date, Instant, offset_at};

/// The free starts of some dates, as [`write_slots`] spells them.
#[derive(Clone, Debug, PartialEq, Eq, ToSchema)]
pub struct Slots {
    /// The zone of every date and instant here: the one asked for.
    #[schema(example = "Europe/London")]
    pub time_zone: String,
    /// How long a meeting would last.
    #[schema(example = 30)]
    pub duration_minutes: u32,
    /// The dates with a free start, in order. Others are left out.
    pub days: Vec<Day>,
    /// The first free start from `from` on, even past `to`; null when the window ends without one.
    #[schema(required = true)]
    pub next_available: Option<Instant>,
}

/// The free starts of one date.
#[derive(Clone, Debug, PartialEq, Eq, ToSchema)]
pub struct Day {
    /// The date, in the zone of the reply.
    pub date: Date,
    /// In order. Where the clocks go back, the same reading may stand twice with different offsets.
    pub slots: Vec<Instant>,
}

/// Writes [`Slots`] as JSON. `starts` must be in order.
///
/// By hand, because such replies are nearly all instants, and all of a day begin with the same text.
pub fn write_slots(
    zone: Tz,
    duration_mins: u32,
    starts: &[DateTime<Utc>],
    next_available: Option<DateTime<Utc>>,
) -> String {
    let mut out = String::with_capacity(160 + starts.len() * 30);
    // A zone's name holds letters, digits and `/_+-` only, so it needs no escapes.
    push(
        &mut out,
        format_args!(r#"{{"time_zone":"{}","duration_minutes":{duration_mins},"days":["#, zone.name()),
    );
    let mut writer = Writer { zone, day: None, offset_secs: 0, offset: String::new() };
    for start in starts {
        writer.slot(&mut out, *start);
    }
    if writer.day.is_some() {
        out.push_str("]}");
    }
    out.push_str("],\"next_available\":");
    match next_available {
        Some(start) => push(&mut out, format_args!("\"{}\"", Instant::of(zone, start).as_str())),
        None => out.push_str("null"),
    }
    out.push('}');
    out
}

const DAY_SECS: i64 = 24 * 60 * 60;

/// Where in the list of days the writing stands.
struct Writer {
    zone: Tz,
    day: Option<OpenDay>,
    offset_secs: i64,
    offset: String,
}

/// A day whose slots are being written.
struct OpenDay {
    number: i64,
    date: String,
}

impl Writer {
    fn slot(&mut self, out: &mut String, start: DateTime<Utc>) {
        self.turn_to(start);
        let wall_secs = start.timestamp() + self.offset_secs;
        let (number, second) = (wall_secs.div_euclid(DAY_SECS), wall_secs.rem_euclid(DAY_SECS));
        if self.day.as_ref().is_none_or(|day| day.number != number) {
            self.open(out, number);
        } else {
            out.push(',');
        }
        out.push('"');
        out.push_str(self.day.as_ref().map_or("", |day| &day.date));
        out.push('T');
        two_digits(out, second / 3600);
        out.push(':');
        two_digits(out, second / 60 % 60);
        out.push(':');
        two_digits(out, second % 60);
        out.push_str(&self.offset);
        out.push('"');
    }

    /// Takes over the zone's offset at an instant.
    fn turn_to(&mut self, at: DateTime<Utc>) {
        let offset = offset_at(self.zone, at);
        let secs = i64::from(offset.local_minus_utc());
        if self.offset.is_empty() || secs != self.offset_secs {
            self.offset_secs = secs;
            self.offset = offset.to_string();
        }
    }

    fn open(&mut self, out: &mut String, number: i64) {
        out.push_str(if self.day.is_some() { "]}," } else { "" });
        let date =
            DateTime::from_timestamp(number * DAY_SECS, 0).unwrap_or_default().date_naive().to_string();
        push(out, format_args!(r#"{{"date":"{date}","slots":["#));
        self.day = Some(OpenDay { number, date });
    }
}

fn two_digits(out: &mut String, number: i64) {
    for digit in [number / 10, number % 10] {
        out.push(char::from(b"0123456789"[usize::try_from(digit).unwrap_or_default() % 10]));
    }
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string takes whatever is written to it");
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::{FixedOffset, Offset, TimeZone};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn written(zone: Tz, starts: &[DateTime<Utc>], next: Option<DateTime<Utc>>) -> Value {
        serde_json::from_str(&write_slots(zone, 30, starts, next)).unwrap()
    }

    /// The plain way: a general formatter, a map of dates, a general serializer.
    fn plainly(zone: Tz, starts: &[DateTime<Utc>], next: Option<DateTime<Utc>>) -> Value {
        let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let wall = |at: DateTime<Utc>| {
            let secs = zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc();
            at.with_timezone(&FixedOffset::east_opt(secs - secs.rem_euclid(60)).unwrap())
        };
        let stamp = |at: DateTime<Utc>| wall(at).to_rfc3339();
        for start in starts {
            days.entry(wall(*start).date_naive().to_string()).or_default().push(stamp(*start));
        }
        let days: Vec<Value> =
            days.into_iter().map(|(date, slots)| json!({"date": date, "slots": slots})).collect();
        json!({"time_zone": zone.name(), "duration_minutes": 30, "days": days, "next_available": next.map(stamp)})
    }

    #[test]
    fn nothing_free_is_an_empty_list() {
        let text = write_slots(Tz::Europe__London, 30, &[], None);
        assert_eq!(
            text,
            r#"{"time_zone":"Europe/London","duration_minutes":30,"days":[],"next_available":null}"#
        );
    }

    #[test]
    fn both_passes_of_an_hour_are_told_apart() {
        let starts = [at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"), at("2026-10-26T09:00:00Z")];
        insta::assert_snapshot!(
            write_slots(Tz::Europe__London, 15, &starts, Some(starts[0])),
            @r#"{"time_zone":"Europe/London","duration_minutes":15,"days":[{"date":"2026-10-25","slots":["2026-10-25T01:30:00+01:00","2026-10-25T01:30:00+00:00"]},{"date":"2026-10-26","slots":["2026-10-26T09:00:00+00:00"]}],"next_available":"2026-10-25T01:30:00+01:00"}"#
        );
    }

    #[test]
    fn an_offset_that_counts_seconds_is_written_as_rfc_3339_can() {
        let start = at("1970-01-01T12:00:00Z");
        let text = write_slots(Tz::Africa__Monrovia, 30, &[start], Some(start));
        assert_eq!(text.matches("1970-01-01T11:15:00-00:45").count(), 2, "{text}");
        let read: DateTime<Utc> = "1970-01-01T11:15:00-00:45".parse().unwrap();
        assert_eq!(read, start, "what is written is the instant itself");
    }

    proptest! {
        #[test]
        fn writing_by_hand_changes_nothing(
            zone in proptest::sample::select(chrono_tz::TZ_VARIANTS.to_vec()),
            first in 0_i64..4_000_000_000,
            steps in proptest::collection::vec(1_i64..200_000, 0..60),
        ) {
            let mut secs = first;
            let starts: Vec<DateTime<Utc>> = steps
                .iter()
                .map(|step| {
                    secs += step;
                    DateTime::from_timestamp(secs, 0).unwrap()
                })
                .collect();
            // A zone that skips back over midnight may show a date twice: two groups then, which a map joins.
            let grouped = written(zone, &starts, starts.last().copied());
            let mut dates: Vec<&str> =
                grouped["days"].as_array().unwrap().iter().map(|day| day["date"].as_str().unwrap()).collect();
            let groups = dates.len();
            dates.dedup();
            dates.sort_unstable();
            dates.dedup();
            prop_assume!(dates.len() == groups);
            prop_assert_eq!(grouped, plainly(zone, &starts, starts.last().copied()));
        }
    }
}
