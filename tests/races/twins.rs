//! Each defect is caught, and by the invariant that is there for it.

use chrono::TimeDelta;
use openslot_domain::meeting_type::Mode;

use crate::checker::{Invariant, free_is_booked, judge};
use crate::create_booking::{Setting, crowd, judged, play, queue, repeat};
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

/// Runs one request many times at once until an invariant breaks, and says which.
fn caught_by_repeats(defect: Defect) -> Invariant {
    let types = vec![scene::meeting_type("any", Mode::RoundRobin, &["york", "berlin", "tokyo"], (0, 0))];
    let request = scene::request(1, "any", scene::wanted_from(), 30);
    let broken = |seed| {
        let setting = Setting { seed, requests: 20, faults: 20, defect };
        let outcome = play(setting, &types, &vec![request.clone(); 20]);
        judge(&outcome.held(), &outcome.told).err()
    };
    let violation = (0..200).find_map(broken);
    violation.unwrap_or_else(|| panic!("{defect:?} was never caught")).invariant
}

#[test]
fn whoever_does_not_know_an_own_booking_says_twice_that_it_is_new() {
    assert_eq!(caught_by_repeats(Defect::NoChance), Invariant::OneFreshAnswer);
}

#[test]
fn whoever_forgets_a_booking_does_not_know_a_repeat() {
    let types = vec![scene::meeting_type("solo", Mode::Single, &["berlin"], (0, 0))];
    let request = scene::request(1, "solo", scene::wanted_from(), 30);
    let setting = Setting { seed: 1, requests: 1, faults: 0, defect: Defect::Forgetful };
    let outcome = play(setting, &types, std::slice::from_ref(&request));
    let again = repeat(&outcome, &types, &[request], TimeDelta::days(1));
    assert_eq!(judge(&outcome.held(), &again).unwrap_err().invariant, Invariant::RepeatFindsTheFirst);
}

/// Nobody wants what another wants, and somebody is sent away all the same.
#[test]
fn a_lost_race_told_as_taken_leaves_free_times_unbooked() {
    let setting = Setting { seed: 1, requests: 64, faults: 0, defect: Defect::LostMeansTaken };
    let violation = free_is_booked(&queue(setting, 64, 30).told).unwrap_err();
    assert_eq!(violation.invariant, Invariant::FreeIsBooked);
}

/// What the other invariants are there for, told to the judge as it must never be: by hand, because no store
/// that keeps its conditions gets that far.
mod lies {
    use crate::checker::{Answer, Held, Invariant, Needs, Told, judge};

    fn held() -> Held {
        let (booking, key) = ("first".to_owned(), "one".to_owned());
        Held { booking, key, hosts: vec!["berlin".to_owned()], from_min: 0, to_min: 30, step: 5 }
    }

    /// Somebody else who asked for the same half hour after it was taken.
    fn told(answer: Answer) -> Told {
        let (key, hosts) = ("two".to_owned(), vec!["berlin".to_owned()]);
        Told { key, hosts, needs: Needs::OneOf, from_min: 0, to_min: 30, asked: 6, answered: 9, answer }
    }

    fn caught(answer: Answer) -> Invariant {
        judge(&[held()], &[told(answer)]).unwrap_err().invariant
    }

    #[test]
    fn the_truth_is_believed() {
        assert_eq!(judge(&[held()], &[told(Answer::Taken { others: vec![(30, 60)] })]), Ok(()));
    }

    #[test]
    fn a_booking_that_is_not_stored_is_noticed() {
        let (booking, hosts) = ("second".to_owned(), vec!["berlin".to_owned()]);
        assert_eq!(caught(Answer::Booked { fresh: true, booking, hosts }), Invariant::BookedIsStored);
    }

    #[test]
    fn another_time_that_was_held_is_noticed() {
        assert_eq!(caught(Answer::Taken { others: vec![(15, 45)] }), Invariant::AlternativesWereFree);
    }

    #[test]
    fn an_answer_that_decides_nothing_is_noticed() {
        assert_eq!(caught(Answer::Other("not offered".to_owned())), Invariant::OfferedIsDecided);
    }
}

#[test]
fn a_day_that_lacks_its_booking_is_noticed() {
    let types = vec![scene::meeting_type("solo", Mode::Single, &["berlin"], (0, 0))];
    let before_midnight = scene::wanted_from() + TimeDelta::minutes(225);
    let request = scene::request(1, "solo", before_midnight, 30);
    let played = |defect| {
        judged(&play(
            Setting { seed: 1, requests: 1, faults: 0, defect },
            &types,
            std::slice::from_ref(&request),
        ))
    };
    assert_eq!(played(Defect::None), Ok(()));
    assert_eq!(played(Defect::FirstDayOnly).unwrap_err().invariant, Invariant::DaysMatchBookings);
}
