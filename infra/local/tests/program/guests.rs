//! What guests do with the program, and what they find in their mail.

use std::time::Duration;

use serde_json::{Value, json};

use crate::http::{Caller, Reply};

/// The free starts of a meeting type on one date in London.
pub fn free(caller: Caller, slug: &str, date: &str) -> Vec<String> {
    let path = format!("/v1/meeting-types/{slug}/slots?from={date}&to={date}&time_zone=Europe/London");
    let listed = caller.get(&path).json();
    let slots = |day: &Value| day["slots"].as_array().cloned().unwrap_or_default();
    let days = listed["days"].as_array().unwrap();
    days.iter().flat_map(slots).map(|slot| slot.as_str().unwrap().to_owned()).collect()
}

/// A wish for a meeting.
#[derive(Clone, Debug)]
pub struct Wish {
    pub key: String,
    pub slug: &'static str,
    pub start: String,
    pub email: String,
    pub client: String,
}

impl Wish {
    /// The wish of guest number `guest`, who has an address and a network address of their own.
    pub fn of(guest: usize, slug: &'static str, start: &str) -> Self {
        Self {
            key: format!("wish-of-guest-{guest:04}"),
            slug,
            start: start.to_owned(),
            email: format!("guest-{guest}@example.net"),
            client: format!("198.51.{}.{}", guest / 200, guest % 200 + 1),
        }
    }

    pub fn send(&self, caller: Caller) -> Reply {
        self.try_send(caller).unwrap_or_else(|error| panic!("{self:?}: {error}"))
    }

    pub fn try_send(&self, caller: Caller) -> std::io::Result<Reply> {
        let body = json!({
            "meeting_type": self.slug,
            "start": self.start,
            "time_zone": "Europe/London",
            "attendee": { "name": "Grace", "email": self.email },
        });
        let headers = [
            ("Content-Type", "application/json"),
            ("Idempotency-Key", self.key.as_str()),
            ("X-Forwarded-For", self.client.as_str()),
        ];
        caller.try_send("POST", "/v1/bookings", &headers, &body.to_string())
    }
}

/// The booking of a reply and the secret of its link: what is the same whatever port the program has.
pub fn booked(reply: &Reply) -> (Value, String) {
    let body = reply.json();
    let (_, secret) = body["manage_url"].as_str().and_then(|url| url.split_once('#')).unwrap();
    (body["booking"].clone(), secret.to_owned())
}

/// Every letter, newest first.
pub fn inbox(caller: Caller) -> Vec<Value> {
    caller.get("/_local/inbox.json").json().as_array().unwrap().clone()
}

/// The inbox once it holds `count` letters; whatever it holds after five seconds.
pub fn inbox_of(caller: Caller, count: usize) -> Vec<Value> {
    for _ in 0..100 {
        let letters = inbox(caller);
        if letters.len() >= count {
            return letters;
        }
        pause(50);
    }
    inbox(caller)
}

/// Whom the letters went to, in order.
pub fn recipients(letters: &[Value]) -> Vec<&str> {
    let mut to: Vec<&str> = letters.iter().map(|letter| letter["to"][0].as_str().unwrap()).collect();
    to.sort_unstable();
    to
}

/// Moves the clock ahead.
pub fn advance(caller: Caller, secs: u64) {
    let moved = caller.post("/_local/clock", &[], &json!({ "advance_seconds": secs }));
    assert_eq!(moved.status, 200, "{moved:?}");
}

/// Tests of a running program wait for real time.
#[expect(clippy::disallowed_methods, reason = "the program under test has a clock of its own")]
pub fn pause(ms: u64) {
    std::thread::sleep(Duration::from_millis(ms));
}
