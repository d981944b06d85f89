//! What happened in a world, in plain numbers: all that is known to whoever judges it.

use std::collections::BTreeMap;

/// Everything that happened so far.
#[derive(Clone, Default)]
pub struct Notebook {
    /// In the order of their commits.
    pub revisions: Vec<Revision>,
    /// Where in `revisions` each booking's last one is.
    pub current: BTreeMap<u128, usize>,
    /// How often each letter went out.
    pub sent: BTreeMap<Piece, u32>,
    /// Letters that went to somebody who was not meant.
    pub misdirected: Vec<Piece>,
    /// How often each event was heard.
    pub heard: BTreeMap<Piece, u32>,
    /// Reminders that somebody took on.
    pub claimed: Vec<Claimed>,
    /// Work that was set aside, and after how many tries.
    pub parked: BTreeMap<Piece, u32>,
    /// How many requests to change a booking were made, by booking.
    pub asked: BTreeMap<u128, u32>,
    /// When anything was written, sent or heard, in milliseconds since 1970.
    pub last_ms: i64,
    /// Raised with every such thing.
    pub number: u64,
}

/// A booking as it stood from one commit to the next.
#[derive(Clone, Debug)]
pub struct Revision {
    pub booking: u128,
    pub number: u32,
    pub stands: Stands,
    pub start_s: i64,
    /// What it reserves, buffers included.
    pub from_s: i64,
    pub to_s: i64,
    pub hosts: Vec<u8>,
    pub people: Vec<(Who, String)>,
    /// The reminders of its meeting type, in minutes before the start.
    pub reminders_mins: Vec<u32>,
    /// When it was decided on, with which reminders; and when it was committed.
    pub decided_ms: i64,
    pub at_ms: i64,
    /// When the next one took its place.
    pub until_ms: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    Confirmed,
    Pending,
    Over,
}

/// A piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    pub booking: u128,
    pub revision: u32,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Announce,
    Letter(Who),
    Event,
    Remind(u32),
    Reminder(u32, Who),
    Reminded(u32),
    Lapse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Attendee,
    Guest(u8),
    Host(u8),
}

/// A reminder that somebody took on, and how its booking stood then.
#[derive(Clone, Copy, Debug)]
pub struct Claimed {
    pub piece: Piece,
    pub at_ms: i64,
    pub revision: u32,
    pub stands: Stands,
    pub start_s: i64,
}

/// What one UTC day of a host holds for a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub host: u8,
    /// Days since 1970.
    pub day: i64,
    pub booking: u128,
    pub from_s: i64,
    pub to_s: i64,
    pub pending: bool,
}

impl Notebook {
    /// A booking was made or changed.
    pub fn commit(&mut self, revision: Revision) {
        let place = self.revisions.len();
        if let Some(last) = self.current.insert(revision.booking, place) {
            self.revisions[last].until_ms = revision.at_ms;
        }
        self.revisions.push(revision);
    }

    /// As each booking stands.
    pub fn standing(&self) -> impl Iterator<Item = &Revision> {
        self.current.values().map(|place| &self.revisions[*place])
    }

    pub fn last_of(&self, booking: u128) -> Option<&Revision> {
        self.current.get(&booking).map(|place| &self.revisions[*place])
    }

    pub fn letter(&mut self, piece: Piece, to: &str) {
        let meant = self.revisions.iter().find(|revision| revision.is_of(&piece));
        let who = match piece.what {
            What::Letter(who) | What::Reminder(_, who) => Some(who),
            What::Announce | What::Event | What::Remind(_) | What::Reminded(_) | What::Lapse => None,
        };
        let is_meant = |(person, address): &(Who, String)| Some(*person) == who && address == to;
        if !meant.is_some_and(|revision| revision.people.iter().any(is_meant)) {
            self.misdirected.push(piece);
        }
        *self.sent.entry(piece).or_default() += 1;
    }

    /// Something happened.
    pub fn note(&mut self, at_ms: i64) {
        self.last_ms = at_ms;
        self.number += 1;
    }
}

impl Revision {
    pub fn piece(&self, what: What) -> Piece {
        Piece { booking: self.booking, revision: self.number, what }
    }

    pub fn is_of(&self, piece: &Piece) -> bool {
        self.booking == piece.booking && self.number == piece.revision
    }

    /// When a reminder is due, if it was still to come when this was decided on.
    pub fn due_ms(&self, mins: u32) -> Option<i64> {
        let due_ms = (self.start_s - i64::from(mins) * 60) * 1000;
        (self.stands == Stands::Confirmed && due_ms > self.decided_ms).then_some(due_ms)
    }
}
