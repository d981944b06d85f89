//! The letters about a request: that it waits, and what came of it.

use openslot_domain::booking::{Actor, Booking};
use openslot_domain::effects::Recipient;

use crate::lives::{approved, brief, by_ada, declined, lapsed, moved, reason, requested};
use crate::texts::read;
use crate::world::{at, bob, to_ada};

#[test]
fn the_attendee_reads_that_a_request_waits() {
    insta::assert_snapshot!(read(&requested(&brief()), &Recipient::Attendee), @"
    Requested: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Your request for Introduction with Ada Lovelace waits for an answer.

    Tuesday 3 March 2026
    08:30 to 09:00
    30 minutes
    America/New_York, UTC-05:00

    What happens next
      The time is held for you until Ada Lovelace answers, at most until Sunday 22 February, 03:15. You get a letter either way.

    Where
      Google Meet. The link follows from Ada Lovelace.

    Who
      Ada Lovelace (host)
      Grace Hopper (you)
      marie@example.net

    Note
      I may be five minutes late.

    Change or cancel
      https://meet.example.org/manage/#b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0.bWFj

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because this meeting was requested with your address at meet.example.org. If that was not you, cancel it above.
    ");
}

#[test]
fn a_guest_reads_that_a_request_waits() {
    insta::assert_snapshot!(read(&requested(&brief()), &Recipient::Guest(0)), @"
    Requested: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Grace Hopper would like you to join Introduction with Ada Lovelace.

    Tuesday 3 March 2026
    08:30 to 09:00
    30 minutes
    America/New_York, UTC-05:00

    What happens next
      It is not booked yet. The time is held until Ada Lovelace answers, at most until Sunday 22 February, 03:15. You get a letter either way.

    Where
      Google Meet. The link follows from Ada Lovelace.

    Who
      Ada Lovelace (host)
      Grace Hopper
      marie@example.net (you)

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because Grace Hopper gave your address with this booking at meet.example.org. If you do not know Grace Hopper, leave this letter unanswered.
    ");
}

/// Who has not said yes is not asked for a link.
#[test]
fn the_host_reads_that_a_request_waits() {
    insta::assert_snapshot!(read(&requested(&brief()), &to_ada()), @"
    New request: Introduction with Grace Hopper, Tuesday 3 March, 14:30

    Grace Hopper asks for Introduction with you: the request waits for your word.

    Tuesday 3 March 2026
    14:30 to 15:00
    30 minutes
    Europe/Berlin, UTC+01:00
    For Grace Hopper: 08:30 to 09:00, America/New_York, UTC-05:00

    What happens next
      Approve or decline it in your bookings at meet.example.org by Sunday 22 February, 09:15. Until then the time is held for Grace Hopper; without an answer the request is declined.

    Where
      Google Meet

    Booked by
      Grace Hopper
      grace@example.net
      +1 212 555 0100

    Guests
      marie@example.net

    Note
      I may be five minutes late.

    Reply to this letter to reach Grace Hopper.

    Sent by Example & Co., because you take meetings at meet.example.org.
    ");
}

/// A request is held for two days, or until the meeting would begin.
#[test]
fn a_request_is_held_until_the_meeting_at_the_latest() {
    let mut booking = requested(&brief());
    let next = |booking: &Booking| {
        let text = read(booking, &Recipient::Attendee);
        let next = text.split_once("What happens next\n  ").unwrap().1;
        next.lines().next().unwrap().to_owned()
    };
    let until = |when: &str| {
        format!(
            "The time is held for you until Ada Lovelace answers, at most until {when}. You get a letter either way."
        )
    };
    assert_eq!(next(&booking), until("Sunday 22 February, 03:15"));
    booking.history[0].at = at("2026-03-02T00:00:00Z");
    assert_eq!(next(&booking), until("Tuesday 3 March, 08:30"));
    booking.hosts.push(bob());
    assert!(next(&booking).contains("until Ada Lovelace and Bob Kahn answer, at most"));
}

#[test]
fn the_attendee_reads_that_a_request_was_moved() {
    let booking = moved(&requested(&brief()), Actor::Attendee);
    insta::assert_snapshot!(read(&booking, &Recipient::Attendee), @"
    New time requested: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    You asked for a new time for Introduction with Ada Lovelace.

    Tuesday 3 March 2026
    08:30 to 09:00
    was Tuesday 24 February, 07:30
    30 minutes
    America/New_York, UTC-05:00

    What happens next
      The time is held for you until Ada Lovelace answers, at most until Sunday 22 February, 03:15. You get a letter either way.

    Where
      Google Meet. The link follows from Ada Lovelace.

    Who
      Ada Lovelace (host)
      Grace Hopper (you)
      marie@example.net

    Note
      I may be five minutes late.

    Change or cancel
      https://meet.example.org/manage/#b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0.bWFj

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because this meeting was requested with your address at meet.example.org. If that was not you, cancel it above.
    ");
}

#[test]
fn the_host_reads_that_a_request_was_moved() {
    let booking = moved(&requested(&brief()), Actor::Attendee);
    insta::assert_snapshot!(read(&booking, &to_ada()), @"
    New time requested: Introduction with Grace Hopper, Tuesday 3 March, 14:30

    Grace Hopper asks for a new time for Introduction: the request waits for your word.

    Tuesday 3 March 2026
    14:30 to 15:00
    was Tuesday 24 February, 13:30
    30 minutes
    Europe/Berlin, UTC+01:00
    For Grace Hopper: 08:30 to 09:00, America/New_York, UTC-05:00

    What happens next
      Approve or decline it in your bookings at meet.example.org by Sunday 22 February, 09:15. Until then the time is held for Grace Hopper; without an answer the request is declined.

    Where
      Google Meet

    Booked by
      Grace Hopper
      grace@example.net
      +1 212 555 0100

    Guests
      marie@example.net

    Note
      I may be five minutes late.

    Reply to this letter to reach Grace Hopper.

    Sent by Example & Co., because you take meetings at meet.example.org.
    ");
}

/// Whoever asked is told as if nobody had had to be asked.
#[test]
fn the_attendee_reads_that_a_request_was_approved() {
    for recipient in [Recipient::Attendee, Recipient::Guest(0)] {
        assert_eq!(read(&approved(&brief()), &recipient), read(&brief(), &recipient));
    }
}

#[test]
fn the_host_reads_that_a_request_was_approved() {
    insta::assert_snapshot!(read(&approved(&brief()), &to_ada()), @"
    Approved: Introduction with Grace Hopper, Tuesday 3 March, 14:30

    You approved Introduction with Grace Hopper: it is booked.

    Tuesday 3 March 2026
    14:30 to 15:00
    30 minutes
    Europe/Berlin, UTC+01:00
    For Grace Hopper: 08:30 to 09:00, America/New_York, UTC-05:00

    Where
      Google Meet. There is no link yet: send one to Grace Hopper.

    Booked by
      Grace Hopper
      grace@example.net
      +1 212 555 0100

    Guests
      marie@example.net

    Note
      I may be five minutes late.

    Reply to this letter to reach Grace Hopper.

    Sent by Example & Co., because you take meetings at meet.example.org.
    ");
}

#[test]
fn the_attendee_reads_that_a_request_was_declined() {
    let booking = declined(&brief(), by_ada(), Some(&reason()));
    insta::assert_snapshot!(read(&booking, &Recipient::Attendee), @"
    Not booked: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Ada Lovelace declined your request for Introduction.

    Tuesday 3 March 2026
    08:30 to 09:00
    30 minutes
    America/New_York, UTC-05:00

    Reason
      I have caught a cold.
      Sorry!

    Who
      Ada Lovelace (host)
      Grace Hopper (you)
      marie@example.net

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because your address was given for this meeting at meet.example.org.
    ");
}

#[test]
fn a_guest_reads_that_a_request_was_declined() {
    let booking = declined(&brief(), by_ada(), Some(&reason()));
    insta::assert_snapshot!(read(&booking, &Recipient::Guest(0)), @"
    Not booked: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Ada Lovelace declined the request for Introduction.

    Tuesday 3 March 2026
    08:30 to 09:00
    30 minutes
    America/New_York, UTC-05:00

    Who
      Ada Lovelace (host)
      Grace Hopper
      marie@example.net (you)

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because Grace Hopper gave your address with this booking at meet.example.org. If you do not know Grace Hopper, leave this letter unanswered.
    ");
}

#[test]
fn the_host_reads_that_a_request_was_declined() {
    let booking = declined(&brief(), by_ada(), Some(&reason()));
    insta::assert_snapshot!(read(&booking, &to_ada()), @"
    Declined: Introduction with Grace Hopper, Tuesday 3 March, 14:30

    You declined Introduction with Grace Hopper.

    Tuesday 3 March 2026
    14:30 to 15:00
    30 minutes
    Europe/Berlin, UTC+01:00

    Reason
      I have caught a cold.
      Sorry!

    Booked by
      Grace Hopper
      grace@example.net
      +1 212 555 0100

    Guests
      marie@example.net

    Reply to this letter to reach Grace Hopper.

    Sent by Example & Co., because you take meetings at meet.example.org.
    ");
}

#[test]
fn the_attendee_reads_that_a_request_lapsed() {
    insta::assert_snapshot!(read(&lapsed(&brief()), &Recipient::Attendee), @"
    Not booked: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Your request for Introduction with Ada Lovelace was not answered in time.

    Tuesday 3 March 2026
    08:30 to 09:00
    30 minutes
    America/New_York, UTC-05:00

    Who
      Ada Lovelace (host)
      Grace Hopper (you)
      marie@example.net

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because your address was given for this meeting at meet.example.org.
    ");
}

#[test]
fn a_guest_reads_that_a_request_lapsed() {
    insta::assert_snapshot!(read(&lapsed(&brief()), &Recipient::Guest(0)), @"
    Not booked: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    The request for Introduction with Ada Lovelace was not answered in time.

    Tuesday 3 March 2026
    08:30 to 09:00
    30 minutes
    America/New_York, UTC-05:00

    Who
      Ada Lovelace (host)
      Grace Hopper
      marie@example.net (you)

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because Grace Hopper gave your address with this booking at meet.example.org. If you do not know Grace Hopper, leave this letter unanswered.
    ");
}

#[test]
fn the_host_reads_that_a_request_lapsed() {
    insta::assert_snapshot!(read(&lapsed(&brief()), &to_ada()), @"
    Lapsed: Introduction with Grace Hopper, Tuesday 3 March, 14:30

    The request of Grace Hopper for Introduction was not answered in time and is declined.

    Tuesday 3 March 2026
    14:30 to 15:00
    30 minutes
    Europe/Berlin, UTC+01:00

    Booked by
      Grace Hopper
      grace@example.net
      +1 212 555 0100

    Guests
      marie@example.net

    Reply to this letter to reach Grace Hopper.

    Sent by Example & Co., because you take meetings at meet.example.org.
    ");
}
