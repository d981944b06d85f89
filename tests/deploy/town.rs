//! Who lives in the stories, and how they talk to the deployment.

use chrono::{DateTime, SubsecRound, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::{Booking, State};
use openslot_domain::effects::EffectKey;
use openslot_domain::host::Host;
use openslot_domain::hours::{Schedule, WallRange, Weekly};
use openslot_domain::login::{Login, Role};
use openslot_domain::meeting_type::{MeetingType, Mode};
use openslot_tests::support::samples::{booking, host, host_id, meeting_type, people, plan_in};
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::{Claim, ClaimEffect, Commit, CommitBooking, PutLogin};
use serde_json::{Value, json};

use crate::deployment::{Deployment, Reply, SITE, now};
use crate::events::Request;

pub const ISSUER: &str = "https://login.example.org";
pub const GRACE: &str = "grace@example.com";
pub const GUEST: &str = "jean@example.com";

/// Somebody who works at any hour, so that the machine's clock can show what it likes.
pub fn tireless(id: &str) -> Host {
    let mut weekly = Weekly::default();
    for day in chrono::Weekday::try_from(0).into_iter().flat_map(days_from) {
        weekly.set(day, vec![WallRange::DAY]);
    }
    let whole = Schedule { zone: Tz::UTC, weekly, overrides: std::collections::BTreeMap::new() };
    Host { schedule: whole, ..host(id, Tz::UTC) }
}

fn days_from(first: chrono::Weekday) -> impl Iterator<Item = chrono::Weekday> {
    std::iter::successors(Some(first), |day| Some(day.succ())).take(7)
}

/// Ada takes introductions and, if she likes them, requests; Ada and Bob interview together, one a day.
pub fn types() -> [MeetingType; 3] {
    let mut together = meeting_type("panel", &["ada", "bob"]);
    together.mode = Mode::Collective;
    together.caps.per_day = Some(1);
    let asked = MeetingType { requires_approval: true, ..meeting_type("mentoring", &["ada"]) };
    [meeting_type("intro", &["ada"]), together, asked]
}

/// A deployment with Ada, Bob and what they offer. Ada may sign in; Bob looks after everybody.
pub async fn town() -> Deployment {
    let deployment = Deployment::of(&[tireless("ada"), tireless("bob")], &types()).await;
    for (id, role) in [("ada", Role::Member), ("bob", Role::Admin)] {
        let login = Login { host: host_id(id), role };
        let put = deployment.table.put_login(&LoginKey::of(ISSUER, id), &login).await;
        put.expect("the table is there");
    }
    deployment
}

/// The beginning of the hour that is this many hours from now: far enough for whatever takes a while.
pub fn in_hours(hours: i64) -> DateTime<Utc> {
    let then = now().trunc_subsecs(0) + TimeDelta::hours(hours + 1);
    then.with_minute(0).and_then(|then| then.with_second(0)).expect("every hour begins")
}

/// What Grace sends to book.
pub fn wish(meeting_type: &str, start: DateTime<Utc>) -> Value {
    json!({
        "meeting_type": meeting_type,
        "start": start.to_rfc3339(),
        "time_zone": "America/New_York",
        "attendee": { "name": "Grace Hopper", "email": GRACE, "phone": "+1 212 555 0100" },
        "guests": [{ "email": GUEST, "name": "Jean Bartik" }],
        "note": "About the compiler.",
    })
}

/// Books under a key.
pub async fn book(deployment: &mut Deployment, key: &str, body: &Value) -> Reply {
    deployment.send(Request::new("POST", "/v1/bookings").json(key, body)).await
}

/// A manage link.
#[derive(Clone, Debug)]
pub struct Link {
    pub id: String,
    mac: String,
}

impl Link {
    /// Out of the answer to a booking.
    pub fn of(booked: &Value) -> Self {
        let url = booked["manage_url"].as_str().expect("a manage link");
        let link = url.strip_prefix(SITE).and_then(|path| path.strip_prefix("/manage/#"));
        let (id, mac) = link.and_then(|link| link.split_once('.')).expect("a booking and its mac");
        Self { id: id.to_owned(), mac: mac.to_owned() }
    }

    pub fn get(&self, rest: &str) -> Request {
        let target = format!("/v1/bookings/{}{rest}", self.id);
        Request::new("GET", target).header("authorization", format!("Manage {}.{}", self.id, self.mac))
    }

    pub fn post(&self, verb: &str, key: &str, body: &Value) -> Request {
        let request = Request::new("POST", format!("/v1/bookings/{}/{verb}", self.id)).json(key, body);
        request.header("authorization", format!("Manage {}.{}", self.id, self.mac))
    }
}

/// A word of a host about a booking.
pub fn word(subject: &str, id: &str, verb: &str, body: &Value) -> Request {
    let request = Request::new("POST", format!("/v1/team/bookings/{id}/{verb}")).json("key-word-1", body);
    Request { login: Some((ISSUER.to_owned(), subject.to_owned())), ..request }
}

/// A booking that was made some hours ago: the clock of the functions is the machine's, so the past is written down.
pub async fn booked_before(
    deployment: &Deployment,
    number: u64,
    meeting_type: &MeetingType,
    start: DateTime<Utc>,
    hours_ago: i64,
) -> Booking {
    let made = now() - TimeDelta::hours(hours_ago);
    let hosts: Vec<Host> = meeting_type.hosts.iter().map(|id| tireless(id.as_str())).collect();
    let mut booking = booking(number, meeting_type, &hosts.iter().collect::<Vec<_>>(), start, made);
    if meeting_type.requires_approval {
        booking.state = State::Pending;
    }
    let plan = plan_in(&deployment.table, booking, meeting_type).await.expect("the table is there");
    let commit = deployment.table.commit_booking(&plan, &people(1)).await;
    assert_eq!(commit.expect("the table is there"), Commit::Done);
    plan.booking
}

/// Claims work as often as one may, an hour ago, without doing it.
pub async fn wear_out(deployment: &Deployment, key: &EffectKey) {
    let mut at = now() - TimeDelta::hours(1);
    for _ in 0..openslot_domain::effects::ATTEMPTS_MAX {
        let claim = deployment.table.claim_effect(key, at).await.expect("the table is there");
        assert!(matches!(claim, Claim::Mine { .. }), "{key} can be claimed at {at}: {claim:?}");
        at += TimeDelta::minutes(5);
    }
}

/// Who got what so far, by recipient and subject, the oldest first.
pub fn letters(deployment: &Deployment) -> Vec<String> {
    let mails = deployment.stand_ins.mails().expect("memory is at hand");
    let line = |mail: &openslot_local::SentMail| {
        let text = String::from_utf8_lossy(&mail.raw).replace("\r\n ", " ");
        let subject = text.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default();
        format!("{}: {subject}", mail.recipients.join(","))
    };
    mails.iter().map(line).collect()
}

/// The addresses that got a letter, in order.
pub fn recipients(deployment: &Deployment) -> Vec<String> {
    let mails = deployment.stand_ins.mails().expect("memory is at hand");
    let mut to: Vec<String> = mails.into_iter().flat_map(|mail| mail.recipients).collect();
    to.sort();
    to
}

/// The kinds of events that were told, in order.
pub fn told(deployment: &Deployment) -> Vec<String> {
    let events = deployment.stand_ins.told_events().expect("memory is at hand");
    events.iter().map(|event| event["detail-type"].as_str().unwrap_or_default().to_owned()).collect()
}
