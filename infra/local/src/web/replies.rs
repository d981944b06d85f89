//! Replies of the local pages, each with what it says for itself; the rest stands on every reply (`headers.rs`).

use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use openslot_wire::Problem;
use serde::Serialize;

use super::html::{Html, page};

/// Pages need their one style sheet and, for letters, a frame of their own; nothing else.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The clock and what was set aside send forms, to this program only.
const FORM_POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// Letters are other people's HTML: no script, no form, no request, no origin; links open a window of their own.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; \
     form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// A page of this program.
pub(super) fn shown(title: &str, body: &Html) -> Response {
    of_page(PAGE_POLICY, page(title, body))
}

/// A page with a form. Its address is told to this program, so that a form can be traced to it.
pub(super) fn shown_with_form(title: &str, body: &Html) -> Response {
    let told = [(REFERRER_POLICY, "same-origin")];
    (told, of_page(FORM_POLICY, page(title, body))).into_response()
}

/// A letter's own HTML, for its frame.
pub(super) fn framed(html: String) -> Response {
    ([(X_FRAME_OPTIONS, "SAMEORIGIN")], of_page(LETTER_POLICY, html)).into_response()
}

fn of_page(policy: &'static str, html: String) -> Response {
    ([(CONTENT_SECURITY_POLICY, policy)], of_type("text/html; charset=utf-8", html)).into_response()
}

/// The style sheet.
pub(super) fn styled(css: &'static str) -> Response {
    of_type("text/css; charset=utf-8", css)
}

/// JSON for scripts.
pub(super) fn told(body: &impl Serialize) -> Response {
    let body = serde_json::to_string(body).expect("replies are plain data");
    of_type("application/json", body)
}

/// What a form did is to be seen at `place`.
pub(super) fn done(place: &'static str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, place)]).into_response()
}

/// A file to keep. `name` must be plain ASCII without quotes.
pub(super) fn kept(name: &str, content_type: &str, bytes: Vec<u8>) -> Response {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let content_type = HeaderValue::try_from(content_type);
    let mut response = of_type("application/octet-stream", bytes);
    for (header, value) in [(CONTENT_DISPOSITION, disposition), (CONTENT_TYPE, content_type)] {
        if let Ok(value) = value {
            response.headers_mut().insert(header, value);
        }
    }
    response
}

/// A problem, as the API writes it.
pub(super) fn refused(problem: &Problem) -> Response {
    openslot_edge::reply::problem(problem)
}

/// Something of the local program broke: noted in the log, told without details.
pub(super) fn broken(error: &(dyn std::error::Error + 'static)) -> Response {
    tracing::error!(error, "a local page failed");
    refused(&Problem::failed())
}

fn of_type(content_type: &'static str, body: impl IntoResponse) -> Response {
    ([(CONTENT_TYPE, content_type)], body).into_response()
}
