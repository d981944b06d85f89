//! The port over the SDK.

use std::time::Duration;

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::config::timeout::TimeoutConfig;
use aws_sdk_eventbridge::operation::put_events::PutEventsOutput;
use aws_sdk_eventbridge::primitives::DateTime;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use openslot_domain::effects::LEASE;
use openslot_usecases::ports::{DomainEvent, Failure, PublishEvent};

use crate::detail;
use crate::error::BusError;

/// What every event names as its source. Rules match it; it never changes.
pub const SOURCE: &str = "openslot";

/// The most bytes of one event (Amazon `EventBridge` user guide, "Calculating `PutEvents` event entry size"). The
/// service itself may take more; what it hands events on to does not.
const BYTES_MAX: usize = 256 * 1024;
/// What an entry's time counts for.
const TIME_BYTES: usize = 14;

/// How long one call may take, with all its attempts: to put an event twice is harmless, so the SDK may repeat.
const CALL_SECS_MAX: u32 = 10;
const _: () = assert!(
    (CALL_SECS_MAX * 2) as i64 <= LEASE.num_seconds(),
    "a call ends long before the lease of the work that it pays"
);

/// A custom bus of `EventBridge`. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Bus {
    client: Client,
    name: String,
}

impl Bus {
    /// The bus of this name or ARN, reached as `config` says.
    pub fn connect(config: impl Into<aws_sdk_eventbridge::Config>, name: impl Into<String>) -> Self {
        Self::new(Client::from_conf(config.into()), name)
    }

    /// The bus of this name or ARN, reached by `client`.
    pub fn new(client: Client, name: impl Into<String>) -> Self {
        Self { client, name: name.into() }
    }

    async fn put(&self, event: &DomainEvent) -> Result<(), BusError> {
        let call = self.client.put_events().entries(self.entry(event)?);
        let answer = call.customize().config_override(within_the_lease()).send().await?;
        taken(&answer)
    }

    fn entry(&self, event: &DomainEvent) -> Result<PutEventsRequestEntry, BusError> {
        let detail = detail::json(event);
        let bytes = TIME_BYTES + SOURCE.len() + event.kind.name().len() + detail.len();
        if bytes > BYTES_MAX {
            return Err(BusError::TooLarge(bytes));
        }
        let entry = PutEventsRequestEntry::builder().event_bus_name(&self.name).source(SOURCE);
        let entry =
            entry.detail_type(event.kind.name()).time(DateTime::from_millis(event.at.timestamp_millis()));
        Ok(entry.detail(detail).build())
    }
}

impl PublishEvent for Bus {
    async fn publish_event(&self, event: &DomainEvent) -> Result<(), Failure> {
        Ok(self.put(event).await?)
    }
}

/// A call that was answered may have been refused all the same, entry by entry.
fn taken(answer: &PutEventsOutput) -> Result<(), BusError> {
    let refused = answer.entries().iter().find_map(|entry| entry.error_code());
    match (answer.failed_entry_count(), refused) {
        (0, None) => Ok(()),
        (_, code) => Err(BusError::Entry(code.unwrap_or("without a name").to_owned())),
    }
}

fn within_the_lease() -> aws_sdk_eventbridge::config::Builder {
    let longest = Duration::from_secs(CALL_SECS_MAX.into());
    let timeouts = TimeoutConfig::builder().operation_timeout(longest).build();
    aws_sdk_eventbridge::config::Builder::new().timeout_config(timeouts)
}
