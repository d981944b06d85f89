//! What becomes of a booking that stands: it is given up, moved, approved or declined, each in one transaction.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::moving::change_from;
use super::plan::{DayCheck, DayWrite, FenceCheck, day_checks, fence, owed};
use super::{Actor, Booking, Did, OperationKey, State, Step};
use crate::effects::Effect;
use crate::host::{Entry, HostDay, HostSnapshot};
use crate::interval::Interval;
use crate::meeting_type::MeetingType;
use crate::text::Paragraphs;

/// What has to be written together, or not at all, for a booking to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangePlan {
    /// As it becomes.
    pub booking: Booking,
    /// As it must still stand.
    pub read: Read,
    /// The host-days that lose, get or keep an entry of it.
    pub days: Vec<DayWrite>,
    /// The host-days that were counted for a cap and must not have changed.
    pub checks: Vec<DayCheck>,
    /// The settings that were read and must still hold; none where no time is taken.
    pub fences: Vec<FenceCheck>,
    /// What the booking owes from now on.
    pub effects: Vec<Effect>,
}

/// How a booking stood when its change was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// At which revision.
    pub revision: u32,
    /// In which state.
    pub state: State,
    /// At which version.
    pub version: u64,
}

/// Who changes a booking, when, and by which request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Who.
    pub by: Actor,
    /// When; effects are owed from then on.
    pub at: DateTime<Utc>,
    /// The request, where one may be repeated.
    pub operation: Option<OperationKey>,
}

/// Whether a booking can still be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Open,
    /// It was given up or declined: nothing is left to be changed.
    Over,
    /// It has begun, or begins too soon.
    TooLate,
}

/// The first instant at which a booking can no longer be changed: so long before its start.
pub fn until(booking: &Booking, cutoff_mins: u32) -> DateTime<Utc> {
    booking.core.start() - TimeDelta::minutes(i64::from(cutoff_mins))
}

/// Whether a booking can be changed at `now`. For an attendee `cutoff_mins` is the meeting type's, for a host 0.
pub fn standing(booking: &Booking, cutoff_mins: u32, now: DateTime<Utc>) -> Standing {
    match booking.state {
        State::Cancelled | State::Declined => Standing::Over,
        State::Confirmed | State::Pending if now < until(booking, cutoff_mins) => Standing::Open,
        State::Confirmed | State::Pending => Standing::TooLate,
    }
}

/// The first UTC date whose host-day matters to a change that takes no time.
pub fn read_from(booking: &Booking) -> NaiveDate {
    change_from(booking)
}

/// Gives a live booking up. Its entries stay in their days, marked, and reserve nothing.
///
/// `snapshots` are those of its hosts, from [`read_from`] on, read after the booking.
pub fn cancel(
    booking: &Booking,
    snapshots: &[HostSnapshot],
    reason: Option<Paragraphs>,
    deed: Deed,
) -> ChangePlan {
    settled(booking, snapshots, State::Cancelled, Did::Cancelled { reason }, deed)
}

/// Says yes to a pending booking. It keeps its time, which nobody could take meanwhile, and owes those reminders that
/// are still to come.
pub fn approve(
    booking: &Booking,
    snapshots: &[HostSnapshot],
    reminders_mins: Vec<u32>,
    deed: Deed,
) -> ChangePlan {
    assert!(booking.state == State::Pending, "only a pending booking is approved");
    let reminded = Booking { reminders_mins, ..booking.clone() };
    settled(&reminded, snapshots, State::Confirmed, Did::Approved, deed)
}

/// Says no to a pending booking, in the host's words.
pub fn decline(
    booking: &Booking,
    snapshots: &[HostSnapshot],
    reason: Option<Paragraphs>,
    deed: Deed,
) -> ChangePlan {
    assert!(booking.state == State::Pending, "only a pending booking is declined");
    settled(booking, snapshots, State::Declined, Did::Declined { reason }, deed)
}

/// Declines a pending booking because nobody has said anything in time.
pub fn lapse(booking: &Booking, snapshots: &[HostSnapshot], at: DateTime<Utc>) -> ChangePlan {
    assert!(booking.state == State::Pending, "only a pending booking lapses");
    let deed = Deed { by: Actor::Time, at, operation: None };
    settled(booking, snapshots, State::Declined, Did::Lapsed, deed)
}

/// Moves a live booking to a time that [`super::decide_move`] has granted out of the same snapshots.
///
/// One booking holds one time: the days of the old one lose its entry in the transaction in which those of the new
/// one get it, and a day that both touch is written once. Relies on all that a new booking would rely on.
pub fn reschedule(
    booking: &Booking,
    meeting_type: &MeetingType,
    snapshots: &[HostSnapshot],
    to: Interval,
    time_zone: Tz,
    deed: Deed,
) -> ChangePlan {
    let from = booking.core;
    let (before_mins, after_mins) = (meeting_type.before_mins, meeting_type.after_mins);
    let reminders_mins = meeting_type.reminders_mins.clone();
    let moved = Booking { core: to, time_zone, before_mins, after_mins, reminders_mins, ..booking.clone() };
    let next = stepped(moved, Did::Moved { from }, deed);
    let (mut days, mut checks) = (Vec::new(), Vec::new());
    for snapshot in snapshots {
        let written = host_days(&next, snapshot);
        checks.extend(day_checks(&next, meeting_type, snapshot, &written));
        days.extend(written);
    }
    ChangePlan {
        read: Read::of(booking),
        checks,
        fences: snapshots.iter().map(fence).collect(),
        effects: owed(&next),
        booking: next,
        days,
    }
}

/// Remembers a request that asked for what is already so, so that a late repeat of it changes nothing either.
pub fn remember(booking: &Booking, operation: OperationKey) -> ChangePlan {
    let mut next = Booking { version: booking.version + 1, ..booking.clone() };
    next.remember(operation);
    ChangePlan {
        booking: next,
        read: Read::of(booking),
        days: Vec::new(),
        checks: Vec::new(),
        fences: Vec::new(),
        effects: Vec::new(),
    }
}

/// A change that takes no time: it relies on nothing but the booking and the days it rewrites.
fn settled(booking: &Booking, snapshots: &[HostSnapshot], state: State, what: Did, deed: Deed) -> ChangePlan {
    assert!(booking.entry().is_live(), "what is over does not change");
    let next = stepped(Booking { state, ..booking.clone() }, what, deed);
    ChangePlan {
        read: Read::of(booking),
        days: snapshots.iter().flat_map(|snapshot| host_days(&next, snapshot)).collect(),
        checks: Vec::new(),
        fences: Vec::new(),
        effects: owed(&next),
        booking: next,
    }
}

impl Read {
    /// As this one stands.
    pub fn of(booking: &Booking) -> Self {
        Self { revision: booking.revision, state: booking.state, version: booking.version }
    }
}

/// The booking at its next revision.
fn stepped(mut booking: Booking, what: Did, deed: Deed) -> Booking {
    booking.revision += 1;
    booking.version += 1;
    let revision = booking.revision;
    booking.note(Step { revision, at: deed.at, by: deed.by, what });
    if let Some(operation) = deed.operation {
        booking.remember(operation);
    }
    booking
}

/// Every day of a host in which the booking stands or is to stand. A live booking stands in the days that its
/// reserved time touches and in no other; one that is over stays where it stood.
fn host_days(next: &Booking, snapshot: &HostSnapshot) -> Vec<DayWrite> {
    let entry = next.entry();
    let mut wanted: BTreeMap<NaiveDate, Option<Entry>> = BTreeMap::new();
    for (date, day) in &snapshot.days {
        if let Some(found) = day.entries.iter().find(|found| found.booking == next.id) {
            wanted.insert(*date, given_up(found, &entry));
        }
    }
    if entry.is_live() {
        wanted.extend(entry.reserved().utc_dates().map(|date| (date, Some(entry.clone()))));
    }
    let write = |(date, entry): (NaiveDate, Option<Entry>)| {
        let stored = snapshot.days.get(&date);
        let day = stored.unwrap_or(&HostDay::default()).rewritten(&next.id, entry);
        DayWrite { host: snapshot.host.id.clone(), date, read: stored.map(|day| day.version), day }
    };
    wanted.into_iter().map(write).collect()
}

/// The entry as it stays behind: where it stood and marked, if the booking is over; otherwise not at all.
fn given_up(found: &Entry, entry: &Entry) -> Option<Entry> {
    (!entry.is_live()).then(|| Entry { state: entry.state, ..found.clone() })
}

#[cfg(test)]
mod tests;
