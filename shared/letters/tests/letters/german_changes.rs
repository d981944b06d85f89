//! What becomes of a booking, told to those who read German.

use chrono_tz::Tz;
use openslot_domain::booking::{Actor, Booking};
use openslot_domain::effects::Recipient;

use crate::deeds::first_words;
use crate::lives::{brief, by_ada, cancelled, declined, lapsed, moved, reminded, requested};
use crate::texts::{as_read, read};
use crate::world::{bob, line, paragraphs};

fn german() -> Booking {
    let mut booking = brief();
    booking.locale = Some(line("de"));
    booking.title = line("Erstgespräch");
    booking.time_zone = Tz::Europe__Berlin;
    booking.note = Some(paragraphs("Ich komme vielleicht fünf Minuten später."));
    booking
}

fn reason() -> openslot_domain::text::Paragraphs {
    paragraphs("Ich bin erkältet.\nEs tut mir leid!")
}

#[test]
fn the_attendee_reads_that_a_request_waits() {
    insta::assert_snapshot!(read(&requested(&german()), &Recipient::Attendee), @"
    Angefragt: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Ihre Anfrage wartet auf eine Antwort: Erstgespräch mit Ada Lovelace.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Wie es weitergeht
      Die Zeit bleibt für Sie frei, bis Ada Lovelace antwortet, längstens bis Sonntag, 22. Februar, 09:15 Uhr. Sie erhalten in jedem Fall eine E-Mail.

    Ort
      Google Meet. Den Link erhalten Sie von Ada Lovelace.

    Wer
      Ada Lovelace (bietet den Termin an)
      Grace Hopper (Sie)
      marie@example.net

    Nachricht
      Ich komme vielleicht fünf Minuten später.

    Ändern oder absagen
      https://meet.example.org/manage/#b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0.bWFj

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil dieser Termin auf meet.example.org mit Ihrer Adresse angefragt wurde. Wenn Sie das nicht waren, sagen Sie den Termin oben ab.
    ");
}

#[test]
fn a_guest_reads_that_a_request_waits() {
    insta::assert_snapshot!(read(&requested(&german()), &Recipient::Guest(0)), @"
    Angefragt: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Grace Hopper möchte Sie dabeihaben: Erstgespräch mit Ada Lovelace.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Wie es weitergeht
      Der Termin ist noch nicht gebucht. Die Zeit bleibt frei, bis Ada Lovelace antwortet, längstens bis Sonntag, 22. Februar, 09:15 Uhr. Sie erhalten in jedem Fall eine E-Mail.

    Ort
      Google Meet. Den Link erhalten Sie von Ada Lovelace.

    Wer
      Ada Lovelace (bietet den Termin an)
      Grace Hopper
      marie@example.net (Sie)

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil Grace Hopper bei dieser Buchung auf meet.example.org Ihre Adresse angegeben hat. Wenn Sie Grace Hopper nicht kennen, lassen Sie diese E-Mail unbeantwortet.
    ");
}

#[test]
fn the_attendee_reads_that_a_request_was_moved() {
    let mut booking = moved(&requested(&german()), Actor::Attendee);
    booking.hosts.push(bob());
    insta::assert_snapshot!(read(&booking, &Recipient::Attendee), @"
    Neue Zeit angefragt: Erstgespräch mit Ada Lovelace und Bob Kahn, Dienstag, 3. März, 14:30 Uhr

    Sie haben um eine neue Zeit gebeten: Erstgespräch mit Ada Lovelace und Bob Kahn.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    bisher Dienstag, 24. Februar, 13:30 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Wie es weitergeht
      Die Zeit bleibt für Sie frei, bis Ada Lovelace und Bob Kahn antworten, längstens bis Sonntag, 22. Februar, 09:15 Uhr. Sie erhalten in jedem Fall eine E-Mail.

    Ort
      Google Meet. Den Link erhalten Sie von Ada Lovelace und Bob Kahn.

    Wer
      Ada Lovelace (bietet den Termin an)
      Bob Kahn (bietet den Termin an)
      Grace Hopper (Sie)
      marie@example.net

    Nachricht
      Ich komme vielleicht fünf Minuten später.

    Ändern oder absagen
      https://meet.example.org/manage/#b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0.bWFj

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil dieser Termin auf meet.example.org mit Ihrer Adresse angefragt wurde. Wenn Sie das nicht waren, sagen Sie den Termin oben ab.
    ");
}

#[test]
fn the_attendee_reads_that_a_request_was_declined() {
    let booking = declined(&german(), by_ada(), Some(&reason()));
    insta::assert_snapshot!(read(&booking, &Recipient::Attendee), @"
    Nicht gebucht: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Ada Lovelace hat Ihre Anfrage abgelehnt: Erstgespräch.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Begründung
      Ich bin erkältet.
      Es tut mir leid!

    Wer
      Ada Lovelace (bietet den Termin an)
      Grace Hopper (Sie)
      marie@example.net

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil für diesen Termin auf meet.example.org Ihre Adresse angegeben wurde.
    ");
}

#[test]
fn a_guest_reads_that_a_request_lapsed() {
    insta::assert_snapshot!(read(&lapsed(&german()), &Recipient::Guest(0)), @"
    Nicht gebucht: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Die Anfrage wurde nicht rechtzeitig beantwortet: Erstgespräch mit Ada Lovelace.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Wer
      Ada Lovelace (bietet den Termin an)
      Grace Hopper
      marie@example.net (Sie)

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil Grace Hopper bei dieser Buchung auf meet.example.org Ihre Adresse angegeben hat. Wenn Sie Grace Hopper nicht kennen, lassen Sie diese E-Mail unbeantwortet.
    ");
}

#[test]
fn the_attendee_reads_of_a_move() {
    insta::assert_snapshot!(read(&moved(&german(), by_ada()), &Recipient::Attendee), @"
    Neue Zeit: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Ada Lovelace hat Ihren Termin verschoben: Erstgespräch.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    bisher Dienstag, 24. Februar, 13:30 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Ort
      Google Meet. Den Link erhalten Sie von Ada Lovelace.

    Wer
      Ada Lovelace (bietet den Termin an)
      Grace Hopper (Sie)
      marie@example.net

    Nachricht
      Ich komme vielleicht fünf Minuten später.

    Ändern oder absagen
      https://meet.example.org/manage/#b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0.bWFj

    In den Kalender eintragen
      Falls Ihr Kalender die neue Zeit aus dieser E-Mail nicht übernommen hat:
      https://meet.example.org/v1/bookings/b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0/calendar.ics?k=bWFj

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil dieser Termin auf meet.example.org mit Ihrer Adresse gebucht wurde. Wenn Sie das nicht waren, sagen Sie den Termin oben ab.
    ");
}

#[test]
fn a_guest_reads_of_a_move() {
    insta::assert_snapshot!(read(&moved(&german(), Actor::Attendee), &Recipient::Guest(0)), @"
    Neue Zeit: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Grace Hopper hat den Termin verschoben: Erstgespräch mit Ada Lovelace.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    bisher Dienstag, 24. Februar, 13:30 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Ort
      Google Meet. Den Link erhalten Sie von Ada Lovelace.

    Wer
      Ada Lovelace (bietet den Termin an)
      Grace Hopper
      marie@example.net (Sie)

    In den Kalender eintragen
      Falls Ihr Kalender die neue Zeit aus dieser E-Mail nicht übernommen hat:
      https://meet.example.org/v1/bookings/b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0/calendar.ics?k=bWFj

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil Grace Hopper bei dieser Buchung auf meet.example.org Ihre Adresse angegeben hat. Wenn Sie Grace Hopper nicht kennen, lassen Sie diese E-Mail unbeantwortet.
    ");
}

#[test]
fn the_attendee_reads_of_a_cancellation() {
    insta::assert_snapshot!(read(&cancelled(&german(), by_ada(), Some(&reason())), &Recipient::Attendee), @"
    Abgesagt: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Ada Lovelace hat Ihren Termin abgesagt: Erstgespräch.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Begründung
      Ich bin erkältet.
      Es tut mir leid!

    Wer
      Ada Lovelace (bietet den Termin an)
      Grace Hopper (Sie)
      marie@example.net

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil für diesen Termin auf meet.example.org Ihre Adresse angegeben wurde.
    ");
}

#[test]
fn a_guest_reads_of_a_cancellation() {
    let booking = cancelled(&german(), Actor::Attendee, Some(&reason()));
    insta::assert_snapshot!(read(&booking, &Recipient::Guest(0)), @"
    Abgesagt: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Grace Hopper hat den Termin abgesagt: Erstgespräch mit Ada Lovelace.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Wer
      Ada Lovelace (bietet den Termin an)
      Grace Hopper
      marie@example.net (Sie)

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil Grace Hopper bei dieser Buchung auf meet.example.org Ihre Adresse angegeben hat. Wenn Sie Grace Hopper nicht kennen, lassen Sie diese E-Mail unbeantwortet.
    ");
}

#[test]
fn the_attendee_is_reminded() {
    insta::assert_snapshot!(as_read(&reminded(&german()).letter(&Recipient::Attendee)), @"
    Erinnerung: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Ihr Termin steht bevor: Erstgespräch mit Ada Lovelace.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Ort
      Google Meet. Den Link erhalten Sie von Ada Lovelace.

    Wer
      Ada Lovelace (bietet den Termin an)
      Grace Hopper (Sie)
      marie@example.net

    Nachricht
      Ich komme vielleicht fünf Minuten später.

    Ändern oder absagen
      https://meet.example.org/manage/#b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0.bWFj

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil dieser Termin auf meet.example.org mit Ihrer Adresse gebucht wurde. Wenn Sie das nicht waren, sagen Sie den Termin oben ab.
    ");
}

#[test]
fn a_guest_is_reminded() {
    insta::assert_snapshot!(as_read(&reminded(&german()).letter(&Recipient::Guest(0))), @"
    Erinnerung: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Der Termin steht bevor: Erstgespräch mit Ada Lovelace.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Ort
      Google Meet. Den Link erhalten Sie von Ada Lovelace.

    Wer
      Ada Lovelace (bietet den Termin an)
      Grace Hopper
      marie@example.net (Sie)

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil Grace Hopper bei dieser Buchung auf meet.example.org Ihre Adresse angegeben hat. Wenn Sie Grace Hopper nicht kennen, lassen Sie diese E-Mail unbeantwortet.
    ");
}

#[test]
fn the_attendee_reads_who_did_what() {
    insta::assert_snapshot!(first_words(&german(), &Recipient::Attendee), @"
    requested
      Ihre Anfrage wartet auf eine Antwort: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Die Zeit bleibt für Sie frei, bis es eine Antwort gibt.
    booked
      Ihr Termin ist gebucht: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Ändern oder absagen können Sie mit dem Link in dieser E-Mail.
    approved
      Ihr Termin ist gebucht: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Ändern oder absagen können Sie mit dem Link in dieser E-Mail.
    moved-by-attendee
      Sie haben Ihren Termin verschoben: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00; bisher Dienstag, 24. Februar, 13:30 Uhr.
    moved-by-host
      Ada Lovelace hat Ihren Termin verschoben: Erstgespräch.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00; bisher Dienstag, 24. Februar, 13:30 Uhr.
    moved-in-calendar
      Ihr Termin wurde verschoben: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00; bisher Dienstag, 24. Februar, 13:30 Uhr.
    request-moved-by-attendee
      Sie haben um eine neue Zeit gebeten: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00; bisher Dienstag, 24. Februar, 13:30 Uhr. Die Zeit bleibt für Sie frei, bis es eine Antwort gibt.
    request-moved-by-host
      Ada Lovelace hat Ihre Anfrage auf eine neue Zeit verschoben: Erstgespräch.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00; bisher Dienstag, 24. Februar, 13:30 Uhr. Die Zeit bleibt für Sie frei, bis es eine Antwort gibt.
    cancelled-by-attendee
      Sie haben Ihren Termin abgesagt: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Sie müssen nichts weiter tun.
    cancelled-by-host
      Ada Lovelace hat Ihren Termin abgesagt: Erstgespräch.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Sie müssen nichts weiter tun.
    cancelled-in-calendar
      Ihr Termin wurde abgesagt: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Sie müssen nichts weiter tun.
    declined
      Ada Lovelace hat Ihre Anfrage abgelehnt: Erstgespräch.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Es ist nichts gebucht, Sie können um eine andere Zeit bitten.
    lapsed
      Ihre Anfrage wurde nicht rechtzeitig beantwortet: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Es ist nichts gebucht, Sie können um eine andere Zeit bitten.
    reminder
      Ihr Termin steht bevor: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Ändern oder absagen können Sie mit dem Link in dieser E-Mail.
    ");
}

#[test]
fn a_guest_reads_who_did_what() {
    insta::assert_snapshot!(first_words(&german(), &Recipient::Guest(0)), @"
    requested
      Grace Hopper möchte Sie dabeihaben: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Noch nicht gebucht: Die Zeit bleibt frei, bis es eine Antwort gibt.
    booked
      Grace Hopper lädt Sie ein: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Sie müssen nichts bestätigen, kommen Sie einfach.
    approved
      Grace Hopper lädt Sie ein: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Sie müssen nichts bestätigen, kommen Sie einfach.
    moved-by-attendee
      Grace Hopper hat den Termin verschoben: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00; bisher Dienstag, 24. Februar, 13:30 Uhr.
    moved-by-host
      Ada Lovelace hat den Termin verschoben: Erstgespräch.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00; bisher Dienstag, 24. Februar, 13:30 Uhr.
    moved-in-calendar
      Der Termin wurde verschoben: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00; bisher Dienstag, 24. Februar, 13:30 Uhr.
    request-moved-by-attendee
      Grace Hopper hat um eine neue Zeit gebeten: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00; bisher Dienstag, 24. Februar, 13:30 Uhr. Noch nicht gebucht: Die Zeit bleibt frei, bis es eine Antwort gibt.
    request-moved-by-host
      Ada Lovelace hat die Anfrage auf eine neue Zeit verschoben: Erstgespräch.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00; bisher Dienstag, 24. Februar, 13:30 Uhr. Noch nicht gebucht: Die Zeit bleibt frei, bis es eine Antwort gibt.
    cancelled-by-attendee
      Grace Hopper hat den Termin abgesagt: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Sie müssen nichts weiter tun.
    cancelled-by-host
      Ada Lovelace hat den Termin abgesagt: Erstgespräch.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Sie müssen nichts weiter tun.
    cancelled-in-calendar
      Der Termin wurde abgesagt: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Sie müssen nichts weiter tun.
    declined
      Ada Lovelace hat die Anfrage abgelehnt: Erstgespräch.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Es ist nichts gebucht.
    lapsed
      Die Anfrage wurde nicht rechtzeitig beantwortet: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Es ist nichts gebucht.
    reminder
      Der Termin steht bevor: Erstgespräch mit Ada Lovelace.
      Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Sie müssen nichts bestätigen, kommen Sie einfach.
    ");
}
