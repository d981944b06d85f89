#![doc = include_str!("../README.md")]

use std::collections::BTreeMap;

use openslot_usecases::ports::{AcknowledgeLetter, Failure};
use openslot_usecases::record_mail_event::{MailEvent, MailEventKind, record_mail_event};
use serde::Deserialize;
use serde_json::Value;

/// The tag that carries the key of owed work through SES.
const EFFECT: &str = "effect";

/// What the bus delivers, as far as it matters here.
#[derive(Debug, Deserialize)]
struct Event {
    detail: Detail,
}

/// What SES publishes of a letter (Amazon SES developer guide, "Examples of event data").
#[derive(Debug, Deserialize)]
struct Detail {
    #[serde(rename = "eventType")]
    event_type: String,
    mail: Mail,
}

#[derive(Debug, Deserialize)]
struct Mail {
    #[serde(rename = "messageId")]
    message_id: String,
    #[serde(default)]
    tags: BTreeMap<String, Vec<String>>,
}

/// Notes what an event says. Safe to repeat.
///
/// Fails for good on a payload that is no event of SES, and otherwise if the store cannot be written; then the
/// event has to be delivered again.
pub async fn handle<S: AcknowledgeLetter>(store: &S, event: Value) -> Result<(), Failure> {
    let event: Event = serde_json::from_value(event).map_err(Failure::never)?;
    match mail_event(event.detail) {
        Some(event) => record_mail_event(store, &event).await,
        None => Ok(()),
    }
}

/// `None` for a letter that bears no tag of ours.
fn mail_event(Detail { event_type, mut mail }: Detail) -> Option<MailEvent> {
    let tag = mail.tags.remove(EFFECT)?.pop()?;
    let kind = if event_type == "Send" { MailEventKind::Send } else { MailEventKind::Other };
    Some(MailEvent { kind, message_id: mail.message_id, tag })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(detail: Value) -> Option<MailEvent> {
        mail_event(serde_json::from_value(detail).unwrap())
    }

    #[test]
    fn only_what_bears_our_tag_is_ours() {
        let detail = |event_type: &str, tags: Value| json!({"eventType": event_type, "mail": {"messageId": "0100", "tags": tags, "source": "x"}, "send": {}});
        let ours = json!({"ses:configuration-set": ["openslot"], "effect": ["YQ"]});
        let sent = read(detail("Send", ours.clone())).unwrap();
        assert_eq!(
            (sent.kind, sent.tag.as_str(), sent.message_id.as_str()),
            (MailEventKind::Send, "YQ", "0100")
        );
        assert_eq!(read(detail("Delivery", ours)).unwrap().kind, MailEventKind::Other);
        assert_eq!(read(detail("Send", json!({}))), None);
        assert_eq!(read(json!({"eventType": "Send", "mail": {"messageId": "0100"}})), None);
    }
}
