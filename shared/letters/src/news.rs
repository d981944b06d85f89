//! What a letter tells: what became of a booking last, and who did it.
//!
//! All of it follows from the booking at its revision, so a letter needs no note of what it is about.

use chrono::{DateTime, Utc};
use fluent_bundle::FluentValue;
use openslot_domain::booking::{Actor, BookedHost, Booking, Did, State, Topic};
use openslot_domain::effects;
use openslot_domain::interval::Interval;
use openslot_domain::text::Paragraphs;

use crate::view::{Reader, View};

/// What a letter tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// It was asked for, and waits for the host's word.
    Requested,
    /// It is booked.
    Booked,
    /// The host said yes: it is booked.
    Approved,
    /// It takes place at another time.
    Moved {
        /// When it was to take place before.
        from: Interval,
    },
    /// It was asked for at another time, and waits for the host's word.
    MovedRequest {
        /// When it was asked for before.
        from: Interval,
    },
    /// It was given up.
    Cancelled,
    /// The host said no.
    Declined,
    /// The host said nothing in time.
    Lapsed,
    /// It takes place soon.
    Reminder,
}

/// How far a meeting has come. What a letter shows and offers depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It waits for the host's word.
    Waiting,
    /// It takes place.
    Certain,
    /// It does not take place.
    Over,
}

impl News {
    /// What there is to tell about a booking at its revision.
    pub(crate) fn of(booking: &Booking) -> Self {
        let did = &booking.last_step().what;
        match booking.topic() {
            Topic::Requested => Self::Requested,
            Topic::Confirmed if *did == Did::Approved => Self::Approved,
            Topic::Confirmed => Self::Booked,
            Topic::Moved { from } if booking.state == State::Pending => Self::MovedRequest { from },
            Topic::Moved { from } => Self::Moved { from },
            Topic::Cancelled => Self::Cancelled,
            Topic::Declined if *did == Did::Lapsed => Self::Lapsed,
            Topic::Declined => Self::Declined,
        }
    }

    /// How far the meeting has come.
    pub(crate) fn stage(self) -> Stage {
        match self {
            Self::Requested | Self::MovedRequest { .. } => Stage::Waiting,
            Self::Booked | Self::Approved | Self::Moved { .. } | Self::Reminder => Stage::Certain,
            Self::Cancelled | Self::Declined | Self::Lapsed => Stage::Over,
        }
    }

    /// Whether this is the first that is heard of the meeting.
    pub(crate) fn is_first(self) -> bool {
        match self {
            Self::Requested | Self::Booked => true,
            Self::Approved
            | Self::Moved { .. }
            | Self::MovedRequest { .. }
            | Self::Cancelled
            | Self::Declined
            | Self::Lapsed
            | Self::Reminder => false,
        }
    }

    /// The time that the meeting had before.
    pub(crate) fn moved_from(self) -> Option<Interval> {
        match self {
            Self::Moved { from } | Self::MovedRequest { from } => Some(from),
            Self::Requested
            | Self::Booked
            | Self::Approved
            | Self::Cancelled
            | Self::Declined
            | Self::Lapsed
            | Self::Reminder => None,
        }
    }

    /// As it stands in the names of messages. Whoever does not approve is told of a booking alike, whether or not
    /// somebody had to say yes to it.
    fn name(self, role: &str) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved if role == "host" => "approved",
            Self::Booked | Self::Approved => "booked",
            Self::Moved { .. } => "moved",
            Self::MovedRequest { .. } => "moved-request",
            Self::Cancelled => "cancelled",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Reminder => "reminder",
        }
    }
}

/// What one reader is told, in that reader's words.
pub(crate) struct Told<'a> {
    view: &'a View<'a>,
    news: News,
}

impl<'a> Told<'a> {
    /// The news as the reader of `view` hears them.
    pub(crate) fn of(view: &'a View<'a>, news: News) -> Self {
        Self { view, news }
    }

    /// One part of the letter, such as `subject`, with further values.
    pub(crate) fn say(&self, part: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let role = role(self.view);
        let (by, who) = self.by();
        let mut all = vec![("by", by.into()), ("who", who.into()), ("you", self.you().into())];
        all.extend_from_slice(values);
        self.view.say(&format!("{role}-{}-{part}", self.news.name(role)), &all)
    }

    /// Who did it: `attendee`, `reader`, `host`, `calendar` or `other`, and the host's name.
    fn by(&self) -> (&'static str, String) {
        let other = ("other", String::new());
        match (doer(self.view.booking), self.view.reader) {
            (Some(Actor::Attendee), _) => ("attendee", String::new()),
            (Some(Actor::Host(id)), Reader::Host(me)) if me.id == *id => ("reader", String::new()),
            (Some(Actor::Host(id)), _) => {
                let host = self.view.booking.hosts.iter().find(|host| host.id == *id);
                host.map_or(other, |host| ("host", self.view.ours(&host.name)))
            }
            (Some(Actor::Calendar), _) => ("calendar", String::new()),
            (Some(Actor::Time) | None, _) => other,
        }
    }

    /// The reading host, and those who take the meeting together with them.
    fn you(&self) -> String {
        let names: Vec<String> =
            other_hosts(self.view).iter().map(|host| self.view.ours(&host.name)).collect();
        match names[..] {
            [] => self.view.words.word("you"),
            _ => self.view.say("you-and", &[("others", self.view.words.list(&names).into())]),
        }
    }
}

/// Who made the booking what it is; `None` if nothing became of it since it was made.
fn doer(booking: &Booking) -> Option<&Actor> {
    let step = booking.last_step();
    match step.what {
        Did::Booked => None,
        Did::Approved
        | Did::Declined { .. }
        | Did::Lapsed
        | Did::Moved { .. }
        | Did::Cancelled { .. }
        | Did::LinkRenewed => Some(&step.by),
    }
}

/// As what somebody reads; stands in the names of messages.
pub(crate) fn role(view: &View<'_>) -> &'static str {
    match view.reader {
        Reader::Attendee | Reader::Anyone => "attendee",
        Reader::Guest(_) => "guest",
        Reader::Host(_) => "host",
    }
}

/// The hosts beside the reading one.
fn other_hosts<'a>(view: &View<'a>) -> Vec<&'a BookedHost> {
    match view.reader {
        Reader::Host(me) => view.booking.hosts.iter().filter(|host| host.id != me.id).collect(),
        Reader::Attendee | Reader::Guest(_) | Reader::Anyone => Vec::new(),
    }
}

/// Why a meeting does not take place, in the words of whoever gave it up or said no.
pub(crate) fn reason(booking: &Booking) -> Option<&Paragraphs> {
    match &booking.last_step().what {
        Did::Cancelled { reason } | Did::Declined { reason } => reason.as_ref(),
        Did::Booked | Did::Approved | Did::Lapsed | Did::Moved { .. } | Did::LinkRenewed => None,
    }
}

/// When a booking that waits for the host's word is declined for want of it.
pub(crate) fn deadline(booking: &Booking) -> DateTime<Utc> {
    effects::lapse(booking.id, booking.revision, booking.core.start(), booking.last_step().at).due
}
