//! Where a meeting happens, said truly to each reader: a link that is not there yet is not promised by us, and a
//! number is told to nobody who was not meant to have it.

use openslot_domain::booking::State;
use openslot_domain::meeting_type::LocationKind;
use openslot_domain::questions::is_phone;
use openslot_domain::text::Line;

use crate::view::{Reader, View};

/// Where a meeting happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// A sentence for people.
    pub(crate) text: String,
    /// The place itself, for a calendar's field; `None` while it is open.
    pub(crate) spot: Option<String>,
    /// The address that takes one there.
    pub(crate) join: Option<Join>,
}

/// A way into an online meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Join {
    /// What the button says.
    pub(crate) label: String,
    /// Where it leads.
    pub(crate) address: String,
}

/// The place of a booking, for one reader.
pub(crate) fn place(view: &View<'_>) -> Place {
    match view.booking.location.kind {
        LocationKind::GoogleMeet => call(view, "call-google-meet", "join-google-meet"),
        LocationKind::Teams => call(view, "call-teams", "join-teams"),
        LocationKind::Link => call(view, "call-online", "join-online"),
        LocationKind::Phone => phone(view),
        LocationKind::InPerson => known_or(view, "in-person-open"),
        LocationKind::ToBeAgreed => known_or(view, "to-be-agreed"),
    }
}

fn detail<'a>(view: &View<'a>) -> Option<&'a str> {
    view.booking.location.detail.as_ref().map(Line::as_str)
}

fn call(view: &View<'_>, call: &str, join: &str) -> Place {
    let call = view.words.word(call);
    match detail(view) {
        Some(address) if is_web_address(address) => {
            let join = Join { label: view.words.word(join), address: address.to_owned() };
            Place { text: call, spot: Some(address.to_owned()), join: Some(join) }
        }
        Some(words) => known(words.to_owned()),
        // A host who has not said yes is not asked to send a link.
        None if view.is_host() && view.booking.state == State::Pending => {
            Place { text: call.clone(), spot: Some(call), join: None }
        }
        None => {
            let text = view.say_by_side("call-later", &[("call", call.as_str().into())]);
            Place { text, spot: Some(call), join: None }
        }
    }
}

/// The team's number is called; without one, the attendee's.
fn phone(view: &View<'_>) -> Place {
    if let Some(detail) = detail(view) {
        let dial = || view.say_by_side("phone-dial", &[("number", view.words.number(detail).into())]);
        return known(if is_phone(detail) { dial() } else { detail.to_owned() });
    }
    let Some(number) = view.phone() else {
        return Place { text: view.say_by_side("phone-open", &[]), spot: None, join: None };
    };
    known(match view.reader {
        Reader::Attendee => view.say("phone-callback", &[("number", number.into())]),
        Reader::Host(_) => view.say("phone-callback-host", &[("number", number.into())]),
        Reader::Guest(_) | Reader::Anyone => view.say("phone-callback-guest", &[]),
    })
}

fn known_or(view: &View<'_>, open: &str) -> Place {
    match detail(view) {
        Some(place) => known(place.to_owned()),
        None => Place { text: view.say_by_side(open, &[]), spot: None, join: None },
    }
}

fn known(text: String) -> Place {
    Place { spot: Some(text.clone()), text, join: None }
}

/// Whether a text of the team's is an address that a button may lead to: a web address in the characters of
/// RFC 3986 and nothing else.
fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    rest.is_some_and(|rest| {
        rest.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric()) && rest.bytes().all(allowed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_web_address_becomes_a_button() {
        for text in ["https://meet.example.org/abc?x=1#y", "http://example.org"] {
            assert!(is_web_address(text), "{text}");
        }
        for text in
            ["javascript:alert(1)", "https://", "https:///x", "https://a b", "Room 3", "https://x\"><b>"]
        {
            assert!(!is_web_address(text), "{text}");
        }
    }
}
