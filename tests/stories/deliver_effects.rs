//! What a booking owes is paid by the events that the functions get.

use chrono::TimeDelta;
use futures::executor::block_on;
use openslot_domain::effects::{EffectKey, Queue};
use openslot_dynamodb::place_of;
use openslot_fakes::MailFault;
use serde_json::{Value, json};

use crate::office::{MONDAY_NINE, Office, wish};
use crate::shared::Shared;

/// The stream's records of newly owed work.
fn streamed(keys: &[EffectKey]) -> Value {
    let record = |(number, key): (usize, &EffectKey)| {
        let (pk, sk) = place_of(key);
        json!({
            "eventID": format!("{number:032x}"),
            "eventName": "INSERT",
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": "eu-west-1",
            "dynamodb": {
                "ApproximateCreationDateTime": 1_795_341_600,
                "Keys": {"PK": {"S": pk}, "SK": {"S": sk}},
                "SequenceNumber": format!("{number}"),
                "SizeBytes": 120,
                "StreamViewType": "KEYS_ONLY",
            },
            "eventSourceARN": "arn:aws:dynamodb:eu-west-1:123456789012:table/openslot/stream/x",
        })
    };
    json!({"Records": keys.iter().enumerate().map(record).collect::<Vec<_>>()})
}

fn owed(office: &Office) -> Vec<EffectKey> {
    office
        .store
        .look(|contents| contents.effects.keys().filter(|key| key.queue() == Queue::Owed).cloned().collect())
}

fn recipients(office: &Office) -> Vec<String> {
    let mut to: Vec<String> = office.mail.sent().iter().map(|sent| sent.letter.to.to_string()).collect();
    to.sort();
    to
}

#[test]
fn the_stream_pays_within_its_batches() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    assert_eq!(recipients(&office), Vec::<String>::new(), "nothing leaves before the stream speaks");
    let mut batches = 0;
    while !owed(&office).is_empty() {
        let reply = block_on(office.deliver.handle(streamed(&owed(&office)))).unwrap();
        assert_eq!(reply, json!({"batchItemFailures": []}));
        batches += 1;
    }
    assert_eq!(batches, 2, "the announcement, then its letters and its event");
    assert_eq!(recipients(&office), ["ada@example.org", "grace@example.com"]);
    let id = office.store.look(|contents| contents.bookings.keys().next().unwrap().to_string());
    assert_eq!(office.bus.headlines(), [("booking.confirmed", format!("{id}#0"))]);
}

#[test]
fn the_schedule_pays_what_the_stream_missed() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    office.advance(TimeDelta::minutes(1));
    office.minute();
    assert_eq!(recipients(&office), ["ada@example.org", "grace@example.com"]);
    office.minute();
    assert_eq!(office.mail.sent().len(), 2, "nothing is sent twice");
}

/// The language of the page goes with the booking into letter, calendar file and links; the host's stays English.
#[test]
fn somebody_who_booked_in_german_reads_german() {
    let office = Office::open();
    let mut body = wish(MONDAY_NINE);
    body["locale"] = "de-DE".into();
    let booked = office.book("key-00000001", &body).json();
    office.advance(TimeDelta::minutes(1));
    office.minute();
    let raw = |to: &str| {
        let sent = office.mail.sent();
        let letter = sent.iter().find(|sent| sent.letter.to.as_str() == to).unwrap();
        String::from_utf8(letter.letter.raw.clone()).unwrap()
    };
    let holds = |text: &str, words: &str| assert!(text.contains(words), "{words}: {text}");
    holds(&raw("grace@example.com"), "Ihr Termin ist gebucht: Introduction mit Host ada.");
    holds(&raw("ada@example.org"), "Grace Hopper booked Introduction with you.");
    let calendar = |link: &str| booked["calendar"][link].as_str().unwrap().to_owned();
    let file = office.get(calendar("ics_url").strip_prefix("https://meet.example.org").unwrap());
    holds(file.text(), "SUMMARY:Introduction mit Host ada\r\n");
    holds(&calendar("google_url"), "&text=Introduction%20mit%20Host%20ada&");
}

#[test]
fn a_letter_that_went_out_unnoticed_is_not_sent_again() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    office.advance(TimeDelta::minutes(1));
    office.mail.set_fault(MailFault::SentButFailed);
    office.minute();
    office.mail.set_fault(MailFault::None);
    let sent = office.mail.sent();
    assert_eq!(sent.len(), 2);

    // SES says so by its event.
    for letter in &sent {
        let event = json!({
            "version": "0",
            "detail-type": "Email Sent",
            "source": "aws.ses",
            "detail": {
                "eventType": "Send",
                "mail": {"messageId": letter.message_id, "tags": {"effect": [letter.letter.tag]}},
                "send": {},
            },
        });
        let store = Shared(office.store.clone());
        block_on(openslot_record_mail_events::handle(&store, event)).unwrap();
    }
    for _ in 0..10 {
        office.advance(TimeDelta::minutes(1));
        office.minute();
    }
    assert_eq!(office.mail.sent().len(), 2);
    assert!(owed(&office).is_empty());
}

#[test]
fn without_the_event_it_is_sent_again() {
    let office = Office::open();
    office.book("key-00000001", &wish(MONDAY_NINE));
    office.advance(TimeDelta::minutes(1));
    office.mail.set_fault(MailFault::SentButFailed);
    office.minute();
    office.mail.set_fault(MailFault::None);
    for _ in 0..10 {
        office.advance(TimeDelta::minutes(1));
        office.minute();
    }
    assert_eq!(office.mail.sent().len(), 4, "the story above would pass otherwise");
}

#[test]
fn what_is_no_event_is_said_to_be_none() {
    let office = Office::open();
    assert!(block_on(office.deliver.handle(json!({"Records": [{"eventName": "INSERT"}]}))).is_err());
    assert!(block_on(office.deliver.handle(json!({"detail": {}}))).is_err(), "the schedule is another's");
    let store = Shared(office.store.clone());
    assert!(block_on(openslot_record_mail_events::handle(&store, json!({"detail": {}}))).is_err());
    let strangers = json!({"Records": [{
        "eventName": "INSERT",
        "dynamodb": {"Keys": {"PK": {"S": "H#ada"}, "SK": {"S": "D#20261123"}}, "SequenceNumber": "1"},
    }]});
    let reply = block_on(office.deliver.handle(strangers)).unwrap();
    assert_eq!(reply, json!({"batchItemFailures": []}));
}
