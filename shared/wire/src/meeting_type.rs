//! The reply to whoever opens a booking page.

use openslot_domain::host::Host;
use openslot_domain::meeting_type as domain;
use openslot_domain::questions;
use serde::Serialize;
use utoipa::ToSchema;

use crate::stamps::Date;

/// A kind of meeting that can be booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeetingType {
    /// Its name in addresses.
    #[schema(example = "intro")]
    pub slug: String,
    /// As guests see it.
    pub title: String,
    /// What the meeting is about.
    #[schema(required = true)]
    pub description: Option<String>,
    /// The lengths a guest may choose; the first is taken where none is named.
    pub durations_minutes: Vec<u32>,
    /// Minutes from one possible start to the next.
    pub slot_interval_minutes: u32,
    /// Where it happens.
    pub location: Location,
    /// How hosts share it.
    pub mode: Mode,
    /// Who takes it.
    pub hosts: Vec<HostName>,
    /// The zone of the first host.
    #[schema(example = "Europe/London")]
    pub time_zone: String,
    /// What the guest is asked.
    pub questions: Vec<Question>,
    /// Whether a host must approve each booking.
    pub requires_approval: bool,
    /// A start must lie at least this far ahead.
    pub min_notice_minutes: u32,
    /// How far ahead one may book.
    pub window: Window,
}

impl MeetingType {
    /// What guests may know of a meeting type and the active hosts who take it.
    pub fn of(meeting_type: &domain::MeetingType, hosts: &[Host]) -> Self {
        let time_zone = hosts.first().map_or(chrono_tz::Tz::UTC, |host| host.schedule.zone);
        Self {
            slug: meeting_type.slug.to_string(),
            title: meeting_type.title.to_string(),
            description: meeting_type.description.as_ref().map(ToString::to_string),
            durations_minutes: meeting_type.durations_mins.clone(),
            slot_interval_minutes: meeting_type.slot_interval_mins,
            location: Location::of(&meeting_type.location),
            mode: Mode::of(meeting_type.mode),
            hosts: hosts.iter().map(HostName::of).collect(),
            time_zone: time_zone.name().to_owned(),
            questions: meeting_type.questions.iter().map(Question::of).collect(),
            requires_approval: meeting_type.requires_approval,
            min_notice_minutes: meeting_type.notice_mins,
            window: Window::of(meeting_type.window),
        }
    }
}

/// Where a meeting happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Location {
    /// What kind of place.
    pub kind: LocationKind,
    /// A number, an address or a link, as the kind needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub detail: Option<String>,
}

impl Location {
    pub(crate) fn of(location: &domain::Location) -> Self {
        let kind = match location.kind {
            domain::LocationKind::GoogleMeet => LocationKind::GoogleMeet,
            domain::LocationKind::Teams => LocationKind::Teams,
            domain::LocationKind::Phone => LocationKind::Phone,
            domain::LocationKind::InPerson => LocationKind::InPerson,
            domain::LocationKind::Link => LocationKind::Link,
            domain::LocationKind::ToBeAgreed => LocationKind::ToBeAgreed,
        };
        Self { kind, detail: location.detail.as_ref().map(ToString::to_string) }
    }
}

/// Kinds of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LocationKind {
    /// A Google Meet call.
    GoogleMeet,
    /// A Microsoft Teams call.
    Teams,
    /// A telephone call.
    Phone,
    /// A room.
    InPerson,
    /// A web address.
    Link,
    /// Not yet known.
    ToBeAgreed,
}

/// How the hosts of a meeting type share its bookings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// One host.
    Single,
    /// Any one of several.
    RoundRobin,
    /// All together.
    Collective,
}

impl Mode {
    fn of(mode: domain::Mode) -> Self {
        match mode {
            domain::Mode::Single => Self::Single,
            domain::Mode::RoundRobin => Self::RoundRobin,
            domain::Mode::Collective => Self::Collective,
        }
    }
}

/// A host, as guests know one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HostName {
    /// For the `host` of a request.
    #[schema(example = "ada")]
    pub id: String,
    /// As guests see it.
    pub name: String,
}

impl HostName {
    fn of(host: &Host) -> Self {
        Self { id: host.id.to_string(), name: host.name.to_string() }
    }
}

/// What the guest is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Question {
    /// Its name in the `answers` of a request.
    pub id: String,
    /// As guests read it.
    pub label: String,
    /// What sort of answer it wants.
    pub kind: QuestionKind,
    /// Whether one may book without answering. A required checkbox must be ticked.
    pub required: bool,
    /// What may be chosen; with `choice` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub choices: Option<Vec<String>>,
}

impl Question {
    fn of(question: &questions::Question) -> Self {
        let (kind, choices) = match &question.kind {
            questions::QuestionKind::Text => (QuestionKind::Text, None),
            questions::QuestionKind::LongText => (QuestionKind::LongText, None),
            questions::QuestionKind::Choice(choices) => (QuestionKind::Choice, Some(choices)),
            questions::QuestionKind::Checkbox => (QuestionKind::Checkbox, None),
            questions::QuestionKind::Phone => (QuestionKind::Phone, None),
            questions::QuestionKind::Url => (QuestionKind::Url, None),
        };
        Self {
            id: question.id.to_string(),
            label: question.label.to_string(),
            kind,
            required: question.required,
            choices: choices.map(|choices| choices.iter().map(ToString::to_string).collect()),
        }
    }
}

/// Sorts of answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// One of the choices.
    Choice,
    /// Yes or no.
    Checkbox,
    /// A telephone number.
    Phone,
    /// A web address.
    Url,
}

/// How far ahead one may book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Window {
    /// Without limit.
    Open,
    /// Through the end of the day so many days after the host's today.
    Rolling {
        /// 0 is today only.
        days: u32,
    },
    /// Dates of the host's calendar, both inclusive.
    Fixed {
        /// The first date.
        from: Date,
        /// The last date.
        to: Date,
    },
}

impl Window {
    fn of(window: domain::Window) -> Self {
        match window {
            domain::Window::Open => Self::Open,
            domain::Window::Rolling { days } => Self::Rolling { days },
            domain::Window::Fixed { from, to } => Self::Fixed { from: Date::of(from), to: Date::of(to) },
        }
    }
}
