//! Every contract on every engine.

use std::io::Write;

use openslot_dynamodb::Table;
use openslot_tests::support::engine::{Engine, table_name};
use openslot_tests::support::moto::{Moto, variable};

use crate::store::TableEye;
use crate::violation::Kept;

macro_rules! suite {
    ($($module:ident::$contract:ident,)*) => {
        /// In memory, behind a wrapper that lets others run before and after each call.
        mod memory {
            use futures::executor::block_on;
            use openslot_fakes::{Faulty, MemoryStore, NoFaults};

            $(#[test]
            fn $contract() {
                let store = Faulty::new(MemoryStore::new(), NoFaults);
                super::assert_kept(&block_on(crate::$module::$contract(&store, store.inner())));
            })*
        }

        /// The embedded engine, a new one for each contract.
        mod embedded {
            use openslot_tests::support::engine::Engine;

            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $contract() {
                let engine = Engine::start().await;
                let (table, eye) = super::table_of(&engine).await;
                super::assert_kept(&crate::$module::$contract(&table, &eye).await);
            })*
        }

        /// All contracts, each on the next table; says which are broken.
        pub async fn broken_on(
            mut next: impl AsyncFnMut() -> (Table, TableEye),
            passed_over: &[&str],
        ) -> Vec<String> {
            let mut broken = Vec::new();
            $(if !passed_over.contains(&stringify!($contract)) {
                let (table, eye) = next().await;
                if let Err(violation) = crate::$module::$contract(&table, &eye).await {
                    broken.push(format!("{}: {violation}", stringify!($contract)));
                }
            })*
            broken
        }

        /// How many contracts there are.
        pub const CONTRACTS: usize = [$(stringify!($contract)),*].len();
    };
}

suite! {
    bookings::a_plan_is_written_whole,
    bookings::a_booking_is_made_once,
    bookings::a_day_that_changed_refuses,
    bookings::a_counted_day_that_changed_refuses,
    bookings::settings_that_changed_refuse,
    bookings::a_booking_stands_in_every_utc_day_it_touches,
    bookings::a_collective_takes_all_its_hosts,
    bookings::one_of_many_wins,
    changes::a_change_is_written_whole,
    changes::a_booking_that_changed_refuses,
    changes::a_booking_of_another_version_refuses,
    changes::a_change_relies_on_the_days_it_writes,
    changes::a_move_relies_on_the_days_it_counted,
    changes::a_move_relies_on_the_settings_it_read,
    changes::a_moved_booking_holds_one_time,
    changes::one_of_many_changes_wins,
    audit::every_host_and_every_day_is_read,
    audit::every_booking_is_read,
    audit::a_day_is_mended_at_its_version,
    audit::all_owed_work_is_read,
    audit::lost_work_is_owed_again_once,
    audit::guest_rows_are_read_and_mended,
    audit::rows_beside_settings_are_mended,
    audit::rows_without_settings_go,
    audit::an_erasure_is_noted_once,
    hosts::settings_are_saved_against_their_version,
    hosts::a_host_is_read_from_a_day_on,
    hosts::meeting_types_are_saved_against_their_version,
    hosts::the_directory_lists_every_meeting_type,
    queues::due_work_is_found_oldest_first,
    queues::work_is_due_from_its_time_on,
    queues::letters_take_the_place_of_an_announcement,
    queues::only_the_holder_settles,
    queues::work_that_was_put_off_waits,
    queues::hopeless_work_is_set_aside,
    queues::work_that_nobody_owes_is_dropped,
    parked::what_was_set_aside_is_seen,
    parked::what_was_set_aside_is_put_back_once,
    claims::a_claim_holds_through_lease_and_grace,
    claims::one_of_many_claims_holds,
    claims::work_that_is_no_longer_owed_is_not_claimed,
    claims::confirmed_work_is_not_done_again,
    claims::a_late_confirmation_leaves_nothing,
    counters::a_counter_is_exact_whoever_asks_at_once,
    counters::what_is_given_back_can_be_taken_again,
    counters::a_past_window_counts_no_longer,
    counters::the_first_data_key_of_a_number_stays,
    counters::whoever_comes_first_makes_the_first_key,
    logins::a_login_is_joined_to_a_host_once,
}

/// A new table, and an eye for it.
pub async fn table_of(engine: &Engine) -> (Table, TableEye) {
    let name = table_name();
    let table = engine.table(&name).await;
    (table, TableEye { client: engine.client.clone(), name })
}

fn assert_kept(kept: &Kept) {
    if let Err(violation) = kept {
        panic!("{violation}");
    }
}

/// moto serves each request in a thread of its own and checks conditions without a lock: it cannot keep what is
/// promised to those who come at once.
pub const NOT_ON_MOTO: [&str; 6] = [
    "one_of_many_wins",
    "one_of_many_changes_wins",
    "one_of_many_claims_holds",
    "a_counter_is_exact_whoever_asks_at_once",
    "the_first_data_key_of_a_number_stays",
    "whoever_comes_first_makes_the_first_key",
];

#[tokio::test]
async fn moto() {
    match Moto::start().await {
        Ok(moto) => {
            let engine = Engine::at(&moto.url);
            assert_none(&broken_on(async || table_of(&engine).await, &NOT_ON_MOTO).await);
        }
        Err(why) => say(&format!("SKIPPED: the contracts on moto: {why}")),
    }
}

/// On whatever answers at `OPENSLOT_DYNAMODB_URL`, or on the embedded engine by its address alone, so that the way
/// there is tried each time. Tables are left behind: nothing here may delete any.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn elsewhere() {
    let own = Engine::start().await;
    let url = variable("OPENSLOT_DYNAMODB_URL").unwrap_or_else(|| own.url.clone());
    let engine = Engine::at(&url);
    assert_none(&broken_on(async || table_of(&engine).await, &[]).await);
}

/// Tells whoever watches. What tests print is shown only when they fail.
pub fn say(what: &str) {
    writeln!(std::io::stderr(), "{what}").expect("there is a place for errors");
}

/// Fails with every contract that was broken.
pub fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
