//! What may go wrong between here and the bus, and whether it may pass.

use aws_sdk_eventbridge::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_eventbridge::operation::put_events::PutEventsError;
use openslot_usecases::ports::Failure;
use thiserror::Error;

/// Why an event is not on the bus, or is not known to be.
#[derive(Debug, Error)]
pub(crate) enum BusError {
    /// It is larger than a bus takes.
    #[error("an event of {0} bytes is larger than a bus takes")]
    TooLarge(usize),
    /// The bus said no to the whole call, with its own name for why.
    #[error("eventbridge refused: {code}")]
    Refused {
        code: String,
        #[source]
        source: Box<PutEventsError>,
    },
    /// The call was answered, and the one event in it was refused.
    #[error("eventbridge refused the event: {0}")]
    Entry(String),
    /// No answer, or none that can be read: the event may be on the bus.
    #[error("no answer from eventbridge")]
    NoAnswer(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Codes by which an entry itself is at fault (Amazon `EventBridge` API reference, `PutEventsResultEntry`).
///
/// A throttle, a breakdown inside, and a right that is missing are no fault of the event's: it waits, and is parked,
/// with an alarm, when it has waited long enough. So is whatever the service has not told us of yet.
const FINAL: [&str; 5] = [
    "InvalidArgument",
    "MalformedDetail",
    "NotAuthorizedForDetailTypeException",
    "NotAuthorizedForSourceException",
    "RedactionFailure",
];

impl BusError {
    /// Whether this event will be refused however often it is put.
    fn is_final(&self) -> bool {
        match self {
            Self::TooLarge(_) => true,
            Self::Refused { code, .. } => code == "ValidationException" || code == "SerializationException",
            Self::Entry(code) => FINAL.contains(&code.as_str()),
            Self::NoAnswer(_) => false,
        }
    }
}

impl<R> From<SdkError<PutEventsError, R>> for BusError
where
    R: std::fmt::Debug + Send + Sync + 'static,
{
    fn from(error: SdkError<PutEventsError, R>) -> Self {
        if error.as_service_error().is_none() {
            return Self::NoAnswer(Box::new(error));
        }
        let source = error.into_service_error();
        Self::Refused { code: source.code().unwrap_or("without a name").to_owned(), source: Box::new(source) }
    }
}

impl From<BusError> for Failure {
    fn from(error: BusError) -> Self {
        if error.is_final() { Self::never(error) } else { Self::later(error) }
    }
}
