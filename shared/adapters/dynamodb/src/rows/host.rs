//! A host's settings, the fence beside them, and the directory row.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};
use openslot_domain::host::Host;
use openslot_domain::hours::{Override, Schedule, WallRange, Weekly};
use openslot_domain::ids::HostId;
use serde::{Deserialize, Serialize};

use super::{RowError, line, read, wrong};

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Settings as stored. Ranges are start and end in minutes after wall midnight.
#[derive(Serialize, Deserialize)]
pub(crate) struct HostRow {
    v: u64,
    /// Name and address.
    n: String,
    m: String,
    tz: String,
    /// Seven weekdays from Monday on.
    w: Vec<Vec<(u16, u16)>>,
    /// Overrides by date; null is blocked.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    o: BTreeMap<String, Option<Vec<(u16, u16)>>>,
    on: bool,
}

impl HostRow {
    pub(crate) fn of(host: &Host, version: u64) -> Self {
        assert!(version > 0, "written settings have a version");
        let schedule = &host.schedule;
        let override_row = |(date, change): (&NaiveDate, &Override)| {
            let ranges = match change {
                Override::Blocked => None,
                Override::CustomHours(ranges) => Some(pairs(ranges)),
            };
            (date.to_string(), ranges)
        };
        Self {
            v: version,
            n: host.name.to_string(),
            m: host.email.to_string(),
            tz: schedule.zone.name().to_owned(),
            w: WEEK.iter().map(|day| pairs(schedule.weekly.on(*day))).collect(),
            o: schedule.overrides.iter().map(override_row).collect(),
            on: host.active,
        }
    }

    pub(crate) fn version(&self) -> u64 {
        assert!(self.v > 0, "stored settings have a version");
        self.v
    }

    pub(crate) fn host(&self, id: &HostId) -> Result<Host, RowError> {
        Ok(Host {
            id: id.clone(),
            name: line("n", &self.n)?,
            email: read("m", self.m.parse())?,
            schedule: self.schedule()?,
            active: self.on,
        })
    }

    fn schedule(&self) -> Result<Schedule, RowError> {
        if self.w.len() != WEEK.len() {
            return Err(wrong("w"));
        }
        let mut weekly = Weekly::default();
        for (day, ranges) in WEEK.iter().zip(&self.w) {
            weekly.set(*day, wall_ranges("w", ranges)?);
        }
        let mut overrides = BTreeMap::new();
        for (date, ranges) in &self.o {
            let change = match ranges {
                None => Override::Blocked,
                Some(ranges) => Override::CustomHours(wall_ranges("o", ranges)?),
            };
            overrides.insert(read("o", date.parse())?, change);
        }
        Ok(Schedule { zone: read("tz", self.tz.parse())?, weekly, overrides })
    }
}

fn pairs(ranges: &[WallRange]) -> Vec<(u16, u16)> {
    ranges.iter().map(|range| (range.start_min(), range.end_min())).collect()
}

fn wall_ranges(name: &'static str, pairs: &[(u16, u16)]) -> Result<Vec<WallRange>, RowError> {
    pairs.iter().map(|(start, end)| WallRange::new(*start, *end).ok_or_else(|| wrong(name))).collect()
}

/// The version of the settings alone: what bookings condition-check.
#[derive(Serialize, Deserialize)]
pub(crate) struct FenceRow {
    pub(crate) v: u64,
}

/// A host in the directory.
#[derive(Serialize, Deserialize)]
pub(crate) struct HostInDirectoryRow {
    pub(crate) n: String,
}
