//! Where everything stands in the table: the only place that spells keys and prefixes.
//!
//! A prefix is a capability: each function's policy lists the prefixes it may touch.

use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDate, Utc};
use openslot_domain::effects::{EffectKey, EffectKind, Queue};
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::{CounterKey, KeyPurpose};

use crate::table::Item;

/// The name of the partition key.
pub const PARTITION: &str = "PK";
/// The name of the sort key.
pub const SORT: &str = "SK";
/// The name of the attribute by which `DynamoDB` removes old items.
pub(crate) const TTL: &str = "ttl";

/// Holds while nothing stands at the key.
pub(crate) const ABSENT: &str = "attribute_not_exists(PK)";
/// Holds while something stands at the key.
pub(crate) const PRESENT: &str = "attribute_exists(PK)";
/// Holds while something stands at the key that was not confirmed.
pub(crate) const PRESENT_UNCONFIRMED: &str = "attribute_exists(PK) AND attribute_not_exists(ack)";
/// Everything of a partition.
pub(crate) const WHOLE_PARTITION: &str = "PK = :pk";
/// What stands in a partition at `:sk` or behind it.
pub(crate) const FROM_SORT_KEY: &str = "PK = :pk AND SK >= :sk";
/// What stands in a partition before `:sk`.
pub(crate) const BEFORE_SORT_KEY: &str = "PK = :pk AND SK < :sk";
/// The partitions that begin with `:prefix`, for the few who may read the whole table.
pub(crate) const PARTITION_PREFIX: &str = "begins_with(PK, :prefix)";
/// The items of such partitions that stand at such places in them.
pub(crate) const BOTH_PREFIXES: &str = "begins_with(PK, :prefix) AND begins_with(SK, :place)";
/// How the partition of a booking begins.
pub(crate) const BOOKING_PREFIX: &str = "B#";
/// How the partition of an address begins.
pub(crate) const GUEST_PREFIX: &str = "G#";
/// How the partition of a host begins.
pub(crate) const HOST_PREFIX: &str = "H#";
/// How a host's settings, and what is written with them, stand in its partition.
pub(crate) const SETTINGS_PREFIX: &str = "F#";
/// How the partition of a meeting type begins.
pub(crate) const TYPE_PREFIX: &str = "M#";

const HOST_CONFIG: &str = "F#CFG";
const HOST_FENCE: &str = "F#VER";
const DAY_PREFIX: &str = "D#";
const DATE_FORMAT: &str = "%Y%m%d";
const OWED_PREFIX: &str = "X#";
const REMINDERS_PREFIX: &str = "T#";
const PARKED_PREFIX: &str = "P#";

/// Where an item stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

impl Key {
    fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    /// The key alone, as the calls want it.
    pub(crate) fn item(self) -> Item {
        self.with(Item::new())
    }

    /// An item that stands at this key.
    pub(crate) fn with(self, mut attributes: Item) -> Item {
        attributes.insert(PARTITION.to_owned(), AttributeValue::S(self.pk));
        attributes.insert(SORT.to_owned(), AttributeValue::S(self.sk));
        attributes
    }
}

/// The partition key of an item; `None` if it has none, which no item of this table lacks.
fn partition_key(item: &Item) -> Option<&str> {
    item.get(PARTITION)?.as_s().ok().map(String::as_str)
}

/// The sort key of an item; `None` if it has none, which no item of this table lacks.
pub(crate) fn sort_key(item: &Item) -> Option<&str> {
    item.get(SORT)?.as_s().ok().map(String::as_str)
}

/// What stands in a host's partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HostItem {
    /// The guard of one UTC date.
    Day(NaiveDate),
    /// The settings.
    Config,
    /// The version of the settings alone.
    Fence,
}

impl HostItem {
    /// What a sort key of a host's partition names; `None` for what this crate does not know.
    pub(crate) fn of(sk: &str) -> Option<Self> {
        match sk {
            HOST_CONFIG => Some(Self::Config),
            HOST_FENCE => Some(Self::Fence),
            day => {
                let date = NaiveDate::parse_from_str(day.strip_prefix(DAY_PREFIX)?, DATE_FORMAT);
                date.ok().map(Self::Day)
            }
        }
    }
}

pub(crate) fn host_day(host: &HostId, date: NaiveDate) -> Key {
    Key::new(format!("{HOST_PREFIX}{host}"), format!("{DAY_PREFIX}{}", date.format(DATE_FORMAT)))
}

pub(crate) fn host_config(host: &HostId) -> Key {
    Key::new(format!("{HOST_PREFIX}{host}"), HOST_CONFIG)
}

pub(crate) fn host_fence(host: &HostId) -> Key {
    Key::new(format!("{HOST_PREFIX}{host}"), HOST_FENCE)
}

pub(crate) fn hosts_directory() -> String {
    "L#hosts".to_owned()
}

pub(crate) fn host_in_directory(host: &HostId) -> Key {
    Key::new(hosts_directory(), host.as_str())
}

pub(crate) fn meeting_type(slug: &Slug) -> Key {
    Key::new(format!("{TYPE_PREFIX}{slug}"), "M")
}

pub(crate) fn types_directory() -> String {
    "L#types".to_owned()
}

pub(crate) fn type_in_directory(slug: &Slug) -> Key {
    Key::new(types_directory(), slug.as_str())
}

pub(crate) fn booking(id: &BookingId) -> Key {
    Key::new(format!("{BOOKING_PREFIX}{id}"), "B")
}

/// The booking whose item this is; `None` if it is no booking.
pub(crate) fn booking_of(item: &Item) -> Option<BookingId> {
    partition_key(item)?.strip_prefix(BOOKING_PREFIX)?.parse().ok()
}

/// The host in whose partition this stands; `None` if it is no host's.
pub(crate) fn host_of(item: &Item) -> Option<HostId> {
    partition_key(item)?.strip_prefix(HOST_PREFIX)?.parse().ok()
}

/// The meeting type whose item this is; `None` if it is none.
pub(crate) fn type_of(item: &Item) -> Option<Slug> {
    partition_key(item)?.strip_prefix(TYPE_PREFIX)?.parse().ok()
}

pub(crate) fn guests(address: &AddressMac) -> String {
    format!("{GUEST_PREFIX}{}", URL_SAFE_NO_PAD.encode(address.0))
}

pub(crate) fn guest(address: &AddressMac, booking: &BookingId) -> Key {
    Key::new(guests(address), booking.to_string())
}

/// Where it is noted who was erased.
pub(crate) fn erasures() -> String {
    "Z#erasures".to_owned()
}

pub(crate) fn erasure(address: &AddressMac) -> Key {
    Key::new(erasures(), URL_SAFE_NO_PAD.encode(address.0))
}

/// Who was erased; `None` if it is no such note.
pub(crate) fn erased(item: &Item) -> Option<AddressMac> {
    mac(sort_key(item)?)
}

fn mac(text: &str) -> Option<AddressMac> {
    Some(AddressMac(URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?))
}

/// By which address which booking is found; `None` if it is no guest row.
pub(crate) fn guest_of(item: &Item) -> Option<(AddressMac, BookingId)> {
    Some((mac(partition_key(item)?.strip_prefix(GUEST_PREFIX)?)?, sort_key(item)?.parse().ok()?))
}

pub(crate) fn counter(key: &CounterKey) -> Key {
    let (scope, subject) = (key.scope.as_str(), URL_SAFE_NO_PAD.encode(key.subject.0));
    Key::new(format!("R#{scope}#{subject}#{}", key.window.timestamp()), "R")
}

pub(crate) fn login(key: &LoginKey) -> Key {
    Key::new(format!("U#{}", URL_SAFE_NO_PAD.encode(key.0)), "U")
}

pub(crate) fn keys_of(purpose: KeyPurpose) -> String {
    format!("Y#{}", purpose.as_str())
}

/// Numbers are written with all their digits, so that the newest key sorts last.
pub(crate) fn data_key(purpose: KeyPurpose, number: u32) -> Key {
    Key::new(keys_of(purpose), format!("{number:010}"))
}

/// The number in the sort key of a data key.
pub(crate) fn data_key_number(sk: &str) -> Option<u32> {
    sk.parse().ok()
}

pub(crate) fn queue(queue: Queue, shard: u8) -> String {
    match queue {
        Queue::Owed => format!("{OWED_PREFIX}{shard}"),
        Queue::Reminders => format!("{REMINDERS_PREFIX}{shard}"),
    }
}

/// Behind all work of a queue that is due by `now`, and before the rest.
///
/// A due time stands in front of a `#`; `$` is the next character.
pub(crate) fn due_by(now: DateTime<Utc>) -> String {
    let kind = EffectKind::Announce;
    let text = EffectKey { due: now, booking: BookingId::from_bytes([0; 16]), revision: 0, kind }.to_string();
    let due = text.split('#').next().unwrap_or_default();
    format!("{due}$")
}

/// Where a piece of owed work stands: its queue, and in it its due time, so that the oldest comes first.
pub(crate) fn effect(key: &EffectKey) -> Key {
    Key::new(queue(key.queue(), key.shard()), key.to_string())
}

/// Where hopeless work is set aside.
pub(crate) fn parked(key: &EffectKey) -> Key {
    Key::new(format!("{PARKED_PREFIX}{}", parked_kind(&key.kind)), key.to_string())
}

/// Every partition that [`parked`] may lead to.
pub(crate) fn parked_partitions() -> [String; PARKED_KINDS.len()] {
    PARKED_KINDS.map(|kind| format!("{PARKED_PREFIX}{kind}"))
}

const PARKED_KINDS: [&str; 7] = ["announce", "event", "lapse", "letter", "remind", "reminded", "reminder"];

fn parked_kind(kind: &EffectKind) -> &'static str {
    match kind {
        EffectKind::Announce => "announce",
        EffectKind::Letter(_) => "letter",
        EffectKind::Remind { .. } => "remind",
        EffectKind::Lapse => "lapse",
        EffectKind::Event => "event",
        EffectKind::Reminder { .. } => "reminder",
        EffectKind::Reminded { .. } => "reminded",
    }
}

/// Partition and sort key of a piece of owed work.
pub fn place_of(key: &EffectKey) -> (String, String) {
    let Key { pk, sk } = effect(key);
    (pk, sk)
}

/// The owed work that stands at a partition and sort key; `None` if they are the keys of something else.
pub fn effect_key_of(pk: &str, sk: &str) -> Option<EffectKey> {
    let key: EffectKey = sk.parse().ok()?;
    (queue(key.queue(), key.shard()) == pk).then_some(key)
}

#[cfg(test)]
mod tests {
    use openslot_domain::effects::Recipient;

    use super::*;

    fn effect_key(kind: EffectKind) -> EffectKey {
        let due = "2026-11-23T09:00:00.25Z".parse().unwrap();
        EffectKey { due, booking: BookingId::from_bytes([9; 16]), revision: 3, kind }
    }

    #[test]
    fn owed_work_is_found_by_its_place() {
        let host = "a".repeat(40).parse().unwrap();
        let kinds = [
            EffectKind::Announce,
            EffectKind::Letter(Recipient::Attendee),
            EffectKind::Letter(Recipient::Guest(7)),
            EffectKind::Letter(Recipient::Host(host)),
            EffectKind::Remind { mins_before: 1440 },
            EffectKind::Lapse,
            EffectKind::Event,
            EffectKind::Reminder { mins_before: 60, recipient: Recipient::Attendee },
            EffectKind::Reminded { mins_before: 60 },
        ];
        for kind in kinds {
            let key = effect_key(kind);
            let (pk, sk) = place_of(&key);
            assert!(parked_partitions().contains(&parked(&key).pk), "{key:?} would be parked unseen");
            assert_eq!(effect_key_of(&pk, &sk), Some(key));
        }
    }

    #[test]
    fn other_places_hold_no_owed_work() {
        let (_, sk) = place_of(&effect_key(EffectKind::Announce));
        for pk in ["X#0", "T#1", "X#01", "B#1", ""] {
            assert_eq!(effect_key_of(pk, &sk), None, "{pk}");
        }
        assert_eq!(effect_key_of("X#1", "D#20261123"), None);
    }

    #[test]
    fn a_queue_sorts_by_due_time() {
        let at = |text: &str| EffectKey { due: text.parse().unwrap(), ..effect_key(EffectKind::Announce) };
        let times = ["2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00.001Z"];
        let keys: Vec<String> = times.iter().map(|text| place_of(&at(text)).1).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        let bound = due_by(times[1].parse().unwrap());
        let due: Vec<bool> = keys.iter().map(|key| *key < bound).collect();
        assert_eq!(due, [true, true, false]);
    }

    #[test]
    fn a_host_partition_is_read_from_a_day_on() {
        let host: HostId = "ada".parse().unwrap();
        let day = host_day(&host, "2026-11-23".parse().unwrap());
        assert_eq!((day.pk.as_str(), day.sk.as_str()), ("H#ada", "D#20261123"));
        assert!(day.sk < host_config(&host).sk && day.sk < host_fence(&host).sk);
        assert_eq!(HostItem::of(&day.sk), Some(HostItem::Day("2026-11-23".parse().unwrap())));
        assert_eq!(HostItem::of("E#FB#google"), None);
    }
}
