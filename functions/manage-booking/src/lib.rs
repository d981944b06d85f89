#![doc = include_str!("../README.md")]

mod answers;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use axum::routing::{get, post};
use openslot_domain::booking::Booking;
use openslot_domain::ids::BookingId;
use openslot_domain::limits::Limits;
use openslot_edge::http::{JsonBody, Parameters, Segment};
use openslot_edge::reply;
use openslot_letters::Site;
use openslot_usecases::cancel_booking::{self, cancel_booking};
use openslot_usecases::change::{Asked, Right};
use openslot_usecases::deliver_effects::links;
use openslot_usecases::keyring::Keyring;
use openslot_usecases::list_moves::{self, list_moves};
use openslot_usecases::list_slots::{Dates, MEETING_TYPE_KEPT, RecentMeetingTypes};
use openslot_usecases::manage_booking::{Managed, open_booking, show_booking};
use openslot_usecases::manage_link::Opens;
use openslot_usecases::ports::{
    ChangeBooking, Clock, Entropy, Failure, FindBooking, FindMeetingType, GiveBackQuota, KeyPurpose, Pause,
    ReadHost, TakeQuota, UnwrapDataKey, WrappedKeys,
};
use openslot_usecases::reschedule_booking::{self, reschedule_booking};
use openslot_wire::{CalendarLinks, Cancellation, Move, MovesQuery, Problem};

/// What the routes stand on. One per process.
pub struct ManageBooking<S, W, K> {
    store: S,
    world: W,
    keyring: Keyring<K>,
    limits: Limits,
    site: Site,
    recent: RecentMeetingTypes,
}

impl<S, W, K> ManageBooking<S, W, K> {
    /// Nothing has been read yet. `site` is what a calendar file names as its origin.
    pub fn new(store: S, world: W, keyring: Keyring<K>, limits: Limits, site: Site) -> Self {
        Self { store, world, keyring, limits, site, recent: RecentMeetingTypes::new(MEETING_TYPE_KEPT) }
    }
}

/// All that the routes ask of the table.
pub trait Store:
    FindBooking
    + FindMeetingType
    + ReadHost
    + ChangeBooking
    + TakeQuota
    + GiveBackQuota
    + WrappedKeys
    + Send
    + Sync
    + 'static
{
}

impl<S> Store for S where
    S: FindBooking
        + FindMeetingType
        + ReadHost
        + ChangeBooking
        + TakeQuota
        + GiveBackQuota
        + WrappedKeys
        + Send
        + Sync
        + 'static
{
}

/// The routes of this function.
pub fn router<S, W, K>(state: Arc<ManageBooking<S, W, K>>) -> Router
where
    S: Store,
    W: Clock + Pause + Entropy + Send + Sync + 'static,
    K: UnwrapDataKey + Send + Sync + 'static,
{
    Router::new()
        .route("/v1/bookings/{id}", get(show))
        .route("/v1/bookings/{id}/cancel", post(cancel))
        .route("/v1/bookings/{id}/reschedule", post(reschedule))
        .route("/v1/bookings/{id}/slots", get(moves))
        .route("/v1/bookings/{id}/calendar.ics", get(file))
        .with_state(state)
}

impl<S, W, K> ManageBooking<S, W, K>
where
    S: WrappedKeys + Sync,
    W: Clock + Sync,
    K: UnwrapDataKey + Sync,
{
    /// The reply while the booking stands. If its links cannot be made, the same request asks again.
    async fn shown(&self, managed: &Managed) -> Response {
        match self.calendar(&managed.booking).await {
            Ok(calendar) => answers::managed(managed, calendar),
            Err(failure) => reply::failure(&failure),
        }
    }

    async fn calendar(&self, booking: &Booking) -> Result<Option<CalendarLinks>, Failure> {
        if !booking.entry().is_live() {
            return Ok(None);
        }
        let key = self.keyring.latest(&self.store, KeyPurpose::ManageLinks, self.world.now()).await?;
        Ok(Some(reply::calendar_links(booking, links(&self.site, booking, &key).ics)))
    }
}

async fn show<S, W, K>(
    State(state): State<Arc<ManageBooking<S, W, K>>>,
    Segment(id): Segment,
    headers: HeaderMap,
) -> Response
where
    S: Store,
    W: Clock + Pause + Entropy + Send + Sync + 'static,
    K: UnwrapDataKey + Send + Sync + 'static,
{
    let Some((id, secret)) = link(&id, presented(&headers, &id)) else {
        return reply::problem(&Problem::booking_unknown());
    };
    match show_booking(&state.store, &state.world, &state.keyring, &state.recent, &id, secret).await {
        Ok(Some(managed)) => state.shown(&managed).await,
        Ok(None) => reply::problem(&Problem::booking_unknown()),
        Err(failure) => reply::failure(&failure),
    }
}

async fn cancel<S, W, K>(
    State(state): State<Arc<ManageBooking<S, W, K>>>,
    Segment(id): Segment,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Response
where
    S: Store,
    W: Clock + Pause + Entropy + Send + Sync + 'static,
    K: UnwrapDataKey + Send + Sync + 'static,
{
    let Cancellation { reason, idempotency_key, canonical } = match Cancellation::read(&body, &keys(&headers))
    {
        Ok(wanted) => wanted,
        Err(wrongs) => return reply::problem(&Problem::invalid(wrongs)),
    };
    let Some(asked) = asked(&id, &headers, idempotency_key, canonical) else {
        return reply::problem(&Problem::booking_unknown());
    };
    let request = cancel_booking::Request { asked, reason };
    match cancel_booking(&state.store, &state.world, &state.keyring, &request).await {
        Ok(managed) => state.shown(&managed).await,
        Err(error) => answers::uncancelled(error),
    }
}

async fn reschedule<S, W, K>(
    State(state): State<Arc<ManageBooking<S, W, K>>>,
    Segment(id): Segment,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Response
where
    S: Store,
    W: Clock + Pause + Entropy + Send + Sync + 'static,
    K: UnwrapDataKey + Send + Sync + 'static,
{
    let wanted = match Move::read(&body, &keys(&headers)) {
        Ok(wanted) => wanted,
        Err(wrongs) => return reply::problem(&Problem::invalid(wrongs)),
    };
    let Move { start, duration_mins, time_zone, idempotency_key, canonical } = wanted;
    let Some(asked) = asked(&id, &headers, idempotency_key, canonical) else {
        return reply::problem(&Problem::booking_unknown());
    };
    let request = reschedule_booking::Request { asked, start, duration_mins, time_zone };
    match reschedule_booking(&state.store, &state.world, &state.keyring, &state.limits, &request).await {
        Ok(managed) => state.shown(&managed).await,
        Err(error) => answers::unmoved(error, time_zone),
    }
}

async fn moves<S, W, K>(
    State(state): State<Arc<ManageBooking<S, W, K>>>,
    Segment(id): Segment,
    Parameters(parameters): Parameters,
    headers: HeaderMap,
) -> Response
where
    S: Store,
    W: Clock + Pause + Entropy + Send + Sync + 'static,
    K: UnwrapDataKey + Send + Sync + 'static,
{
    let MovesQuery { from, to, time_zone, duration_mins } = match MovesQuery::read(&parameters) {
        Ok(asked) => asked,
        Err(wrongs) => return reply::problem(&Problem::invalid(wrongs)),
    };
    let Some((booking, secret)) = link(&id, presented(&headers, &id)) else {
        return reply::problem(&Problem::booking_unknown());
    };
    let dates = Dates { from, to, time_zone };
    let query = list_moves::Query { booking, secret: secret.to_owned(), dates, duration_mins };
    match list_moves(&state.store, &state.world, &state.keyring, &state.recent, &query).await {
        Ok(listed) => answers::listed(&listed, time_zone),
        Err(error) => answers::unlisted(error),
    }
}

async fn file<S, W, K>(
    State(state): State<Arc<ManageBooking<S, W, K>>>,
    Segment(id): Segment,
    parameters: Parameters,
) -> Response
where
    S: Store,
    W: Clock + Pause + Entropy + Send + Sync + 'static,
    K: UnwrapDataKey + Send + Sync + 'static,
{
    let Some((id, secret)) = link(&id, parameters.once("k")) else {
        return reply::problem(&Problem::booking_unknown());
    };
    let opens = Opens::CalendarFile;
    match open_booking(&state.store, &state.world, &state.keyring, &id, opens, secret).await {
        Ok(Some(booking)) => answers::file(&booking, &state.site, state.world.now()),
        Ok(None) => reply::problem(&Problem::booking_unknown()),
        Err(failure) => reply::failure(&failure),
    }
}

fn keys(headers: &HeaderMap) -> Vec<&[u8]> {
    headers.get_all("idempotency-key").iter().map(HeaderValue::as_bytes).collect()
}

/// The request of whoever presents a link that may be one of this booking.
fn asked(id: &str, headers: &HeaderMap, idempotency_key: String, canonical: Vec<u8>) -> Option<Asked> {
    let (booking, secret) = link(id, presented(headers, id))?;
    Some(Asked { booking, right: Right::Link(secret.to_owned()), idempotency_key, canonical })
}

/// Both parts of a link; `None` for a text that no booking is called by.
fn link<'a>(id: &str, secret: Option<&'a str>) -> Option<(BookingId, &'a str)> {
    Some((id.parse().ok()?, secret?))
}

/// The mac in `Authorization: Manage <bid>.<mac>`, if that link is for this booking.
fn presented<'a>(headers: &'a HeaderMap, id: &str) -> Option<&'a str> {
    let (scheme, link) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let (named, mac) = link.trim().split_once('.')?;
    (scheme.eq_ignore_ascii_case("Manage") && named == id).then_some(mac)
}
