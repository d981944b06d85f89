//! The worlds that are walked through.

use stateright::Property;

use super::guest::{Actor, Outcome, Phase, Task};
use super::time::{Wish, all_wishes};
use super::{Defect, Edit, Protocol, State};

/// The second day.
const TOMORROW: u8 = 0b1100;

/// What the host does meanwhile, wherever there is an editor.
fn edits() -> Vec<Edit> {
    vec![Edit::Block(TOMORROW), Edit::Zone(1)]
}

/// Any two wishes at once, while the host blocks tomorrow and then moves to another zone.
pub fn two_guests(defect: Defect) -> Protocol {
    let wishes = all_wishes();
    let mut begins = Vec::new();
    for (place, first) in wishes.iter().enumerate() {
        // The two are alike, so that an order between them would be the same world twice.
        for second in &wishes[place..] {
            begins.push(begin(&[], &[Task::Book(0, *first), Task::Book(1, *second)]));
        }
    }
    let happens = vec![
        Property::<Protocol>::sometimes("BothAreBooked", |_, state| state.live().count() == 2),
        Property::<Protocol>::sometimes("OneIsRefused", |_, state| {
            state.actors.iter().any(|actor| actor.phase == Phase::Over(Outcome::Refused))
        }),
        Property::<Protocol>::sometimes("OneIsOvertakenAndBooked", |_, state| {
            state.actors.iter().any(|actor| actor.is_overtaken() && actor.phase == Phase::Over(Outcome::Done))
        }),
    ];
    Protocol { defect, edits: edits(), begins, happens }
}

/// A booking that stands is moved to any time while the host blocks tomorrow and then moves to another zone.
pub fn moved_and_edited(defect: Defect) -> Protocol {
    let wishes = all_wishes();
    let mut begins = Vec::new();
    for standing in &wishes {
        begins.extend(wishes.iter().map(|to| begin(&[*standing], &[Task::Move(0, *to)])));
    }
    let happens = vec![
        Property::<Protocol>::sometimes("Moved", |_, state| revision(state) == 1),
        Property::<Protocol>::sometimes("OvertakenAndMoved", |_, state| {
            revision(state) == 1 && state.actors[0].is_overtaken()
        }),
    ];
    Protocol { defect, edits: edits(), begins, happens }
}

/// A booking that stands is moved twice at once, or moved and cancelled, while somebody else wants a time.
pub fn changed_twice(defect: Defect) -> Protocol {
    let wishes = [Wish::new(0, 1), Wish::new(1, 2), Wish::with_buffers(1, 2, 0, 1), Wish::new(2, 3)];
    let mut begins = Vec::new();
    for standing in wishes {
        for wanted in wishes {
            for (place, to) in wishes.iter().enumerate() {
                let others = wishes[place..].iter().map(|other| Task::Move(0, *other));
                for other in others.chain([Task::Cancel(0)]) {
                    begins.push(begin(&[standing], &[Task::Move(0, *to), other, Task::Book(1, wanted)]));
                }
            }
        }
    }
    let happens = vec![
        Property::<Protocol>::sometimes("MovedTwice", |_, state| {
            revision(state) == 2 && state.live().count() == 2
        }),
        Property::<Protocol>::sometimes("MovedAndCancelled", |_, state| {
            revision(state) == 2 && state.live().count() == 0
        }),
        Property::<Protocol>::sometimes("CancelledAndBooked", |_, state| {
            revision(state) == 1
                && state.live().count() == 1
                && state.actors[2].phase == Phase::Over(Outcome::Done)
        }),
    ];
    Protocol { defect, edits: Vec::new(), begins, happens }
}

fn begin(standing: &[Wish], tasks: &[Task]) -> State {
    State::new(standing, tasks.iter().map(|task| Actor::new(*task)).collect())
}

fn revision(state: &State) -> u8 {
    state.table.bookings[0].map_or(0, |booking| booking.revision)
}
