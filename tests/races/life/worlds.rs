//! Random worlds: two guests and a host with everything that can happen to them, faults at any call, and time that
//! jumps to whatever comes next.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use futures::executor::block_on;
use openslot_domain::booking::Guest;
use openslot_fakes::{Chooser, Fault};
use openslot_usecases::create_booking::Request;
use openslot_usecases::decide_booking::Word;
use openslot_usecases::ports::Clock;
use openslot_usecases::replay_parked::replay_all_parked;
use openslot_usecases::verify_hosts::verify_hosts;

use super::clockwork::{Clockwork, Task};
use super::functions::Wish;
use super::notebook::{Revision, Stands};
use super::table::Defect;
use super::town::{Town, fresh};
use super::{judge, rows};
use crate::checker::{Invariant, Violation, broken};
use crate::create_booking::seeds;
use crate::scene;
use crate::scheduler::Dice;

/// How many worlds are played when nobody says how many.
const WORLDS: u64 = 100_000;

/// Draws what breaks: so many times in a world, and not after that.
pub struct Luck {
    clockwork: Arc<Clockwork>,
    left: AtomicU32,
    /// While the mail service is down, in seconds from the beginning.
    down: Range<i64>,
    /// Whatever is to break has broken.
    over: AtomicBool,
    echoes: Arc<AtomicBool>,
}

impl Luck {
    /// In one world of thirty the mail service is down for up to forty minutes.
    fn drawn(clockwork: &Arc<Clockwork>, faults: u32) -> Self {
        let down = clockwork.draw(|dice| {
            let from = dice.pick(&[0, 0, 35 * 60, 23 * 60 * 60]);
            let lasts = dice.below(40 * 60).cast_signed();
            if dice.below(30) == 0 { from..from + lasts } else { 0..0 }
        });
        Self {
            clockwork: Arc::clone(clockwork),
            left: faults.into(),
            down,
            over: AtomicBool::new(false),
            echoes: Arc::default(),
        }
    }

    /// Nothing breaks any more; how many faults were left.
    fn end(&self) -> u32 {
        self.over.store(true, Ordering::Relaxed);
        self.left.swap(0, Ordering::Relaxed)
    }

    fn is_down(&self) -> bool {
        !self.over.load(Ordering::Relaxed)
            && self.down.contains(&(self.clockwork.now() - scene::now()).num_seconds())
    }
}

impl Chooser for Luck {
    fn choose(&self, port: &'static str) -> Fault {
        if port == "send_letter" && self.is_down() {
            return Fault::FailNotApplied;
        }
        if self.left.load(Ordering::Relaxed) == 0 {
            return Fault::None;
        }
        let (per_mille, conflicts) = match port {
            // Sixteen in each look.
            "due_effects" => (4, false),
            "commit_booking" | "change_booking" => (150, true),
            "send_letter" | "claim_effect" | "pay_effect" | "split_effect" | "publish_event" => (100, false),
            _ => (40, false),
        };
        let fault = self.clockwork.draw(|dice| fault(dice, per_mille, conflicts));
        if fault == Fault::None {
            return fault;
        }
        self.left.fetch_sub(1, Ordering::Relaxed);
        match (port, fault) {
            // One letter handed over twice is two letters; what comes twice is the word of it.
            ("send_letter", Fault::Twice) => {
                self.echoes.store(true, Ordering::Relaxed);
                return Fault::None;
            }
            (_, Fault::Crash) => self.clockwork.crash(),
            _ => {}
        }
        fault
    }

    async fn wait(&self, port: &'static str) {
        let most_ms = if matches!(port, "send_letter" | "publish_event") { 10_000 } else { 5_000 };
        let wait_ms = self.clockwork.draw(|dice| dice.below(most_ms)).cast_signed();
        self.clockwork.sleep(TimeDelta::milliseconds(wait_ms)).await;
    }
}

fn fault(dice: &mut Dice, per_mille: u64, conflicts: bool) -> Fault {
    if dice.below(1000) >= per_mille {
        return Fault::None;
    }
    match dice.below(if conflicts { 6 } else { 5 }) {
        0 => Fault::FailNotApplied,
        1 => Fault::FailApplied,
        2 => Fault::Twice,
        3 => Fault::Late,
        4 => Fault::Crash,
        _ => Fault::Conflict,
    }
}

/// Guests, the host, the stream's two shards, the minute, and two who listen to the mail service.
fn everybody<'a>(town: &'a Town<&'a Luck>) -> Vec<Task<'a>> {
    let mut tasks = machinery(town);
    let guests = town.clockwork.draw(|dice| dice.pick(&[1, 1, 2]));
    tasks.extend((1..=guests).map(|number| guest(town, number).boxed_local()));
    tasks.push(host(town).boxed_local());
    tasks
}

fn machinery<C: Chooser + Clone + Sync + Send>(town: &Town<C>) -> Vec<Task<'_>> {
    vec![
        town.stream().boxed_local(),
        town.stream().boxed_local(),
        town.minutes().boxed_local(),
        town.words().boxed_local(),
        town.words().boxed_local(),
    ]
}

/// Books, repeats, moves and gives up.
async fn guest(town: &Town<&Luck>, number: usize) {
    town.clockwork.sleep(moment(town)).await;
    let Some((request, booking)) = booked(town, number).await else {
        return;
    };
    for act in 0..town.clockwork.draw(|dice| dice.below(4)) {
        let start_s = town.notebook().last_of(booking).map_or(0, |last| last.start_s);
        wait(town, DateTime::from_timestamp_secs(start_s).expect("a time in range")).await;
        let key = format!("act-{number}-{act}");
        let start = start(town);
        let wish = match town.clockwork.draw(|dice| dice.below(10)) {
            0..2 => Wish::Book(Box::new(request.clone())),
            2..7 => Wish::Move { booking, start, key },
            _ => Wish::Cancel { booking, key },
        };
        town.insist(&wish).await;
        // As a click that came twice.
        if town.clockwork.draw(|dice| dice.percent(15)) {
            town.clockwork.sleep(moment(town)).await;
            town.repeat(&wish).await;
        }
    }
}

/// Until it is granted, or it was tried often enough.
async fn booked(town: &Town<&Luck>, number: usize) -> Option<(Request, u128)> {
    for attempt in 0..3 {
        let slug = town.clockwork.draw(|dice| dice.pick(&["solo", "solo", "asked", "pair"]));
        let mut request = scene::request(number * 10 + attempt, slug, start(town), 30);
        if town.clockwork.draw(|dice| dice.percent(20)) {
            request.guests = vec![Guest { email: "friend@example.org".parse().unwrap(), name: None }];
        }
        if let Some(booking) = town.insist(&Wish::Book(Box::new(request.clone()))).await {
            return Some((request, booking));
        }
    }
    None
}

/// One of few, so that wishes meet; some are too near for a reminder, some are over a turn of the UTC day.
fn start(town: &Town<&Luck>) -> DateTime<Utc> {
    const OFFSETS_MINS: [i64; 10] = [45, 120, 705, 720, 1430, 1500, 1560, 1575, 2145, 3000];
    let offset_mins = town.clockwork.draw(|dice| dice.pick(&OFFSETS_MINS));
    scene::now() + TimeDelta::minutes(offset_mins)
}

/// Next to nothing, some seconds, or some minutes.
fn moment(town: &Town<&Luck>) -> TimeDelta {
    town.clockwork.draw(|dice| {
        let most_ms = dice.pick(&[3, 3_000, 200_000]);
        TimeDelta::milliseconds(dice.below(most_ms).cast_signed())
    })
}

/// A moment, an hour or so, or until about a reminder or the meeting.
async fn wait(town: &Town<&Luck>, start: DateTime<Utc>) {
    let around = match town.clockwork.draw(|dice| dice.below(3)) {
        0 => moment(town),
        1 => moment(town) - TimeDelta::seconds(90),
        // In the very moment in which whatever is due then is found.
        _ => TimeDelta::zero(),
    };
    let until = match town.clockwork.draw(|dice| dice.below(8)) {
        0..3 => town.now() + moment(town),
        3 => town.now() + TimeDelta::minutes(town.clockwork.draw(|dice| dice.below(100)).cast_signed()),
        4 => start - TimeDelta::minutes(1440) + around,
        5 => start - TimeDelta::minutes(60) + around,
        _ => start + around,
    };
    town.clockwork.wake_at(until).await;
}

/// Says yes or no to what waits, or nothing.
async fn host(town: &Town<&Luck>) {
    let mut seen = Vec::new();
    loop {
        let heard = town.table().bell.rung();
        let is_new =
            |revision: &&Revision| revision.stands == Stands::Pending && !seen.contains(&revision.booking);
        let pending = town.notebook().standing().find(is_new).map(|revision| revision.booking);
        let Some(booking) = pending else {
            town.table().bell.wait(heard).await;
            continue;
        };
        seen.push(booking);
        town.clockwork.sleep(moment(town)).await;
        let word = match town.clockwork.draw(|dice| dice.below(5)) {
            0..3 => Word::Approve,
            3 => Word::Decline { reason: None },
            _ => continue,
        };
        town.insist(&Wish::Decide { booking, word }).await;
    }
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    worlds: u64,
    revisions: usize,
    letters: u32,
    steps: u64,
    faults: u32,
    parked: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { worlds, revisions, letters, steps, faults, parked } = self;
        write!(f, "{worlds} worlds: {revisions} revisions, {letters} letters, {steps} steps, ")?;
        write!(f, "{faults} faults, {parked} pieces set aside and put back")
    }
}

/// One world up to its end.
pub fn played(seed: u64, defect: Defect) -> Result<Tally, Violation> {
    let clockwork = Arc::new(Clockwork::new(seed, scene::now()));
    let faults = clockwork.draw(|dice| dice.pick(&[0, 2, 5, 10, 20]));
    let luck = Luck::drawn(&clockwork, faults);
    let town = Town::new(fresh(), clockwork, &luck, Arc::clone(&luck.echoes), defect).wild();
    let until = scene::now() + TimeDelta::days(5);
    let mut eyes = Eyes::default();
    town.clockwork.run(everybody(&town), until, || eyes.look(&town))?;
    let faults = faults - luck.end();
    let parked = town.notebook().parked.len();
    if parked > 0 {
        block_on(replay_all_parked(town.table(), &*town.clockwork)).unwrap();
        town.clockwork.run(machinery(&town), until + TimeDelta::hours(1), || eyes.look(&town))?;
    }
    at_the_end(&town)?;
    let notebook = town.notebook();
    let (revisions, letters) = (notebook.revisions.len(), notebook.sent.values().sum());
    Ok(Tally { worlds: 1, revisions, letters, steps: eyes.steps, faults, parked })
}

/// How far the notebook was read.
#[derive(Default)]
pub struct Eyes {
    steps: u64,
    number: u64,
    claimed: usize,
    revisions: usize,
}

impl Eyes {
    /// Looks at whatever has changed.
    pub fn look<C: Chooser + Clone + Sync + Send>(&mut self, town: &Town<C>) -> Result<(), Violation> {
        self.steps += 1;
        let notebook = town.notebook();
        if notebook.number == self.number {
            return Ok(());
        }
        self.number = notebook.number;
        for claimed in &notebook.claimed[self.claimed..] {
            judge::claimed_in_time(claimed)?;
        }
        self.claimed = notebook.claimed.len();
        if notebook.revisions.len() > self.revisions {
            self.revisions = notebook.revisions.len();
            let entries = town.table().inner.look(rows::entries);
            judge::times_are_held_once(&notebook, &entries)?;
        }
        let owed = town.table().inner.look(rows::owed);
        judge::news_is_owed(&notebook, &owed, town.now().timestamp_millis())
    }
}

/// Whatever must hold when all is over.
fn at_the_end(town: &Town<&Luck>) -> Result<(), Violation> {
    let owed = town.table().inner.look(rows::owed);
    judge::at_the_end(&town.notebook(), &owed)?;
    let verified = block_on(verify_hosts(&town.table().inner, &*town.clockwork)).unwrap();
    if verified.differences.is_empty() && verified.unsettled.is_empty() {
        return Ok(());
    }
    Err(broken(Invariant::DaysMatchBookings, format!("{verified:?}")))
}

/// Every other world, from one on; a failing one names itself.
fn every_other(from: u64) -> Tally {
    let mut sum = Tally::default();
    for seed in seeds(WORLDS).filter(|seed| seed % 2 == from) {
        let tally = played(seed, Defect::None).unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
        sum.worlds += 1;
        sum.revisions += tally.revisions;
        sum.letters += tally.letters;
        sum.steps += tally.steps;
        sum.faults += tally.faults;
        sum.parked += tally.parked;
    }
    sum
}

#[test]
fn whole_lives_come_to_what_they_must_whatever_breaks() {
    println!("{}", every_other(0));
}

#[test]
fn other_whole_lives_come_to_what_they_must_whatever_breaks() {
    println!("{}", every_other(1));
}
