//! Replies of the local pages, each with the headers that fit it.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use openslot_wire::Problem;
use serde::Serialize;

use super::html::{Html, page};

/// Pages need their one style sheet and, for letters, a frame of their own; nothing else.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Letters are other people's HTML: no script, no form, no request, no origin; links open a window of their own.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; \
     form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";
/// For what is no page.
const NO_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A page of this program.
pub(super) fn shown(title: &str, body: &Html) -> Response {
    reply("text/html; charset=utf-8", PAGE_POLICY, page(title, body))
}

/// A letter's own HTML, for its frame.
pub(super) fn framed(html: String) -> Response {
    reply("text/html; charset=utf-8", LETTER_POLICY, html)
}

/// The style sheet.
pub(super) fn styled(css: &'static str) -> Response {
    reply("text/css; charset=utf-8", NO_POLICY, css)
}

/// JSON for scripts.
pub(super) fn told(body: &impl Serialize) -> Response {
    let body = serde_json::to_string(body).expect("replies are plain data");
    reply("application/json", NO_POLICY, body)
}

/// A file to keep. `name` must be plain ASCII without quotes.
pub(super) fn kept(name: &str, content_type: &str, bytes: Vec<u8>) -> Response {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let content_type = HeaderValue::try_from(content_type);
    let mut response = reply("application/octet-stream", NO_POLICY, bytes);
    for (header, value) in [(CONTENT_DISPOSITION, disposition), (CONTENT_TYPE, content_type)] {
        if let Ok(value) = value {
            response.headers_mut().insert(header, value);
        }
    }
    response
}

/// A problem, as the API writes it.
pub(super) fn refused(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status()).expect("problems have HTTP statuses");
    let body = serde_json::to_string(problem).expect("a problem is plain data");
    (status, reply("application/problem+json", NO_POLICY, body)).into_response()
}

/// Something of the local program broke: noted in the log, told without details.
pub(super) fn broken(error: &(dyn std::error::Error + 'static)) -> Response {
    tracing::error!(error, "a local page failed");
    refused(&Problem::failed())
}

fn reply(content_type: &'static str, policy: &'static str, body: impl IntoResponse) -> Response {
    let headers: [(HeaderName, &str); 5] = [
        (CONTENT_TYPE, content_type),
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, body).into_response()
}
