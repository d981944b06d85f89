//! A town in a store, with everything that bookings owe, paid now and then, and settings that are edited.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use futures::executor::block_on;
use openslot_domain::booking::change::ChangePlan;
use openslot_domain::booking::{Booking, Guest};
use openslot_domain::effects::{EffectKey, EffectKind};
use openslot_domain::ids::BookingId;
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::text::EmailAddress;
use openslot_fakes::{FakeKms, MemoryStore};
use openslot_usecases::keyring::{AddressMac, DataKey, Keyring, address_mac};
use openslot_usecases::ports::{
    ChangeBooking, Claim, ClaimEffect, Commit, CommitBooking, FindBooking, KeyPurpose, PayEffect, SaveHost,
    SaveMeetingType, Saved, SplitEffect,
};

use super::parts::parts;
use crate::dice::Dice;
use crate::town::{Planned, Town};

pub struct Life {
    pub store: MemoryStore,
    pub keyring: Keyring<FakeKms>,
    /// What was done, for somebody who judges without the product's rules.
    pub notes: BTreeMap<BookingId, Vec<Note>>,
    pub guest_rows: DataKey,
    town: Town,
}

/// A revision of a booking, as it was written.
#[derive(Clone)]
pub struct Note {
    pub at: DateTime<Utc>,
    pub reminders_mins: Vec<u32>,
    /// What was sent of it.
    pub sent: Vec<EffectKind>,
}

impl Life {
    pub fn new() -> Self {
        let town = Town::new();
        let store = town.store();
        let keyring = Keyring::new(FakeKms::new(7));
        let guest_rows = block_on(keyring.newest(&store, KeyPurpose::GuestRows, town.now)).unwrap();
        for meeting_type in &town.types {
            block_on(store.save_meeting_type(meeting_type, None)).unwrap();
        }
        Self { store, keyring, notes: BTreeMap::new(), guest_rows, town }
    }

    /// The town as it now stands.
    pub fn town(&self) -> Town {
        self.town.seen_in(&self.store)
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.town.now
    }

    pub fn wait(&mut self, by: TimeDelta) {
        self.town.now += by;
    }

    /// Lets one transaction happen, or one letter be sent, or time go by.
    pub fn live(&mut self, dice: &mut Dice) {
        match dice.below(16) {
            0 => self.edit_host(dice),
            1 => self.edit_type(dice),
            2 => self.wait(TimeDelta::hours(7)),
            3..9 => self.book(dice),
            _ => self.pay_one(),
        }
    }

    /// Lets transactions happen until one has several items, of which only a part is left.
    pub fn live_in_part(&mut self, dice: &mut Dice) {
        loop {
            self.catch_up();
            let before = self.store.snapshot();
            self.live(dice);
            let items = parts(&before, &self.store.snapshot());
            if items.len() < 2 {
                continue;
            }
            // Every subset but nothing and everything.
            let chosen = 1 + dice.below((1 << items.len()) - 2);
            self.store.tamper(|contents| {
                *contents = before;
                for (place, item) in items.into_iter().enumerate() {
                    if (chosen >> place) & 1 == 1 {
                        item(contents);
                    }
                }
            });
            self.forget_what_is_gone();
            return;
        }
    }

    /// What was done to a booking and did not come back is not known to anybody.
    fn forget_what_is_gone(&mut self) {
        self.notes.retain(|id, revisions| {
            let booking = block_on(self.store.find_booking(id)).unwrap();
            revisions.truncate(booking.map_or(0, |booking| booking.revision as usize + 1));
            !revisions.is_empty()
        });
    }

    /// Pays what has been due for two minutes.
    pub fn catch_up(&mut self) {
        while self.due(self.now() - TimeDelta::minutes(2)).is_some() {
            self.pay_one();
        }
    }

    /// Pays until nothing is due.
    pub fn settle(&mut self) {
        while self.due(self.now()).is_some() {
            self.pay_one();
        }
    }

    fn book(&mut self, dice: &mut Dice) {
        self.town = self.town();
        match self.town.planned(dice) {
            Some(Planned::Made(mut plan)) => {
                let guest =
                    |name: &str| Guest { email: format!("{name}@example.net").parse().unwrap(), name: None };
                plan.booking.guests =
                    ["eve", "bob"][..dice.below(3)].iter().map(|name| guest(name)).collect();
                let people: Vec<AddressMac> =
                    addresses(&plan.booking).map(|email| address_mac(&self.guest_rows, email)).collect();
                assert_eq!(block_on(self.store.commit_booking(&plan, &people)).unwrap(), Commit::Done);
                self.note(&plan.booking);
            }
            Some(Planned::Changed(plan)) => self.change(&plan),
            None => {}
        }
    }

    fn change(&mut self, plan: &ChangePlan) {
        assert_eq!(block_on(self.store.change_booking(plan)).unwrap(), Saved::Done);
        self.note(&plan.booking);
    }

    fn note(&mut self, booking: &Booking) {
        let reminders_mins = match booking.meeting_type.as_str() {
            "asked" => vec![60],
            _ => vec![24 * 60, 60],
        };
        let note = Note { at: self.now(), reminders_mins, sent: Vec::new() };
        self.notes.entry(booking.id).or_default().push(note);
    }

    fn due(&self, by: DateTime<Utc>) -> Option<EffectKey> {
        self.store.look(|contents| contents.effects.keys().find(|key| key.due <= by).cloned())
    }

    /// Claims the oldest work that is due, and splits it or says that it is done.
    fn pay_one(&mut self) {
        let Some(key) = self.due(self.now()) else { return };
        let (effect, booking) = match block_on(self.store.claim_effect(&key, self.now())).unwrap() {
            Claim::Mine { effect, booking } => (effect, booking),
            Claim::Stale => return drop(self.store.tamper(|contents| contents.effects.remove(&key))),
            other @ (Claim::NotYet | Claim::Paid | Claim::GiveUp | Claim::Gone) => {
                unreachable!("nobody else is here: {other:?}")
            }
        };
        if key.kind == EffectKind::Lapse {
            self.town = self.town();
            self.change(&self.town.lapsed(&booking));
        }
        let parts = key.kind.parts(&booking);
        if parts.is_empty() {
            block_on(self.store.pay_effect(&effect)).unwrap();
            let notes = self.notes.get_mut(&key.booking).unwrap();
            notes[key.revision as usize].sent.push(key.kind);
        } else {
            block_on(self.store.split_effect(&effect, &parts, self.now())).unwrap();
        }
    }

    fn edit_host(&mut self, dice: &mut Dice) {
        let host =
            dice.pick(self.store.look(|contents| contents.hosts.values().cloned().collect::<Vec<_>>()));
        let stored = host.unwrap();
        let saved = block_on(self.store.save_host(&stored.host, Some(stored.version))).unwrap();
        assert_eq!(saved, Saved::Done);
        self.town.hosts.iter_mut().filter(|known| known.host.id == stored.host.id).for_each(|known| {
            known.config_version = stored.version + 1;
        });
    }

    /// A type that nobody books is made anew each time, so that a directory row comes with it.
    fn edit_type(&mut self, dice: &mut Dice) {
        let slug = format!("type-{}", dice.below(1_000_000)).parse().unwrap();
        let made = MeetingType { slug, version: 1, ..self.town.types[0].clone() };
        block_on(self.store.save_meeting_type(&made, None)).unwrap();
    }
}

pub fn addresses(booking: &Booking) -> impl Iterator<Item = &EmailAddress> {
    std::iter::once(&booking.attendee.email).chain(booking.guests.iter().map(|guest| &guest.email))
}
