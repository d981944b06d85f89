#![doc = include_str!("../README.md")]

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use openslot_domain::ids::Slug;
use openslot_edge::http::{Parameters, Segment};
use openslot_edge::reply;
use openslot_usecases::list_slots::{self, Dates, MEETING_TYPE_KEPT, Query, RecentMeetingTypes, Refusal};
use openslot_usecases::ports::{Clock, FindMeetingType, ReadHost};
use openslot_usecases::refusals::Error;
use openslot_usecases::show_meeting_type::show_meeting_type;
use openslot_wire::{MeetingType, Problem, SlotsQuery, openapi, write_slots};

/// Shared caches keep a list for 5 seconds, nobody keeps it unasked.
const SLOTS_KEPT: &str = "public, max-age=0, s-maxage=5";
/// The document changes with a deployment only.
const DOCUMENT_KEPT: &str = "public, max-age=300";

/// What the routes stand on. One per process.
pub struct ListSlots<S, W> {
    store: S,
    world: W,
    recent: RecentMeetingTypes,
}

impl<S, W> ListSlots<S, W> {
    /// Nothing has been read yet.
    pub fn new(store: S, world: W) -> Self {
        Self { store, world, recent: RecentMeetingTypes::new(MEETING_TYPE_KEPT) }
    }
}

/// The routes of this function.
pub fn router<S, W>(state: Arc<ListSlots<S, W>>) -> Router
where
    S: FindMeetingType + ReadHost + Send + Sync + 'static,
    W: Clock + Send + Sync + 'static,
{
    Router::new()
        .route("/v1/meeting-types/{slug}", get(meeting_type))
        .route("/v1/meeting-types/{slug}/slots", get(slots))
        .route("/v1/openapi.json", get(document))
        .with_state(state)
}

async fn meeting_type<S, W>(State(state): State<Arc<ListSlots<S, W>>>, Segment(slug): Segment) -> Response
where
    S: FindMeetingType + ReadHost + Send + Sync + 'static,
    W: Clock + Send + Sync + 'static,
{
    let Ok(slug) = slug.parse::<Slug>() else {
        return reply::problem(&Problem::meeting_type_unknown());
    };
    match show_meeting_type(&state.store, &state.world, &state.recent, &slug).await {
        Ok(Some(shown)) => reply::json(StatusCode::OK, &MeetingType::of(&shown.meeting_type, &shown.hosts)),
        Ok(None) => reply::problem(&Problem::meeting_type_unknown()),
        Err(failure) => reply::failure(&failure),
    }
}

async fn slots<S, W>(
    State(state): State<Arc<ListSlots<S, W>>>,
    Segment(slug): Segment,
    Parameters(parameters): Parameters,
    headers: HeaderMap,
) -> Response
where
    S: FindMeetingType + ReadHost + Send + Sync + 'static,
    W: Clock + Send + Sync + 'static,
{
    let Ok(slug) = slug.parse::<Slug>() else {
        return reply::problem(&Problem::meeting_type_unknown());
    };
    let asked = match SlotsQuery::read(&parameters) {
        Ok(asked) => query(slug, asked),
        Err(wrongs) => return reply::problem(&Problem::invalid(wrongs)),
    };
    match list_slots::list_slots(&state.store, &state.world, &state.recent, &asked).await {
        Ok(listed) => {
            let body = write_slots(
                asked.dates.time_zone,
                listed.duration_mins,
                &listed.starts,
                listed.next_available,
            );
            reply::cacheable(&headers, SLOTS_KEPT, "application/json", body)
        }
        Err(error) => refused(error),
    }
}

fn query(meeting_type: Slug, asked: SlotsQuery) -> Query {
    let SlotsQuery { from, to, time_zone, duration_mins, host } = asked;
    Query { meeting_type, dates: Dates { from, to, time_zone }, duration_mins, host }
}

fn refused(error: Error<Refusal>) -> Response {
    match error {
        Error::Refused(Refusal::MeetingTypeUnknown) => reply::problem(&Problem::meeting_type_unknown()),
        Error::Refused(Refusal::Invalid(flaws)) => reply::flaws(flaws),
        Error::Failed(failure) => reply::failure(&failure),
        Error::Busy { retry_after_secs } => reply::problem(&Problem::busy(retry_after_secs)),
    }
}

async fn document(headers: HeaderMap) -> Response {
    reply::cacheable(&headers, DOCUMENT_KEPT, "application/json", openapi::DOCUMENT)
}
