//! Mail.

use std::future::Future;

use openslot_domain::text::EmailAddress;

use super::Failure;

/// A finished letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The envelope's sender.
    pub from: EmailAddress,
    /// The one recipient.
    pub to: EmailAddress,
    /// The complete MIME message (RFC 5322).
    pub raw: Vec<u8>,
    /// Comes back in the mail service's events: which piece of owed work this pays. At most 256 characters
    /// of `A-Z a-z 0-9 _ -` (Amazon SES API reference, `MessageTag`).
    pub tag: String,
}

/// The mail service took a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentLetter {
    /// The service's id of the message.
    pub message_id: String,
}

/// Hands a letter to the mail service.
pub trait SendLetter {
    /// Sends it once. Not safe to repeat: SES knows no idempotency token. After a [`Failure`] that may pass
    /// the letter may have gone out all the same; the service's event then says so.
    fn send_letter(&self, letter: &Outgoing) -> impl Future<Output = Result<SentLetter, Failure>> + Send;
}
