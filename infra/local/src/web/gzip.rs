//! Compression on the way out, as the distribution of a deployed stack does it.

use axum::Router;
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};

/// What is smaller is sent as it is (Amazon CloudFront Developer Guide, "Serve compressed files").
const BYTES_MIN: u64 = 1_000;

/// Compresses what `routes` reply to clients that take gzip.
pub(super) fn compressed(routes: Router) -> Router {
    let worthwhile = DefaultPredicate::new().and(SizeAbove::new(BYTES_MIN));
    routes.layer(CompressionLayer::new().compress_when(worthwhile)).layer(from_fn(negotiated))
}

/// Asks for gzip or for nothing, whatever else a client names: the layer within would answer a client that takes
/// neither with a 406, after the booking was made.
async fn negotiated(mut request: Request, next: Next) -> Response {
    // Asked as GET, HEAD is told the same tag and encoding; the body is left out on the way.
    if request.method() == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    let takes = takes_gzip(request.headers());
    request.headers_mut().remove(ACCEPT_ENCODING);
    if takes {
        request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
    let mut response = next.run(request).await;
    if response.headers().contains_key(CONTENT_ENCODING) {
        weaken(response.headers_mut());
    }
    // A reply without a body still says on what the one with it would depend (RFC 9110, 15.4.5).
    if response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().entry(VARY).or_insert(HeaderValue::from_static("accept-encoding"));
    }
    response
}

/// A strong tag promises the same bytes, and compressed they are others (RFC 9110, 8.8.1).
fn weaken(headers: &mut HeaderMap) {
    let strong = headers.get(ETAG).and_then(|tag| tag.to_str().ok()).filter(|tag| !tag.starts_with("W/"));
    if let Some(weak) = strong.and_then(|tag| HeaderValue::try_from(format!("W/{tag}")).ok()) {
        headers.insert(ETAG, weak);
    }
}

/// Whether the client names gzip, with any weight but nothing.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut weights = values.flat_map(|value| value.split(',')).filter_map(weight_of_gzip);
    weights.next_back().is_some_and(|weight| weight > 0.0)
}

fn weight_of_gzip(coding: &str) -> Option<f32> {
    let mut parts = coding.split(';').map(str::trim);
    parts.next().filter(|name| name.eq_ignore_ascii_case("gzip"))?;
    let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
    Some(weight.map_or(1.0, |weight| weight.parse().unwrap_or(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(given: &str) -> bool {
        takes_gzip(&HeaderMap::from_iter([(ACCEPT_ENCODING, given.parse().unwrap())]))
    }

    #[test]
    fn only_who_asks_for_gzip_gets_it() {
        for given in ["gzip", "br, GZIP", "deflate;q=0.5,gzip;q=0.1", "gzip; q=1"] {
            assert!(takes(given), "{given}");
        }
        for given in
            ["", "identity", "br", "gzip;q=0", "gzip;q=0.0, br", "x-gzip", "identity;q=0", "gzip;q=x"]
        {
            assert!(!takes(given), "{given}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn a_tag_is_weakened_once() {
        for tag in ["\"a\"", "W/\"a\""] {
            let mut headers = HeaderMap::from_iter([(ETAG, tag.parse().unwrap())]);
            weaken(&mut headers);
            assert_eq!(headers[ETAG], "W/\"a\"");
        }
        let mut none = HeaderMap::new();
        weaken(&mut none);
        assert!(none.is_empty());
    }
}
