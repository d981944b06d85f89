//! What use-cases answer, as replies.

use axum::http::header::CONTENT_DISPOSITION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::Booking;
use openslot_edge::reply;
use openslot_letters::{Site, calendar_file};
use openslot_usecases::change::Denied;
use openslot_usecases::list_slots::Listed;
use openslot_usecases::manage_booking::Managed;
use openslot_usecases::refusals::Error;
use openslot_usecases::{list_moves, reschedule_booking};
use openslot_wire::{CalendarLinks, Instant, May, Problem, write_slots};

/// A booking, and what may be done with it.
pub(crate) fn managed(managed: &Managed, calendar: Option<CalendarLinks>) -> Response {
    let Managed { booking, may } = managed;
    let until = may.until.map(|until| Instant::of(booking.time_zone, until));
    let may = May { cancel: may.cancel, reschedule: may.reschedule, until };
    let shown = openslot_wire::Managed { booking: openslot_wire::Booking::of(booking), may, calendar };
    reply::json(StatusCode::OK, &shown)
}

/// A booking as a calendar file to be saved.
pub(crate) fn file(booking: &Booking, site: &Site, now: DateTime<Utc>) -> Response {
    let object = calendar_file(booking, site, now);
    let mut response = reply::of_type(StatusCode::OK, "text/calendar; charset=utf-8; method=PUBLISH", object);
    let save = HeaderValue::from_static("attachment; filename=\"meeting.ics\"");
    response.headers_mut().insert(CONTENT_DISPOSITION, save);
    response
}

/// The starts of some dates, for whoever asked and for no cache.
pub(crate) fn listed(listed: &Listed, zone: Tz) -> Response {
    let body = write_slots(zone, listed.duration_mins, &listed.starts, listed.next_available);
    reply::of_type(StatusCode::OK, "application/json", body)
}

pub(crate) fn uncancelled(error: Error<Denied>) -> Response {
    refused(error, |denied| reply::problem(&denial(denied)))
}

pub(crate) fn unmoved(error: Error<reschedule_booking::Refusal>, zone: Tz) -> Response {
    use reschedule_booking::Refusal;
    refused(error, |refusal| {
        reply::problem(&match refusal {
            Refusal::Denied(denied) => denial(denied),
            Refusal::SlotTaken { alternatives } => {
                Problem::slot_taken(alternatives.into_iter().map(|start| Instant::of(zone, start)).collect())
            }
            Refusal::NotOffered(reason) => Problem::not_offered(reason),
            Refusal::Invalid(flaws) => return reply::flaws(flaws),
            Refusal::TooManyRequests { retry_after_secs } => Problem::too_many_requests(retry_after_secs),
        })
    })
}

pub(crate) fn unlisted(error: Error<list_moves::Refusal>) -> Response {
    use list_moves::Refusal;
    refused(error, |refusal| match refusal {
        Refusal::BookingUnknown => reply::problem(&Problem::booking_unknown()),
        Refusal::TooLate => reply::problem(&Problem::too_late()),
        Refusal::Invalid(flaws) => reply::flaws(flaws),
    })
}

fn refused<R>(error: Error<R>, answer: impl FnOnce(R) -> Response) -> Response {
    match error {
        Error::Refused(refusal) => answer(refusal),
        Error::Failed(failure) => reply::failure(&failure),
        Error::Busy { retry_after_secs } => reply::problem(&Problem::busy(retry_after_secs)),
    }
}

fn denial(denied: Denied) -> Problem {
    match denied {
        Denied::BookingUnknown => Problem::booking_unknown(),
        Denied::KeyReused => Problem::idempotency_key_reused(),
        Denied::TooLate => Problem::too_late(),
    }
}
