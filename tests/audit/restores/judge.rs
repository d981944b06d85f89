//! What has to hold of a store at rest, counted from what was done and not by the product's own rules.

use std::collections::BTreeSet;
use std::fmt;

use chrono::TimeDelta;
use openslot_domain::booking::{Booking, State};
use openslot_domain::effects::{EffectKind, Recipient};
use openslot_fakes::Contents;
use openslot_usecases::keyring::address_mac;

use super::life::{Life, Note, addresses};
use crate::oracle;

/// What does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invariant {
    /// Of the revision at which a booking stands, everybody was told, or is going to be.
    EverybodyIsTold,
    /// Nobody is going to be told the same twice.
    NobodyIsToldTwice,
    /// Every reminder to come stands.
    RemindersStand,
    /// A booking that waits for a host's word does not wait for ever.
    LapsesStand,
    /// Every booking is found by everybody's address.
    EverybodyIsFound,
    /// Nothing is found that there is not.
    NothingElseIsFound,
    /// A fence shows the version of its settings.
    FencesShow,
    /// A directory names what there is.
    DirectoriesName,
    /// Host-days say what the bookings say.
    DaysMatchBookings,
}

/// An invariant that does not hold, and where.
#[derive(Debug)]
pub struct Violation {
    pub invariant: Invariant,
    pub what: String,
}

/// As a failing test shows it.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.invariant, self.what)
    }
}

pub fn judge(life: &Life) -> Result<(), Violation> {
    let contents = life.store.snapshot();
    for booking in contents.bookings.values() {
        let revisions = &life.notes[&booking.id];
        judge_work(life, &contents, booking, &revisions[booking.revision as usize])?;
        for email in addresses(booking) {
            let row = (address_mac(&life.guest_rows, email), booking.id);
            check(contents.guests.contains(&row), Invariant::EverybodyIsFound, booking)?;
        }
    }
    for (_, booking) in &contents.guests {
        check(contents.bookings.contains_key(booking), Invariant::NothingElseIsFound, booking)?;
    }
    judge_settings(&contents)?;
    check(oracle::judge(&life.town()).is_ok(), Invariant::DaysMatchBookings, ())
}

fn check(holds: bool, invariant: Invariant, what: impl std::fmt::Debug) -> Result<(), Violation> {
    if holds { Ok(()) } else { Err(Violation { invariant, what: format!("{what:?}") }) }
}

fn judge_work(life: &Life, contents: &Contents, booking: &Booking, note: &Note) -> Result<(), Violation> {
    let here = contents.effects.keys().filter(|key| key.booking == booking.id);
    let queued = here.filter(|key| key.revision == booking.revision).map(|key| key.kind.clone()).collect();
    let work = Work { booking, note, queued };
    work.judge_told(&EffectKind::Announce, EffectKind::Letter)?;
    if booking.state == State::Pending {
        check(work.queued.contains(&EffectKind::Lapse), Invariant::LapsesStand, booking)?;
    }
    if booking.state == State::Confirmed && booking.core.start() > life.now() {
        for mins_before in note.reminders_mins.iter().copied() {
            let due = booking.core.start() - TimeDelta::minutes(i64::from(mins_before));
            let whole = EffectKind::Remind { mins_before };
            if due > life.now() {
                check(due <= note.at || work.queued.contains(&whole), Invariant::RemindersStand, booking)?;
            } else if due > note.at {
                work.judge_told(&whole, |recipient| EffectKind::Reminder { mins_before, recipient })?;
            }
        }
    }
    Ok(())
}

/// What is queued for a revision, and what was sent of it.
struct Work<'a> {
    booking: &'a Booking,
    note: &'a Note,
    queued: Vec<EffectKind>,
}

impl Work<'_> {
    /// Everybody got the letter, or gets it once.
    fn judge_told(
        &self,
        whole: &EffectKind,
        letter: impl Fn(Recipient) -> EffectKind,
    ) -> Result<(), Violation> {
        for kind in recipients(self.booking).into_iter().map(letter) {
            let going = self.queued.iter().filter(|queued| *queued == whole || **queued == kind).count();
            let what = (self.booking.id, &kind, &self.queued);
            check(going > 0 || self.note.sent.contains(&kind), Invariant::EverybodyIsTold, what)?;
            check(going < 2, Invariant::NobodyIsToldTwice, what)?;
        }
        Ok(())
    }
}

fn recipients(booking: &Booking) -> Vec<Recipient> {
    let mut recipients = vec![Recipient::Attendee];
    recipients.extend((0..booking.guests.len()).map(|place| Recipient::Guest(u8::try_from(place).unwrap())));
    recipients.extend(booking.hosts.iter().map(|host| Recipient::Host(host.id.clone())));
    recipients
}

fn judge_settings(contents: &Contents) -> Result<(), Violation> {
    let versions: BTreeSet<_> = contents.hosts.iter().map(|(id, stored)| (id, stored.version)).collect();
    let fences: BTreeSet<_> = contents.fences.iter().map(|(id, version)| (id, *version)).collect();
    check(versions == fences, Invariant::FencesShow, &fences)?;
    let hosts = contents.hosts.keys().eq(&contents.listed_hosts);
    let types = contents.meeting_types.keys().eq(contents.listed_types.keys());
    check(hosts && types, Invariant::DirectoriesName, (&contents.listed_hosts, &contents.listed_types))
}
