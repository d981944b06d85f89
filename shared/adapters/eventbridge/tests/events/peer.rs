//! A peer on the loopback interface.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::config::retry::RetryConfig;
use aws_sdk_eventbridge::config::{BehaviorVersion, Credentials, Region};
use openslot_eventbridge::Bus;
use openslot_usecases::ports::{DomainEvent, Failure, PublishEvent};
use serde_json::{Value, json};

/// What every answer of the peer is.
#[derive(Clone)]
pub(crate) enum Answer {
    /// The one entry is taken.
    Taken,
    /// The call is answered, and the entry refused with this code.
    Entry(&'static str),
    /// The call is refused.
    Error(u16, &'static str),
    /// The connection ends.
    HangUp,
}

/// A request as the peer saw it.
pub(crate) struct Seen {
    pub(crate) target: String,
    pub(crate) body: Value,
}

/// Publishes an event to a peer that answers so.
pub(crate) async fn publish(answer: Answer, event: &DomainEvent) -> (Result<(), Failure>, Vec<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (note, seen) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            serve(stream.unwrap(), &answer, &note);
        }
    });
    let published = Bus::new(client(&url), "meetings").publish_event(event).await;
    (published, requests(&seen))
}

fn requests(seen: &Receiver<Seen>) -> Vec<Seen> {
    seen.try_iter().collect()
}

fn client(url: &str) -> Client {
    let config = aws_sdk_eventbridge::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .endpoint_url(url)
        .build();
    Client::from_conf(config)
}

/// Reads one request and answers it; every connection serves one.
fn serve(stream: TcpStream, answer: &Answer, note: &Sender<Seen>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap() == 0 || line == "\r\n" {
            break;
        }
        head.push(line.trim_end().to_ascii_lowercase());
    }
    let header = |name: &str| head.iter().find_map(|line| line.strip_prefix(name).map(str::to_owned));
    let length = header("content-length: ").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let target = header("x-amz-target: ").unwrap_or_default();
    note.send(Seen { target, body: serde_json::from_slice(&body).unwrap() }).unwrap();
    reply(stream, answer);
}

fn reply(mut stream: TcpStream, answer: &Answer) {
    let (status, body) = match answer {
        Answer::Taken => (200, json!({ "FailedEntryCount": 0, "Entries": [{ "EventId": "11111111-1111" }] })),
        Answer::Entry(code) => {
            let entry = json!({ "ErrorCode": code, "ErrorMessage": "grace@example.net is in it" });
            (200, json!({ "FailedEntryCount": 1, "Entries": [entry] }))
        }
        Answer::Error(status, code) => (*status, json!({ "__type": code, "message": "no" })),
        Answer::HangUp => return,
    };
    let body = body.to_string();
    write!(
        stream,
        "HTTP/1.1 {status} x\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
}
