//! Every stored shape has an example in `recorded/`: what was written once must still be read as what it was, and
//! is written the same today, so that a shape changes only on purpose.
//!
//! A shape that changes on purpose gets a second file; the first stays, as one that is only read.

mod small;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::{
    Actor, Attendee, BookedHost, Booking, Candidate, Did, Guest, Inviter, OperationKey, Source, State, Step,
};
use openslot_domain::effects::{Effect, EffectKey, EffectKind, Recipient};
use openslot_domain::host::{Entry, EntryState, Host, HostDay};
use openslot_domain::hours::{Override, Schedule, WallRange, Weekly};
use openslot_domain::ids::BookingId;
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Assignment, Caps, Location, LocationKind, MeetingType, Mode, Window};
use openslot_domain::questions::{Answer, AnswerValue, Question, QuestionKind};
use openslot_domain::text::{Line, Paragraphs};
use serde_json::Value;

use super::booking::BookingRow;
use super::day::DayRow;
use super::effect::{EffectRow, ParkedRow};
use super::host::{FenceRow, HostInDirectoryRow, HostRow};
use super::meeting_type::MeetingTypeRow;
use super::plain::TypeInDirectoryRow;
use super::{from_item, to_item};
use crate::keys::{self, Key};
use crate::table::Item;

#[test]
fn a_host_day() {
    let day =
        HostDay { version: 3, entries: vec![entry(EntryState::Confirmed), entry(EntryState::Cancelled)] };
    let host = "grace".parse().unwrap();
    let key = keys::host_day(&host, date());
    let item = recorded("host-day", key.with(to_item(&DayRow::of(&day, date()).unwrap()).unwrap()));
    assert_eq!(from_item::<DayRow>(item).unwrap().day(date()).unwrap(), day);
}

#[test]
fn host_settings() {
    let host = host();
    let item =
        recorded("host-config", keys::host_config(&host.id).with(to_item(&HostRow::of(&host, 4)).unwrap()));
    let row: HostRow = from_item(item).unwrap();
    assert_eq!((row.version(), row.host(&host.id).unwrap()), (4, host));
}

#[test]
fn the_fence_and_the_directory_row_of_a_host() {
    let host = host();
    let fence = recorded("host-fence", keys::host_fence(&host.id).with(to_item(&FenceRow { v: 4 }).unwrap()));
    assert_eq!(from_item::<FenceRow>(fence).unwrap().v, 4);
    let row = HostInDirectoryRow { n: host.name.to_string() };
    let listed =
        recorded("host-in-directory", keys::host_in_directory(&host.id).with(to_item(&row).unwrap()));
    assert_eq!(from_item::<HostInDirectoryRow>(listed).unwrap().n, host.name.to_string());
}

#[test]
fn meeting_types() {
    let strict = MeetingType { cancel_cutoff_mins: 120, version: 2, ..plain_type() };
    for (name, meeting_type) in [
        ("meeting-type-plain", plain_type()),
        ("meeting-type-full", full_type()),
        ("meeting-type-cutoff", strict),
    ] {
        let key = keys::meeting_type(&meeting_type.slug);
        let item = recorded(name, key.with(to_item(&MeetingTypeRow::of(&meeting_type)).unwrap()));
        let row: MeetingTypeRow = from_item(item).unwrap();
        assert_eq!(row.meeting_type(&meeting_type.slug).unwrap(), meeting_type);
    }
}

#[test]
fn the_directory_row_of_a_meeting_type() {
    let row = TypeInDirectoryRow { ti: "Introduction".to_owned() };
    let key = keys::type_in_directory(&"intro".parse().unwrap());
    let item = recorded("type-in-directory", key.with(to_item(&row).unwrap()));
    assert_eq!(from_item::<TypeInDirectoryRow>(item).unwrap().ti, "Introduction");
}

#[test]
fn bookings() {
    let bookings = [
        ("booking-typical", typical_booking()),
        ("booking-full", full_booking()),
        ("booking-moved", moved_booking()),
        ("booking-lived", lived_booking()),
        ("booking-reminded", Booking { reminders_mins: vec![1440, 60], ..typical_booking() }),
    ];
    for (name, booking) in bookings {
        let key = keys::booking(&booking.id);
        let item = recorded(name, key.with(to_item(&BookingRow::of(&booking)).unwrap()));
        let row: BookingRow = from_item(item).unwrap();
        assert_eq!(row.booking(&booking.id).unwrap(), booking);
    }
}

#[test]
fn every_state_of_a_booking_is_stored_as_conditions_name_it() {
    for state in [State::Confirmed, State::Pending, State::Cancelled, State::Declined] {
        let row = BookingRow::of(&Booking { state, ..typical_booking() });
        let item = to_item(&row).unwrap();
        assert_eq!(item["st"].as_s().unwrap(), super::booking::state_text(state));
        assert_eq!(row.booking(&booking_id()).unwrap().state, state);
    }
}

#[test]
fn a_typical_booking_is_one_write_unit() {
    let check = |booking: &Booking, most: usize| {
        let item = keys::booking(&booking.id).with(to_item(&BookingRow::of(booking)).unwrap());
        let size = size_of_item(&serde_json::to_value(serde_dynamo::Item::from(item)).unwrap());
        assert!(size < most, "{size} bytes leave little of a kilobyte for longer names");
    };
    check(&typical_booking(), 700);
    // Also once it was moved and cancelled.
    check(&moved_booking(), 900);
}

#[test]
fn owed_work() {
    let fresh = Effect::owed(effect_key(EffectKind::Announce));
    let letter = EffectKind::Letter(Recipient::Host("grace".parse().unwrap()));
    let claimed = Effect {
        lease: Some(at("2026-11-20T08:16:00.5Z")),
        attempts: 1,
        ack: Some("010201-message".to_owned()),
        ..Effect::owed(effect_key(letter))
    };
    let reminder = Effect::owed(effect_key(EffectKind::Remind { mins_before: 1440 }));
    let owed = |kind| Effect::owed(effect_key(kind));
    let to_guest = EffectKind::Reminder { mins_before: 1440, recipient: Recipient::Guest(2) };
    for (name, effect) in [
        ("effect", fresh),
        ("effect-claimed", claimed),
        ("effect-event", owed(EffectKind::Event)),
        ("effect-lapse", owed(EffectKind::Lapse)),
        ("effect-reminder-letter", owed(to_guest)),
        ("effect-reminded", owed(EffectKind::Reminded { mins_before: 1440 })),
        ("reminder", reminder),
    ] {
        let item = recorded(name, keys::effect(&effect.key).with(to_item(&EffectRow::of(&effect)).unwrap()));
        assert_eq!(from_item::<EffectRow>(item).unwrap().effect(&effect.key).unwrap(), effect);
    }
}

#[test]
fn parked_work() {
    let key = effect_key(EffectKind::Letter(Recipient::Guest(2)));
    let row = ParkedRow::of(at("2026-11-20T08:30:00Z"), "the mail service refused it");
    let item = recorded("parked", keys::parked(&key).with(to_item(&row).unwrap()));
    assert_eq!(to_item(&from_item::<ParkedRow>(item).unwrap()).unwrap(), to_item(&row).unwrap());
}

#[test]
fn attributes_of_a_later_version_are_passed_over() {
    let booking = typical_booking();
    let mut item = to_item(&BookingRow::of(&booking)).unwrap();
    item.insert("later".to_owned(), crate::call::text("something new"));
    let row: BookingRow = from_item(item).unwrap();
    assert_eq!(row.booking(&booking.id).unwrap(), booking);
}

#[test]
fn what_cannot_be_read_is_named() {
    let spoil = |name: &str, value| {
        let mut item = to_item(&BookingRow::of(&typical_booking())).unwrap();
        item.insert(name.to_owned(), value);
        let row: Result<BookingRow, _> = from_item(item);
        row.and_then(|row| row.booking(&booking_id())).unwrap_err().to_string()
    };
    assert_eq!(
        spoil("tz", crate::call::text("Mars/Olympus")),
        "the attribute tz does not hold what it should"
    );
    assert_eq!(spoil("ce", crate::call::number(0)), "the attribute ce does not hold what it should");
    assert_eq!(spoil("am", crate::call::text("nobody")), "the attribute am does not hold what it should");
    assert_eq!(spoil("rev", crate::call::text("one")), "the attributes are not those of the row");
}

/// Compares what is written today with what was recorded, and hands out the recorded item.
fn recorded(name: &str, written: Item) -> Item {
    let path = format!("{}/recorded/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let written: Value = serde_json::to_value(serde_dynamo::Item::from(written)).unwrap();
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{path}: {error}; written today:\n{written:#}"));
    let kept: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(kept, written, "{name} is written differently today:\n{written:#}");
    let item: serde_dynamo::Item = serde_json::from_str(&text).unwrap();
    item.into()
}

/// What an item is billed by (Amazon `DynamoDB` developer guide, "Item sizes and formats").
fn size_of_item(item: &Value) -> usize {
    let attributes = item.as_object().unwrap();
    attributes.iter().map(|(name, value)| name.len() + size_of_value(value)).sum()
}

fn size_of_value(value: &Value) -> usize {
    let (kind, value) = value.as_object().unwrap().iter().next().unwrap();
    let text = || value.as_str().unwrap();
    match kind.as_str() {
        "S" => text().len(),
        "N" => text().len().div_ceil(2) + 1,
        "B" => text().len() * 3 / 4,
        "BOOL" | "NULL" => 1,
        "L" => 3 + value.as_array().unwrap().iter().map(|value| 1 + size_of_value(value)).sum::<usize>(),
        "M" => 3 + value.as_object().unwrap().len() + size_of_item(value),
        other => panic!("no row has a {other}"),
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn date() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn line(text: &str) -> Line {
    Line::new(text, 200).unwrap()
}

fn paragraphs(text: &str) -> Paragraphs {
    Paragraphs::new(text, 2000).unwrap()
}

fn booking_id() -> BookingId {
    BookingId::from_bytes([0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238, 255])
}

fn core() -> Interval {
    Interval::new(at("2026-11-23T09:00:00Z"), at("2026-11-23T09:30:00Z")).unwrap()
}

fn effect_key(kind: EffectKind) -> EffectKey {
    EffectKey { due: at("2026-11-20T08:15:30.25Z"), booking: booking_id(), revision: 2, kind }
}

fn entry(state: EntryState) -> Entry {
    Entry {
        booking: booking_id(),
        meeting_type: "intro".parse().unwrap(),
        core: core(),
        before_mins: 10,
        after_mins: 5,
        state,
        booked_at: at("2026-11-20T08:15:30.25Z"),
    }
}

fn host() -> Host {
    let mut weekly = Weekly::office();
    weekly.set(
        chrono::Weekday::Sat,
        vec![WallRange::new(0, 720).unwrap(), WallRange::new(1380, 1440).unwrap()],
    );
    let custom = Override::CustomHours(vec![WallRange::new(600, 660).unwrap()]);
    let overrides = [("2026-12-24", Override::Blocked), ("2026-12-28", custom)]
        .into_iter()
        .chain([("2026-12-29", Override::CustomHours(Vec::new()))])
        .map(|(date, change)| (date.parse().unwrap(), change))
        .collect();
    Host {
        id: "grace".parse().unwrap(),
        name: line("Grace Hopper"),
        email: "grace@example.org".parse().unwrap(),
        schedule: Schedule { zone: Tz::America__New_York, weekly, overrides },
        active: true,
    }
}

fn plain_type() -> MeetingType {
    MeetingType {
        slug: "intro".parse().unwrap(),
        title: line("Introduction"),
        description: None,
        durations_mins: vec![30],
        slot_interval_mins: 30,
        location: Location { kind: LocationKind::GoogleMeet, detail: None },
        mode: Mode::Single,
        hosts: vec!["grace".parse().unwrap()],
        questions: Vec::new(),
        requires_approval: false,
        notice_mins: 240,
        window: Window::Open,
        before_mins: 0,
        after_mins: 0,
        caps: Caps::default(),
        assignment: Assignment::default(),
        reminders_mins: Vec::new(),
        cancel_cutoff_mins: 0,
        active: true,
        version: 1,
    }
}

fn full_type() -> MeetingType {
    let question = |(id, kind): (&str, QuestionKind)| Question {
        id: id.parse().unwrap(),
        label: line("What is it about?"),
        kind,
        required: id == "topic",
    };
    let kinds = [
        ("topic", QuestionKind::Text),
        ("more", QuestionKind::LongText),
        ("colour", QuestionKind::Choice(vec![line("red"), line("blue")])),
        ("terms", QuestionKind::Checkbox),
        ("phone", QuestionKind::Phone),
        ("site", QuestionKind::Url),
    ];
    MeetingType {
        description: Some(paragraphs("Two lines\nof text")),
        durations_mins: vec![30, 60],
        location: Location { kind: LocationKind::Phone, detail: Some(line("+1 555 0100")) },
        mode: Mode::RoundRobin,
        hosts: vec!["grace".parse().unwrap(), "ada".parse().unwrap()],
        questions: kinds.into_iter().map(question).collect(),
        requires_approval: true,
        window: Window::Fixed { from: date(), to: "2026-12-20".parse().unwrap() },
        before_mins: 10,
        after_mins: 5,
        caps: Caps { per_day: Some(3), per_week: Some(10) },
        assignment: Assignment { window_days: 14, weights: BTreeMap::from([("ada".parse().unwrap(), 2)]) },
        reminders_mins: vec![1440, 60],
        active: false,
        version: 7,
        ..plain_type()
    }
}

fn typical_booking() -> Booking {
    let answer = |id: &str, text: &str| Answer {
        id: id.parse().unwrap(),
        label: line("What is it about?"),
        value: AnswerValue::Text(paragraphs(text)),
    };
    Booking {
        id: booking_id(),
        revision: 0,
        state: State::Confirmed,
        meeting_type: "intro".parse().unwrap(),
        title: line("Introduction"),
        core: core(),
        before_mins: 0,
        after_mins: 0,
        time_zone: Tz::Europe__London,
        locale: None,
        hosts: vec![BookedHost {
            id: "grace".parse().unwrap(),
            name: line("Grace Hopper"),
            email: "grace@example.org".parse().unwrap(),
            time_zone: Tz::America__New_York,
        }],
        attendee: Attendee {
            name: line("Ada Lovelace"),
            email: "ada@example.com".parse().unwrap(),
            phone: None,
        },
        guests: Vec::new(),
        answers: vec![answer("topic", "Bees"), answer("team", "Three of us")],
        note: None,
        source: Source::default(),
        location: Location { kind: LocationKind::GoogleMeet, detail: None },
        created_at: at("2026-11-20T08:15:30.123456789Z"),
        reminders_mins: Vec::new(),
        nonce: [1; 16],
        request_hash: [2; 32],
        counts_seen: Vec::new(),
        inviter: Inviter::Letters,
        history: vec![Step::booked(at("2026-11-20T08:15:30.123456789Z"))],
        operations: Vec::new(),
        version: 1,
    }
}

/// Moved by its attendee, and then given up.
fn moved_booking() -> Booking {
    let from = Interval::new(at("2026-11-24T10:00:00Z"), at("2026-11-24T11:00:00Z")).unwrap();
    let step = |revision, when: &str, what| Step { revision, at: at(when), by: Actor::Attendee, what };
    let typical = typical_booking();
    let steps = [
        step(1, "2026-11-20T09:00:00.25Z", Did::Moved { from }),
        step(2, "2026-11-20T10:00:00.5Z", Did::Cancelled { reason: None }),
    ];
    Booking {
        revision: 2,
        state: State::Cancelled,
        before_mins: 10,
        after_mins: 5,
        history: typical.history.iter().cloned().chain(steps).collect(),
        operations: vec![OperationKey::from_bytes([3; 16]), OperationKey::from_bytes([4; 16])],
        version: 3,
        ..typical
    }
}

/// Every step there is, by everybody who can take it.
fn lived_booking() -> Booking {
    let from = Interval::new(at("2026-11-24T10:00:00Z"), at("2026-11-24T11:00:00Z")).unwrap();
    let reason = || Some(paragraphs("Sorry,\nI am ill"));
    let grace = || Actor::Host("grace".parse().unwrap());
    let taken = [
        (1, Actor::Attendee, Did::Moved { from }),
        (2, grace(), Did::Approved),
        (2, grace(), Did::LinkRenewed),
        (3, Actor::Calendar, Did::Moved { from }),
        (4, grace(), Did::Declined { reason: reason() }),
        (5, Actor::Time, Did::Lapsed),
        (6, grace(), Did::Cancelled { reason: reason() }),
    ];
    let step = |(revision, by, what)| Step { revision, at: at("2026-11-21T09:00:00.25Z"), by, what };
    let typical = typical_booking();
    Booking {
        revision: 6,
        state: State::Declined,
        history: typical.history.iter().cloned().chain(taken.map(step)).collect(),
        version: 8,
        ..typical
    }
}

fn full_booking() -> Booking {
    let flag =
        Answer { id: "terms".parse().unwrap(), label: line("Agreed?"), value: AnswerValue::Flag(true) };
    let candidate = |host: &str, last| Candidate {
        host: host.parse().unwrap(),
        live: 2,
        weight: 1,
        last_booked_at: last,
    };
    let typical = typical_booking();
    Booking {
        revision: 3,
        state: State::Cancelled,
        locale: Some(line("en-GB")),
        attendee: Attendee { phone: Some(line("+1 555 0100")), ..typical.attendee.clone() },
        guests: vec![
            Guest { email: "alan@example.com".parse().unwrap(), name: Some(line("Alan Turing")) },
            Guest { email: "mary@example.com".parse().unwrap(), name: None },
        ],
        answers: typical.answers.iter().cloned().chain([flag]).collect(),
        note: Some(paragraphs("See you\nthere")),
        source: Source {
            form_id: Some(line("contact")),
            page: Some(line("https://example.com/contact")),
            referrer: Some(line("https://example.com/")),
            utm: vec![(line("source"), line("newsletter"))],
        },
        location: Location { kind: LocationKind::InPerson, detail: Some(line("Room 1")) },
        counts_seen: vec![candidate("ada", None), candidate("grace", Some(at("2026-11-01T10:00:00Z")))],
        inviter: Inviter::Calendar,
        ..typical
    }
}

/// Used where a test needs the key alone.
#[test]
fn a_key_is_two_attributes() {
    let item = Key { pk: "B#1".to_owned(), sk: "B".to_owned() }.item();
    assert_eq!(item.len(), 2);
    assert_eq!(keys::sort_key(&item), Some("B"));
}
