//! What can go wrong with KMS, and whether it may pass.

use std::error::Error;

use aws_sdk_kms::config::http::HttpResponse;
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};
use openslot_usecases::ports::Failure;
use thiserror::Error;

/// An answer of KMS that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum Unusable {
    /// A data key without its wrapped form.
    #[error("kms made a data key and did not wrap it")]
    NoCiphertext,
    /// An answer without the key.
    #[error("kms answered without a key")]
    NoPlaintext,
    /// A key of another length than 256 bits.
    #[error("kms answered with a key of {0} bytes instead of 32")]
    Length(usize),
}

impl From<Unusable> for Failure {
    fn from(unusable: Unusable) -> Self {
        Self::never(unusable)
    }
}

/// Refusals of KMS that may pass (AWS KMS API reference, "Common errors" and those of `Decrypt`).
const PASSING: [&str; 4] =
    ["DependencyTimeoutException", "KMSInternalException", "KeyUnavailableException", "ThrottlingException"];

/// Tells a call that may pass from one that will not: KMS was not reached, was busy or broke, or it said no.
pub(crate) fn failure<E>(error: SdkError<E, HttpResponse>) -> Failure
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    // Timeouts, broken connections and unreadable replies may pass.
    let refused = match error.as_service_error() {
        Some(answer) => {
            let passing = answer.code().is_some_and(|code| PASSING.contains(&code));
            !passing && error.raw_response().is_some_and(|reply| reply.status().is_client_error())
        }
        None => matches!(error, SdkError::ConstructionFailure(_)),
    };
    if refused { Failure::never(error) } else { Failure::later(error) }
}
