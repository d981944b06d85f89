//! The letters about what is booked: that it was moved, that it was cancelled, that it is near.

use openslot_domain::booking::Actor;
use openslot_domain::effects::Recipient;

use crate::lives::{brief, by_ada, cancelled, moved, reason, reminded};
use crate::texts::{as_read, read};
use crate::world::to_ada;

#[test]
fn the_attendee_reads_of_a_move() {
    insta::assert_snapshot!(read(&moved(&brief(), by_ada()), &Recipient::Attendee), @"
    New time: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Ada Lovelace moved Introduction to a new time.

    Tuesday 3 March 2026
    08:30 to 09:00
    was Tuesday 24 February, 07:30
    30 minutes
    America/New_York, UTC-05:00

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

    Add to your calendar
      If it did not take the new time from this letter:
      https://meet.example.org/v1/bookings/b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0/calendar.ics?k=bWFj

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because this meeting was booked with your address at meet.example.org. If that was not you, cancel it above.
    ");
}

#[test]
fn a_guest_reads_of_a_move() {
    insta::assert_snapshot!(read(&moved(&brief(), Actor::Attendee), &Recipient::Guest(0)), @"
    New time: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Grace Hopper moved Introduction with Ada Lovelace to a new time.

    Tuesday 3 March 2026
    08:30 to 09:00
    was Tuesday 24 February, 07:30
    30 minutes
    America/New_York, UTC-05:00

    Where
      Google Meet. The link follows from Ada Lovelace.

    Who
      Ada Lovelace (host)
      Grace Hopper
      marie@example.net (you)

    Add to your calendar
      If it did not take the new time from this letter:
      https://meet.example.org/v1/bookings/b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0/calendar.ics?k=bWFj

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because Grace Hopper gave your address with this booking at meet.example.org. If you do not know Grace Hopper, leave this letter unanswered.
    ");
}

#[test]
fn the_host_reads_of_a_move() {
    insta::assert_snapshot!(read(&moved(&brief(), Actor::Attendee), &to_ada()), @"
    New time: Introduction with Grace Hopper, Tuesday 3 March, 14:30

    Grace Hopper moved Introduction to a new time.

    Tuesday 3 March 2026
    14:30 to 15:00
    was Tuesday 24 February, 13:30
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
fn the_attendee_reads_of_a_cancellation() {
    insta::assert_snapshot!(read(&cancelled(&brief(), by_ada(), Some(&reason())), &Recipient::Attendee), @"
    Cancelled: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Ada Lovelace cancelled Introduction.

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
fn a_guest_reads_of_a_cancellation() {
    let booking = cancelled(&brief(), Actor::Attendee, Some(&reason()));
    insta::assert_snapshot!(read(&booking, &Recipient::Guest(0)), @"
    Cancelled: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Grace Hopper cancelled Introduction with Ada Lovelace.

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
fn the_host_reads_of_a_cancellation() {
    insta::assert_snapshot!(read(&cancelled(&brief(), Actor::Attendee, Some(&reason())), &to_ada()), @"
    Cancelled: Introduction with Grace Hopper, Tuesday 3 March, 14:30

    Grace Hopper cancelled Introduction.

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
fn the_attendee_is_reminded() {
    insta::assert_snapshot!(as_read(&reminded(&brief()).letter(&Recipient::Attendee)), @"
    Reminder: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Introduction with Ada Lovelace is coming up.

    Tuesday 3 March 2026
    08:30 to 09:00
    30 minutes
    America/New_York, UTC-05:00

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

    Sent by Example & Co., because this meeting was booked with your address at meet.example.org. If that was not you, cancel it above.
    ");
}

#[test]
fn a_guest_is_reminded() {
    insta::assert_snapshot!(as_read(&reminded(&brief()).letter(&Recipient::Guest(0))), @"
    Reminder: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Introduction with Ada Lovelace is coming up.

    Tuesday 3 March 2026
    08:30 to 09:00
    30 minutes
    America/New_York, UTC-05:00

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

#[test]
fn the_host_is_reminded() {
    insta::assert_snapshot!(as_read(&reminded(&brief()).letter(&to_ada())), @"
    Reminder: Introduction with Grace Hopper, Tuesday 3 March, 14:30

    Introduction with Grace Hopper is coming up.

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
