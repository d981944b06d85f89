//! Where a booking may be moved to: to what its own hosts have free once it is out of the way.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{Booking, NotOffered, Refusal, alternatives, refusal};
use crate::host::HostSnapshot;
use crate::interval::Interval;
use crate::ledger::{self, Ledger};
use crate::meeting_type::{MeetingType, Mode};
use crate::slots::{self, HostTime, Rules};

/// Buffers are shorter than that.
const BUFFER_MAX: TimeDelta = TimeDelta::days(1);

/// The first UTC date whose host-day matters to a change of this booking at `now`: every day that it stands in, and
/// every day that a rule looks at.
pub fn move_from(booking: &Booking, meeting_type: &MeetingType, now: DateTime<Utc>) -> NaiveDate {
    change_from(booking).min(ledger::list_from(meeting_type, now))
}

/// The first UTC date that may hold an entry of this booking, also of one that was booked before bookings
/// remembered their buffers.
pub(super) fn change_from(booking: &Booking) -> NaiveDate {
    (booking.core.start() - BUFFER_MAX).date_naive().min(booking.reserved().start().date_naive())
}

/// The rules by which a booking of this meeting type may be moved. It keeps its hosts: the one whose turn it was, or
/// all of them together.
pub fn rules_of_move(booking: &Booking, meeting_type: &MeetingType, duration_mins: u32) -> Rules {
    let mode = if booking.hosts.len() > 1 { Mode::Collective } else { Mode::Single };
    Rules { mode, ..Rules::of(meeting_type, duration_mins) }
}

/// Decides whether a booking may be moved to `start`, for `duration_mins` minutes.
///
/// `snapshots` are those of its hosts, as read for `now`, with its own entries in them: its own time is not in its
/// way. One who is missing makes it unavailable, as does a meeting type that is switched off. Otherwise with the
/// rules of [`super::decide`].
pub fn decide_move(
    booking: &Booking,
    meeting_type: &MeetingType,
    snapshots: &[HostSnapshot],
    start: DateTime<Utc>,
    duration_mins: u32,
    now: DateTime<Utc>,
) -> Result<Interval, Refusal> {
    let core = Interval::lasting(start, duration_mins).ok_or(Refusal::NotOffered(NotOffered::OffGrid))?;
    if !meeting_type.active || snapshots.len() != booking.hosts.len() {
        return Err(Refusal::NotOffered(NotOffered::Unavailable));
    }
    let others: Vec<HostSnapshot> = snapshots.iter().map(|snapshot| snapshot.without(&booking.id)).collect();
    let ledgers: Vec<Ledger<'_>> = others.iter().map(|other| Ledger::of(other, &meeting_type.slug)).collect();
    let times: Vec<HostTime<'_>> = ledgers.iter().map(Ledger::time).collect();
    let rules = rules_of_move(booking, meeting_type, duration_mins);
    match slots::check(&rules, &times, now, start) {
        Ok(_) => Ok(core),
        Err(reasons) => Err(refusal(&reasons, rules.mode, || alternatives(&rules, &times, now, start))),
    }
}
