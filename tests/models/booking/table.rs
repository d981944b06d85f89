//! What is stored: bookings, host-days, settings and the fence.

use super::time::{DAYS, Wish};

/// How many bookings there can be.
pub const BOOKINGS: usize = 2;

/// A host-day. Version 0 is a day that was never written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Day {
    pub version: u8,
    /// What each booking reserves, if it has an entry here.
    pub entries: [Option<Wish>; BOOKINGS],
}

/// A booking, whatever became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Booking {
    pub revision: u8,
    pub live: bool,
    pub at: Wish,
}

/// What the host has set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    pub version: u8,
    /// Blocked minutes as bits.
    pub blocked: u8,
    /// How far the host's calendar is ahead of UTC.
    pub ahead: u8,
}

/// The items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Table {
    pub bookings: [Option<Booking>; BOOKINGS],
    pub days: [Day; DAYS],
    pub settings: Settings,
    pub fence: u8,
}

impl Table {
    /// A table in which these were booked, one after the other.
    pub fn holding(standing: &[Wish]) -> Self {
        let mut table = Self::default();
        for (id, at) in standing.iter().enumerate() {
            table.bookings[id] = Some(Booking { revision: 0, live: true, at: *at });
            for day in at.reserved().days(0) {
                table.days[day].version += 1;
                table.days[day].entries[id] = Some(*at);
            }
        }
        table
    }

    /// Every live booking has its entry in each UTC day it touches, and there is no other entry.
    pub fn days_match_bookings(&self) -> bool {
        let right = |day: usize, id: usize| {
            let live = self.bookings[id].filter(|booking| booking.live);
            let here = live.filter(|booking| booking.at.reserved().days(0).contains(&day));
            self.days[day].entries[id] == here.map(|booking| booking.at)
        };
        (0..DAYS).all(|day| (0..BOOKINGS).all(|id| right(day, id)))
    }
}
