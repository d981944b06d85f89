//! Guests who write what a program might obey: headers, properties, elements, addresses.

use openslot_domain::booking::{Actor, Booking, Guest};
use openslot_domain::effects::Recipient;
use openslot_domain::text::{Line, Paragraphs};
use proptest::prelude::*;

use crate::checks::{
    Found, MESSAGE_ID, check_elements, check_headers, check_margin, check_object, check_unlinked, harmless,
    invitation, withdrawal,
};
use crate::lives::{Life, by_ada, cancelled, lives};
use crate::oracle::check;
use crate::read::{Property, visible};
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

/// A booking whose guests are out to harm, in any language, whatever became of it.
fn attacked() -> impl Strategy<Value = Life> {
    let texts = (one_line(), prop::option::of(one_line()), one_line(), several_lines());
    let more = (prop::option::of(several_lines()), prop::option::of(several_lines()));
    (texts, more, locale(), any::<prop::sample::Index>()).prop_map(
        |((attendee, guest, page, answer), (note, reason), locale, life)| {
            let mut booking = booking();
            booking.locale = locale;
            booking.attendee.name = attendee;
            booking.guests = vec![Guest { email: "linus@example.net".parse().unwrap(), name: guest }];
            booking.source.page = Some(page);
            booking.answers = vec![world::answer("topic", "Topic", answer.as_str())];
            booking.note = note;
            let lives = lives(&booking, reason.as_ref());
            lives[life.index(lives.len())].clone()
        },
    )
}

proptest! {
    // Each is told to several people: some ten thousand letters.
    #![proptest_config(ProptestConfig::with_cases(2_500))]

    /// Promise 34: whatever guests write is read, and obeyed by nobody.
    #[test]
    fn guest_text_is_data_everywhere(life in attacked()) {
        for recipient in recipients(&life.booking) {
            prop_assert_eq!(check(&life, &recipient), Ok(()), "{}", life.name);
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
    let reason = hostile().note;
    for life in lives(&hostile(), reason.as_ref()) {
        assert_eq!(check(&life, &to_ada()), Ok(()), "{}", life.name);
        assert_eq!(check(&life, &Recipient::Attendee), Ok(()), "{}", life.name);
    }
}

#[test]
fn twin_a_reason_that_is_markup_at_the_margin_or_a_link_is_caught() {
    let reason = paragraphs("<b>sorry</b>\nFrom: https://evil.example");
    let booking = cancelled(&hostile(), Actor::Attendee, Some(&reason));
    let (written, tame) = (letter(&booking, &to_ada()), letter(&harmless(&booking), &to_ada()));
    assert!(written.html.contains("&#60;b&#62;sorry"));
    let defect = written.html.replace("&#60;b&#62;sorry", "<b>sorry");
    assert_eq!(caught(check_elements(&defect, &tame.html)), "html: no guest makes an element");
    let defect = visible(&written.text).replace("  From:", "From:");
    assert_eq!(caught(check_margin(&defect, &tame.text)), "text: no guest makes a line of ours");
    let found = caught(check_unlinked(&defect, &booking, &links(&booking)));
    assert_eq!(found, "links: no guest's text can be clicked: https://evil.example");
}

#[test]
fn twin_a_withdrawal_that_passes_for_an_invitation_is_caught() {
    let booking = cancelled(&hostile(), by_ada(), None);
    let mut written = letter(&booking, &Recipient::Attendee);
    let ics = written.calendar.as_ref().unwrap().ics.clone();
    written.calendar.as_mut().unwrap().ics = ics.replace("METHOD:CANCEL", "METHOD:REQUEST");
    let mime = written.mime(MESSAGE_ID, now());
    assert_eq!(caught(check_headers(&mime, &written)), "parts: the method in the object");
    let expected = withdrawal(&booking, &written.to, "Introduction with Ada Lovelace");
    for (said, instead) in [
        ("STATUS:CANCELLED", "STATUS:CONFIRMED"),
        ("SEQUENCE:1", "SEQUENCE:0"),
        ("UID:b0", "UID:b1"),
        ("ilto:grace@", "ilto:linus@"),
    ] {
        assert!(ics.contains(said), "{said}: {ics}");
        let defect = ics.replace(said, instead);
        assert_eq!(caught(check_object(&defect, &expected)), "calendar: exactly these properties");
    }
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
