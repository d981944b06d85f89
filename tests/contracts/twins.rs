//! Stores with one defect each. A contract that does not catch its defect proves nothing.

mod defective;

use futures::executor::block_on;

use self::defective::{Defect, Defective};
use crate::violation::{Invariant, Kept};
use crate::{audit, bookings, changes, claims, counters, hosts, logins, parked, queues};

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
    changing_unread: ChangesUnread breaks changes::a_booking_that_changed_refuses by BookingAsRead;
    changing_over_a_newer_version: IgnoresVersions
        breaks changes::a_booking_of_another_version_refuses by BookingVersion;
    changing_stale_days: ChangesStaleDays breaks changes::a_change_relies_on_the_days_it_writes by DayVersion;
    moving_past_a_cap: MovesUncounted breaks changes::a_move_relies_on_the_days_it_counted by DayCheck;
    moving_without_a_fence: MovesUnfenced breaks changes::a_move_relies_on_the_settings_it_read by Fence;
    keeping_the_old_time: KeepsOldTime breaks changes::a_moved_booking_holds_one_time by OneTime;
    changing_half: ChangesBookingAnyway
        breaks changes::a_change_relies_on_the_days_it_writes by NothingWritten;
    checking_before_changing: ChecksThenChanges breaks changes::one_of_many_changes_wins by OneWinner;
    changing_in_silence: ForgetsNews breaks changes::a_change_is_written_whole by EffectsOwed;
    mending_without_a_version: MendsBlindly breaks audit::a_day_is_mended_at_its_version by DayVersion;
    a_queue_that_is_not_looked_at: SkipsReminders breaks audit::all_owed_work_is_read by Everything;
    work_that_is_reset: OwesBlindly breaks audit::lost_work_is_owed_again_once by Answers;
    a_guest_row_that_is_not_read: ReadsOneGuest breaks audit::guest_rows_are_read_and_mended by Everything;
    settings_that_look_whole: CallsAllWhole breaks audit::rows_beside_settings_are_mended by Directory;
    mending_settings_without_a_version: MendsSettingsBlindly
        breaks audit::rows_beside_settings_are_mended by LostUpdate;
    rows_that_stay_without_settings: KeepsLeftovers breaks audit::rows_without_settings_go by Directory;
    an_erasure_that_is_noted_once: KeepsFirstNote breaks audit::an_erasure_is_noted_once by ReadAsWritten;
    a_first_page_of_bookings: ReadsOnePage breaks audit::every_booking_is_read by Everything;
    days_that_are_not_looked_at: SkipsFirstDay
        breaks audit::every_host_and_every_day_is_read by ReadAsWritten;
    hosts_that_are_not_listed: ListsOneHost breaks audit::every_host_and_every_day_is_read by Everything;
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
    showing_one_kind_of_parked_work: ListsLettersOnly breaks parked::what_was_set_aside_is_seen by ParkedSeen;
    putting_a_copy_back: ReplaysACopy breaks parked::what_was_set_aside_is_put_back_once by PutBack;
    putting_back_with_no_tries_left: ReplaysTired breaks parked::what_was_set_aside_is_put_back_once by PutBack;
    trying_for_ever: CountsNoAttempts breaks queues::hopeless_work_is_set_aside by GivenUp;
    counting_after_looking: CountsAfterLooking
        breaks counters::a_counter_is_exact_whoever_asks_at_once by CountsExactly;
    one_counter_for_all_windows: OneWindow breaks counters::a_past_window_counts_no_longer by WindowsApart;
    a_data_key_for_everybody: AppendsKeys
        breaks counters::whoever_comes_first_makes_the_first_key by OneKeyPerNumber;
    taking_a_login_over: TakesLoginsOver breaks logins::a_login_is_joined_to_a_host_once by OneHostPerLogin;
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
    let kept = block_on(changes::one_of_many_changes_wins(&store, store.inner()));
    kept.unwrap_or_else(|violation| panic!("{violation}"));
    let store = Defective::new(Defect::None);
    let kept = block_on(queues::hopeless_work_is_set_aside(&store, store.inner()));
    kept.unwrap_or_else(|violation| panic!("{violation}"));
}
