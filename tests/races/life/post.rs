//! The mail service with its word on every letter, and the bus.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use openslot_usecases::deliver_effects::tagged;
use openslot_usecases::ports::{Clock, DomainEvent, Failure, Outgoing, PublishEvent, SendLetter, SentLetter};
use openslot_usecases::record_mail_event::{MailEvent, MailEventKind};

use super::clockwork::{Bell, Clockwork};
use super::notebook::{Notebook, Piece};
use super::rows::{booking_number, heard, piece_of};

/// A mail service that takes every letter and says so.
pub struct Mail {
    clockwork: Arc<Clockwork>,
    notebook: Arc<Mutex<Notebook>>,
    /// What it has still to say.
    pub words: Mutex<Vec<Word>>,
    pub bell: Bell,
    /// It says it twice of the next letter.
    echoes: Arc<AtomicBool>,
}

/// A word that a letter went out.
#[derive(Clone, Debug)]
pub struct Word {
    pub at: DateTime<Utc>,
    pub event: MailEvent,
}

impl Mail {
    pub fn new(clockwork: Arc<Clockwork>, notebook: Arc<Mutex<Notebook>>, echoes: Arc<AtomicBool>) -> Self {
        Self { clockwork, notebook, words: Mutex::default(), bell: Bell::default(), echoes }
    }

    /// A word that comes soon, or late, but while its letter is held: a letter leaves within half a minute of its
    /// claim, and is held for one and a half.
    fn say(&self, event: &MailEvent) {
        let now = self.clockwork.now();
        let wait_ms = self.clockwork.draw(|dice| {
            let most_ms = dice.pick(&[500, 50_000]);
            dice.below(most_ms)
        });
        let at = now + TimeDelta::milliseconds(wait_ms.cast_signed());
        let word = Word { at, event: event.clone() };
        self.words.lock().expect("nobody panics while holding this").push(word);
        self.bell.ring();
    }
}

impl SendLetter for Mail {
    async fn send_letter(&self, letter: &Outgoing) -> Result<SentLetter, Failure> {
        let key = tagged(&letter.tag).ok_or_else(|| Failure::never("the tag is not one of ours"))?;
        let message_id = {
            let mut notebook = self.notebook.lock().expect("nobody panics while holding this");
            notebook.letter(piece_of(&key), letter.to.as_str());
            notebook.note(self.clockwork.now().timestamp_millis());
            format!("message-{}", notebook.number)
        };
        let event =
            MailEvent { kind: MailEventKind::Send, message_id: message_id.clone(), tag: letter.tag.clone() };
        self.say(&event);
        if self.echoes.swap(false, Ordering::Relaxed) {
            self.say(&event);
        }
        Ok(SentLetter { message_id })
    }
}

/// A bus that everybody hears.
pub struct Radio {
    pub clockwork: Arc<Clockwork>,
    pub notebook: Arc<Mutex<Notebook>>,
}

impl PublishEvent for Radio {
    async fn publish_event(&self, event: &DomainEvent) -> Result<(), Failure> {
        let (booking, revision) = (booking_number(&event.booking.id), event.booking.revision);
        let piece = Piece { booking, revision, what: heard(event.kind) };
        let mut notebook = self.notebook.lock().expect("nobody panics while holding this");
        *notebook.heard.entry(piece).or_default() += 1;
        notebook.note(self.clockwork.now().timestamp_millis());
        Ok(())
    }
}
