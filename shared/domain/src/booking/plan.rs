//! One transaction: everything that a booking writes, and everything it relies on.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use chrono_tz::Tz;

use super::Booking;
use crate::effects::Effect;
use crate::host::{HostDay, HostSnapshot};
use crate::ids::HostId;
use crate::meeting_type::{Caps, MeetingType};
use crate::wall;

/// What has to be written together, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Must not exist yet.
    pub booking: Booking,
    /// The host-days that get an entry.
    pub days: Vec<DayWrite>,
    /// The host-days that were counted for a cap and must not have changed.
    pub checks: Vec<DayCheck>,
    /// The settings that were read and must still hold.
    pub fences: Vec<FenceCheck>,
    /// What the booking owes from now on.
    pub effects: Vec<Effect>,
}

/// A host-day to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayWrite {
    /// Whose.
    pub host: HostId,
    /// Which UTC date.
    pub date: NaiveDate,
    /// The version that was read; `None` where there was no item.
    pub read: Option<u64>,
    /// What it becomes.
    pub day: HostDay,
}

/// A host-day that must be as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCheck {
    /// Whose.
    pub host: HostId,
    /// Which UTC date.
    pub date: NaiveDate,
    /// The version that was read; `None` where there was no item.
    pub read: Option<u64>,
}

/// Settings that must be as they were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FenceCheck {
    /// Whose.
    pub host: HostId,
    /// Their version.
    pub version: u64,
}

/// Plans the transaction that makes `booking`, out of the snapshots from which it was granted.
///
/// Effects are owed from the booking's own instant on.
pub fn plan(booking: Booking, meeting_type: &MeetingType, snapshots: &[&HostSnapshot]) -> Plan {
    let mut days = Vec::new();
    let mut checks = Vec::new();
    for snapshot in snapshots {
        let written = day_writes(&booking, snapshot);
        checks.extend(day_checks(&booking, meeting_type, snapshot, &written));
        days.extend(written);
    }
    let fences = snapshots.iter().map(|snapshot| fence(snapshot)).collect();
    let effects = owed(&booking);
    Plan { booking, days, checks, fences, effects }
}

/// The settings by which a host was found free.
pub(super) fn fence(snapshot: &HostSnapshot) -> FenceCheck {
    FenceCheck { host: snapshot.host.id.clone(), version: snapshot.config_version }
}

fn day_writes(booking: &Booking, snapshot: &HostSnapshot) -> Vec<DayWrite> {
    let entry = booking.entry();
    let write = |date: NaiveDate| {
        let stored = snapshot.days.get(&date);
        let mut day = stored.cloned().unwrap_or_default();
        day.version += 1;
        day.entries.push(entry.clone());
        DayWrite { host: snapshot.host.id.clone(), date, read: stored.map(|day| day.version), day }
    };
    entry.reserved().utc_dates().map(write).collect()
}

/// A cap was counted over every UTC day that its host-local day or week touches: none of them may have changed.
pub(super) fn day_checks(
    booking: &Booking,
    meeting_type: &MeetingType,
    snapshot: &HostSnapshot,
    written: &[DayWrite],
) -> Vec<DayCheck> {
    let zone = snapshot.host.schedule.zone;
    let mut dates = cap_dates(meeting_type.caps, zone, booking.core.start());
    for write in written {
        dates.remove(&write.date);
    }
    let check = |date: NaiveDate| DayCheck {
        host: snapshot.host.id.clone(),
        date,
        read: snapshot.days.get(&date).map(|day| day.version),
    };
    dates.into_iter().map(check).collect()
}

/// The UTC dates over which the caps of a meeting that starts at `start` are counted.
pub(crate) fn cap_dates(caps: Caps, zone: Tz, start: DateTime<Utc>) -> BTreeSet<NaiveDate> {
    let date = wall::date_at(zone, start);
    let monday = date - Days::new(u64::from(date.weekday().num_days_from_monday()));
    let local_dates: Vec<NaiveDate> = match caps {
        Caps { per_week: Some(_), .. } => monday.iter_days().take(7).collect(),
        Caps { per_day: Some(_), per_week: None } => vec![date],
        Caps { per_day: None, per_week: None } => Vec::new(),
    };
    local_dates.into_iter().filter_map(|date| wall::day(zone, date)).flat_map(|day| day.utc_dates()).collect()
}

/// What a booking that is about to be written comes to owe.
pub(super) fn owed(booking: &Booking) -> Vec<Effect> {
    booking.owes().into_iter().map(Effect::owed).collect()
}
