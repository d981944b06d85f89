//! SES API v2: `SendEmail` with a raw message, into the inbox.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;
use mailparse::MailHeaderMap;
use openslot_domain::text::EmailAddress;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Services;
use super::event_bridge::{DEFAULT_BUS, Event, has_target};
use super::json::{Fault, read};
use crate::state::NewMail;

/// The most recipients of one mail (Amazon SES, "Service quotas").
const RECIPIENTS_MAX: usize = 50;
/// The most bytes of one mail, after MIME encoding.
const MAIL_BYTES_MAX: usize = 40 * 1024 * 1024;
/// The most bytes of one line, without its CRLF (RFC 5322, 2.1.1; SES refuses longer ones).
const LINE_BYTES_MAX: usize = 998;
/// The most characters of a tag's name or value (SES API reference, `MessageTag`).
const TAG_MAX: usize = 256;

/// The account's verified sender and its configuration set.
pub(crate) struct LocalSes {
    pub(crate) sender: EmailAddress,
    /// Mail sent with it makes events; mail sent without makes none.
    pub(crate) configuration_set: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SendEmail {
    from_email_address: String,
    destination: Destination,
    content: Content,
    #[serde(default)]
    email_tags: Vec<Tag>,
    configuration_set_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Destination {
    #[serde(default, rename = "ToAddresses")]
    to: Vec<String>,
    #[serde(default, rename = "CcAddresses")]
    cc: Vec<String>,
    #[serde(default, rename = "BccAddresses")]
    bcc: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Content {
    raw: Raw,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Raw {
    data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Tag {
    name: String,
    value: String,
}

impl LocalSes {
    /// Takes a mail, or says no as SES does. The mail and its event are kept in one write.
    pub(super) fn send_email(&self, services: &Services, body: Value) -> Result<Value, Fault> {
        let mail: SendEmail = read(body).map_err(|fault| bad(fault.message))?;
        let raw = STANDARD.decode(&mail.content.raw.data).map_err(|_| bad("Data is not base64"))?;
        let recipients = mail.destination.checked()?;
        mail.email_tags.iter().try_for_each(Tag::check)?;
        self.check_sender(&mail.from_email_address)?;
        self.check_configuration_set(mail.configuration_set_name.as_deref())?;
        self.check_message(&raw)?;

        let world = services.clock.world();
        let id = message_id(&world.hex::<24>());
        let at = services.clock.now();
        let new = NewMail { id: &id, at, sender: self.sender.as_str(), recipients: &recipients, raw: &raw };
        let event = self.send_event(&mail, &new).envelope(world);
        let told = mail.configuration_set_name.is_some() && has_target(DEFAULT_BUS, &event);
        services.state.send(&new, told.then_some(&event)).map_err(|error| Fault::internal(&error))?;
        Ok(json!({ "MessageId": id }))
    }

    fn check_sender(&self, from: &str) -> Result<(), Fault> {
        let verified = address(from)?.folded() == self.sender.folded();
        if verified { Ok(()) } else { Err(rejected(format!("{from} is not a verified identity"))) }
    }

    fn check_configuration_set(&self, name: Option<&str>) -> Result<(), Fault> {
        if name.is_none_or(|name| name == self.configuration_set) {
            Ok(())
        } else {
            Err(Fault::new("NotFoundException", "there is no such configuration set here"))
        }
    }

    fn check_message(&self, raw: &[u8]) -> Result<(), Fault> {
        if raw.len() > MAIL_BYTES_MAX {
            return Err(bad("the message is larger than 40 MB"));
        }
        let long = |line: &[u8]| line.strip_suffix(b"\r").unwrap_or(line).len() > LINE_BYTES_MAX;
        if raw.split(|byte| *byte == b'\n').any(long) {
            return Err(bad("a line of the message is longer than 998 bytes"));
        }
        let parsed = mailparse::parse_mail(raw).map_err(|error| bad(error.to_string()))?;
        let from = parsed.headers.get_first_value("From").ok_or_else(|| bad("the message has no From"))?;
        self.check_sender(&from)
    }

    /// What SES publishes once it has taken a mail (Amazon SES, "Examples of event data", Send).
    fn send_event(&self, mail: &SendEmail, sent: &NewMail<'_>) -> Event {
        let mut tags: Map<String, Value> =
            mail.email_tags.iter().map(|tag| (tag.name.clone(), json!([tag.value]))).collect();
        tags.insert("ses:configuration-set".to_owned(), json!([self.configuration_set]));
        tags.insert("ses:source-ip".to_owned(), json!(["127.0.0.1"]));
        let timestamp = sent.at.to_rfc3339_opts(SecondsFormat::Millis, true);
        Event {
            source: "aws.ses".to_owned(),
            detail_type: "Email Sent".to_owned(),
            time: sent.at,
            resources: vec![format!(
                "arn:aws:ses:us-east-1:000000000000:configuration-set/{}",
                self.configuration_set
            )],
            detail: json!({
                "eventType": "Send",
                "mail": {
                    "timestamp": timestamp,
                    "source": sent.sender,
                    "sendingAccountId": "000000000000",
                    "messageId": sent.id,
                    "destination": sent.recipients,
                    "headersTruncated": true,
                    "headers": [],
                    "commonHeaders": { "from": [sent.sender], "to": sent.recipients, "messageId": sent.id },
                    "tags": tags,
                },
                "send": {},
            }),
        }
    }
}

impl Destination {
    fn checked(&self) -> Result<Vec<String>, Fault> {
        let all = self.to.iter().chain(&self.cc).chain(&self.bcc);
        let recipients: Vec<String> =
            all.map(|given| address(given).map(|to| to.to_string())).collect::<Result<_, _>>()?;
        if recipients.is_empty() || recipients.len() > RECIPIENTS_MAX {
            return Err(bad("there must be 1 to 50 recipients"));
        }
        Ok(recipients)
    }
}

impl Tag {
    fn check(&self) -> Result<(), Fault> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        let fits = |text: &str| (1..=TAG_MAX).contains(&text.len()) && text.bytes().all(allowed);
        if fits(&self.name) && fits(&self.value) {
            Ok(())
        } else {
            Err(bad(format!("tag {:?} must have 1 to 256 of A-Z a-z 0-9 _ -", self.name)))
        }
    }
}

/// An address, with or without a name before it.
fn address(text: &str) -> Result<EmailAddress, Fault> {
    let bare = text
        .trim_end()
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
        .map_or(text, |(_, bare)| bare);
    bare.parse().map_err(|_| bad(format!("{text:?} is not an address")))
}

/// In the manner of SES: a UUID between two other runs of hexadecimal digits.
fn message_id(hex: &str) -> String {
    let runs = [&hex[..16], &hex[16..24], &hex[24..28], &hex[28..32], &hex[32..36], &hex[36..48], "000000"];
    runs.join("-")
}

fn bad(message: impl Into<String>) -> Fault {
    Fault::new("BadRequestException", message)
}

fn rejected(message: impl Into<String>) -> Fault {
    Fault::new("MessageRejected", message)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::Clock;
    use crate::faces::LocalKms;
    use crate::state::State;

    fn services() -> Services {
        let state = Arc::new(State::in_memory().unwrap());
        let clock = Clock::open(Arc::clone(&state)).unwrap();
        let ses = LocalSes {
            sender: "team@example.org".parse().unwrap(),
            configuration_set: "openslot".to_owned(),
        };
        Services { kms: LocalKms::new(&[7; 32]), ses, state, clock }
    }

    fn mail() -> Value {
        json!({
            "FromEmailAddress": "team@example.org",
            "Destination": { "ToAddresses": ["ada@example.net"] },
            "Content": { "Raw": { "Data": STANDARD.encode("From: Team <team@example.org>\r\nSubject: Hi\r\n\r\nHello.\r\n") } },
            "EmailTags": [{ "Name": "effect", "Value": "abc_-123" }],
            "ConfigurationSetName": "openslot",
        })
    }

    #[test]
    fn a_mail_is_kept_with_its_event() {
        let services = services();
        let sent = services.ses.send_email(&services, mail()).unwrap();
        let kept = services.state.mails().unwrap();
        assert_eq!((kept.len(), &kept[0].recipients[..]), (1, &["ada@example.net".to_owned()][..]));
        let [owed] = &services.state.owed_events().unwrap()[..] else { panic!("one event is owed") };
        let detail = &owed.event["detail"];
        assert_eq!(detail["eventType"], "Send");
        assert_eq!(detail["mail"]["messageId"], sent["MessageId"]);
        assert_eq!(detail["mail"]["tags"]["effect"], json!(["abc_-123"]));
    }

    #[test]
    fn without_a_configuration_set_there_is_no_event() {
        let services = services();
        let mut mail = mail();
        mail.as_object_mut().unwrap().remove("ConfigurationSetName");
        services.ses.send_email(&services, mail).unwrap();
        assert_eq!(services.state.mails().unwrap().len(), 1);
        assert_eq!(services.state.owed_events().unwrap(), []);
    }

    #[test]
    fn what_ses_refuses_is_refused() {
        let raw = |text: &str| json!({ "Raw": { "Data": STANDARD.encode(text) } });
        let many: Vec<String> = (0..51).map(|n| format!("guest-{n}@example.net")).collect();
        let long = format!("From: team@example.org\r\n\r\n{}\r\n", "a".repeat(999));
        let cases = [
            ("FromEmailAddress", json!("other@example.org"), "MessageRejected"),
            ("Destination", json!({ "ToAddresses": [] }), "BadRequestException"),
            ("Destination", json!({ "ToAddresses": ["nobody"] }), "BadRequestException"),
            ("Destination", json!({ "ToAddresses": many }), "BadRequestException"),
            ("Content", json!({ "Raw": { "Data": "%" } }), "BadRequestException"),
            ("Content", json!({ "Simple": {} }), "BadRequestException"),
            ("Content", raw("Subject: Hi\r\n\r\nHello."), "BadRequestException"),
            ("Content", raw("From: other@example.org\r\n\r\nHello."), "MessageRejected"),
            ("Content", raw(&long), "BadRequestException"),
            ("EmailTags", json!([{ "Name": "effect", "Value": "a#b" }]), "BadRequestException"),
            ("EmailTags", json!([{ "Name": "effect", "Value": "" }]), "BadRequestException"),
            ("EmailTags", json!([{ "Name": "effect", "Value": "a".repeat(257) }]), "BadRequestException"),
            ("ConfigurationSetName", json!("other"), "NotFoundException"),
        ];
        let services = services();
        for (field, value, code) in cases {
            let mut mail = mail();
            mail[field] = value;
            let refused = services.ses.send_email(&services, mail).map_err(|fault| fault.code);
            assert_eq!(refused, Err(code), "{field}");
        }
        assert_eq!(services.state.mails().unwrap(), []);
        assert_eq!(services.state.owed_events().unwrap(), []);
    }
}
