//! What goes over the wire, and what comes of the answers: against a peer on the loopback interface that answers
//! as SES would.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::{BehaviorVersion, Credentials, Region};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use openslot_ses::Mailer;
use openslot_usecases::ports::{Failure, Outgoing, Retry, SendLetter, SentLetter};
use serde_json::{Value, json};

/// What one answer of the peer is.
#[derive(Clone, Copy)]
enum Answer {
    Taken,
    Error(u16, &'static str),
    HangUp,
}

/// A request as the peer saw it.
struct Seen {
    line: String,
    body: Value,
}

/// A peer that gives every request the same answer, until the test ends.
struct Peer {
    url: String,
    seen: Receiver<Seen>,
}

impl Peer {
    fn answering(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (note, seen) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), answer, &note);
            }
        });
        Self { url, seen }
    }

    fn requests(&self) -> Vec<Seen> {
        self.seen.try_iter().collect()
    }
}

/// Reads one request and answers it; every connection serves one.
fn serve(stream: TcpStream, answer: Answer, note: &Sender<Seen>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap() == 0 || line == "\r\n" {
            break;
        }
        head.push(line.trim_end().to_owned());
    }
    let length = |line: &String| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok();
    let mut body = vec![0; head.iter().find_map(length).unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    let seen = Seen { line: head[0].clone(), body: serde_json::from_slice(&body).unwrap() };
    note.send(seen).unwrap();
    reply(stream, answer);
}

fn reply(mut stream: TcpStream, answer: Answer) {
    let (status, kind, body) = match answer {
        Answer::Taken => (200, "", r#"{"MessageId":"0100-demo"}"#),
        Answer::Error(status, kind) => (status, kind, r#"{"message":"grace@example.net is not verified"}"#),
        Answer::HangUp => return,
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} x\r\ncontent-type: application/json\r\nx-amzn-errortype: {kind}\r\n\
         content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .unwrap();
}

/// A client with eager retries, as one that was not made with letters in mind might be.
fn client(peer: &Peer) -> Client {
    let config = aws_sdk_sesv2::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "test"))
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .endpoint_url(&peer.url)
        .build();
    Client::from_conf(config)
}

fn letter() -> Outgoing {
    Outgoing {
        from: "bookings@example.org".parse().unwrap(),
        to: "grace@example.net".parse().unwrap(),
        raw: b"Subject: hello\r\n\r\n\xc3\xa4".to_vec(),
        tag: "ZWZmZWN0LWtleQ".to_owned(),
    }
}

async fn send(answer: Answer) -> (Result<SentLetter, Failure>, Vec<Seen>) {
    let peer = Peer::answering(answer);
    let sent = Mailer::new(client(&peer), Some("mail-events".to_owned())).send_letter(&letter()).await;
    (sent, peer.requests())
}

#[tokio::test]
async fn a_letter_goes_out_raw_tagged_and_to_one_recipient() {
    let (sent, seen) = send(Answer::Taken).await;
    assert_eq!(sent.unwrap(), SentLetter { message_id: "0100-demo".to_owned() });
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].line, "POST /v2/email/outbound-emails HTTP/1.1");
    let expected = json!({
        "FromEmailAddress": "bookings@example.org",
        "Destination": { "ToAddresses": ["grace@example.net"] },
        "Content": { "Raw": { "Data": STANDARD.encode(letter().raw) } },
        "EmailTags": [{ "Name": "effect", "Value": "ZWZmZWN0LWtleQ" }],
        "ConfigurationSetName": "mail-events",
    });
    assert_eq!(seen[0].body, expected);
}

#[tokio::test]
async fn without_a_configuration_set_none_is_named() {
    let peer = Peer::answering(Answer::Taken);
    Mailer::new(client(&peer), None).send_letter(&letter()).await.unwrap();
    assert_eq!(peer.requests()[0].body.get("ConfigurationSetName"), None);
}

#[tokio::test]
async fn a_refusal_is_final_only_if_the_letter_is_at_fault() {
    let check = async |status, kind, retry| {
        let (sent, seen) = send(Answer::Error(status, kind)).await;
        let failure = sent.unwrap_err();
        assert_eq!(failure.retry, retry, "{kind}");
        let source = std::error::Error::source(&failure).unwrap().to_string();
        assert_eq!(source, format!("ses refused: {kind}"));
        let logged = format!("{failure:?}");
        assert!(!logged.contains("grace@"), "what is logged names nobody: {logged}");
        assert_eq!(seen.len(), 1, "{kind}: a letter is never sent twice in one call");
    };
    check(400, "MessageRejected", Retry::Never).await;
    check(400, "BadRequestException", Retry::Never).await;
    check(400, "MailFromDomainNotVerifiedException", Retry::Never).await;
    check(404, "NotFoundException", Retry::Never).await;
    check(429, "TooManyRequestsException", Retry::Later).await;
    check(400, "LimitExceededException", Retry::Later).await;
    check(400, "SendingPausedException", Retry::Later).await;
    check(400, "AccountSuspendedException", Retry::Later).await;
    check(403, "AccessDeniedException", Retry::Later).await;
    check(500, "InternalFailure", Retry::Later).await;
    check(503, "ServiceUnavailable", Retry::Later).await;
}

#[tokio::test]
async fn a_lost_answer_may_pass_and_is_not_repeated_here() {
    let (sent, seen) = send(Answer::HangUp).await;
    let failure = sent.unwrap_err();
    assert_eq!(failure.retry, Retry::Later);
    assert_eq!(std::error::Error::source(&failure).unwrap().to_string(), "no answer from ses");
    assert_eq!(seen.len(), 1);
}

/// The defect that the tests above have to catch: leaving repeats to the SDK sends one letter several times.
#[tokio::test]
async fn twin_a_mailer_that_leaves_retries_on_sends_more_than_once() {
    let peer = Peer::answering(Answer::Error(503, "ServiceUnavailable"));
    let request = client(&peer).send_email().from_email_address("bookings@example.org");
    assert!(request.send().await.is_err());
    assert!(peer.requests().len() > 1);
}
