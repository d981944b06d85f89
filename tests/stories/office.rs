//! A small installation, and how one talks to it.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures::executor::block_on;
use lambda_http::tower::ServiceExt;
use openslot_create_booking::CreateBooking;
use openslot_deliver_effects::DeliverEffects;
use openslot_domain::host::Host;
use openslot_domain::limits::{Limits, Scope};
use openslot_domain::meeting_type::MeetingType;
use openslot_edge::{ClientAddress, http};
use openslot_fakes::{Contents, FakeKms, Listener, MemoryStore, Outbox, Seeded, StoppedClock};
use openslot_letters::Site;
use openslot_list_slots::ListSlots;
use openslot_manage_booking::ManageBooking;
use openslot_manage_team::ManageTeam;
use openslot_send_reminders::SendReminders;
use openslot_tests::support::samples::{at, host, line, meeting_type};
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::{
    Clock, DomainEvent, Entropy, Failure, Outgoing, Pause, PublishEvent, SaveHost, SaveMeetingType, Saved,
    SendLetter, SentLetter,
};
use serde_json::{Value, json};

use crate::shared::Shared;

/// A Sunday: the next morning can be booked.
pub const NOW: &str = "2026-11-22T10:00:00Z";
/// A free time on that morning.
pub const MONDAY_NINE: &str = "2026-11-23T09:00:00+00:00";

/// Time and chance, the same for every function.
#[derive(Clone)]
pub struct World {
    clock: Arc<StoppedClock>,
    chance: Arc<Seeded>,
}

impl Clock for World {
    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}

impl Pause for World {
    async fn pause(&self, duration: Duration) {
        self.clock.pause(duration).await;
    }
}

impl Entropy for World {
    fn fill(&self, bytes: &mut [u8]) {
        self.chance.fill(bytes);
    }
}

/// The mail service, as functions and tests hold it.
#[derive(Clone)]
pub struct Mail(pub Arc<Outbox>);

impl SendLetter for Mail {
    async fn send_letter(&self, letter: &Outgoing) -> Result<SentLetter, Failure> {
        self.0.send_letter(letter).await
    }
}

/// The bus, as functions and tests hold it.
#[derive(Clone)]
pub struct Bus(pub Arc<Listener>);

impl PublishEvent for Bus {
    async fn publish_event(&self, event: &DomainEvent) -> Result<(), Failure> {
        self.0.publish_event(event).await
    }
}

/// The installation.
pub struct Office {
    pub store: Arc<MemoryStore>,
    pub mail: Arc<Outbox>,
    pub world: World,
    pub router: Router,
    pub bus: Arc<Listener>,
    pub deliver: DeliverEffects<Shared, World, FakeKms, Mail, Bus>,
    pub remind: SendReminders<Shared, World, FakeKms, Mail, Bus>,
}

impl Office {
    /// Ada in London alone takes introductions.
    pub fn open() -> Self {
        Self::with(&[host("ada", Tz::Europe__London)], &[meeting_type("intro", &["ada"])])
    }

    pub fn with(hosts: &[Host], types: &[MeetingType]) -> Self {
        Self::behind(ClientAddress::Direct, hosts, types)
    }

    pub fn behind(clients: ClientAddress, hosts: &[Host], types: &[MeetingType]) -> Self {
        let store = Arc::new(MemoryStore::new());
        for host in hosts {
            assert_eq!(block_on(store.save_host(host, None)).unwrap(), Saved::Done);
        }
        for meeting_type in types {
            assert_eq!(block_on(store.save_meeting_type(meeting_type, None)).unwrap(), Saved::Done);
        }
        let world = World { clock: Arc::new(StoppedClock::at(at(NOW))), chance: Arc::new(Seeded::new(1)) };
        let mail = Arc::new(Outbox::new());
        let bus = Arc::new(Listener::new());
        let deliver = DeliverEffects {
            store: Shared(Arc::clone(&store)),
            world: world.clone(),
            keyring: keyring(),
            mailer: Mail(Arc::clone(&mail)),
            bus: Bus(Arc::clone(&bus)),
            site: site(),
        };
        let remind = SendReminders {
            store: Shared(Arc::clone(&store)),
            world: world.clone(),
            keyring: keyring(),
            mailer: Mail(Arc::clone(&mail)),
            bus: Bus(Arc::clone(&bus)),
            site: site(),
        };
        let router = http::finish(routes(&Shared(Arc::clone(&store)), &world), clients);
        Self { store, mail, world, router, bus, deliver, remind }
    }

    pub fn advance(&self, by: TimeDelta) {
        self.world.clock.advance(by);
    }

    /// The schedule calls.
    pub fn minute(&self) -> Value {
        let event = json!({
            "version": "0",
            "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
            "detail-type": "Scheduled Event",
            "source": "aws.events",
            "account": "123456789012",
            "time": "2026-11-22T10:01:00Z",
            "region": "eu-west-1",
            "resources": ["arn:aws:events:eu-west-1:123456789012:rule/openslot-every-minute"],
            "detail": {},
        });
        block_on(self.remind.handle(event)).unwrap().answer()
    }

    /// What went out so far, by recipient and subject.
    pub fn letters(&self) -> Vec<String> {
        let subject = |raw: &[u8]| {
            let text = String::from_utf8_lossy(raw).replace("\r\n ", " ");
            text.lines().find_map(|line| line.strip_prefix("Subject: ").map(str::to_owned)).unwrap()
        };
        let sent = self.mail.sent();
        let mut letters: Vec<String> =
            sent.iter().map(|sent| format!("{}: {}", sent.letter.to, subject(&sent.letter.raw))).collect();
        letters.sort();
        letters
    }

    /// Sends a request. Whatever the answer is, it has to bear the marks of every answer.
    pub fn send(&self, request: Request<Body>) -> Reply {
        send(&self.router, request)
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap())
    }

    /// Books under a key, from an address of its own.
    pub fn book(&self, key: &str, body: &Value) -> Reply {
        self.book_from("192.0.2.1", key, body)
    }

    pub fn book_from(&self, address: &str, key: &str, body: &Value) -> Reply {
        let request = Request::post("/v1/bookings")
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .header("x-forwarded-for", address);
        self.send(request.body(Body::from(body.to_string())).unwrap())
    }

    /// The store without what a request leaves even if it is refused: the count of its address, and the keys that
    /// such counts are made with.
    pub fn kept(&self) -> Contents {
        let mut contents = self.store.snapshot();
        contents.counters.retain(|key, count| key.scope != Scope::Address && *count > 0);
        contents.keys.clear();
        contents
    }
}

fn routes(store: &Shared, world: &World) -> Router {
    let create = CreateBooking {
        store: store.clone(),
        world: world.clone(),
        keyring: keyring(),
        limits: Limits::default(),
        site: site(),
    };
    let manage = ManageBooking::new(store.clone(), world.clone(), keyring(), Limits::default(), site());
    let team = ManageTeam { store: store.clone(), world: world.clone() };
    openslot_list_slots::router(Arc::new(ListSlots::new(store.clone(), world.clone())))
        .merge(openslot_create_booking::router(Arc::new(create)))
        .merge(openslot_manage_booking::router(Arc::new(manage)))
        .merge(openslot_manage_team::router(Arc::new(team)))
}

/// Each function opens the same keys for itself.
fn keyring() -> Keyring<FakeKms> {
    Keyring::new(FakeKms::new(1))
}

pub fn site() -> Site {
    Site {
        base_url: "https://meet.example.org".to_owned(),
        sender: "meet@example.org".parse().unwrap(),
        sender_name: line("Example Team"),
    }
}

/// What Grace sends to have an introduction.
pub fn wish(start: &str) -> Value {
    json!({
        "meeting_type": "intro",
        "start": start,
        "time_zone": "America/New_York",
        "attendee": {"name": "Grace Hopper", "email": "grace@example.com"},
    })
}

/// The same of somebody else.
pub fn wish_of(email: &str, start: &str) -> Value {
    let mut body = wish(start);
    body["attendee"]["email"] = email.into();
    body
}

/// What every answer says to browsers.
const MARKS: [&str; 8] = [
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
];

pub fn is_marked(headers: &HeaderMap) -> bool {
    MARKS.iter().all(|name| headers.contains_key(*name)) && headers.contains_key("cache-control")
}

/// An answer, read to its end.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

pub fn send(router: &Router, request: Request<Body>) -> Reply {
    let response = block_on(router.clone().oneshot(request)).unwrap_or_else(|never| match never {});
    let (parts, body) = response.into_parts();
    let body = block_on(to_bytes(body, usize::MAX)).unwrap().to_vec();
    assert!(is_marked(&parts.headers), "a reply lacks its marks: {:?}", parts.headers);
    Reply { status: parts.status, headers: parts.headers, body }
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// `409 /problems/slot-taken`, and then whatever the problem has to say of its own.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        let mut text = format!("{} {}", self.status.as_u16(), problem["type"].as_str().unwrap());
        for error in problem["errors"].as_array().into_iter().flatten() {
            let said = |name: &str| error[name].as_str().unwrap();
            write!(text, "\n{} {}: {}", said("pointer"), said("code"), said("detail")).unwrap();
        }
        for name in ["reason", "alternatives"] {
            problem.get(name).into_iter().for_each(|value| write!(text, "\n{name} {value}").unwrap());
        }
        if let Some(secs) = self.headers.get("retry-after") {
            write!(text, "\nRetry-After {}", secs.to_str().unwrap()).unwrap();
        }
        text
    }

    /// Everything that came, for eyes: status, headers by name, body.
    pub fn whole(&self) -> String {
        let mut headers: Vec<String> =
            self.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        headers.sort();
        format!("{}\n{}\n\n{}", self.status, headers.join("\n"), self.pretty())
    }

    /// Status and body.
    pub fn brief(&self) -> String {
        format!("{}\n{}", self.status, self.pretty())
    }

    fn pretty(&self) -> String {
        match serde_json::from_slice::<Value>(&self.body) {
            Ok(json) => serde_json::to_string_pretty(&json).unwrap(),
            Err(_) => self.text().to_owned(),
        }
    }
}
