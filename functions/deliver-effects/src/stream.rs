//! The events of the table's stream, as far as they matter here
//! (AWS Lambda developer guide, "Process `DynamoDB` records with Lambda").

use openslot_domain::effects::EffectKey;
use openslot_dynamodb::effect_key_of;
use serde::Deserialize;
use serde_json::{Value, json};

/// What the stream hands over at once.
#[derive(Debug, Deserialize)]
pub(crate) struct Batch {
    #[serde(rename = "Records")]
    pub(crate) records: Vec<Record>,
}

impl Batch {
    pub(crate) fn read(event: Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(event)
    }
}

/// One change of one item.
#[derive(Debug, Deserialize)]
pub(crate) struct Record {
    #[serde(rename = "eventName")]
    event_name: String,
    dynamodb: Change,
}

#[derive(Debug, Deserialize)]
struct Change {
    #[serde(rename = "Keys")]
    keys: Keys,
    #[serde(rename = "SequenceNumber")]
    sequence_number: String,
}

#[derive(Debug, Deserialize)]
struct Keys {
    #[serde(rename = "PK")]
    partition: Text,
    #[serde(rename = "SK")]
    sort: Text,
}

/// A string attribute.
#[derive(Debug, Deserialize)]
struct Text {
    #[serde(rename = "S")]
    text: String,
}

impl Record {
    /// The work that has come to be owed; `None` for every other change.
    pub(crate) fn inserted_work(&self) -> Option<EffectKey> {
        let Keys { partition, sort } = &self.dynamodb.keys;
        (self.event_name == "INSERT").then(|| effect_key_of(&partition.text, &sort.text))?
    }

    pub(crate) fn sequence_number(&self) -> &str {
        &self.dynamodb.sequence_number
    }
}

/// Records to be offered again.
#[derive(Debug, Default)]
pub(crate) struct Unpaid(Vec<Value>);

impl Unpaid {
    pub(crate) fn add(&mut self, record: &Record) {
        self.0.push(json!({ "itemIdentifier": record.sequence_number() }));
    }

    /// A partial batch response.
    pub(crate) fn into_reply(self) -> Value {
        json!({ "batchItemFailures": self.0 })
    }
}

#[cfg(test)]
mod tests {
    use openslot_domain::effects::EffectKind;
    use openslot_domain::ids::BookingId;
    use openslot_dynamodb::{PARTITION, SORT, place_of};

    use super::*;

    fn record(event_name: &str, pk: &str, sk: &str) -> Value {
        json!({
            "eventID": "c4ca4238a0b923820dcc509a6f75849b",
            "eventName": event_name,
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": "eu-west-1",
            "dynamodb": {
                "ApproximateCreationDateTime": 1_795_424_400.0,
                "Keys": {PARTITION: {"S": pk}, SORT: {"S": sk}},
                "SequenceNumber": "4421584500000000017450439091",
                "SizeBytes": 26,
                "StreamViewType": "KEYS_ONLY",
            },
            "eventSourceARN": "arn:aws:dynamodb:eu-west-1:123456789012:table/openslot/stream/2026-11-22T00:00:00.000",
        })
    }

    fn work(event_name: &str, pk: &str, sk: &str) -> Option<EffectKey> {
        let batch = Batch::read(json!({"Records": [record(event_name, pk, sk)]})).unwrap();
        batch.records[0].inserted_work()
    }

    #[test]
    fn an_insert_of_owed_work_is_work() {
        let due = "2026-11-23T09:00:00Z".parse().unwrap();
        let key = EffectKey {
            due,
            booking: BookingId::from_bytes([7; 16]),
            revision: 0,
            kind: EffectKind::Announce,
        };
        let (pk, sk) = place_of(&key);
        assert_eq!(work("INSERT", &pk, &sk), Some(key));
        assert_eq!(work("MODIFY", &pk, &sk), None);
        assert_eq!(work("REMOVE", &pk, &sk), None);
        assert_eq!(work("INSERT", "B#1", "B"), None);
    }

    #[test]
    fn what_failed_is_named_by_its_sequence_number() {
        let batch = Batch::read(json!({"Records": [record("INSERT", "X#1", "?")]})).unwrap();
        let mut unpaid = Unpaid::default();
        unpaid.add(&batch.records[0]);
        let expected = json!({"batchItemFailures": [{"itemIdentifier": "4421584500000000017450439091"}]});
        assert_eq!(unpaid.into_reply(), expected);
        assert_eq!(Unpaid::default().into_reply(), json!({"batchItemFailures": []}));
    }
}
