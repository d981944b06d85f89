//! What a change writes, what it relies on, and what it leaves behind.

use super::*;
use crate::booking::tests::{at, booking, date, host, meeting_type, now, with};
use crate::booking::{
    HISTORY_MAX, NotOffered, OPERATIONS_MAX, Plan, Recall, Refusal, Topic, decide_move, plan,
};
use crate::effects::{EffectKind, is_owed};
use crate::host::{CANCELLED_MAX, EntryState};
use crate::meeting_type::Mode;

/// A host whose days hold what a plan writes.
fn after(mut snapshot: HostSnapshot, days: &[DayWrite]) -> HostSnapshot {
    for write in days.iter().filter(|write| write.host == snapshot.host.id) {
        assert_eq!(write.read, snapshot.days.get(&write.date).map(|day| day.version), "{}", write.date);
        assert!(
            snapshot
                .days
                .insert(write.date, write.day.clone())
                .is_none_or(|day| day.version < write.day.version)
        );
    }
    snapshot
}

/// A booking that stands, and its host with it.
fn standing_at(meeting_type: &MeetingType, ann: HostSnapshot, start: &str) -> (Booking, HostSnapshot) {
    let Plan { booking, days, .. } = plan(booking(meeting_type, &[&ann], start), meeting_type, &[&ann]);
    (booking, after(ann, &days))
}

fn single() -> MeetingType {
    meeting_type(Mode::Single, &["ann"])
}

fn deed(number: u8) -> Deed {
    Deed { by: Actor::Attendee, at: now(), operation: Some(operation(number, number)) }
}

fn operation(key: u8, request: u8) -> OperationKey {
    OperationKey::of(&[key; 32], &[request; 32])
}

fn half_hour(start: &str) -> Interval {
    Interval::lasting(at(start), 30).unwrap()
}

fn moved(booking: &Booking, meeting_type: &MeetingType, ann: &HostSnapshot, start: &str) -> ChangePlan {
    let snapshots = std::slice::from_ref(ann);
    reschedule(booking, meeting_type, snapshots, half_hour(start), Tz::Europe__Berlin, deed(1))
}

/// Date, version and the states of the entries of each day written.
fn written(plan: &ChangePlan) -> Vec<(String, u64, Vec<EntryState>)> {
    let states = |day: &HostDay| day.entries.iter().map(|entry| entry.state).collect();
    plan.days.iter().map(|write| (write.date.to_string(), write.day.version, states(&write.day))).collect()
}

fn owed(plan: &ChangePlan) -> Vec<String> {
    plan.effects.iter().map(|effect| effect.key.to_string().replace(&"09".repeat(16), "B")).collect()
}

#[test]
fn a_cancel_marks_every_day_and_relies_on_nothing_else() {
    let (booking, ann) = standing_at(&single(), host("ann"), "2026-11-30T23:45:00Z");
    let reason = Paragraphs::new("ill", 80).unwrap();
    let plan = cancel(&booking, std::slice::from_ref(&ann), Some(reason.clone()), deed(1));
    let marked = vec![EntryState::Cancelled];
    assert_eq!(
        written(&plan),
        [("2026-11-30".to_owned(), 2, marked.clone()), ("2026-12-01".to_owned(), 2, marked)]
    );
    assert_eq!((plan.checks.len(), plan.fences.len()), (0, 0));
    assert_eq!(owed(&plan), ["20261123T060000.000Z#B#1#announce"]);
    assert_eq!(plan.read, Read { revision: 0, state: State::Confirmed, version: 1 });
    let after = &plan.booking;
    assert_eq!((after.revision, after.state, after.version), (1, State::Cancelled, 2));
    let cancelled = after.cancellation().unwrap();
    assert_eq!((cancelled.by, cancelled.reason, cancelled.at), (&Actor::Attendee, Some(&reason), now()));
    assert_eq!(
        (after.topic(), booking.topic(), booking.cancellation()),
        (Topic::Cancelled, Topic::Confirmed, None)
    );
}

#[test]
fn a_cancelled_time_is_free_at_once() {
    let (booking, ann) = standing_at(&single(), host("ann"), "2026-11-23T09:00:00Z");
    let wish = crate::booking::Wish { start: booking.core.start(), duration_mins: 30, host: None };
    let decided = |ann: &HostSnapshot| {
        crate::booking::decide(&single(), std::slice::from_ref(ann), &wish, now())
            .map(|granted| granted.hosts)
    };
    assert!(matches!(decided(&ann), Err(Refusal::SlotTaken { .. })));
    let plan = cancel(&booking, std::slice::from_ref(&ann), None, deed(1));
    assert_eq!(decided(&after(ann, &plan.days)), Ok(vec![0]));
}

#[test]
fn a_day_remembers_the_last_cancelled_ones_and_every_live_one() {
    let (booking, mut ann) = standing_at(&single(), host("ann"), "2026-11-23T09:00:00Z");
    for number in 20..20 + u8::try_from(CANCELLED_MAX).unwrap() {
        ann = with(ann, number, "2026-11-23T10:00:00Z");
    }
    let day = ann.days.get_mut(&date("2026-11-23")).unwrap();
    for entry in day.entries.iter_mut().skip(1) {
        entry.state = EntryState::Cancelled;
    }
    let ann = with(ann, 100, "2026-11-23T11:00:00Z");
    let plan = cancel(&booking, std::slice::from_ref(&ann), None, deed(1));
    let entries = &plan.days[0].day.entries;
    assert_eq!(entries.iter().filter(|entry| !entry.is_live()).count(), CANCELLED_MAX);
    assert_eq!(entries.iter().filter(|entry| entry.is_live()).count(), 1);
    assert_eq!(entries.last().unwrap().booking, booking.id, "the one cancelled last is the last to go");
    assert!(!entries.iter().any(|entry| entry.booking.as_bytes()[0] == 20), "the oldest has gone");
}

#[test]
fn a_move_leaves_the_old_days_and_takes_the_new_ones_in_one_plan() {
    let (booking, ann) = standing_at(&single(), host("ann"), "2026-11-23T23:45:00Z");
    let plan = moved(&booking, &single(), &ann, "2026-11-24T15:00:00Z");
    let live = vec![EntryState::Confirmed];
    assert_eq!(
        written(&plan),
        [("2026-11-23".to_owned(), 2, Vec::new()), ("2026-11-24".to_owned(), 2, live)],
        "a day that both touch is written once"
    );
    assert_eq!(plan.days[1].day.entries[0].core, half_hour("2026-11-24T15:00:00Z"));
    assert_eq!(plan.fences, [FenceCheck { host: "ann".parse().unwrap(), version: 3 }]);
    assert_eq!(owed(&plan), ["20261123T060000.000Z#B#1#announce", "20261123T150000.000Z#B#1#remind-1440"]);
    let after = &plan.booking;
    assert_eq!((after.id, after.revision, after.state), (booking.id, 1, State::Confirmed));
    assert_eq!(after.time_zone, Tz::Europe__Berlin);
    assert_eq!(after.topic(), Topic::Moved { from: booking.core });
}

#[test]
fn a_move_counts_its_caps_over_days_that_must_stay_as_they_were() {
    let mut capped = single();
    capped.caps.per_week = Some(9);
    let (booking, ann) = standing_at(&capped, host("ann"), "2026-11-23T09:00:00Z");
    let plan = moved(&booking, &capped, &ann, "2026-11-25T09:00:00Z");
    let checked: Vec<String> = plan.checks.iter().map(|check| check.date.to_string()).collect();
    assert_eq!(checked, ["2026-11-24", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"]);
}

#[test]
fn a_move_takes_the_buffers_that_hold_today() {
    let mut buffered = single();
    buffered.before_mins = 30;
    let (booking, ann) = standing_at(&buffered, host("ann"), "2026-11-24T00:15:00Z");
    assert_eq!(read_from(&booking), date("2026-11-23"));
    assert_eq!(ann.days.len(), 2, "the buffer stands in the day behind");
    let plan = moved(&booking, &single(), &ann, "2026-11-24T00:15:00Z");
    let emptied = ("2026-11-23".to_owned(), 2, Vec::new());
    assert_eq!(written(&plan), [emptied, ("2026-11-24".to_owned(), 2, vec![EntryState::Confirmed])]);
    assert_eq!(plan.booking.before_mins, 0);
}

#[test]
fn its_own_time_is_not_in_the_way_and_that_of_others_is() {
    let mut hourly = single();
    (hourly.durations_mins, hourly.slot_interval_mins) = (vec![60], 30);
    hourly.caps.per_day = Some(2);
    let ann = with(host("ann"), 1, "2026-11-23T12:00:00Z");
    let (booking, ann) = standing_at(&hourly, ann, "2026-11-23T09:00:00Z");
    let decided = |start: &str| {
        let granted = decide_move(&booking, &hourly, std::slice::from_ref(&ann), at(start), 60, now());
        granted.map(|core| core.start())
    };
    assert_eq!(decided("2026-11-23T09:30:00Z"), Ok(at("2026-11-23T09:30:00Z")), "and the cap counts it once");
    assert!(matches!(decided("2026-11-23T11:30:00Z"), Err(Refusal::SlotTaken { .. })));
    assert_eq!(decided("2026-11-23T09:10:00Z"), Err(Refusal::NotOffered(NotOffered::OffGrid)));
    assert_eq!(decided("2026-11-20T09:00:00Z"), Err(Refusal::NotOffered(NotOffered::Notice)));
}

#[test]
fn a_move_keeps_its_hosts() {
    let any = meeting_type(Mode::RoundRobin, &["ann", "bob"]);
    let ann = with(host("ann"), 1, "2026-11-23T10:00:00Z");
    let (with_ann, ann) = standing_at(&any, ann, "2026-11-23T09:00:00Z");
    let decided = |booking: &Booking, meeting_type: &MeetingType, snapshots: &[HostSnapshot]| {
        let start = at("2026-11-23T10:00:00Z");
        decide_move(booking, meeting_type, snapshots, start, 30, now()).map(|core| core.start())
    };
    assert!(matches!(decided(&with_ann, &any, std::slice::from_ref(&ann)), Err(Refusal::SlotTaken { .. })));
    let bob = host("bob");
    let with_bob = booking(&any, &[&bob], "2026-11-23T09:00:00Z");
    assert_eq!(decided(&with_bob, &any, std::slice::from_ref(&bob)), Ok(at("2026-11-23T10:00:00Z")));
    let with_both = booking(&any, &[&ann, &bob], "2026-11-23T09:00:00Z");
    let both = [ann.clone(), bob.clone()];
    assert!(matches!(decided(&with_both, &any, &both), Err(Refusal::SlotTaken { .. })), "together means all");
    let unavailable = Err(Refusal::NotOffered(NotOffered::Unavailable));
    assert_eq!(decided(&with_both, &any, &both[..1]), unavailable, "a host is gone");
    let off = MeetingType { active: false, ..any.clone() };
    assert_eq!(decided(&with_bob, &off, std::slice::from_ref(&bob)), unavailable);
}

#[test]
fn a_pending_booking_is_approved_declined_or_lapses() {
    let waiting =
        Booking { state: State::Pending, ..booking(&single(), &[&host("ann")], "2026-11-27T09:00:00Z") };
    let Plan { booking, days, .. } = plan(waiting, &single(), &[&host("ann")]);
    let ann = [after(host("ann"), &days)];
    assert_eq!(booking.topic(), Topic::Requested);
    let by_ann = || Deed { by: Actor::Host("ann".parse().unwrap()), at: now(), operation: None };
    let day = |state| [("2026-11-27".to_owned(), 2, vec![state])];

    let approved = approve(&booking, &ann, vec![1440], by_ann());
    assert_eq!((approved.booking.state, approved.booking.topic()), (State::Confirmed, Topic::Confirmed));
    assert_eq!(written(&approved), day(EntryState::Confirmed));
    assert_eq!(
        owed(&approved),
        ["20261123T060000.000Z#B#1#announce", "20261126T090000.000Z#B#1#remind-1440"]
    );
    assert!(approved.fences.is_empty(), "it keeps a time that it holds");

    for (plan, what) in [
        (decline(&booking, &ann, None, by_ann()), Did::Declined { reason: None }),
        (lapse(&booking, &ann, now()), Did::Lapsed),
    ] {
        assert_eq!((plan.booking.state, plan.booking.topic()), (State::Declined, Topic::Declined));
        assert_eq!(plan.booking.last_step().what, what);
        assert_eq!(written(&plan), day(EntryState::Cancelled));
        assert_eq!(owed(&plan), ["20261123T060000.000Z#B#1#announce"]);
        assert_eq!(plan.booking.cancellation(), None);
    }
    let moved = moved(&booking, &single(), &ann[0], "2026-11-25T09:00:00Z");
    assert_eq!(
        (moved.booking.state, moved.booking.topic()),
        (State::Pending, Topic::Moved { from: booking.core })
    );
    assert_eq!(owed(&moved)[1], "20261125T060000.000Z#B#1#lapse", "a moved request waits anew");
}

#[test]
fn a_change_ends_what_was_owed_before() {
    let (booking, ann) = standing_at(&single(), host("ann"), "2026-11-27T09:00:00Z");
    let made = plan(booking.clone(), &single(), &[&ann]).effects;
    assert_eq!(made.len(), 2);
    for next in [
        cancel(&booking, std::slice::from_ref(&ann), None, deed(1)),
        moved(&booking, &single(), &ann, "2026-11-26T09:00:00Z"),
    ] {
        for effect in &made {
            assert!(is_owed(&effect.key, &booking, now()), "{}", effect.key);
            assert!(!is_owed(&effect.key, &next.booking, now()), "{}", effect.key);
        }
        assert!(next.effects.iter().all(|effect| is_owed(&effect.key, &next.booking, now())));
    }
    let begun = booking.core.start();
    let late: Vec<&EffectKind> = made
        .iter()
        .filter(|effect| is_owed(&effect.key, &booking, begun))
        .map(|effect| &effect.key.kind)
        .collect();
    assert_eq!(late, [&EffectKind::Announce], "nobody is reminded of a meeting that has begun");
}

#[test]
fn a_booking_can_be_changed_until_the_cut_off_before_its_start() {
    let (booking, _) = standing_at(&single(), host("ann"), "2026-11-23T09:00:00Z");
    let check = |state, cutoff_mins, now: &str, expected| {
        assert_eq!(standing(&Booking { state, ..booking.clone() }, cutoff_mins, at(now)), expected, "{now}");
    };
    check(State::Confirmed, 0, "2026-11-23T08:59:59Z", Standing::Open);
    check(State::Pending, 60, "2026-11-23T07:59:59Z", Standing::Open);
    check(State::Confirmed, 60, "2026-11-23T08:00:00Z", Standing::TooLate);
    check(State::Pending, 0, "2026-11-23T09:00:00Z", Standing::TooLate);
    check(State::Cancelled, 0, "2026-11-20T09:00:00Z", Standing::Over);
    check(State::Declined, 0, "2026-11-24T09:00:00Z", Standing::Over);
}

#[test]
fn a_repeated_request_is_known_and_another_under_its_key_too() {
    let (booking, ann) = standing_at(&single(), host("ann"), "2026-11-23T09:00:00Z");
    let once = moved(&booking, &single(), &ann, "2026-11-24T09:00:00Z").booking;
    assert_eq!(once.recall(&operation(1, 1)), Recall::Repeat);
    assert_eq!(once.recall(&operation(1, 2)), Recall::KeyReused);
    assert_eq!(once.recall(&operation(2, 1)), Recall::New);
    let mut many = once;
    for number in 2..2 + u8::try_from(OPERATIONS_MAX).unwrap() {
        let next = remember(&many, operation(number, number));
        assert_eq!((next.read.version, next.booking.version), (many.version, many.version + 1));
        assert_eq!((next.booking.revision, next.days.len(), next.effects.len()), (1, 0, 0));
        many = next.booking;
    }
    assert_eq!(many.operations.len(), OPERATIONS_MAX);
    assert_eq!(many.recall(&operation(1, 1)), Recall::New, "the oldest is forgotten");
    assert_eq!(many.recall(&operation(2, 2)), Recall::Repeat);
}

#[test]
fn a_full_history_keeps_its_beginning_and_what_it_came_to() {
    let (mut booking, ann) = standing_at(&single(), host("ann"), "2026-11-23T09:00:00Z");
    booking = cancel(&booking, std::slice::from_ref(&ann), None, deed(1)).booking;
    let renewed = |booking: &Booking| Step {
        revision: booking.revision,
        at: now(),
        by: Actor::Host("ann".parse().unwrap()),
        what: Did::LinkRenewed,
    };
    for _ in 0..2 * HISTORY_MAX {
        booking.note(renewed(&booking));
    }
    assert_eq!(booking.history.len(), HISTORY_MAX);
    assert_eq!(booking.history[0], Step::booked(now()));
    assert!(booking.cancellation().is_some(), "who cancelled is never forgotten");
    assert_eq!((booking.topic(), booking.revision), (Topic::Cancelled, 1));
}
