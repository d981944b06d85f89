//! A guest looks for free times.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use futures::future::try_join_all;
use openslot_domain::ids::{HostId, Slug};
use openslot_domain::interval::Interval;
use openslot_domain::ledger::{self, Ledger};
use openslot_domain::meeting_type::{MeetingType, Mode, Window};
use openslot_domain::slots::{self, HostTime, Rules, Slot};
use openslot_domain::wall;

use crate::ports::{Clock, Consistency, Failure, FindMeetingType, ReadHost};
use crate::recently::Recently;
use crate::refusals::{Error, Flaw};

/// How long a meeting type that was read is taken for granted.
pub const MEETING_TYPE_KEPT: TimeDelta = TimeDelta::seconds(5);

/// Meeting types that were read a moment ago.
pub type RecentMeetingTypes = Recently<Slug, MeetingType>;

/// Which times a guest wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Of which kind of meeting.
    pub meeting_type: Slug,
    /// On which dates.
    pub dates: Dates,
    /// For how long, in minutes; left out, the meeting type's first duration.
    pub duration_mins: Option<u32>,
    /// Only with this host.
    pub host: Option<HostId>,
}

/// Some dates of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The first.
    pub from: NaiveDate,
    /// The last; not before `from`.
    pub to: NaiveDate,
    /// The guest's zone.
    pub time_zone: Tz,
}

/// What is free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// For meetings of this length, in minutes.
    pub duration_mins: u32,
    /// In order, each once.
    pub starts: Vec<DateTime<Utc>>,
    /// The first free start from `from` on, even past `to`; `None` when the window ends without one.
    pub next_available: Option<DateTime<Utc>>,
}

/// Why there is no list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such meeting type, or it is switched off.
    MeetingTypeUnknown,
    /// The query does not fit the meeting type.
    Invalid(Vec<Flaw>),
}

/// Lists the free starts of some dates. Reads only; may lag a moment behind a booking.
pub async fn list_slots<S, W>(
    store: &S,
    world: &W,
    recent: &RecentMeetingTypes,
    query: &Query,
) -> Result<Listed, Error<Refusal>>
where
    S: FindMeetingType + ReadHost + Sync,
    W: Clock + Sync,
{
    let now = world.now();
    let meeting_type = active(store, recent, &query.meeting_type, now)
        .await?
        .ok_or(Error::Refused(Refusal::MeetingTypeUnknown))?;
    let duration_mins =
        fitted(query, &meeting_type).map_err(|flaws| Error::Refused(Refusal::Invalid(flaws)))?;

    let hosts: Vec<&HostId> =
        meeting_type.hosts.iter().filter(|id| wanted(query, &meeting_type, id)).collect();
    let from = ledger::list_from(&meeting_type, now);
    let reads = hosts.iter().map(|id| store.read_host(id, from, Consistency::Eventual));
    let snapshots: Vec<_> = try_join_all(reads).await?.into_iter().flatten().collect();
    let ledgers: Vec<Ledger<'_>> =
        snapshots.iter().map(|found| Ledger::of(found, &meeting_type.slug)).collect();
    let times: Vec<HostTime<'_>> = ledgers.iter().map(Ledger::time).collect();

    let rules = Rules::of(&meeting_type, duration_mins);
    Ok(listed(&rules, &times, now, &query.dates))
}

/// The meeting type, from memory if it was read a moment ago; `None` if it is unknown or switched off.
pub(crate) async fn active<S: FindMeetingType>(
    store: &S,
    recent: &RecentMeetingTypes,
    slug: &Slug,
    now: DateTime<Utc>,
) -> Result<Option<MeetingType>, Failure> {
    Ok(known(store, recent, slug, now).await?.filter(|meeting_type| meeting_type.active))
}

/// The meeting type, switched off or not, from memory if it was read a moment ago.
pub(crate) async fn known<S: FindMeetingType>(
    store: &S,
    recent: &RecentMeetingTypes,
    slug: &Slug,
    now: DateTime<Utc>,
) -> Result<Option<MeetingType>, Failure> {
    let kept = recent.get(slug, now);
    if kept.is_some() { Ok(kept) } else { fresh(store, recent, slug, now).await }
}

/// Reads the meeting type and remembers it from now on, not from whenever it was last asked for.
async fn fresh<S: FindMeetingType>(
    store: &S,
    recent: &RecentMeetingTypes,
    slug: &Slug,
    now: DateTime<Utc>,
) -> Result<Option<MeetingType>, Failure> {
    let found = store.find_meeting_type(slug, Consistency::Eventual).await?;
    if let Some(meeting_type) = &found {
        recent.put(slug.clone(), meeting_type.clone(), now);
    }
    Ok(found)
}

fn fitted(query: &Query, meeting_type: &MeetingType) -> Result<u32, Vec<Flaw>> {
    let mut flaws = Vec::new();
    let duration_mins = query.duration_mins.unwrap_or(meeting_type.durations_mins[0]);
    if !meeting_type.durations_mins.contains(&duration_mins) {
        flaws.push(Flaw::new("duration_minutes", "not_offered", "is not a duration of this meeting type"));
    }
    if query.host.as_ref().is_some_and(|host| !meeting_type.hosts.contains(host)) {
        flaws.push(Flaw::new("host", "unknown", "is not a host of this meeting type"));
    }
    if flaws.is_empty() { Ok(duration_mins) } else { Err(flaws) }
}

/// A guest's choice of host counts where one of several takes the meeting; together means all of them.
fn wanted(query: &Query, meeting_type: &MeetingType, host: &HostId) -> bool {
    let alone = match meeting_type.mode {
        Mode::Single | Mode::RoundRobin => true,
        Mode::Collective => false,
    };
    !alone || query.host.as_ref().is_none_or(|wanted| wanted == host)
}

/// The free starts of some dates by these rules.
pub(crate) fn listed(rules: &Rules, times: &[HostTime<'_>], now: DateTime<Utc>, dates: &Dates) -> Listed {
    let start_of = |slot: &Slot| slot.start();
    let dates = span(dates.time_zone, dates.from, dates.to);
    let starts: Vec<DateTime<Utc>> = dates
        .map(|range| slots::list(rules, times, now, range).iter().map(start_of).collect())
        .unwrap_or_default();
    let later = || {
        let past = Interval::new(dates?.end().max(now), horizon(rules.window, now))?;
        slots::list(rules, times, now, past).first().map(start_of)
    };
    let next_available = starts.first().copied().or_else(later);
    Listed { duration_mins: rules.duration_mins, starts, next_available }
}

/// All instants of the dates `from` to `to`; `None` if the zone skipped every one of them.
fn span(zone: Tz, from: NaiveDate, to: NaiveDate) -> Option<Interval> {
    let day = |date| wall::day(zone, date);
    let start = from.iter_days().take_while(|date| *date <= to).find_map(day)?;
    let end = to.iter_days().rev().take_while(|date| *date >= from).find_map(day)?;
    Interval::new(start.start(), end.end())
}

/// An open window is looked through this far.
const OPEN_DAYS: u64 = 366;

/// An instant after the last that a window allows in any zone.
fn horizon(window: Window, now: DateTime<Utc>) -> DateTime<Utc> {
    let after = |date: NaiveDate, days: u64| {
        date.checked_add_days(Days::new(days + 2))
            .map_or(now, |end| end.and_time(chrono::NaiveTime::MIN).and_utc())
    };
    match window {
        Window::Open => after(now.date_naive(), OPEN_DAYS),
        Window::Rolling { days } => after(now.date_naive(), u64::from(days)),
        Window::Fixed { to, .. } => after(to, 0),
    }
}
