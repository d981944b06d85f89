//! What a route answers, in the words of the document.

use std::collections::BTreeMap;

use utoipa::openapi::path::OperationBuilder;
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::{ContentBuilder, HeaderBuilder, RefOr, Response, ResponseBuilder, Schema};

use super::reference;
use crate::problem::{Problem, ProblemKind};

/// One reply on its way into the document.
pub(super) struct Reply(ResponseBuilder);

impl Reply {
    /// JSON of this shape.
    pub(super) fn ok(about: &str, schema: impl Into<RefOr<Schema>>) -> Self {
        Self::of_type("application/json", about, schema)
    }

    /// Something else.
    pub(super) fn of_type(media_type: &str, about: &str, schema: impl Into<RefOr<Schema>>) -> Self {
        let content = ContentBuilder::new().schema(Some(schema)).build();
        Self(ResponseBuilder::new().description(about).content(media_type, content))
    }

    /// Without a body.
    pub(super) fn bare(about: &str) -> Self {
        Self(ResponseBuilder::new().description(about))
    }

    pub(super) fn header(self, name: &str, about: &str) -> Self {
        let header =
            HeaderBuilder::new().schema(Some(Object::with_type(Type::String))).description(Some(about));
        Self(self.0.header(name, header.build()))
    }

    /// The answer with status 200.
    pub(super) fn in_answer_to(self, operation: OperationBuilder) -> OperationBuilder {
        self.to("200", operation)
    }

    pub(super) fn to(self, status: &str, operation: OperationBuilder) -> OperationBuilder {
        operation.response(status, self.0.build())
    }
}

/// Adds these problems, and those that any route may answer with. Kinds of one status share a reply.
pub(super) fn problems(operation: OperationBuilder, kinds: &[ProblemKind]) -> OperationBuilder {
    let anywhere = [ProblemKind::Forbidden, ProblemKind::Failed, ProblemKind::Unavailable];
    let mut by_status: BTreeMap<u16, Vec<ProblemKind>> = BTreeMap::new();
    for kind in kinds.iter().chain(&anywhere) {
        by_status.entry(kind.status()).or_default().push(*kind);
    }
    by_status.iter().fold(operation, |operation, (status, kinds)| {
        operation.response(status.to_string(), problem(*status, kinds))
    })
}

fn problem(status: u16, kinds: &[ProblemKind]) -> Response {
    let about: Vec<String> =
        kinds.iter().map(|kind| format!("`/problems/{}`: {}.", kind.name(), kind.title())).collect();
    let reply = Reply::of_type("application/problem+json", &about.join(" "), reference::<Problem>());
    let reply = match status {
        429 | 503 => reply.header("Retry-After", "Seconds after which to come again."),
        _ => reply,
    };
    reply.0.build()
}
