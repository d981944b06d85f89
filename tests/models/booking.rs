//! How time is held: what `usecases::create_booking`, `domain::booking::plan`, `domain::booking::change` and
//! `adapters/dynamodb::bookings` do together, and what `save_host` of `adapters/dynamodb::hosts` does meanwhile.
//!
//! One host with two UTC days. A guest reads the days and the settings item by item, in any order, because a query
//! is only read-committed as a whole; decides; and writes one transaction whose conditions are the versions of the
//! days it writes, the booking as it was read, and the fence. The answer may be lost, and anybody may stop for good
//! after any step. The host's edits move the fence in their own transaction and are acknowledged later.

mod guest;
mod scenes;
mod table;
mod time;
mod twins;

use stateright::{Model, Property};

use guest::{Actor, Item, Phase};
use table::{Booking, Settings, Table};
use time::Wish;

/// What is left out, one thing at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Defect {
    /// Nothing.
    None,
    /// Days are written whatever their version.
    NoDayCondition,
    /// The fence is not checked.
    NoFence,
    /// An edit moves a version that no booking checks.
    FenceElsewhere,
    /// Only the first UTC day of a reserved time gets an entry.
    FirstDayOnly,
    /// Only the days of the meeting itself get an entry, not those of its buffers.
    CoreDaysOnly,
    /// Entries stand in days of the host's calendar, which move with the zone.
    LocalDate,
    /// A move leaves the days alone that only the old time touched.
    OldDayLeft,
    /// A day without entries is removed, so that its version begins again.
    EmptyDayRemoved,
    /// A move is written without looking at the fence.
    MoveWithoutFence,
}

/// Everything there is at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    table: Table,
    actors: Vec<Actor>,
    /// How many of the edits have been written.
    edits_saved: u8,
    /// The settings whose "saved" the host has seen.
    seen_saved: Settings,
    /// Something was booked that settings forbid whose "saved" the host had seen.
    blocked_was_booked: bool,
}

/// What can happen next. Numbers are places in the list of actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Somebody reads one item.
    Read(usize, Item),
    /// Somebody decides on what was read, and writes it if it can be.
    Commit(usize),
    /// The same, and the answer is lost.
    CommitUnheard(usize),
    /// Somebody who does not know whether it was written reads the booking.
    FindOut(usize),
    /// The host's next edit is written.
    Save,
    /// The host sees that it was.
    SeeSaved,
}

/// An edit of the host's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// These minutes, as bits, are blocked from now on.
    Block(u8),
    /// The host moves to a zone that is so many minutes ahead.
    Zone(u8),
}

/// Small worlds and what is wrong with them.
pub struct Protocol {
    defect: Defect,
    edits: Vec<Edit>,
    begins: Vec<State>,
    /// What must happen somewhere, so that what always holds is not held by nothing happening.
    happens: Vec<Property<Self>>,
}

impl State {
    /// A world in which nothing has happened but that `standing` was booked.
    fn new(standing: &[Wish], actors: Vec<Actor>) -> Self {
        let table = Table::holding(standing);
        let seen_saved = table.settings;
        Self { table, actors, edits_saved: 0, seen_saved, blocked_was_booked: false }
    }

    fn live(&self) -> impl Iterator<Item = &Booking> {
        self.table.bookings.iter().flatten().filter(|booking| booking.live)
    }

    /// Whether the host was told that the edit before the next one is saved.
    fn all_seen(&self) -> bool {
        self.seen_saved.version == self.table.settings.version
    }
}

impl Model for Protocol {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        self.begins.clone()
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for (place, actor) in state.actors.iter().enumerate() {
            match &actor.phase {
                Phase::Reading(seen) => match seen.missing(actor.task).as_slice() {
                    [] => actions.extend([Action::Commit(place), Action::CommitUnheard(place)]),
                    missing => actions.extend(missing.iter().map(|item| Action::Read(place, *item))),
                },
                Phase::Unsure(_) => actions.push(Action::FindOut(place)),
                Phase::Over(_) => {}
            }
        }
        if !state.all_seen() {
            actions.push(Action::SeeSaved);
        } else if usize::from(state.edits_saved) < self.edits.len() {
            actions.push(Action::Save);
        }
    }

    fn next_state(&self, before: &State, action: Action) -> Option<State> {
        let mut state = before.clone();
        match action {
            Action::Read(place, item) => state.actors[place].read(&before.table, item),
            Action::Commit(place) => self.commit(&mut state, place, true)?,
            Action::CommitUnheard(place) => self.commit(&mut state, place, false)?,
            Action::FindOut(place) => state.actors[place].find_out(&before.table),
            Action::Save => self.save(&mut state),
            Action::SeeSaved => state.seen_saved = before.table.settings,
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut properties = vec![
            Property::<Self>::always("OneHolderPerMinute", |_, state| one_holder_per_minute(state)),
            Property::<Self>::always("BlockedMeansBlocked", |_, state| !state.blocked_was_booked),
            Property::<Self>::always("DaysMatchBookings", |_, state| state.table.days_match_bookings()),
        ];
        properties.extend(self.happens.iter().cloned());
        properties
    }
}

impl Protocol {
    fn save(&self, state: &mut State) {
        let settings = &mut state.table.settings;
        settings.version += 1;
        match self.edits[usize::from(state.edits_saved)] {
            Edit::Block(minutes) => settings.blocked |= minutes,
            Edit::Zone(ahead) => settings.ahead = ahead,
        }
        if self.defect != Defect::FenceElsewhere {
            state.table.fence = settings.version;
        }
        state.edits_saved += 1;
    }

    /// Decides and writes. `None` where this would be no step: an answer that is lost matters only if something
    /// was written.
    fn commit(&self, state: &mut State, place: usize, heard: bool) -> Option<()> {
        let actor = &mut state.actors[place];
        let Phase::Reading(seen) = &actor.phase else { return None };
        let Some(plan) = actor.task.plan(seen, self.defect) else {
            actor.refused();
            return heard.then_some(());
        };
        if !plan.stands(&state.table, self.defect) {
            actor.overtaken();
            return heard.then_some(());
        }
        if plan.holds_time() && plan.booking.at.core.meets(state.seen_saved.blocked) {
            state.blocked_was_booked = true;
        }
        plan.write(&mut state.table, self.defect);
        actor.written(heard);
        Some(())
    }
}

fn one_holder_per_minute(state: &State) -> bool {
    let mut held = 0;
    state.live().all(|booking| {
        let minutes = booking.at.reserved().minutes();
        let free = held & minutes == 0;
        held |= minutes;
        free
    })
}
