//! Whether one start can be booked, and if not, why.

use std::fmt;

use chrono::{DateTime, Utc};

use super::board::Board;
use super::layers::{Local, sift};
use super::pieces::{Hours, intersection};
use super::{HostSet, HostTime, Question, Rules};
use crate::interval::Interval;
use crate::meeting_type::{HOSTS_MAX, Mode};
use crate::wall::Stretch;

/// Why a host cannot take a meeting at a start: the first rule that forbids it, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The host takes no meetings.
    Inactive,
    /// The host does not work then.
    OutsideHours,
    /// An override took it where the weekly hours would have offered it.
    Override,
    /// Within the hours, but not a start of the grid.
    OffGrid,
    /// Sooner than the notice allows.
    Notice,
    /// Further ahead than the window, or outside its dates.
    Window,
    /// The host has as many meetings of this type on that date or in that week as allowed.
    Cap,
    /// It would meet another booking or its buffers.
    Reserved,
    /// An outside calendar is busy.
    BusyCalendar,
    /// An outside calendar could not be read.
    CalendarUnknown,
}

impl Reason {
    /// Its name in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::OutsideHours => "outside_hours",
            Self::Override => "override",
            Self::OffGrid => "off_grid",
            Self::Notice => "notice",
            Self::Window => "window",
            Self::Cap => "cap",
            Self::Reserved => "reserved",
            Self::BusyCalendar => "busy_calendar",
            Self::CalendarUnknown => "calendar_unknown",
        }
    }

    /// Whether the start would be on offer but for that.
    pub fn is_taken(self) -> bool {
        match self {
            Self::Override | Self::Cap | Self::Reserved | Self::BusyCalendar | Self::CalendarUnknown => true,
            Self::Inactive | Self::OutsideHours | Self::OffGrid | Self::Notice | Self::Window => false,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The hosts that can take a meeting at `start`: in a collective all of them, else whoever is free.
///
/// Otherwise the reasons of those who stand in the way, in the order of the hosts.
///
/// # Panics
///
/// With more than [`HOSTS_MAX`] hosts.
pub fn check(
    rules: &Rules,
    hosts: &[HostTime<'_>],
    now: DateTime<Utc>,
    start: DateTime<Utc>,
) -> Result<HostSet, Vec<Reason>> {
    let reasons = explain(rules, hosts, now, start);
    let free: HostSet = (0..hosts.len()).filter(|place| reasons[*place].is_none()).collect();
    let wanted = match rules.mode {
        Mode::Single | Mode::RoundRobin => 1,
        Mode::Collective => hosts.len().max(1),
    };
    if free.len() < wanted { Err(reasons.into_iter().flatten().collect()) } else { Ok(free) }
}

/// For each host the first reason that stands in the way of a meeting at `start`; `None` where none does.
///
/// In a collective each host answers for itself: the meeting can be booked when nobody has a reason.
///
/// # Panics
///
/// With more than [`HOSTS_MAX`] hosts.
pub fn explain(
    rules: &Rules,
    hosts: &[HostTime<'_>],
    now: DateTime<Utc>,
    start: DateTime<Utc>,
) -> Vec<Option<Reason>> {
    assert!(hosts.len() <= HOSTS_MAX, "there are at most {HOSTS_MAX} hosts");
    let by_hours = match minute_of(start).map(|minute| Question::new(rules, now, minute)) {
        None => return everywhere(hosts, Reason::OffGrid),
        Some(None) => return everywhere(hosts, Reason::OutsideHours),
        Some(Some(question)) => by_rules(&question, hosts),
    };
    let inactive = |host: &HostTime<'_>| (!host.active).then_some(Reason::Inactive);
    hosts.iter().zip(by_hours).map(|(host, reason)| inactive(host).or(reason)).collect()
}

/// The minute that begins with an instant; `None` when that is not a whole one.
fn minute_of(start: DateTime<Utc>) -> Option<Interval> {
    let whole = start.timestamp().rem_euclid(60) == 0 && start.timestamp_subsec_nanos() == 0;
    Interval::lasting(start, 1).filter(|_| whole)
}

fn everywhere(hosts: &[HostTime<'_>], reason: Reason) -> Vec<Option<Reason>> {
    hosts.iter().map(|host| Some(if host.active { reason } else { Reason::Inactive })).collect()
}

/// The hours speak first, then every other rule.
fn by_rules(question: &Question<'_>, hosts: &[HostTime<'_>]) -> Vec<Option<Reason>> {
    let locals: Vec<Local<'_>> = hosts.iter().map(|host| question.local(host)).collect();
    let by_hours = match question.rules.mode {
        Mode::Single | Mode::RoundRobin => locals.iter().map(|local| alone(question, local)).collect(),
        Mode::Collective => together(question, &locals),
    };
    let sifted = |local| sift(question, local, &mut Board::full(question.frame));
    locals.iter().zip(by_hours).map(|(local, reason)| reason.or_else(|| sifted(local))).collect()
}

/// What the hours of a host with a grid of its own say.
fn alone(question: &Question<'_>, local: &Local<'_>) -> Option<Reason> {
    let actual = question.pieces(local, Hours::Actual);
    if question.offers(&actual) {
        return None;
    }
    let ordinary = question.pieces(local, Hours::Ordinary);
    Some(if question.offers(&ordinary) {
        Reason::Override
    } else if question.covers(&actual) || question.covers(&ordinary) {
        Reason::OffGrid
    } else {
        Reason::OutsideHours
    })
}

/// What the hours of hosts who share a grid say, for each of them.
///
/// A host whose override is in the way is taken by its weekly hours, to see whether the start would be on offer
/// but for that.
fn together(question: &Question<'_>, locals: &[Local<'_>]) -> Vec<Option<Reason>> {
    let mut reasons = Vec::new();
    let mut common: Option<Vec<Stretch>> = None;
    for local in locals {
        let actual = question.pieces(local, Hours::Actual);
        let (reason, hours) = if question.covers(&actual) {
            (None, actual)
        } else {
            let ordinary = question.pieces(local, Hours::Ordinary);
            let covered = question.covers(&ordinary);
            (Some(if covered { Reason::Override } else { Reason::OutsideHours }), ordinary)
        };
        reasons.push(reason);
        common = Some(common.map_or_else(|| hours.clone(), |common| intersection(&common, &hours)));
    }
    let common = common.unwrap_or_default();
    if question.covers(&common) && !question.offers(&common) {
        reasons.fill(Some(Reason::OffGrid));
    }
    reasons
}

impl Question<'_> {
    /// Whether these pieces have a start of their grid in the frame.
    fn offers(&self, pieces: &[Stretch]) -> bool {
        !self.grid(pieces, self.step()).is_empty()
    }

    /// Whether a meeting in the frame lies within these pieces, on their grid or not.
    fn covers(&self, pieces: &[Stretch]) -> bool {
        !self.grid(pieces, 1).is_empty()
    }
}
