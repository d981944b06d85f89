//! What a browser finds here besides the API: the built site, and the pages that only the local program has.

mod clock;
mod events;
mod forms;
mod gzip;
mod headers;
mod html;
mod inbox;
mod pages;
mod parked;
mod replies;
mod site;
mod start;
mod token;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use openslot_dynamodb::Table;
use openslot_wire::Problem;

use crate::clock::Clock;
use crate::issuer::Issuer;
use crate::rounds::Rounds;
use crate::state::State;

pub(crate) use headers::HeaderSets;

/// What the pages look at.
pub(crate) struct Desk {
    pub(crate) base_url: String,
    pub(crate) clock: Clock,
    pub(crate) rounds: Arc<Rounds>,
    pub(crate) state: Arc<State>,
    pub(crate) table: Table,
    pub(crate) issuer: Issuer,
    /// The folder of the built site.
    pub(crate) site: PathBuf,
    pub(crate) headers: HeaderSets,
}

type Shared = axum::extract::State<Arc<Desk>>;

/// Pages and assets before the API, everything compressed on its way out.
pub(crate) fn before(api: Router, desk: Desk) -> Router {
    gzip::compressed(router(Arc::new(desk)).fallback_service(api))
}

/// The site's pages are those of a deployed stack; `/` and everything under `/_local/` is here only.
fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/", get(start::page))
        .route("/book/{slug}", get(site::booking))
        .route("/book/{slug}/", get(site::booking))
        .route("/assets/{*path}", get(site::asset))
        .route("/manage", get(site::managing))
        .route("/manage/", get(site::managing))
        .route("/_local/style.css", get(pages::style))
        .route("/_local/clock", get(clock::read).post(clock::set))
        .route("/_local/token", post(token::make))
        .route("/_local/events.json", get(events::json))
        .route("/_local/events", get(events::list))
        .route("/_local/parked.json", get(parked::json))
        .route("/_local/parked", get(parked::list).post(parked::replay))
        .route("/_local/inbox.json", get(inbox::json))
        .route("/_local/inbox", get(inbox::list))
        .route("/_local/inbox/{id}", get(inbox::message))
        .route("/_local/inbox/{id}/text", get(inbox::text))
        .route("/_local/inbox/{id}/html", get(inbox::html))
        .route("/_local/inbox/{id}/raw", get(inbox::raw))
        .route("/_local/inbox/{id}/attachments/{place}", get(inbox::attachment))
        .method_not_allowed_fallback(async || replies::refused(&Problem::method_not_allowed()))
        .layer(from_fn_with_state(Arc::clone(&desk), headers::guarded))
        .with_state(desk)
}
