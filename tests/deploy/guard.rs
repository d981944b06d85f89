//! What stands between a function and AWS: it lets through what the function's policy allows, and keeps count.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use lambda_http::tower::ServiceExt;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::calls::of_request;
use crate::policy::{Call, Entry, Policy};

/// The largest body any of the services takes.
const BODY_MAX: usize = 56 * 1024 * 1024;

/// What stands behind the guards.
#[derive(Clone)]
pub struct Services {
    /// Host and port of the `DynamoDB` engine.
    pub engine: String,
    /// KMS, SES and `EventBridge`.
    pub others: Router,
}

/// The guard of one function. It ends with this.
pub struct Guard {
    /// Where the function's clients are to turn to.
    pub url: String,
    book: Arc<Mutex<Book>>,
    server: JoinHandle<()>,
}

/// What a guard has seen.
#[derive(Clone, Debug, Default)]
pub struct Book {
    policy: Policy,
    /// Entries without which a call would have been refused.
    pub needed: BTreeSet<Entry>,
    /// Entries that allowed a call which another allowed too.
    pub doubled: BTreeSet<String>,
    /// Calls that nothing allows.
    pub refused: BTreeSet<String>,
}

impl Book {
    /// An empty book about this policy.
    pub fn about(policy: Policy) -> Self {
        Self { policy, ..Self::default() }
    }

    /// Whether the policy allows a call. Notes what it took.
    pub fn asks(&mut self, call: &Call) -> bool {
        let allowing: Vec<Entry> = self.policy.allowing(call).into_iter().cloned().collect();
        match &allowing[..] {
            [] => {
                self.refused.insert(call.to_string());
            }
            [only] => {
                self.needed.insert(only.clone());
            }
            several => self.doubled.extend(several.iter().map(ToString::to_string)),
        }
        !allowing.is_empty()
    }

    /// Entries that nothing needed so far.
    pub fn superfluous(&self) -> Vec<String> {
        self.policy.entries.difference(&self.needed).map(ToString::to_string).collect()
    }
}

struct Desk {
    book: Arc<Mutex<Book>>,
    services: Services,
}

impl Guard {
    /// Listens on a port of its own.
    pub async fn start(policy: Policy, services: Services) -> Self {
        let book = Arc::new(Mutex::new(Book::about(policy)));
        let desk = Arc::new(Desk { book: Arc::clone(&book), services });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("some port is free");
        let url = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
        let router = Router::new().fallback(pass).layer(DefaultBodyLimit::max(BODY_MAX)).with_state(desk);
        let server =
            tokio::spawn(async move { axum::serve(listener, router).await.expect("serving goes on") });
        Self { url, book, server }
    }

    /// What it has seen so far.
    pub fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn pass(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, BODY_MAX).await.unwrap_or_default();
    let calls = match of_request(head.uri.path(), &head.headers, &body) {
        Ok(calls) => calls,
        Err(why) => {
            desk.book.lock().unwrap_or_else(PoisonError::into_inner).refused.insert(why.clone());
            return denied(&why);
        }
    };
    for call in calls {
        if !desk.book.lock().unwrap_or_else(PoisonError::into_inner).asks(&call) {
            return denied(&call.to_string());
        }
    }
    if is_for_engine(&head.headers) {
        return to_engine(&desk.services.engine, &head, &body).await.unwrap_or_else(|error| broken(&error));
    }
    let request = Request::from_parts(head, Body::from(body));
    desk.services.others.clone().oneshot(request).await.into_response()
}

fn is_for_engine(headers: &HeaderMap) -> bool {
    headers.get("x-amz-target").is_some_and(|target| target.as_bytes().starts_with(b"DynamoDB_"))
}

/// As services say it: the JSON protocols by `__type`, REST by a header.
fn denied(what: &str) -> Response {
    let told =
        [("x-amzn-errortype", "AccessDeniedException"), ("content-type", "application/x-amz-json-1.0")];
    let message = format!("no identity-based policy allows {what}");
    let body = json!({
        "__type": "com.amazon.coral.service#AccessDeniedException",
        "Message": message,
        "message": message,
    });
    (StatusCode::BAD_REQUEST, told, body.to_string()).into_response()
}

fn broken(error: &std::io::Error) -> Response {
    (StatusCode::BAD_GATEWAY, error.to_string()).into_response()
}

/// One connection per request, no more HTTP than that needs.
async fn to_engine(address: &str, head: &Parts, body: &Bytes) -> std::io::Result<Response> {
    let mut stream = TcpStream::connect(address).await?;
    let mut request = format!("POST / HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in &head.headers {
        if !["connection", "content-length", "transfer-encoding"].contains(&name.as_str()) {
            let value = value.to_str().map_err(std::io::Error::other)?;
            request.extend([name.as_str(), ": ", value, "\r\n"]);
        }
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).await?;
    stream.write_all(body).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    read(&answer).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
}

/// `None` when the connection ended before the answer did.
fn read(bytes: &[u8]) -> Option<Response> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let body = &bytes[end + 4..];
    let status: u16 = head.split(' ').nth(1)?.parse().ok()?;
    let mut response = Response::builder().status(status);
    for (name, value) in head.lines().skip(1).filter_map(|line| line.split_once(": ")) {
        if name.eq_ignore_ascii_case("content-length") && value.parse() != Ok(body.len()) {
            return None;
        }
        if !["connection", "content-length"].contains(&name.to_ascii_lowercase().as_str()) {
            response = response.header(name, value);
        }
    }
    response.body(Body::from(body.to_vec())).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn allowing(resources: &[&str]) -> Policy {
        let statement = json!({
            "Sid": "Put", "Effect": "Allow", "Action": "events:PutEvents", "Resource": resources,
        });
        Policy::of_role(&json!({ "Policies": [{ "PolicyDocument": { "Statement": [statement] } }] }))
    }

    fn call(resource: &str) -> Call {
        let facts = BTreeMap::new();
        Call { action: "events:PutEvents".to_owned(), resource: resource.to_owned(), facts }
    }

    #[test]
    fn what_nothing_needed_is_named() {
        let mut book = Book::about(allowing(&["bus", "other"]));
        assert!(book.asks(&call("bus")));
        assert_eq!(book.superfluous(), ["Put: events:PutEvents on other"]);
        assert!(book.refused.is_empty());
    }

    #[test]
    fn what_another_entry_allows_too_is_not_needed() {
        let mut book = Book::about(allowing(&["bus", "b*"]));
        assert!(book.asks(&call("bus")));
        assert_eq!(book.superfluous().len(), 2);
        assert_eq!(book.doubled.len(), 2);
    }

    #[test]
    fn what_nothing_allows_is_refused_and_named() {
        let mut book = Book::about(allowing(&["bus"]));
        assert!(!book.asks(&call("other")));
        assert_eq!(book.refused, BTreeSet::from(["events:PutEvents on other".to_owned()]));
    }
}
