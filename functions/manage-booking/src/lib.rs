#![doc = include_str!("../README.md")]

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_DISPOSITION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::get;
use openslot_domain::booking::Booking;
use openslot_domain::ids::BookingId;
use openslot_edge::http::{Parameters, Segment};
use openslot_edge::reply;
use openslot_letters::{Site, calendar_file};
use openslot_usecases::keyring::Keyring;
use openslot_usecases::manage_booking::open_booking;
use openslot_usecases::manage_link::Opens;
use openslot_usecases::ports::{Clock, Failure, FindBooking, UnwrapDataKey, WrappedKeys};
use openslot_wire::{Managed, May, Problem};

/// What the routes stand on. One per process.
pub struct ManageBooking<S, W, K> {
    /// The table.
    pub store: S,
    /// Time.
    pub world: W,
    /// The opened data keys.
    pub keyring: Keyring<K>,
    /// What a calendar file names as its origin.
    pub site: Site,
}

/// The routes of this function.
pub fn router<S, W, K>(state: Arc<ManageBooking<S, W, K>>) -> Router
where
    S: FindBooking + WrappedKeys + Send + Sync + 'static,
    W: Clock + Send + Sync + 'static,
    K: UnwrapDataKey + Send + Sync + 'static,
{
    Router::new()
        .route("/v1/bookings/{id}", get(show))
        .route("/v1/bookings/{id}/calendar.ics", get(file))
        .with_state(state)
}

async fn show<S, W, K>(
    State(state): State<Arc<ManageBooking<S, W, K>>>,
    Segment(id): Segment,
    headers: HeaderMap,
) -> Response
where
    S: FindBooking + WrappedKeys + Send + Sync + 'static,
    W: Clock + Send + Sync + 'static,
    K: UnwrapDataKey + Send + Sync + 'static,
{
    let opened = state.open(&id, Opens::Booking, presented(&headers, &id)).await;
    answer(opened, |booking| {
        let shown = Managed { booking: openslot_wire::Booking::of(booking), may: May::look() };
        reply::json(StatusCode::OK, &shown)
    })
}

async fn file<S, W, K>(
    State(state): State<Arc<ManageBooking<S, W, K>>>,
    Segment(id): Segment,
    parameters: Parameters,
) -> Response
where
    S: FindBooking + WrappedKeys + Send + Sync + 'static,
    W: Clock + Send + Sync + 'static,
    K: UnwrapDataKey + Send + Sync + 'static,
{
    let opened = state.open(&id, Opens::CalendarFile, parameters.once("k")).await;
    answer(opened, |booking| {
        let object = calendar_file(booking, &state.site, state.world.now());
        let mut response =
            reply::of_type(StatusCode::OK, "text/calendar; charset=utf-8; method=PUBLISH", object);
        let save = HeaderValue::from_static("attachment; filename=\"meeting.ics\"");
        response.headers_mut().insert(CONTENT_DISPOSITION, save);
        response
    })
}

impl<S, W, K> ManageBooking<S, W, K>
where
    S: FindBooking + WrappedKeys + Sync,
    W: Clock + Sync,
    K: UnwrapDataKey + Sync,
{
    async fn open(&self, id: &str, opens: Opens, secret: Option<&str>) -> Result<Option<Booking>, Failure> {
        match (id.parse::<BookingId>(), secret) {
            (Ok(id), Some(secret)) => {
                open_booking(&self.store, &self.world, &self.keyring, &id, opens, secret).await
            }
            (Err(_), _) | (_, None) => Ok(None),
        }
    }
}

/// The mac in `Authorization: Manage <bid>.<mac>`, if that link is for this booking.
fn presented<'a>(headers: &'a HeaderMap, id: &str) -> Option<&'a str> {
    let (scheme, link) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let (named, mac) = link.trim().split_once('.')?;
    (scheme.eq_ignore_ascii_case("Manage") && named == id).then_some(mac)
}

fn answer(opened: Result<Option<Booking>, Failure>, found: impl FnOnce(&Booking) -> Response) -> Response {
    match opened {
        Ok(Some(booking)) => found(&booking),
        Ok(None) => reply::problem(&Problem::booking_unknown()),
        Err(failure) => reply::failure(&failure),
    }
}
