//! A host-day: every entry packed into one attribute, because this item is read and written most of all.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use openslot_domain::host::{Entry, EntryState, HostDay, KEPT_DAYS};
use openslot_domain::ids::{BookingId, Slug};
use openslot_domain::interval::Interval;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::{RowError, read, wrong};

/// The first byte of the packed entries: how the rest is written.
const FORMAT: u8 = 1;

/// A host-day as stored.
#[derive(Serialize, Deserialize)]
pub(crate) struct DayRow {
    v: u64,
    e: ByteBuf,
    ttl: i64,
}

impl DayRow {
    pub(crate) fn of(day: &HostDay, date: NaiveDate) -> Result<Self, RowError> {
        assert!(day.version > 0, "a written host-day has a version");
        for entry in &day.entries {
            assert!(
                entry.reserved().utc_dates().any(|touched| touched == date),
                "an entry stands in a day it touches"
            );
        }
        let ttl = midnight(date + Days::new(KEPT_DAYS)).timestamp();
        Ok(Self { v: day.version, e: ByteBuf::from(pack(&day.entries, date)?), ttl })
    }

    pub(crate) fn day(&self, date: NaiveDate) -> Result<HostDay, RowError> {
        assert!(self.v > 0, "a stored host-day has a version");
        Ok(HostDay { version: self.v, entries: unpack(&self.e, date)? })
    }
}

/// Postcard's own format after the format byte; meeting types once each, entries refer to them by place.
#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    #[serde(borrow)]
    meeting_types: Vec<&'a str>,
    entries: Vec<PackedEntry>,
}

#[derive(Serialize, Deserialize)]
struct PackedEntry {
    booking: [u8; 16],
    meeting_type: u32,
    core: PackedSpan,
    before_mins: u32,
    after_mins: u32,
    state: PackedState,
    booked_at_secs: i64,
    booked_at_nanos: u32,
}

/// Start and length; the start counts from the midnight that begins the host-day. Minutes where they are exact.
#[derive(Serialize, Deserialize)]
enum PackedSpan {
    Mins { start: i64, length: u64 },
    Secs { start: i64, length: u64 },
}

#[derive(Clone, Copy, Serialize, Deserialize)]
enum PackedState {
    Confirmed,
    Pending,
    Cancelled,
}

fn pack(entries: &[Entry], date: NaiveDate) -> Result<Vec<u8>, RowError> {
    let mut meeting_types: Vec<&str> = entries.iter().map(|entry| entry.meeting_type.as_str()).collect();
    meeting_types.sort_unstable();
    meeting_types.dedup();
    let place = |slug: &Slug| meeting_types.partition_point(|known| *known < slug.as_str());
    let entries =
        entries.iter().map(|entry| PackedEntry::of(entry, place(&entry.meeting_type), date)).collect();
    Ok(postcard::to_extend(&Packed { meeting_types, entries }, vec![FORMAT])?)
}

fn unpack(bytes: &[u8], date: NaiveDate) -> Result<Vec<Entry>, RowError> {
    let (format, packed) = bytes.split_first().ok_or_else(|| wrong("e"))?;
    if *format != FORMAT {
        return Err(wrong("e"));
    }
    let packed: Packed<'_> = postcard::from_bytes(packed)?;
    let slugs: Result<Vec<Slug>, _> = packed.meeting_types.iter().map(|slug| slug.parse()).collect();
    let slugs = read("e", slugs)?;
    packed.entries.iter().map(|entry| entry.entry(&slugs, date)).collect()
}

impl PackedEntry {
    fn of(entry: &Entry, meeting_type: usize, date: NaiveDate) -> Self {
        Self {
            booking: *entry.booking.as_bytes(),
            meeting_type: u32::try_from(meeting_type).expect("an item holds far fewer entries"),
            core: PackedSpan::of(&entry.core, date),
            before_mins: entry.before_mins,
            after_mins: entry.after_mins,
            state: PackedState::of(entry.state),
            booked_at_secs: entry.booked_at.timestamp(),
            booked_at_nanos: entry.booked_at.timestamp_subsec_nanos(),
        }
    }

    fn entry(&self, slugs: &[Slug], date: NaiveDate) -> Result<Entry, RowError> {
        let booked_at = DateTime::from_timestamp(self.booked_at_secs, self.booked_at_nanos);
        Ok(Entry {
            booking: BookingId::from_bytes(self.booking),
            meeting_type: slugs.get(self.meeting_type as usize).ok_or_else(|| wrong("e"))?.clone(),
            core: self.core.interval(date).ok_or_else(|| wrong("e"))?,
            before_mins: self.before_mins,
            after_mins: self.after_mins,
            state: self.state.state(),
            booked_at: booked_at.ok_or_else(|| wrong("e"))?,
        })
    }
}

impl PackedSpan {
    fn of(core: &Interval, date: NaiveDate) -> Self {
        let start = core.start_secs() - midnight(date).timestamp();
        let length = (core.end_secs() - core.start_secs()).unsigned_abs();
        if start % 60 == 0 && length.is_multiple_of(60) {
            Self::Mins { start: start / 60, length: length / 60 }
        } else {
            Self::Secs { start, length }
        }
    }

    /// `None` for an empty one, and for one outside the calendar.
    fn interval(&self, date: NaiveDate) -> Option<Interval> {
        let (start, length) = match *self {
            Self::Mins { start, length } => (start.checked_mul(60)?, length.checked_mul(60)?),
            Self::Secs { start, length } => (start, length),
        };
        let start = midnight(date).timestamp().checked_add(start)?;
        Interval::from_secs(start, start.checked_add_unsigned(length)?)
    }
}

impl PackedState {
    fn of(state: EntryState) -> Self {
        match state {
            EntryState::Confirmed => Self::Confirmed,
            EntryState::Pending => Self::Pending,
            EntryState::Cancelled => Self::Cancelled,
        }
    }

    fn state(self) -> EntryState {
        match self {
            Self::Confirmed => EntryState::Confirmed,
            Self::Pending => EntryState::Pending,
            Self::Cancelled => EntryState::Cancelled,
        }
    }
}

fn midnight(date: NaiveDate) -> DateTime<Utc> {
    date.and_time(NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    fn entry(start: &str, end: &str) -> Entry {
        Entry {
            booking: BookingId::from_bytes([7; 16]),
            meeting_type: "intro".parse().unwrap(),
            core: Interval::new(start.parse().unwrap(), end.parse().unwrap()).unwrap(),
            before_mins: 10,
            after_mins: 0,
            state: EntryState::Confirmed,
            booked_at: "2026-11-20T08:15:30.123456789Z".parse().unwrap(),
        }
    }

    #[test]
    fn entries_are_read_as_they_were_written() {
        let entries = [
            entry("2026-11-23T09:00:00Z", "2026-11-23T09:30:00Z"),
            Entry {
                meeting_type: "call".parse().unwrap(),
                ..entry("2026-11-23T10:00:30Z", "2026-11-23T10:30:01Z")
            },
            Entry { state: EntryState::Cancelled, ..entry("2026-11-22T23:30:00Z", "2026-11-23T00:30:00Z") },
            Entry { state: EntryState::Pending, ..entry("2026-11-23T23:59:59Z", "2026-11-24T04:00:00Z") },
        ];
        assert_eq!(unpack(&pack(&entries, date()).unwrap(), date()).unwrap(), entries);
        assert_eq!(unpack(&pack(&[], date()).unwrap(), date()).unwrap(), []);
    }

    #[test]
    fn fourteen_hours_of_half_hours_stay_below_a_write_unit() {
        let entries = vec![entry("2026-11-23T09:00:00Z", "2026-11-23T09:30:00Z"); 28];
        let bytes = pack(&entries, date()).unwrap().len();
        assert!(bytes < 1024 - 60, "{bytes} bytes and the key make more than a unit");
    }

    #[test]
    fn bytes_that_are_no_entries_are_refused() {
        let good = pack(&[entry("2026-11-23T09:00:00Z", "2026-11-23T09:30:00Z")], date()).unwrap();
        let mut other_format = good.clone();
        other_format[0] = 2;
        for bytes in [&[][..], &other_format, &good[..good.len() - 1], &[FORMAT, 0, 1]] {
            assert!(unpack(bytes, date()).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn a_past_day_stays_four_hundred_days() {
        let day = HostDay { version: 1, entries: Vec::new() };
        let row = DayRow::of(&day, date()).unwrap();
        let kept_until = DateTime::from_timestamp(row.ttl, 0).unwrap();
        assert_eq!(kept_until.to_string(), "2027-12-28 00:00:00 UTC");
    }

    #[test]
    #[should_panic(expected = "an entry stands in a day it touches")]
    fn an_entry_of_another_day_is_a_bug() {
        let entries = vec![entry("2026-11-25T09:00:00Z", "2026-11-25T09:30:00Z")];
        let row = DayRow::of(&HostDay { version: 1, entries }, date());
        assert!(row.is_err(), "unreachable: the assertion comes first");
    }
}
