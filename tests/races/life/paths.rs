//! Every single fault, and every pair of them, on each main path: five minutes later all is as if nothing had broken.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use openslot_fakes::{Contents, Fault};
use openslot_usecases::decide_booking::Word;

use super::clockwork::{Clockwork, Task};
use super::functions::Wish;
use super::notebook::{Entry, Notebook, Piece, Stands};
use super::rows;
use super::script::{At, FAULTS, Script};
use super::table::Defect;
use super::town::{Town, fresh, with};
use super::worlds::Eyes;
use crate::checker::{Invariant, Violation, broken};
use crate::scene;

/// After the last fault.
const SOON: TimeDelta = TimeDelta::minutes(5);
/// Longer than anything takes that is tried twice.
const WATCHED: TimeDelta = TimeDelta::minutes(30);

/// What somebody does, or time, and how things stand before.
pub struct Path {
    before: Contents,
    notebook: Notebook,
    at: DateTime<Utc>,
    wish: Option<Wish>,
    defect: Defect,
    /// Whether the minute comes.
    swept: bool,
}

/// All that matters in the end.
#[derive(Debug, PartialEq, Eq)]
struct End {
    bookings: BTreeMap<u128, (u32, i64, bool)>,
    days: BTreeSet<Entry>,
    owed: BTreeSet<Piece>,
    sent: BTreeMap<Piece, u32>,
    heard: BTreeSet<Piece>,
    parked: usize,
}

/// How a run ended.
struct Ended {
    end: End,
    calls: Vec<&'static str>,
    /// How long after the last fault the last thing happened, and after the beginning.
    recovered: TimeDelta,
    took: TimeDelta,
    contents: Contents,
    notebook: Notebook,
}

fn start() -> DateTime<Utc> {
    scene::now() + TimeDelta::days(2)
}

impl Path {
    /// Somebody books on the first day of an installation, whose keys are not made yet.
    pub fn book(slug: &str) -> Self {
        let request = scene::request(1, slug, start(), 30);
        let before = Contents { keys: BTreeMap::new(), ..fresh().snapshot() };
        let at = scene::now() + TimeDelta::seconds(10);
        let wish = Some(Wish::Book(Box::new(request)));
        let (notebook, defect) = (Notebook::default(), Defect::None);
        Self { before, notebook, at, wish, defect, swept: true }
    }

    /// What is done to a booking that everybody was told of.
    fn then(slug: &str, wish: impl FnOnce(u128) -> Wish) -> Self {
        let booked = Self::booked(slug);
        let booking = *booked.notebook.current.keys().next().unwrap();
        let stands_at = scene::now() + TimeDelta::minutes(10) + TimeDelta::seconds(10);
        Self { wish: Some(wish(booking)), at: stands_at, ..booked }
    }

    /// The booking stands, and is told.
    fn booked(slug: &str) -> Self {
        // With the keys that links are made with.
        let path = Self { before: fresh().snapshot(), ..Self::book(slug) };
        let Ended { contents, notebook, .. } =
            path.run(&[]).unwrap_or_else(|violation| panic!("{violation}"));
        Self { before: contents, notebook, wish: None, ..path }
    }

    pub fn moved() -> Self {
        let start = start() + TimeDelta::hours(26);
        Self::then("pair", |booking| Wish::Move { booking, start, key: "act-1-move".to_owned() })
    }

    pub fn cancelled() -> Self {
        Self::then("solo", |booking| Wish::Cancel { booking, key: "act-1-cancel".to_owned() })
    }

    pub fn approved() -> Self {
        Self::then("asked", |booking| Wish::Decide { booking, word: Word::Approve })
    }

    /// The first reminder of a booking is about to come due.
    pub fn reminded() -> Self {
        Self { at: start() - TimeDelta::days(1) - TimeDelta::seconds(10), ..Self::booked("solo") }
    }

    pub fn with(self, defect: Defect) -> Self {
        Self { defect, ..self }
    }

    pub fn without_sweeps(self) -> Self {
        Self { swept: false, ..self }
    }

    /// Walks it, with these faults on the way.
    fn run(&self, faults: &[At]) -> Result<Ended, Violation> {
        let clockwork = Arc::new(Clockwork::in_order(self.at));
        let script = Arc::new(Script::new(Arc::clone(&clockwork), faults));
        let echoes = Arc::clone(&script.echoes);
        let town = Town::new(with(&self.before), clockwork, Arc::clone(&script), echoes, self.defect);
        let town = town.after(&self.notebook);
        let mut eyes = Eyes::default();
        town.clockwork.run(self.everybody(&town), self.at + WATCHED, || eyes.look(&town))?;
        let notebook = town.notebook().clone();
        let last = DateTime::from_timestamp_millis(notebook.last_ms).expect("a time in range");
        let contents = town.table().inner.snapshot();
        let recovered = script.broken_at().map_or(TimeDelta::zero(), |broken_at| last - broken_at);
        let (end, took) = (End::of(&contents, &notebook), last - self.at);
        Ok(Ended { end, calls: script.calls(), recovered, took, contents, notebook })
    }

    fn everybody<'a>(&'a self, town: &'a Town<Arc<Script>>) -> Vec<Task<'a>> {
        let mut tasks: Vec<Task<'a>> = vec![town.stream().boxed_local(), town.words().boxed_local()];
        if self.swept {
            tasks.push(town.minutes().boxed_local());
        }
        if let Some(wish) = &self.wish {
            tasks.push(town.insist(wish).map(drop).boxed_local());
        }
        tasks
    }

    /// Walks it with every fault at every call, and if `pairs`, with every other fault after it; what was walked.
    pub fn walk(&self, pairs: bool) -> Result<Walked, Violation> {
        let whole = self.run(&[])?;
        let mut walked = Walked { calls: whole.calls.len(), ..Walked::default() };
        for place in 0..whole.calls.len() {
            for fault in FAULTS {
                let first = (place, fault);
                let ended = self.same_end(&[first], &whole, &mut walked)?;
                walked.singles += 1;
                for second in (place + 1..ended.calls.len()).filter(|_| pairs) {
                    for fault in FAULTS {
                        self.same_end(&[first, (second, fault)], &whole, &mut walked)?;
                        walked.pairs += 1;
                    }
                }
            }
        }
        Ok(walked)
    }

    fn same_end(&self, faults: &[At], whole: &Ended, walked: &mut Walked) -> Result<Ended, Violation> {
        let ended = self.run(faults)?;
        if ended.end != whole.end {
            let what = format!("{faults:?} of {:?}: {:?}, wanted {:?}", ended.calls, ended.end, whole.end);
            return Err(broken(Invariant::SameEnd, what));
        }
        if ended.recovered > SOON {
            let what = format!("{faults:?} of {:?}: after {}", ended.calls, ended.recovered);
            return Err(broken(Invariant::SameEnd, what));
        }
        walked.recovered = walked.recovered.max(ended.recovered);
        walked.took = walked.took.max(ended.took);
        Ok(ended)
    }

    /// Without any sweep: what broke before anybody had taken the work on is offered again, and done soon.
    pub fn is_offered_again(&self) -> Result<usize, Violation> {
        let whole = self.run(&[])?;
        let first = whole.calls.iter().position(|port| *port == "claim_effect").unwrap();
        let mut tried = 0;
        for place in (first..whole.calls.len()).filter(|place| {
            matches!(whole.calls[*place], "claim_effect" | "wrapped_keys" | "unwrap_data_key")
        }) {
            let ended = self.run(&[(place, Fault::FailNotApplied)])?;
            if ended.end != whole.end || ended.recovered > TimeDelta::seconds(10) {
                let what = format!("{place} of {:?}: after {}", ended.calls, ended.recovered);
                return Err(broken(Invariant::OfferedAgain, what));
            }
            tried += 1;
        }
        Ok(tried)
    }
}

impl End {
    fn of(contents: &Contents, notebook: &Notebook) -> Self {
        let stands = notebook.standing().map(|revision| {
            (revision.booking, (revision.number, revision.start_s, revision.stands == Stands::Over))
        });
        Self {
            bookings: stands.collect(),
            days: rows::entries(contents).into_iter().collect(),
            owed: rows::owed(contents).into_iter().collect(),
            sent: notebook.sent.clone(),
            heard: notebook.heard.keys().copied().collect(),
            parked: contents.parked.len(),
        }
    }
}

/// What was walked of a path.
#[derive(Debug, Default)]
pub struct Walked {
    calls: usize,
    singles: usize,
    pairs: usize,
    /// The longest time from a last fault, and from the beginning, to the end.
    recovered: TimeDelta,
    took: TimeDelta,
}

impl fmt::Display for Walked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { calls, singles, pairs, recovered, took } = self;
        let (recovered, took) = (recovered.num_seconds(), took.num_seconds());
        write!(f, "{calls} calls, {singles} single faults and {pairs} pairs; ")?;
        write!(f, "{recovered} s after the last fault, and {took} s in all, at most")
    }
}

fn whole(path: &Path) -> Walked {
    path.walk(true).unwrap_or_else(|violation| panic!("{violation}"))
}

#[test]
fn a_booking_comes_to_the_same_whatever_breaks() {
    println!("booking: {}", whole(&Path::book("solo")));
}

#[test]
fn a_move_comes_to_the_same_whatever_breaks() {
    println!("move: {}", whole(&Path::moved()));
}

#[test]
fn a_cancellation_comes_to_the_same_whatever_breaks() {
    println!("cancellation: {}", whole(&Path::cancelled()));
}

#[test]
fn an_approval_comes_to_the_same_whatever_breaks() {
    println!("approval: {}", whole(&Path::approved()));
}

#[test]
fn a_reminder_comes_to_the_same_whatever_breaks() {
    println!("reminder: {}", whole(&Path::reminded()));
}

#[test]
fn the_stream_offers_again_what_was_not_taken() {
    let tried = Path::book("solo").without_sweeps().is_offered_again();
    println!("offered again: {}", tried.unwrap_or_else(|violation| panic!("{violation}")));
}
