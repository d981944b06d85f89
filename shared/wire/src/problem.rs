//! Answers that are not what was asked for: RFC 9457.

use openslot_domain::booking::NotOffered;
use serde::Serialize;
use utoipa::ToSchema;

use crate::stamps::Instant;

/// The most errors one problem names; the rest is found when these are mended.
pub const ERRORS_MAX: usize = 100;

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProblemError)]
pub struct Wrong {
    /// Where: a JSON pointer (RFC 6901) into the body, or the name of a query parameter or header.
    #[schema(example = "/attendee/email")]
    pub pointer: String,
    /// What kind of error, for programs.
    #[schema(value_type = String, example = "format")]
    pub code: &'static str,
    /// What to do about it: the rest of a sentence that begins with the name of the field.
    #[schema(example = "must be an e-mail address such as ada@example.org")]
    pub detail: String,
}

/// Why a start is not on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotOfferedReason {
    /// No host works then.
    OutsideHours,
    /// Too soon.
    Notice,
    /// Too far ahead, or outside the fixed dates.
    Window,
    /// Not one of the starts of that day.
    OffGrid,
    /// No active host.
    Unavailable,
}

impl From<NotOffered> for NotOfferedReason {
    fn from(why: NotOffered) -> Self {
        match why {
            NotOffered::OutsideHours => Self::OutsideHours,
            NotOffered::OffGrid => Self::OffGrid,
            NotOffered::Notice => Self::Notice,
            NotOffered::Window => Self::Window,
            NotOffered::Unavailable => Self::Unavailable,
        }
    }
}

impl NotOfferedReason {
    fn detail(self) -> &'static str {
        match self {
            Self::OutsideHours => "Nobody takes meetings at that time. Choose one of the listed slots.",
            Self::Notice => "That start is too soon. Choose a later one.",
            Self::Window => {
                "That start is outside the dates that can be booked. Choose one of the listed slots."
            }
            Self::OffGrid => "Meetings do not start at that minute. Choose one of the listed slots.",
            Self::Unavailable => "Nobody takes this kind of meeting at present.",
        }
    }
}

/// Every kind of problem there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// Nobody has signed in.
    Unauthorized,
    /// The request did not come by the front door.
    Forbidden,
    /// Who has signed in belongs to no host.
    NotInvited,
    /// No such route.
    NotFound,
    /// No such meeting type, or it is switched off.
    MeetingTypeUnknown,
    /// No such booking, or the link does not open it.
    BookingUnknown,
    /// The route does not know this method.
    MethodNotAllowed,
    /// The booking waits for nobody's word.
    NotPending,
    /// The time is held by something.
    SlotTaken,
    /// The body is too large.
    TooLarge,
    /// The body is not JSON by its own account.
    UnsupportedMediaType,
    /// The request does not fit; every error is named.
    Invalid,
    /// The start is never on offer.
    NotOffered,
    /// The booking can no longer be changed.
    TooLate,
    /// Another request was made under this key.
    IdempotencyKeyReused,
    /// A limit was reached.
    TooManyRequests,
    /// A bug.
    Failed,
    /// Too many were at it at once.
    Busy,
    /// Something that is needed does not answer.
    Unavailable,
}

impl ProblemKind {
    /// All of them, by status.
    pub const ALL: [Self; 19] = [
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotInvited,
        Self::NotFound,
        Self::MeetingTypeUnknown,
        Self::BookingUnknown,
        Self::MethodNotAllowed,
        Self::SlotTaken,
        Self::NotPending,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::Invalid,
        Self::NotOffered,
        Self::TooLate,
        Self::IdempotencyKeyReused,
        Self::TooManyRequests,
        Self::Failed,
        Self::Busy,
        Self::Unavailable,
    ];

    /// The last part of its `type`. Never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotInvited => "not-invited",
            Self::NotFound => "not-found",
            Self::MeetingTypeUnknown => "meeting-type-unknown",
            Self::BookingUnknown => "booking-unknown",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::SlotTaken => "slot-taken",
            Self::NotPending => "not-pending",
            Self::TooLarge => "too-large",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::Invalid => "invalid",
            Self::NotOffered => "not-offered",
            Self::TooLate => "too-late",
            Self::IdempotencyKeyReused => "idempotency-key-reused",
            Self::TooManyRequests => "too-many-requests",
            Self::Failed => "failed",
            Self::Busy => "busy",
            Self::Unavailable => "unavailable",
        }
    }

    /// Its HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::Unauthorized => 401,
            Self::Forbidden | Self::NotInvited => 403,
            Self::NotFound | Self::MeetingTypeUnknown | Self::BookingUnknown => 404,
            Self::MethodNotAllowed => 405,
            Self::SlotTaken | Self::NotPending => 409,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::Invalid | Self::NotOffered | Self::TooLate | Self::IdempotencyKeyReused => 422,
            Self::TooManyRequests => 429,
            Self::Failed => 500,
            Self::Busy | Self::Unavailable => 503,
        }
    }

    /// What it is called, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Unauthorized => "Not signed in",
            Self::Forbidden => "Not by this way",
            Self::NotInvited => "Not invited",
            Self::NotFound => "Nothing here",
            Self::MeetingTypeUnknown => "No such meeting type",
            Self::BookingUnknown => "No such booking",
            Self::MethodNotAllowed => "Not with this method",
            Self::SlotTaken => "This time is taken",
            Self::NotPending => "This booking waits for no answer",
            Self::TooLarge => "Too large",
            Self::UnsupportedMediaType => "Not JSON",
            Self::Invalid => "Something does not fit",
            Self::NotOffered => "This time is not on offer",
            Self::TooLate => "Too late to change this booking",
            Self::IdempotencyKeyReused => "This key belongs to another request",
            Self::TooManyRequests => "Too many requests",
            Self::Failed => "Something went wrong on our side",
            Self::Busy => "Very busy",
            Self::Unavailable => "Out of order for a moment",
        }
    }
}

/// An answer that is not what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Which kind, as a stable URI path.
    #[serde(rename = "type")]
    #[schema(value_type = String, format = "uri-reference", example = "/problems/slot-taken")]
    kind: String,
    /// What that kind is called.
    #[schema(value_type = String)]
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What happened, and what to do.
    #[schema(value_type = String)]
    detail: &'static str,
    /// Everything that is wrong with the request; with `invalid` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    errors: Option<Vec<Wrong>>,
    /// Up to three nearest other starts, in the zone of the request; with `slot-taken` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    alternatives: Option<Vec<Instant>>,
    /// Why the start is not on offer; with `not-offered` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reason: Option<NotOfferedReason>,
    /// For the `Retry-After` header, in seconds.
    #[serde(skip)]
    #[schema(ignore)]
    retry_after_secs: Option<u32>,
}

impl Problem {
    fn of(kind: ProblemKind, detail: &'static str) -> Self {
        Self {
            kind: format!("/problems/{}", kind.name()),
            title: kind.title(),
            status: kind.status(),
            detail,
            errors: None,
            alternatives: None,
            reason: None,
            retry_after_secs: None,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// When to come again, in seconds, where that is known.
    pub fn retry_after_secs(&self) -> Option<u32> {
        self.retry_after_secs
    }

    /// The request did not come by the distribution.
    pub fn forbidden() -> Self {
        Self::of(ProblemKind::Forbidden, "Use the address of the site.")
    }

    /// Nobody has signed in.
    pub fn unauthorized() -> Self {
        Self::of(ProblemKind::Unauthorized, "Sign in and send the request again.")
    }

    /// Somebody has signed in whom nobody has invited.
    pub fn not_invited() -> Self {
        Self::of(
            ProblemKind::NotInvited,
            "This login belongs to no host here. Ask an admin for an invitation.",
        )
    }

    /// The booking waits for nobody's word.
    pub fn not_pending() -> Self {
        let detail = "This booking does not wait for an answer. Look at it as it now stands.";
        Self::of(ProblemKind::NotPending, detail)
    }

    /// No such route.
    pub fn not_found() -> Self {
        Self::of(
            ProblemKind::NotFound,
            "There is nothing at this address. GET /v1/openapi.json lists what there is.",
        )
    }

    /// The route does not know this method.
    pub fn method_not_allowed() -> Self {
        Self::of(
            ProblemKind::MethodNotAllowed,
            "This address does not take that method; the Allow header lists those it takes.",
        )
    }

    /// No such meeting type, or it is switched off.
    pub fn meeting_type_unknown() -> Self {
        Self::of(ProblemKind::MeetingTypeUnknown, "There is no meeting type of this name that can be booked.")
    }

    /// No such booking, or the link does not open it: nobody is told which.
    pub fn booking_unknown() -> Self {
        Self::of(
            ProblemKind::BookingUnknown,
            "This link opens no booking. Use the link of the latest mail about it.",
        )
    }

    /// The time is held by something. `alternatives` are instants in the zone of the request.
    pub fn slot_taken(alternatives: Vec<Instant>) -> Self {
        let alternatives = Some(alternatives);
        Self { alternatives, ..Self::of(ProblemKind::SlotTaken, "Somebody was faster. Choose another time.") }
    }

    /// The start is never on offer.
    pub fn not_offered(why: NotOffered) -> Self {
        let reason = NotOfferedReason::from(why);
        Self { reason: Some(reason), ..Self::of(ProblemKind::NotOffered, reason.detail()) }
    }

    /// The request does not fit.
    pub fn invalid(mut errors: Vec<Wrong>) -> Self {
        errors.truncate(ERRORS_MAX);
        let errors = Some(errors);
        Self {
            errors,
            ..Self::of(ProblemKind::Invalid, "Mend what `errors` lists and send the request again.")
        }
    }

    /// The booking can no longer be changed.
    pub fn too_late() -> Self {
        let detail = "This booking is over, has begun, or begins too soon to be changed here.";
        Self::of(ProblemKind::TooLate, detail)
    }

    /// Another request was made under this key.
    pub fn idempotency_key_reused() -> Self {
        let detail = "Another request was made under this Idempotency-Key. Use a new key for a new request.";
        Self::of(ProblemKind::IdempotencyKeyReused, detail)
    }

    /// The body is too large.
    pub fn too_large() -> Self {
        Self::of(ProblemKind::TooLarge, "A request body may have at most 16 KiB.")
    }

    /// The body is not JSON by its own account.
    pub fn unsupported_media_type() -> Self {
        let detail = "Send JSON in UTF-8 with the header Content-Type: application/json.";
        Self::of(ProblemKind::UnsupportedMediaType, detail)
    }

    /// A limit was reached.
    pub fn too_many_requests(retry_after_secs: u32) -> Self {
        let detail = "That was often enough for now. Come back after the time in the Retry-After header.";
        Self::of(ProblemKind::TooManyRequests, detail).again_after(retry_after_secs)
    }

    /// Too many were at it at once; nothing was changed.
    pub fn busy(retry_after_secs: u32) -> Self {
        let detail =
            "Many people are booking at this moment and nothing was booked. Send the same request again.";
        Self::of(ProblemKind::Busy, detail).again_after(retry_after_secs)
    }

    /// Something that is needed does not answer.
    pub fn unavailable(retry_after_secs: u32) -> Self {
        let detail = "Send the same request again in a moment, with the same Idempotency-Key if it had one.";
        Self::of(ProblemKind::Unavailable, detail).again_after(retry_after_secs)
    }

    /// A bug.
    pub fn failed() -> Self {
        Self::of(ProblemKind::Failed, "It has been noted. Sending the same request again does no harm.")
    }

    fn again_after(self, secs: u32) -> Self {
        Self { retry_after_secs: Some(secs), ..self }
    }
}
