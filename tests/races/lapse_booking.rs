//! A request waits for a word, its time runs out, and a host may say it in the same moment; several sweeps run, and
//! every call may break.

use std::collections::BTreeMap;
use std::sync::Mutex;

use chrono::TimeDelta;
use futures::executor::block_on;
use openslot_domain::booking::{Actor, Booking, Did, State};
use openslot_domain::effects::{APPROVAL, EffectKey, EffectKind, Queue, SHARDS};
use openslot_domain::login::Login;
use openslot_domain::meeting_type::{MeetingType, Mode};
use openslot_fakes::{FakeKms, Faulty, MemoryStore, yield_now};
use openslot_usecases::create_booking::create_booking;
use openslot_usecases::decide_booking::{Request, Word, decide_booking};
use openslot_usecases::deliver_effects::deliver_effect;
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::{Clock, DueEffects};
use openslot_usecases::send_reminders::send_reminders;

use crate::change_booking::every_time_is_held_once;
use crate::checker::{Invariant, Violation, broken};
use crate::create_booking::seeds;
use crate::deliver_effects::{Defect, Luck, Mail, Radio, Spoilt, hand_over_events, site};
use crate::scene;
use crate::scheduler::{SimWorld, Task, run};

/// How the schedule's call works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sweep {
    AsItIs,
    /// Tells and reminds, and takes a lapse for one more thing to tell.
    TellsOnly,
}

/// What the host says, in which round, and after how many steps of it. In the second round the time has just run out.
struct Spoken {
    word: Word,
    round: u64,
    steps: u64,
}

impl Spoken {
    /// Nothing in every third world.
    fn drawn(seed: u64) -> Option<Self> {
        let word = match seed % 3 {
            0 => return None,
            1 => Word::Approve,
            _ => Word::Decline { reason: None },
        };
        Some(Self { word, round: seed / 3 % 3, steps: seed * 7 % 23 })
    }
}

type Store = Faulty<Spoilt, Luck>;

/// One world, with one request in it.
struct Town {
    store: Store,
    world: SimWorld,
    keyring: Keyring<FakeKms>,
    mail: Mail,
    bus: Radio,
    /// What the host was told became of the word.
    told: Mutex<Option<State>>,
}

impl Town {
    fn open(seed: u64, defect: Defect) -> Self {
        let world = SimWorld::new(seed, scene::now());
        let solo = scene::meeting_type("solo", Mode::Single, &["berlin"], (0, 0));
        let inner = scene::store(&[MeetingType { requires_approval: true, ..solo }]);
        let keyring = Keyring::new(FakeKms::new(1));
        // So far ahead that the time to say a word runs out before the meeting begins.
        let start = scene::wanted_from() + TimeDelta::days(3);
        let request = scene::request(1, "solo", start, 30);
        block_on(create_booking(&inner, &world, &keyring, &scene::no_limits(), &request)).unwrap();
        let store = Faulty::new(Spoilt { inner, defect }, Luck(world.clone()));
        let (mail, bus) = (Mail::losing(6, &world), Radio::losing(6, &world));
        Self { store, world, keyring, mail, bus, told: Mutex::default() }
    }

    fn table(&self) -> &MemoryStore {
        &self.store.inner().inner
    }

    fn booking(&self) -> Booking {
        self.table().look(|contents| contents.bookings.values().next().unwrap().clone())
    }

    async fn sweep(&self, sweep: Sweep) {
        let Self { store, world, keyring, mail, bus, .. } = self;
        match sweep {
            // A sweep that cannot read a queue leaves it to the next one.
            Sweep::AsItIs => drop(send_reminders(store, world, keyring, mail, bus, &site()).await),
            Sweep::TellsOnly => {
                for place in 0..2 * SHARDS {
                    let queue = if place < SHARDS { Queue::Owed } else { Queue::Reminders };
                    let due = store.due_effects(queue, place % SHARDS, world.now(), 99).await;
                    for key in due.unwrap_or_default() {
                        drop(deliver_effect(store, world, keyring, mail, bus, &site(), &key).await);
                    }
                }
            }
        }
    }

    /// After so many steps.
    async fn says(&self, word: Word, steps: u64) {
        for _ in 0..steps {
            yield_now().await;
        }
        let request =
            Request { booking: self.booking().id, by: Login::member("berlin".parse().unwrap()), word };
        if let Ok(booking) = decide_booking(&self.store, &self.world, &request).await {
            *self.told.lock().unwrap() = Some(booking.state);
        }
    }

    /// Three sweeps at once, every twenty seconds, and in one of the rounds a word.
    fn rounds(&self, sweep: Sweep, spoken: Option<&Spoken>) {
        for round in 0..40 {
            let mut tasks: Vec<Task<'_>> = Vec::new();
            for _ in 0..3 {
                tasks.push(Box::pin(self.sweep(sweep)));
            }
            tasks.push(Box::pin(hand_over_events(&self.store, &self.mail)));
            if let Some(spoken) = spoken.filter(|spoken| spoken.round == round) {
                tasks.push(Box::pin(self.says(spoken.word.clone(), spoken.steps)));
            }
            run(&self.world, tasks);
            self.world.advance(TimeDelta::seconds(20));
        }
    }

    /// `spoken`: whether the host said anything.
    fn judge(&self, spoken: bool) -> Result<(), Violation> {
        let (booking, told) = (self.booking(), *self.told.lock().unwrap());
        if told.is_some_and(|told| told != booking.state) {
            return Err(broken(Invariant::WordStands, format!("told {told:?}: {:?}", booking.history)));
        }
        let is_lapsed = booking.last_step().what == Did::Lapsed && booking.last_step().by == Actor::Time;
        if booking.state == State::Pending || !spoken && !is_lapsed {
            return Err(broken(Invariant::SilenceDeclines, format!("{:?}", booking.history)));
        }
        let waiting = |key: &&EffectKey| key.queue() == Queue::Owed || key.kind == EffectKind::Lapse;
        let waits = self.table().look(|contents| contents.effects.keys().find(waiting).cloned());
        if let Some(key) = waits {
            return Err(broken(Invariant::NobodyForgotten, key));
        }
        let held = self.table().look(every_time_is_held_once);
        held.map_err(|saw| broken(Invariant::DaysMatchBookings, saw))?;
        // One that the request has come, one that says what became of it.
        let owed = ["berlin@example.org", "guest-1@example.org"].map(|to| (to.to_owned(), 2));
        let (sent, heard) = (self.mail.counts(), self.bus.heard());
        if sent != BTreeMap::from(owed) || heard.len() != 2 {
            return Err(broken(Invariant::OneLetterEach, format!("{sent:?}, heard {heard:?}")));
        }
        Ok(())
    }
}

/// The request is told to everybody, and waits until its time runs out; in two worlds of three the host says yes or
/// no around that moment.
fn played(seed: u64, sweep: Sweep, defect: Defect) -> Result<(), Violation> {
    let town = Town::open(seed, defect);
    let begun_at = town.world.now();
    town.rounds(sweep, None);
    town.world.advance(begun_at + APPROVAL - TimeDelta::seconds(20) - town.world.now());
    let spoken = Spoken::drawn(seed);
    town.rounds(sweep, spoken.as_ref());
    town.judge(spoken.is_some())
        .map_err(|violation| broken(violation.invariant, format!("seed {seed}: {}", violation.what)))
}

#[test]
fn a_request_is_approved_or_declined_once_whatever_breaks() {
    for seed in seeds(300) {
        played(seed, Sweep::AsItIs, Defect::None).unwrap_or_else(|violation| panic!("{violation}"));
    }
}

fn caught(sweep: Sweep, defect: Defect) -> Invariant {
    let violation = (0..100).find_map(|seed| played(seed, sweep, defect).err());
    violation.unwrap_or_else(|| panic!("{sweep:?} on {defect:?} was never caught")).invariant
}

#[test]
fn twin_a_sweep_that_only_tells_is_caught() {
    assert_eq!(caught(Sweep::TellsOnly, Defect::None), Invariant::SilenceDeclines);
}

#[test]
fn twin_a_lapse_that_writes_over_a_word_is_caught() {
    assert_eq!(caught(Sweep::AsItIs, Defect::BlindChange), Invariant::WordStands);
}
