//! The slot rules once more, as naively as can be: minute by minute, with a zone library asked each time.
//!
//! Nothing here comes from the engine: own inputs, own words, no bits, no cache. It is slow, and it is short
//! enough to be believed.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

pub(crate) type Instant = DateTime<Utc>;
/// Minutes after wall midnight: from, and up to but not including.
pub(crate) type Wall = (u32, u32);
pub(crate) type Span = (Instant, Instant);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Team {
    Any,
    All,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    None,
    Days(u64),
    Dates(NaiveDate, NaiveDate),
}

#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) team: Team,
    pub(crate) duration: i64,
    pub(crate) interval: i64,
    pub(crate) before: i64,
    pub(crate) after: i64,
    pub(crate) notice: i64,
    pub(crate) limit: Limit,
    pub(crate) per_day: Option<usize>,
    pub(crate) per_week: Option<usize>,
    pub(crate) now: Instant,
    pub(crate) from: Instant,
    pub(crate) to: Instant,
    pub(crate) hosts: Vec<Host>,
}

#[derive(Clone, Debug)]
pub(crate) struct Host {
    pub(crate) zone: Tz,
    pub(crate) active: bool,
    /// By weekday, Monday first.
    pub(crate) weekly: [Vec<Wall>; 7],
    /// No ranges: closed.
    pub(crate) overrides: Vec<(NaiveDate, Vec<Wall>)>,
    /// Another booking with its own buffers.
    pub(crate) bookings: Vec<Booking>,
    pub(crate) busy: Vec<Span>,
    pub(crate) unknown: Vec<Span>,
    pub(crate) counted: Vec<Instant>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Booking {
    pub(crate) start: Instant,
    pub(crate) duration: i64,
    pub(crate) before: i64,
    pub(crate) after: i64,
}

/// Every start that can be booked, with the places of the free hosts.
pub(crate) fn slots(question: &Question) -> Vec<(Instant, Vec<usize>)> {
    let pieces: Vec<Vec<Span>> = question.hosts.iter().map(|host| pieces(question, host)).collect();
    let mut found: Vec<(Instant, Vec<usize>)> = Vec::new();
    match question.team {
        Team::Any => {
            for (place, host) in question.hosts.iter().enumerate() {
                for start in candidates(question, &pieces[place]) {
                    if is_free(question, host, start) {
                        found.push((start, vec![place]));
                    }
                }
            }
        }
        Team::All => {
            let everybody: Vec<usize> = (0..question.hosts.len()).collect();
            for start in candidates(question, &common(&pieces)) {
                if question.hosts.iter().all(|host| is_free(question, host, start)) {
                    found.push((start, everybody.clone()));
                }
            }
        }
    }
    found.sort();
    found.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1.append(&mut later.1);
            first.1.dedup();
        }
        same
    });
    found
}

/// All pieces of all dates near the query, minute by minute.
fn pieces(question: &Question, host: &Host) -> Vec<Span> {
    let first = question.from.with_second(0).unwrap() - TimeDelta::hours(30);
    let last = question.to + mins(question.duration) + TimeDelta::hours(30);
    let mut readings = Vec::new();
    let mut minute = first;
    while minute < last {
        let wall = minute.with_timezone(&host.zone).naive_local();
        readings.push((minute, wall.date(), wall.hour() * 60 + wall.minute()));
        minute += mins(1);
    }
    let mut pieces = Vec::new();
    let mut date = readings[0].1;
    while date <= readings[readings.len() - 1].1 {
        let of_date: Vec<(Instant, u32)> = readings
            .iter()
            .filter(|reading| reading.1 == date)
            .map(|reading| (reading.0, reading.2))
            .collect();
        pieces.extend(pieces_of(&of_date, &hours(host, date)));
        date = date + Days::new(1);
    }
    pieces
}

pub(crate) fn hours(host: &Host, date: NaiveDate) -> Vec<Wall> {
    match host.overrides.iter().find(|(changed, _)| *changed == date) {
        Some((_, ranges)) => ranges.clone(),
        None => host.weekly[date.weekday().num_days_from_monday() as usize].clone(),
    }
}

/// The hull of each range, painted onto the date's time; what is painted without a break is a piece.
fn pieces_of(readings: &[(Instant, u32)], ranges: &[Wall]) -> Vec<Span> {
    let hulls: Vec<Span> = ranges
        .iter()
        .filter_map(|(from, to)| {
            let inside = |reading: &&(Instant, u32)| *from <= reading.1 && reading.1 < *to;
            let first = readings.iter().find(inside)?;
            let last = readings.iter().rev().find(inside)?;
            Some((first.0, last.0 + mins(1)))
        })
        .collect();
    let mut pieces: Vec<Span> = Vec::new();
    let mut minute = hulls.iter().map(|hull| hull.0).min().unwrap_or_default();
    let end = hulls.iter().map(|hull| hull.1).max().unwrap_or_default();
    while minute < end {
        if hulls.iter().any(|hull| hull.0 <= minute && minute < hull.1) {
            match pieces.last_mut() {
                Some(piece) if piece.1 == minute => piece.1 = minute + mins(1),
                Some(_) | None => pieces.push((minute, minute + mins(1))),
            }
        }
        minute += mins(1);
    }
    pieces
}

/// Every piece that one piece of each host have in common.
fn common(pieces: &[Vec<Span>]) -> Vec<Span> {
    let mut common = pieces[0].clone();
    for others in &pieces[1..] {
        let mut narrower = Vec::new();
        for one in &common {
            for other in others {
                let both = (one.0.max(other.0), one.1.min(other.1));
                if both.0 < both.1 {
                    narrower.push(both);
                }
            }
        }
        common = narrower;
    }
    common
}

/// The grids of the pieces, as far as they lie in the query and the meeting fits.
fn candidates(question: &Question, pieces: &[Span]) -> Vec<Instant> {
    let mut starts = Vec::new();
    for piece in pieces {
        let mut start = piece.0;
        while start < piece.1 {
            if question.from <= start && start < question.to && fits(question, pieces, start) {
                starts.push(start);
            }
            start += mins(question.interval);
        }
    }
    starts.sort();
    starts.dedup();
    starts
}

fn fits(question: &Question, pieces: &[Span], start: Instant) -> bool {
    let covered = |minute| pieces.iter().any(|piece| piece.0 <= minute && minute < piece.1);
    (0..question.duration).all(|minute| covered(start + mins(minute)))
}

fn is_free(question: &Question, host: &Host, start: Instant) -> bool {
    let from = start - mins(question.before);
    let to = start + mins(question.duration) + mins(question.after);
    // A time that is empty or runs backwards is no time.
    let meets = |span: &Span| span.0 < span.1 && span.0 < to && from < span.1;
    let reserved = |booking: &Booking| {
        let end = booking.start + mins(booking.duration);
        (booking.start - mins(booking.before), end + mins(booking.after))
    };
    host.active
        && start >= question.now + mins(question.notice)
        && within(question, host, start)
        && below_caps(question, host, start)
        && !host.bookings.iter().map(reserved).any(|span| meets(&span))
        && !host.busy.iter().any(meets)
        && !host.unknown.iter().any(meets)
}

fn date(host: &Host, instant: Instant) -> NaiveDate {
    instant.with_timezone(&host.zone).date_naive()
}

fn within(question: &Question, host: &Host, start: Instant) -> bool {
    match question.limit {
        Limit::None => true,
        Limit::Days(days) => date(host, start) <= date(host, question.now) + Days::new(days),
        Limit::Dates(from, to) => from <= date(host, start) && date(host, start) <= to,
    }
}

fn below_caps(question: &Question, host: &Host, start: Instant) -> bool {
    let date_of_start = date(host, start);
    let week = date_of_start.iso_week();
    let on_date = host.counted.iter().filter(|booked| date(host, **booked) == date_of_start).count();
    let in_week = host.counted.iter().filter(|booked| date(host, **booked).iso_week() == week).count();
    question.per_day.is_none_or(|cap| on_date < cap) && question.per_week.is_none_or(|cap| in_week < cap)
}

fn mins(number: i64) -> TimeDelta {
    TimeDelta::minutes(number)
}
