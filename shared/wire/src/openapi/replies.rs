//! What a route answers, in the words of the document.

use std::collections::BTreeMap;

use utoipa::ToSchema;
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

    /// The same in the words of the gateway.
    fn or_gateway_message(self) -> Self {
        let content = ContentBuilder::new().schema(Some(reference::<GatewayMessage>())).build();
        Self(self.0.content("application/json", content))
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

/// What the gateway itself says of a request that it does not let through.
#[derive(Clone, Debug, ToSchema)]
pub(super) struct GatewayMessage {
    /// Why not, in a few words.
    #[schema(example = "Unauthorized")]
    #[expect(dead_code, reason = "the gateway writes it, not we")]
    message: String,
}

/// The gateway answers any route with this.
const THROTTLED: u16 = 429;

/// Adds these problems, and those that any route may answer with. Kinds of one status share a reply.
pub(super) fn problems(operation: OperationBuilder, kinds: &[ProblemKind]) -> OperationBuilder {
    let anywhere = [ProblemKind::Forbidden, ProblemKind::Failed, ProblemKind::Unavailable];
    let mut by_status: BTreeMap<u16, Vec<ProblemKind>> = BTreeMap::from([(THROTTLED, Vec::new())]);
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
    let about = about.join(" ");
    let problem = |about: &str| Reply::of_type("application/problem+json", about, reference::<Problem>());
    let reply = match (kinds.is_empty(), from_gateway(status, kinds)) {
        (true, _) => Reply::bare(GATEWAY).or_gateway_message(),
        (false, true) => problem(&format!("{about} {GATEWAY}")).or_gateway_message(),
        (false, false) => problem(&about),
    };
    match status {
        429 | 503 if !kinds.is_empty() => reply.header("Retry-After", "Seconds after which to come again."),
        _ => reply,
    }
    .0
    .build()
}

/// Beside the problems of a status, or instead of them.
const GATEWAY: &str = "As `application/json`: from the gateway in front.";

/// It checks tokens, throttles, and gives up on a function that fails or takes too long.
fn from_gateway(status: u16, kinds: &[ProblemKind]) -> bool {
    let by_token = [ProblemKind::Unauthorized, ProblemKind::NotInvited];
    matches!(status, THROTTLED | 500 | 503) || by_token.iter().any(|kind| kinds.contains(kind))
}
