//! The mail service says what became of a letter.

use crate::deliver_effects::tagged;
use crate::ports::{AcknowledgeLetter, Failure};

/// What the mail service says of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailEvent {
    /// What happened.
    pub kind: MailEventKind,
    /// The service's id of the message.
    pub message_id: String,
    /// The tag the letter was sent with.
    pub tag: String,
}

/// What happened to a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailEventKind {
    /// The service took it and will try to deliver it.
    Send,
    /// Anything else.
    Other,
}

/// Notes that a letter went out, on the work that it pays, so that it is not sent again after a crash between
/// sending and noting. Safe to repeat; letters of work that is done, and of others, are passed over.
pub async fn record_mail_event<S: AcknowledgeLetter>(store: &S, event: &MailEvent) -> Result<(), Failure> {
    match (event.kind, tagged(&event.tag)) {
        (MailEventKind::Send, Some(key)) => store.acknowledge_letter(&key, &event.message_id).await,
        (MailEventKind::Send, None) | (MailEventKind::Other, _) => Ok(()),
    }
}
