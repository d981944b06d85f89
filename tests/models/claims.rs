//! How owed work is paid once: what `usecases::deliver_effects`, `usecases::send_reminders`,
//! `usecases::record_mail_event` and `domain::effects` do together over `adapters/dynamodb::{effects, settle}`.
//!
//! Two workers read the work and its booking one by one, claim it in a transaction that checks both, and replace a
//! bundle by its letter or send the letter and remove it. Any of them may die between any two steps, and within
//! its lease at the latest. The mail service may refuse, fail, or take a letter and say nothing; its event about a
//! letter comes within the grace, before or after anything else, and perhaps again. Meanwhile the booking is moved
//! or cancelled, and time passes, but never over work that a sweep was due to find.

mod scenes;
mod twins;
mod work;
mod worker;

use std::collections::{BTreeMap, BTreeSet};

use stateright::{Model, Property};

use work::{Booking, Key, Kind, Readiness, Work};
use worker::{Said, Worker};

/// What is left out, one thing at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Defect {
    /// Nothing.
    None,
    /// Work is done by whoever reads it.
    NoClaim,
    /// Work is done again as soon as its lease has run out.
    BlindResend,
    /// The booking is looked at before the claim, and not in it.
    ReadThenClaim,
    /// Nobody looks at what the mail service has said.
    AckIgnored,
    /// A call that failed is repeated at once.
    RetryAtOnce,
    /// Work whose last try failed is parked at once.
    ParkAtOnce,
    /// Work is removed before it is done.
    PaidFirst,
    /// Nobody looks for work that the stream has shown once.
    StreamOnly,
    /// The mail service speaks after the grace: not ours, but what the promise rests on.
    EventLate,
    /// A function goes on after its lease has ended: the same.
    FunctionOverruns,
}

/// How long a claim holds.
const LEASE: u8 = 2;
/// How much longer one waits for the mail service's word.
const GRACE: u8 = 1;
/// After so many tries work is parked.
const ATTEMPTS_MAX: u8 = 2;
/// A sweep comes so often.
const SWEEP: u8 = 2;

/// Everything there is at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    now: u8,
    booking: Booking,
    work: BTreeMap<Key, Work>,
    parked: BTreeSet<Key>,
    workers: [Worker; 2],
    /// What the mail service has still to say.
    events: BTreeSet<Event>,
    /// How often each letter left, by revision and kind.
    sent: BTreeMap<(u8, Kind), u8>,
    faults_left: u8,
    changes_left: u8,
    /// A reminder was claimed that the booking, as it stood at that moment, did not owe.
    late_claim: bool,
}

/// The mail service's word that a letter left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Event {
    key: Key,
    /// It is heard by then.
    by: u8,
    /// It was, and may come again.
    heard: bool,
}

/// What can happen next. Numbers are places in the list of workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A worker takes a key off the queue, or the stream shows it one.
    Take(usize, Key),
    /// A worker reads the work.
    ReadWork(usize),
    /// A worker reads the booking.
    ReadBooking(usize),
    /// A worker has read both, and claims or clears away.
    Claim(usize),
    /// A worker replaces a bundle by its letter.
    Split(usize),
    /// A worker calls the mail service.
    Send(usize, Said),
    /// A worker notes how that went.
    Note(usize),
    /// A worker dies.
    Crash(usize),
    /// The mail service's word arrives, for good or to come again.
    Hear(Event, bool),
    /// The booking is cancelled.
    Cancel,
    /// The booking is moved.
    Move,
    /// Time passes.
    Tick,
}

/// A small world and what is wrong with it.
pub struct Protocol {
    defect: Defect,
    begin: State,
    /// Until then everything must be settled.
    horizon: u8,
    /// When a booking may be changed at the latest.
    changes_until: u8,
    /// Whether a change owes its news, and whether it owes a reminder.
    owes: Owes,
    happens: Vec<Property<Self>>,
}

/// What a revision owes here. Each for itself, so that the worlds stay small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owes {
    News,
    Reminder,
}

impl Model for Protocol {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![self.begin.clone()]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for place in 0..state.workers.len() {
            self.worker_actions(state, place, actions);
        }
        for event in &state.events {
            actions.push(Action::Hear(*event, false));
            // Where nothing is left to be noted, hearing it again is hearing it once.
            if !event.heard && state.work.contains_key(&event.key) {
                actions.push(Action::Hear(*event, true));
            }
        }
        if state.changes_left > 0 && state.now <= self.changes_until && state.booking.is_confirmed {
            actions.extend([Action::Cancel, Action::Move]);
        }
        if self.time_may_pass(state) {
            actions.push(Action::Tick);
        }
    }

    fn next_state(&self, before: &State, action: Action) -> Option<State> {
        let mut state = before.clone();
        match action {
            Action::Take(place, key) => state.workers[place] = Worker::taking(key, before.now),
            Action::ReadWork(place) => state.workers[place].read_work(before),
            Action::ReadBooking(place) => state.workers[place].read_booking(before),
            Action::Claim(place) => self.claim(&mut state, place)?,
            Action::Split(place) => self.split(&mut state, place),
            Action::Send(place, said) => self.send(&mut state, place, said),
            Action::Note(place) => self.note(&mut state, place),
            Action::Crash(place) => {
                state.workers[place] = Worker::Idle;
                state.faults_left -= 1;
            }
            Action::Hear(event, again) => state.hear(event, again),
            Action::Cancel => self.change(&mut state, false),
            Action::Move => self.change(&mut state, true),
            Action::Tick => state.now += 1,
        }
        // Workers are alike: which of the two does something makes no other world.
        state.workers.sort();
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut properties = vec![
            Property::<Self>::always("OneLetterPerKey", |_, state| {
                state.sent.values().all(|sent| *sent <= 1)
            }),
            Property::<Self>::always("NothingLost", |model, state| {
                state.now < model.horizon || model.is_settled(state)
            }),
            Property::<Self>::always("NoReminderAfterCancel", |_, state| !state.late_claim),
            Property::<Self>::always("ParkedIsUnsent", |_, state| {
                state.parked.iter().all(|key| !state.sent.contains_key(&(key.revision, key.kind)))
            }),
        ];
        properties.extend(self.happens.iter().cloned());
        properties
    }
}

impl Protocol {
    /// Whoever is owed a letter about the booking as it stands has got it, or it is parked where it is seen.
    fn is_settled(&self, state: &State) -> bool {
        let revision = state.booking.revision;
        let (bundle, letter) = self.owes.kinds();
        let key = Key { due: 0, revision, kind: bundle };
        let is_parked = |key: &Key| key.revision == revision && (key.kind == bundle || key.kind == letter);
        !state.booking.owes(key, self.horizon)
            || state.sent.contains_key(&(revision, letter))
            || state.parked.iter().any(is_parked)
    }

    /// Time passes over nothing that happens within a time: a function ends before its lease does, the mail service
    /// speaks within the grace, and a sweep takes whatever is there to be taken.
    fn time_may_pass(&self, state: &State) -> bool {
        let most = if self.defect == Defect::FunctionOverruns { self.horizon } else { LEASE };
        let is_timed_out =
            |worker: &Worker| worker.since().is_some_and(|since| since + most <= state.now + 1);
        let is_due = |event: &Event| !event.heard && event.by <= state.now;
        let is_swept = state.now.is_multiple_of(SWEEP) || self.defect == Defect::StreamOnly;
        let is_left = |key: &Key| is_swept && self.is_there_to_take(state, *key);
        let waits = state.workers.iter().any(is_timed_out)
            || state.events.iter().any(is_due)
            || state.work.keys().any(is_left);
        state.now < self.horizon && !waits
    }

    fn is_there_to_take(&self, state: &State, key: Key) -> bool {
        let Some(work) = state.work.get(&key) else { return false };
        let is_shown = self.defect != Defect::StreamOnly || (work.attempts == 0 && state.now == key.due);
        let is_ready = work.readiness(state.now, self.defect) != Readiness::NotYet;
        is_shown && key.due <= state.now && (is_ready || !state.booking.owes(key, state.now))
    }

    fn change(&self, state: &mut State, is_move: bool) {
        state.changes_left -= 1;
        let booking = &mut state.booking;
        booking.revision += 1;
        booking.is_confirmed = is_move;
        let revision = booking.revision;
        match self.owes {
            Owes::News => state.owe(Key { due: state.now, revision, kind: Kind::News }),
            Owes::Reminder if is_move => {
                state.owe(Key { due: state.now + 2, revision, kind: Kind::Remind });
            }
            Owes::Reminder => {}
        }
    }
}

impl Owes {
    /// The bundle, and the letter it comes to.
    fn kinds(self) -> (Kind, Kind) {
        match self {
            Self::News => (Kind::News, Kind::Letter),
            Self::Reminder => (Kind::Remind, Kind::Reminder),
        }
    }
}

impl State {
    fn owe(&mut self, key: Key) {
        self.work.insert(key, Work::owed(key.due));
    }

    fn hear(&mut self, event: Event, again: bool) {
        self.events.remove(&event);
        if again {
            self.events.insert(Event { heard: true, ..event });
        }
        if let Some(work) = self.work.get_mut(&event.key) {
            work.ack = true;
        }
    }
}
