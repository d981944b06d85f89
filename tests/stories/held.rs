//! A booking in the hands of whoever holds its manage link.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::office::{Office, Reply};

/// The link of a booking, and the office it leads to.
pub struct Held<'a> {
    pub office: &'a Office,
    pub id: String,
    pub mac: String,
}

impl<'a> Held<'a> {
    /// Takes the link out of the reply to a booking.
    pub fn of(office: &'a Office, booked: &Reply) -> Self {
        let url = booked.json()["manage_url"].as_str().unwrap().to_owned();
        let link = url.strip_prefix("https://meet.example.org/manage/#").unwrap();
        let (id, mac) = link.split_once('.').unwrap();
        Self { office, id: id.to_owned(), mac: mac.to_owned() }
    }

    /// Books as Grace, and holds the link.
    pub fn booked(office: &'a Office, start: &str) -> Self {
        Self::of(office, &office.book("key-00000001", &crate::office::wish(start)))
    }

    pub fn link(&self) -> String {
        format!("Manage {}.{}", self.id, self.mac)
    }

    pub fn show(&self) -> Reply {
        let request = Request::get(format!("/v1/bookings/{}", self.id)).header("authorization", self.link());
        self.office.send(request.body(Body::empty()).unwrap())
    }

    pub fn cancel(&self, key: &str, body: &Value) -> Reply {
        self.office.send(post(&self.id, "cancel", &self.link(), key, body))
    }

    pub fn reschedule(&self, key: &str, body: &Value) -> Reply {
        self.office.send(post(&self.id, "reschedule", &self.link(), key, body))
    }

    /// Moves to this start, in New York.
    pub fn to(&self, key: &str, start: &str) -> Reply {
        self.reschedule(key, &json!({"start": start, "time_zone": "America/New_York"}))
    }

    pub fn slots(&self, query: &str) -> Reply {
        let request = Request::get(format!("/v1/bookings/{}/slots?{query}", self.id));
        self.office.send(request.header("authorization", self.link()).body(Body::empty()).unwrap())
    }
}

/// A request to change a booking, by whatever link.
pub fn post(id: &str, verb: &str, link: &str, key: &str, body: &Value) -> Request<Body> {
    let request =
        Request::post(format!("/v1/bookings/{id}/{verb}")).header("content-type", "application/json");
    let request = request.header("authorization", link).header("idempotency-key", key);
    request.body(Body::from(body.to_string())).unwrap()
}
