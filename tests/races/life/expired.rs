//! Promise 21: whatever expires is absent from then on, whether or not it is still there.
//!
//! Two kinds of rows have a time to live: limit counters and past host-days. Beside them claims run out, and so do
//! reminders, opened keys and meeting types that were read a moment ago.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Days, TimeDelta, Utc};
use futures::FutureExt;
use futures::executor::block_on;
use openslot_domain::effects::{Effect, EffectKey, EffectKind, GRACE, LEASE};
use openslot_domain::host::{Entry, EntryState, HostDay, KEPT_DAYS};
use openslot_domain::ids::BookingId;
use openslot_domain::interval::Interval;
use openslot_domain::limits::{Limit, Limits, Scope};
use openslot_fakes::{Contents, FakeKms};
use openslot_usecases::create_booking::{Refusal, Request, create_booking};
use openslot_usecases::keyring::Keyring;
use openslot_usecases::list_slots::{MEETING_TYPE_KEPT, RecentMeetingTypes};
use openslot_usecases::ports::{Claim, ClaimEffect, KeyPurpose, NewDataKey, PutWrappedKey, WrappedKey};
use openslot_usecases::refusals::Error;
use openslot_usecases::verify_hosts::verify_hosts;

use super::clockwork::Clockwork;
use super::table::{Defect, Table};
use super::town::{fresh, with};
use crate::checker::{Invariant, Violation, broken};
use crate::scene;
use crate::scheduler::Dice;

const POSITIONS: u64 = 10_000;

/// What expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Counter(Scope),
    HostDay,
    /// The hold of a claim.
    Claim,
    Reminder,
    OpenedKey,
    MeetingType,
}

const SCOPES: [Scope; 4] = [Scope::Address, Scope::RecipientAtHost, Scope::Recipient, Scope::Host];

const KINDS: [Kind; 9] = [
    Kind::Counter(Scope::Address),
    Kind::Counter(Scope::RecipientAtHost),
    Kind::Counter(Scope::Recipient),
    Kind::Counter(Scope::Host),
    Kind::HostDay,
    Kind::Claim,
    Kind::Reminder,
    Kind::OpenedKey,
    Kind::MeetingType,
];

/// Whether something that is there has any effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    Present,
    Absent,
}

impl Kind {
    /// When what came to be now expires.
    fn expires(self) -> DateTime<Utc> {
        let made = scene::now();
        match self {
            Self::Counter(_) => {
                counted().window_start(made) + TimeDelta::seconds(counted().window_secs.into())
            }
            Self::HostDay => midnight(old_date() + Days::new(KEPT_DAYS)),
            Self::Claim => made + LEASE + GRACE,
            Self::Reminder => made + TimeDelta::minutes(60),
            Self::OpenedKey => made + TimeDelta::minutes(5),
            Self::MeetingType => made + MEETING_TYPE_KEPT,
        }
    }

    /// Looks at something that is still there, at a time that is not before it came to be.
    fn look(self, now: DateTime<Utc>, defect: Defect) -> Seen {
        match self {
            Self::Counter(scope) => counter(scope, now, defect),
            Self::HostDay => host_day(now),
            Self::Claim => claim(now, defect),
            Self::Reminder => reminder(now, defect),
            Self::OpenedKey => opened_key(now),
            Self::MeetingType => meeting_type(now),
        }
    }
}

fn midnight(date: chrono::NaiveDate) -> DateTime<Utc> {
    date.and_hms_opt(0, 0, 0).unwrap().and_utc()
}

/// One in a quarter of an hour.
fn counted() -> Limit {
    Limit { most: 1, window_secs: 15 * 60 }
}

fn limits(scope: Scope) -> Limits {
    let none = scene::no_limits();
    match scope {
        Scope::Address => Limits { per_address: counted(), ..none },
        Scope::RecipientAtHost => Limits { per_recipient_and_host: counted(), ..none },
        Scope::Recipient => Limits { per_recipient: counted(), ..none },
        Scope::Host => Limits { per_host: counted(), ..none },
    }
}

/// The same guest asks for a time a day and some hours later.
fn request(number: usize, now: DateTime<Utc>) -> Request {
    let hours = i64::try_from(number).unwrap();
    let start = midnight(now.date_naive() + Days::new(2)) + TimeDelta::hours(hours);
    let attendee = scene::request(1, "solo", start, 30).attendee;
    Request { attendee, ..scene::request(number, "solo", start, 30) }
}

fn table(contents: &Contents, now: DateTime<Utc>, defect: Defect) -> (Table, Arc<Clockwork>) {
    let clockwork = Arc::new(Clockwork::in_order(now));
    (Table::new(with(contents), defect, Arc::clone(&clockwork), Arc::default()), clockwork)
}

fn booked(
    contents: &Contents,
    scope: Scope,
    number: usize,
    now: DateTime<Utc>,
    defect: Defect,
) -> (Contents, bool) {
    let (table, clockwork) = table(contents, now, defect);
    let keyring = Keyring::new(FakeKms::new(1));
    let request = request(number, now);
    let (mut answer, limits) = (None, limits(scope));
    let work = async {
        answer = Some(create_booking(&table, &*clockwork, &keyring, &limits, &request).await);
    };
    clockwork.run(vec![work.boxed_local()], DateTime::<Utc>::MAX_UTC, || Ok(())).unwrap();
    let answer = answer.expect("it runs to its end");
    let is_full = matches!(answer, Err(Error::Refused(Refusal::TooManyRequests { .. })));
    assert!(is_full || answer.is_ok(), "{answer:?}");
    (table.inner.snapshot(), is_full)
}

/// After one booking the counters are full; whoever asks later finds them so, or asks as if there were none.
fn counter(scope: Scope, now: DateTime<Utc>, defect: Defect) -> Seen {
    static FULL: LazyLock<BTreeMap<Scope, Contents>> = LazyLock::new(|| {
        let (empty, scopes) = (fresh().snapshot(), SCOPES);
        let full = |scope| booked(&empty, scope, 1, scene::now(), Defect::None).0;
        scopes.map(|scope| (scope, full(scope))).into()
    });
    let (_, is_full) = booked(&FULL[&scope], scope, 2, now, defect);
    if is_full { Seen::Present } else { Seen::Absent }
}

fn old_date() -> chrono::NaiveDate {
    scene::now().date_naive()
}

/// A past day holds an entry of nobody's: whether anybody complains.
fn host_day(now: DateTime<Utc>) -> Seen {
    let start = midnight(old_date());
    let entry = Entry {
        booking: BookingId::from_bytes([7; 16]),
        meeting_type: "solo".parse().unwrap(),
        core: Interval::lasting(start, 30).unwrap(),
        before_mins: 0,
        after_mins: 0,
        state: EntryState::Confirmed,
        booked_at: start,
    };
    let store = fresh();
    let day = HostDay { version: 1, entries: vec![entry] };
    store.tamper(|contents| contents.days.insert(("berlin".parse().unwrap(), old_date()), day));
    let clockwork = Clockwork::in_order(now);
    let verified = block_on(verify_hosts(&store, &clockwork)).unwrap();
    if verified.differences.is_empty() { Seen::Absent } else { Seen::Present }
}

/// A booking with one piece of work.
fn owing(kind: EffectKind) -> (Contents, EffectKey) {
    static BOOKED: LazyLock<Contents> = LazyLock::new(|| {
        let clockwork = Clockwork::in_order(scene::now());
        let (store, keyring) = (fresh(), Keyring::new(FakeKms::new(1)));
        let start = scene::now() + TimeDelta::minutes(60);
        let request = scene::request(1, "solo", start, 30);
        block_on(create_booking(&store, &clockwork, &keyring, &scene::no_limits(), &request)).unwrap();
        store.snapshot()
    });
    let mut contents = BOOKED.clone();
    let booking = *contents.bookings.keys().next().unwrap();
    let key = EffectKey { due: scene::now(), booking, revision: 0, kind };
    contents.effects = [(key.clone(), Effect::owed(key.clone()))].into();
    (contents, key)
}

/// Somebody took the work on and was never heard of again: whether that holds anybody off.
fn claim(now: DateTime<Utc>, defect: Defect) -> Seen {
    let (contents, key) = owing(EffectKind::Announce);
    let (table, _) = table(&contents, scene::now(), defect);
    let first = block_on(table.claim_effect(&key, scene::now())).unwrap();
    assert!(matches!(first, Claim::Mine { .. }), "{first:?}");
    match block_on(table.claim_effect(&key, now)).unwrap() {
        Claim::Mine { .. } => Seen::Absent,
        Claim::NotYet => Seen::Present,
        other @ (Claim::Paid | Claim::Stale | Claim::GiveUp | Claim::Gone) => panic!("{other:?}"),
    }
}

/// A reminder of a meeting lies about: whether anybody takes it on.
fn reminder(now: DateTime<Utc>, defect: Defect) -> Seen {
    let (contents, key) = owing(EffectKind::Remind { mins_before: 60 });
    let (table, _) = table(&contents, scene::now(), defect);
    match block_on(table.claim_effect(&key, now)).unwrap() {
        Claim::Mine { .. } => Seen::Present,
        Claim::Stale => Seen::Absent,
        other @ (Claim::NotYet | Claim::Paid | Claim::GiveUp | Claim::Gone) => panic!("{other:?}"),
    }
}

/// A key was opened; then a newer one was made: whether the old one is still used.
fn opened_key(now: DateTime<Utc>) -> Seen {
    let (store, kms, purpose) = (fresh(), FakeKms::new(1), KeyPurpose::ManageLinks);
    let keyring = Keyring::new(kms.clone());
    let first = block_on(keyring.newest(&store, purpose, scene::now())).unwrap();
    let (_, blob) = block_on(kms.new_data_key(purpose)).unwrap();
    block_on(store.put_wrapped_key(purpose, &WrappedKey { number: 2, blob })).unwrap();
    let newest = block_on(keyring.newest(&store, purpose, now)).unwrap();
    if newest.mac(&[b"text"]) == first.mac(&[b"text"]) { Seen::Present } else { Seen::Absent }
}

/// A meeting type was read: whether it is taken for granted.
fn meeting_type(now: DateTime<Utc>) -> Seen {
    let recent = RecentMeetingTypes::new(MEETING_TYPE_KEPT);
    let known = scene::all_kinds().remove(0);
    recent.put(known.slug.clone(), known.clone(), scene::now());
    if recent.get(&known.slug, now).is_some() { Seen::Present } else { Seen::Absent }
}

/// Present up to a moment before it expires, and absent from then on.
fn check(kind: Kind, now: DateTime<Utc>, defect: Defect) -> Result<(), Violation> {
    let wanted = if now < kind.expires() { Seen::Present } else { Seen::Absent };
    let seen = kind.look(now, defect);
    if seen == wanted {
        return Ok(());
    }
    Err(broken(
        Invariant::ExpiredIsAbsent,
        format!("{kind:?} at {now}: {seen:?}, expires {}", kind.expires()),
    ))
}

/// A clock around the end of something, or days after it, as far as no sweep has come.
fn position(kind: Kind, dice: &mut Dice) -> DateTime<Utc> {
    let most_ms = dice.pick(&[2, 2_000, 20 * 60 * 1_000, 3 * 24 * 60 * 60 * 1_000]);
    let after_ms = dice.below(2 * most_ms).cast_signed() - most_ms.cast_signed();
    (kind.expires() + TimeDelta::milliseconds(after_ms)).max(scene::now())
}

fn at_every_position(kinds: &[Kind], defect: Defect) -> Result<(), Violation> {
    let mut dice = Dice::new(21);
    for _ in 0..POSITIONS {
        for kind in kinds {
            check(*kind, position(*kind, &mut dice), defect)?;
        }
    }
    Ok(())
}

#[test]
fn what_has_expired_is_absent_at_every_position_of_the_clock() {
    at_every_position(&KINDS, Defect::None).unwrap_or_else(|violation| panic!("{violation}"));
}

#[test]
fn twin_what_is_still_there_is_taken_for_present() {
    for kind in SCOPES.map(Kind::Counter).into_iter().chain([Kind::Claim, Kind::Reminder]) {
        let violation = at_every_position(&[kind], Defect::TrustsSweeper).unwrap_err();
        assert_eq!(violation.invariant, Invariant::ExpiredIsAbsent, "{violation}");
    }
}
