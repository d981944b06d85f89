//! A host says yes or no to a booking that waits for it; or nothing, and then it lapses.

use chrono::TimeDelta;
use chrono_tz::Tz;
use futures::executor::block_on;
use openslot_domain::booking::{Booking, State, Topic};
use openslot_domain::effects::EffectKind;
use openslot_domain::login::Login;
use openslot_domain::meeting_type::MeetingType;
use openslot_tests::support::samples::{host, host_id, meeting_type};
use openslot_usecases::decide_booking::{Refusal, Request, Word, decide_booking};
use openslot_usecases::lapse_booking::{Lapsed, lapse_booking};
use openslot_usecases::refusals::Error;
use serde_json::json;

use crate::held::Held;
use crate::office::{MONDAY_NINE, Office, wish_of};
use crate::shared::Shared;

/// Ada approves each introduction herself.
fn office() -> Office {
    let intro = MeetingType { requires_approval: true, ..meeting_type("intro", &["ada"]) };
    Office::with(&[host("ada", Tz::Europe__London), host("bob", Tz::Europe__London)], &[intro])
}

fn said(held: &Held<'_>, by: &str, word: Word) -> Result<Booking, Refusal> {
    let store = Shared(held.office.store.clone());
    let request = Request { booking: held.id.parse().unwrap(), by: Login::member(host_id(by)), word };
    block_on(decide_booking(&store, &held.office.world, &request)).map_err(|error| match error {
        Error::Refused(refusal) => refusal,
        Error::Failed(failure) => panic!("{failure:?}"),
        Error::Busy { .. } => panic!("nobody else is there"),
    })
}

fn no() -> Word {
    Word::Decline { reason: None }
}

fn owed(held: &Held<'_>, revision: u32) -> Vec<EffectKind> {
    let of = |key: &&openslot_domain::effects::EffectKey| key.revision == revision;
    held.office
        .store
        .look(|contents| contents.effects.keys().filter(of).map(|key| key.kind.clone()).collect())
}

fn state(held: &Held<'_>) -> serde_json::Value {
    held.show().json()["booking"]["state"].clone()
}

#[test]
fn a_pending_booking_holds_its_time_and_is_approved() {
    let office = office();
    let held = Held::booked(&office, "2026-11-26T09:00:00Z");
    assert_eq!(state(&held), "pending");
    assert_eq!(owed(&held, 0), [EffectKind::Announce, EffectKind::Lapse]);
    let rival = office.book("key-00000002", &wish_of("alan@example.com", "2026-11-26T09:00:00Z"));
    assert!(rival.problem().starts_with("409 /problems/slot-taken"));

    assert_eq!(said(&held, "bob", Word::Approve), Err(Refusal::BookingUnknown), "it is none of his");
    let approved = said(&held, "ada", Word::Approve).unwrap();
    assert_eq!((approved.state, approved.topic()), (State::Confirmed, Topic::Confirmed));
    let [day, hour] = [1440, 60].map(|mins_before| EffectKind::Remind { mins_before });
    assert_eq!(owed(&held, 1), [EffectKind::Announce, day, hour]);

    let kept = office.kept();
    assert_eq!(said(&held, "ada", Word::Approve).unwrap(), approved, "twice is once");
    assert_eq!(said(&held, "ada", no()), Err(Refusal::NotPending));
    let id = held.id.parse().unwrap();
    let lapsed = block_on(lapse_booking(&Shared(office.store.clone()), &office.world, &id, 0)).unwrap();
    assert_eq!(lapsed, Lapsed::Left, "a word was said in time");
    assert!(office.kept() == kept, "none of it writes anything");
}

#[test]
fn a_declined_booking_gives_its_time_back() {
    let office = office();
    let held = Held::booked(&office, MONDAY_NINE);
    let declined = said(&held, "ada", no()).unwrap();
    assert_eq!((declined.state, declined.topic()), (State::Declined, Topic::Declined));
    assert_eq!(said(&held, "ada", no()).unwrap(), declined, "twice is once");
    assert_eq!(said(&held, "ada", Word::Approve), Err(Refusal::NotPending));
    assert_eq!(held.to("key-change-1", "2026-11-24T09:00:00Z").problem(), "422 /problems/too-late");
    assert_eq!(held.cancel("key-cancel-1", &json!({})).json()["booking"]["state"], "declined");
    let again = office.book("key-00000002", &wish_of("alan@example.com", MONDAY_NINE));
    assert_eq!(again.status, axum::http::StatusCode::CREATED);
}

#[test]
fn nobody_says_anything_and_it_lapses() {
    let office = office();
    let held = Held::booked(&office, "2026-11-26T09:00:00Z");
    office.advance(TimeDelta::hours(48));
    let lapse = |revision| {
        let (store, id) = (Shared(office.store.clone()), held.id.parse().unwrap());
        block_on(lapse_booking(&store, &office.world, &id, revision)).unwrap()
    };
    assert_eq!(lapse(1), Lapsed::Left, "that is another revision");
    assert_eq!(lapse(0), Lapsed::Declined);
    assert_eq!(lapse(0), Lapsed::Declined, "twice is once");
    assert_eq!(state(&held), "declined");
    assert_eq!(owed(&held, 1), [EffectKind::Announce]);
    let booking = office.store.look(|contents| contents.bookings.values().next().unwrap().clone());
    assert_eq!((booking.revision, booking.cancellation()), (1, None));
}

/// The schedule finds that nobody has said a word in time, and everybody is told within the same call.
#[test]
fn the_schedule_declines_what_nobody_approved() {
    let office = office();
    let held = Held::booked(&office, "2026-11-26T09:00:00Z");
    office.minute();
    office.advance(TimeDelta::hours(48) - TimeDelta::seconds(1));
    office.minute();
    assert_eq!((state(&held), office.letters().len()), (json!("pending"), 2));
    office.advance(TimeDelta::seconds(1));
    assert_eq!(office.minute()["done"], 5, "the lapse, its announcement, two letters and an event");
    assert_eq!(state(&held), "declined");
    insta::assert_snapshot!(office.letters().join("\n"), @r"
    ada@example.org: Lapsed: Introduction with Grace Hopper, Thursday 26 November, 09:00
    ada@example.org: New request: Introduction with Grace Hopper, Thursday 26 November, 09:00
    grace@example.com: Not booked: Introduction with Host ada, Thursday 26 November, 04:00
    grace@example.com: Requested: Introduction with Host ada, Thursday 26 November, 04:00
    ");
    let told: Vec<&str> = office.bus.headlines().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(told, ["booking.requested", "booking.declined"]);
    assert!(office.store.look(|contents| contents.effects.is_empty()), "nothing is owed any more");

    let again = office.book("key-00000002", &wish_of("alan@example.com", "2026-11-26T09:00:00Z"));
    assert_eq!(again.status, axum::http::StatusCode::CREATED, "its time is free");
}

/// A lapse that is due dies with the host's word, and with a move waits anew.
#[test]
fn the_schedule_leaves_what_was_answered_or_moved_in_time() {
    let office = office();
    let answered = Held::booked(&office, "2026-11-26T09:00:00Z");
    let alans = office.book("key-00000002", &wish_of("alan@example.com", "2026-11-26T10:00:00Z"));
    let moved = Held::of(&office, &alans);
    office.advance(TimeDelta::hours(47));
    said(&answered, "ada", Word::Approve).unwrap();
    assert_eq!(moved.to("key-change-1", "2026-11-27T10:00:00Z").status, axum::http::StatusCode::OK);
    office.advance(TimeDelta::hours(1));
    office.minute();
    assert_eq!((state(&answered), state(&moved)), (json!("confirmed"), json!("pending")));
    office.advance(TimeDelta::hours(47));
    office.minute();
    assert_eq!((state(&answered), state(&moved)), (json!("confirmed"), json!("declined")));
}

#[test]
fn a_request_that_was_moved_waits_anew_and_is_not_approved_once_it_has_begun() {
    let office = office();
    let held = Held::booked(&office, "2026-11-26T09:00:00Z");
    assert_eq!(held.to("key-change-1", MONDAY_NINE).json()["booking"]["state"], "pending");
    assert_eq!(owed(&held, 1), [EffectKind::Announce, EffectKind::Lapse]);
    office.advance(TimeDelta::hours(24));
    assert_eq!(said(&held, "ada", Word::Approve), Err(Refusal::TooLate));
    assert_eq!(said(&held, "ada", no()).map(|booking| booking.state), Ok(State::Declined));
}
