//! The protocol keeps its promises, and whatever is left out is caught by the promise it is there for.

use super::Defect;
use super::scenes::{late_reminder, news, old_news, reminder};
use crate::verdict::{caught, holds};

#[test]
fn news_keeps_every_promise() {
    holds("news", news(Defect::None), 100_000);
}

#[test]
fn old_news_keeps_every_promise() {
    holds("old news", old_news(Defect::None), 100_000);
}

#[test]
fn a_reminder_keeps_every_promise() {
    holds("a reminder", reminder(Defect::None), 100_000);
}

#[test]
fn a_late_reminder_keeps_every_promise() {
    holds("a late reminder", late_reminder(Defect::None), 1_000);
}

#[test]
fn without_a_claim_a_letter_goes_twice() {
    caught("no claim", news(Defect::NoClaim), "OneLetterPerKey");
}

#[test]
fn without_the_grace_a_letter_goes_twice() {
    caught("blind resend", news(Defect::BlindResend), "OneLetterPerKey");
}

#[test]
fn without_the_mail_services_word_a_letter_goes_twice() {
    caught("ack ignored", news(Defect::AckIgnored), "OneLetterPerKey");
}

#[test]
fn a_failed_call_that_is_repeated_at_once_sends_twice() {
    caught("retry at once", news(Defect::RetryAtOnce), "OneLetterPerKey");
}

/// Not a defect of ours: it shows what the promise rests on.
#[test]
fn if_the_mail_service_speaks_too_late_a_letter_goes_twice() {
    caught("event late", news(Defect::EventLate), "OneLetterPerKey");
}

/// The same: a function's time-out is shorter than its lease.
#[test]
fn if_a_function_overruns_its_lease_a_letter_goes_twice() {
    caught("function overruns", news(Defect::FunctionOverruns), "OneLetterPerKey");
}

#[test]
fn without_the_booking_in_the_claim_a_cancelled_meeting_is_reminded_of() {
    caught("read then claim", reminder(Defect::ReadThenClaim), "NoReminderAfterCancel");
}

#[test]
fn work_that_is_removed_first_is_lost() {
    caught("paid first", news(Defect::PaidFirst), "NothingLost");
}

#[test]
fn without_the_sweep_work_is_lost() {
    caught("stream only", news(Defect::StreamOnly), "NothingLost");
}

#[test]
fn a_last_try_that_is_parked_at_once_may_have_gone_out() {
    caught("park at once", news(Defect::ParkAtOnce), "ParkedIsUnsent");
}
