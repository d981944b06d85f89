//! Stores with one defect each. A contract that does not catch its defect proves nothing.

mod defective;

use futures::executor::block_on;

use self::defective::{Defect, Defective};
use crate::violation::{Invariant, Kept};
use crate::{bookings, claims, counters, hosts, queues};

macro_rules! twins {
    ($($test:ident: $defect:ident breaks $module:ident::$contract:ident by $invariant:ident;)*) => {
        $(#[test]
        fn $test() {
            let store = Defective::new(Defect::$defect);
            let kept = block_on($module::$contract(&store, store.inner()));
            assert_caught(Defect::$defect, kept, Invariant::$invariant);
        })*

        /// Every defect has a test above, or this does not compile.
        #[test]
        fn every_defect_is_caught() {
            let caught = |defect: Defect| match defect {
                $(Defect::$defect => stringify!($test),)*
                Defect::None => "nothing to catch",
            };
            assert_eq!(caught(Defect::None), "nothing to catch");
        }
    };
}

twins! {
    ignoring_day_versions: IgnoresDayVersions breaks bookings::a_day_that_changed_refuses by DayVersion;
    ignoring_counted_days: IgnoresDayChecks breaks bookings::a_counted_day_that_changed_refuses by DayCheck;
    ignoring_fences: IgnoresFences breaks bookings::settings_that_changed_refuse by Fence;
    a_fence_that_stands_still: LeavesFence breaks bookings::settings_that_changed_refuse by Fence;
    the_first_utc_day_only: WritesFirstDayOnly
        breaks bookings::a_booking_stands_in_every_utc_day_it_touches by EveryUtcDay;
    the_first_host_only: WritesFirstHostOnly breaks bookings::a_collective_takes_all_its_hosts by EveryHost;
    overwriting_a_booking: Overwrites breaks bookings::a_booking_is_made_once by MadeOnce;
    half_a_transaction: WritesBookingAnyway breaks bookings::a_day_that_changed_refuses by NothingWritten;
    checking_before_writing: ChecksThenWrites breaks bookings::one_of_many_wins by OneWinner;
    forgetting_reminders: ForgetsReminders breaks bookings::a_plan_is_written_whole by EffectsOwed;
    forgetting_people: ForgetsPeople breaks bookings::a_plan_is_written_whole by GuestRows;
    saving_without_a_version: SavesBlindly breaks hosts::settings_are_saved_against_their_version by LostUpdate;
    due_since_the_last_tick: LooksBackADay breaks queues::due_work_is_found_oldest_first by OldestFirst;
    claiming_without_a_lease: ClaimsWithoutLease breaks claims::one_of_many_claims_holds by ClaimOnce;
    a_lease_without_grace: ForgetsGrace breaks claims::a_claim_holds_through_lease_and_grace by ClaimOnce;
    claiming_unread: ClaimsUnread breaks claims::work_that_is_no_longer_owed_is_not_claimed by StaleDies;
    deaf_to_the_mail_service: IgnoresAcknowledgement
        breaks claims::confirmed_work_is_not_done_again by Confirmed;
    anybody_pays: PaysForOthers breaks queues::only_the_holder_settles by OnlyTheHolder;
    splitting_again: SplitsBlindly breaks queues::letters_take_the_place_of_an_announcement by SplitOnce;
    parking_a_copy: ParksACopy breaks queues::hopeless_work_is_set_aside by SetAside;
    trying_for_ever: CountsNoAttempts breaks queues::hopeless_work_is_set_aside by GivenUp;
    counting_after_looking: CountsAfterLooking
        breaks counters::a_counter_is_exact_whoever_asks_at_once by CountsExactly;
    one_counter_for_all_windows: OneWindow breaks counters::a_past_window_counts_no_longer by WindowsApart;
    a_data_key_for_everybody: AppendsKeys
        breaks counters::whoever_comes_first_makes_the_first_key by OneKeyPerNumber;
    replacing_a_data_key: ReplacesKeys breaks counters::the_first_data_key_of_a_number_stays by OneKeyPerNumber;
}

fn assert_caught(defect: Defect, kept: Kept, invariant: Invariant) {
    match kept {
        Ok(()) => panic!("{defect:?} was not caught"),
        Err(violation) => assert_eq!(violation.invariant, invariant, "{defect:?} was caught as: {violation}"),
    }
}

/// The wrapper itself breaks nothing.
#[test]
fn without_a_defect_all_is_kept() {
    let store = Defective::new(Defect::None);
    let kept = block_on(bookings::one_of_many_wins(&store, store.inner()));
    kept.unwrap_or_else(|violation| panic!("{violation}"));
    let store = Defective::new(Defect::None);
    let kept = block_on(queues::hopeless_work_is_set_aside(&store, store.inner()));
    kept.unwrap_or_else(|violation| panic!("{violation}"));
}
