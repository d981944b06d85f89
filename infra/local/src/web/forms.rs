//! What a form of one of the local pages sends, told from what a foreign page makes a browser send.

use axum::http::header::{CONTENT_TYPE, HOST, HeaderName, ORIGIN};
use axum::http::{HeaderMap, Uri};

/// In what way a request was written, and so who may have sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// As JSON: by a program. A foreign page can send a form to this machine, but not JSON.
    Json,
    /// As a form, by a page of this program.
    Form,
    /// As a form, by who knows whom.
    ForeignForm,
    /// In some other way.
    Otherwise,
}

impl Sent {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        match essence(headers).as_str() {
            "application/json" => Self::Json,
            "application/x-www-form-urlencoded" if is_from_here(headers) => Self::Form,
            "application/x-www-form-urlencoded" => Self::ForeignForm,
            _ => Self::Otherwise,
        }
    }
}

/// The type of the body without its parameters.
fn essence(headers: &HeaderMap) -> String {
    let given = value(headers, &CONTENT_TYPE).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a page of this program sent the request: the browser says so, and speaks to this machine under a name
/// that no other site can take (a foreign name may be made to lead here).
fn is_from_here(headers: &HeaderMap) -> bool {
    let Some(host) = value(headers, &HOST).filter(|host| is_this_machine(host)) else {
        return false;
    };
    match value(headers, &SEC_FETCH_SITE) {
        Some(site) => site == "same-origin",
        None => value(headers, &ORIGIN).is_some_and(|origin| origin == format!("http://{host}")),
    }
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether it was sent to this machine under a name of its own, and not under one that was made to lead here.
pub(super) fn is_to_this_machine(headers: &HeaderMap) -> bool {
    value(headers, &HOST).is_some_and(is_this_machine)
}

fn is_this_machine(host: &str) -> bool {
    let authority = Uri::try_from(host).ok().and_then(|uri| uri.into_parts().authority);
    authority.is_some_and(|authority| ["localhost", "127.0.0.1", "[::1]"].contains(&authority.host()))
}

fn value<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "application/x-www-form-urlencoded";

    fn sent(headers: &[(HeaderName, &'static str)]) -> Sent {
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap()));
        Sent::of(&headers.collect())
    }

    fn from_here(headers: &[(HeaderName, &'static str)]) -> bool {
        let form: Vec<_> = headers.iter().cloned().chain([(CONTENT_TYPE, FORM)]).collect();
        sent(&form) == Sent::Form
    }

    #[test]
    fn only_a_page_from_here_may_send_a_form() {
        for host in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000", "localhost"] {
            assert!(from_here(&[(HOST, host), (SEC_FETCH_SITE, "same-origin")]), "{host}");
        }
        let (here, there) = ("localhost:4000", "evil.example:4000");
        assert!(from_here(&[(HOST, here), (ORIGIN, "http://localhost:4000")]));
        for refused in [
            &[(HOST, here)][..],
            &[(SEC_FETCH_SITE, "same-origin")],
            &[(HOST, here), (SEC_FETCH_SITE, "cross-site"), (ORIGIN, "http://localhost:4000")],
            &[(HOST, here), (SEC_FETCH_SITE, "same-site")],
            &[(HOST, here), (SEC_FETCH_SITE, "none")],
            &[(HOST, here), (ORIGIN, "null")],
            &[(HOST, here), (ORIGIN, "http://localhost:3000")],
            &[(HOST, here), (ORIGIN, "http://evil.example")],
            &[(HOST, there), (SEC_FETCH_SITE, "same-origin")],
            &[(HOST, there), (ORIGIN, "http://evil.example:4000")],
        ] {
            assert!(!from_here(refused), "{refused:?}");
        }
    }

    #[test]
    fn the_type_says_how_it_was_written() {
        assert_eq!(sent(&[(CONTENT_TYPE, "Application/JSON; charset=utf-8")]), Sent::Json);
        assert_eq!(sent(&[(CONTENT_TYPE, FORM)]), Sent::ForeignForm);
        for other in ["text/plain", "multipart/form-data", "application/json-seq", ""] {
            assert_eq!(sent(&[(CONTENT_TYPE, other)]), Sent::Otherwise, "{other}");
        }
        assert_eq!(sent(&[]), Sent::Otherwise);
    }
}
