//! The protocol keeps its promises, and whatever is left out is caught by the promise it is there for.

use super::Defect;
use super::scenes::{changed_twice, moved_and_edited, two_guests};
use crate::verdict::{caught, holds};

#[test]
fn two_guests_and_an_editor_keep_every_promise() {
    holds("two guests and an editor", two_guests(Defect::None), 500_000);
}

#[test]
fn a_move_and_an_editor_keep_every_promise() {
    holds("a move and an editor", moved_and_edited(Defect::None), 10_000);
}

#[test]
fn two_changes_and_a_guest_keep_every_promise() {
    holds("two changes and a guest", changed_twice(Defect::None), 500_000);
}

#[test]
fn without_a_condition_on_days_two_hold_one_minute() {
    caught("no day condition", two_guests(Defect::NoDayCondition), "OneHolderPerMinute");
}

#[test]
fn without_the_second_utc_day_two_hold_one_minute() {
    caught("first UTC day only", two_guests(Defect::FirstDayOnly), "OneHolderPerMinute");
}

#[test]
fn without_the_days_of_buffers_two_hold_one_minute() {
    caught("days of the core only", two_guests(Defect::CoreDaysOnly), "OneHolderPerMinute");
}

#[test]
fn with_days_of_the_host_two_hold_one_minute() {
    caught("local date", two_guests(Defect::LocalDate), "OneHolderPerMinute");
}

#[test]
fn where_empty_days_are_removed_two_hold_one_minute() {
    caught("empty day removed", changed_twice(Defect::EmptyDayRemoved), "OneHolderPerMinute");
}

#[test]
fn without_the_fence_a_blocked_day_is_booked() {
    caught("no fence", two_guests(Defect::NoFence), "BlockedMeansBlocked");
}

#[test]
fn with_a_fence_elsewhere_a_blocked_day_is_booked() {
    caught("a fence elsewhere", two_guests(Defect::FenceElsewhere), "BlockedMeansBlocked");
}

#[test]
fn a_move_without_the_fence_lands_on_a_blocked_day() {
    caught("a move without the fence", moved_and_edited(Defect::MoveWithoutFence), "BlockedMeansBlocked");
}

#[test]
fn a_move_that_leaves_the_old_day_leaves_an_entry_behind() {
    caught("old day left", changed_twice(Defect::OldDayLeft), "DaysMatchBookings");
}
