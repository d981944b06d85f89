//! What can go wrong with a call, and what it means.

use std::error::Error;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::CancellationReason;
use openslot_usecases::ports::{Failure, Retry};
use thiserror::Error;

use crate::rows::RowError;

/// Why a call has no answer.
#[derive(Debug, Error)]
pub(crate) enum TableError {
    /// The condition of a single write did not hold.
    #[error("the condition of a write did not hold")]
    Refused,
    /// Nothing of a transaction was written; one reason per action, in their order.
    #[error("a transaction was cancelled: {0:?}")]
    Cancelled(Vec<Cancellation>),
    /// What is stored, or should be, does not fit its shape.
    #[error("an item does not fit its shape")]
    Row(#[from] RowError),
    /// The call broke.
    #[error("a call to DynamoDB failed")]
    Call {
        /// Whether it may pass.
        retry: Retry,
        /// What the SDK said.
        source: Box<dyn Error + Send + Sync>,
    },
}

/// Why one action stood in the way of its transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cancellation {
    /// It did not.
    None,
    /// Its condition did not hold.
    Condition,
    /// Another write to the same item was under way.
    Conflict,
    /// Its action could never be carried out.
    Invalid(String),
    /// A throttle, or something new.
    Other(String),
}

impl TableError {
    /// Whether the condition of a single write did not hold.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self, Self::Refused)
    }

    /// Whether the condition of the transaction's action at `position` did not hold.
    pub(crate) fn is_taken(&self, position: usize) -> bool {
        let Self::Cancelled(reasons) = self else {
            return false;
        };
        reasons.get(position) == Some(&Cancellation::Condition)
    }

    /// Whether a transaction lost a race: a condition did not hold, or another write was under way.
    pub(crate) fn is_conflict(&self) -> bool {
        let Self::Cancelled(reasons) = self else {
            return false;
        };
        let lost = |reason: &Cancellation| matches!(reason, Cancellation::Condition | Cancellation::Conflict);
        reasons.iter().any(lost) && !self.is_invalid()
    }

    fn is_invalid(&self) -> bool {
        let Self::Cancelled(reasons) = self else {
            return false;
        };
        reasons.iter().any(|reason| matches!(reason, Cancellation::Invalid(_)))
    }

    fn retry(&self) -> Retry {
        match self {
            Self::Row(_) => Retry::Never,
            Self::Cancelled(_) if self.is_invalid() => Retry::Never,
            Self::Refused | Self::Cancelled(_) => Retry::Later,
            Self::Call { retry, .. } => *retry,
        }
    }
}

impl From<TableError> for Failure {
    fn from(error: TableError) -> Self {
        match error.retry() {
            Retry::Later => Self::later(error),
            Retry::Never => Self::never(error),
        }
    }
}

/// What the SDK says of any call but a transaction.
impl<E, R> From<SdkError<E, R>> for TableError
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    fn from(error: SdkError<E, R>) -> Self {
        match error.code() {
            Some("ConditionalCheckFailedException") => Self::Refused,
            Some(code) if is_hopeless(code) => Self::Call { retry: Retry::Never, source: error.into() },
            Some(_) => Self::Call { retry: Retry::Later, source: error.into() },
            // No answer, or none that could be read: a timeout, a broken connection, a gateway's error page.
            None => {
                let never = matches!(error, SdkError::ConstructionFailure(_));
                Self::Call { retry: if never { Retry::Never } else { Retry::Later }, source: error.into() }
            }
        }
    }
}

/// What the SDK says of a transaction.
pub(crate) fn of_transaction<R>(error: SdkError<TransactWriteItemsError, R>) -> TableError
where
    R: std::fmt::Debug + Send + Sync + 'static,
{
    if let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error() {
        return TableError::Cancelled(cancelled.cancellation_reasons().iter().map(cancellation).collect());
    }
    // TransactionInProgress stays a failure: it is our own earlier attempt, and may yet be applied.
    error.into()
}

/// The codes of `CancellationReasons` (Amazon `DynamoDB` API reference, `TransactWriteItems`).
fn cancellation(reason: &CancellationReason) -> Cancellation {
    let said = || format!("{}: {}", reason.code().unwrap_or_default(), reason.message().unwrap_or_default());
    match reason.code() {
        None | Some("None") => Cancellation::None,
        Some("ConditionalCheckFailed") => Cancellation::Condition,
        Some("TransactionConflict") => Cancellation::Conflict,
        Some("ValidationError" | "ItemCollectionSizeLimitExceeded") => Cancellation::Invalid(said()),
        Some(_) => Cancellation::Other(said()),
    }
}

/// Errors that the same request will meet again (Amazon `DynamoDB` developer guide, "Error handling").
fn is_hopeless(code: &str) -> bool {
    matches!(
        code,
        "ValidationException"
            | "SerializationException"
            | "ResourceNotFoundException"
            | "AccessDeniedException"
            | "UnrecognizedClientException"
            | "MissingAuthenticationTokenException"
            | "IdempotentParameterMismatchException"
    )
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::operation::put_item::PutItemError;
    use aws_sdk_dynamodb::types::error::TransactionCanceledException;

    use super::*;

    fn cancelled(codes: &[&str]) -> TableError {
        let reason = |code: &&str| CancellationReason::builder().code(*code).build();
        let reasons = codes.iter().map(reason).collect();
        let cancelled =
            TransactionCanceledException::builder().set_cancellation_reasons(Some(reasons)).build();
        of_transaction(SdkError::service_error(
            TransactWriteItemsError::TransactionCanceledException(cancelled),
            "the response",
        ))
    }

    #[test]
    fn a_cancelled_transaction_says_by_position_what_stood_in_the_way() {
        let check = |codes: &[&str], taken: bool, conflict: bool, retry: Retry| {
            let error = cancelled(codes);
            let found = (error.is_taken(0), error.is_conflict(), error.retry());
            assert_eq!(found, (taken, conflict, retry), "{codes:?}");
        };
        check(&["ConditionalCheckFailed", "None"], true, true, Retry::Later);
        check(&["None", "ConditionalCheckFailed"], false, true, Retry::Later);
        check(&["TransactionConflict", "None"], false, true, Retry::Later);
        check(&["ThrottlingError", "None"], false, false, Retry::Later);
        check(&["ProvisionedThroughputExceeded", "ConditionalCheckFailed"], false, true, Retry::Later);
        check(&["None", "ValidationError"], false, false, Retry::Never);
        check(&["ConditionalCheckFailed", "ValidationError"], true, false, Retry::Never);
        check(&["None", "ItemCollectionSizeLimitExceeded"], false, false, Retry::Never);
    }

    #[test]
    fn a_code_says_whether_a_call_may_pass() {
        let check = |code: &str, refused: bool, retry: Retry| {
            let metadata = aws_sdk_dynamodb::error::ErrorMetadata::builder().code(code).build();
            let error =
                TableError::from(SdkError::service_error(PutItemError::generic(metadata), "the response"));
            assert_eq!((error.is_refused(), error.retry()), (refused, retry), "{code}");
        };
        check("ConditionalCheckFailedException", true, Retry::Later);
        check("ProvisionedThroughputExceededException", false, Retry::Later);
        check("ThrottlingException", false, Retry::Later);
        check("TransactionInProgressException", false, Retry::Later);
        check("InternalServerError", false, Retry::Later);
        check("ValidationException", false, Retry::Never);
        check("AccessDeniedException", false, Retry::Never);
        check("ResourceNotFoundException", false, Retry::Never);
    }
}
