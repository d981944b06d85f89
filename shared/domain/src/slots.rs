//! What is on offer: one set of rules for what is listed, what may be booked, and why something is not on offer.
//!
//! A host's possible starts are the bits of a board. The host's hours set the bits of its grid; then each rule
//! clears those that it forbids, always in the same order. [`list`] reads off what is left. [`explain`] does the
//! same to a board of a single minute and tells which rule cleared it; [`check`] is [`explain`] as a decision.
//!
//! Starts are known from 1970 to 2100, at most ten years at a time, and no meeting lasts longer than a year:
//! beyond that nothing is on offer.

mod board;
mod explain;
mod layers;
mod pieces;

use chrono::{DateTime, Utc};

pub use explain::{Reason, check, explain};

use self::board::{Board, Scale, each_start};
use self::layers::{Local, sift};
use self::pieces::{Hours, intersection, pieces, set_grids};
use crate::hours::Schedule;
use crate::interval::Interval;
use crate::meeting_type::{Caps, HOSTS_MAX, MeetingType, Mode, Window};
use crate::wall::{Stretch, Wall};
use crate::zone::{DAY_MINS, FIRST_MINUTE, LAST_MINUTE};

/// What a meeting type demands, already chosen for one duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How the hosts share it.
    pub mode: Mode,
    /// How long a meeting lasts. Zero offers nothing.
    pub duration_mins: u32,
    /// From one start to the next. Zero offers nothing.
    pub interval_mins: u32,
    /// Kept free before a meeting.
    pub before_mins: u32,
    /// Kept free after a meeting.
    pub after_mins: u32,
    /// How far ahead a start must lie at least.
    pub notice_mins: u32,
    /// How far ahead a start may lie.
    pub window: Window,
    /// The most meetings one host takes.
    pub caps: Caps,
}

impl Rules {
    /// The rules of a meeting type for one of its durations.
    pub fn of(meeting_type: &MeetingType, duration_mins: u32) -> Self {
        Self {
            mode: meeting_type.mode,
            duration_mins,
            interval_mins: meeting_type.slot_interval_mins,
            before_mins: meeting_type.before_mins,
            after_mins: meeting_type.after_mins,
            notice_mins: meeting_type.notice_mins,
            window: meeting_type.window,
            caps: meeting_type.caps,
        }
    }
}

/// One host's time, as the engine reads it. Order, overlap and repeats in the slices do not matter, but in
/// `counted` each booking stands once.
#[derive(Clone, Copy, Debug)]
pub struct HostTime<'a> {
    /// Hours, overrides and zone.
    pub schedule: &'a Schedule,
    /// An inactive host is never free.
    pub active: bool,
    /// Live bookings, each with its own buffers.
    pub reserved: &'a [Interval],
    /// Busy time of outside calendars.
    pub busy: &'a [Interval],
    /// Time for which an outside calendar could not be read: never free.
    pub unknown: &'a [Interval],
    /// The starts of this host's live bookings of this meeting type, which the caps count.
    pub counted: &'a [DateTime<Utc>],
}

/// A set of hosts, by their places in the slice of hosts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HostSet(u64);

impl HostSet {
    /// Only the host at this place.
    pub fn one(place: usize) -> Self {
        assert!(place < HOSTS_MAX, "there are at most {HOSTS_MAX} hosts");
        Self(1 << place)
    }

    /// The first `len` hosts.
    fn first(len: usize) -> Self {
        (0..len).collect()
    }

    /// Whether the host at this place is in it.
    pub fn contains(self, place: usize) -> bool {
        place < HOSTS_MAX && self.0 >> place & 1 == 1
    }

    /// The places, in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..HOSTS_MAX).filter(move |place| self.contains(*place))
    }

    /// How many hosts are in it.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether no host is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<usize> for HostSet {
    fn from_iter<T: IntoIterator<Item = usize>>(places: T) -> Self {
        Self(places.into_iter().fold(0, |set, place| set | Self::one(place).0))
    }
}

/// A start that can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    minute: i64,
    hosts: HostSet,
}

impl Slot {
    /// When the meeting starts.
    pub fn start(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.minute * 60, 0).expect("slots lie within the supported years")
    }

    /// Who is free: in a collective everybody.
    pub fn hosts(&self) -> HostSet {
        self.hosts
    }
}

/// Every start in `[range.start, range.end)` that can be booked, in order, each once.
///
/// # Panics
///
/// With more than [`HOSTS_MAX`] hosts.
pub fn list(rules: &Rules, hosts: &[HostTime<'_>], now: DateTime<Utc>, range: Interval) -> Vec<Slot> {
    assert!(hosts.len() <= HOSTS_MAX, "there are at most {HOSTS_MAX} hosts");
    let Some(question) = Question::new(rules, now, range) else {
        return Vec::new();
    };
    match rules.mode {
        Mode::Single | Mode::RoundRobin => any_of(&question, hosts),
        Mode::Collective => all_of(&question, hosts),
    }
}

/// Each host has a grid of its own; a start is on offer while one host is free.
fn any_of(question: &Question<'_>, hosts: &[HostTime<'_>]) -> Vec<Slot> {
    let working = |host| {
        let local = question.local(host);
        let pieces = if host.active { question.pieces(&local, Hours::Actual) } else { Vec::new() };
        (local, pieces)
    };
    let locals: Vec<(Local<'_>, Vec<Stretch>)> = hosts.iter().map(working).collect();
    let pieces = locals.iter().flat_map(|(_, pieces)| pieces);
    let scale = Scale::of(question.frame, question.step(), pieces);
    let free = |(local, pieces): (Local<'_>, Vec<Stretch>)| {
        let mut board = question.board(scale, &pieces, question.step());
        sift(question, &local, &mut board);
        board
    };
    let boards: Vec<Board> = locals.into_iter().map(free).collect();
    slots(&boards, HostSet)
}

/// All hosts share the grid of the time they have in common; a start is on offer while all are free.
fn all_of(question: &Question<'_>, hosts: &[HostTime<'_>]) -> Vec<Slot> {
    if !hosts.iter().all(|host| host.active) {
        return Vec::new();
    }
    let locals: Vec<Local<'_>> = hosts.iter().map(|host| question.local(host)).collect();
    let own = locals.iter().map(|local| question.pieces(local, Hours::Actual));
    let Some(common) = own.reduce(|left, right| intersection(&left, &right)) else {
        return Vec::new();
    };
    let mut board = question.grid(&common, question.step());
    for local in &locals {
        sift(question, local, &mut board);
    }
    let everybody = HostSet::first(hosts.len());
    slots(&[board], |_| everybody)
}

/// A slot for every start that is left, with the hosts whom the boards that have it stand for.
fn slots(boards: &[Board], hosts: impl Fn(u64) -> HostSet) -> Vec<Slot> {
    // One host has all slots there are; several have somewhat more together than the first alone.
    let mut slots = Vec::with_capacity(boards.first().map_or(0, Board::len));
    each_start(boards, |minute, places| {
        slots.push(Slot { minute, hosts: hosts(places) });
    });
    slots
}

/// What is asked, brought into the bounds within which the engine answers.
struct Question<'a> {
    rules: &'a Rules,
    now: DateTime<Utc>,
    /// The minutes at which a meeting may start.
    frame: Stretch,
}

/// A list covers at most ten years.
const FRAME_MINS_MAX: i64 = 3660 * DAY_MINS;
/// A meeting lasts at most a year.
const DURATION_MINS_MAX: i64 = 366 * DAY_MINS;
/// No piece of a date is as long as that, so a longer interval has the same starts.
const STEP_MINS_MAX: i64 = 7 * DAY_MINS;
/// The wall days around some instants begin and end less than so far from them.
const DAYS_AROUND_MINS: i64 = 3 * DAY_MINS;

impl<'a> Question<'a> {
    /// `None` when nothing can be on offer.
    fn new(rules: &'a Rules, now: DateTime<Utc>, range: Interval) -> Option<Self> {
        let from = ceil_minute(range.start_secs()).max(FIRST_MINUTE);
        let to = ceil_minute(range.end_secs()).min(LAST_MINUTE).min(from + FRAME_MINS_MAX);
        let duration = i64::from(rules.duration_mins);
        let possible = rules.interval_mins > 0 && duration > 0 && duration <= DURATION_MINS_MAX;
        (possible && from < to).then_some(Self { rules, now, frame: Stretch { from, to } })
    }

    /// Now in seconds; a part of a second counts as one, so that no notice falls short.
    fn now_secs(&self) -> i64 {
        self.now.timestamp() + i64::from(self.now.timestamp_subsec_nanos() > 0)
    }

    fn step(&self) -> i64 {
        i64::from(self.rules.interval_mins).min(STEP_MINS_MAX)
    }

    /// The minutes that a meeting of the frame may cover.
    fn time(&self) -> Stretch {
        Stretch { to: self.frame.to + i64::from(self.rules.duration_mins), ..self.frame }
    }

    fn local<'h>(&self, host: &'h HostTime<'h>) -> Local<'h> {
        let Stretch { from, to } = self.time();
        let around = Stretch { from: from - DAYS_AROUND_MINS, to: to + DAYS_AROUND_MINS };
        Local { host, wall: Wall::of(host.schedule.zone).during(around) }
    }

    fn pieces(&self, local: &Local<'_>, hours: Hours) -> Vec<Stretch> {
        pieces(local.host.schedule, hours, local.wall, self.time())
    }

    /// The starts of the grids of these pieces.
    fn grid(&self, pieces: &[Stretch], step: i64) -> Board {
        self.board(Scale::of(self.frame, step, pieces), pieces, step)
    }

    /// The same on a scale that has more starts than these.
    fn board(&self, scale: Scale, pieces: &[Stretch], step: i64) -> Board {
        let mut board = Board::empty(scale);
        set_grids(&mut board, pieces, i64::from(self.rules.duration_mins), step);
        board
    }
}

/// The first whole minute that is not before so many seconds.
fn ceil_minute(secs: i64) -> i64 {
    secs.div_euclid(60) + i64::from(secs.rem_euclid(60) > 0)
}

#[cfg(test)]
mod tests;
