//! The promises of every adapter, kept by what the stack's template makes, and reached by what its functions are told.
//!
//! Each twin is the template with one thing wrong.

use aws_sdk_kms::config::{BehaviorVersion, Credentials, Region};
use openslot_dynamodb::{PARTITION, Table};
use openslot_eventbridge::Bus;
use openslot_kms::Kms;
use openslot_ses::Mailer;
use openslot_tests::support::engine::Engine;
use openslot_tests::support::stacks::{Change, Stack, Stacks};
use openslot_usecases::ports::{
    Failure, KeyPurpose, NewDataKey, Outgoing, PublishEvent, SendLetter, UnwrapDataKey,
};
use serde_json::{Value, json};

use crate::engines::{CONTRACTS, NOT_ON_MOTO, assert_none, broken_on, say};
use crate::listeners::{Queue, cancelled, config, confirmed};
use crate::store::TableEye;

/// Where the functions of a stack find what they need.
const READS: &str = "create-booking";
const TELLS: &str = "deliver-effects";

/// An account, or a word about why there is none.
fn account(what: &str) -> Option<Stacks> {
    Stacks::start().inspect_err(|why| say(&format!("SKIPPED: {what} of the template: {why}"))).ok()
}

/// The table of a stack, as its functions reach it.
fn table_of(engine: &Engine, stack: &Stack) -> (Table, TableEye) {
    let name = stack.tells(READS, "TABLE_NAME").to_owned();
    (Table::new(engine.client.clone(), name.clone()), TableEye { client: engine.client.clone(), name })
}

#[tokio::test]
async fn the_table_of_the_template_keeps_every_contract() {
    let Some(mut stacks) = account("the contracts on the table") else { return };
    let engine = Engine::at(&stacks.url);
    let mut made = 0;
    let mut next = async || {
        made += 1;
        table_of(&engine, &stacks.make(&format!("stack-{made}"), &[]))
    };
    assert_none(&broken_on(&mut next, &NOT_ON_MOTO).await);
    assert_eq!(made, CONTRACTS - NOT_ON_MOTO.len());
}

/// A place below a resource's properties, and what stands there instead.
fn of(resource: &'static str, place: &[&'static str], value: Value) -> Change {
    ([&["Resources", resource, "Properties"], place].concat(), value)
}

fn keys_of_the_table(keys: &[(&str, &str)]) -> Vec<Change> {
    let attributes = keys.iter().map(|(name, _)| json!({ "AttributeName": name, "AttributeType": "S" }));
    let schema = keys.iter().map(|(name, kind)| json!({ "AttributeName": name, "KeyType": kind }));
    vec![
        of("Table", &["AttributeDefinitions"], attributes.collect()),
        of("Table", &["KeySchema"], schema.collect()),
    ]
}

/// No contract is kept on a table with other keys; all find it out on the same one, since nothing is written to it.
#[tokio::test]
async fn twins_of_the_table_break_every_contract() {
    let Some(mut stacks) = account("twins of the table") else { return };
    let engine = Engine::at(&stacks.url);
    let twins = [
        ("other-names", keys_of_the_table(&[("pk", "HASH"), ("sk", "RANGE")])),
        ("no-sort-key", keys_of_the_table(&[(PARTITION, "HASH")])),
        ("another-table", vec![told(READS_BLOCK, "TABLE_NAME", json!({ "Ref": "AWS::StackName" }))]),
    ];
    for (name, changes) in twins {
        let stack = stacks.make(name, &changes);
        let broken = broken_on(async || table_of(&engine, &stack), &NOT_ON_MOTO).await;
        assert_eq!(broken.len(), CONTRACTS - NOT_ON_MOTO.len(), "{name}: {}", broken.join("\n"));
    }
}

const READS_BLOCK: &str = "CreateBooking";
const TELLS_BLOCK: &str = "DeliverEffects";

/// A function that is told something else.
fn told(block: &'static str, variable: &'static str, value: Value) -> Change {
    of(block, &["Environment", "Variables", variable], value)
}

/// Data keys are made and opened by the key, each for its purpose only.
async fn wraps_data_keys(url: &str, stack: &Stack) -> Result<(), Failure> {
    let config = aws_sdk_kms::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "tests"))
        .endpoint_url(url);
    let kms = Kms::connect(config.build(), stack.tells(READS, "KMS_KEY_ID"));
    let (key, blob) = kms.new_data_key(KeyPurpose::ManageLinks).await?;
    let opened = kms.unwrap_data_key(KeyPurpose::ManageLinks, &blob).await?;
    assert_eq!(opened.mac(&[b"a"]), key.mac(&[b"a"]));
    let (other, _) = kms.new_data_key(KeyPurpose::ManageLinks).await?;
    assert_ne!(other.mac(&[b"a"]), key.mac(&[b"a"]));
    assert!(kms.unwrap_data_key(KeyPurpose::GuestRows, &blob).await.is_err());
    Ok(())
}

/// Letters go out from the sender's address, under a configuration set that there is.
async fn sends_letters(url: &str, stack: &Stack) -> Result<(), Failure> {
    let config = aws_sdk_sesv2::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "tests"))
        .endpoint_url(url);
    let client = aws_sdk_sesv2::Client::from_conf(config.build());
    // moto does not ask whether there is the set that a letter names, as SES does.
    let named = stack.tells(TELLS, "SES_CONFIGURATION_SET");
    let sets = client.list_configuration_sets().send().await.map_err(Failure::never)?;
    if !sets.configuration_sets().iter().any(|set| set == named) {
        return Err(Failure::never("there is no such configuration set"));
    }
    let taken = Mailer::new(client, Some(named.to_owned())).send_letter(&letter(stack)).await?;
    assert!(!taken.message_id.is_empty());
    Ok(())
}

fn letter(stack: &Stack) -> Outgoing {
    Outgoing {
        from: stack.tells(TELLS, "SENDER_ADDRESS").parse().unwrap(),
        to: "ada@example.net".parse().unwrap(),
        raw: b"From: meet@example.org\r\nTo: ada@example.net\r\nSubject: hello\r\n\r\nhello".to_vec(),
        tag: "ZWZmZWN0LWtleQ".to_owned(),
    }
}

/// What is published arrives at whoever listens on the bus that has the stack's name.
async fn tells_the_bus(url: &str, stack: &Stack, listens: &str) -> Result<(), Failure> {
    let client = aws_sdk_eventbridge::Client::from_conf(config(url));
    let queue = Queue::listening(url, &client, listens).await;
    let told = Bus::new(client, stack.tells(TELLS, "EVENT_BUS_NAME"));
    for event in [confirmed(1), cancelled(1), confirmed(2)] {
        told.publish_event(&event).await?;
    }
    let heard = queue.take().await.len();
    if heard == 1 { Ok(()) } else { Err(Failure::never(format!("{heard} events arrived"))) }
}

/// One account for all three, because it takes seconds to start.
#[tokio::test]
async fn key_mail_and_bus_of_the_template_are_what_functions_are_told() {
    let Some(mut stacks) = account("key, mail and bus") else { return };
    let url = stacks.url.clone();
    let sound = stacks.make("sound", &[]);
    wraps_data_keys(&url, &sound).await.unwrap();
    sends_letters(&url, &sound).await.unwrap();
    tells_the_bus(&url, &sound, "sound").await.unwrap();

    let no_key = told(READS_BLOCK, "KMS_KEY_ID", json!({ "Ref": "Table" }));
    let no_set = told(TELLS_BLOCK, "SES_CONFIGURATION_SET", json!("another"));
    let no_bus = told(TELLS_BLOCK, "EVENT_BUS_NAME", json!({ "Ref": "Table" }));
    let cut = stacks.make("cut", &[no_key, no_set, no_bus]);
    refused("a key that is none", &wraps_data_keys(&url, &cut).await);
    refused("a set that is none", &sends_letters(&url, &cut).await);
    refused("a bus that nobody hears", &tells_the_bus(&url, &cut, "cut").await);

    let stranger = stacks.make("stranger", &[told(TELLS_BLOCK, "SENDER_ADDRESS", json!("a@example.com"))]);
    refused("a sender whom SES does not know", &sends_letters(&url, &stranger).await);
}

/// What a twin has to end in.
fn refused(twin: &str, outcome: &Result<(), Failure>) {
    assert!(outcome.is_err(), "{twin} was not found out");
}
