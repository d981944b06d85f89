//! The port over the SDK.

use std::time::Duration;

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, MessageTag, RawMessage};
use openslot_domain::effects::LEASE;
use openslot_usecases::ports::{Failure, Outgoing, SendLetter, SentLetter};

use crate::error::SesError;

/// The tag that carries [`Outgoing::tag`] through SES and back in its events.
const TAG: &str = "effect";

/// How long one call may take.
const CALL_SECS_MAX: u32 = 10;
const _: () = assert!(
    (CALL_SECS_MAX * 2) as i64 <= LEASE.num_seconds(),
    "a call ends long before the lease of the work that it pays"
);

/// Sends letters by SES.
#[derive(Clone, Debug)]
pub struct Mailer {
    client: Client,
    configuration_set: Option<String>,
}

impl Mailer {
    /// Sends over the SES that `config` leads to; otherwise as [`Mailer::new`].
    pub fn connect(config: impl Into<aws_sdk_sesv2::Config>, configuration_set: Option<String>) -> Self {
        Self::new(Client::from_conf(config.into()), configuration_set)
    }

    /// Sends over `client`. Mail events are published as `configuration_set` says; without one there are none.
    pub fn new(client: Client, configuration_set: Option<String>) -> Self {
        Self { client, configuration_set }
    }

    async fn send(&self, letter: &Outgoing) -> Result<SentLetter, SesError> {
        let sent = self
            .client
            .send_email()
            .from_email_address(letter.from.as_str())
            .destination(Destination::builder().to_addresses(letter.to.as_str()).build())
            .content(EmailContent::builder().raw(raw(letter)).build())
            .email_tags(tag(letter))
            .set_configuration_set_name(self.configuration_set.clone())
            .customize()
            .config_override(once())
            .send()
            .await?;
        // The letter is out, with or without a name: to call this a failure would be to send it again.
        Ok(SentLetter { message_id: sent.message_id.unwrap_or_default() })
    }
}

impl SendLetter for Mailer {
    async fn send_letter(&self, letter: &Outgoing) -> Result<SentLetter, Failure> {
        Ok(self.send(letter).await?)
    }
}

fn raw(letter: &Outgoing) -> RawMessage {
    RawMessage::builder().data(Blob::new(letter.raw.clone())).build().expect("the data is set")
}

fn tag(letter: &Outgoing) -> MessageTag {
    MessageTag::builder().name(TAG).value(&letter.tag).build().expect("name and value are set")
}

/// One try and no more: a second one could be a second letter.
fn once() -> aws_sdk_sesv2::config::Builder {
    // Both limits, because whatever is not set here is taken over from the client.
    let longest = Duration::from_secs(CALL_SECS_MAX.into());
    let timeouts =
        TimeoutConfig::builder().operation_timeout(longest).operation_attempt_timeout(longest).build();
    aws_sdk_sesv2::config::Builder::new().retry_config(RetryConfig::disabled()).timeout_config(timeouts)
}
