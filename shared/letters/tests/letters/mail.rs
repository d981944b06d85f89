//! The message around a letter, as a mail program takes it apart.

use openslot_domain::booking::Inviter;
use openslot_domain::effects::Recipient;
use openslot_domain::text::{Line, TextError};

use crate::checks::{MESSAGE_ID, check_elements, check_headers};
use crate::lives::{by_ada, cancelled, lives};
use crate::read::{header, headers, outline, part};
use crate::world::{bob, booking, letter, line, now, paragraphs, recipients, to_ada};

#[test]
fn a_message_has_these_headers_and_no_others() {
    let written = letter(&booking(), &to_ada());
    let mime = written.mime(MESSAGE_ID, now());
    assert_eq!(check_headers(&mime, &written), Ok(()));
    let mail = mailparse::parse_mail(&mime).unwrap();
    let lines: Vec<String> = headers(&mail).iter().map(|(name, value)| format!("{name}: {value}")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    From: "Example & Co." <bookings@example.org>
    Reply-To: "Grace Hopper" <grace@example.net>
    To: "Ada Lovelace" <ada@example.org>
    Subject: New booking: Introduction with Grace Hopper, Tuesday 3 March, 14:30
    Date: Fri, 20 Feb 2026 08:15:30 +0000
    Message-ID: <ZWZmZWN0@example.org>
    Auto-Submitted: auto-generated
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="=_mixed_0"
    "#);
    assert_eq!(mailparse::dateparse(&header(&mail, "Date")).unwrap(), now().timestamp());
}

#[test]
fn an_invitation_stands_beside_the_text_and_in_a_file() {
    let mime = letter(&booking(), &Recipient::Attendee).mime(MESSAGE_ID, now());
    let mail = mailparse::parse_mail(&mime).unwrap();
    insta::assert_snapshot!(outline(&mail), @"
    multipart/mixed
      multipart/alternative
        text/plain
        text/html
        text/calendar
      application/ics
    ");
    let invitation = part(&mail, "text/calendar");
    assert_eq!(header(invitation, "Content-Type"), "text/calendar; charset=\"UTF-8\"; method=\"REQUEST\"");
    assert_eq!(header(invitation, "Content-Transfer-Encoding"), "base64");
    let file = part(&mail, "application/ics");
    assert_eq!(header(file, "Content-Type"), "application/ics; name=\"invite.ics\"");
    assert_eq!(header(file, "Content-Disposition"), "attachment; filename=\"invite.ics\"");
    assert_eq!(header(file, "Content-Transfer-Encoding"), "base64");
}

#[test]
fn a_cancellation_says_so_beside_the_object() {
    let booking = cancelled(&booking(), by_ada(), None);
    let mime = letter(&booking, &Recipient::Attendee).mime(MESSAGE_ID, now());
    let mail = mailparse::parse_mail(&mime).unwrap();
    let withdrawal = part(&mail, "text/calendar");
    assert_eq!(header(withdrawal, "Content-Type"), "text/calendar; charset=\"UTF-8\"; method=\"CANCEL\"");
    let file = part(&mail, "application/ics");
    assert_eq!(header(file, "Content-Type"), "application/ics; name=\"cancel.ics\"");
    assert_eq!(header(file, "Content-Disposition"), "attachment; filename=\"cancel.ics\"");
}

/// One address, because some mail programs answer to the first alone: whom it reaches stands in the letter.
#[test]
fn an_answer_reaches_the_other_side() {
    let mut booking = booking();
    booking.hosts.push(bob());
    for life in lives(&booking, None) {
        for recipient in recipients(&booking) {
            let letter = life.letter(&recipient);
            let (name, address) = match recipient {
                Recipient::Attendee | Recipient::Guest(_) => ("Ada Lovelace", "ada@example.org"),
                Recipient::Host(_) => ("Grace Hopper", "grace@example.net"),
            };
            let found: Vec<&str> = letter.reply_to.iter().map(|mailbox| mailbox.address.as_str()).collect();
            assert_eq!(found, [address], "{}", life.name);
            let said = format!("Reply to this letter to reach {name}.");
            assert!(letter.text.contains(&said), "{}", life.name);
            assert_eq!(letter.from.name, Some(line("Example & Co.")));
        }
    }
}

#[test]
fn a_letter_without_an_invitation_is_text_and_html() {
    let mut booking = booking();
    booking.inviter = Inviter::Calendar;
    let mime = letter(&booking, &to_ada()).mime(MESSAGE_ID, now());
    insta::assert_snapshot!(outline(&mailparse::parse_mail(&mime).unwrap()), @"
    multipart/alternative
      text/plain
      text/html
    ");
}

/// No server on the way may refuse or break a line (RFC 5321, section 4.5.3.1.6).
#[test]
fn every_line_of_a_message_is_short_ascii() {
    let mut booking = booking();
    booking.note = Some(paragraphs(&"Zoë ".repeat(400)));
    for recipient in recipients(&booking) {
        let mime = letter(&booking, &recipient).mime(MESSAGE_ID, now());
        assert!(mime.is_ascii());
        assert!(mime.split(|byte| *byte == b'\n').all(|line| line.len() <= 79));
    }
}

/// A part that ends where a guest says so would hide the rest of a letter.
#[test]
fn a_guest_cannot_end_a_part() {
    let mut booking = booking();
    let ends = "--=_mixed_0--\n--=_alternative_0\n--=_alternative_1\n\n--=_alternative_0--";
    booking.answers.clear();
    booking.source.page = None;
    booking.note = Some(paragraphs(ends));
    let written = letter(&booking, &to_ada());
    assert_eq!(check_headers(&written.mime(MESSAGE_ID, now()), &written), Ok(()));
}

#[test]
fn a_name_with_a_line_end_is_refused_at_the_door() {
    assert_eq!(Line::new("Grace\r\nBcc: all@evil.example", 80), Err(TextError::Control));
}

#[test]
#[should_panic(expected = "visible characters")]
fn a_message_id_with_a_line_end_is_a_bug() {
    letter(&booking(), &to_ada()).mime("x\r\nBcc: all@evil.example", now());
}

/// Team text is trusted to be meant well, not to be free of markup.
#[test]
fn team_text_is_escaped_too() {
    let mut marked = booking();
    marked.title = line("<b>Tea</b> & \"talk\"");
    marked.hosts[0].name = line("Ada <img src=x>");
    marked.answers[0].label = line("<i>Topic</i>");
    let mut plain = marked.clone();
    plain.title = line("Tea");
    plain.hosts[0].name = line("Ada");
    plain.answers[0].label = line("Topic");
    let html = |booking| letter(booking, &to_ada()).html;
    assert_eq!(check_elements(&html(&marked), &html(&plain)), Ok(()));
}
