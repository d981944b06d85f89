//! What every route has in common: who may come in, how much they may say, and what each reply carries.

use std::any::Any;
use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::{Router, body};
use openslot_wire::{BODY_BYTES_MAX, Problem};
use tower_http::catch_panic::CatchPanicLayer;

use crate::client::{ClientAddress, admit};
use crate::reply;

/// Puts the kit around the routes of a function.
///
/// From outside in: headers on every reply, panics become problems, strangers are turned away, unknown paths and
/// methods become problems.
pub fn finish(routes: Router, clients: ClientAddress) -> Router {
    routes
        .fallback(async || reply::problem(&Problem::not_found()))
        .method_not_allowed_fallback(async || reply::problem(&Problem::method_not_allowed()))
        .layer(from_fn_with_state(Arc::new(clients), admit))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(guarded))
}

/// A bug, noted by the panic hook as well; its words are not for the guest.
#[expect(clippy::needless_pass_by_value, reason = "this is how the layer hands it over")]
fn panicked(words: Box<dyn Any + Send>) -> Response {
    let words = words.downcast_ref::<&str>().copied().or(words.downcast_ref::<String>().map(String::as_str));
    tracing::error!(panic = words, "a request panicked");
    reply::problem(&Problem::failed())
}

/// What a browser has to be told about every reply of an API: nothing in it is a page.
const GUARDS: [(HeaderName, &str); 8] = [
    (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=()"),
];

async fn guarded(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in GUARDS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The one part of a path that names something, decoded; empty when it cannot be decoded, which names nothing.
#[derive(Clone, Debug)]
pub struct Segment(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Segment {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(path.map(|Path(segment)| segment).unwrap_or_default()))
    }
}

/// The parameters of a query, decoded, in their order.
#[derive(Clone, Debug)]
pub struct Parameters(pub Vec<(String, String)>);

impl Parameters {
    /// The value of the parameter of this name, if it was given once.
    pub fn once(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(given, _)| given == name).map(|(_, value)| value.as_str());
        values.next().filter(|_| values.next().is_none())
    }
}

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let parsed = Query::try_from_uri(&parts.uri);
        Ok(Self(parsed.map(|Query(parameters)| parameters).unwrap_or_default()))
    }
}

/// A body that says it is JSON and has at most [`BODY_BYTES_MAX`] bytes. It has not been parsed.
#[derive(Clone, Debug)]
pub struct JsonBody(pub Bytes);

impl<S: Sync> FromRequest<S> for JsonBody {
    type Rejection = Response;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Response> {
        let refuse = |problem: Problem| reply::problem(&problem);
        if !is_json(request.headers()) {
            return Err(refuse(Problem::unsupported_media_type()));
        }
        if announced(request.headers()).is_some_and(|bytes| bytes > BODY_BYTES_MAX) {
            return Err(refuse(Problem::too_large()));
        }
        // The only other way to fail is a connection that broke, and then nobody reads the reply.
        let read = body::to_bytes(request.into_body(), BODY_BYTES_MAX).await;
        read.map(Self).map_err(|_| refuse(Problem::too_large()))
    }
}

/// `application/json`, with any parameters: JSON is UTF-8 whatever they say (RFC 8259).
fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = value.and_then(|value| value.split(';').next()).map(str::trim);
    essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"))
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
