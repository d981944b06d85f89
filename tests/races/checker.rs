//! What must hold of a finished run, judged minute by minute.
//!
//! Knows nothing of the product: it is given who held what from when to when, and who was told what.

use std::collections::BTreeMap;
use std::fmt;

/// What did not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invariant {
    /// A minute of a host belongs to at most one booking, buffers included.
    OneHolderPerMinute,
    /// Every time a guest was told is theirs is stored, for exactly the hosts they were told.
    BookedIsStored,
    /// Whoever was told "taken" was told so while somebody held the time.
    TakenIsTrue,
    /// Other times that were named were free when the request came.
    AlternativesWereFree,
    /// A request under one key made at most one booking.
    OneBookingPerKey,
    /// A repeat is answered with the booking it repeats.
    RepeatFindsTheFirst,
    /// A request for a time on offer is booked or told "taken", and nothing else.
    OfferedIsDecided,
    /// Of all answers under one key at most one says that it made the booking.
    OneFreshAnswer,
    /// Whoever asks for a time that nobody else wants is booked.
    FreeIsBooked,
    /// No host has more meetings on one of its own dates than its cap.
    CapHolds,
    /// Everybody who is owed a letter gets one, and only one.
    OneLetterEach,
    /// Work is claimed, and its letters are sent, within two minutes of being due.
    OnTime,
    /// Nobody is reminded of a meeting that has begun.
    NeverTooLate,
    /// Whoever can still be reminded is, once.
    NobodyForgotten,
    /// One piece of work that fails delays no other for long, is set aside, and can be put back.
    PoisonIsAlone,
    /// A request that nobody answered in time is declined.
    SilenceDeclines,
    /// Whatever a host was told became of a request stands, and no sweep undoes it.
    WordStands,
    /// The days of a host say exactly what the bookings say.
    DaysMatchBookings,
    /// Nobody takes a reminder on after its booking was moved or given up.
    NoReminderAfterChange,
    /// Whatever happened is heard of at least once.
    EveryEventIsHeard,
    /// In the end nothing is left owed, and nothing is set aside that was not tried often enough.
    NothingLeft,
    /// A request changes a booking once, however often it is repeated.
    OneChangePerRequest,
    /// Whatever broke, all is as if nothing had, five minutes later.
    SameEnd,
    /// What failed before anybody had taken it on is offered again at once.
    OfferedAgain,
    /// What has expired is absent, whether or not it is still there.
    ExpiredIsAbsent,
}

/// An invariant that did not hold, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub invariant: Invariant,
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.invariant, self.what)
    }
}

pub fn broken(invariant: Invariant, what: impl fmt::Display) -> Violation {
    Violation { invariant, what: what.to_string() }
}

/// A committed booking.
#[derive(Clone, Debug)]
pub struct Held {
    pub booking: String,
    /// Of the request that made it.
    pub key: String,
    pub hosts: Vec<String>,
    /// Reserved minutes since 1970, from and up to: buffers included.
    pub from_min: i64,
    pub to_min: i64,
    /// When it was committed.
    pub step: usize,
}

/// How many of a meeting type's hosts a booking takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    OneOf,
    AllOf,
}

/// One request and what was answered.
#[derive(Clone, Debug)]
pub struct Told {
    pub key: String,
    pub hosts: Vec<String>,
    pub needs: Needs,
    /// What it would reserve.
    pub from_min: i64,
    pub to_min: i64,
    pub asked: usize,
    pub answered: usize,
    pub answer: Answer,
}

/// What was answered.
#[derive(Clone, Debug)]
pub enum Answer {
    Booked {
        fresh: bool,
        booking: String,
        hosts: Vec<String>,
    },
    /// With the other starts, as what they would reserve.
    Taken {
        others: Vec<(i64, i64)>,
    },
    Busy,
    Other(String),
}

/// Every invariant of a run in which all requests were for times on offer.
pub fn judge(held: &[Held], told: &[Told]) -> Result<(), Violation> {
    one_holder_per_minute(held)?;
    one_booking_per_key(held)?;
    booked_is_stored(held, told)?;
    repeats_find_the_first(held, told)?;
    one_fresh_answer(told)?;
    for request in told {
        decided(held, request)?;
    }
    Ok(())
}

pub fn one_holder_per_minute(held: &[Held]) -> Result<(), Violation> {
    let mut owners: BTreeMap<(&str, i64), &str> = BTreeMap::new();
    for booking in held {
        for host in &booking.hosts {
            for minute in booking.from_min..booking.to_min {
                if let Some(other) = owners.insert((host, minute), &booking.booking) {
                    let what = format!("{host} at minute {minute}: {other} and {}", booking.booking);
                    return Err(broken(Invariant::OneHolderPerMinute, what));
                }
            }
        }
    }
    Ok(())
}

fn booked_is_stored(held: &[Held], told: &[Told]) -> Result<(), Violation> {
    for request in told {
        if let Answer::Booked { booking, hosts, .. } = &request.answer {
            let stored = held.iter().any(|held| held.booking == *booking && held.hosts == *hosts);
            if !stored {
                return Err(broken(Invariant::BookedIsStored, booking));
            }
        }
    }
    Ok(())
}

fn one_booking_per_key(held: &[Held]) -> Result<(), Violation> {
    let mut made: BTreeMap<&str, &str> = BTreeMap::new();
    for booking in held {
        if let Some(other) = made.insert(&booking.key, &booking.booking) {
            let what = format!("{}: {other} and {}", booking.key, booking.booking);
            return Err(broken(Invariant::OneBookingPerKey, what));
        }
    }
    Ok(())
}

/// Whoever asked again after the commit is told of the booking, or to come back.
fn repeats_find_the_first(held: &[Held], told: &[Told]) -> Result<(), Violation> {
    for request in told {
        let first = held.iter().find(|held| held.key == request.key && held.step < request.asked);
        let found = match (&request.answer, first) {
            (_, None) | (Answer::Busy, Some(_)) => true,
            (Answer::Booked { booking, .. }, Some(first)) => *booking == first.booking,
            (Answer::Taken { .. } | Answer::Other(_), Some(_)) => false,
        };
        if !found {
            let what = format!("{}: {:?}", request.key, request.answer);
            return Err(broken(Invariant::RepeatFindsTheFirst, what));
        }
    }
    Ok(())
}

fn one_fresh_answer(told: &[Told]) -> Result<(), Violation> {
    let mut made: BTreeMap<&str, usize> = BTreeMap::new();
    for request in told {
        if matches!(&request.answer, Answer::Booked { fresh: true, .. }) {
            *made.entry(&request.key).or_default() += 1;
        }
    }
    match made.iter().find(|(_, count)| **count > 1) {
        Some((key, count)) => Err(broken(Invariant::OneFreshAnswer, format!("{key}: {count}"))),
        None => Ok(()),
    }
}

/// At most `cap` meetings per date, given the date of each on its host's calendar.
pub fn cap_holds(dates: &[String], cap: usize) -> Result<(), Violation> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for date in dates {
        *counts.entry(date).or_default() += 1;
    }
    match counts.iter().find(|(_, count)| **count > cap) {
        Some((date, count)) => Err(broken(Invariant::CapHolds, format!("{date}: {count}"))),
        None => Ok(()),
    }
}

/// For runs in which nobody wants what another wants.
pub fn free_is_booked(told: &[Told]) -> Result<(), Violation> {
    match told.iter().find(|request| !matches!(request.answer, Answer::Booked { .. })) {
        Some(request) => {
            Err(broken(Invariant::FreeIsBooked, format!("{}: {:?}", request.key, request.answer)))
        }
        None => Ok(()),
    }
}

fn decided(held: &[Held], request: &Told) -> Result<(), Violation> {
    match &request.answer {
        Answer::Booked { .. } | Answer::Busy => Ok(()),
        Answer::Other(answer) => {
            Err(broken(Invariant::OfferedIsDecided, format!("{}: {answer}", request.key)))
        }
        Answer::Taken { others } => {
            if !is_held(held, request, (request.from_min, request.to_min), request.answered) {
                return Err(broken(Invariant::TakenIsTrue, &request.key));
            }
            match others.iter().find(|other| is_held(held, request, **other, request.asked)) {
                Some(other) => {
                    let what = format!("{}: {other:?}", request.key);
                    Err(broken(Invariant::AlternativesWereFree, what))
                }
                None => Ok(()),
            }
        }
    }
}

/// Whether bookings that were committed up to a step left no host (or not every host) for a reserved time.
fn is_held(held: &[Held], request: &Told, (from, to): (i64, i64), by: usize) -> bool {
    let meets = |booking: &&Held| booking.step <= by && booking.from_min < to && from < booking.to_min;
    let taken = |host: &String| held.iter().filter(meets).any(|booking| booking.hosts.contains(host));
    match request.needs {
        Needs::OneOf => request.hosts.iter().all(taken),
        Needs::AllOf => request.hosts.iter().any(taken),
    }
}
