//! One run of a function over one piece of work.

use super::work::{Booking, Key, Readiness, Work};
use super::{ATTEMPTS_MAX, Action, Defect, Event, GRACE, Protocol, State};

/// A worker, and how far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Worker {
    Idle,
    /// At work since it read the clock.
    Busy {
        key: Key,
        since: u8,
        stage: Stage,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    Reading {
        work: Sight,
        booking: Option<Booking>,
    },
    Holding(Work),
    /// The mail service has said something.
    Heard(Work, Said),
}

/// What was seen of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sight {
    NotYet,
    Stands(Option<Work>),
}

/// What the mail service's answer was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Said {
    Taken,
    /// No answer, and no letter left.
    Failed,
    /// No answer, and the letter left all the same.
    TakenUnheard,
    /// Never.
    Refused,
}

impl Worker {
    pub fn taking(key: Key, now: u8) -> Self {
        Self::Busy { key, since: now, stage: Stage::Reading { work: Sight::NotYet, booking: None } }
    }

    /// When it read the clock.
    pub fn since(&self) -> Option<u8> {
        match self {
            Self::Idle => None,
            Self::Busy { since, .. } => Some(*since),
        }
    }

    pub fn read_work(&mut self, state: &State) {
        if let Self::Busy { key, stage: Stage::Reading { work, .. }, .. } = self {
            *work = Sight::Stands(state.work.get(key).copied());
        }
    }

    pub fn read_booking(&mut self, state: &State) {
        if let Self::Busy { stage: Stage::Reading { booking, .. }, .. } = self {
            *booking = Some(state.booking);
        }
    }
}

impl Protocol {
    pub(super) fn worker_actions(&self, state: &State, place: usize, actions: &mut Vec<Action>) {
        let Worker::Busy { key, stage, .. } = state.workers[place] else {
            let takeable = state.work.keys().filter(|key| self.is_there_to_take(state, **key));
            actions.extend(takeable.map(|key| Action::Take(place, *key)));
            return;
        };
        match stage {
            Stage::Reading { work, booking } => {
                let is_ahead = work == Sight::NotYet;
                actions.extend(is_ahead.then_some(Action::ReadWork(place)));
                actions.extend(booking.is_none().then_some(Action::ReadBooking(place)));
                actions.extend((!is_ahead && booking.is_some()).then_some(Action::Claim(place)));
            }
            Stage::Holding(_) if key.kind.part().is_some() => actions.push(Action::Split(place)),
            Stage::Holding(_) => {
                actions.push(Action::Send(place, Said::Taken));
                if state.faults_left > 0 {
                    let faults = [Said::Failed, Said::TakenUnheard, Said::Refused];
                    actions.extend(faults.map(|said| Action::Send(place, said)));
                }
            }
            Stage::Heard(..) => actions.push(Action::Note(place)),
        }
        if state.faults_left > 0 {
            actions.push(Action::Crash(place));
        }
    }

    /// By what was read: the transaction that claims, or what clears away.
    pub(super) fn claim(&self, state: &mut State, place: usize) -> Option<()> {
        let Worker::Busy { key, since, stage: Stage::Reading { work, booking } } = state.workers[place]
        else {
            return None;
        };
        state.workers[place] = Worker::Idle;
        let (Sight::Stands(work), Some(booking)) = (work, booking) else { return None };
        let Some(read) = work else { return Some(()) };
        match (read.readiness(since, self.defect), booking.owes(key, since)) {
            (Readiness::Paid, _) | (Readiness::NotYet | Readiness::GiveUp | Readiness::Ready, false) => {
                state.work.remove(&key);
            }
            (Readiness::NotYet, true) => {}
            (Readiness::GiveUp, true) => self.park(state, key),
            (Readiness::Ready, true) => {
                if let Some(claimed) = self.lease(state, key, since, read, booking) {
                    state.workers[place] = Worker::Busy { key, since, stage: Stage::Holding(claimed) };
                }
            }
        }
        Some(())
    }

    /// Takes the work as it was read, while its booking stands as it was read.
    fn lease(&self, state: &mut State, key: Key, since: u8, read: Work, booking: Booking) -> Option<Work> {
        let claimed = read.claimed(since);
        if self.defect == Defect::NoClaim {
            return Some(claimed);
        }
        if state.booking != booking && self.defect != Defect::ReadThenClaim {
            state.work.remove(&key);
            return None;
        }
        let stored = state.work.get_mut(&key)?;
        let is_confirmed = stored.ack && self.defect != Defect::AckIgnored;
        if !stored.is_held_as(read) || is_confirmed {
            return None;
        }
        *stored = claimed;
        if self.defect == Defect::PaidFirst {
            state.work.remove(&key);
        }
        let is_reminder = !key.kind.is_news();
        state.late_claim |= is_reminder && !state.booking.owes(key, since);
        Some(claimed)
    }

    /// Sets aside what is still owed and unconfirmed.
    fn park(&self, state: &mut State, key: Key) {
        let is_hopeless = |work: &Work| !work.ack || self.defect == Defect::AckIgnored;
        if state.work.get(&key).is_some_and(is_hopeless) {
            state.work.remove(&key);
            state.parked.insert(key);
        }
    }

    pub(super) fn split(&self, state: &mut State, place: usize) {
        let Worker::Busy { key, stage: Stage::Holding(claimed), .. } = state.workers[place] else { return };
        state.workers[place] = Worker::Idle;
        if self.is_ours(state, key, claimed) {
            state.work.remove(&key);
            if let Some(kind) = key.kind.part() {
                state.owe(Key { due: state.now, kind, ..key });
            }
        }
    }

    pub(super) fn send(&self, state: &mut State, place: usize, said: Said) {
        let Worker::Busy { key, since, stage: Stage::Holding(claimed) } = state.workers[place] else {
            return;
        };
        state.workers[place] = Worker::Busy { key, since, stage: Stage::Heard(claimed, said) };
        match said {
            Said::Taken => {}
            Said::Failed | Said::TakenUnheard | Said::Refused => state.faults_left -= 1,
        }
        match said {
            Said::Taken | Said::TakenUnheard => {
                *state.sent.entry((key.revision, key.kind)).or_default() += 1;
                let by = if self.defect == Defect::EventLate { self.horizon } else { state.now + GRACE };
                state.events.insert(Event { key, by, heard: false });
            }
            Said::Failed | Said::Refused => {}
        }
    }

    pub(super) fn note(&self, state: &mut State, place: usize) {
        let Worker::Busy { key, since, stage: Stage::Heard(claimed, said) } = state.workers[place] else {
            return;
        };
        state.workers[place] = Worker::Idle;
        let gives_up = claimed.attempts >= ATTEMPTS_MAX && self.defect == Defect::ParkAtOnce;
        match said {
            Said::Taken => {
                if self.is_ours(state, key, claimed) {
                    state.work.remove(&key);
                }
            }
            Said::Refused => self.park(state, key),
            Said::Failed | Said::TakenUnheard if gives_up => self.park(state, key),
            Said::Failed | Said::TakenUnheard => {
                let is_ours = self.is_ours(state, key, claimed);
                if let Some(work) = state.work.get_mut(&key).filter(|_| is_ours) {
                    work.lease = None;
                    work.not_before = claimed.retry_at(since, self.defect);
                }
            }
        }
    }

    /// Whether the claim holds. Where there are no claims, whoever is at work thinks so.
    fn is_ours(&self, state: &State, key: Key, claimed: Work) -> bool {
        let is_held = |work: &Work| work.is_held_as(claimed) || self.defect == Defect::NoClaim;
        state.work.get(&key).is_some_and(is_held)
    }
}
