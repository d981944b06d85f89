//! The letters of somebody who booked on the German page.

use chrono_tz::Tz;
use openslot_domain::booking::{Booking, Inviter, Source};
use openslot_domain::effects::Recipient;
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Location, LocationKind};
use openslot_letters::{add_links, calendar_file};

use crate::calendar::shown;
use crate::texts::read;
use crate::world::{answer, at, bob, booking, letter, line, now, paragraphs, recipients, site, to_ada};

/// An hour of the usual booking, as a German would have booked and a German team would have offered it.
fn german() -> Booking {
    let mut booking = booking();
    booking.locale = Some(line("de-DE"));
    booking.title = line("Erstgespräch");
    booking.time_zone = Tz::Europe__Berlin;
    booking.answers[0] = answer("topic", "Worüber möchten Sie sprechen?", "Compiler,\nund wie man sie lehrt");
    booking.answers[1].label = line("Ihre Website");
    booking.answers[2].label = line("Ich habe die Hausordnung gelesen");
    booking.note = Some(paragraphs("Ich komme vielleicht fünf Minuten später.\n\nBis dann!"));
    booking
}

#[test]
fn the_attendee_reads_german() {
    insta::assert_snapshot!(read(&german(), &Recipient::Attendee), @"
    Gebucht: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Ihr Termin ist gebucht: Erstgespräch mit Ada Lovelace.

    Dienstag, 3. März 2026
    14:30 bis 15:00 Uhr
    30 Minuten
    Europe/Berlin, UTC+01:00

    Ort
      Google Meet. Den Link erhalten Sie von Ada Lovelace.

    Wer
      Ada Lovelace (bietet den Termin an)
      Grace Hopper (Sie)
      Linus Pauling, linus@example.net
      marie@example.net

    Worüber möchten Sie sprechen?
      Compiler,
      und wie man sie lehrt

    Ihre Website
      https://grace.example.net/about

    Ich habe die Hausordnung gelesen
      Ja

    Nachricht
      Ich komme vielleicht fünf Minuten später.

      Bis dann!

    Ändern oder absagen
      https://meet.example.org/manage/#b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0.bWFj

    In den Kalender eintragen
      Falls Ihr Kalender die Einladung aus dieser E-Mail nicht übernommen hat:
      https://meet.example.org/v1/bookings/b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0/calendar.ics?k=bWFj

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil dieser Termin auf meet.example.org mit Ihrer Adresse gebucht wurde. Wenn Sie das nicht waren, sagen Sie den Termin oben ab.
    ");
}

#[test]
fn a_guest_reads_german() {
    insta::assert_snapshot!(read(&german(), &Recipient::Guest(1)), @"
    Einladung: Erstgespräch mit Ada Lovelace, Dienstag, 3. März, 14:30 Uhr

    Grace Hopper lädt Sie ein: Erstgespräch mit Ada Lovelace.

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
      Linus Pauling

    In den Kalender eintragen
      Falls Ihr Kalender die Einladung aus dieser E-Mail nicht übernommen hat:
      https://meet.example.org/v1/bookings/b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0/calendar.ics?k=bWFj

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil Grace Hopper bei dieser Buchung auf meet.example.org Ihre Adresse angegeben hat. Wenn Sie Grace Hopper nicht kennen, lassen Sie diese E-Mail unbeantwortet.
    ");
}

/// The host's calendar invites, there are two hosts, and the meeting runs into the next day.
#[test]
fn an_attendee_who_is_invited_by_the_hosts_calendar_reads_german() {
    let mut booking = german();
    booking.locale = Some(line("de-AT"));
    booking.inviter = Inviter::Calendar;
    booking.hosts.push(bob());
    booking.time_zone = Tz::Europe__Vienna;
    booking.core = Interval::lasting(at("2026-01-06T22:15:00Z"), 90).unwrap();
    booking.guests.clear();
    booking.answers.clear();
    booking.note = None;
    booking.source = Source::default();
    insta::assert_snapshot!(read(&booking, &Recipient::Attendee), @"
    Gebucht: Erstgespräch mit Ada Lovelace und Bob Kahn, Dienstag, 6. Jänner, 23:15 Uhr

    Ihr Termin ist gebucht: Erstgespräch mit Ada Lovelace und Bob Kahn.

    Dienstag, 6. Jänner 2026
    23:15 Uhr bis Mittwoch, 7. Jänner, 00:45 Uhr
    1 Stunde 30 Minuten
    Europe/Vienna, UTC+01:00

    Ort
      Google Meet. Den Link erhalten Sie von Ada Lovelace und Bob Kahn.

    Wer
      Ada Lovelace (bietet den Termin an)
      Bob Kahn (bietet den Termin an)
      Grace Hopper (Sie)

    Ändern oder absagen
      https://meet.example.org/manage/#b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0.bWFj

    In den Kalender eintragen
      Nur falls Sie keine Einladung von Ada Lovelace und Bob Kahn erhalten haben:
      https://meet.example.org/v1/bookings/b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0/calendar.ics?k=bWFj

    Mit einer Antwort auf diese E-Mail erreichen Sie Ada Lovelace.

    Gesendet von Example & Co., weil dieser Termin auf meet.example.org mit Ihrer Adresse gebucht wurde. Wenn Sie das nicht waren, sagen Sie den Termin oben ab.
    ");
}

#[test]
fn the_line_that_stands_beside_the_subject_is_german() {
    let preheader = |recipient| {
        let html = letter(&german(), &recipient).html;
        let after = html.split_once("mso-hide:all\">").unwrap().1;
        after.split_once("</div>").unwrap().0.to_owned()
    };
    assert_eq!(
        preheader(Recipient::Attendee),
        "Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Ändern oder absagen können Sie mit \
         dem Link in dieser E-Mail."
    );
    assert_eq!(
        preheader(Recipient::Guest(0)),
        "Dienstag, 3. März, 14:30 bis 15:00 Uhr, Europe/Berlin, UTC+01:00. Sie müssen nichts bestätigen, kommen \
         Sie einfach."
    );
}

/// Nothing is known of a host's language: the attendee's is not theirs.
#[test]
fn the_host_reads_english_whatever_the_attendee_reads() {
    let mut english = german();
    english.locale = None;
    assert_eq!(letter(&german(), &to_ada()), letter(&english, &to_ada()));
    assert!(letter(&german(), &to_ada()).subject.starts_with("New booking: Erstgespräch with Grace Hopper"));
}

/// What stands under "Ort" for everybody who reads German, wherever a meeting may be.
#[test]
fn each_place_is_said_in_german() {
    let place = |kind, detail: Option<&str>, hosts: usize, phone: bool| {
        let mut booking = german();
        booking.location = Location { kind, detail: detail.map(line) };
        booking.hosts = [booking.hosts.remove(0), bob()][..hosts].to_vec();
        booking.attendee.phone = booking.attendee.phone.filter(|_| phone);
        let said = [Recipient::Attendee, Recipient::Guest(1)].map(|recipient| {
            let text = read(&booking, &recipient);
            let (before, after) = text.split_once("\nOrt\n  ").unwrap();
            let join = before.lines().rev().find(|line| line.ends_with("teilnehmen")).unwrap_or_default();
            format!("{join} {}", after.lines().next().unwrap()).trim().to_owned()
        });
        if said[0] == said[1] { said[0].clone() } else { said.join("\n") }
    };
    let link = Some("https://call.example.org/ada");
    let places = [
        place(LocationKind::GoogleMeet, None, 1, true),
        place(LocationKind::GoogleMeet, link, 1, true),
        place(LocationKind::Teams, link, 1, true),
        place(LocationKind::Link, link, 1, true),
        place(LocationKind::Phone, Some("+49 30 555 0199"), 1, true),
        place(LocationKind::Phone, None, 1, true),
        place(LocationKind::Phone, None, 2, true),
        place(LocationKind::Phone, None, 2, false),
        place(LocationKind::InPerson, None, 1, true),
        place(LocationKind::ToBeAgreed, None, 2, true),
    ];
    insta::assert_snapshot!(places.join("\n"), @"
    Google Meet. Den Link erhalten Sie von Ada Lovelace.
    Mit Google Meet teilnehmen Google Meet
    Mit Microsoft Teams teilnehmen Microsoft Teams
    Online teilnehmen Online
    Telefonisch: Rufen Sie Ada Lovelace unter +49 30 555 0199 an.
    Telefonisch: Ada Lovelace ruft Sie unter +1 212 555 0100 an.
    Telefonisch: Ada Lovelace ruft Grace Hopper an.
    Telefonisch: Ada Lovelace und Bob Kahn rufen Sie unter +1 212 555 0100 an.
    Telefonisch: Ada Lovelace und Bob Kahn rufen Grace Hopper an.
    Telefonisch. Teilen Sie Ada Lovelace und Bob Kahn noch Ihre Nummer mit.
    Persönlich. Wo genau, erfahren Sie von Ada Lovelace.
    Noch mit Ada Lovelace und Bob Kahn zu vereinbaren.
    ");
}

#[test]
fn somebody_who_comes_with_others_is_told_how_many() {
    let who = |nameless: usize| {
        let mut booking = german();
        booking.guests = vec![booking.guests.remove(0)];
        let nobody = |number| format!("gast{number}@example.net").parse().unwrap();
        booking.guests.extend(
            (0..nameless).map(|number| openslot_domain::booking::Guest { email: nobody(number), name: None }),
        );
        let text = read(&booking, &Recipient::Guest(0));
        text.lines().find(|line| line.contains("weiter")).map(|line| line.trim().to_owned())
    };
    assert_eq!(who(0), None);
    assert_eq!(who(1).unwrap(), "und ein weiterer Gast");
    assert_eq!(who(2).unwrap(), "und 2 weitere Gäste");
}

#[test]
fn the_invitations_are_german() {
    for recipient in [Recipient::Attendee, Recipient::Guest(1)] {
        let ics = shown(&letter(&german(), &recipient).calendar.unwrap().ics);
        assert!(ics.contains("\nSUMMARY:Erstgespräch mit Ada Lovelace\n"), "{ics}");
        let place = "\nDESCRIPTION:Ort: Google Meet. Den Link erhalten Sie von Ada Lovelace.";
        let booked_by = if recipient == Recipient::Attendee { "" } else { r"\nGebucht von: Grace Hopper" };
        assert!(ics.contains(&format!("{place}{booked_by}\n")), "{ics}");
    }
}

#[test]
fn the_calendar_file_is_german() {
    insta::assert_snapshot!(shown(&calendar_file(&german(), &site(), now())), @"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//openslot//openslot//EN
    CALSCALE:GREGORIAN
    METHOD:PUBLISH
    BEGIN:VEVENT
    CLASS:PUBLIC
    DESCRIPTION:Ort: Google Meet. Den Link erhalten Sie von Ada Lovelace.
    DTEND:20260303T140000Z
    DTSTAMP:20260220T081530Z
    DTSTART:20260303T133000Z
    LOCATION:Google Meet
    ORGANIZER;CN=Ada Lovelace:mailto:bookings@example.org
    SEQUENCE:0
    STATUS:CONFIRMED
    SUMMARY:Erstgespräch mit Ada Lovelace
    TRANSP:OPAQUE
    UID:b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0@meet.example.org
    END:VEVENT
    END:VCALENDAR
    ");
}

#[test]
fn the_links_add_a_german_entry() {
    let links = add_links(&german());
    let summary = "Erstgespr%C3%A4ch%20mit%20Ada%20Lovelace&";
    let description = "Ort%3A%20Google%20Meet.%20Den%20Link%20erhalten%20Sie%20von%20Ada%20Lovelace.&";
    assert!(links.google.contains(&format!("text={summary}")), "{}", links.google);
    assert!(links.google.contains(&format!("details={description}")), "{}", links.google);
    for link in [links.outlook, links.office365] {
        assert!(link.contains(&format!("subject={summary}")), "{link}");
        assert!(link.contains(&format!("body={description}")), "{link}");
    }
}

/// Letters say their language, so that a screen reader speaks it.
#[test]
fn a_page_names_its_language() {
    let starts = |locale: &str, recipient: &Recipient, tag: &str| {
        let mut booking = german();
        booking.locale = Some(line(locale));
        let html = letter(&booking, recipient).html;
        assert!(html.contains(&format!("<html lang=\"{tag}\" dir=\"ltr\">")), "{locale}");
    };
    starts("de-DE", &Recipient::Attendee, "de");
    starts("de-CH", &Recipient::Guest(0), "de");
    starts("de-AT", &Recipient::Attendee, "de-AT");
    starts("fr", &Recipient::Attendee, "en");
    starts("de-DE", &to_ada(), "en");
    assert_eq!(recipients(&german()).len(), 4);
}
