//! A booking in the eyes of one reader.

use chrono_tz::Tz;
use fluent_bundle::FluentValue;
use openslot_domain::booking::{BookedHost, Booking, Guest};
use openslot_domain::effects::Recipient;
use openslot_domain::text::{EmailAddress, Line};

use crate::letter::Mailbox;
use crate::unlinked::{self, shortened, unlinked};
use crate::words::Words;

/// Characters of one name or title inside a sentence; in lists it stands in full.
const NAME_CHARS_MAX: usize = 60;

/// Who reads.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reader<'a> {
    /// Who booked.
    Attendee,
    /// Who comes along.
    Guest(&'a Guest),
    /// Who takes the meeting.
    Host(&'a BookedHost),
    /// Whoever opens the calendar file: hears nothing that only some may know.
    Anyone,
}

/// A booking, its reader, and the names as that reader's sentences use them.
pub(crate) struct View<'a> {
    pub(crate) booking: &'a Booking,
    pub(crate) reader: Reader<'a>,
    pub(crate) words: Words,
    title: String,
    hosts: String,
    attendee: String,
}

impl<'a> View<'a> {
    /// The view of a recipient, who must be one of the booking.
    pub(crate) fn of(booking: &'a Booking, recipient: &Recipient) -> Self {
        let reader = match recipient {
            Recipient::Attendee => Reader::Attendee,
            Recipient::Guest(place) => {
                let guest = booking.guests.get(usize::from(*place));
                Reader::Guest(guest.expect("a letter is owed to a guest of its booking"))
            }
            Recipient::Host(id) => {
                let host = booking.hosts.iter().find(|host| host.id == *id);
                Reader::Host(host.expect("a letter is owed to a host of its booking"))
            }
        };
        Self::new(booking, reader)
    }

    /// The view of nobody in particular.
    pub(crate) fn of_anyone(booking: &'a Booking) -> Self {
        Self::new(booking, Reader::Anyone)
    }

    fn new(booking: &'a Booking, reader: Reader<'a>) -> Self {
        assert!(!booking.hosts.is_empty(), "a booking has a host");
        let words = match reader {
            Reader::Attendee | Reader::Guest(_) | Reader::Anyone => Words::of(booking.locale.as_ref()),
            // The locale is the attendee's; nothing is known of the host's.
            Reader::Host(_) => Words::of(None),
        };
        let names: Vec<String> = booking.hosts.iter().map(|host| ours(&words, &host.name)).collect();
        Self {
            booking,
            reader,
            title: ours(&words, &booking.title),
            hosts: words.list(&names),
            attendee: words.isolated(unlinked(&shortened(booking.attendee.name.as_str(), NAME_CHARS_MAX))),
            words,
        }
    }

    /// The zone on whose wall clock this reader lives. Guests are taken to live where the attendee does.
    pub(crate) fn zone(&self) -> Tz {
        match self.reader {
            Reader::Attendee | Reader::Guest(_) | Reader::Anyone => self.booking.time_zone,
            Reader::Host(host) => host.time_zone,
        }
    }

    /// Where this reader's letter goes. Nobody in particular has no mailbox.
    pub(crate) fn mailbox(&self) -> Option<Mailbox> {
        let (name, address) = match self.reader {
            Reader::Attendee => (Some(&self.booking.attendee.name), &self.booking.attendee.email),
            Reader::Guest(guest) => (guest.name.as_ref(), &guest.email),
            Reader::Host(host) => (Some(&host.name), &host.email),
            Reader::Anyone => return None,
        };
        Some(Mailbox { name: name.cloned(), address: address.clone() })
    }

    /// Whom a reply reaches: the other side, and one of them where they are several.
    pub(crate) fn reply_to(&self) -> Vec<Mailbox> {
        let attendee = &self.booking.attendee;
        let (name, address) = match self.reader {
            Reader::Host(_) => (&attendee.name, &attendee.email),
            Reader::Attendee | Reader::Guest(_) | Reader::Anyone => {
                (&self.first_host().name, &self.first_host().email)
            }
        };
        vec![Mailbox { name: Some(name.clone()), address: address.clone() }]
    }

    /// The host who speaks for all of them.
    pub(crate) fn first_host(&self) -> &'a BookedHost {
        self.booking.hosts.first().expect("a booking has a host")
    }

    /// A name given by the team, for a sentence.
    pub(crate) fn ours(&self, name: &Line) -> String {
        ours(&self.words, name)
    }

    /// A text of a stranger, in full, on a line of its own or at the start of one.
    pub(crate) fn theirs(&self, text: &str) -> String {
        self.words.isolated(unlinked(text))
    }

    /// A mail address, on a line of its own or at the start of one.
    pub(crate) fn address(&self, address: &EmailAddress) -> String {
        self.words.isolated(unlinked::address(address))
    }

    /// The attendee's number, if there is one.
    pub(crate) fn phone(&self) -> Option<String> {
        let phone = self.booking.attendee.phone.as_ref()?;
        Some(self.words.number(&unlinked(phone.as_str())))
    }

    /// A message that may name title, hosts and attendee, with further values.
    pub(crate) fn say(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let mut all = vec![
            ("title", self.title.as_str().into()),
            ("hosts", self.hosts.as_str().into()),
            ("count", self.booking.hosts.len().into()),
            ("attendee", self.attendee.as_str().into()),
        ];
        all.extend_from_slice(values);
        self.words.say(id, &all)
    }

    /// A message that speaks to the host in its own way: `id-host` for a host, `id` for everybody else.
    pub(crate) fn say_by_side(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        match self.reader {
            Reader::Host(_) => self.say(&format!("{id}-host"), values),
            Reader::Attendee | Reader::Guest(_) | Reader::Anyone => self.say(id, values),
        }
    }

    /// Whether the reader takes the meeting.
    pub(crate) fn is_host(&self) -> bool {
        matches!(self.reader, Reader::Host(_))
    }
}

fn ours(words: &Words, name: &Line) -> String {
    words.isolated(shortened(name.as_str(), NAME_CHARS_MAX))
}
