//! Each defect is caught, and by the invariant that is there for it.

use chrono::TimeDelta;
use openslot_domain::meeting_type::Mode;

use crate::checker::{Invariant, judge};
use crate::create_booking::{Setting, crowd, judged, play, repeat};
use crate::scene;
use crate::watched::Defect;

/// Runs worlds with a defect until an invariant breaks, and says which.
fn caught(defect: Defect) -> Invariant {
    let broken = |seed| judged(&crowd(Setting { seed, requests: 120, faults: 4, defect })).err();
    let violation = (0..200).find_map(broken);
    violation.unwrap_or_else(|| panic!("{defect:?} was never caught")).invariant
}

/// A defect may break the stored days before it breaks a minute; here only what guests notice is judged.
fn caught_by_guests(defect: Defect) -> Invariant {
    let broken = |seed| {
        let outcome = crowd(Setting { seed, requests: 120, faults: 4, defect });
        judge(&outcome.held(), &outcome.told).err()
    };
    let violation = (0..200).find_map(broken);
    violation.unwrap_or_else(|| panic!("{defect:?} was never caught")).invariant
}

#[test]
fn without_the_condition_two_hold_one_minute() {
    assert_eq!(caught(Defect::NoCondition), Invariant::OneHolderPerMinute);
}

#[test]
fn without_the_second_utc_day_two_hold_one_minute() {
    assert_eq!(caught_by_guests(Defect::FirstDayOnly), Invariant::OneHolderPerMinute);
}

#[test]
fn without_buffers_two_hold_one_minute() {
    assert_eq!(caught(Defect::CoreOnly), Invariant::OneHolderPerMinute);
}

#[test]
fn with_days_of_the_host_two_hold_one_minute() {
    assert_eq!(caught_by_guests(Defect::LocalDate), Invariant::OneHolderPerMinute);
}

#[test]
fn a_lost_race_told_as_taken_is_a_lie() {
    assert_eq!(caught(Defect::LostMeansTaken), Invariant::TakenIsTrue);
}

#[test]
fn a_request_token_is_forgotten_after_ten_minutes() {
    let types = vec![scene::meeting_type("any", Mode::RoundRobin, &["york", "berlin", "tokyo"], (0, 0))];
    let request = scene::request(1, "any", scene::wanted_from(), 30);
    let setting = Setting { seed: 1, requests: 1, faults: 0, defect: Defect::TokenOnly };
    let outcome = play(setting, &types, std::slice::from_ref(&request));
    let again = repeat(&outcome, &types, &[request], TimeDelta::minutes(11));
    let told: Vec<_> = outcome.told.iter().chain(&again).cloned().collect();
    assert_eq!(judge(&outcome.held(), &told).unwrap_err().invariant, Invariant::OneBookingPerKey);
}
