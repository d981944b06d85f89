//! What must hold of a world, after each step and at its end. Knows nothing of the product, only its notebook.

use super::notebook::{Claimed, Entry, Notebook, Piece, Revision, Stands, What, Who};
use crate::checker::{Invariant, Violation, broken};

const DAY_S: i64 = 24 * 60 * 60;
/// Whatever stands for so long is told to everybody, however often telling it fails: unless it was set aside, which
/// takes more than a quarter of an hour.
const LONG_MS: i64 = 30 * 60 * 1000;
/// After so many tries work may be set aside.
const TRIES: u32 = 5;

/// Every live booking stands once in each UTC day of each of its hosts, nothing else does, and no two overlap.
pub fn times_are_held_once(notebook: &Notebook, entries: &[Entry]) -> Result<(), Violation> {
    let mut wanted: Vec<Entry> = notebook.standing().flat_map(wanted).collect();
    let mut held = entries.to_vec();
    wanted.sort_unstable();
    held.sort_unstable();
    if wanted != held {
        return Err(broken(Invariant::DaysMatchBookings, format!("{held:?}, wanted {wanted:?}")));
    }
    let others = |place: usize| entries[..place].iter();
    for (place, entry) in entries.iter().enumerate() {
        let meets = |other: &&Entry| {
            let apart = other.to_s <= entry.from_s || entry.to_s <= other.from_s;
            other.host == entry.host && other.booking != entry.booking && !apart
        };
        if let Some(other) = others(place).find(meets) {
            return Err(broken(Invariant::OneHolderPerMinute, format!("{entry:?} and {other:?}")));
        }
    }
    Ok(())
}

fn wanted(revision: &Revision) -> impl Iterator<Item = Entry> {
    let Revision { booking, from_s, to_s, stands, .. } = *revision;
    let days = from_s.div_euclid(DAY_S)..=(to_s - 1).div_euclid(DAY_S);
    let hosts = revision.hosts.iter().filter(move |_| stands != Stands::Over);
    let pending = stands == Stands::Pending;
    hosts.flat_map(move |host| {
        days.clone().map(move |day| Entry { host: *host, day, booking, from_s, to_s, pending })
    })
}

/// What a booking owes as it stands is owed, or was done: its news, and its reminders until it begins.
pub fn news_is_owed(notebook: &Notebook, owed: &[Piece], now_ms: i64) -> Result<(), Violation> {
    for revision in notebook.standing() {
        if let Some(piece) = forgotten(notebook, revision, owed, now_ms) {
            return Err(broken(Invariant::NobodyForgotten, format!("{piece:?} is neither owed nor done")));
        }
    }
    Ok(())
}

fn forgotten(notebook: &Notebook, revision: &Revision, owed: &[Piece], now_ms: i64) -> Option<Piece> {
    let is_owed = |what: What| owed.contains(&revision.piece(what));
    let is_done = |what: What| {
        let piece = revision.piece(what);
        is_owed(what) || notebook.sent.contains_key(&piece) || notebook.heard.contains_key(&piece)
    };
    let parts = |letter: fn(u32, Who) -> What, mins: u32, event: What| {
        let letters = revision.people.iter().map(move |(who, _)| letter(mins, *who));
        letters.chain([event]).find(|what| !is_done(*what))
    };
    let mut missing = None;
    if !is_owed(What::Announce) {
        missing = parts(|_, who| What::Letter(who), 0, What::Event);
    }
    for mins in &revision.reminders_mins {
        let still_to_come = revision.due_ms(*mins).is_some() && now_ms < revision.start_s * 1000;
        if still_to_come && !is_owed(What::Remind(*mins)) {
            missing = missing.or(parts(What::Reminder, *mins, What::Reminded(*mins)));
        }
    }
    if revision.stands == Stands::Pending && !is_owed(What::Lapse) {
        missing = missing.or(Some(What::Lapse));
    }
    missing.map(|what| revision.piece(what))
}

/// A reminder is taken on only while its booking stands as it did when the reminder came to be owed, and has not
/// begun.
pub fn claimed_in_time(claimed: &Claimed) -> Result<(), Violation> {
    if claimed.revision != claimed.piece.revision || claimed.stands != Stands::Confirmed {
        return Err(broken(Invariant::NoReminderAfterChange, format!("{claimed:?}")));
    }
    if claimed.at_ms >= claimed.start_s * 1000 {
        return Err(broken(Invariant::NeverTooLate, format!("{claimed:?}")));
    }
    Ok(())
}

/// Everything that must hold at the end, when whatever had begun is over and nothing breaks any more.
pub fn at_the_end(notebook: &Notebook, owed: &[Piece]) -> Result<(), Violation> {
    if let Some(piece) = owed.first() {
        return Err(broken(Invariant::NothingLeft, format!("{piece:?}")));
    }
    if let Some(piece) = notebook.misdirected.first() {
        return Err(broken(Invariant::OneLetterEach, format!("{piece:?} went to somebody else")));
    }
    if let Some((piece, tries)) = notebook.parked.iter().find(|(_, tries)| **tries < TRIES) {
        return Err(broken(Invariant::NothingLeft, format!("{piece:?} was parked after {tries} tries")));
    }
    for revision in &notebook.revisions {
        everybody_was_told(notebook, revision)?;
        everybody_was_reminded(notebook, revision)?;
    }
    letters_are_of_revisions(notebook)?;
    one_change_per_request(notebook)
}

fn everybody_was_told(notebook: &Notebook, revision: &Revision) -> Result<(), Violation> {
    let must = revision.until_ms.saturating_sub(revision.at_ms) >= LONG_MS;
    for (who, _) in &revision.people {
        once(notebook, revision.piece(What::Letter(*who)), must)?;
    }
    heard(notebook, revision.piece(What::Event), must)
}

fn everybody_was_reminded(notebook: &Notebook, revision: &Revision) -> Result<(), Violation> {
    for mins in &revision.reminders_mins {
        let last_ms = revision.until_ms.min(revision.start_s * 1000);
        // What falls due in the moment of a change may have been claimed just before it.
        let due_ms = revision.due_ms(*mins).filter(|due_ms| *due_ms <= last_ms);
        let must = due_ms.is_some_and(|due_ms| last_ms - due_ms >= LONG_MS);
        for (who, _) in &revision.people {
            let piece = revision.piece(What::Reminder(*mins, *who));
            if due_ms.is_none() && notebook.sent.contains_key(&piece) {
                return Err(broken(Invariant::NoReminderAfterChange, format!("{piece:?}")));
            }
            once(notebook, piece, must)?;
        }
        heard(notebook, revision.piece(What::Reminded(*mins)), must)?;
    }
    Ok(())
}

/// Once if it must be; otherwise no more than once.
fn once(notebook: &Notebook, piece: Piece, must: bool) -> Result<(), Violation> {
    let count = notebook.sent.get(&piece).copied().unwrap_or(0);
    let is_excused = !must || was_set_aside(notebook, piece);
    if count == 1 || count == 0 && is_excused {
        return Ok(());
    }
    Err(broken(Invariant::OneLetterEach, format!("{piece:?} went out {count} times")))
}

fn heard(notebook: &Notebook, piece: Piece, must: bool) -> Result<(), Violation> {
    let is_excused = !must || was_set_aside(notebook, piece);
    if is_excused || notebook.heard.contains_key(&piece) {
        return Ok(());
    }
    Err(broken(Invariant::EveryEventIsHeard, format!("{piece:?}")))
}

/// It was, or the whole that it is a part of.
fn was_set_aside(notebook: &Notebook, piece: Piece) -> bool {
    let whole = match piece.what {
        What::Letter(_) | What::Event => What::Announce,
        What::Reminder(mins, _) | What::Reminded(mins) => What::Remind(mins),
        What::Announce | What::Remind(_) | What::Lapse => piece.what,
    };
    let set_aside = |what| notebook.parked.contains_key(&Piece { what, ..piece });
    set_aside(piece.what) || set_aside(whole)
}

/// No letter speaks of what never stood.
fn letters_are_of_revisions(notebook: &Notebook) -> Result<(), Violation> {
    let stood = |piece: &Piece| notebook.revisions.iter().any(|revision| revision.is_of(piece));
    match notebook.sent.keys().chain(notebook.heard.keys()).find(|piece| !stood(piece)) {
        Some(piece) => Err(broken(Invariant::OneLetterEach, format!("{piece:?} never stood"))),
        None => Ok(()),
    }
}

/// However often a request is repeated, it changes a booking once. Time may decline it besides.
fn one_change_per_request(notebook: &Notebook) -> Result<(), Violation> {
    for revision in notebook.standing() {
        let asked = notebook.asked.get(&revision.booking).copied().unwrap_or(0);
        let was_pending = |other: &Revision| {
            other.booking == revision.booking && other.number == 0 && other.stands == Stands::Pending
        };
        let lapses = u32::from(notebook.revisions.iter().any(was_pending));
        if revision.number > asked + lapses {
            let what = format!("{} changes, {asked} requests", revision.number);
            return Err(broken(Invariant::OneChangePerRequest, what));
        }
    }
    Ok(())
}
