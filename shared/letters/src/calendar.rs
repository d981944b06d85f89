//! Calendar objects (RFC 5545): the invitation in a letter, its withdrawal, and the file for download.
//!
//! The `icalendar` crate writes them; two things of its are put right here. It takes a parameter value that
//! starts and ends with a quotation mark for one already quoted and writes it as it is, so none is given to it.
//! And its last folded line may have 76 octets, so lines are folded again.

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};
use openslot_domain::booking::{Booking, State};
use openslot_domain::questions::{Answer, AnswerValue};
use openslot_domain::text::EmailAddress;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::letter::Mailbox;
use crate::place::place;
use crate::site::Site;
use crate::unlinked::{address, unlinked};
use crate::view::{Reader, View};

/// A calendar object on its way in a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarPart {
    /// What the object asks for; stands in it and beside it.
    pub method: Method,
    /// The object.
    pub ics: String,
}

/// What a calendar object asks for (RFC 5546).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Here is an entry.
    Publish,
    /// You are invited; or, to an entry that is already known: this is how it is now.
    Request,
    /// Your entry is void.
    Cancel,
}

impl Method {
    /// As it stands in the object.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// The file for download: `METHOD:PUBLISH`, without attendees, the same for everybody who opens it.
///
/// Carries no alarm: a calendar adds its owner's own.
pub fn calendar_file(booking: &Booking, site: &Site, now: DateTime<Utc>) -> String {
    let view = View::of_anyone(booking);
    let mut event = event(&view, site, now);
    describe(&mut event, &view);
    object(Method::Publish, event)
}

/// What one reader's calendar acts on: `METHOD:REQUEST` or `METHOD:CANCEL` with that reader as the only attendee.
pub(crate) fn invitation(
    view: &View<'_>,
    site: &Site,
    method: Method,
    to: &Mailbox,
    now: DateTime<Utc>,
) -> CalendarPart {
    let mut event = event(view, site, now);
    match method {
        // Nothing is left to be found or joined.
        Method::Cancel => {
            event.append_multi_property(attendee(to));
        }
        Method::Publish | Method::Request => {
            describe(&mut event, view);
            event.append_multi_property(invited(to));
        }
    }
    CalendarPart { method, ics: object(method, event) }
}

fn object(method: Method, event: Event) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//openslot//openslot//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", method.as_str()))
        .push(event);
    folded(&calendar.to_string())
}

fn event(view: &View<'_>, site: &Site, now: DateTime<Utc>) -> Event {
    let booking = view.booking;
    let mut event = Event::new();
    event
        .uid(&format!("{}@{}", booking.id, site.domain()))
        .sequence(booking.revision)
        .timestamp(now)
        .starts(booking.core.start())
        .ends(booking.core.end())
        .summary(&summary(view))
        .status(status(booking.state))
        .class(Class::Public)
        .add_property("TRANSP", "OPAQUE")
        .append_property(organizer(view, site));
    event.done()
}

/// Adds what the entry says, and where.
fn describe(event: &mut Event, view: &View<'_>) {
    let entry = Entry::of(view);
    event.description(&entry.description);
    if let Some(location) = &entry.location {
        event.location(location);
    }
    if let Some(url) = &entry.url {
        event.url(url);
    }
}

fn status(state: State) -> EventStatus {
    match state {
        State::Confirmed => EventStatus::Confirmed,
        State::Pending => EventStatus::Tentative,
        State::Cancelled | State::Declined => EventStatus::Cancelled,
    }
}

/// We invite in the hosts' name: a mail from one address with another's ORGANIZER would count as forged.
fn organizer(view: &View<'_>, site: &Site) -> Property {
    let names: Vec<String> = view.booking.hosts.iter().map(|host| host.name.to_string()).collect();
    Property::new("ORGANIZER", mailto(&site.sender))
        .add_parameter("CN", &parameter(&view.words.list(&names)))
        .done()
}

fn attendee(mailbox: &Mailbox) -> Property {
    let mut attendee = Property::new("ATTENDEE", mailto(&mailbox.address));
    if let Some(name) = &mailbox.name {
        attendee.add_parameter("CN", &parameter(name.as_str()));
    }
    attendee.add_parameter("ROLE", "REQ-PARTICIPANT").done()
}

/// An attendee who is to answer.
fn invited(mailbox: &Mailbox) -> Property {
    let mut attendee = attendee(mailbox);
    attendee.add_parameter("PARTSTAT", "NEEDS-ACTION").add_parameter("RSVP", "TRUE").done()
}

/// What a local part may hold but an address after `mailto:` may not (RFC 6068, section 2).
const NOT_IN_MAILTO: &AsciiSet = &CONTROLS
    .add(b'%')
    .add(b'/')
    .add(b'?')
    .add(b'#')
    .add(b'&')
    .add(b'=')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

fn mailto(address: &EmailAddress) -> String {
    format!("mailto:{}", utf8_percent_encode(address.as_str(), NOT_IN_MAILTO))
}

/// A parameter value. A quotation mark cannot stand in one, and few readers know RFC 6868's way of writing it, so
/// it becomes an apostrophe; a caret is doubled for those who do.
fn parameter(text: &str) -> String {
    text.replace('^', "^^").replace('"', "'")
}

/// What a calendar entry says.
pub(crate) struct Entry {
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) location: Option<String>,
    pub(crate) url: Option<String>,
}

impl Entry {
    /// The entry of a booking in its reader's calendar.
    pub(crate) fn of(view: &View<'_>) -> Self {
        let place = place(view);
        let mut lines = vec![line(view, "where", &place.text)];
        lines.extend(booked_by(view).map(|who| line(view, "booked-by", &who)));
        if view.is_host() {
            lines.extend(view.booking.answers.iter().map(|answer| said(view, answer)));
            lines.extend(view.booking.note.as_ref().map(|note| line(view, "note", &unlinked(note.as_str()))));
        }
        Self {
            summary: summary(view),
            description: lines.join("\n"),
            location: place.spot,
            url: place.join.map(|join| join.address),
        }
    }
}

fn summary(view: &View<'_>) -> String {
    view.say_by_side("entry", &[])
}

fn line(view: &View<'_>, label: &str, value: &str) -> String {
    let label = view.words.word(label);
    view.words.say("entry-line", &[("label", label.into()), ("value", value.into())])
}

/// Who booked, for those who did not: the host gets address and number as well.
fn booked_by(view: &View<'_>) -> Option<String> {
    let attendee = &view.booking.attendee;
    let name = attendee.name.as_str();
    match view.reader {
        Reader::Attendee | Reader::Anyone => None,
        Reader::Guest(_) => Some(unlinked(name)),
        Reader::Host(_) => {
            let phone = attendee.phone.as_ref().map(|phone| unlinked(phone.as_str()));
            let parts: Vec<String> =
                [unlinked(name), address(&attendee.email)].into_iter().chain(phone).collect();
            Some(parts.join(", "))
        }
    }
}

fn said(view: &View<'_>, answer: &Answer) -> String {
    let label = answer.label.as_str();
    let value = answer_text(view, &answer.value);
    // "Any wishes?" brings its own mark.
    let asked = label.ends_with(|c: char| c.is_ascii_punctuation());
    let id = if asked { "entry-asked" } else { "entry-line" };
    view.words.say(id, &[("label", label.into()), ("value", value.into())])
}

/// An answer as people read it.
pub(crate) fn answer_text(view: &View<'_>, value: &AnswerValue) -> String {
    match value {
        AnswerValue::Text(text) => unlinked(text.as_str()),
        AnswerValue::Flag(true) => view.words.word("answer-yes"),
        AnswerValue::Flag(false) => view.words.word("answer-no"),
    }
}

/// The most octets of a line, its line end not counted (RFC 5545, section 3.1).
const OCTETS_MAX: usize = 75;

/// Folds every line anew.
fn folded(object: &str) -> String {
    let unfolded = object.replace("\r\n ", "");
    unfolded.split_terminator("\r\n").flat_map(|line| [fold(line), "\r\n".to_owned()]).collect()
}

fn fold(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / OCTETS_MAX * 3);
    let (mut rest, mut room) = (line, OCTETS_MAX);
    while rest.len() > room {
        let (now, later) = rest.split_at(fold_at(rest, room));
        out.push_str(now);
        out.push_str("\r\n ");
        // The space that marks a folded line counts.
        (rest, room) = (later, OCTETS_MAX - 1);
    }
    out + rest
}

/// Where to fold: as late as there is room, never inside a character, and if possible not beside white space, which
/// some readers trim from the ends of lines.
fn fold_at(rest: &str, room: usize) -> usize {
    let mut places = (1..=room).rev().filter(|place| rest.is_char_boundary(*place));
    let firm = |place: &usize| {
        let (before, after) = rest.split_at(*place);
        !before.ends_with(char::is_whitespace) && !after.starts_with(char::is_whitespace)
    };
    places.clone().find(firm).or_else(|| places.next()).expect("a character has at most four octets")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_it_may_be() {
        for text in
            ["x".repeat(300), "ä".repeat(300), "👩".repeat(100), format!("{}{}", "x".repeat(74), "äöü")]
        {
            let folded = fold(&text);
            assert!(folded.split("\r\n").all(|line| line.len() <= OCTETS_MAX), "{folded}");
            assert_eq!(folded.replace("\r\n ", ""), text);
        }
        assert_eq!(fold(&"x".repeat(75)), "x".repeat(75));
    }

    #[test]
    fn no_line_starts_or_ends_with_a_space_that_a_reader_could_lose() {
        let words = "It is one of many words. ".repeat(20);
        let folded = fold(words.trim());
        assert!(folded.split("\r\n ").all(|line| line.trim() == line), "{folded}");
        assert_eq!(fold(&" ".repeat(100)).replace("\r\n ", ""), " ".repeat(100));
    }

    #[test]
    fn a_line_is_folded_again_where_the_crate_folds_it_too_late() {
        let property = Property::new("X-LONG", "x".repeat(143));
        let theirs: String = property.clone().try_into().unwrap();
        assert!(
            theirs.lines().any(|line| line.len() > OCTETS_MAX),
            "the crate folds right: drop our own folding"
        );
        assert!(folded(&theirs).lines().all(|line| line.len() <= OCTETS_MAX));
    }

    #[test]
    fn a_mailbox_is_written_as_an_address_may_be() {
        let mailto = |address: &str| mailto(&address.parse().unwrap());
        assert_eq!(mailto("ada+demo@example.org"), "mailto:ada+demo@example.org");
        assert_eq!(mailto("a?b=c&d@example.org"), "mailto:a%3Fb%3Dc%26d@example.org");
    }
}
