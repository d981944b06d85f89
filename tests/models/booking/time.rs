//! Two UTC days of two minutes each: long enough for everything that can meet, cross midnight or stay apart.

use std::ops::RangeInclusive;

pub const DAYS: usize = 2;
pub const DAY_MINUTES: u8 = 2;
pub const MINUTES: u8 = 4;

/// Half-open, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub from: u8,
    pub to: u8,
}

impl Span {
    /// Its minutes as bits.
    pub fn minutes(self) -> u8 {
        (self.from..self.to).fold(0, |bits, minute| bits | 1 << minute)
    }

    /// Whether it has one of these minutes.
    pub fn meets(self, minutes: u8) -> bool {
        self.minutes() & minutes != 0
    }

    /// The days it touches on a calendar that is so many minutes ahead, and whose last day goes on.
    pub fn days(self, ahead: u8) -> RangeInclusive<usize> {
        let day = |minute: u8| usize::from((minute + ahead) / DAY_MINUTES).min(DAYS - 1);
        day(self.from)..=day(self.to - 1)
    }
}

/// When somebody wants to meet, and what is kept free around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wish {
    pub core: Span,
    pub before: u8,
    pub after: u8,
}

impl Wish {
    pub fn new(from: u8, to: u8) -> Self {
        Self { core: Span { from, to }, before: 0, after: 0 }
    }

    pub fn with_buffers(from: u8, to: u8, before: u8, after: u8) -> Self {
        Self { before, after, ..Self::new(from, to) }
    }

    pub fn reserved(self) -> Span {
        Span { from: self.core.from - self.before, to: self.core.to + self.after }
    }
}

/// Every wish of one or two minutes with buffers of at most one, as far as it fits the two days.
pub fn all_wishes() -> Vec<Wish> {
    let mut wishes = Vec::new();
    for from in 0..MINUTES {
        for lasting in 1..=2 {
            for (before, after) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                if from >= before && from + lasting + after <= MINUTES {
                    wishes.push(Wish::with_buffers(from, from + lasting, before, after));
                }
            }
        }
    }
    wishes
}
