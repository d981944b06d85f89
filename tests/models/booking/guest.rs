//! Somebody who books, moves or cancels: reads, decides, writes, and tries again if overtaken.

use super::Defect;
use super::table::{BOOKINGS, Booking, Day, Settings, Table};
use super::time::{DAYS, Wish};

/// After so many lost races one gives up: each is like the one before.
const TRIES_MAX: u8 = 2;

/// Somebody under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Actor {
    pub task: Task,
    pub phase: Phase,
    tries: u8,
}

/// What somebody wants. Bookings are named by their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Task {
    Book(usize, Wish),
    Move(usize, Wish),
    Cancel(usize),
}

/// How far somebody has come.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    Reading(Seen),
    /// It may have been written, or refused because of our own booking: only the booking tells.
    Unsure(Doubt),
    Over(Outcome),
}

/// Why somebody has to look at the booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    Unheard,
    Refused,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    Done,
    Refused,
    GaveUp,
}

/// An item that is read for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    Booking,
    Day(usize),
    Settings,
}

/// What was read so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Seen {
    booking: Sight,
    days: [Option<Day>; DAYS],
    settings: Option<Settings>,
}

/// What was seen of the booking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Sight {
    #[default]
    NotYet,
    Stands(Option<Booking>),
}

impl Seen {
    /// What is still to be read. A booking is looked at first by whoever changes it, and not by whoever makes it.
    pub fn missing(&self, task: Task) -> Vec<Item> {
        match task {
            Task::Move(..) | Task::Cancel(_) if self.booking == Sight::NotYet => return vec![Item::Booking],
            Task::Book(..) | Task::Move(..) | Task::Cancel(_) => {}
        }
        let days = (0..DAYS).filter(|day| self.days[*day].is_none()).map(Item::Day);
        days.chain(self.settings.is_none().then_some(Item::Settings)).collect()
    }

    fn day(&self, day: usize) -> Day {
        self.days[day].expect("a decision is taken once everything was read")
    }

    fn settings(&self) -> Settings {
        self.settings.expect("a decision is taken once everything was read")
    }

    fn booking(&self) -> Option<Booking> {
        match self.booking {
            Sight::NotYet => None,
            Sight::Stands(booking) => booking.filter(|booking| booking.live),
        }
    }

    /// Whether nobody but `id` holds a minute of `wish`, and no minute of the meeting is blocked.
    fn grants(&self, id: usize, wish: Wish) -> bool {
        let others = (0..BOOKINGS).filter(|other| *other != id);
        let entries = others.flat_map(|other| (0..DAYS).filter_map(move |day| self.day(day).entries[other]));
        let held = entries.fold(0, |held, entry| held | entry.reserved().minutes());
        !wish.reserved().meets(held) && !wish.core.meets(self.settings().blocked)
    }
}

impl Actor {
    pub fn new(task: Task) -> Self {
        Self { task, phase: Phase::Reading(Seen::default()), tries: 0 }
    }

    pub fn read(&mut self, table: &Table, item: Item) {
        let id = self.task.id();
        let Phase::Reading(seen) = &mut self.phase else { return };
        match item {
            Item::Booking => seen.booking = Sight::Stands(table.bookings[id]),
            Item::Day(day) => seen.days[day] = Some(table.days[day]),
            Item::Settings => seen.settings = Some(table.settings),
        }
    }

    /// A booking may be refused because it stands already: one's own is looked for before saying so.
    pub fn refused(&mut self) {
        self.phase = match self.task {
            Task::Book(..) => Phase::Unsure(Doubt::Refused),
            Task::Move(..) | Task::Cancel(_) => Phase::Over(Outcome::Refused),
        };
    }

    pub fn overtaken(&mut self) {
        self.tries += 1;
        let again = self.tries < TRIES_MAX;
        self.phase = if again { Phase::Reading(Seen::default()) } else { Phase::Over(Outcome::GaveUp) };
    }

    pub fn written(&mut self, heard: bool) {
        self.phase = if heard { Phase::Over(Outcome::Done) } else { Phase::Unsure(Doubt::Unheard) };
    }

    pub fn find_out(&mut self, table: &Table) {
        let Phase::Unsure(doubt) = self.phase else { return };
        match (self.task.is_done(table), doubt) {
            (true, _) => self.phase = Phase::Over(Outcome::Done),
            (false, Doubt::Refused) => self.phase = Phase::Over(Outcome::Refused),
            (false, Doubt::Unheard) => self.overtaken(),
        }
    }

    pub fn is_overtaken(&self) -> bool {
        self.tries > 0
    }
}

impl Task {
    fn id(self) -> usize {
        match self {
            Self::Book(id, _) | Self::Move(id, _) | Self::Cancel(id) => id,
        }
    }

    /// Whether the booking shows that it was carried out.
    fn is_done(self, table: &Table) -> bool {
        let booking = table.bookings[self.id()];
        match self {
            Self::Book(..) => booking.is_some(),
            Self::Move(_, to) => booking.is_some_and(|booking| booking.live && booking.at == to),
            Self::Cancel(_) => booking.is_some_and(|booking| !booking.live),
        }
    }

    /// The transaction, if what was seen allows it.
    pub fn plan(self, seen: &Seen, defect: Defect) -> Option<Plan> {
        match self {
            Self::Book(id, wish) => {
                let booking = Booking { revision: 0, live: true, at: wish };
                seen.grants(id, wish).then(|| Plan::new(id, None, booking, seen, defect))
            }
            Self::Move(id, wish) => {
                let read = seen.booking().filter(|booking| booking.at != wish)?;
                let booking = Booking { revision: read.revision + 1, live: true, at: wish };
                seen.grants(id, wish).then(|| Plan::new(id, Some(read), booking, seen, defect))
            }
            Self::Cancel(id) => {
                let read = seen.booking()?;
                let booking = Booking { revision: read.revision + 1, live: false, ..read };
                Some(Plan::new(id, Some(read), booking, seen, defect))
            }
        }
    }
}

/// What is written together, and what it relies on.
pub struct Plan {
    id: usize,
    read: Option<Booking>,
    pub booking: Booking,
    /// The days to be written, with the version that was read.
    days: Vec<(usize, u8, Day)>,
    /// The fence must show this; a cancel needs none.
    fence: Option<u8>,
}

impl Plan {
    fn new(id: usize, read: Option<Booking>, booking: Booking, seen: &Seen, defect: Defect) -> Self {
        let new = if booking.live { dates(booking.at, seen, defect) } else { Vec::new() };
        let old = read.map(|read| dates(read.at, seen, defect)).unwrap_or_default();
        let left = booking.live && defect == Defect::OldDayLeft;
        let write = |day: usize| {
            let stored = seen.day(day);
            let mut written = Day { version: stored.version + 1, ..stored };
            written.entries[id] = new.contains(&day).then_some(booking.at);
            (day, stored.version, written)
        };
        let is_written = |day: &usize| new.contains(day) || (old.contains(day) && !left);
        let days = (0..DAYS).filter(is_written).map(write).collect();
        let fence = booking.live.then_some(seen.settings().version);
        Self { id, read, booking, days, fence }
    }

    /// Whether it reserves time, as a cancel does not.
    pub fn holds_time(&self) -> bool {
        self.booking.live
    }

    /// Whether everything it relies on is as it was read.
    pub fn stands(&self, table: &Table, defect: Defect) -> bool {
        let is_move = self.read.is_some();
        let fence_stands = match defect {
            Defect::NoFence => true,
            Defect::MoveWithoutFence if is_move => true,
            // It looks at a version that the edits leave as it was.
            Defect::FenceElsewhere => table.fence == 0,
            Defect::None
            | Defect::NoDayCondition
            | Defect::FirstDayOnly
            | Defect::CoreDaysOnly
            | Defect::LocalDate
            | Defect::OldDayLeft
            | Defect::EmptyDayRemoved
            | Defect::MoveWithoutFence => self.fence.is_none_or(|fence| table.fence == fence),
        };
        let days_stand = self.days.iter().all(|(day, read, _)| table.days[*day].version == *read);
        fence_stands
            && (days_stand || defect == Defect::NoDayCondition)
            && table.bookings[self.id] == self.read
    }

    pub fn write(&self, table: &mut Table, defect: Defect) {
        table.bookings[self.id] = Some(self.booking);
        for (day, _, written) in &self.days {
            let is_empty = written.entries.iter().all(Option::is_none);
            let removed = is_empty && defect == Defect::EmptyDayRemoved;
            table.days[*day] = if removed { Day::default() } else { *written };
        }
    }
}

/// The days that get an entry.
fn dates(wish: Wish, seen: &Seen, defect: Defect) -> Vec<usize> {
    let reserved = wish.reserved();
    match defect {
        Defect::FirstDayOnly => reserved.days(0).take(1).collect(),
        Defect::CoreDaysOnly => wish.core.days(0).collect(),
        Defect::LocalDate => reserved.days(seen.settings().ahead).collect(),
        Defect::None
        | Defect::NoDayCondition
        | Defect::NoFence
        | Defect::FenceElsewhere
        | Defect::OldDayLeft
        | Defect::EmptyDayRemoved
        | Defect::MoveWithoutFence => reserved.days(0).collect(),
    }
}
