//! A question of the oracle, put to the engine.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc, Weekday};
use openslot_domain::hours::{Override, Schedule, WallRange, Weekly};
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Caps, Mode, Window};
use openslot_domain::slots::{self, HostTime, Rules};

use crate::oracle::{Host, Instant, Limit, Question, Span, Team, Wall};

/// What the engine takes.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) rules: Rules,
    pub(crate) hosts: Vec<Owned>,
    pub(crate) now: Instant,
    pub(crate) range: Interval,
}

#[derive(Clone)]
pub(crate) struct Owned {
    pub(crate) schedule: Schedule,
    pub(crate) active: bool,
    pub(crate) reserved: Vec<Interval>,
    pub(crate) busy: Vec<Interval>,
    pub(crate) unknown: Vec<Interval>,
    pub(crate) counted: Vec<DateTime<Utc>>,
}

impl Owned {
    pub(crate) fn time(&self) -> HostTime<'_> {
        HostTime {
            schedule: &self.schedule,
            active: self.active,
            reserved: &self.reserved,
            busy: &self.busy,
            unknown: &self.unknown,
            counted: &self.counted,
        }
    }
}

impl Asked {
    pub(crate) fn of(question: &Question) -> Self {
        Self {
            rules: rules(question),
            hosts: question.hosts.iter().map(owned).collect(),
            now: question.now,
            range: Interval::new(question.from, question.to).unwrap(),
        }
    }

    pub(crate) fn times(&self) -> Vec<HostTime<'_>> {
        self.hosts.iter().map(Owned::time).collect()
    }

    /// The engine's list in the oracle's words.
    pub(crate) fn slots(&self) -> Vec<(Instant, Vec<usize>)> {
        let slots = slots::list(&self.rules, &self.times(), self.now, self.range);
        slots.iter().map(|slot| (slot.start(), slot.hosts().iter().collect())).collect()
    }
}

fn rules(question: &Question) -> Rules {
    let mins = |number| u32::try_from(number).unwrap();
    let cap = |cap: Option<usize>| cap.map(|cap| u32::try_from(cap).unwrap());
    Rules {
        mode: match (question.team, question.hosts.len()) {
            (Team::Any, 1) => Mode::Single,
            (Team::Any, _) => Mode::RoundRobin,
            (Team::All, _) => Mode::Collective,
        },
        duration_mins: mins(question.duration),
        interval_mins: mins(question.interval),
        before_mins: mins(question.before),
        after_mins: mins(question.after),
        notice_mins: mins(question.notice),
        window: match question.limit {
            Limit::None => Window::Open,
            Limit::Days(days) => Window::Rolling { days: u32::try_from(days).unwrap() },
            Limit::Dates(from, to) => Window::Fixed { from, to },
        },
        caps: Caps { per_day: cap(question.per_day), per_week: cap(question.per_week) },
    }
}

fn owned(host: &Host) -> Owned {
    let ranges = |walls: &[Wall]| walls.iter().copied().map(wall_range).collect::<Vec<_>>();
    let mut weekly = Weekly::default();
    for (number, walls) in host.weekly.iter().enumerate() {
        weekly.set(Weekday::try_from(u8::try_from(number).unwrap()).unwrap(), ranges(walls));
    }
    let change = |walls: &Vec<Wall>| match walls.len() {
        0 => Override::Blocked,
        _ => Override::CustomHours(ranges(walls)),
    };
    let overrides: BTreeMap<_, _> =
        host.overrides.iter().map(|(date, walls)| (*date, change(walls))).collect();
    let intervals =
        |spans: &[Span]| spans.iter().filter_map(|(from, to)| Interval::new(*from, *to)).collect::<Vec<_>>();
    let reserved = host.bookings.iter().map(|booking| {
        let mins = |number| u32::try_from(number).unwrap();
        let core = Interval::lasting(booking.start, mins(booking.duration)).unwrap();
        core.widened(mins(booking.before), mins(booking.after))
    });
    Owned {
        schedule: Schedule { zone: host.zone, weekly, overrides },
        active: host.active,
        reserved: reserved.collect(),
        busy: intervals(&host.busy),
        unknown: intervals(&host.unknown),
        counted: host.counted.clone(),
    }
}

fn wall_range(wall: Wall) -> WallRange {
    let mins = |number| u16::try_from(number).unwrap();
    WallRange::new(mins(wall.0), mins(wall.1)).unwrap()
}
