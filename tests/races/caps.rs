//! A cap holds however many come at once, over every UTC day that its date touches.

use chrono::TimeDelta;
use chrono_tz::Tz;
use openslot_domain::meeting_type::{Caps, MeetingType, Mode};
use openslot_usecases::create_booking::Request;

use crate::checker::{Invariant, Violation, cap_holds, one_holder_per_minute};
use crate::create_booking::{Setting, play, seeds};
use crate::scene;
use crate::watched::Defect;

const CAP: usize = 2;

/// Thirty who want different times of one evening in New York, half of them before midnight in UTC.
fn evening(seed: u64, defect: Defect) -> Result<(), Violation> {
    let caps = Caps { per_day: Some(2), per_week: None };
    let types = [MeetingType { caps, ..scene::meeting_type("capped", Mode::Single, &["york"], (0, 0)) }];
    let start = |number: i64| scene::wanted_from() + TimeDelta::minutes(15 * number);
    let requests: Vec<Request> = (0..30)
        .map(|number| scene::request(number, "capped", start(i64::try_from(number).unwrap()), 15))
        .collect();
    let setting = Setting { seed, requests: 30, faults: 3, defect };
    let outcome = play(setting, &types, &requests);
    let dates: Vec<String> = outcome
        .bookings()
        .iter()
        .map(|booking| booking.core.start().with_timezone(&Tz::America__New_York).date_naive().to_string())
        .collect();
    assert!(!dates.is_empty(), "seed {seed}: somebody is booked");
    cap_holds(&dates, CAP)?;
    one_holder_per_minute(&outcome.held())
}

#[test]
fn a_cap_holds_however_many_come_at_once() {
    for seed in seeds(200) {
        evening(seed, Defect::None).unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
    }
}

#[test]
fn without_the_check_of_counted_days_a_cap_is_passed() {
    let violation = (0..200).find_map(|seed| evening(seed, Defect::NoDayChecks).err());
    assert_eq!(violation.expect("two who count at once").invariant, Invariant::CapHolds);
}
