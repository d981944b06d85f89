//! Instants and dates in replies: RFC 3339, in the zone asked for.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
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
        Self(at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false))
    }
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
