//! The built site: its pages and their assets, as a distribution serves them.

use std::io::{self, ErrorKind};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use openslot_edge::reply;
use openslot_wire::Problem;
use tokio::fs;
use tower_http::services::ServeDir;

use super::html::Html;
use super::{Desk, Shared, replies};

/// What caches are told is in the description of the headers; this is what stands there until then.
const KEPT: &str = "no-cache";

/// `GET /book/{slug}`: the same page for every name. Which names there are, only the API says.
pub(super) async fn booking(State(desk): Shared, headers: HeaderMap) -> Response {
    page(&desk, "book/index.html", &headers).await
}

/// `GET /manage/`: where the links in letters lead. What a link opens stands behind its `#`, which no browser sends:
/// it is the same page for every booking, too.
pub(super) async fn managing(State(desk): Shared, headers: HeaderMap) -> Response {
    page(&desk, "manage/index.html", &headers).await
}

async fn page(desk: &Desk, file: &str, headers: &HeaderMap) -> Response {
    match fs::read_to_string(desk.site.join(file)).await {
        Ok(page) => desk.headers.on_page(reply::cacheable(headers, KEPT, "text/html; charset=utf-8", page)),
        Err(error) if is_absence(&error) => not_built(),
        Err(error) => replies::broken(&error),
    }
}

fn not_built() -> Response {
    let body = "<nav class=\"trail\"><a href=\"/\">openslot on this machine</a></nav>\n\
        <h1>This page is not built yet: make site</h1>\n\
        <p>Run <code>make site</code> in the checkout and load this page again. <code>make run</code> does both. \
        Everything else works meanwhile.</p>\n";
    let page = replies::shown("This page is not built yet", &Html::written(body));
    (StatusCode::SERVICE_UNAVAILABLE, page).into_response()
}

/// `GET /assets/...`
pub(super) async fn asset(State(desk): Shared, request: Request) -> Response {
    let mut files = ServeDir::new(&desk.site).append_index_html_on_directories(false);
    match files.try_call(request).await {
        Ok(found) if found.status() == StatusCode::NOT_FOUND => nothing(),
        Ok(found) if found.status().is_client_error() => found.into_response(),
        Ok(found) => desk.headers.on_asset(found.into_response()),
        Err(error) if is_absence(&error) => nothing(),
        Err(error) => replies::broken(&error),
    }
}

fn nothing() -> Response {
    replies::refused(&Problem::not_found())
}

/// A file on the way to the asset is one more way not to be there.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}
