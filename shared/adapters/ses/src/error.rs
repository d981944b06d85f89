//! What may go wrong between here and SES, and whether it may pass.

use aws_sdk_sesv2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::operation::send_email::SendEmailError;
use openslot_usecases::ports::Failure;
use thiserror::Error;

/// Why a letter was not sent, or is not known to be.
#[derive(Debug, Error)]
pub(crate) enum SesError {
    /// SES said no, with its own name for why. Its sentence is left behind: that may name the recipient, and this
    /// goes into logs and to what is set aside.
    #[error("ses refused: {code}")]
    Refused { code: String, is_final: bool },
    /// No answer, or none that can be read: the letter may have gone out.
    #[error("no answer from ses")]
    NoAnswer(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Whether this letter will be refused however often it is sent: it is malformed, rejected for its content, from a
/// domain that is not ours to speak for, or tagged for a configuration set that does not exist.
///
/// A paused or suspended account is no fault of the letter's: it waits like one that was throttled, and is parked,
/// with an alarm, when it has waited long enough. So is whatever SES has not told us of yet.
fn is_final(refused: &SendEmailError) -> bool {
    refused.is_message_rejected()
        || refused.is_mail_from_domain_not_verified_exception()
        || refused.is_bad_request_exception()
        || refused.is_not_found_exception()
}

impl<R> From<SdkError<SendEmailError, R>> for SesError
where
    R: std::fmt::Debug + Send + Sync + 'static,
{
    fn from(error: SdkError<SendEmailError, R>) -> Self {
        if error.as_service_error().is_none() {
            return Self::NoAnswer(Box::new(error));
        }
        let refused = error.into_service_error();
        let code = refused.code().unwrap_or("without a name").to_owned();
        Self::Refused { code, is_final: is_final(&refused) }
    }
}

impl From<SesError> for Failure {
    fn from(error: SesError) -> Self {
        match error {
            SesError::Refused { is_final: true, .. } => Self::never(error),
            SesError::Refused { is_final: false, .. } | SesError::NoAnswer(_) => Self::later(error),
        }
    }
}
