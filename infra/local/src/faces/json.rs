//! The two spellings of AWS replies that the faces need.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What a service says no with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The name of the exception in the service's API reference.
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Fault {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// Something of the face itself broke.
    pub(super) fn internal(error: &impl ToString) -> Self {
        let message = error.to_string();
        tracing::error!(message, "a local service failed");
        Self { code: INTERNAL, message }
    }

    fn status(&self) -> StatusCode {
        if self.code == INTERNAL { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::BAD_REQUEST }
    }

    pub(super) fn into_json_1_1(self) -> Response {
        (self.status(), json_1_1(&json!({ "__type": self.code, "message": self.message }))).into_response()
    }

    pub(super) fn into_rest_json(self) -> Response {
        let status = self.status();
        (status, [("x-amzn-errortype", self.code)], axum::Json(json!({ "message": self.message })))
            .into_response()
    }
}

const INTERNAL: &str = "InternalFailure";

pub(super) fn json_1_1(body: &Value) -> Response {
    ([(CONTENT_TYPE, "application/x-amz-json-1.1")], body.to_string()).into_response()
}

pub(super) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(body).map_err(|error| Fault::new("SerializationException", error.to_string()))
}

/// A body that parsed as JSON, read as what an operation takes.
pub(super) fn read<T: DeserializeOwned>(body: Value) -> Result<T, Fault> {
    serde_json::from_value(body).map_err(|error| Fault::new("ValidationException", error.to_string()))
}
