//! The worlds that are walked through.

use std::collections::{BTreeMap, BTreeSet};

use stateright::Property;

use super::work::{Booking, Key, Kind};
use super::worker::Worker;
use super::{Defect, Owes, Protocol, State};

/// Behind everything that happens.
const NEVER: u8 = u8::MAX;

/// A booking was made, everybody is to be told of it, and more goes wrong than there are tries.
pub fn news(defect: Defect) -> Protocol {
    let begin =
        State { faults_left: 3, changes_left: 0, ..begin(Key { due: 0, revision: 0, kind: Kind::News }) };
    Protocol { defect, begin, horizon: 19, changes_until: 0, owes: Owes::News, happens: outcomes() }
}

/// The same, while the booking is moved or cancelled.
pub fn old_news(defect: Defect) -> Protocol {
    let begin = State { faults_left: 1, ..begin(Key { due: 0, revision: 0, kind: Kind::News }) };
    let happens = vec![
        Property::<Protocol>::sometimes("BothRevisionsAreTold", |_, state| state.sent.len() == 2),
        Property::<Protocol>::sometimes("OnlyTheLastIsTold", |_, state| {
            state.work.is_empty() && state.sent.keys().all(|(revision, _)| *revision == 1)
        }),
    ];
    Protocol { defect, begin, horizon: 16, changes_until: 2, owes: Owes::News, happens }
}

/// A reminder is to come, while the booking is moved or cancelled.
pub fn reminder(defect: Defect) -> Protocol {
    let begin = begin(Key { due: 1, revision: 0, kind: Kind::Remind });
    let mut happens = outcomes();
    happens.push(Property::<Protocol>::sometimes("ACancelLeavesNothing", |_, state| {
        !state.booking.is_confirmed && state.work.is_empty() && state.sent.is_empty()
    }));
    Protocol { defect, begin, horizon: 19, changes_until: 3, owes: Owes::Reminder, happens }
}

/// A reminder comes due shortly before the meeting begins.
pub fn late_reminder(defect: Defect) -> Protocol {
    let mut begin = begin(Key { due: 1, revision: 0, kind: Kind::Remind });
    begin.booking.begins = 5;
    begin.changes_left = 0;
    let happens = vec![
        Property::<Protocol>::sometimes("ItIsDropped", |_, state| {
            state.now >= state.booking.begins && state.work.is_empty() && state.sent.is_empty()
        }),
        Property::<Protocol>::sometimes("ItIsSent", |_, state| !state.sent.is_empty()),
    ];
    Protocol { defect, begin, horizon: 16, changes_until: 0, owes: Owes::Reminder, happens }
}

/// A meeting far ahead that owes one piece of work.
fn begin(owed: Key) -> State {
    let mut state = State {
        now: 0,
        booking: Booking { revision: 0, is_confirmed: true, begins: NEVER },
        work: BTreeMap::new(),
        parked: BTreeSet::new(),
        workers: [Worker::Idle; 2],
        events: BTreeSet::new(),
        sent: BTreeMap::new(),
        faults_left: 2,
        changes_left: 1,
        late_claim: false,
    };
    state.owe(owed);
    state
}

/// What must happen somewhere, so that what always holds is not held by nothing happening.
fn outcomes() -> Vec<Property<Protocol>> {
    vec![
        Property::<Protocol>::sometimes("ConfirmedByTheMailServiceOnly", |_, state| {
            let is_busy = state.workers.iter().any(|worker| *worker != Worker::Idle);
            !is_busy && state.work.values().any(|work| work.ack)
        }),
        Property::<Protocol>::sometimes("SentAtTheSecondTry", |_, state| {
            state.faults_left == 1
                && !state.sent.is_empty()
                && state.work.values().any(|work| work.attempts == 2)
        }),
        Property::<Protocol>::sometimes("Parked", |_, state| !state.parked.is_empty()),
        Property::<Protocol>::sometimes("HeardTooLate", |_, state| {
            state.work.is_empty() && state.events.iter().any(|event| !event.heard)
        }),
    ]
}
