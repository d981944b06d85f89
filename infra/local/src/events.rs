//! Events in the shape in which Lambda functions get them.

use chrono::{DateTime, SecondsFormat, Utc};
use dynoxide::AttributeValue;
use dynoxide::actions::get_records::Record;
use openslot_domain::effects::Queue;
use openslot_dynamodb::{PARTITION, SORT, effect_key_of};
use serde_json::{Value, json};

/// Whether the stream hands a record on to `deliver-effects`: as deployed, only what is newly owed.
pub(crate) fn is_newly_owed(record: &Record) -> bool {
    let text = |name: &str| match record.dynamodb.keys.get(name) {
        Some(AttributeValue::S(text)) => Some(text.as_str()),
        Some(_) | None => None,
    };
    let work = text(PARTITION).zip(text(SORT)).and_then(|(pk, sk)| effect_key_of(pk, sk));
    record.event_name == "INSERT" && work.is_some_and(|work| work.queue() == Queue::Owed)
}

/// What a table stream hands over.
pub(crate) fn of_stream(records: &[Record], stream: &str) -> Value {
    let mut records = serde_json::to_value(records).expect("stream records are plain data");
    for record in records.as_array_mut().into_iter().flatten() {
        record["eventSourceARN"] = stream.into();
    }
    json!({ "Records": records })
}

/// What the schedule hands over every minute.
pub(crate) fn of_schedule(now: DateTime<Utc>) -> Value {
    json!({
        "version": "0",
        "id": format!("00000000-0000-4000-8000-{:012x}", now.timestamp_millis()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": now.to_rfc3339_opts(SecondsFormat::Secs, true),
        "region": "us-east-1",
        "resources": ["arn:aws:events:us-east-1:000000000000:rule/openslot-every-minute"],
        "detail": {},
    })
}
