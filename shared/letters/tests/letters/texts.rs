//! The letters, as people read them.

use chrono_tz::Tz;
use openslot_domain::booking::{Booking, Inviter, Source};
use openslot_domain::effects::Recipient;
use openslot_domain::interval::Interval;
use openslot_letters::Letter;

use crate::lives::{Life, lives, reason};
use crate::read::visible;
use crate::world::{at, bob, booking, letter, line, to_ada};

/// Subject and text, without the characters that no one sees.
pub(crate) fn read(booking: &Booking, recipient: &Recipient) -> String {
    as_read(&letter(booking, recipient))
}

/// Subject and text of a letter, without the characters that no one sees.
pub(crate) fn as_read(letter: &Letter) -> String {
    format!("{}\n\n{}", visible(&letter.subject), visible(&letter.text))
}

/// A booking with nothing but what every booking has.
fn short() -> Booking {
    let mut booking = booking();
    booking.attendee.phone = None;
    booking.guests.clear();
    booking.answers.clear();
    booking.note = None;
    booking.source = Source::default();
    booking
}

#[test]
fn the_attendee_reads() {
    insta::assert_snapshot!(read(&booking(), &Recipient::Attendee), @"
    Booked: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Introduction with Ada Lovelace is booked.

    Tuesday 3 March 2026
    08:30 to 09:00
    30 minutes
    America/New_York, UTC-05:00

    Where
      Google Meet. The link follows from Ada Lovelace.

    Who
      Ada Lovelace (host)
      Grace Hopper (you)
      Linus Pauling, linus@example.net
      marie@example.net

    What would you like to talk about?
      Compilers,
      and how to teach them

    Your website
      https://grace.example.net/about

    I have read the house rules
      Yes

    Note
      I may be five minutes late.

      See you then!

    Change or cancel
      https://meet.example.org/manage/#b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0.bWFj

    Add to your calendar
      If it did not take the invitation in this letter:
      https://meet.example.org/v1/bookings/b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0/calendar.ics?k=bWFj

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because this meeting was booked with your address at meet.example.org. If that was not you, cancel it above.
    ");
}

#[test]
fn a_guest_reads() {
    insta::assert_snapshot!(read(&booking(), &Recipient::Guest(1)), @"
    Invitation: Introduction with Ada Lovelace, Tuesday 3 March, 08:30

    Grace Hopper invites you to Introduction with Ada Lovelace.

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
      Linus Pauling

    Add to your calendar
      If it did not take the invitation in this letter:
      https://meet.example.org/v1/bookings/b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0/calendar.ics?k=bWFj

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because Grace Hopper gave your address with this booking at meet.example.org. If you do not know Grace Hopper, leave this letter unanswered.
    ");
}

#[test]
fn the_host_reads() {
    insta::assert_snapshot!(read(&booking(), &to_ada()), @"
    New booking: Introduction with Grace Hopper, Tuesday 3 March, 14:30

    Grace Hopper booked Introduction with you.

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
      Linus Pauling, linus@example.net
      marie@example.net

    What would you like to talk about?
      Compilers,
      and how to teach them

    Your website
      https://grace.example.net/about

    I have read the house rules
      Yes

    Note
      I may be five minutes late.

      See you then!

    Came from
      https://example.net/team
      Form spring
      utm_campaign: spring

    Reply to this letter to reach Grace Hopper.

    Sent by Example & Co., because you take meetings at meet.example.org.
    ");
}

/// Two hosts, a meeting on two dates, and an attendee in Tokyo, where it is a day later.
#[test]
fn a_host_among_several_reads() {
    let mut booking = short();
    booking.hosts.push(bob());
    booking.time_zone = Tz::Asia__Tokyo;
    booking.core = Interval::lasting(at("2026-03-03T22:30:00Z"), 60).unwrap();
    insta::assert_snapshot!(read(&booking, &to_ada()), @"
    New booking: Introduction with Grace Hopper, Tuesday 3 March, 23:30

    Grace Hopper booked Introduction with you and Bob Kahn.

    Tuesday 3 March 2026
    23:30 to 00:30 on Wednesday 4 March
    1 hour
    Europe/Berlin, UTC+01:00
    For Grace Hopper: Wednesday 4 March, 07:30 to 08:30, Asia/Tokyo, UTC+09:00

    Where
      Google Meet. There is no link yet: send one to Grace Hopper.

    Booked by
      Grace Hopper
      grace@example.net

    Hosts
      Ada Lovelace
      Bob Kahn

    Reply to this letter to reach Grace Hopper.

    Sent by Example & Co., because you take meetings at meet.example.org.
    ");
}

/// The host's calendar invites, and the attendee reads American English.
#[test]
fn an_attendee_who_is_invited_by_the_hosts_calendar_reads() {
    let mut booking = short();
    booking.locale = Some(line("en-US"));
    booking.inviter = Inviter::Calendar;
    insta::assert_snapshot!(read(&booking, &Recipient::Attendee), @"
    Booked: Introduction with Ada Lovelace, Tuesday, March 3, 8:30 AM

    Introduction with Ada Lovelace is booked.

    Tuesday, March 3, 2026
    8:30 AM to 9:00 AM
    30 minutes
    America/New_York, UTC-05:00

    Where
      Google Meet. The link follows from Ada Lovelace.

    Who
      Ada Lovelace (host)
      Grace Hopper (you)

    Change or cancel
      https://meet.example.org/manage/#b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0.bWFj

    Add to your calendar
      Only if no invitation from Ada Lovelace has reached you:
      https://meet.example.org/v1/bookings/b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0/calendar.ics?k=bWFj

    Reply to this letter to reach Ada Lovelace.

    Sent by Example & Co., because this meeting was booked with your address at meet.example.org. If that was not you, cancel it above.
    ");
}

#[test]
fn a_host_whose_clock_shows_the_same_is_not_told_twice() {
    let mut booking = booking();
    booking.time_zone = Tz::Europe__Paris;
    assert!(!letter(&booking, &to_ada()).text.contains("For Grace Hopper"));
    booking.time_zone = Tz::Europe__London;
    assert!(
        letter(&booking, &to_ada())
            .text
            .contains("For Grace Hopper: 13:30 to 14:00, Europe/London, UTC+00:00")
    );
}

/// As long as there is anything to change.
#[test]
fn the_manage_link_stands_in_the_attendees_letters_alone() {
    let holds = |life: &Life, recipient| {
        let letter = life.letter(&recipient);
        let manage = crate::world::links(&life.booking).manage;
        let mime = letter.mime(crate::checks::MESSAGE_ID, crate::world::now());
        let headers = String::from_utf8(mime).unwrap().split_once("\r\n\r\n").unwrap().0.contains("manage");
        let ics = letter.calendar.is_some_and(|calendar| calendar.ics.contains("manage"));
        (letter.text.contains(&manage), letter.html.contains(&manage), headers, ics)
    };
    for life in lives(&booking(), Some(&reason())) {
        let live = !life.is_over();
        assert_eq!(holds(&life, Recipient::Attendee), (live, live, false, false), "{}", life.name);
        assert_eq!(holds(&life, Recipient::Guest(0)), (false, false, false, false), "{}", life.name);
        assert_eq!(holds(&life, to_ada()), (false, false, false, false), "{}", life.name);
    }
}

/// What attendee and host told each other is not for those who come along.
#[test]
fn a_guest_hears_nothing_that_was_said_to_somebody_else() {
    let mut booking = booking();
    booking.location.kind = openslot_domain::meeting_type::LocationKind::Phone;
    for life in lives(&booking, Some(&reason())) {
        let letter = life.letter(&Recipient::Guest(1));
        let ics = letter.calendar.map(|calendar| calendar.ics.replace("\r\n ", "")).unwrap_or_default();
        let all = visible(&format!("{}{}{ics}", letter.text, letter.html));
        for secret in [
            "212 555",
            "Compilers",
            "five minutes late",
            "grace@",
            "linus@",
            "utm",
            "example.net/team",
            "caught a cold",
        ] {
            assert!(!all.contains(secret), "{}: {secret}", life.name);
        }
        assert!(all.contains("marie@example.net"));
    }
}

#[test]
fn the_same_letter_is_the_same_bytes() {
    let one = |_| letter(&booking(), &to_ada()).mime(crate::checks::MESSAGE_ID, crate::world::now());
    assert_eq!(one(1), one(2));
}
