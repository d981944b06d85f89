//! People, meeting types and bookings to test with: plain ones, to be bent with struct update where it matters.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::{Attendee, BookedHost, Booking, Inviter, Plan, Source, State, Step, plan};
use openslot_domain::host::{Host, HostSnapshot};
use openslot_domain::hours::{Schedule, Weekly};
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Assignment, Caps, Location, LocationKind, MeetingType, Mode, Window};
use openslot_domain::questions::{Answer, AnswerValue};
use openslot_domain::text::{Line, Paragraphs};
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{Consistency, Failure, ReadHost};

/// An instant.
pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|error| panic!("{text} is no instant: {error}"))
}

/// A date.
pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|error| panic!("{text} is no date: {error}"))
}

/// A line of text.
pub fn line(text: &str) -> Line {
    Line::new(text, 200).unwrap_or_else(|error| panic!("{text} is no line: {error}"))
}

/// A host's id.
pub fn host_id(text: &str) -> HostId {
    text.parse().unwrap_or_else(|error| panic!("{text} is no host id: {error}"))
}

/// A meeting type's slug.
pub fn slug(text: &str) -> Slug {
    text.parse().unwrap_or_else(|error| panic!("{text} is no slug: {error}"))
}

/// An active host with office hours.
pub fn host(id: &str, zone: Tz) -> Host {
    Host {
        id: host_id(id),
        name: line(&format!("Host {id}")),
        email: format!("{id}@example.org").parse().expect("an id makes an address"),
        schedule: Schedule { zone, weekly: Weekly::office(), overrides: std::collections::BTreeMap::new() },
        active: true,
    }
}

/// Half an hour on the half hour, reminders a day and an hour before, no buffers, no caps, no notice.
///
/// One host takes it alone, several take turns; for a collective set [`MeetingType::mode`].
pub fn meeting_type(name: &str, hosts: &[&str]) -> MeetingType {
    MeetingType {
        slug: slug(name),
        title: line("Introduction"),
        description: None,
        durations_mins: vec![30],
        slot_interval_mins: 30,
        location: Location { kind: LocationKind::GoogleMeet, detail: None },
        mode: if hosts.len() == 1 { Mode::Single } else { Mode::RoundRobin },
        hosts: hosts.iter().map(|id| host_id(id)).collect(),
        questions: Vec::new(),
        requires_approval: false,
        notice_mins: 0,
        window: Window::Open,
        before_mins: 0,
        after_mins: 0,
        caps: Caps::default(),
        assignment: Assignment::default(),
        reminders_mins: vec![24 * 60, 60],
        cancel_cutoff_mins: 0,
        active: true,
        version: 1,
    }
}

/// A booking's id out of a number.
pub fn booking_id(number: u64) -> BookingId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    BookingId::from_bytes(bytes)
}

/// A typical booking, made at `now` for half an hour from `start` on: two short answers, no guests.
pub fn booking(
    number: u64,
    meeting_type: &MeetingType,
    hosts: &[&Host],
    start: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Booking {
    let duration = meeting_type.durations_mins[0];
    Booking {
        id: booking_id(number),
        revision: 0,
        state: State::Confirmed,
        meeting_type: meeting_type.slug.clone(),
        title: meeting_type.title.clone(),
        core: Interval::lasting(start, duration).expect("a meeting lasts"),
        before_mins: meeting_type.before_mins,
        after_mins: meeting_type.after_mins,
        time_zone: Tz::Europe__London,
        locale: None,
        hosts: hosts.iter().map(|host| booked(host)).collect(),
        attendee: attendee(),
        guests: Vec::new(),
        answers: vec![
            answer("topic", "What is it about?", "Bees"),
            answer("team", "How many are you?", "Three"),
        ],
        note: None,
        source: Source::default(),
        location: meeting_type.location.clone(),
        created_at: now,
        reminders_mins: meeting_type.reminders_mins.clone(),
        nonce: [number.to_le_bytes()[0]; 16],
        request_hash: [number.to_le_bytes()[0]; 32],
        counts_seen: Vec::new(),
        inviter: Inviter::Letters,
        history: vec![Step::booked(now)],
        operations: Vec::new(),
        version: 1,
    }
}

/// A host as a booking remembers it.
pub fn booked(host: &Host) -> BookedHost {
    BookedHost {
        id: host.id.clone(),
        name: host.name.clone(),
        email: host.email.clone(),
        time_zone: host.schedule.zone,
    }
}

/// Who books.
pub fn attendee() -> Attendee {
    let email = "ada@example.com".parse().expect("this is an address");
    Attendee { name: line("Ada Lovelace"), email, phone: None }
}

/// An answer in words.
pub fn answer(id: &str, label: &str, text: &str) -> Answer {
    let value = AnswerValue::Text(Paragraphs::new(text, 200).expect("this is a text"));
    Answer { id: id.parse().expect("this is a question's id"), label: line(label), value }
}

/// Addresses as the guest rows know them.
pub fn people(count: u8) -> Vec<AddressMac> {
    (0..count).map(|number| AddressMac([number; 32])).collect()
}

/// Reads the hosts as they now stand in `store` and plans the booking, whether or not it is on offer.
///
/// Reads every day from five weeks before `now` on, as far back as any rule looks.
pub async fn plan_in<S: ReadHost + Sync>(
    store: &S,
    booking: Booking,
    meeting_type: &MeetingType,
) -> Result<Plan, Failure> {
    let from = (booking.created_at - chrono::TimeDelta::days(35)).date_naive();
    let mut snapshots: Vec<HostSnapshot> = Vec::new();
    for host in &booking.hosts {
        let snapshot = store.read_host(&host.id, from, Consistency::Strong).await?;
        snapshots.push(snapshot.unwrap_or_else(|| panic!("there is no host {}", host.id)));
    }
    Ok(plan(booking, meeting_type, &snapshots.iter().collect::<Vec<_>>()))
}
