//! A mail service that keeps what it is given.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use openslot_domain::text::EmailAddress;
use openslot_usecases::ports::{Failure, Outgoing, SendLetter, SentLetter};

/// Letters in memory, in the order in which they went out.
#[derive(Debug, Default)]
pub struct Outbox {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    sent: Vec<Sent>,
    asked: u64,
    fault: MailFault,
    faults_by_recipient: BTreeMap<EmailAddress, MailFault>,
}

/// A letter that went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The letter.
    pub letter: Outgoing,
    /// The id it was given; the mail service's events carry it.
    pub message_id: String,
}

/// What goes wrong with sending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailFault {
    /// Nothing.
    #[default]
    None,
    /// The letter is refused for good, and not sent.
    Refuse,
    /// The call fails, may pass later, and the letter is not sent.
    FailLater,
    /// The call fails and may pass later, but the letter went out.
    SentButFailed,
}

impl Outbox {
    /// Empty, and nothing goes wrong.
    pub fn new() -> Self {
        Self::default()
    }

    /// What goes wrong from now on, with every letter that has no fault of its own.
    pub fn set_fault(&self, fault: MailFault) {
        self.state().fault = fault;
    }

    /// What goes wrong from now on with letters to one address, whatever goes wrong with others.
    pub fn set_fault_for(&self, recipient: EmailAddress, fault: MailFault) {
        self.state().faults_by_recipient.insert(recipient, fault);
    }

    /// The letters that went out, oldest first.
    pub fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    /// How often somebody tried to send.
    pub fn asked(&self) -> u64 {
        self.state().asked
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SendLetter for Outbox {
    async fn send_letter(&self, letter: &Outgoing) -> Result<SentLetter, Failure> {
        let mut state = self.state();
        state.asked += 1;
        match state.faults_by_recipient.get(&letter.to).copied().unwrap_or(state.fault) {
            MailFault::None => Ok(state.send(letter)),
            MailFault::Refuse => Err(Failure::never("the mail service refuses this letter")),
            MailFault::FailLater => Err(Failure::later("the mail service is down")),
            MailFault::SentButFailed => {
                state.send(letter);
                Err(Failure::later("the mail service's answer was lost"))
            }
        }
    }
}

impl State {
    fn send(&mut self, letter: &Outgoing) -> SentLetter {
        let message_id = format!("outbox-{}", self.sent.len() + 1);
        self.sent.push(Sent { letter: letter.clone(), message_id: message_id.clone() });
        SentLetter { message_id }
    }
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;

    use super::*;

    fn letter(to: &str) -> Outgoing {
        let from = "openslot@example.org".parse().unwrap();
        Outgoing {
            from,
            to: to.parse().unwrap(),
            raw: b"Subject: hello\r\n\r\n".to_vec(),
            tag: "tag".to_owned(),
        }
    }

    #[test]
    fn each_fault_does_what_it_says() {
        let outbox = Outbox::new();
        let check = |fault, ok: bool, sent: usize| {
            outbox.set_fault(fault);
            assert_eq!(block_on(outbox.send_letter(&letter("ada@example.org"))).is_ok(), ok, "{fault:?}");
            assert_eq!(outbox.sent().len(), sent, "{fault:?}");
        };
        check(MailFault::None, true, 1);
        check(MailFault::Refuse, false, 1);
        check(MailFault::FailLater, false, 1);
        check(MailFault::SentButFailed, false, 2);
        assert_eq!(outbox.asked(), 4);
    }

    #[test]
    fn one_address_may_fail_alone() {
        let outbox = Outbox::new();
        outbox.set_fault_for("grace@example.org".parse().unwrap(), MailFault::Refuse);
        assert!(block_on(outbox.send_letter(&letter("grace@example.org"))).is_err());
        assert!(block_on(outbox.send_letter(&letter("ada@example.org"))).is_ok());
    }
}
