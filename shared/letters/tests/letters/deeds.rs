//! Who did what: each reader hears it as it is to them.

use openslot_domain::booking::{Actor, Booking, State};
use openslot_domain::effects::Recipient;

use crate::lives::{Life, cancelled, lives, moved};
use crate::read::visible;
use crate::texts::read;
use crate::world::{bob, booking, to_ada};

/// The first words of every letter to a recipient: the sentence, and the line that stands beside the subject.
pub(crate) fn first_words(booking: &Booking, recipient: &Recipient) -> String {
    let said = |life: &Life| {
        let letter = life.letter(recipient);
        let preheader = letter.html.split_once("mso-hide:all\">").unwrap().1.split_once("</div>").unwrap().0;
        let sentence = letter.text.lines().next().unwrap();
        visible(&format!("{}\n  {sentence}\n  {preheader}", life.name))
    };
    lives(booking, None).iter().map(said).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_attendee_reads_who_did_what() {
    insta::assert_snapshot!(first_words(&booking(), &Recipient::Attendee), @"
    requested
      Your request for Introduction with Ada Lovelace waits for an answer.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. The time is held for you until there is an answer.
    booked
      Introduction with Ada Lovelace is booked.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. Change or cancel with the link inside.
    approved
      Introduction with Ada Lovelace is booked.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. Change or cancel with the link inside.
    moved-by-attendee
      You moved Introduction with Ada Lovelace to a new time.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00; was Tuesday 24 February, 07:30.
    moved-by-host
      Ada Lovelace moved Introduction to a new time.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00; was Tuesday 24 February, 07:30.
    moved-in-calendar
      Introduction with Ada Lovelace has a new time.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00; was Tuesday 24 February, 07:30.
    request-moved-by-attendee
      You asked for a new time for Introduction with Ada Lovelace.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00; was Tuesday 24 February, 07:30. The time is held for you until there is an answer.
    request-moved-by-host
      Ada Lovelace moved your request for Introduction to a new time.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00; was Tuesday 24 February, 07:30. The time is held for you until there is an answer.
    cancelled-by-attendee
      You cancelled Introduction with Ada Lovelace.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. There is nothing left for you to do.
    cancelled-by-host
      Ada Lovelace cancelled Introduction.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. There is nothing left for you to do.
    cancelled-in-calendar
      Introduction with Ada Lovelace is cancelled.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. There is nothing left for you to do.
    declined
      Ada Lovelace declined your request for Introduction.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. Nothing is booked: you may ask for another time.
    lapsed
      Your request for Introduction with Ada Lovelace was not answered in time.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. Nothing is booked: you may ask for another time.
    reminder
      Introduction with Ada Lovelace is coming up.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. Change or cancel with the link inside.
    ");
}

#[test]
fn a_guest_reads_who_did_what() {
    insta::assert_snapshot!(first_words(&booking(), &Recipient::Guest(1)), @"
    requested
      Grace Hopper would like you to join Introduction with Ada Lovelace.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. Not booked yet: the time is held until there is an answer.
    booked
      Grace Hopper invites you to Introduction with Ada Lovelace.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. Nothing to confirm: just come.
    approved
      Grace Hopper invites you to Introduction with Ada Lovelace.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. Nothing to confirm: just come.
    moved-by-attendee
      Grace Hopper moved Introduction with Ada Lovelace to a new time.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00; was Tuesday 24 February, 07:30.
    moved-by-host
      Ada Lovelace moved Introduction to a new time.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00; was Tuesday 24 February, 07:30.
    moved-in-calendar
      Introduction with Ada Lovelace has a new time.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00; was Tuesday 24 February, 07:30.
    request-moved-by-attendee
      Grace Hopper asked for a new time for Introduction with Ada Lovelace.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00; was Tuesday 24 February, 07:30. Not booked yet: the time is held until there is an answer.
    request-moved-by-host
      Ada Lovelace moved the request for Introduction to a new time.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00; was Tuesday 24 February, 07:30. Not booked yet: the time is held until there is an answer.
    cancelled-by-attendee
      Grace Hopper cancelled Introduction with Ada Lovelace.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. There is nothing left for you to do.
    cancelled-by-host
      Ada Lovelace cancelled Introduction.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. There is nothing left for you to do.
    cancelled-in-calendar
      Introduction with Ada Lovelace is cancelled.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. There is nothing left for you to do.
    declined
      Ada Lovelace declined the request for Introduction.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. Nothing is booked.
    lapsed
      The request for Introduction with Ada Lovelace was not answered in time.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. Nothing is booked.
    reminder
      Introduction with Ada Lovelace is coming up.
      Tuesday 3 March, 08:30 to 09:00, America/New_York, UTC-05:00. Nothing to confirm: just come.
    ");
}

#[test]
fn a_host_reads_who_did_what() {
    insta::assert_snapshot!(first_words(&booking(), &to_ada()), @"
    requested
      Grace Hopper asks for Introduction with you: the request waits for your word.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00. Held for Grace Hopper until you answer.
    booked
      Grace Hopper booked Introduction with you.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00.
    approved
      You approved Introduction with Grace Hopper: it is booked.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00.
    moved-by-attendee
      Grace Hopper moved Introduction to a new time.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00; was Tuesday 24 February, 13:30.
    moved-by-host
      You moved Introduction with Grace Hopper to a new time.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00; was Tuesday 24 February, 13:30.
    moved-in-calendar
      Introduction with Grace Hopper has a new time, because its entry was moved in the calendar.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00; was Tuesday 24 February, 13:30.
    request-moved-by-attendee
      Grace Hopper asks for a new time for Introduction: the request waits for your word.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00; was Tuesday 24 February, 13:30. Held for Grace Hopper until you answer.
    request-moved-by-host
      The request of Grace Hopper for Introduction has a new time and waits for your word.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00; was Tuesday 24 February, 13:30. Held for Grace Hopper until you answer.
    cancelled-by-attendee
      Grace Hopper cancelled Introduction.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00. The time is free again.
    cancelled-by-host
      You cancelled Introduction with Grace Hopper.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00. The time is free again.
    cancelled-in-calendar
      Introduction with Grace Hopper is cancelled, because its entry was deleted in the calendar.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00. The time is free again.
    declined
      You declined Introduction with Grace Hopper.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00. The time is free again.
    lapsed
      The request of Grace Hopper for Introduction was not answered in time and is declined.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00. The time is free again.
    reminder
      Introduction with Grace Hopper is coming up.
      Tuesday 3 March, 14:30 to 15:00, Europe/Berlin, UTC+01:00.
    ");
}

/// Two hosts: what one did, the other reads with a name.
#[test]
fn another_host_reads_who_did_what() {
    let mut booking = booking();
    booking.hosts.push(bob());
    insta::assert_snapshot!(first_words(&booking, &Recipient::Host("bob".parse().unwrap())), @"
    requested
      Grace Hopper asks for Introduction with you and Ada Lovelace: the request waits for your word.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00. Held for Grace Hopper until you answer.
    booked
      Grace Hopper booked Introduction with you and Ada Lovelace.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00.
    approved
      Ada Lovelace approved Introduction with Grace Hopper: it is booked.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00.
    moved-by-attendee
      Grace Hopper moved Introduction to a new time.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00; was Tuesday 24 February, 21:30.
    moved-by-host
      Ada Lovelace moved Introduction with Grace Hopper to a new time.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00; was Tuesday 24 February, 21:30.
    moved-in-calendar
      Introduction with Grace Hopper has a new time, because its entry was moved in the calendar.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00; was Tuesday 24 February, 21:30.
    request-moved-by-attendee
      Grace Hopper asks for a new time for Introduction: the request waits for your word.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00; was Tuesday 24 February, 21:30. Held for Grace Hopper until you answer.
    request-moved-by-host
      The request of Grace Hopper for Introduction has a new time and waits for your word.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00; was Tuesday 24 February, 21:30. Held for Grace Hopper until you answer.
    cancelled-by-attendee
      Grace Hopper cancelled Introduction.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00. The time is free again.
    cancelled-by-host
      Ada Lovelace cancelled Introduction with Grace Hopper.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00. The time is free again.
    cancelled-in-calendar
      Introduction with Grace Hopper is cancelled, because its entry was deleted in the calendar.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00. The time is free again.
    declined
      Ada Lovelace declined Introduction with Grace Hopper.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00. The time is free again.
    lapsed
      The request of Grace Hopper for Introduction was not answered in time and is declined.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00. The time is free again.
    reminder
      Introduction with Grace Hopper is coming up.
      Tuesday 3 March, 22:30 to 23:00, Asia/Tokyo, UTC+09:00.
    ");
}

/// Somebody of the team who takes no part, such as an admin after the host has changed.
#[test]
fn who_is_not_known_is_not_named() {
    let stranger = || Actor::Host("zoe".parse().unwrap());
    let sentence =
        |booking: &Booking, recipient| read(booking, &recipient).lines().nth(2).unwrap().to_owned();
    let cancelled = cancelled(&booking(), stranger(), None);
    assert_eq!(sentence(&cancelled, Recipient::Attendee), "Introduction with Ada Lovelace is cancelled.");
    assert_eq!(sentence(&cancelled, to_ada()), "Introduction with Grace Hopper is cancelled.");
    let moved = moved(&booking(), stranger());
    assert_eq!(sentence(&moved, Recipient::Guest(0)), "Introduction with Ada Lovelace has a new time.");
}

/// A booking whose history was not kept yet.
#[test]
fn a_cancellation_without_a_step_names_nobody() {
    let booking = Booking { state: State::Cancelled, ..booking() };
    let said = read(&booking, &Recipient::Attendee);
    assert!(said.contains("\nIntroduction with Ada Lovelace is cancelled.\n"), "{said}");
}
