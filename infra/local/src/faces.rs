//! What answers in place of AWS: KMS, SES and `EventBridge`, as far as openslot uses them.
//!
//! They speak the services' own protocols on a loopback port, so that the adapters and their SDK clients run here as
//! they do deployed. Signatures are not checked: there is no account.

mod event_bridge;
mod json;
mod kms;
mod ses;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State as Shared};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::Value;

pub(crate) use self::event_bridge::OWN_BUS;
use self::json::Fault;
pub(crate) use self::kms::{KEY_ARN, LocalKms};
pub(crate) use self::ses::LocalSes;
use crate::clock::Clock;
use crate::state::State;

/// The largest body any of the services takes: a mail of 40 MB as base64 in JSON.
const BODY_MAX: usize = 56 * 1024 * 1024;

/// What the faces stand for.
pub(crate) struct Services {
    pub(crate) kms: LocalKms,
    pub(crate) ses: LocalSes,
    pub(crate) state: Arc<State>,
    pub(crate) clock: Clock,
}

/// All faces on one address: their operations differ in path and target.
pub(crate) fn router(services: Services) -> Router {
    Router::new()
        .route("/", post(by_target))
        .route("/v2/email/outbound-emails", post(send_email))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .with_state(Arc::new(services))
}

/// AWS JSON 1.1: the operation is named in a header.
async fn by_target(Shared(services): Shared<Arc<Services>>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let answer = json::parse::<Value>(&body).and_then(|body| match target {
        "TrentService.GenerateDataKey" => services.kms.generate_data_key(body, services.clock.world()),
        "TrentService.Decrypt" => services.kms.decrypt(body),
        "AWSEvents.PutEvents" => event_bridge::put_events(&services, body),
        _ => Err(Fault::new("UnknownOperationException", format!("there is no {target:?} here"))),
    });
    answer.map_or_else(Fault::into_json_1_1, |body| json::json_1_1(&body))
}

/// AWS REST JSON: the operation is the path.
async fn send_email(Shared(services): Shared<Arc<Services>>, body: Bytes) -> Response {
    let answer = json::parse(&body).and_then(|body| services.ses.send_email(&services, body));
    answer.map_or_else(Fault::into_rest_json, |sent| axum::Json(sent).into_response())
}
