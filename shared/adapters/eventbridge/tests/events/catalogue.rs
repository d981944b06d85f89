//! The schema that listeners are given says what is sent, all of it and nothing else.

use std::collections::BTreeSet;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};

use crate::peer::{Answer, publish};
use crate::world::{bare, events, full};

const SCHEMA: &str = include_str!("../../booking-event.schema.json");

struct Catalogue {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Catalogue {
    fn read() -> Self {
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        compiler.add_resource("booking-event.json", serde_json::from_str(SCHEMA).unwrap()).unwrap();
        let mut schemas = Schemas::new();
        let index = compiler.compile("booking-event.json", &mut schemas).unwrap();
        Self { schemas, index }
    }

    /// Whether the schema describes a detail.
    fn check(&self, detail: &Value) -> Result<(), String> {
        let checked = self.schemas.validate(detail, self.index);
        checked.map_err(|error| format!("{error:#} in {detail:#}"))
    }
}

/// The details of all events about a bare and a full booking, as they go over the wire.
async fn details() -> Vec<Value> {
    let mut details = Vec::new();
    for event in [bare(), full()].iter().flat_map(events) {
        let (published, seen) = publish(Answer::Taken, &event).await;
        published.unwrap();
        let detail = seen[0].body["Entries"][0]["Detail"].as_str().unwrap().to_owned();
        details.push(serde_json::from_str(&detail).unwrap());
    }
    details
}

#[tokio::test]
async fn what_is_sent_is_what_the_schema_says() {
    let catalogue = Catalogue::read();
    let details = details().await;
    let kinds: BTreeSet<&str> = details.iter().map(|detail| detail["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.len(), 6, "every kind was sent: {kinds:?}");
    for detail in &details {
        catalogue.check(detail).unwrap_or_else(|why| panic!("{why}"));
    }
}

/// Every member that the schema names, as a path.
fn named(schema: &Value, root: &Value, path: &str, found: &mut BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        named(&root["$defs"][reference.trim_start_matches("#/$defs/")], root, path, found);
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}/{name}");
        named(member, root, &path, found);
        found.insert(path);
    }
    if schema["items"].is_object() {
        named(&schema["items"], root, path, found);
    }
}

/// Every member that a detail has, as a path; those that listeners name themselves count once.
fn sent(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    for (name, member) in value.as_object().into_iter().flatten() {
        let path = format!("{path}/{name}");
        if !["/booking/answers", "/booking/source/utm"].contains(&path.as_str()) {
            sent(member, &path, found);
        }
        found.insert(path);
    }
    value.as_array().into_iter().flatten().for_each(|item| sent(item, path, found));
}

#[tokio::test]
async fn nothing_is_documented_that_is_never_sent() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let (mut documented, mut found) = (BTreeSet::new(), BTreeSet::new());
    named(&schema, &schema, "", &mut documented);
    details().await.iter().for_each(|detail| sent(detail, "", &mut found));
    assert_eq!(found, documented);
}

/// The defects that the checks above have to catch: a member too few, one too many, one of another kind.
#[tokio::test]
async fn twin_a_detail_that_strays_from_the_schema_is_caught() {
    let catalogue = Catalogue::read();
    let cancelled = details().await.remove(4);
    catalogue.check(&cancelled).unwrap();
    let check = |spoil: &dyn Fn(&mut Value), says: &str| {
        let mut detail = cancelled.clone();
        spoil(&mut detail);
        let why = catalogue.check(&detail).unwrap_err();
        assert!(why.contains(says), "{why}");
    };
    check(&|detail| drop(detail["booking"].as_object_mut().unwrap().remove("cancelled")), "cancelled");
    check(&|detail| drop(detail["booking"].as_object_mut().unwrap().remove("attendee")), "attendee");
    check(&|detail| detail["booking"]["manage_url"] = json!("https://example.org"), "manage_url");
    check(&|detail| detail["booking"]["start"] = json!("2026-03-03T13:30:00+01:00"), "start");
    check(&|detail| detail["kind"] = json!("booking.lost"), "kind");
    check(&|detail| detail["id"] = json!("b0b0"), "id");
    check(&|detail| detail["reminder"] = json!({ "minutes_before": 60 }), "reminder");
}
