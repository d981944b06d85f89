//! Guests who write what a program might obey: headers, properties, elements, addresses.

use openslot_domain::booking::{Booking, Guest};
use openslot_domain::effects::Recipient;
use openslot_domain::text::{Line, Paragraphs};
use openslot_letters::{Letter, Mailbox};
use proptest::prelude::*;

use crate::checks::{
    Found, MESSAGE_ID, check_elements, check_headers, check_margin, check_object, check_says, check_unlinked,
    harmless, invitation,
};
use crate::read::{Property, object, said, unescaped, visible};
use crate::world::{self, booking, letter, line, links, now, paragraphs, recipients, to_ada};

/// Pieces of writing, each made to break out of somewhere.
fn piece() -> impl Strategy<Value = String> {
    let attack = prop::sample::select(vec![
        "Bcc: all@evil.example",
        "=?utf-8?Q?=0D=0ABcc:_all@evil.example?=",
        "--=_mixed_0",
        "--=_alternative_0--",
        "<script>alert(1)</script>",
        "<a href=\"https://evil.example\">click</a>",
        "</p></td><img src=x onerror=alert(1)>",
        "-->",
        "<!--",
        "<![endif]-->",
        "&lt;b&gt;",
        "&#x3c;b>",
        "{{ 7 * 7 }}",
        "{ $hosts }",
        "https://evil.example/?a=1&b=2",
        "www.evil.example",
        "evil.example",
        "mailto:all@evil.example",
        "\\\\evil\\share",
        "\"",
        "\":mailto:x@evil.example",
        "\";RSVP=FALSE:x\"",
        "\\n",
        "\\",
        "^n",
        ";",
        ",",
        ":",
        "END:VEVENT",
        "BEGIN:VALARM",
        "ATTENDEE:mailto:x@evil.example",
        "👩‍🚀",
        "דנה",
        "مرحبا بالعالم",
        "Zoë",
        "李小龍",
        "\u{200b}",
        "x",
        " ",
    ]);
    prop_oneof![6 => attack.prop_map(str::to_owned), 2 => "\\PC{0,12}", 1 => "[a-z]{60,90}"]
}

fn one_line() -> impl Strategy<Value = Line> {
    prop::collection::vec(piece(), 1..8).prop_filter_map("not a line", |pieces| {
        let text: String = pieces.concat().chars().take(200).collect();
        Line::new(&text, 200).ok()
    })
}

fn several_lines() -> impl Strategy<Value = Paragraphs> {
    let piece = prop_oneof![4 => piece(), 1 => Just("\n".to_owned()), 1 => Just("\r\n".to_owned()), 1 => Just("\t".to_owned())];
    prop::collection::vec(piece, 1..20)
        .prop_filter_map("not a text", |pieces| Paragraphs::new(&pieces.concat(), 2000).ok())
}

/// A language that letters are written in.
fn locale() -> impl Strategy<Value = Option<Line>> {
    prop::sample::select(vec![None, Some(line("en-US")), Some(line("de-AT"))])
}

/// A booking whose guests are out to harm, in any language.
fn attacked() -> impl Strategy<Value = Booking> {
    let note = prop::option::of(several_lines());
    (one_line(), prop::option::of(one_line()), one_line(), several_lines(), note, locale()).prop_map(
        |(attendee, guest, page, answer, note, locale)| {
            let mut booking = booking();
            booking.locale = locale;
            booking.attendee.name = attendee;
            booking.guests = vec![Guest { email: "linus@example.net".parse().unwrap(), name: guest }];
            booking.source.page = Some(page);
            booking.answers = vec![world::answer("topic", "Topic", answer.as_str())];
            booking.note = note;
            booking
        },
    )
}

/// Every promise about one letter of an attacked booking.
fn check(booking: &Booking, recipient: &Recipient) -> Found {
    let written = letter(booking, recipient);
    let tame = letter(&harmless(booking), recipient);
    check_headers(&written.mime(MESSAGE_ID, now()), &written)?;
    check_elements(&written.html, &tame.html)?;
    check_margin(&written.text, &tame.text)?;
    check_invitation(booking, recipient, &written)?;
    let links = links(booking);
    let event = object(&written.calendar.as_ref().ok_or("calendar: the letter invites")?.ics)?;
    let entry = |name| unescaped(event.value(name)).unwrap_or_default();
    for text in
        [&written.subject, &written.text, &said(&written.html), &entry("SUMMARY"), &entry("DESCRIPTION")]
    {
        check_unlinked(text, booking, &links)?;
    }
    if *recipient == to_ada() {
        let attendee = visible(booking.attendee.name.as_str());
        check_says(&written.text, &attendee)?;
        check_says(&said(&written.html), &attendee)?;
    }
    Ok(())
}

fn check_invitation(booking: &Booking, recipient: &Recipient, written: &Letter) -> Found {
    let calendar = written.calendar.as_ref().ok_or("calendar: the letter invites")?;
    let found = object(&calendar.ics)?;
    // What the entry says is the business of the snapshots: here its texts count as given, all else does not.
    let text = |name: &str| unescaped(found.value(name)).ok_or(format!("calendar: {name} is escaped"));
    let (summary, description, location) = (text("SUMMARY")?, text("DESCRIPTION")?, text("LOCATION")?);
    if *recipient == to_ada() {
        check_says(&description, &visible(booking.attendee.name.as_str()))?;
        if let Some(text) = &booking.note {
            check_says(&description, &visible(text.as_str()))?;
        }
    }
    let to: &Mailbox = &written.to;
    check_object(&calendar.ics, &invitation(booking, to, [&summary, &description, &location]))
}

proptest! {
    /// Promise: whatever guests write is read, and obeyed by nobody.
    #[test]
    fn guest_text_is_data_everywhere(booking in attacked()) {
        for recipient in recipients(&booking) {
            prop_assert_eq!(check(&booking, &recipient), Ok(()));
        }
    }
}

fn hostile() -> Booking {
    let mut booking = booking();
    booking.attendee.name = line("Eve\";X=\"<b>, see https://evil.example");
    booking.note = Some(paragraphs("one; two, three\nEND:VEVENT"));
    booking
}

/// What the check says of a defect.
fn caught(found: Found) -> String {
    let message = found.expect_err("the defect is caught");
    message.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn the_hostile_booking_of_the_twins_is_written_right() {
    assert_eq!(check(&hostile(), &to_ada()), Ok(()));
    assert_eq!(check(&hostile(), &Recipient::Attendee), Ok(()));
}

#[test]
fn twin_a_template_that_does_not_escape_is_caught() {
    let booking = hostile();
    let written = letter(&booking, &to_ada());
    let escaped = "Eve&#34;;X=&#34;&#60;b&#62;";
    assert!(written.html.contains(escaped));
    let defect = written.html.replace(escaped, "Eve\";X=\"<b>");
    let tame = letter(&harmless(&booking), &to_ada());
    assert_eq!(caught(check_elements(&defect, &tame.html)), "html: no guest makes an element");
}

#[test]
fn twin_a_header_written_by_hand_is_caught() {
    let written = letter(&hostile(), &to_ada());
    let mime = String::from_utf8(written.mime(MESSAGE_ID, now())).unwrap();
    let name = "Grace\r\nBcc: all@evil.example";
    let (before, after) = mime.split_once("Reply-To: ").unwrap();
    let after = after.split_once("\r\nTo:").unwrap().1;
    let defect = format!("{before}Reply-To: \"{name}\" <grace@example.net>\r\nTo:{after}");
    assert_eq!(caught(check_headers(defect.as_bytes(), &written)), "headers: exactly these");
}

#[test]
fn twin_a_calendar_object_written_by_hand_is_caught() {
    let booking = hostile();
    let written = letter(&booking, &to_ada());
    let entry = ["Introduction, with Eve", "Where: x\nNote: END:VEVENT", "Google Meet"];
    let expected = invitation(&booking, &written.to, entry);
    let by_hand = |escape: fn(&str) -> String| {
        let line = |property: &Property| {
            let params: Vec<String> =
                property.params.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let head = [vec![property.name.clone()], params].concat().join(";");
            format!("{head}:{}\r\n", escape(&property.value))
        };
        let lines: String = expected.iter().map(line).collect();
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n")
    };
    let escape =
        |text: &str| text.replace('\\', r"\\").replace(',', r"\,").replace(';', r"\;").replace('\n', r"\n");
    assert_eq!(
        caught(check_object(&by_hand(str::to_owned), &expected)),
        "calendar: every line ends with CRLF"
    );
    let unescaped = by_hand(|text| text.replace('\n', " "));
    let folded = unescaped.replace(";RSVP", "\r\n ;RSVP");
    assert_eq!(caught(check_object(&folded, &expected)), "calendar: SUMMARY is escaped");
    let unfolded = by_hand(escape).replace("SUMMARY:", &format!("X-LONG:{}\r\nSUMMARY:", "x".repeat(80)));
    assert!(caught(check_object(&unfolded, &expected)).starts_with("calendar: a line has at most 75 octets"));
}

#[test]
fn twin_an_address_left_as_it_is_is_caught() {
    let booking = hostile();
    let written = letter(&booking, &to_ada());
    let defect = visible(&written.text);
    let found = caught(check_unlinked(&defect, &booking, &links(&booking)));
    assert!(found.starts_with("links: no guest's text can be clicked"), "{found}");
}

#[test]
fn twin_a_note_at_the_margin_is_caught() {
    let booking = hostile();
    let written = letter(&booking, &to_ada());
    let tame = letter(&harmless(&booking), &to_ada());
    let defect = written.text.replace("  END", "END");
    assert_eq!(caught(check_margin(&defect, &tame.text)), "text: no guest makes a line of ours");
}
