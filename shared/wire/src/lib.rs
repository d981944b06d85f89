#![doc = include_str!("../README.md")]

mod booking;
mod changes;
mod fields;
mod json;
mod meeting_type;
mod new_booking;
pub mod openapi;
mod problem;
mod slots;
mod slots_query;
mod stamps;
mod values;

pub use booking::{
    AnswerReply, Booking, CalendarLinks, Cancelled, CancelledBy, CreatedBooking, Managed, May, TeamBooking,
};
pub use changes::{CancelRequest, Cancellation, Decline, DeclineRequest, Move, RescheduleRequest};
pub use meeting_type::{HostName, Location, MeetingType, Mode, Question, QuestionKind, Window};
pub use new_booking::{BookingRequest, NewBooking};
pub use problem::{ERRORS_MAX, NotOfferedReason, Problem, ProblemKind, Wrong};
pub use slots::{Day, Slots, write_slots};
pub use slots_query::{DAYS_MAX, MovesQuery, SlotsQuery};
pub use stamps::{Date, Instant};

/// The most bytes a request body may have.
pub const BODY_BYTES_MAX: usize = 16 * 1024;
