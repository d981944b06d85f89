//! How a use-case ends when it does not end well.

use thiserror::Error;

use crate::ports::Failure;

/// A use-case came to no result: it was refused, or the world broke.
#[derive(Debug, Error)]
pub enum Error<R> {
    /// The answer is no, and this is why.
    #[error("refused")]
    Refused(R),
    /// A call failed; whether it took effect may be unknown.
    #[error("failed")]
    Failed(#[from] Failure),
    /// Too many were at it at once; nothing was changed.
    #[error("busy")]
    Busy {
        /// When to come again, in seconds.
        retry_after_secs: u32,
    },
}

/// Something wrong with one part of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Where, as a JSON pointer (RFC 6901) into the request body, or a parameter's name.
    pub pointer: String,
    /// What kind, for programs.
    pub code: &'static str,
    /// What to do about it, for people.
    pub detail: String,
}

impl Flaw {
    /// A flaw at a place.
    pub fn new(pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code, detail: detail.into() }
    }
}
