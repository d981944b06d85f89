//! The door: a request to book becomes domain types, or a list of everything that is wrong with it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::{Attendee, Guest, Source};
use openslot_domain::ids::{HostId, Slug};
use openslot_domain::questions::RawAnswer;
use openslot_domain::text::{Line, Paragraphs};
use serde_json::Value;
use utoipa::ToSchema;

use crate::booking::AnswerReply;
use crate::fields::{Complaint, Fields, Wrongs};
use crate::json;
use crate::problem::Wrong;
use crate::stamps::Instant;
use crate::values::{self, email, line, locale, minutes, paragraphs, phone};

const GUESTS_MAX: usize = 10;
const ANSWERS_MAX: usize = 30;
const UTM_MAX: usize = 10;
const NAME_CHARS_MAX: usize = 100;
const NOTE_CHARS_MAX: usize = 2000;
const ADDRESS_CHARS_MAX: usize = 2000;
const MARK_CHARS_MAX: usize = 200;

/// The name of the header that names a request for ever.
pub(crate) const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// What a guest asks for, each part valid for itself.
///
/// Whether it fits the meeting type is for the meeting type to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBooking {
    /// Which kind of meeting; `None` for a name that no meeting type can have.
    pub meeting_type: Option<Slug>,
    /// From when on.
    pub start: DateTime<Utc>,
    /// For how long, in minutes.
    pub duration_mins: Option<u32>,
    /// The guest's zone.
    pub time_zone: Tz,
    /// The guest's language, as a BCP 47 tag.
    pub locale: Option<Line>,
    /// Who books.
    pub attendee: Attendee,
    /// Who else comes.
    pub guests: Vec<Guest>,
    /// Answers by question.
    pub answers: Vec<(String, RawAnswer)>,
    /// What the guest adds.
    pub note: Option<Paragraphs>,
    /// Where the guest came from.
    pub source: Source,
    /// With whom, where it matters to the guest.
    pub host: Option<HostId>,
    /// Names this request for ever.
    pub idempotency_key: String,
    /// The body in its one spelling, by which a repeat is told from another request.
    pub canonical: Vec<u8>,
}

impl NewBooking {
    /// Reads a body and the values of its `Idempotency-Key` headers, or says everything that is wrong with them.
    ///
    /// `body` must not be longer than [`BODY_BYTES_MAX`](crate::BODY_BYTES_MAX).
    pub fn read(body: &[u8], keys: &[&[u8]]) -> Result<Self, Vec<Wrong>> {
        let wrongs = Wrongs::default();
        let key = wrongs.note(IDEMPOTENCY_KEY, idempotency_key(keys));
        let read = json::read(body, &wrongs).and_then(|value| {
            let top = Fields::of(&value, String::new(), BookingRequest::NAMES, &wrongs)?;
            whole(&top, key, json::canonical(&value), &wrongs)
        });
        let wrongs = wrongs.into_vec();
        read.filter(|_| wrongs.is_empty()).ok_or(wrongs)
    }
}

/// Reads every field before any of them is missed.
fn whole(top: &Fields<'_>, key: Option<String>, canonical: Vec<u8>, wrongs: &Wrongs) -> Option<NewBooking> {
    let meeting_type = top.required("meeting_type", slug);
    let start = top.required("start", |value| values::instant(values::text(value)?));
    let duration_mins = top.optional("duration_minutes", minutes);
    let time_zone = top.required("time_zone", |value| values::zone(values::text(value)?));
    let locale = top.optional_text("locale", locale);
    let attendee = top.required_object("attendee", AttendeeRequest::NAMES).map(|fields| attendee(&fields));
    let guests = guests(top, wrongs);
    let answers = answers(top, wrongs);
    let note = top.optional_text("note", paragraphs(NOTE_CHARS_MAX));
    let source = top.optional_object("source", SourceRequest::NAMES).map(|fields| source(&fields, wrongs));
    let host = top.optional_text("host", host);
    Some(NewBooking {
        meeting_type: meeting_type?,
        start: start?,
        duration_mins,
        time_zone: time_zone?,
        locale,
        attendee: attendee??,
        guests,
        answers,
        note,
        source: source.unwrap_or_default(),
        host,
        idempotency_key: key?,
        canonical,
    })
}

/// 8 to 128 visible ASCII characters, once.
pub(crate) fn idempotency_key(keys: &[&[u8]]) -> Result<String, Complaint> {
    let [key] = keys else {
        return Err(if keys.is_empty() {
            Complaint::new("required", "must be given: 8 to 128 visible characters, new for each new request")
        } else {
            Complaint::new("duplicate", "must not stand twice")
        });
    };
    let fits = (8..=128).contains(&key.len()) && key.iter().all(u8::is_ascii_graphic);
    let text = std::str::from_utf8(key).ok().filter(|_| fits);
    text.map(str::to_owned).ok_or(Complaint::new("format", "must have 8 to 128 visible ASCII characters"))
}

/// A name that no meeting type can have names no meeting type; that is no error of form.
fn slug(value: &Value) -> Result<Option<Slug>, Complaint> {
    let text = values::text(value)?;
    if text.is_empty() { Err(Complaint::new("empty", "must not be empty")) } else { Ok(text.parse().ok()) }
}

fn host(value: &Value) -> Result<HostId, Complaint> {
    let unknown = |_| Complaint::new("unknown", "is not a host of this meeting type");
    values::text(value)?.parse().map_err(unknown)
}

fn attendee(fields: &Fields<'_>) -> Option<Attendee> {
    let name = fields.required("name", line(NAME_CHARS_MAX));
    let email = fields.required("email", email);
    let phone = fields.optional_text("phone", phone);
    Some(Attendee { name: name?, email: email?, phone })
}

fn guests(top: &Fields<'_>, wrongs: &Wrongs) -> Vec<Guest> {
    let guest = |(pointer, value)| {
        let fields = Fields::of(value, pointer, GuestRequest::NAMES, wrongs)?;
        let email = fields.required("email", email);
        let name = fields.optional_text("name", line(NAME_CHARS_MAX));
        Some(Guest { email: email?, name })
    };
    top.items("guests", GUESTS_MAX).filter_map(guest).collect()
}

fn answers(top: &Fields<'_>, wrongs: &Wrongs) -> Vec<(String, RawAnswer)> {
    let given = top.entries("answers", ANSWERS_MAX).filter(|(_, _, value)| !value.is_null());
    let answer = |(pointer, id, value): (String, &str, &Value)| {
        let raw = match value {
            Value::String(text) => Ok(RawAnswer::Text(text.clone())),
            Value::Bool(yes) => Ok(RawAnswer::Flag(*yes)),
            Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                Err(Complaint::new("type", "must be a text, or true or false"))
            }
        };
        Some((id.to_owned(), wrongs.note(pointer, raw)?))
    };
    given.filter_map(answer).collect()
}

fn source(fields: &Fields<'_>, wrongs: &Wrongs) -> Source {
    let mark = |(pointer, name, value): (String, &str, &Value)| {
        let name = wrongs.note(pointer.as_str(), line(MARK_CHARS_MAX)(&name.into()));
        let value = wrongs.note(pointer, line(MARK_CHARS_MAX)(value));
        Some((name?, value?))
    };
    let empty = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
    let marks = fields.entries("utm", UTM_MAX).filter(|(_, _, value)| !value.is_null() && !empty(value));
    Source {
        form_id: fields.optional_text("form_id", line(MARK_CHARS_MAX)),
        page: fields.optional_text("page", line(ADDRESS_CHARS_MAX)),
        referrer: fields.optional_text("referrer", line(ADDRESS_CHARS_MAX)),
        utm: marks.filter_map(mark).collect(),
    }
}

/// What a guest asks for, as it is written in JSON.
#[derive(Clone, Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookingRequest {
    /// Which kind of meeting.
    #[schema(example = "intro")]
    pub meeting_type: String,
    /// From when on; one of the listed slots, with any offset.
    pub start: Instant,
    /// For how long; left out, the meeting type's first duration.
    #[schema(minimum = 1, maximum = 1440)]
    pub duration_minutes: Option<u32>,
    /// The guest's zone, an IANA name.
    #[schema(example = "Europe/London")]
    pub time_zone: String,
    /// The language of the guest's letters (BCP 47).
    #[schema(max_length = 35, pattern = r"^\s*([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\s*)?$", example = "en")]
    pub locale: Option<String>,
    /// Who books.
    pub attendee: AttendeeRequest,
    /// Who else comes.
    #[schema(max_items = 10)]
    pub guests: Option<Vec<GuestRequest>>,
    /// Answers by question, at most 30.
    #[schema(value_type = Option<BTreeMap<String, AnswerReply>>)]
    pub answers: Option<BTreeMap<String, AnswerReply>>,
    /// What the guest adds.
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// Where the guest came from.
    pub source: Option<SourceRequest>,
    /// With whom, where it matters to the guest.
    pub host: Option<String>,
}

impl BookingRequest {
    pub(crate) const NAMES: &[&str] = &[
        "meeting_type",
        "start",
        "duration_minutes",
        "time_zone",
        "locale",
        "attendee",
        "guests",
        "answers",
        "note",
        "source",
        "host",
    ];
}

/// Who books.
#[derive(Clone, Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendeeRequest {
    /// As they call themselves.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Where the confirmation goes.
    #[schema(format = "email", max_length = 254)]
    pub email: String,
    /// For calls: 5 to 20 digits, and signs that are usual between them.
    #[schema(max_length = 40, pattern = r"^\s*(([ +()./-]*[0-9]){5,20}[ +()./-]*\s*)?$")]
    pub phone: Option<String>,
}

impl AttendeeRequest {
    pub(crate) const NAMES: &[&str] = &["name", "email", "phone"];
}

/// Who else comes.
#[derive(Clone, Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GuestRequest {
    /// Where the invitation goes.
    #[schema(format = "email", max_length = 254)]
    pub email: String,
    /// As the attendee calls them.
    #[schema(max_length = 100)]
    pub name: Option<String>,
}

impl GuestRequest {
    pub(crate) const NAMES: &[&str] = &["email", "name"];
}

/// Where the guest came from.
#[derive(Clone, Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceRequest {
    /// The id of the form.
    #[schema(max_length = 200)]
    pub form_id: Option<String>,
    /// The address of the page.
    #[schema(max_length = 2000)]
    pub page: Option<String>,
    /// The page before it.
    #[schema(max_length = 2000)]
    pub referrer: Option<String>,
    /// Campaign marks by name, at most 10.
    pub utm: Option<BTreeMap<String, String>>,
}

impl SourceRequest {
    pub(crate) const NAMES: &[&str] = &["form_id", "page", "referrer", "utm"];
}

#[cfg(test)]
mod tests;
