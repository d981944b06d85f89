//! What the bus delivers of the mail service.

use std::sync::Mutex;

use openslot_domain::effects::EffectKey;
use openslot_usecases::ports::{AcknowledgeLetter, Failure, Retry};
use serde_json::Value;

use crate::checks::Found;
use crate::names::decoded;
use crate::record_mail_events::handle;

/// What was noted of a letter: the work that it pays, and the service's id.
pub(crate) type Noted = Vec<(EffectKey, String)>;

/// One input: the event, as JSON.
pub fn play(input: &[u8]) -> Found {
    let Ok(event) = serde_json::from_slice::<Value>(input) else { return Ok(()) };
    let desk = Desk::default();
    let done = futures::executor::block_on(handle(&desk, event.clone()));
    let noted = desk.0.into_inner().map_err(|_| "event: a panic")?;
    is_sound(&event, done.map_err(|failure| failure.retry), &noted)
}

/// Exactly what a second reader finds in the event is noted, and what is none is given up at once.
pub(crate) fn is_sound(event: &Value, done: Result<(), Retry>, noted: &Noted) -> Found {
    match done {
        Err(Retry::Never) if noted.is_empty() => Ok(()),
        Err(retry) => Err(format!("event: fails so that it comes again: {retry:?}")),
        Ok(()) if *noted == paid(event) => Ok(()),
        Ok(()) => Err(format!("event: noted {noted:?}, says {:?}", paid(event))),
    }
}

/// The work that an event says is paid.
fn paid(event: &Value) -> Noted {
    let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str);
    let tags = event.pointer("/detail/mail/tags/effect").and_then(Value::as_array);
    let tag = tags.and_then(|tags| tags.last()?.as_str());
    let key = tag.and_then(decoded).and_then(|text| text.parse::<EffectKey>().ok());
    match (text("/detail/eventType"), key, text("/detail/mail/messageId")) {
        (Some("Send"), Some(key), Some(id)) => vec![(key, id.to_owned())],
        _ => Vec::new(),
    }
}

/// A store that only takes notes.
#[derive(Default)]
struct Desk(Mutex<Noted>);

impl AcknowledgeLetter for Desk {
    async fn acknowledge_letter(&self, key: &EffectKey, message_id: &str) -> Result<(), Failure> {
        let mut noted = self.0.lock().expect("nobody panics here");
        noted.push((key.clone(), message_id.to_owned()));
        Ok(())
    }
}
