//! How fast the slot engine answers: three workloads whose right answers are known.
//!
//! `cargo bench -p openslot-domain --bench slots` prints the median time of each. With `--count W2 100` it runs
//! one workload a hundred times and prints nothing, so that an instruction counter can watch [`measured`]; see
//! `tests/bench/instructions.py`.
#![expect(clippy::print_stdout, reason = "a benchmark is there to print")]

use std::collections::BTreeMap;
use std::hint::black_box;

use chrono::{DateTime, Utc, Weekday};
use openslot_domain::hours::{Schedule, WallRange, Weekly};
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Caps, Mode, Window};
use openslot_domain::slots::{self, HostTime, Rules, Slot};
use serde::Deserialize;

/// Slots of the right answers, in the order of the workloads.
const SLOTS: [usize; 3] = [10, 811, 1364];
/// Microseconds of the fastest open engine found for each workload, and of a prototype, on the machine on which
/// both were measured: `(lowest median, highest median)`.
const OTHERS_US: [(f64, f64); 3] = [(2.3, 3.1), (800.0, 851.0), (1_970.0, 3_210.0)];
const PROTOTYPE_US: [(f64, f64); 3] = [(0.15, 0.24), (3.1, 4.9), (31.0, 50.0)];

fn main() {
    let workloads: Vec<Workload> =
        serde_json::from_str(include_str!("workloads.json")).expect("the workloads are JSON");
    let arguments = arguments();
    match arguments.as_slice() {
        [flag, name, runs] if flag == "--count" => {
            let workload =
                workloads.iter().find(|workload| workload.name == *name).expect("a known workload");
            count(workload, runs.parse().expect("a number of runs"));
        }
        _ => workloads.iter().enumerate().for_each(|(place, workload)| time(place, workload)),
    }
}

#[expect(clippy::disallowed_methods, reason = "which workload to run is asked on the command line")]
fn arguments() -> Vec<String> {
    std::env::args().skip(1).filter(|argument| argument != "--bench").collect()
}

/// The answer that is timed and counted.
#[inline(never)]
fn measured(rules: &Rules, hosts: &[HostTime<'_>], now: DateTime<Utc>, range: Interval) -> Vec<Slot> {
    slots::list(rules, hosts, now, range)
}

fn count(workload: &Workload, runs: usize) {
    let owned = workload.read();
    let hosts = owned.hosts();
    // A process finds the transitions of a zone once; that is not part of an answer.
    black_box(slots::list(&owned.rules, &hosts, owned.now, owned.range));
    for _ in 0..runs {
        black_box(measured(black_box(&owned.rules), black_box(&hosts), owned.now, owned.range));
    }
}

/// Times batches of answers, so that reading the clock does not count, and prints the median batch.
#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a benchmark measures time")]
fn time(place: usize, workload: &Workload) {
    const BATCHES: usize = 101;
    const BATCH_SECS: f64 = 0.01;
    let owned = workload.read();
    let hosts = owned.hosts();
    let slots = measured(&owned.rules, &hosts, owned.now, owned.range).len();
    assert_eq!(slots, SLOTS[place], "{} has a known number of slots", workload.name);
    let batch = |runs: u32| {
        let start = std::time::Instant::now();
        for _ in 0..runs {
            black_box(measured(black_box(&owned.rules), black_box(&hosts), owned.now, owned.range));
        }
        start.elapsed().as_secs_f64() / f64::from(runs)
    };
    let runs = [1, 10, 100, 1_000, 10_000, 100_000];
    let runs = runs.into_iter().find(|runs| batch(*runs) * f64::from(*runs) > BATCH_SECS).unwrap_or(100_000);
    let mut secs: Vec<f64> = (0..BATCHES).map(|_| batch(runs)).collect();
    secs.sort_by(f64::total_cmp);
    let (others, prototype) = (OTHERS_US[place], PROTOTYPE_US[place]);
    println!(
        "{}: {slots:>5} slots {:>9.2} us   (fastest other {:.1}-{:.1} us, prototype {:.2}-{:.2} us)",
        workload.name,
        secs[BATCHES / 2] * 1e6,
        others.0,
        others.1,
        prototype.0,
        prototype.1,
    );
}

/// A workload as it is written down; times are minutes since 1970-01-01T00:00:00Z.
#[derive(Deserialize)]
struct Workload {
    name: String,
    zone: String,
    weekly: Vec<Day>,
    duration: u32,
    interval: u32,
    start: i64,
    end: i64,
    now: i64,
    before: u32,
    after: u32,
    notice: u32,
    advance: u32,
    busy: Vec<Vec<(i64, i64)>>,
}

#[derive(Deserialize)]
struct Day {
    /// 0 is Sunday.
    weekday: u8,
    ranges: Vec<(String, String)>,
}

/// A workload as the engine takes it.
struct Owned {
    rules: Rules,
    schedule: Schedule,
    busy: Vec<Vec<Interval>>,
    now: DateTime<Utc>,
    range: Interval,
}

impl Owned {
    fn hosts(&self) -> Vec<HostTime<'_>> {
        let host = |busy| HostTime {
            schedule: &self.schedule,
            active: true,
            reserved: &[],
            busy,
            unknown: &[],
            counted: &[],
        };
        self.busy.iter().map(|busy| host(busy)).collect()
    }
}

impl Workload {
    fn read(&self) -> Owned {
        let interval =
            |(start, end): &(i64, i64)| Interval::from_secs(start * 60, end * 60).expect("busy time");
        let rules = Rules {
            mode: if self.busy.len() == 1 { Mode::Single } else { Mode::RoundRobin },
            duration_mins: self.duration,
            interval_mins: self.interval,
            before_mins: self.before,
            after_mins: self.after,
            notice_mins: self.notice,
            window: Window::Rolling { days: self.advance },
            caps: Caps::default(),
        };
        Owned {
            rules,
            schedule: Schedule {
                zone: self.zone.parse().expect("a zone"),
                weekly: weekly(&self.weekly),
                overrides: BTreeMap::new(),
            },
            busy: self.busy.iter().map(|busy| busy.iter().map(interval).collect()).collect(),
            now: DateTime::from_timestamp(self.now * 60, 0).expect("a time"),
            range: interval(&(self.start, self.end)),
        }
    }
}

fn weekly(days: &[Day]) -> Weekly {
    let mut weekly = Weekly::default();
    for day in days {
        let range =
            |(start, end): &(String, String)| WallRange::new(mins(start), mins(end)).expect("a range");
        let weekday = Weekday::try_from((day.weekday + 6) % 7).expect("seven weekdays");
        weekly.set(weekday, day.ranges.iter().map(range).collect());
    }
    weekly
}

fn mins(text: &str) -> u16 {
    let (hours, mins) = text.split_once(':').expect("HH:MM");
    hours.parse::<u16>().expect("hours") * 60 + mins.parse::<u16>().expect("minutes")
}
