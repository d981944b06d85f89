//! What only the local program shows: the way in, the inbox, the clock.

mod clock;
mod html;
mod inbox;
mod pages;
mod replies;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use openslot_dynamodb::Table;
use openslot_wire::Problem;

use crate::clock::Clock;
use crate::rounds::Rounds;
use crate::state::State;

/// What the local pages look at.
pub(crate) struct Desk {
    pub(crate) base_url: String,
    pub(crate) clock: Clock,
    pub(crate) rounds: Arc<Rounds>,
    pub(crate) state: Arc<State>,
    pub(crate) table: Table,
}

type Shared = axum::extract::State<Arc<Desk>>;

/// The local pages and addresses. None of them is part of a deployed stack.
pub(crate) fn router(desk: Desk) -> Router {
    Router::new()
        .route("/", get(pages::landing))
        .route("/manage/", get(pages::manage))
        .route("/_local/style.css", get(pages::style))
        .route("/_local/clock", get(clock::read).post(clock::set))
        .route("/_local/inbox.json", get(inbox::json))
        .route("/_local/inbox", get(inbox::list))
        .route("/_local/inbox/{id}", get(inbox::message))
        .route("/_local/inbox/{id}/text", get(inbox::text))
        .route("/_local/inbox/{id}/html", get(inbox::html))
        .route("/_local/inbox/{id}/raw", get(inbox::raw))
        .route("/_local/inbox/{id}/attachments/{place}", get(inbox::attachment))
        .method_not_allowed_fallback(async || replies::refused(&Problem::method_not_allowed()))
        .with_state(Arc::new(desk))
}
