//! A finished letter, and the way it is written for the mail service.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::{BodyPart, MimePart};
use openslot_domain::text::{EmailAddress, Line};

use crate::calendar::{CalendarPart, Method};

/// Somebody's address, and their name where it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// The name.
    pub name: Option<Line>,
    /// The address.
    pub address: EmailAddress,
}

/// A finished letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Who it comes from: always this installation.
    pub from: Mailbox,
    /// Whom an answer reaches.
    pub reply_to: Vec<Mailbox>,
    /// The one recipient.
    pub to: Mailbox,
    /// One line.
    pub subject: String,
    /// For those who read text.
    pub text: String,
    /// For those who read HTML: the same, set.
    pub html: String,
    /// For calendars.
    pub calendar: Option<CalendarPart>,
}

impl Letter {
    /// The complete message (RFC 5322, RFC 2045).
    ///
    /// `message_id` goes without angle brackets. The same arguments make the same bytes: nothing is drawn at
    /// random, and the date is `now`.
    pub fn mime(&self, message_id: &str, now: DateTime<Utc>) -> Vec<u8> {
        let plain = |byte: u8| byte.is_ascii_graphic() && !b"<>\"\\".contains(&byte);
        assert!(message_id.bytes().all(plain), "a message id is made of visible characters");
        let reply_to = self.reply_to.iter().map(address).collect();
        MessageBuilder::new()
            .from(address(&self.from))
            .reply_to(Address::new_list(reply_to))
            .to(address(&self.to))
            .subject(undecodable(&self.subject))
            .date(Date::new(now.timestamp()))
            .message_id(MessageId::new(message_id))
            // Keeps answering machines from answering (RFC 3834).
            .header("Auto-Submitted", Raw::new("auto-generated"))
            .body(self.body())
            .write_to_vec()
            .expect("writing to memory does not fail")
    }

    fn body(&self) -> MimePart<'_> {
        let text = MimePart::new("text/plain", self.text.as_str());
        let html = MimePart::new("text/html", self.html.as_str());
        let Some(calendar) = &self.calendar else {
            return self.multipart("alternative", vec![text, html]);
        };
        let alternative = self.multipart("alternative", vec![text, html, invitation(calendar)]);
        self.multipart("mixed", vec![alternative, attachment(calendar)])
    }

    fn multipart<'x>(&self, kind: &str, parts: Vec<MimePart<'x>>) -> MimePart<'x> {
        let content_type =
            ContentType::new(format!("multipart/{kind}")).attribute("boundary", self.boundary(kind));
        MimePart::new(content_type, parts)
    }

    /// A line that stands in no part. Bodies that are written as they are have been searched for it; in encoded
    /// ones `=_` cannot stand (RFC 2045, section 6.7).
    fn boundary(&self, kind: &str) -> String {
        let taken = |boundary: &String| self.text.contains(boundary) || self.html.contains(boundary);
        let mut candidates = (0_u32..).map(|number| format!("=_{kind}_{number}"));
        candidates.find(|boundary| !taken(boundary)).expect("a letter ends somewhere")
    }
}

fn address(mailbox: &Mailbox) -> Address<'_> {
    let name = mailbox.name.as_ref().map(|name| undecodable(name.as_str()));
    Address::new_address(name, mailbox.address.as_str())
}

/// A text for a header, in which nobody finds an encoded word (RFC 2047) that we did not make: many readers decode
/// `=?utf-8?Q?..?=` wherever it stands, and a guest could put line ends into one.
fn undecodable(text: &str) -> String {
    text.replace("=?", "=\u{200c}?")
}

/// The part that mail clients act on. Its method must be the object's own (RFC 6047, section 2.4). In base64,
/// because some relays break its lines otherwise.
fn invitation(calendar: &CalendarPart) -> MimePart<'_> {
    let content_type = ContentType::new("text/calendar")
        .attribute("charset", "UTF-8")
        .attribute("method", calendar.method.as_str());
    MimePart::new(content_type, BodyPart::Text(wrapped_base64(&calendar.ics).into()))
        .transfer_encoding("base64")
}

/// The same bytes as a file, for clients that need one.
fn attachment(calendar: &CalendarPart) -> MimePart<'_> {
    let name = match calendar.method {
        Method::Publish | Method::Request => "invite.ics",
        Method::Cancel => "cancel.ics",
    };
    let content_type = ContentType::new("application/ics").attribute("name", name);
    MimePart::new(content_type, BodyPart::Binary(calendar.ics.as_bytes().into())).attachment(name)
}

/// Base64 in lines of 76 characters (RFC 2045, section 6.8).
fn wrapped_base64(text: &str) -> String {
    let encoded = STANDARD.encode(text);
    let lines: Vec<&str> = encoded
        .as_bytes()
        .chunks(76)
        .map(|line| std::str::from_utf8(line).expect("base64 is ASCII"))
        .collect();
    lines.join("\r\n")
}
