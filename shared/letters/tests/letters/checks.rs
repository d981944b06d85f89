//! What must hold for every letter, whatever its guests have written. Each check names the promise it keeps.

use std::fmt::Debug;

use mailparse::{MailAddr, addrparse_header};
use openslot_domain::booking::{Booking, Did};
use openslot_domain::questions::AnswerValue;
use openslot_letters::{Letter, Links, Mailbox};
use percent_encoding::percent_decode_str;

use crate::read::{Property, elements, header, headers, object, part, unescaped, visible};
use crate::world::{now, paragraphs};

/// What a check found.
pub(crate) type Found = Result<(), String>;

pub(crate) const MESSAGE_ID: &str = "ZWZmZWN0@example.org";

fn same<T: PartialEq + Debug>(promise: &str, found: &T, expected: &T) -> Found {
    if found == expected {
        return Ok(());
    }
    let (found, expected) = (format!("{found:?}"), format!("{expected:?}"));
    let alike = found.chars().zip(expected.chars()).take_while(|(one, other)| one == other).count();
    let from_there = |text: &str| text.chars().skip(alike.saturating_sub(40)).take(200).collect::<String>();
    Err(format!("{promise}\n  found:    ..{}\n  expected: ..{}", from_there(&found), from_there(&expected)))
}

/// The headers of a message are the ones of its letter and no others, each with the value it was given.
pub(crate) fn check_headers(mime: &[u8], letter: &Letter) -> Found {
    let mail = mailparse::parse_mail(mime).map_err(|error| format!("headers: unreadable: {error}"))?;
    let names: Vec<String> = headers(&mail).into_iter().map(|(name, _)| name).collect();
    let expected = [
        "From",
        "Reply-To",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ];
    same("headers: exactly these", &names, &expected.map(str::to_owned).to_vec())?;
    same("headers: the subject", &header(&mail, "Subject"), &undecodable(&letter.subject))?;
    same("headers: the message id", &header(&mail, "Message-ID"), &format!("<{MESSAGE_ID}>"))?;
    for (name, expected) in [
        ("From", std::slice::from_ref(&letter.from)),
        ("To", std::slice::from_ref(&letter.to)),
        ("Reply-To", &letter.reply_to),
    ] {
        same(&format!("headers: the mailboxes of {name}"), &mailboxes(&mail, name)?, &named(expected))?;
    }
    check_parts(&mail, letter)
}

type Named = Vec<(Option<String>, String)>;

fn named(mailboxes: &[Mailbox]) -> Named {
    let name = |mailbox: &Mailbox| mailbox.name.as_ref().map(|name| undecodable(name.as_str()));
    mailboxes.iter().map(|mailbox| (name(mailbox), mailbox.address.to_string())).collect()
}

/// What a reader finds where a guest wrote something that looks like an encoded word.
fn undecodable(text: &str) -> String {
    text.replace("=?", "=\u{200c}?")
}

fn mailboxes(mail: &mailparse::ParsedMail<'_>, name: &str) -> Result<Named, String> {
    let header = mail.headers.iter().find(|header| header.get_key() == name).ok_or("headers: missing")?;
    let list = addrparse_header(header).map_err(|error| format!("headers: {name}: {error}"))?;
    let pair = |address: &MailAddr| match address {
        MailAddr::Single(one) => Ok((one.display_name.clone(), one.addr.clone())),
        MailAddr::Group(_) => Err(format!("headers: {name} holds a group")),
    };
    list.iter().map(pair).collect()
}

/// The parts are the letter's, and each says what the letter says.
fn check_parts(mail: &mailparse::ParsedMail<'_>, letter: &Letter) -> Found {
    let kinds: Vec<&str> = mail.parts().map(|part| part.ctype.mimetype.as_str()).collect();
    let expected: &[&str] = match letter.calendar {
        Some(_) => &[
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "text/calendar",
            "application/ics",
        ],
        None => &["multipart/alternative", "text/plain", "text/html"],
    };
    same("parts: exactly these", &kinds.as_slice(), &expected)?;
    let body = |kind| part(mail, kind).get_body().unwrap_or_default().replace("\r\n", "\n");
    same("parts: the text", &body("text/plain").trim_end(), &letter.text.trim_end())?;
    same("parts: the html", &body("text/html").trim_end(), &letter.html.trim_end())?;
    let Some(calendar) = &letter.calendar else { return Ok(()) };
    let method: Vec<String> = object(&calendar.ics)?
        .calendar
        .into_iter()
        .filter(|property| property.name == "METHOD")
        .map(|property| property.value)
        .collect();
    same("parts: the method in the object", &method, &vec![calendar.method.as_str().to_owned()])?;
    let invitation = part(mail, "text/calendar");
    same(
        "parts: the method beside the object",
        &invitation.ctype.params["method"].as_str(),
        &calendar.method.as_str(),
    )?;
    for kind in ["text/calendar", "application/ics"] {
        same(
            "parts: the object",
            &part(mail, kind).get_body_raw().ok(),
            &Some(calendar.ics.clone().into_bytes()),
        )?;
    }
    Ok(())
}

/// A calendar object has the lines that RFC 5545 asks for.
pub(crate) fn check_lines(ics: &str) -> Found {
    if ics.replace("\r\n", "").contains(['\r', '\n']) || !ics.ends_with("\r\n") {
        return Err("calendar: every line ends with CRLF".to_owned());
    }
    match ics.split("\r\n").find(|line| line.len() > 75) {
        Some(line) => Err(format!("calendar: a line has at most 75 octets: {line}")),
        None => Ok(()),
    }
}

/// A calendar object has exactly the expected properties, texts escaped.
pub(crate) fn check_object(ics: &str, expected: &[Property]) -> Found {
    check_lines(ics)?;
    let mut found = object(ics)?.event;
    for property in &mut found {
        if matches!(property.name.as_str(), "SUMMARY" | "DESCRIPTION" | "LOCATION") {
            let text = unescaped(&property.value);
            property.value = text.ok_or_else(|| format!("calendar: {} is escaped", property.name))?;
        }
        if matches!(property.name.as_str(), "ORGANIZER" | "ATTENDEE") {
            property.value = percent_decode_str(&property.value).decode_utf8_lossy().into_owned();
        }
    }
    found.sort();
    let mut expected = expected.to_vec();
    expected.sort();
    same("calendar: exactly these properties", &found, &expected)
}

/// The page has the elements that it has for harmless guests.
pub(crate) fn check_elements(html: &str, harmless: &str) -> Found {
    same("html: no guest makes an element", &elements(html), &elements(harmless))?;
    if html.len() < 102 * 1024 { Ok(()) } else { Err("html: short enough not to be clipped".to_owned()) }
}

/// Nothing in a text would be linked by a mail client, but for our own addresses and the mail addresses of those
/// who take part: one may want to copy these, and a click on one opens a letter.
pub(crate) fn check_unlinked(text: &str, booking: &Booking, links: &Links) -> Found {
    let guests = booking.guests.iter().map(|guest| guest.email.as_str());
    let known = [links.manage.as_str(), &links.ics, "meet.example.org", booking.attendee.email.as_str()];
    let foreign = known.into_iter().chain(guests).fold(text.to_owned(), |text, ours| text.replace(ours, ""));
    match foreign.split_whitespace().find(|word| is_linkable(word)) {
        Some(word) => Err(format!("links: no guest's text can be clicked: {word}")),
        None => Ok(()),
    }
}

/// Whether a word holds what clients look for: a scheme, a path on a server, or letters joined by a dot or an at.
fn is_linkable(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    let joined = |part: &[char]| {
        part[0].is_alphanumeric() && matches!(part[1], '.' | '@') && part[2].is_alphanumeric()
    };
    let scheme = |part: &[char]| part[0].is_alphanumeric() && part[1] == ':' && part[2].is_alphabetic();
    let server = |part: &[char]| matches!(part, ['/', '/'] | ['\\', '\\']);
    chars.windows(3).any(|part| joined(part) || scheme(part)) || chars.windows(2).any(server)
}

/// In the text part, only our own lines start at the margin.
pub(crate) fn check_margin(text: &str, harmless: &str) -> Found {
    let margin = |text: &str| text.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).count();
    same("text: no guest makes a line of ours", &margin(text), &margin(harmless))
}

/// The same booking by guests who wrote nothing but an x per line.
pub(crate) fn harmless(booking: &Booking) -> Booking {
    let mut booking = booking.clone();
    let tame = |text: &str| {
        let line = |line: &str| if line.is_empty() { "" } else { "x" };
        paragraphs(&text.split('\n').map(line).collect::<Vec<_>>().join("\n"))
    };
    booking.attendee.name = crate::world::line("x");
    for guest in &mut booking.guests {
        guest.name = guest.name.as_ref().map(|_| crate::world::line("x"));
    }
    booking.note = booking.note.as_ref().map(|note| tame(note.as_str()));
    let source = &mut booking.source;
    for mark in [&mut source.form_id, &mut source.page, &mut source.referrer] {
        *mark = mark.as_ref().map(|_| crate::world::line("x"));
    }
    for step in &mut booking.history {
        if let Did::Cancelled { reason } | Did::Declined { reason } = &mut step.what {
            *reason = reason.as_ref().map(|reason| tame(reason.as_str()));
        }
    }
    for answer in &mut booking.answers {
        if let AnswerValue::Text(text) = &answer.value {
            answer.value = AnswerValue::Text(tame(text.as_str()));
        }
    }
    booking
}

/// The properties of an invitation, computed from the booking alone.
pub(crate) fn invitation(booking: &Booking, to: &Mailbox, entry: [&str; 3]) -> Vec<Property> {
    let [summary, description, location] = entry;
    let mut properties = object_to(booking, to, "CONFIRMED", summary);
    properties.extend([plain("DESCRIPTION", description), plain("LOCATION", location)]);
    let asked = [param("PARTSTAT", "NEEDS-ACTION"), param("RSVP", "TRUE")];
    for property in properties.iter_mut().filter(|property| property.name == "ATTENDEE") {
        property.params.extend(asked.clone());
        property.params.sort();
    }
    properties
}

/// The properties of an invitation's withdrawal, computed from the booking alone.
pub(crate) fn withdrawal(booking: &Booking, to: &Mailbox, summary: &str) -> Vec<Property> {
    object_to(booking, to, "CANCELLED", summary)
}

fn plain(name: &str, value: &str) -> Property {
    Property { name: name.to_owned(), params: Vec::new(), value: value.to_owned() }
}

fn param(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// What both have.
fn object_to(booking: &Booking, to: &Mailbox, status: &str, summary: &str) -> Vec<Property> {
    let stamp = |at: chrono::DateTime<chrono::Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    let organizer = param("CN", booking.hosts[0].name.as_str());
    let mut attendee: Vec<(String, String)> =
        to.name.iter().map(|name| param("CN", &name.as_str().replace('^', "^^").replace('"', "'"))).collect();
    attendee.push(param("ROLE", "REQ-PARTICIPANT"));
    vec![
        plain("UID", &format!("{}@meet.example.org", booking.id)),
        plain("SEQUENCE", &booking.revision.to_string()),
        plain("DTSTAMP", &stamp(now())),
        plain("DTSTART", &stamp(booking.core.start())),
        plain("DTEND", &stamp(booking.core.end())),
        plain("STATUS", status),
        plain("TRANSP", "OPAQUE"),
        plain("CLASS", "PUBLIC"),
        plain("SUMMARY", summary),
        Property {
            name: "ORGANIZER".to_owned(),
            params: vec![organizer],
            value: "mailto:bookings@example.org".to_owned(),
        },
        Property { name: "ATTENDEE".to_owned(), params: attendee, value: format!("mailto:{}", to.address) },
    ]
}

/// A text without its invisible characters, for comparing what is read.
pub(crate) fn check_says(text: &str, words: &str) -> Found {
    if visible(text).contains(words) {
        Ok(())
    } else {
        Err(format!("letter: what was written is read: {words}"))
    }
}
