//! What is missed, and what is taken for paid.

use super::*;
use crate::booking::State;
use crate::booking::tests::{at, booking, host, meeting_type, now};
use crate::effects::Recipient;
use crate::meeting_type::Mode;

/// Booked at [`now`] for the week after, reminded a day before.
fn confirmed() -> Booking {
    booking(&meeting_type(Mode::Single, &["ann"]), &[&host("ann")], "2026-12-02T09:00:00Z")
}

fn pending() -> Booking {
    Booking { state: State::Pending, ..confirmed() }
}

fn due(of: &Booking, kind: &EffectKind) -> EffectKey {
    let keys = of.owes().into_iter();
    keys.into_iter().find(|key| key.kind == *kind).unwrap()
}

fn announce(of: &Booking) -> EffectKey {
    due(of, &EffectKind::Announce)
}

fn remind(of: &Booking) -> EffectKey {
    due(of, &EffectKind::Remind { mins_before: 1440 })
}

/// What an announcement comes apart to, a minute after it was owed.
fn letters(of: &Booking) -> BTreeSet<EffectKey> {
    let due = announce(of).due + TimeDelta::minutes(1);
    let part = |kind| EffectKey { due, kind, ..announce(of) };
    EffectKind::Announce.parts(of).into_iter().map(part).collect()
}

fn set<const N: usize>(keys: [EffectKey; N]) -> BTreeSet<EffectKey> {
    BTreeSet::from(keys)
}

/// Looked at ten minutes after it was booked, in a table that was not restored, or to an instant.
fn found(of: &Booking, queued: &BTreeSet<EffectKey>, restored_to: Option<&str>) -> Amends {
    let look = Look { now: now() + TimeDelta::minutes(10), restored_to: restored_to.map(at) };
    amends(of, queued, look)
}

fn owed(owe: BTreeSet<EffectKey>) -> Amends {
    Amends { owe, ..Amends::default() }
}

#[test]
fn what_is_owed_later_stands_or_was_lost() {
    let booking = confirmed();
    assert_eq!(found(&booking, &set([]), None), owed(set([remind(&booking)])));
    assert_eq!(found(&booking, &set([remind(&booking)]), None), Amends::default());
    let over = Booking { state: State::Cancelled, ..booking };
    assert_eq!(found(&over, &set([]), None), Amends::default());
}

#[test]
fn work_for_another_revision_is_no_substitute() {
    let booking = confirmed();
    let stale = EffectKey { revision: 7, ..remind(&booking) };
    assert_eq!(found(&booking, &set([stale]), None), owed(set([remind(&booking)])));
}

#[test]
fn a_lapse_is_missed_while_the_booking_waits() {
    let booking = pending();
    let lapse = due(&booking, &EffectKind::Lapse);
    let look = Look { now: lapse.due + TimeDelta::hours(1), restored_to: None };
    assert_eq!(amends(&booking, &set([]), look), owed(set([lapse])));
}

/// The table was restored to a minute after the booking, or to an hour after it.
#[test]
fn news_is_missed_only_shortly_before_a_restore() {
    let booking = confirmed();
    let queued = set([remind(&booking)]);
    let soon = (now() + TimeDelta::minutes(1)).to_rfc3339();
    let late = (now() + TimeDelta::minutes(6)).to_rfc3339();
    assert_eq!(found(&booking, &queued, Some(&soon)), owed(set([announce(&booking)])));
    assert_eq!(found(&booking, &queued, Some(&late)), Amends::default());
    assert_eq!(found(&booking, &queued, None), Amends::default());
}

#[test]
fn work_that_came_apart_in_part_is_completed() {
    let booking = confirmed();
    let whole = letters(&booking);
    let event = whole.iter().find(|key| key.kind == EffectKind::Event).unwrap().clone();
    let queued = set([remind(&booking), event.clone()]);
    let lost: BTreeSet<EffectKey> = whole.iter().filter(|key| **key != event).cloned().collect();
    let soon = (now() + TimeDelta::minutes(2)).to_rfc3339();
    assert_eq!(found(&booking, &queued, Some(&soon)), owed(lost));
    assert_eq!(found(&booking, &queued, None), Amends::default(), "the others may be paid");
}

#[test]
fn parts_beside_the_whole_go() {
    let booking = confirmed();
    let attendee = EffectKind::Letter(Recipient::Attendee);
    let part = letters(&booking).into_iter().find(|key| key.kind == attendee).unwrap();
    let queued = set([remind(&booking), announce(&booking), part.clone()]);
    let soon = (now() + TimeDelta::minutes(2)).to_rfc3339();
    assert_eq!(found(&booking, &queued, Some(&soon)), Amends { drop: set([part]), ..Amends::default() });
    assert_eq!(found(&booking, &queued, None), Amends::default(), "two reads need not be of one moment");
}
