//! What goes over the wire, and what comes of the answers.

use openslot_domain::booking::Booking;
use openslot_usecases::ports::{DomainEventKind, Retry};
use serde_json::{Value, json};

use crate::peer::{Answer, publish};
use crate::world::{bare, event, events, full, paragraphs};

#[tokio::test]
async fn an_event_goes_to_its_bus_under_its_kind() {
    let cancelled = &events(&bare())[4];
    let (published, seen) = publish(Answer::Taken, cancelled).await;
    published.unwrap();
    assert_eq!((seen.len(), seen[0].target.as_str()), (1, "awsevents.putevents"));
    let [entry] = &seen[0].body["Entries"].as_array().unwrap()[..] else { panic!("one entry a call") };
    let mut entry = entry.clone();
    let detail: Value = serde_json::from_str(entry["Detail"].as_str().unwrap()).unwrap();
    entry["Detail"] = Value::Null;
    let expected = json!({
        "Source": "openslot",
        "DetailType": "booking.cancelled",
        "EventBusName": "meetings",
        "Time": 1_771_668_000.125,
        "Detail": null,
    });
    assert_eq!(entry, expected);
    let expected = json!({
        "version": 1,
        "id": "b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0#1",
        "kind": "booking.cancelled",
        "at": "2026-02-21T10:00:00Z",
        "booking": {
            "id": "b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0",
            "revision": 1,
            "state": "cancelled",
            "meeting_type": { "slug": "intro", "title": "Introduction" },
            "start": "2026-03-03T13:30:00Z",
            "end": "2026-03-03T14:00:00Z",
            "time_zone": "America/New_York",
            "hosts": [{ "id": "ada", "name": "Ada Lovelace" }],
            "attendee": { "name": "Grace Hopper", "email": "grace@example.net" },
            "guests": [],
            "answers": {},
            "location": { "kind": "google_meet" },
            "source": {},
            "created_at": "2026-02-20T08:15:00Z",
            "cancelled": { "by": "host", "reason": "Something came up.", "at": "2026-02-21T10:00:00Z" },
        },
    });
    assert_eq!(detail, expected);
}

/// Two reminders of one revision are two events; the same one is the same however often it is told.
#[test]
fn an_id_tells_events_apart() {
    let id = |kind, booking: Booking| event(kind, booking).id().to_string();
    let later = Booking { revision: 7, ..bare() };
    assert_eq!(id(DomainEventKind::Confirmed, later.clone()), "b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0#7");
    let reminded = |mins_before| id(DomainEventKind::Reminded { mins_before }, later.clone());
    assert_eq!(reminded(60), "b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0#7#remind-60");
    assert_ne!(reminded(60), reminded(1440));
}

#[tokio::test]
async fn a_refusal_is_final_only_if_the_event_is_at_fault() {
    let check = async |answer: Answer, retry, says: &str| {
        let (published, seen) = publish(answer, &event(DomainEventKind::Confirmed, bare())).await;
        let failure = published.unwrap_err();
        assert_eq!(failure.retry, retry, "{says}");
        assert_eq!(failure.cause().to_string(), says);
        assert_eq!(seen.len(), 1);
    };
    for code in ["MalformedDetail", "InvalidArgument", "NotAuthorizedForSourceException"] {
        check(Answer::Entry(code), Retry::Never, &format!("eventbridge refused the event: {code}")).await;
    }
    for code in ["ThrottlingException", "InternalFailure", "AccessDeniedException", "SomethingNew"] {
        check(Answer::Entry(code), Retry::Later, &format!("eventbridge refused the event: {code}")).await;
    }
    check(
        Answer::Error(400, "ValidationException"),
        Retry::Never,
        "eventbridge refused: ValidationException",
    )
    .await;
    for (status, code) in [
        (400, "ThrottlingException"),
        (400, "AccessDeniedException"),
        (500, "InternalException"),
        (503, "ServiceUnavailable"),
    ] {
        check(Answer::Error(status, code), Retry::Later, &format!("eventbridge refused: {code}")).await;
    }
    check(Answer::HangUp, Retry::Later, "no answer from eventbridge").await;
}

/// What a guest may write comes to far less; what is larger all the same is set aside instead of being tried.
#[tokio::test]
async fn an_event_larger_than_a_bus_takes_is_not_tried() {
    let with_note = |bytes: usize| {
        let note = Some(paragraphs(&"\"".repeat(bytes)));
        event(DomainEventKind::Confirmed, Booking { note, ..full() })
    };
    let (published, _) = publish(Answer::Taken, &with_note(16 * 1024)).await;
    published.unwrap();
    let (published, _) = publish(Answer::Taken, &with_note(127 * 1024)).await;
    published.unwrap();
    let (published, seen) = publish(Answer::Taken, &with_note(128 * 1024)).await;
    assert_eq!((published.unwrap_err().retry, seen.len()), (Retry::Never, 0));
}

/// Whoever hears an event must not be able to act for the attendee.
#[tokio::test]
async fn nothing_that_opens_a_booking_is_in_an_event() {
    for event in events(&full()) {
        let (published, seen) = publish(Answer::Taken, &event).await;
        published.unwrap();
        let text = seen[0].body.to_string();
        for secret in ["nonce", "manage", "hash", "operations", "counts", "ada@team"] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }
}
