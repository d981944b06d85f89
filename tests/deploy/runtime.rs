//! The Lambda Runtime API: what a function's process asks for its next event, and tells what came of it
//! (AWS Lambda developer guide, "Using the Lambda runtime API for custom runtimes").

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use openslot_edge::SystemWorld;
use openslot_usecases::ports::Clock;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// What Lambda lets an answer be, and an event (AWS Lambda quotas, "Invocation payload").
const PAYLOAD_MAX: usize = 6 * 1024 * 1024;

/// The trace that every event is part of.
pub const TRACE: &str = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0";

/// What became of an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The function answered.
    Answered(Value),
    /// The function said that it failed.
    Failed(Value),
}

struct Invocation {
    id: String,
    event: Value,
}

/// One function's side of the service. It ends with this.
pub struct Runtime {
    /// Host and port, as `AWS_LAMBDA_RUNTIME_API` says it.
    pub address: String,
    queue: mpsc::Sender<Invocation>,
    desk: Arc<Desk>,
    server: JoinHandle<()>,
}

struct Desk {
    function_arn: String,
    timeout: Duration,
    queue: tokio::sync::Mutex<mpsc::Receiver<Invocation>>,
    open: Mutex<BTreeMap<String, oneshot::Sender<Outcome>>>,
    failed_to_start: Mutex<Option<Value>>,
    count: Mutex<u64>,
}

impl Runtime {
    /// Listens on a port of its own.
    pub async fn start(function: &str, timeout: Duration) -> Self {
        let (queue, taken) = mpsc::channel(1);
        let desk = Arc::new(Desk {
            function_arn: format!("arn:aws:lambda:us-east-1:000000000000:function:{function}"),
            timeout,
            queue: tokio::sync::Mutex::new(taken),
            open: Mutex::default(),
            failed_to_start: Mutex::default(),
            count: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("some port is free");
        let address = listener.local_addr().expect("a bound socket has an address").to_string();
        let router = router(Arc::clone(&desk));
        let server =
            tokio::spawn(async move { axum::serve(listener, router).await.expect("serving goes on") });
        Self { address, queue, desk, server }
    }

    /// Hands an event over; what comes of it arrives later.
    pub async fn hand_over(&self, event: Value) -> oneshot::Receiver<Outcome> {
        let (told, outcome) = oneshot::channel();
        let id = self.desk.next_id();
        self.desk.open().insert(id.clone(), told);
        self.queue.send(Invocation { id, event }).await.expect("the desk is open as long as the runtime");
        outcome
    }

    /// What the function said if it could not start.
    pub fn failed_to_start(&self) -> Option<Value> {
        self.desk.failed_to_start.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Desk {
    fn open(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, oneshot::Sender<Outcome>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_id(&self) -> String {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        *count += 1;
        format!("8476a536-e9f4-11e8-9739-{:012x}", *count)
    }

    /// What every event comes with.
    fn headers(&self, id: &str) -> HeaderMap {
        let timeout = i64::try_from(self.timeout.as_millis()).expect("a timeout is short");
        let deadline = SystemWorld.now().timestamp_millis() + timeout;
        let told = [
            ("lambda-runtime-aws-request-id", id.to_owned()),
            ("lambda-runtime-deadline-ms", deadline.to_string()),
            ("lambda-runtime-invoked-function-arn", self.function_arn.clone()),
            ("lambda-runtime-trace-id", TRACE.to_owned()),
            ("content-type", "application/json".to_owned()),
        ];
        let text = |text: String| HeaderValue::try_from(text).expect("these are visible characters");
        told.into_iter()
            .map(|(name, value)| (name.parse().expect("this is a header's name"), text(value)))
            .collect()
    }

    fn close(&self, id: &str, outcome: Outcome) -> Response {
        let Some(told) = self.open().remove(id) else {
            let wrong = json!({ "errorMessage": "no such invocation", "errorType": "InvalidRequestID" });
            return (StatusCode::BAD_REQUEST, wrong.to_string()).into_response();
        };
        // Whoever waited may have lost patience, as Lambda does.
        drop(told.send(outcome));
        accepted()
    }
}

fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
        .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
        .route("/2018-06-01/runtime/init/error", post(init_error))
        .layer(DefaultBodyLimit::max(PAYLOAD_MAX))
        .with_state(desk)
}

async fn next(State(desk): State<Arc<Desk>>) -> Response {
    let Some(Invocation { id, event }) = desk.queue.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    (desk.headers(&id), event.to_string()).into_response()
}

async fn response(State(desk): State<Arc<Desk>>, Path(id): Path<String>, body: Bytes) -> Response {
    let answer = serde_json::from_slice(&body).unwrap_or(Value::Null);
    desk.close(&id, Outcome::Answered(answer))
}

async fn error(State(desk): State<Arc<Desk>>, Path(id): Path<String>, body: Bytes) -> Response {
    desk.close(&id, Outcome::Failed(serde_json::from_slice(&body).unwrap_or(Value::Null)))
}

async fn init_error(State(desk): State<Arc<Desk>>, body: Bytes) -> Response {
    let said = serde_json::from_slice(&body).unwrap_or(Value::Null);
    *desk.failed_to_start.lock().unwrap_or_else(PoisonError::into_inner) = Some(said);
    accepted()
}

fn accepted() -> Response {
    (StatusCode::ACCEPTED, json!({ "status": "OK" }).to_string()).into_response()
}
