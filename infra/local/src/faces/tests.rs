//! The faces, as the real adapters and SDK clients see them.

use std::sync::Arc;

use chrono_tz::Tz;
use openslot_domain::booking::{Attendee, BookedHost, Booking, Inviter, Source, State as Standing, Step};
use openslot_domain::ids::BookingId;
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Location, LocationKind};
use openslot_domain::text::Line;
use openslot_eventbridge::Bus;
use openslot_kms::Kms;
use openslot_ses::Mailer;
use openslot_usecases::ports::{
    DomainEvent, DomainEventKind, Failure, KeyPurpose, NewDataKey, Outgoing, PublishEvent, Retry, SendLetter,
    UnwrapDataKey,
};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{KEY_ARN, LocalKms, LocalSes, OWN_BUS, Services, router};
use crate::aws;
use crate::clock::Clock;
use crate::listeners::behind;
use crate::state::State;

/// Faces on a port of their own, and what they keep.
struct Faces {
    endpoint: String,
    state: Arc<State>,
    _serving: JoinSet<()>,
}

async fn faces() -> Faces {
    let state = Arc::new(State::in_memory().unwrap());
    let clock = Clock::open(Arc::clone(&state)).unwrap();
    let ses =
        LocalSes { sender: "team@example.org".parse().unwrap(), configuration_set: "openslot".to_owned() };
    let services = Services { kms: LocalKms::new(&[7; 32]), ses, state: Arc::clone(&state), clock };
    let (listener, endpoint) = behind().await.unwrap();
    let mut serving = JoinSet::new();
    serving.spawn(async move { axum::serve(listener, router(services)).await.unwrap() });
    Faces { endpoint, state, _serving: serving }
}

#[tokio::test]
async fn a_data_key_opens_for_its_purpose_only() {
    let faces = faces().await;
    let kms = Kms::new(aws::kms(&faces.endpoint), KEY_ARN);
    let (key, blob) = kms.new_data_key(KeyPurpose::ManageLinks).await.unwrap();
    let opened = kms.unwrap_data_key(KeyPurpose::ManageLinks, &blob).await.unwrap();
    assert_eq!(opened.mac(&[b"same"]), key.mac(&[b"same"]));

    let refused = |opened: Result<_, Failure>| opened.map(drop).unwrap_err().retry;
    let moved = kms.unwrap_data_key(KeyPurpose::GuestRows, &blob).await;
    assert_eq!(refused(moved), Retry::Never);
    let mut tampered = blob.clone();
    *tampered.last_mut().unwrap() ^= 1;
    let tampered = kms.unwrap_data_key(KeyPurpose::ManageLinks, &tampered).await;
    assert_eq!(refused(tampered), Retry::Never);
    let other = Kms::new(aws::kms(&faces.endpoint), "alias/other");
    assert_eq!(refused(other.unwrap_data_key(KeyPurpose::ManageLinks, &blob).await), Retry::Never);

    let (_, second) = kms.new_data_key(KeyPurpose::ManageLinks).await.unwrap();
    assert_ne!(blob, second);
}

#[tokio::test]
async fn where_nobody_answers_one_may_ask_again() {
    let (listener, endpoint) = behind().await.unwrap();
    drop(listener);
    let kms = Kms::new(aws::kms(&endpoint), KEY_ARN);
    let failed = kms.new_data_key(KeyPurpose::ManageLinks).await.map(drop).unwrap_err();
    assert_eq!(failed.retry, Retry::Later);
}

fn letter(from: &str) -> Outgoing {
    Outgoing {
        from: from.parse().unwrap(),
        to: "ada@example.net".parse().unwrap(),
        raw: format!("From: {from}\r\nTo: ada@example.net\r\nSubject: Hi\r\n\r\nHello.\r\n").into_bytes(),
        tag: "abc_-123".to_owned(),
    }
}

#[tokio::test]
async fn a_letter_is_kept_with_its_tagged_event() {
    let faces = faces().await;
    let mailer = Mailer::new(aws::ses(&faces.endpoint), Some("openslot".to_owned()));
    let sent = mailer.send_letter(&letter("team@example.org")).await.unwrap();
    let [mail] = &faces.state.mails().unwrap()[..] else { panic!("one mail is kept") };
    assert_eq!((&mail.id, &mail.raw), (&sent.message_id, &letter("team@example.org").raw));
    let [owed] = &faces.state.owed_events().unwrap()[..] else { panic!("one event is owed") };
    assert_eq!(owed.event["detail"]["mail"]["tags"]["effect"], json!(["abc_-123"]));

    let refused = mailer.send_letter(&letter("other@example.org")).await.unwrap_err();
    assert_eq!(refused.retry, Retry::Never);
    assert_eq!(faces.state.mails().unwrap().len(), 1);
}

/// What `PutEvents` answers to these entries.
async fn put(faces: &Faces, entries: Value) -> Value {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let body = json!({ "Entries": entries }).to_string();
    let address = faces.endpoint.strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nX-Amz-Target: AWSEvents.PutEvents\r\n\
         Content-Type: application/x-amz-json-1.1\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    serde_json::from_str(reply.split_once("\r\n\r\n").unwrap().1).unwrap()
}

fn entry(source: &str, detail: &str, bus: &str) -> Value {
    json!({ "Source": source, "DetailType": "booking.confirmed", "Detail": detail, "EventBusName": bus })
}

#[tokio::test]
async fn each_event_is_taken_or_refused_for_itself() {
    let faces = faces().await;
    let entries = json!([
        entry("openslot", "{}", "openslot"),
        entry("openslot", "[]", "default"),
        entry("openslot", "{", "default"),
        entry("", "{}", "default"),
        entry("aws.ses", "{}", "default"),
        entry("openslot", "{}", "other"),
    ]);
    let answer = put(&faces, entries).await;
    assert_eq!(answer["FailedEntryCount"], 5);
    assert_eq!(answer["Entries"][0]["EventId"].as_str().unwrap().len(), 36);
    let codes: Vec<&str> = answer["Entries"].as_array().unwrap()[1..]
        .iter()
        .map(|entry| entry["ErrorCode"].as_str().unwrap())
        .collect();
    assert_eq!(
        codes,
        [
            "MalformedDetail",
            "MalformedDetail",
            "InvalidArgument",
            "NotAuthorizedForSourceException",
            "InvalidArgument"
        ]
    );
    assert_eq!(faces.state.owed_events().unwrap(), [], "no rule sends these to anybody");
    let told = faces.state.told_events().unwrap();
    assert_eq!(told.len(), 1, "what was refused, or went elsewhere, was not told");
    assert_eq!(told[0]["id"], answer["Entries"][0]["EventId"]);

    for entries in [json!([]), Value::from(vec![entry("openslot", "{}", "default"); 11])] {
        assert_eq!(put(&faces, entries).await["__type"], "ValidationException");
    }
}

#[tokio::test]
async fn an_event_of_a_booking_is_told_on_its_own_bus() {
    let faces = faces().await;
    let bus = Bus::new(aws::eventbridge(&faces.endpoint), OWN_BUS);
    let booking = Box::new(booking());
    let event = DomainEvent { kind: DomainEventKind::Confirmed, at: booking.created_at, booking };
    bus.publish_event(&event).await.unwrap();
    let [told] = &faces.state.told_events().unwrap()[..] else { panic!("one event is kept") };
    assert_eq!((&told["source"], &told["detail-type"]), (&json!("openslot"), &json!("booking.confirmed")));
    assert_eq!(told["time"], "2026-02-20T08:15:00Z");
    assert_eq!(told["detail"]["id"], event.id().to_string());

    let nowhere = Bus::new(aws::eventbridge(&faces.endpoint), "other");
    assert_eq!(nowhere.publish_event(&event).await.unwrap_err().retry, Retry::Never);
}

fn booking() -> Booking {
    let line = |text| Line::new(text, 80).unwrap();
    let created_at = "2026-02-20T08:15:00Z".parse().unwrap();
    Booking {
        id: BookingId::from_bytes([7; 16]),
        revision: 0,
        state: Standing::Confirmed,
        meeting_type: "demo".parse().unwrap(),
        title: line("Demo"),
        core: Interval::lasting("2026-03-03T13:30:00Z".parse().unwrap(), 30).unwrap(),
        before_mins: 0,
        after_mins: 0,
        time_zone: Tz::UTC,
        locale: None,
        hosts: vec![BookedHost {
            id: "ada".parse().unwrap(),
            name: line("Ada"),
            email: "ada@example.org".parse().unwrap(),
            time_zone: Tz::UTC,
        }],
        attendee: Attendee { name: line("Grace"), email: "grace@example.net".parse().unwrap(), phone: None },
        guests: Vec::new(),
        answers: Vec::new(),
        note: None,
        source: Source::default(),
        location: Location { kind: LocationKind::ToBeAgreed, detail: None },
        created_at,
        reminders_mins: vec![1440],
        nonce: [1; 16],
        request_hash: [2; 32],
        counts_seen: Vec::new(),
        inviter: Inviter::Letters,
        history: vec![Step::booked(created_at)],
        operations: Vec::new(),
        version: 1,
    }
}
