#![doc = include_str!("../README.md")]

mod caller;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use openslot_domain::login::Login;
use openslot_edge::http::{JsonBody, Segment};
use openslot_edge::reply;
use openslot_usecases::decide_booking::{Refusal, Request, Word, decide_booking};
use openslot_usecases::ports::{
    ChangeBooking, Clock, Entropy, FindBooking, FindLogin, FindMeetingType, Pause, ReadHost,
};
use openslot_usecases::refusals::Error;
use openslot_wire::{Booking, Decline, Problem, TeamBooking};

use crate::caller::Verified;

/// What the routes stand on. One per process.
pub struct ManageTeam<S, W> {
    /// The table.
    pub store: S,
    /// Time and chance.
    pub world: W,
}

/// All that the routes ask of the table.
pub trait Store:
    FindLogin + FindBooking + FindMeetingType + ReadHost + ChangeBooking + Send + Sync + 'static
{
}

impl<S> Store for S where
    S: FindLogin + FindBooking + FindMeetingType + ReadHost + ChangeBooking + Send + Sync + 'static
{
}

/// The routes of this function, each of which sits behind the gateway's JWT authorizer.
pub fn router<S, W>(state: Arc<ManageTeam<S, W>>) -> Router
where
    S: Store,
    W: Clock + Pause + Entropy + Send + Sync + 'static,
{
    Router::new()
        .route("/v1/team/bookings/{id}/approve", post(approve))
        .route("/v1/team/bookings/{id}/decline", post(decline))
        .with_state(state)
}

async fn approve<S, W>(
    State(state): State<Arc<ManageTeam<S, W>>>,
    verified: Verified,
    Segment(id): Segment,
) -> Response
where
    S: Store,
    W: Clock + Pause + Entropy + Send + Sync + 'static,
{
    match verified.login(&state.store).await {
        Ok(by) => state.decide(by, &id, Word::Approve).await,
        Err(answer) => answer,
    }
}

async fn decline<S, W>(
    State(state): State<Arc<ManageTeam<S, W>>>,
    verified: Verified,
    Segment(id): Segment,
    body: Result<JsonBody, Response>,
) -> Response
where
    S: Store,
    W: Clock + Pause + Entropy + Send + Sync + 'static,
{
    let by = match verified.login(&state.store).await {
        Ok(by) => by,
        Err(answer) => return answer,
    };
    let read = body.map(|JsonBody(body)| Decline::read(&body));
    match read {
        Ok(Ok(Decline { reason })) => state.decide(by, &id, Word::Decline { reason }).await,
        Ok(Err(wrongs)) => reply::problem(&Problem::invalid(wrongs)),
        Err(unread) => unread,
    }
}

impl<S: Store, W: Clock + Pause + Entropy + Sync> ManageTeam<S, W> {
    async fn decide(&self, by: Login, id: &str, word: Word) -> Response {
        let Ok(booking) = id.parse() else {
            return reply::problem(&Problem::booking_unknown());
        };
        match decide_booking(&self.store, &self.world, &Request { booking, by, word }).await {
            Ok(booking) => reply::json(StatusCode::OK, &TeamBooking { booking: Booking::of(&booking) }),
            Err(error) => undecided(error),
        }
    }
}

fn undecided(error: Error<Refusal>) -> Response {
    let refusal = match error {
        Error::Refused(refusal) => refusal,
        Error::Failed(failure) => return reply::failure(&failure),
        Error::Busy { retry_after_secs } => return reply::problem(&Problem::busy(retry_after_secs)),
    };
    reply::problem(&match refusal {
        Refusal::BookingUnknown => Problem::booking_unknown(),
        Refusal::NotPending => Problem::not_pending(),
        Refusal::TooLate => Problem::too_late(),
    })
}
