//! What is published arrives at whoever listens: through a bus, a rule and a queue, as an infra team would wire them.

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_eventbridge::types::Target;
use openslot_domain::booking::Booking;
use openslot_eventbridge::{Bus, SOURCE};
use openslot_tests::support::moto::Moto;
use openslot_tests::support::samples::{at, booking, host, meeting_type};
use openslot_usecases::ports::{DomainEvent, DomainEventKind, PublishEvent};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::engines::say;

const BUS: &str = "openslot";

#[tokio::test]
async fn what_is_published_arrives_at_whoever_listens() {
    let moto = match Moto::start().await {
        Ok(moto) => moto,
        Err(why) => return say(&format!("SKIPPED: listeners on moto: {why}")),
    };
    let client = Client::from_conf(config(&moto.url));
    client.create_event_bus().name(BUS).send().await.unwrap();
    let queue = Queue::listening(&moto.url, &client, BUS).await;
    let bus = Bus::new(client, BUS);
    for event in [confirmed(1), cancelled(1), confirmed(2)] {
        bus.publish_event(&event).await.unwrap();
    }

    let heard = queue.take().await;
    let details: Vec<&Value> = heard.iter().map(|event| &event["detail"]).collect();
    let [cancelled] = &details[..] else { panic!("the rule asks for what was cancelled: {heard:#?}") };
    assert_eq!(
        (&heard[0]["source"], &heard[0]["detail-type"]),
        (&json!(SOURCE), &json!("booking.cancelled"))
    );
    assert_eq!(heard[0]["time"], "2026-11-20T09:00:00Z");
    assert_eq!(cancelled["id"], format!("{}#1", booked(1).id));
    assert_eq!(cancelled["booking"]["attendee"]["email"], "ada@example.com");
    assert_eq!(cancelled["booking"]["cancelled"]["by"], "attendee");
}

fn booked(number: u64) -> Booking {
    let intro = meeting_type("intro", &["grace"]);
    let grace = host("grace", chrono_tz::Tz::Europe__London);
    booking(number, &intro, &[&grace], at("2026-11-23T09:00:00Z"), at("2026-11-20T08:00:00Z"))
}

pub fn confirmed(number: u64) -> DomainEvent {
    let booking = Box::new(booked(number));
    DomainEvent { kind: DomainEventKind::Confirmed, at: booking.created_at, booking }
}

pub fn cancelled(number: u64) -> DomainEvent {
    use openslot_domain::booking::{Actor, Did, State, Step};
    let (mut booking, at) = (booked(number), at("2026-11-20T09:00:00Z"));
    (booking.state, booking.revision) = (State::Cancelled, 1);
    booking.history.push(Step {
        revision: 1,
        at,
        by: Actor::Attendee,
        what: Did::Cancelled { reason: None },
    });
    DomainEvent { kind: DomainEventKind::Cancelled, at, booking: Box::new(booking) }
}

pub fn config(url: &str) -> Config {
    Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "tests"))
        .endpoint_url(url)
        .build()
}

/// A queue to which a rule of a bus sends everything that was cancelled.
pub struct Queue {
    address: String,
    url: String,
}

impl Queue {
    pub async fn listening(url: &str, client: &Client, bus: &str) -> Self {
        let address = url.strip_prefix("http://").unwrap().to_owned();
        let made = sqs(&address, "CreateQueue", &json!({ "QueueName": bus })).await;
        let pattern = json!({ "source": [SOURCE], "detail-type": ["booking.cancelled"] }).to_string();
        client.put_rule().name("cancelled").event_bus_name(bus).event_pattern(pattern).send().await.unwrap();
        let arn = format!("arn:aws:sqs:eu-west-1:123456789012:{bus}");
        let target = Target::builder().id("1").arn(arn).build().unwrap();
        client.put_targets().rule("cancelled").event_bus_name(bus).targets(target).send().await.unwrap();
        Self { address, url: made["QueueUrl"].as_str().unwrap().to_owned() }
    }

    /// Everything that has arrived.
    pub async fn take(&self) -> Vec<Value> {
        let wanted = json!({ "QueueUrl": self.url, "MaxNumberOfMessages": 10 });
        let received = sqs(&self.address, "ReceiveMessage", &wanted).await;
        let messages = received["Messages"].as_array().cloned().unwrap_or_default();
        messages
            .iter()
            .map(|message| serde_json::from_str(message["Body"].as_str().unwrap()).unwrap())
            .collect()
    }
}

/// One call of SQS, for which this project has no client: moto looks at the scope of the signature only.
async fn sqs(address: &str, operation: &str, body: &Value) -> Value {
    let body = body.to_string();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nX-Amz-Target: AmazonSQS.{operation}\r\n\
         Content-Type: application/x-amz-json-1.0\r\nX-Amz-Date: 20261120T080000Z\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential=test/20261120/eu-west-1/sqs/aws4_request, \
         SignedHeaders=host, Signature=0\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{reply}");
    serde_json::from_str(body).unwrap()
}
