//! The format of the cases, and how a case is put to the engine.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use openslot_domain::hours::{Override, Schedule, WallRange, Weekly};
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Caps, Mode, Window};
use openslot_domain::slots::{HostTime, Rules};
use serde::{Deserialize, Deserializer};

/// A question and its right answer.
#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) input: Input,
    #[serde(flatten)]
    answer: Answer,
}

#[derive(Deserialize)]
enum Answer {
    #[serde(rename = "expected_slots_utc")]
    OneHost(Vec<String>),
    #[serde(rename = "expected_slots")]
    SeveralHosts(Vec<Expected>),
}

impl Case {
    /// The slots as they should be, always with their hosts.
    pub(crate) fn expected(&self) -> Vec<Expected> {
        match &self.answer {
            Answer::OneHost(starts) => {
                starts.iter().map(|start| Expected { start: start.clone(), hosts: vec![0] }).collect()
            }
            Answer::SeveralHosts(slots) => slots.clone(),
        }
    }
}

/// A slot: its start in UTC, and the places of the free hosts.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) start: String,
    pub(crate) hosts: Vec<usize>,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.start, self.hosts)
    }
}

#[derive(Deserialize)]
pub(crate) struct Input {
    mode: Option<Team>,
    /// One host stands in the input itself, several in here.
    hosts: Option<Vec<HostInput>>,
    #[serde(flatten)]
    host: Option<HostInput>,
    duration_minutes: u32,
    slot_interval_minutes: u32,
    buffer_before_minutes: u32,
    buffer_after_minutes: u32,
    min_notice_minutes: u32,
    max_advance_days: Option<u32>,
    #[serde(deserialize_with = "parsed")]
    now_utc: DateTime<Utc>,
    #[serde(deserialize_with = "parsed")]
    query_start_utc: DateTime<Utc>,
    #[serde(deserialize_with = "parsed")]
    query_end_utc: DateTime<Utc>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Team {
    Any,
    All,
}

#[derive(Deserialize)]
struct HostInput {
    #[serde(deserialize_with = "parsed")]
    host_time_zone: Tz,
    #[serde(default)]
    weekly: Vec<DayInput>,
    #[serde(default)]
    overrides: Vec<OverrideInput>,
    #[serde(default)]
    busy: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct DayInput {
    /// 0 is Sunday.
    weekday: u8,
    ranges: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct OverrideInput {
    #[serde(deserialize_with = "parsed")]
    date: NaiveDate,
    kind: Kind,
    #[serde(default)]
    ranges: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Blocked,
    CustomHours,
}

/// A case as the engine takes it.
pub(crate) struct Asked {
    pub(crate) rules: Rules,
    pub(crate) hosts: Vec<Host>,
    pub(crate) now: DateTime<Utc>,
    /// None when the query is empty.
    pub(crate) range: Option<Interval>,
}

pub(crate) struct Host {
    schedule: Schedule,
    busy: Vec<Interval>,
}

impl Host {
    pub(crate) fn time(&self) -> HostTime<'_> {
        HostTime {
            schedule: &self.schedule,
            active: true,
            reserved: &[],
            busy: &self.busy,
            unknown: &[],
            counted: &[],
        }
    }
}

impl Input {
    pub(crate) fn read(&self) -> Asked {
        let rules = Rules {
            mode: match self.mode {
                None => Mode::Single,
                Some(Team::Any) => Mode::RoundRobin,
                Some(Team::All) => Mode::Collective,
            },
            duration_mins: self.duration_minutes,
            interval_mins: self.slot_interval_minutes,
            before_mins: self.buffer_before_minutes,
            after_mins: self.buffer_after_minutes,
            notice_mins: self.min_notice_minutes,
            window: self.max_advance_days.map_or(Window::Open, |days| Window::Rolling { days }),
            caps: Caps::default(),
        };
        let hosts = self.hosts.iter().flatten().chain(&self.host).map(HostInput::read).collect();
        let range = Interval::new(self.query_start_utc, self.query_end_utc);
        Asked { rules, hosts, now: self.now_utc, range }
    }
}

impl HostInput {
    fn read(&self) -> Host {
        let mut weekly = Weekly::default();
        for number in 0..7 {
            let days = self.weekly.iter().filter(|day| day.weekday == number);
            let weekday = Weekday::try_from((number + 6) % 7).unwrap();
            weekly.set(weekday, days.flat_map(|day| ranges(&day.ranges)).collect());
        }
        let mut overrides = BTreeMap::new();
        for input in &self.overrides {
            let before = overrides.remove(&input.date);
            overrides.insert(input.date, input.added_to(before));
        }
        // An interval that is empty or runs backwards blocks nothing.
        let busy =
            |(start, end): &(String, String)| Interval::new(start.parse().unwrap(), end.parse().unwrap());
        Host {
            schedule: Schedule { zone: self.host_time_zone, weekly, overrides },
            busy: self.busy.iter().filter_map(busy).collect(),
        }
    }
}

impl OverrideInput {
    /// Of several overrides of a date one that blocks wins; custom hours are added together.
    fn added_to(&self, before: Option<Override>) -> Override {
        match (&self.kind, before) {
            (Kind::Blocked, _) | (Kind::CustomHours, Some(Override::Blocked)) => Override::Blocked,
            (Kind::CustomHours, None) => Override::CustomHours(ranges(&self.ranges)),
            (Kind::CustomHours, Some(Override::CustomHours(mut all))) => {
                all.extend(ranges(&self.ranges));
                Override::CustomHours(all)
            }
        }
    }
}

fn parsed<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

/// Ranges whose end is not after their start yield nothing.
fn ranges(texts: &[(String, String)]) -> Vec<WallRange> {
    texts.iter().filter_map(|(start, end)| WallRange::new(mins(start), mins(end))).collect()
}

fn mins(text: &str) -> u16 {
    let (hours, mins) = text.split_once(':').unwrap_or_else(|| panic!("{text} is not HH:MM"));
    hours.parse::<u16>().unwrap() * 60 + mins.parse::<u16>().unwrap()
}
