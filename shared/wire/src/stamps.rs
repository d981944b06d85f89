//! Instants and dates in replies: RFC 3339, in the zone asked for.

use chrono::{DateTime, FixedOffset, NaiveDate, Offset, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use utoipa::ToSchema;

/// An instant (RFC 3339), to the second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(format = "date-time", example = "2026-11-23T09:00:00+00:00")]
pub struct Instant(String);

impl Instant {
    /// As the clocks of a zone show it, with their offset from UTC.
    pub fn of(zone: Tz, at: DateTime<Utc>) -> Self {
        Self(at.with_timezone(&offset_at(zone, at)).to_rfc3339_opts(SecondsFormat::Secs, false))
    }

    /// As it is written.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A zone's offset from UTC at an instant, in whole minutes: RFC 3339 knows no others, so the seconds that
/// Monrovia counted until 1972 are dropped, and the wall clock with them.
pub(crate) fn offset_at(zone: Tz, at: DateTime<Utc>) -> FixedOffset {
    let secs = zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc();
    FixedOffset::east_opt(secs.div_euclid(60) * 60).expect("rounding to minutes stays within a day")
}

/// A date, `YYYY-MM-DD`. Which zone it is read in stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(format = "date", example = "2026-11-23")]
pub struct Date(String);

impl Date {
    pub(crate) fn of(date: NaiveDate) -> Self {
        Self(date.to_string())
    }
}
