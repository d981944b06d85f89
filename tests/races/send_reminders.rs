//! Ten thousand reminders of one minute, three hours without a sweep, and one piece of work that never succeeds.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use openslot_domain::booking::{Booking, Inviter};
use openslot_domain::effects::{ATTEMPTS_MAX, Effect, EffectKey, EffectKind, Queue, SHARDS};
use openslot_domain::host::Host;
use openslot_domain::text::EmailAddress;
use openslot_fakes::{FakeKms, MemoryStore};
use openslot_tests::support::samples;
use openslot_usecases::deliver_effects::deliver_effect;
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::{Clock, DueEffects, Failure};
use openslot_usecases::replay_parked::replay_all_parked;
use openslot_usecases::send_reminders::send_reminders;

use crate::checker::{Invariant, Violation, broken};
use crate::deliver_effects::site;
use crate::slow::{SlowBus, SlowMail, SlowStore, SlowWorld};

/// No later than this after it was due.
const IN_TIME: TimeDelta = TimeDelta::minutes(2);
const AN_HOUR_MINS: u32 = 60;
/// As SES answers in its own region.
const MAIL_MS: i64 = 60;

fn nine() -> DateTime<Utc> {
    samples::at("2026-11-23T09:00:00Z")
}

fn guest(number: u64) -> EmailAddress {
    format!("guest-{number}@example.net").parse().unwrap()
}

/// The town: bookings that each owe one reminder, an hour before they begin, due at the given times.
struct Town {
    store: SlowStore,
    mail: SlowMail,
    bus: SlowBus,
    keyring: Keyring<FakeKms>,
    bookings: BTreeMap<EmailAddress, (DateTime<Utc>, Booking)>,
}

impl Town {
    fn with(dues: impl Iterator<Item = DateTime<Utc>>, mail_ms: i64) -> Self {
        let world = SlowWorld::at(nine());
        let (host, kind) = (samples::host("ada", chrono_tz::Tz::Europe__London), "intro");
        let meeting_type = samples::meeting_type(kind, &["ada"]);
        let bookings: BTreeMap<_, _> =
            (0..).zip(dues).map(|(number, due)| booking(number, due, &host, &meeting_type)).collect();
        let store = MemoryStore::new();
        store.tamper(|contents| {
            for (due, booking) in bookings.values() {
                let kind = EffectKind::Remind { mins_before: AN_HOUR_MINS };
                let key = EffectKey { due: *due, booking: booking.id, revision: 0, kind };
                contents.effects.insert(key.clone(), Effect::owed(key));
                contents.bookings.insert(booking.id, booking.clone());
            }
        });
        Self {
            store: SlowStore::new(store, world.clone()),
            mail: SlowMail::new(world.clone(), mail_ms),
            bus: SlowBus(world),
            keyring: Keyring::new(FakeKms::new(1)),
            bookings,
        }
    }

    fn world(&self) -> &SlowWorld {
        &self.store.world
    }

    /// The schedule calls at full minutes, from one on; a sweep that takes longer delays the next.
    fn tick(&self, at: DateTime<Utc>) {
        self.world().wait_until(at);
        let Self { store, mail, bus, keyring, .. } = self;
        let site = site();
        self.world()
            .run(send_reminders(store, self.world(), keyring, mail, bus, &site))
            .expect("the queues can be read");
    }

    /// When the letters to guests went out, each once.
    fn reminded(&self) -> Result<BTreeMap<EmailAddress, DateTime<Utc>>, Violation> {
        let mut reminded = BTreeMap::new();
        for (to, at) in self.mail.sent() {
            if self.bookings.contains_key(&to) && reminded.insert(to.clone(), at).is_some() {
                return Err(broken(Invariant::NobodyForgotten, format!("{to} got two")));
            }
        }
        Ok(reminded)
    }

    /// Every reminder was claimed, and everybody has a letter, within two minutes of its being due.
    fn judge_times(&self) -> Result<(), Violation> {
        let timers = self.store.claimed();
        let timers = timers.iter().filter(|(key, _)| matches!(key.kind, EffectKind::Remind { .. }));
        let mut claimed = 0;
        for (key, at) in timers {
            claimed += 1;
            if *at - key.due > IN_TIME {
                return Err(broken(Invariant::OnTime, format!("{key} was claimed at {at}")));
            }
        }
        let reminded = self.reminded()?;
        if let Some((to, at)) = reminded.iter().find(|(to, at)| **at - self.bookings[*to].0 > IN_TIME) {
            return Err(broken(Invariant::OnTime, format!("{to} was reminded at {at}")));
        }
        if claimed == self.bookings.len() && reminded.len() == self.bookings.len() {
            return Ok(());
        }
        let what = format!("{claimed} claimed and {} reminded", reminded.len());
        Err(broken(Invariant::NobodyForgotten, what))
    }

    /// After an outage: whoever could still be reminded at its end was, nobody else, and nothing is left behind.
    fn judge_outage(&self, ended: DateTime<Utc>) -> Result<(), Violation> {
        let reminded = self.reminded()?;
        for (to, (_, booking)) in &self.bookings {
            let start = booking.core.start();
            match reminded.get(to) {
                Some(at) if *at >= start => {
                    return Err(broken(Invariant::NeverTooLate, format!("{to} at {at}, begun at {start}")));
                }
                // Whose meeting begins while the backlog is worked off may just miss it.
                None if start > ended + TimeDelta::minutes(3) => {
                    return Err(broken(Invariant::NobodyForgotten, to));
                }
                Some(_) | None => {}
            }
        }
        let left = self.store.inner.look(|contents| contents.effects.len());
        if left > 0 { Err(broken(Invariant::NobodyForgotten, format!("{left} are left"))) } else { Ok(()) }
    }
}

fn booking(
    number: u64,
    due: DateTime<Utc>,
    host: &Host,
    meeting_type: &openslot_domain::meeting_type::MeetingType,
) -> (EmailAddress, (DateTime<Utc>, Booking)) {
    let start = due + TimeDelta::minutes(i64::from(AN_HOUR_MINS));
    let mut booking = samples::booking(number, meeting_type, &[host], start, nine() - TimeDelta::days(7));
    booking.attendee.email = guest(number);
    // The host's calendar reminds the host.
    booking.inviter = Inviter::Calendar;
    (guest(number), (due, booking))
}

/// So many, spread evenly over a time from nine on.
fn spread(count: i64, over: TimeDelta) -> impl Iterator<Item = DateTime<Utc>> {
    (0..count).map(move |number| nine() + TimeDelta::milliseconds(over.num_milliseconds() * number / count))
}

const TEN_THOUSAND: i64 = 10_000;

/// The sweep finds all of the past minute at once: what came due first has waited for a minute already.
fn a_full_minute(count: i64, mail_ms: i64) -> Result<(), Violation> {
    let town = Town::with(spread(count, TimeDelta::minutes(1)), mail_ms);
    for minute in 1..=5 {
        town.tick(nine() + TimeDelta::minutes(minute));
    }
    town.judge_times()
}

#[test]
fn ten_thousand_reminders_of_one_minute_go_out_in_time() {
    a_full_minute(TEN_THOUSAND, MAIL_MS).unwrap_or_else(|violation| panic!("{violation}"));
}

/// The same judge, where no sweep could be in time.
#[test]
fn twin_letters_that_take_too_long_are_caught() {
    let violation = a_full_minute(2_000, 5_000).expect_err("nobody can be that quick");
    assert_eq!(violation.invariant, Invariant::OnTime, "{violation}");
}

/// Nothing runs from nine to noon; then three ticks.
fn an_outage(since_the_last_tick: bool) -> Result<(), Violation> {
    let mut town = Town::with(spread(2_000, TimeDelta::hours(3)), MAIL_MS);
    town.store.since_the_last_tick = since_the_last_tick;
    let noon = nine() + TimeDelta::hours(3);
    for minute in 0..3 {
        town.tick(noon + TimeDelta::minutes(minute));
    }
    town.judge_outage(noon)
}

#[test]
fn after_three_hours_without_a_sweep_all_that_is_still_useful_goes_out() {
    an_outage(false).unwrap_or_else(|violation| panic!("{violation}"));
}

#[test]
fn twin_a_due_query_that_starts_at_the_last_tick_forgets_somebody() {
    let violation = an_outage(true).expect_err("most came due long before");
    assert_eq!(violation.invariant, Invariant::NobodyForgotten, "{violation}");
}

/// How the schedule's call works.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sweep {
    AsItIs,
    /// One piece after the other, up to the first that fails.
    InLine,
}

/// One guest's letters hang and fail; that one is the first in the queue.
fn a_poisoned_minute(sweep: Sweep) -> Result<Town, Violation> {
    let town = Town::with(spread(500, TimeDelta::minutes(1)), MAIL_MS);
    *town.mail.hangs_on.lock().unwrap() = Some(guest(0));
    for minute in 1..=30 {
        match sweep {
            Sweep::AsItIs => town.tick(nine() + TimeDelta::minutes(minute)),
            Sweep::InLine => town.tick_in_line(nine() + TimeDelta::minutes(minute)),
        }
    }
    let reminded = town.reminded()?;
    for (to, (due, _)) in &town.bookings {
        let in_time = reminded.get(to).is_some_and(|at| *at - *due <= IN_TIME);
        if *to != guest(0) && !in_time {
            let what = format!("{to} was due at {due} and reminded at {:?}", reminded.get(to));
            return Err(broken(Invariant::PoisonIsAlone, what));
        }
    }
    Ok(town)
}

impl Town {
    fn tick_in_line(&self, at: DateTime<Utc>) {
        self.world().wait_until(at);
        let Self { store, mail, bus, keyring, .. } = self;
        let site = site();
        let in_line = async {
            let mut keys = Vec::new();
            for queue in [Queue::Owed, Queue::Reminders] {
                for shard in 0..SHARDS {
                    keys.extend(store.due_effects(queue, shard, self.world().now(), 9_999).await?);
                }
            }
            keys.sort();
            for key in keys {
                let before = mail.sent().len();
                deliver_effect(store, self.world(), keyring, mail, bus, &site, &key).await?;
                let letter = matches!(key.kind, EffectKind::Reminder { .. });
                if letter && mail.sent().len() == before {
                    return Err(Failure::later("the first that fails"));
                }
            }
            Ok::<(), Failure>(())
        };
        drop(self.world().run(in_line));
    }
}

#[test]
fn poison_delays_nobody_is_set_aside_and_put_back() {
    let town = a_poisoned_minute(Sweep::AsItIs).unwrap_or_else(|violation| panic!("{violation}"));
    let parked = town.store.inner.look(|contents| contents.parked.clone());
    let [(key, parked)] = &parked.iter().collect::<Vec<_>>()[..] else { panic!("{parked:?}") };
    assert!(matches!(key.kind, EffectKind::Reminder { .. }), "{key}");
    assert_eq!(parked.why, "tried too often");
    let tries = town.store.claimed().iter().filter(|(claimed, _)| claimed == *key).count();
    assert_eq!(tries, usize::try_from(ATTEMPTS_MAX).unwrap());

    *town.mail.hangs_on.lock().unwrap() = None;
    assert_eq!(town.world().run(replay_all_parked(&town.store, town.world())).unwrap(), 1);
    town.tick(town.world().now() + TimeDelta::minutes(1));
    assert_eq!(town.reminded().unwrap().len(), 500, "everybody, once");
    assert!(town.store.inner.look(|contents| contents.effects.is_empty() && contents.parked.is_empty()));
}

#[test]
fn twin_a_sweep_that_stops_at_the_first_failure_is_caught() {
    let violation = a_poisoned_minute(Sweep::InLine).err().expect("the rest waits behind it");
    assert_eq!(violation.invariant, Invariant::PoisonIsAlone, "{violation}");
}

#[test]
fn a_run_is_the_same_every_time() {
    let times = || {
        let town = Town::with(spread(50, TimeDelta::minutes(1)), MAIL_MS);
        town.tick(nine() + TimeDelta::minutes(1));
        town.mail.sent()
    };
    assert_eq!(times(), times());
}
