//! The headers of pages and assets, as `static-site/headers.json` describes them for every way the site is served.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use serde::Deserialize;

use super::Desk;

const DESCRIPTION: &str = include_str!("../../../../static-site/headers.json");

/// What is no page may do nothing at all.
const NO_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
const NOT_KEPT: HeaderValue = HeaderValue::from_static("no-store");

/// The headers of one installation. What belongs to HTTPS alone is checked and left out: nothing here speaks it.
#[derive(Clone, Debug)]
pub(crate) struct HeaderSets {
    always: HeaderMap,
    page: HeaderMap,
    asset: HeaderMap,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    always: BTreeMap<String, String>,
    page: BTreeMap<String, String>,
    asset: BTreeMap<String, String>,
    https: BTreeMap<String, String>,
}

impl HeaderSets {
    /// Reads the description that this program was built with.
    pub(crate) fn read() -> Self {
        Self::of(DESCRIPTION).expect("the description of the site's headers is kept sound by a test")
    }

    fn of(description: &str) -> Option<Self> {
        let Description { always, page, asset, https } = serde_json::from_str(description).ok()?;
        headers(&https)?;
        Some(Self { always: headers(&always)?, page: headers(&page)?, asset: headers(&asset)? })
    }

    /// Marks a reply as a page of the site.
    pub(super) fn on_page(&self, mut response: Response) -> Response {
        response.headers_mut().extend(self.page.clone());
        response
    }

    /// Marks a reply as an asset, whose name changes with what is in it.
    pub(super) fn on_asset(&self, mut response: Response) -> Response {
        response.headers_mut().extend(self.asset.clone());
        response
    }
}

fn headers(described: &BTreeMap<String, String>) -> Option<HeaderMap> {
    let header =
        |(name, value): (&String, &String)| Some((name.parse::<HeaderName>().ok()?, value.parse().ok()?));
    described.iter().map(header).collect()
}

/// Gives every reply of this program's own routes what each must have, whoever wrote it. What a reply says for
/// itself stays.
pub(super) async fn guarded(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in &desk.headers.always {
        headers.entry(name).or_insert(value.clone());
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(NO_POLICY);
    headers.entry(CACHE_CONTROL).or_insert(NOT_KEPT);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_sound() {
        let sets = HeaderSets::of(DESCRIPTION).unwrap();
        assert!(sets.always.len() >= 6, "{sets:?}");
        for set in [&sets.page, &sets.asset] {
            assert!(set.contains_key(CONTENT_SECURITY_POLICY) && set.contains_key(CACHE_CONTROL), "{set:?}");
        }
        let policy = sets.page[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    }

    #[test]
    fn a_description_that_cannot_be_sent_is_refused() {
        let described = |always: &str| {
            HeaderSets::of(&format!(r#"{{"always": {always}, "page": {{}}, "asset": {{}}, "https": {{}}}}"#))
        };
        assert!(described(r#"{"x-frame-options": "DENY"}"#).is_some());
        assert!(described(r#"{"x frame options": "DENY"}"#).is_none());
        assert!(described(r#"{"x-frame-options": "a\nb"}"#).is_none());
        assert!(described(r#"{"x-frame-options": 1}"#).is_none());
        assert!(HeaderSets::of(&DESCRIPTION.replace("\"https\"", "\"http\"")).is_none());
    }
}
