//! What may be booked, and what follows when it is.

mod assignment;
pub mod change;
pub mod erasing;
mod history;
mod moving;
mod plan;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

pub use assignment::{Candidate, assign};
pub use history::{Actor, Cancellation, Did, HISTORY_MAX, OPERATIONS_MAX, OperationKey, Recall, Step, Topic};
pub use moving::{decide_move, move_from, rules_of_move};
pub use plan::{DayCheck, DayWrite, FenceCheck, Plan, plan};

use crate::effects::{self, EffectKey, EffectKind};
use crate::host::{Entry, EntryState, HostSnapshot};
use crate::ids::{BookingId, HostId, Slug};
use crate::interval::Interval;
use crate::ledger::Ledger;
use crate::meeting_type::{Location, MeetingType, Mode};
use crate::questions::Answer;
use crate::slots::{self, HostTime, Reason, Rules};
use crate::text::{EmailAddress, Line, Paragraphs};

/// How many other starts a "slot taken" names.
pub const ALTERNATIVES_MAX: usize = 3;

/// A meeting that was booked, whatever became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Derived from meeting type and idempotency key.
    pub id: BookingId,
    /// Moves only with time, host or state; the SEQUENCE of its calendar entries.
    pub revision: u32,
    /// Where it is in its life.
    pub state: State,
    /// Of which meeting type.
    pub meeting_type: Slug,
    /// Its title when it was booked.
    pub title: Line,
    /// When.
    pub core: Interval,
    /// Kept free before it, in minutes.
    pub before_mins: u32,
    /// Kept free after it, in minutes.
    pub after_mins: u32,
    /// The attendee's zone.
    pub time_zone: Tz,
    /// The attendee's language, as a BCP 47 tag.
    pub locale: Option<Line>,
    /// Who takes it, as they stood when it was booked. Never empty.
    pub hosts: Vec<BookedHost>,
    /// Who booked.
    pub attendee: Attendee,
    /// Who else comes.
    pub guests: Vec<Guest>,
    /// What was answered.
    pub answers: Vec<Answer>,
    /// What the attendee added.
    pub note: Option<Paragraphs>,
    /// Which form or page it came from.
    pub source: Source,
    /// Where it happens.
    pub location: Location,
    /// When it was booked.
    pub created_at: DateTime<Utc>,
    /// How long before its start reminders go out, in minutes: as its meeting type said when it got this time, or was
    /// approved. Those already due by then were never owed.
    pub reminders_mins: Vec<u32>,
    /// Makes its manage link; renewing the link replaces it.
    pub nonce: [u8; 16],
    /// Tells a repeat of the request from another request under the same key.
    pub request_hash: [u8; 32],
    /// What round robin saw when it chose; empty where nobody had to be chosen.
    pub counts_seen: Vec<Candidate>,
    /// Who invites: one party for the booking's whole life.
    pub inviter: Inviter,
    /// What was done to it, the oldest first. Begins with its being booked; at most [`HISTORY_MAX`] steps.
    pub history: Vec<Step>,
    /// The last requests that changed it, the oldest first; at most [`OPERATIONS_MAX`].
    pub operations: Vec<OperationKey>,
    /// Raised by every write, also by those that leave the revision alone; 1 when it was booked. A writer must
    /// still find the version it read.
    pub version: u64,
}

impl Booking {
    /// The part by which every host-day that it touches remembers it.
    pub fn entry(&self) -> Entry {
        Entry {
            booking: self.id,
            meeting_type: self.meeting_type.clone(),
            core: self.core,
            before_mins: self.before_mins,
            after_mins: self.after_mins,
            state: match self.state {
                State::Confirmed => EntryState::Confirmed,
                State::Pending => EntryState::Pending,
                State::Cancelled | State::Declined => EntryState::Cancelled,
            },
            booked_at: self.created_at,
        }
    }

    /// What its revision came to owe when it began to stand: the news of it, and whatever has to happen at a later
    /// time. Follows from the booking alone, whatever its meeting type says by now.
    pub fn owes(&self) -> Vec<EffectKey> {
        let (booking, revision, since) = (self.id, self.revision, self.last_step().at);
        let mut keys = vec![EffectKey { due: since, booking, revision, kind: EffectKind::Announce }];
        let start = self.core.start();
        match self.state {
            State::Confirmed => {
                keys.extend(effects::reminders(booking, revision, start, &self.reminders_mins, since));
            }
            State::Pending => keys.push(effects::lapse(booking, revision, start, since)),
            State::Cancelled | State::Declined => {}
        }
        keys
    }

    /// The meeting and its buffers: what no other booking of its hosts may touch while it is live.
    pub fn reserved(&self) -> Interval {
        self.core.widened(self.before_mins, self.after_mins)
    }
}

/// Where a booking is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It takes place.
    Confirmed,
    /// It waits for the host's word.
    Pending,
    /// It was given up.
    Cancelled,
    /// The host said no, or nothing in time.
    Declined,
}

/// A host as a booking remembers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedHost {
    /// Which.
    pub id: HostId,
    /// The name the guest was told.
    pub name: Line,
    /// Where the host's letters go.
    pub email: EmailAddress,
    /// The host's zone, in which the host's letters speak.
    pub time_zone: Tz,
}

/// Who booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// As they call themselves.
    pub name: Line,
    /// Where the confirmation goes.
    pub email: EmailAddress,
    /// For calls.
    pub phone: Option<Line>,
}

/// Who else comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Where the invitation goes.
    pub email: EmailAddress,
    /// As the attendee calls them.
    pub name: Option<Line>,
}

/// Which form or page a booking came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The form's id.
    pub form_id: Option<Line>,
    /// The page's address.
    pub page: Option<Line>,
    /// The page before it.
    pub referrer: Option<Line>,
    /// Campaign marks by name.
    pub utm: Vec<(Line, Line)>,
}

/// Who sends the invitation that calendars act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inviter {
    /// Our letters.
    Letters,
    /// The host's calendar.
    Calendar,
}

/// What somebody wants to book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// From when on.
    pub start: DateTime<Utc>,
    /// For how long, in minutes; one of the meeting type's durations.
    pub duration_mins: u32,
    /// With whom, where it matters to the guest.
    pub host: Option<HostId>,
}

/// What was decided about a wish that can be granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The meeting.
    pub core: Interval,
    /// Who takes it, as places in the snapshots.
    pub hosts: Vec<usize>,
    /// What round robin saw.
    pub counts_seen: Vec<Candidate>,
}

/// Why a wish cannot be granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// On offer in principle, but held by a booking, a busy calendar, a cap or an override.
    SlotTaken {
        /// The nearest other starts, in order of time.
        alternatives: Vec<DateTime<Utc>>,
    },
    /// Never on offer.
    NotOffered(NotOffered),
}

/// Why a start was never on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOffered {
    /// No host works then.
    OutsideHours,
    /// Not a start of the grid.
    OffGrid,
    /// Too soon.
    Notice,
    /// Too far ahead, or outside the fixed dates.
    Window,
    /// No active host.
    Unavailable,
}

/// Decides whether a wish can be granted, and by whom.
///
/// `snapshots` are the hosts of the meeting type, read together for the same `now`; where all are needed, one who
/// is missing makes it unavailable. With the rules of
/// [`slots`], so that what was listed can be booked and nothing else can.
pub fn decide(
    meeting_type: &MeetingType,
    snapshots: &[HostSnapshot],
    wish: &Wish,
    now: DateTime<Utc>,
) -> Result<Granted, Refusal> {
    let core =
        Interval::lasting(wish.start, wish.duration_mins).ok_or(Refusal::NotOffered(NotOffered::OffGrid))?;
    let chosen = Chosen::of(meeting_type, snapshots, wish.host.as_ref());
    let complete = meeting_type.mode != Mode::Collective || snapshots.len() == meeting_type.hosts.len();
    if !meeting_type.active || chosen.places.is_empty() || !complete {
        return Err(Refusal::NotOffered(NotOffered::Unavailable));
    }
    let rules = Rules::of(meeting_type, wish.duration_mins);
    let times = chosen.times();
    let free = slots::check(&rules, &times, now, wish.start).map_err(|reasons| {
        refusal(&reasons, meeting_type.mode, || alternatives(&rules, &times, now, wish.start))
    })?;
    let places: Vec<usize> = free.iter().map(|index| chosen.places[index]).collect();
    Ok(grant(meeting_type, snapshots, core, places, now))
}

/// The hosts a wish may go to, as places in the snapshots, and their time.
struct Chosen<'a> {
    places: Vec<usize>,
    ledgers: Vec<Ledger<'a>>,
}

impl<'a> Chosen<'a> {
    /// A guest's choice of host counts where one of several takes the meeting; together means all of them.
    fn of(meeting_type: &MeetingType, snapshots: &'a [HostSnapshot], wanted: Option<&HostId>) -> Self {
        let fits = |snapshot: &HostSnapshot| match meeting_type.mode {
            Mode::Single | Mode::RoundRobin => wanted.is_none_or(|id| *id == snapshot.host.id),
            Mode::Collective => true,
        };
        let places: Vec<usize> = (0..snapshots.len()).filter(|place| fits(&snapshots[*place])).collect();
        let ledgers = places.iter().map(|place| Ledger::of(&snapshots[*place], &meeting_type.slug)).collect();
        Self { places, ledgers }
    }

    fn times(&self) -> Vec<HostTime<'_>> {
        self.ledgers.iter().map(Ledger::time).collect()
    }
}

fn grant(
    meeting_type: &MeetingType,
    snapshots: &[HostSnapshot],
    core: Interval,
    places: Vec<usize>,
    now: DateTime<Utc>,
) -> Granted {
    if meeting_type.mode != Mode::RoundRobin || places.len() < 2 {
        return Granted { core, hosts: places, counts_seen: Vec::new() };
    }
    let candidate = |place: &usize| Candidate::of(meeting_type, &snapshots[*place], now);
    let counts_seen: Vec<Candidate> = places.iter().map(candidate).collect();
    Granted { core, hosts: vec![places[assign(&counts_seen)]], counts_seen }
}

/// One answer out of one reason per host.
///
/// Where one host is enough, the host that came nearest to being free speaks; where all are needed, the one
/// that stands in the way first. So a 409 always means that a booking, a calendar, a cap or an override did it.
fn refusal(reasons: &[Reason], mode: Mode, alternatives: impl FnOnce() -> Vec<DateTime<Utc>>) -> Refusal {
    let decisive = match mode {
        Mode::Single | Mode::RoundRobin => reasons.iter().max_by_key(|reason| nearness(**reason)),
        Mode::Collective => reasons.iter().min_by_key(|reason| nearness(**reason)),
    };
    match decisive.copied().unwrap_or(Reason::Inactive) {
        Reason::Inactive => Refusal::NotOffered(NotOffered::Unavailable),
        Reason::OutsideHours => Refusal::NotOffered(NotOffered::OutsideHours),
        Reason::OffGrid => Refusal::NotOffered(NotOffered::OffGrid),
        Reason::Notice => Refusal::NotOffered(NotOffered::Notice),
        Reason::Window => Refusal::NotOffered(NotOffered::Window),
        Reason::Override
        | Reason::Cap
        | Reason::Reserved
        | Reason::BusyCalendar
        | Reason::CalendarUnknown => Refusal::SlotTaken { alternatives: alternatives() },
    }
}

/// How near a host with this reason is to being free.
fn nearness(reason: Reason) -> u8 {
    match reason {
        Reason::Inactive => 0,
        Reason::OutsideHours => 1,
        Reason::OffGrid => 2,
        Reason::Notice => 3,
        Reason::Window => 4,
        Reason::Override => 5,
        Reason::Cap => 6,
        Reason::Reserved => 7,
        Reason::BusyCalendar => 8,
        Reason::CalendarUnknown => 9,
    }
}

/// How far around a taken start one looks for others, in days: nearby first, because there most are found.
const AROUND_DAYS: [i64; 3] = [1, 7, 62];

/// The nearest other starts, in order of time.
fn alternatives(
    rules: &Rules,
    times: &[HostTime<'_>],
    now: DateTime<Utc>,
    wanted: DateTime<Utc>,
) -> Vec<DateTime<Utc>> {
    let mut starts = Vec::new();
    for days in AROUND_DAYS {
        starts = listed_around(rules, times, now, wanted, TimeDelta::days(days));
        if starts.len() >= ALTERNATIVES_MAX {
            break;
        }
    }
    starts.sort_by_key(|start| ((*start - wanted).abs(), *start));
    starts.truncate(ALTERNATIVES_MAX);
    starts.sort();
    starts
}

fn listed_around(
    rules: &Rules,
    times: &[HostTime<'_>],
    now: DateTime<Utc>,
    wanted: DateTime<Utc>,
    around: TimeDelta,
) -> Vec<DateTime<Utc>> {
    let range = Interval::new(now.max(wanted - around), wanted + around);
    let slots = range.map(|range| slots::list(rules, times, now, range)).unwrap_or_default();
    slots.iter().map(slots::Slot::start).collect()
}

#[cfg(test)]
pub(crate) mod tests;
