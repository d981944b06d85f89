//! `EventBridge`: `PutEvents`, the rules of the local buses, and the envelope that targets receive.

use chrono::{DateTime, SecondsFormat, Utc};
use openslot_usecases::ports::Clock as _;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Services;
use super::json::{Fault, read};
use crate::state::Taken;
use crate::world::LocalWorld;

/// The bus on which AWS services, SES among them, publish.
pub(super) const DEFAULT_BUS: &str = "default";
/// The bus of openslot's own events. Here everything on it is kept, to be looked at.
pub(crate) const OWN_BUS: &str = "openslot";
/// The most events of one call (`EventBridge` API reference, `PutEvents`).
const ENTRIES_MAX: usize = 10;
/// The most bytes of all events of one call.
const BYTES_MAX: usize = 256 * 1024;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct PutEvents {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Entry {
    source: Option<String>,
    detail_type: Option<String>,
    detail: Option<String>,
    event_bus_name: Option<String>,
    time: Option<f64>,
    #[serde(default)]
    resources: Vec<String>,
}

/// What an event is about, before it gets its id.
pub(super) struct Event {
    pub(super) source: String,
    pub(super) detail_type: String,
    pub(super) time: DateTime<Utc>,
    pub(super) resources: Vec<String>,
    pub(super) detail: Value,
}

/// Takes up to ten events, each for itself: one that is refused holds no other back. Those that are taken are kept,
/// and owed to their targets, in one write.
pub(super) fn put_events(services: &Services, body: Value) -> Result<Value, Fault> {
    if body.to_string().len() > BYTES_MAX {
        return Err(Fault::new("ValidationException", "the entries are larger than 256 KB"));
    }
    let put: PutEvents = read(body)?;
    if put.entries.is_empty() || put.entries.len() > ENTRIES_MAX {
        return Err(Fault::new("ValidationException", "there must be 1 to 10 entries"));
    }
    let world = services.clock.world();
    let mut taken = Taken::default();
    let mut answers = Vec::new();
    for entry in put.entries {
        answers.push(match checked(entry, world.now()) {
            Ok((bus, event)) => {
                let envelope = event.envelope(world);
                let id = envelope["id"].clone();
                taken.owed.extend(has_target(&bus, &envelope).then(|| envelope.clone()));
                taken.told.extend((bus == OWN_BUS).then_some(envelope));
                json!({ "EventId": id })
            }
            Err(fault) => json!({ "ErrorCode": fault.code, "ErrorMessage": fault.message }),
        });
    }
    services.state.take(&taken).map_err(|error| Fault::internal(&error))?;
    let failed = answers.iter().filter(|answer| answer.get("ErrorCode").is_some()).count();
    Ok(json!({ "FailedEntryCount": failed, "Entries": answers }))
}

/// Whether a rule sends an event to somebody. As deployed: mail events go to `record-mail-events`, and what nobody
/// asked for is dropped.
pub(super) fn has_target(bus: &str, envelope: &Value) -> bool {
    bus == DEFAULT_BUS && envelope["source"] == "aws.ses"
}

impl Event {
    /// As targets receive it.
    pub(super) fn envelope(self, chance: &LocalWorld) -> Value {
        json!({
            "version": "0",
            "id": uuid(chance),
            "detail-type": self.detail_type,
            "source": self.source,
            "account": "000000000000",
            "time": self.time.to_rfc3339_opts(SecondsFormat::Secs, true),
            "region": "us-east-1",
            "resources": self.resources,
            "detail": self.detail,
        })
    }
}

fn checked(entry: Entry, now: DateTime<Utc>) -> Result<(String, Event), Fault> {
    let source = required(entry.source, "Source")?;
    if source.starts_with("aws.") {
        return Err(Fault::new("NotAuthorizedForSourceException", "only AWS services publish as aws.*"));
    }
    let bus = entry.event_bus_name.unwrap_or_else(|| DEFAULT_BUS.to_owned());
    if bus != DEFAULT_BUS && bus != OWN_BUS {
        return Err(Fault::new("InvalidArgument", format!("there is no event bus {bus:?} here")));
    }
    let detail_type = required(entry.detail_type, "DetailType")?;
    let detail: Value = serde_json::from_str(&required(entry.detail, "Detail")?).unwrap_or_default();
    if !detail.is_object() {
        return Err(Fault::new("MalformedDetail", "Detail is not a JSON object"));
    }
    let time = entry.time.and_then(instant).unwrap_or(now);
    Ok((bus, Event { source, detail_type, time, resources: entry.resources, detail }))
}

fn required(given: Option<String>, name: &str) -> Result<String, Fault> {
    let missing = || Fault::new("InvalidArgument", format!("{name} is a required argument"));
    given.filter(|text| !text.is_empty()).ok_or_else(missing)
}

/// AWS JSON writes instants as Unix seconds with a fraction.
fn instant(secs: f64) -> Option<DateTime<Utc>> {
    std::time::Duration::try_from_secs_f64(secs).ok().map(|since| (std::time::UNIX_EPOCH + since).into())
}

fn uuid(chance: &LocalWorld) -> String {
    let hex = chance.hex::<16>();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}
