//! What the wire can do that engines do not: refuse for a conflict, lose an answer, change things in between.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use openslot_dynamodb::Table;
use openslot_tests::support::engine::{Engine, config};
use openslot_tests::support::samples::{meeting_type, people};
use openslot_usecases::ports::{
    Claim, ClaimEffect, Commit, CommitBooking, FindBooking, Retry, SaveHost, Saved,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::bookings::{now, planned, team};
use crate::queues::owing;

/// A table whose every call is answered the same, once.
async fn answering(status: &'static str, body: &'static str) -> Table {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut peer, _)) = listener.accept().await {
            read_message(&mut peer).await;
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            peer.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
        }
    });
    let config = config(&url).retry_config(RetryConfig::disabled());
    Table::new(Client::from_conf(config.build()), "openslot")
}

/// Reads one HTTP message with a content-length: head and body.
async fn read_message(peer: &mut TcpStream) -> Vec<u8> {
    let mut message = Vec::new();
    loop {
        if peer.read_buf(&mut message).await.unwrap_or(0) == 0 || is_whole(&message) {
            return message;
        }
    }
}

fn is_whole(message: &[u8]) -> bool {
    let text = String::from_utf8_lossy(message);
    let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(str::to_owned));
    let length: usize = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
    message.len() >= head.len() + 4 + length
}

/// Commits a plan of one host against a table that answers so, and sums up what came of it.
async fn commit_on(status: &'static str, body: &'static str) -> Result<Commit, Retry> {
    let engine = Engine::start().await;
    let real = engine.table("openslot").await;
    let hosts = team(&real, &["grace"]).await.unwrap();
    let plan =
        planned(&real, 1, &meeting_type("intro", &["grace"]), &hosts, "2026-11-23T09:00:00Z").await.unwrap();
    answering(status, body).await.commit_booking(&plan, &people(1)).await.map_err(|failure| failure.retry)
}

macro_rules! cancelled {
    ($($code:literal),*) => {
        concat!(
            r#"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"cancelled","#,
            r#""CancellationReasons":["#,
            $(r#"{"Code":""#, $code, r#""},"#,)*
            r#"{"Code":"None"}]}"#
        )
    };
}

#[tokio::test]
async fn a_transaction_conflict_is_a_lost_race() {
    let at_the_day = cancelled!("None", "TransactionConflict");
    assert_eq!(commit_on("400 Bad Request", at_the_day).await, Ok(Commit::Overtaken));
    let at_the_booking = cancelled!("TransactionConflict", "None");
    assert_eq!(commit_on("400 Bad Request", at_the_booking).await, Ok(Commit::Overtaken));
    let both = cancelled!("ConditionalCheckFailed", "TransactionConflict");
    assert_eq!(commit_on("400 Bad Request", both).await, Ok(Commit::Exists));
}

#[tokio::test]
async fn a_broken_call_says_whether_it_may_pass() {
    let check = async |status, body, retry| assert_eq!(commit_on(status, body).await, Err(retry), "{body}");
    check("400 Bad Request", cancelled!("ThrottlingError"), Retry::Later).await;
    check("400 Bad Request", cancelled!("None", "ValidationError"), Retry::Never).await;
    check("400 Bad Request", r#"{"__type":"x#TransactionInProgressException"}"#, Retry::Later).await;
    check("400 Bad Request", r#"{"__type":"x#ProvisionedThroughputExceededException"}"#, Retry::Later).await;
    check("400 Bad Request", r#"{"__type":"x#ValidationException"}"#, Retry::Never).await;
    check("400 Bad Request", r#"{"__type":"x#AccessDeniedException"}"#, Retry::Never).await;
    check("500 Internal Server Error", r#"{"__type":"x#InternalServerError"}"#, Retry::Later).await;
    check("502 Bad Gateway", "<html>not ours</html>", Retry::Later).await;
    check("200 OK", "not JSON", Retry::Later).await;
}

/// Stands between client and engine. Once told to, it swallows the answer to one transaction.
async fn proxy(engine: &Engine, swallow: Arc<AtomicBool>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let target = engine.url.trim_start_matches("http://").to_owned();
    tokio::spawn(async move {
        while let Ok((mut peer, _)) = listener.accept().await {
            let (target, swallow) = (target.clone(), Arc::clone(&swallow));
            tokio::spawn(async move {
                loop {
                    let request = read_message(&mut peer).await;
                    if request.is_empty() {
                        return;
                    }
                    let mut engine = TcpStream::connect(&target).await.unwrap();
                    engine.write_all(&request).await.unwrap();
                    let answer = read_message(&mut engine).await;
                    let transaction = String::from_utf8_lossy(&request).contains("TransactWriteItems");
                    if transaction && swallow.swap(false, Ordering::SeqCst) {
                        return;
                    }
                    peer.write_all(&answer).await.unwrap();
                }
            });
        }
    });
    url
}

/// The SDK tries again with the token of its first attempt, so what was applied stays one booking, and done.
#[tokio::test]
async fn an_answer_lost_on_the_way_is_no_second_booking() {
    let engine = Engine::start().await;
    let direct = engine.table("openslot").await;
    let swallow = Arc::new(AtomicBool::new(false));
    let url = proxy(&engine, Arc::clone(&swallow)).await;
    let table = Table::new(Client::from_conf(config(&url).build()), "openslot");

    let hosts = team(&table, &["grace"]).await.unwrap();
    let plan =
        planned(&table, 1, &meeting_type("intro", &["grace"]), &hosts, "2026-11-23T09:00:00Z").await.unwrap();
    swallow.store(true, Ordering::SeqCst);
    assert_eq!(table.commit_booking(&plan, &people(1)).await.unwrap(), Commit::Done);
    assert!(!swallow.load(Ordering::SeqCst), "an answer was swallowed");
    assert_eq!(direct.find_booking(&plan.booking.id).await.unwrap(), Some(plan.booking.clone()));
    // Another call has another token: it finds the booking.
    assert_eq!(table.commit_booking(&plan, &people(1)).await.unwrap(), Commit::Exists);

    // Without a second attempt nobody knows, and reading tells.
    let once = config(&url).retry_config(RetryConfig::disabled());
    let table = Table::new(Client::from_conf(once.build()), "openslot");
    swallow.store(true, Ordering::SeqCst);
    assert_eq!(table.save_host(&hosts[0], Some(1)).await.unwrap_err().retry, Retry::Later);
    assert_eq!(direct.save_host(&hosts[0], Some(1)).await.unwrap(), Saved::Overtaken);
}

/// Changes the database when a transaction is about to be sent: after everything was read for it.
#[derive(Debug)]
struct Meddler {
    database: Database,
    change: serde_json::Value,
    times: AtomicU32,
}

#[derive(Clone)]
struct Database(dynoxide::Database);

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the embedded database")
    }
}

impl Intercept for Meddler {
    fn name(&self) -> &'static str {
        "Meddler"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), aws_sdk_dynamodb::error::BoxError> {
        let target = context.request().headers().get("x-amz-target").unwrap_or_default();
        if target.ends_with("TransactWriteItems") && self.times.fetch_add(1, Ordering::SeqCst) == 0 {
            self.database.0.update_item(serde_json::from_value(self.change.clone())?)?;
        }
        Ok(())
    }
}

/// Claims an announcement while `change` is made between its reads and its transaction.
async fn claim_during(change: impl FnOnce(&str, &str, &str) -> serde_json::Value) -> Claim {
    let engine = Engine::start().await;
    let (booking, announce) = owing(&engine.table("openslot").await).await.unwrap();
    let (pk, sk) = openslot_dynamodb::place_of(&announce);
    let meddler = Meddler {
        database: Database(engine.database.clone().unwrap()),
        change: change(&pk, &sk, &booking.id.to_string()),
        times: AtomicU32::new(0),
    };
    let client = Client::from_conf(config(&engine.url).interceptor(meddler).build());
    Table::new(client, "openslot").claim_effect(&announce, now()).await.unwrap()
}

fn update(pk: &str, sk: &str, text: &str, value: &serde_json::Value) -> serde_json::Value {
    serde_json::json!({
        "TableName": "openslot",
        "Key": {openslot_dynamodb::PARTITION: {"S": pk}, openslot_dynamodb::SORT: {"S": sk}},
        "UpdateExpression": text,
        "ExpressionAttributeValues": {":value": value},
    })
}

/// No reminder after a cancellation: what was read a moment ago does not count.
#[tokio::test]
async fn a_booking_that_changes_during_a_claim_makes_it_stale() {
    let cancel = |_: &str, _: &str, id: &str| {
        update(&format!("B#{id}"), "B", "SET st = :value", &serde_json::json!({"S": "cancelled"}))
    };
    assert_eq!(claim_during(cancel).await, Claim::Stale);
    let moved = |_: &str, _: &str, id: &str| {
        update(&format!("B#{id}"), "B", "SET rev = :value", &serde_json::json!({"N": "1"}))
    };
    assert_eq!(claim_during(moved).await, Claim::Stale);
}

#[tokio::test]
async fn work_that_changes_during_a_claim_is_left() {
    let claimed =
        |pk: &str, sk: &str, _: &str| update(pk, sk, "SET n = :value", &serde_json::json!({"N": "1"}));
    assert_eq!(claim_during(claimed).await, Claim::NotYet);
    let confirmed =
        |pk: &str, sk: &str, _: &str| update(pk, sk, "SET ack = :value", &serde_json::json!({"S": "m"}));
    assert_eq!(claim_during(confirmed).await, Claim::NotYet);
    let leased =
        |pk: &str, sk: &str, _: &str| update(pk, sk, "SET ls = :value", &serde_json::json!({"S": "later"}));
    assert_eq!(claim_during(leased).await, Claim::NotYet);
}
