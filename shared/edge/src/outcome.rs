//! How a function that an event started tells Lambda that it failed.

use lambda_runtime::Diagnostic;
use openslot_usecases::ports::{Failure, Retry};

/// What Lambda records: whether it may pass, so that an alarm can tell the two apart, and no details.
pub fn diagnostic(failure: &Failure) -> Diagnostic {
    tracing::error!(error = ?failure, "the event was not dealt with");
    let error_type = match failure.retry {
        Retry::Later => "FailedForNow",
        Retry::Never => "FailedForGood",
    };
    Diagnostic { error_type: error_type.to_owned(), error_message: failure.to_string() }
}
