//! Reminders go out on time, once, and not at all where they would be wrong; what was set aside gets its chance.

use chrono::TimeDelta;
use futures::executor::block_on;
use openslot_domain::booking::{Actor, Did, State, Step};
use openslot_domain::effects::ATTEMPTS_MAX;
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::MeetingType;
use openslot_fakes::{BusFault, MailFault};
use openslot_tests::support::samples::{at, host, meeting_type};
use openslot_usecases::ports::Replayed;
use openslot_usecases::replay_parked::{replay_all_parked, replay_parked};
use serde_json::json;

use crate::office::{MONDAY_NINE, NOW, Office, wish};
use crate::shared::Shared;

/// In a month: both reminders are still to come, and the clocks of Europe change in between.
const IN_APRIL: &str = "2027-04-05T09:00:00+01:00";

fn reminders(office: &Office) -> Vec<String> {
    office.letters().into_iter().filter(|subject| subject.contains(": Reminder")).collect()
}

/// Moves the clock, and lets the schedule call.
fn after(office: &Office, by: TimeDelta) {
    office.advance(by);
    office.minute();
}

#[test]
fn everybody_is_reminded_once_when_the_time_comes() {
    let office = Office::open();
    office.book("key-00000001", &wish("2026-11-24T09:00:00+00:00"));
    office.minute();
    assert_eq!(office.letters().len(), 2, "the confirmations");
    // A day before, less a second.
    after(&office, TimeDelta::hours(23) - TimeDelta::seconds(1));
    assert_eq!(reminders(&office), Vec::<String>::new());
    after(&office, TimeDelta::seconds(1));
    insta::assert_snapshot!(reminders(&office).join("\n"), @r"
    ada@example.org: Reminder: Introduction with Grace Hopper, Tuesday 24 November, 09:00
    grace@example.com: Reminder: Introduction with Host ada, Tuesday 24 November, 04:00
    ");
    for _ in 0..5 {
        after(&office, TimeDelta::minutes(1));
    }
    assert_eq!(reminders(&office).len(), 2, "once");
    after(&office, TimeDelta::hours(23));
    assert_eq!(reminders(&office).len(), 4, "and an hour before");

    let id = office.store.look(|contents| contents.bookings.keys().next().unwrap().to_string());
    let told = ["booking.confirmed", "booking.reminded", "booking.reminded"];
    let ids = [format!("{id}#0"), format!("{id}#0#remind-1440"), format!("{id}#0#remind-60")];
    assert_eq!(office.bus.headlines(), told.into_iter().zip(ids).collect::<Vec<_>>());
    assert!(office.store.look(|contents| contents.effects.is_empty()), "nothing is owed any more");
}

/// The attendee's wall clock is an hour ahead of what it was when the meeting was booked; the instant counts.
#[test]
fn a_reminder_is_right_across_a_change_of_the_clocks() {
    let open = MeetingType { reminders_mins: vec![24 * 60], ..meeting_type("intro", &["ada"]) };
    let office = Office::with(&[host("ada", chrono_tz::Tz::Europe__London)], &[open]);
    assert_eq!(office.book("key-00000001", &wish(IN_APRIL)).status, 201);
    office.minute();
    let start = at("2027-04-05T08:00:00Z");
    let now = at(NOW);
    after(&office, start - TimeDelta::hours(24) - now - TimeDelta::seconds(1));
    assert_eq!(reminders(&office).len(), 0);
    after(&office, TimeDelta::seconds(1));
    assert_eq!(reminders(&office).len(), 2);
}

#[test]
fn a_booking_inside_the_lead_time_gets_no_reminder() {
    let office = Office::open();
    // 23 hours ahead: too late for the first, in time for the second.
    office.book("key-00000001", &wish(MONDAY_NINE));
    after(&office, TimeDelta::hours(21));
    assert_eq!(reminders(&office).len(), 0);
    after(&office, TimeDelta::hours(1));
    assert_eq!(reminders(&office).len(), 2);
}

/// Nothing ran for three hours, and the meeting has begun in the meantime.
#[test]
fn nobody_is_reminded_of_a_meeting_that_has_begun() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    office.minute();
    after(&office, TimeDelta::hours(23));
    assert_eq!(reminders(&office).len(), 0);
    assert!(office.store.look(|contents| contents.effects.is_empty()), "it is not kept either");
}

/// The timer came in time, the mail service was down until the meeting had begun.
#[test]
fn a_reminder_that_comes_too_late_is_dropped() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    office.minute();
    office.mail.set_fault(MailFault::FailLater);
    after(&office, TimeDelta::hours(22));
    after(&office, TimeDelta::minutes(59));
    office.mail.set_fault(MailFault::None);
    after(&office, TimeDelta::minutes(1));
    assert_eq!(reminders(&office).len(), 0);
    assert!(office.store.look(|contents| contents.effects.is_empty()));
}

/// The booking as a cancel or a move leaves it.
#[test]
fn reminders_die_with_a_cancel_and_with_a_move() {
    let from = Interval::lasting(at("2026-11-25T09:00:00Z"), 30).unwrap();
    for (state, what) in
        [(State::Cancelled, Did::Cancelled { reason: None }), (State::Confirmed, Did::Moved { from })]
    {
        let office = Office::open();
        office.book("key-00000001", &wish("2026-11-24T09:00:00+00:00"));
        office.minute();
        office.store.tamper(|contents| {
            let booking = contents.bookings.values_mut().next().unwrap();
            (booking.state, booking.revision) = (state, 1);
            let when = at("2026-11-22T11:00:00Z");
            booking.history.push(Step { revision: 1, at: when, by: Actor::Attendee, what: what.clone() });
        });
        after(&office, TimeDelta::hours(23));
        after(&office, TimeDelta::hours(23));
        assert_eq!(reminders(&office), Vec::<String>::new(), "{what:?}");
        assert!(office.store.look(|contents| contents.effects.is_empty()), "{what:?}");
    }
}

#[test]
fn an_event_is_told_again_until_it_was_heard() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    office.bus.set_fault(BusFault::FailLater);
    office.minute();
    assert_eq!((office.bus.heard().len(), office.letters().len()), (0, 2), "letters do not wait for the bus");
    office.bus.set_fault(BusFault::HeardButFailed);
    after(&office, TimeDelta::minutes(2));
    office.bus.set_fault(BusFault::None);
    after(&office, TimeDelta::minutes(4));
    let heard = office.bus.headlines();
    assert_eq!(heard.len(), 2, "once unnoticed, and once more");
    assert_eq!(heard[0], heard[1], "whoever listens knows that it is the same");
}

/// PROMISES 17: after five tries it is set aside, where it is seen, and it replays cleanly.
#[test]
fn what_was_set_aside_is_seen_and_put_back() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    office.mail.set_fault_for("grace@example.com".parse().unwrap(), MailFault::FailLater);
    for _ in 0..30 {
        after(&office, TimeDelta::minutes(1));
    }
    assert_eq!(office.letters().len(), 1, "the host has the letter");
    assert_eq!(office.mail.asked(), 1 + u64::from(ATTEMPTS_MAX));
    let store = Shared(office.store.clone());
    let parked = block_on(openslot_usecases::ports::ListParked::list_parked(&store, 9)).unwrap();
    let [letter] = &parked[..] else { panic!("one letter is set aside: {parked:?}") };
    assert!(letter.key.to_string().ends_with("#letter-attendee"), "{}", letter.key);
    assert_eq!(letter.why, "tried too often");

    office.mail.set_fault_for("grace@example.com".parse().unwrap(), MailFault::None);
    after(&office, TimeDelta::minutes(10));
    assert_eq!(office.letters().len(), 1, "it waits until somebody puts it back");
    assert_eq!(block_on(replay_parked(&store, &office.world, &letter.key)).unwrap(), Replayed::Done);
    assert_eq!(block_on(replay_parked(&store, &office.world, &letter.key)).unwrap(), Replayed::Gone);
    office.minute();
    assert_eq!(office.letters().len(), 2);
    assert_eq!(block_on(replay_all_parked(&store, &office.world)).unwrap(), 0);
    after(&office, TimeDelta::minutes(10));
    assert_eq!(office.letters().len(), 2, "and only once");
}

#[test]
fn everything_that_was_set_aside_is_put_back_at_once() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    office.mail.set_fault(MailFault::Refuse);
    office.bus.set_fault(BusFault::Refuse);
    let swept = office.minute();
    assert_eq!((&swept["done"], &swept["parked"]), (&json!(1), &json!(3)), "{swept}");
    office.mail.set_fault(MailFault::None);
    office.bus.set_fault(BusFault::None);
    let store = Shared(office.store.clone());
    assert_eq!(block_on(replay_all_parked(&store, &office.world)).unwrap(), 3);
    assert_eq!(office.minute()["done"], 3);
    assert_eq!((office.letters().len(), office.bus.heard().len()), (2, 1));
}

/// What the alarms listen to.
#[test]
fn what_waits_is_measured() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    let quiet = json!({ "oldest_seconds": 0, "parked": 0 });
    office.mail.set_fault(MailFault::FailLater);
    assert_eq!(office.minute()["waiting"], quiet, "it has only just come due");
    after(&office, TimeDelta::minutes(5));
    let waiting = office.minute()["waiting"].clone();
    assert!(waiting["oldest_seconds"].as_u64().is_some_and(|secs| (300..400).contains(&secs)), "{waiting}");

    office.mail.set_fault(MailFault::Refuse);
    after(&office, TimeDelta::minutes(10));
    assert_eq!(office.minute()["waiting"], json!({ "oldest_seconds": 0, "parked": 2 }));
    office.mail.set_fault(MailFault::None);
    block_on(replay_all_parked(&Shared(office.store.clone()), &office.world)).unwrap();
    assert_eq!(office.minute()["waiting"], quiet);
}

/// A booking whose letters meet a bug every time: it is given up in time, and delays nobody.
#[test]
fn a_bug_delays_nobody() {
    let office = Office::open();
    for (number, minute) in ["09:00", "09:30", "10:00"].iter().enumerate() {
        let start = format!("2026-11-24T{minute}:00+00:00");
        assert_eq!(office.book(&format!("key-0000000{number}"), &wish(&start)).status, 201);
    }
    let poisoned = office.store.tamper(|contents| {
        let booking = contents.bookings.values_mut().next().unwrap();
        // Nobody takes it: every letter about it panics.
        booking.hosts.clear();
        booking.id
    });
    office.minute();
    assert_eq!(office.mail.sent().len(), 4, "both others have their letters at once");
    for _ in 0..30 {
        after(&office, TimeDelta::minutes(1));
    }
    let parked = office.store.look(|contents| contents.parked.clone());
    assert!(!parked.is_empty() && parked.keys().all(|key| key.booking == poisoned), "{parked:?}");
}

#[test]
fn the_sweep_answers_with_what_it_did() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    let waiting = json!({ "oldest_seconds": 0, "parked": 0 });
    let expected =
        json!({ "done": 4, "postponed": 0, "parked": 0, "failed": 0, "left": false, "waiting": waiting });
    assert_eq!(office.minute(), expected);
    assert_eq!(office.minute()["done"], 0, "nothing is left");
}
