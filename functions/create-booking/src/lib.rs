#![doc = include_str!("../README.md")]

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::post;
use axum::{Extension, Router};
use chrono_tz::Tz;
use openslot_domain::limits::Limits;
use openslot_edge::http::JsonBody;
use openslot_edge::{Client, reply};
use openslot_letters::Site;
use openslot_usecases::create_booking::{Created, Refusal, Request, create_booking};
use openslot_usecases::deliver_effects::links;
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::{
    Clock, CommitBooking, Entropy, Failure, FindBooking, FindMeetingType, GiveBackQuota, KeyPurpose,
    NewDataKey, Pause, PutWrappedKey, ReadHost, TakeQuota, UnwrapDataKey, WrappedKeys,
};
use openslot_usecases::refusals::Error;
use openslot_wire::{Booking, CreatedBooking, Instant, NewBooking, Problem};

/// What the route stands on. One per process.
pub struct CreateBooking<S, W, K> {
    /// The table.
    pub store: S,
    /// Time and chance.
    pub world: W,
    /// The opened data keys.
    pub keyring: Keyring<K>,
    /// How often one may book.
    pub limits: Limits,
    /// Where the links of a reply lead.
    pub site: Site,
}

/// The route of this function.
pub fn router<S, W, K>(state: Arc<CreateBooking<S, W, K>>) -> Router
where
    S: FindMeetingType
        + ReadHost
        + FindBooking
        + CommitBooking
        + TakeQuota
        + GiveBackQuota
        + WrappedKeys
        + PutWrappedKey
        + Send
        + Sync
        + 'static,
    W: Clock + Pause + Entropy + Send + Sync + 'static,
    K: NewDataKey + UnwrapDataKey + Send + Sync + 'static,
{
    Router::new().route("/v1/bookings", post(book)).with_state(state)
}

async fn book<S, W, K>(
    State(state): State<Arc<CreateBooking<S, W, K>>>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Response
where
    S: FindMeetingType
        + ReadHost
        + FindBooking
        + CommitBooking
        + TakeQuota
        + GiveBackQuota
        + WrappedKeys
        + PutWrappedKey
        + Send
        + Sync
        + 'static,
    W: Clock + Pause + Entropy + Send + Sync + 'static,
    K: NewDataKey + UnwrapDataKey + Send + Sync + 'static,
{
    let keys: Vec<&[u8]> = headers.get_all("idempotency-key").iter().map(HeaderValue::as_bytes).collect();
    let wanted = match NewBooking::read(&body, &keys) {
        Ok(wanted) => wanted,
        Err(wrongs) => return reply::problem(&Problem::invalid(wrongs)),
    };
    let zone = wanted.time_zone;
    let Some(request) = request(wanted, client) else {
        return reply::problem(&Problem::meeting_type_unknown());
    };
    match create_booking(&state.store, &state.world, &state.keyring, &state.limits, &request).await {
        Ok(created) => state.booked(&created).await.unwrap_or_else(|failure| reply::failure(&failure)),
        Err(error) => refused(error, zone),
    }
}

/// What the door let in, for the use-case; `None` when no meeting type can have the name asked for.
fn request(wanted: NewBooking, client: Client) -> Option<Request> {
    Some(Request {
        meeting_type: wanted.meeting_type?,
        start: wanted.start,
        duration_mins: wanted.duration_mins,
        time_zone: wanted.time_zone,
        locale: wanted.locale,
        attendee: wanted.attendee,
        guests: wanted.guests,
        answers: wanted.answers,
        note: wanted.note,
        source: wanted.source,
        host: wanted.host,
        idempotency_key: wanted.idempotency_key,
        canonical: wanted.canonical,
        client: client.0,
    })
}

impl<S, W, K> CreateBooking<S, W, K>
where
    S: WrappedKeys + PutWrappedKey + Sync,
    W: Clock + Sync,
    K: NewDataKey + UnwrapDataKey + Sync,
{
    /// The reply while the booking stands. If its links cannot be made, the same request asks again.
    async fn booked(&self, created: &Created) -> Result<Response, Failure> {
        let booking = &created.booking;
        let key = self.keyring.newest(&self.store, KeyPurpose::ManageLinks, self.world.now()).await?;
        let own = links(&self.site, booking, &key);
        let body = CreatedBooking {
            booking: Booking::of(booking),
            calendar: reply::calendar_links(booking, own.ics),
            manage_url: own.manage,
        };
        if !created.fresh {
            return Ok(reply::json(StatusCode::OK, &body));
        }
        let mut response = reply::json(StatusCode::CREATED, &body);
        let location = format!("/v1/bookings/{}", booking.id);
        let location = HeaderValue::from_str(&location).expect("hexadecimal digits may stand in a header");
        response.headers_mut().insert(LOCATION, location);
        Ok(response)
    }
}

fn refused(error: Error<Refusal>, zone: Tz) -> Response {
    let refusal = match error {
        Error::Refused(refusal) => refusal,
        Error::Failed(failure) => return reply::failure(&failure),
        Error::Busy { retry_after_secs } => return reply::problem(&Problem::busy(retry_after_secs)),
    };
    reply::problem(&match refusal {
        Refusal::MeetingTypeUnknown => Problem::meeting_type_unknown(),
        Refusal::SlotTaken { alternatives } => {
            Problem::slot_taken(alternatives.into_iter().map(|start| Instant::of(zone, start)).collect())
        }
        Refusal::NotOffered(reason) => Problem::not_offered(reason),
        Refusal::Invalid(flaws) => return reply::flaws(flaws),
        Refusal::KeyReused => Problem::idempotency_key_reused(),
        Refusal::TooManyRequests { retry_after_secs } => Problem::too_many_requests(retry_after_secs),
    })
}
