//! Each defect is caught, and by the invariant that is there for it.

use super::judge;
use super::notebook::{Claimed, Notebook, Piece, Revision, Stands, What, Who};
use super::paths::Path;
use super::table::Defect;
use super::worlds::played;
use crate::checker::Invariant;

/// Plays worlds with a defect until an invariant breaks, and says which.
fn caught(defect: Defect) -> Invariant {
    let violation = (0..2_000).find_map(|seed| played(seed, defect).err());
    violation.unwrap_or_else(|| panic!("{defect:?} was never caught")).invariant
}

#[test]
fn without_a_claim_somebody_gets_two() {
    assert_eq!(caught(Defect::NoClaim), Invariant::OneLetterEach);
}

#[test]
fn read_then_claim_reminds_of_what_was_given_up() {
    assert_eq!(caught(Defect::ReadThenClaim), Invariant::NoReminderAfterChange);
}

#[test]
fn who_sends_again_when_the_lease_is_over_sends_two() {
    assert_eq!(caught(Defect::BlindResend), Invariant::OneLetterEach);
}

#[test]
fn old_reminders_that_stand_remind_of_what_was_moved() {
    assert_eq!(caught(Defect::OldRemindersStand), Invariant::NoReminderAfterChange);
}

#[test]
fn what_is_paid_before_it_is_sent_is_lost() {
    assert_eq!(caught(Defect::PaidFirst), Invariant::NobodyForgotten);
}

#[test]
fn a_word_that_is_swallowed_makes_two() {
    assert_eq!(caught(Defect::Swallows), Invariant::OneLetterEach);
}

#[test]
fn a_time_that_is_kept_is_noticed() {
    assert_eq!(caught(Defect::KeepsOldTime), Invariant::DaysMatchBookings);
}

#[test]
fn a_record_that_is_swallowed_is_not_offered_again() {
    let path = Path::book("solo").without_sweeps().with(Defect::Swallows);
    assert_eq!(path.is_offered_again().unwrap_err().invariant, Invariant::OfferedAgain);
}

#[test]
fn a_path_on_which_somebody_sends_again_too_soon_ends_otherwise() {
    let violation = Path::book("solo").with(Defect::BlindResend).walk(true).unwrap_err();
    assert_eq!(violation.invariant, Invariant::SameEnd);
}

/// What no store that keeps its conditions comes to, told to the judge by hand.
mod lies {
    use super::*;

    const HOUR_MS: i64 = 60 * 60 * 1000;

    /// A booking that everybody was told of, and that stood for an hour.
    fn told() -> Notebook {
        let mut notebook = Notebook::default();
        let people = vec![(Who::Attendee, "guest@example.org".to_owned())];
        let (from_s, to_s, hosts) = (9_000_000, 9_001_800, vec![1]);
        let (stands, reminders_mins) = (Stands::Confirmed, Vec::new());
        let (decided_ms, at_ms, until_ms) = (HOUR_MS, HOUR_MS, i64::MAX);
        notebook.commit(Revision {
            booking: 7,
            number: 0,
            stands,
            start_s: from_s,
            from_s,
            to_s,
            hosts,
            people,
            reminders_mins,
            decided_ms,
            at_ms,
            until_ms,
        });
        notebook.letter(piece(What::Letter(Who::Attendee)), "guest@example.org");
        notebook.heard.insert(piece(What::Event), 2);
        notebook
    }

    fn piece(what: What) -> Piece {
        Piece { booking: 7, revision: 0, what }
    }

    fn caught(lie: impl FnOnce(&mut Notebook)) -> Invariant {
        let mut notebook = told();
        lie(&mut notebook);
        judge::at_the_end(&notebook, &[]).unwrap_err().invariant
    }

    #[test]
    fn the_truth_is_believed() {
        assert_eq!(judge::at_the_end(&told(), &[]), Ok(()));
    }

    #[test]
    fn an_event_that_nobody_heard_is_noticed() {
        assert_eq!(caught(|notebook| notebook.heard.clear()), Invariant::EveryEventIsHeard);
    }

    #[test]
    fn a_letter_to_somebody_else_is_noticed() {
        let letter = piece(What::Letter(Who::Attendee));
        assert_eq!(caught(|notebook| notebook.letter(letter, "x@example.org")), Invariant::OneLetterEach);
    }

    #[test]
    fn what_is_left_or_set_aside_too_soon_is_noticed() {
        let left = judge::at_the_end(&told(), &[piece(What::Lapse)]).unwrap_err();
        assert_eq!(left.invariant, Invariant::NothingLeft);
        let parked = |notebook: &mut Notebook| notebook.parked.extend([(piece(What::Event), 4)]);
        assert_eq!(caught(parked), Invariant::NothingLeft);
    }

    #[test]
    fn a_second_change_for_one_request_is_noticed() {
        let change = |notebook: &mut Notebook| {
            let first = notebook.revisions[0].clone();
            notebook.commit(Revision { number: 1, at_ms: first.at_ms + 1, ..first });
            notebook.letter(Piece { revision: 1, ..piece(What::Letter(Who::Attendee)) }, "guest@example.org");
            notebook.heard.insert(Piece { revision: 1, ..piece(What::Event) }, 1);
        };
        assert_eq!(caught(change), Invariant::OneChangePerRequest);
    }

    #[test]
    fn a_reminder_that_was_taken_on_too_late_is_noticed() {
        let remind = piece(What::Remind(60));
        let (start_s, stands) = (9_000, Stands::Confirmed);
        let claimed = |at_ms| Claimed { piece: remind, at_ms, revision: 0, stands, start_s };
        assert_eq!(judge::claimed_in_time(&claimed(8_999_999)), Ok(()));
        let late = judge::claimed_in_time(&claimed(9_000_000)).unwrap_err();
        assert_eq!(late.invariant, Invariant::NeverTooLate);
    }
}
