//! What was done to a booking, and by which requests, as part of its item.

use openslot_domain::booking::{Actor, Did, OperationKey, Step};
use openslot_domain::interval::Interval;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;

use super::booking::paragraphs;
use super::{RowError, instant, instant_text, read, wrong};

/// One step. That the attendee booked stands in the booking itself and is not repeated.
#[derive(Serialize, Deserialize)]
pub(super) struct StepRow {
    /// The revision it led to.
    r: u32,
    at: String,
    /// By whom.
    by: ActorRow,
    /// Which host, if a host did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    h: Option<String>,
    /// What.
    w: DidRow,
    /// The core before a move, in Unix seconds: start and end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fs: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fe: Option<i64>,
    /// A reason in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    t: Option<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ActorRow {
    Attendee,
    Host,
    Calendar,
    Time,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DidRow {
    Booked,
    Approved,
    Declined,
    Lapsed,
    Moved,
    Cancelled,
    LinkRenewed,
}

impl StepRow {
    pub(super) fn of(step: &Step) -> Self {
        let (by, host) = match &step.by {
            Actor::Attendee => (ActorRow::Attendee, None),
            Actor::Host(id) => (ActorRow::Host, Some(id.to_string())),
            Actor::Calendar => (ActorRow::Calendar, None),
            Actor::Time => (ActorRow::Time, None),
        };
        let (what, from, reason) = match &step.what {
            Did::Booked => (DidRow::Booked, None, None),
            Did::Approved => (DidRow::Approved, None, None),
            Did::Declined { reason } => (DidRow::Declined, None, reason.as_ref()),
            Did::Lapsed => (DidRow::Lapsed, None, None),
            Did::Moved { from } => (DidRow::Moved, Some(*from), None),
            Did::Cancelled { reason } => (DidRow::Cancelled, None, reason.as_ref()),
            Did::LinkRenewed => (DidRow::LinkRenewed, None, None),
        };
        Self {
            r: step.revision,
            at: instant_text(step.at),
            by,
            h: host,
            w: what,
            fs: from.map(|core| core.start_secs()),
            fe: from.map(|core| core.end_secs()),
            t: reason.map(ToString::to_string),
        }
    }

    pub(super) fn step(&self) -> Result<Step, RowError> {
        let by = match (self.by, &self.h) {
            (ActorRow::Attendee, _) => Actor::Attendee,
            (ActorRow::Host, Some(id)) => Actor::Host(read("hi", id.parse())?),
            (ActorRow::Host, None) => return Err(wrong("hi")),
            (ActorRow::Calendar, _) => Actor::Calendar,
            (ActorRow::Time, _) => Actor::Time,
        };
        let reason = || self.t.as_deref().map(|text| paragraphs("hi", text)).transpose();
        let what = match self.w {
            DidRow::Booked => Did::Booked,
            DidRow::Approved => Did::Approved,
            DidRow::Declined => Did::Declined { reason: reason()? },
            DidRow::Lapsed => Did::Lapsed,
            DidRow::Moved => Did::Moved { from: self.from().ok_or_else(|| wrong("hi"))? },
            DidRow::Cancelled => Did::Cancelled { reason: reason()? },
            DidRow::LinkRenewed => Did::LinkRenewed,
        };
        Ok(Step { revision: self.r, at: instant("hi", &self.at)?, by, what })
    }

    fn from(&self) -> Option<Interval> {
        Interval::from_secs(self.fs?, self.fe?)
    }
}

pub(super) fn operation_row(operation: &OperationKey) -> ByteArray<16> {
    ByteArray::new(*operation.as_bytes())
}

pub(super) fn operation(row: &ByteArray<16>) -> OperationKey {
    OperationKey::from_bytes(**row)
}
