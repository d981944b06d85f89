//! Replies: a status, a few headers, a body.

use aws_lc_rs::digest;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use openslot_domain::booking::Booking;
use openslot_letters::add_links;
use openslot_usecases::ports::Failure;
use openslot_usecases::refusals::Flaw;
use openslot_wire::{CalendarLinks, Problem, Wrong};
use serde::Serialize;

/// When to come again after a failure: long enough for a throttle to pass, short enough for a guest to wait.
const FAILURE_RETRY_AFTER_SECS: u32 = 5;

/// JSON with a status.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let text = serde_json::to_string(body).expect("wire types always become JSON");
    of_type(status, "application/json", text)
}

/// A body of some type.
pub fn of_type(status: StatusCode, content_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// A problem.
pub fn problem(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status()).expect("every kind of problem has a status of HTTP");
    let text = serde_json::to_string(problem).expect("wire types always become JSON");
    let mut response = of_type(status, "application/problem+json", text);
    if status == StatusCode::UNAUTHORIZED {
        // RFC 9110, section 15.5.2: a 401 says what would be believed.
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(secs) = problem.retry_after_secs() {
        response.headers_mut().insert(RETRY_AFTER, secs.into());
    }
    response
}

/// The world broke: the log gets the details, the guest gets none.
pub fn failure(failure: &Failure) -> Response {
    tracing::error!(error = ?failure, "a call failed");
    problem(&Problem::unavailable(FAILURE_RETRY_AFTER_SECS))
}

/// A request that does not fit its meeting type.
pub fn flaws(flaws: Vec<Flaw>) -> Response {
    let wrong = |Flaw { pointer, code, detail }| Wrong { pointer, code, detail };
    problem(&Problem::invalid(flaws.into_iter().map(wrong).collect()))
}

/// How a booking gets into a calendar; `ics_url` is the address of its own file.
pub fn calendar_links(booking: &Booking, ics_url: String) -> CalendarLinks {
    let add = add_links(booking);
    CalendarLinks { ics_url, google_url: add.google, outlook_url: add.outlook, office365_url: add.office365 }
}

/// A body that caches may keep, with a strong `ETag`; nothing but its headers when the client has it already.
pub fn cacheable(
    request: &HeaderMap,
    cache_control: &'static str,
    content_type: &'static str,
    body: impl Into<String>,
) -> Response {
    let body = body.into();
    let tag = etag(body.as_bytes());
    let mut response = if has(request, &tag) {
        let mut unchanged = Response::new(Body::empty());
        *unchanged.status_mut() = StatusCode::NOT_MODIFIED;
        unchanged
    } else {
        of_type(StatusCode::OK, content_type, body)
    };
    let tag = HeaderValue::from_str(&tag).expect("hexadecimal digits may stand in a header");
    response.headers_mut().insert(ETAG, tag);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache_control));
    response
}

/// 128 bits of SHA-256, as hexadecimal digits in quotes.
fn etag(body: &[u8]) -> String {
    let digest = digest::digest(&digest::SHA256, body);
    let first = digest.as_ref().first_chunk().expect("SHA-256 has 32 bytes");
    format!("\"{:032x}\"", u128::from_be_bytes(*first))
}

/// Whether the client named this tag. A cache that compresses on its way weakens tags, so `W/` is passed over
/// (RFC 9110, 13.1.2).
fn has(request: &HeaderMap, tag: &str) -> bool {
    let values = request.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = values.flat_map(|value| value.split(',')).map(str::trim);
    tags.any(|given| given == "*" || given.strip_prefix("W/").unwrap_or(given) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_it_already_gets_it_only_once() {
        let asked = |tag: Option<&str>| {
            let mut headers = HeaderMap::new();
            if let Some(tag) = tag {
                headers.insert(IF_NONE_MATCH, tag.parse().unwrap());
            }
            cacheable(&headers, "public", "application/json", "{}")
        };
        let first = asked(None);
        assert_eq!(first.status(), StatusCode::OK);
        let tag = first.headers()[ETAG].to_str().unwrap().to_owned();
        for again in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let response = asked(Some(&again));
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{again}");
            assert_eq!(response.headers()[ETAG].to_str().unwrap(), tag);
            assert!(response.headers().contains_key(CACHE_CONTROL));
        }
        assert_eq!(asked(Some("\"other\"")).status(), StatusCode::OK);
    }
}
