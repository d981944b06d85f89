//! What a booking owes the world, and when it is owed no longer.
//!
//! A revision of a booking owes one announcement. Paying it replaces it by one letter per recipient, each paid
//! for itself, so that one refused address delays nobody else, and the domain event. A reminder that has come due
//! is paid in the same way.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use crate::booking::{Booking, Inviter, State};
use crate::ids::{BookingId, HostId};

/// Into how many queues owed work is spread.
pub const SHARDS: u8 = 8;
/// How long a claim holds.
pub const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How much longer one waits for the word that a letter went out before sending it again.
pub const GRACE: TimeDelta = TimeDelta::seconds(60);
/// After so many tries work is parked.
pub const ATTEMPTS_MAX: u32 = 5;

/// Which queue a piece of work stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Queue {
    /// Owed now.
    Owed,
    /// Owed at a time to come.
    Reminders,
}

/// One piece of owed work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EffectKey {
    /// From when on it is owed.
    pub due: DateTime<Utc>,
    /// Whose it is.
    pub booking: BookingId,
    /// For which revision; a later one has made it stale.
    pub revision: u32,
    /// What is to be done.
    pub kind: EffectKind,
}

impl EffectKey {
    /// Where it is queued.
    pub fn queue(&self) -> Queue {
        match self.kind {
            EffectKind::Announce
            | EffectKind::Letter(_)
            | EffectKind::Event
            | EffectKind::Reminder { .. }
            | EffectKind::Reminded { .. } => Queue::Owed,
            EffectKind::Remind { .. } | EffectKind::Lapse => Queue::Reminders,
        }
    }

    /// Which of the [`SHARDS`] it is queued in.
    pub fn shard(&self) -> u8 {
        self.booking.shard(SHARDS)
    }
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EffectKind {
    /// Tell everybody about this revision.
    Announce,
    /// Send one letter about this revision.
    Letter(Recipient),
    /// Remind everybody who comes.
    Remind {
        /// How long before the start, in minutes.
        mins_before: u32,
    },
    /// Decline a booking that nobody has approved in time.
    Lapse,
    /// Put the domain event of this revision on the bus.
    Event,
    /// Send one letter that reminds.
    Reminder {
        /// How long before the start, in minutes.
        mins_before: u32,
        /// Whom.
        recipient: Recipient,
    },
    /// Put the domain event of a reminder on the bus.
    Reminded {
        /// How long before the start, in minutes.
        mins_before: u32,
    },
}

impl EffectKind {
    /// What takes its place when it is paid: every part of it is then paid for itself. Empty for what has no parts.
    ///
    /// A host whose calendar invites is reminded by that calendar.
    pub fn parts(&self, booking: &Booking) -> Vec<Self> {
        match self {
            Self::Announce => letters(booking).into_iter().map(Self::Letter).chain([Self::Event]).collect(),
            Self::Remind { mins_before } => {
                let mins_before = *mins_before;
                let reminded = |recipient: &Recipient| match recipient {
                    Recipient::Attendee | Recipient::Guest(_) => true,
                    Recipient::Host(_) => booking.inviter == Inviter::Letters,
                };
                let recipients = letters(booking).into_iter().filter(reminded);
                let reminders = recipients.map(|recipient| Self::Reminder { mins_before, recipient });
                reminders.chain([Self::Reminded { mins_before }]).collect()
            }
            Self::Letter(_) | Self::Lapse | Self::Event | Self::Reminder { .. } | Self::Reminded { .. } => {
                Vec::new()
            }
        }
    }

    /// Whether it is what is left of `whole` once that has come apart.
    pub fn is_part_of(&self, whole: &Self) -> bool {
        match self {
            Self::Letter(_) | Self::Event => *whole == Self::Announce,
            Self::Reminder { mins_before, .. } | Self::Reminded { mins_before } => {
                *whole == Self::Remind { mins_before: *mins_before }
            }
            Self::Announce | Self::Remind { .. } | Self::Lapse => false,
        }
    }
}

/// Whom a letter is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// Who booked.
    Attendee,
    /// Who else comes, by place in the booking's list.
    Guest(u8),
    /// Who takes the meeting.
    Host(HostId),
}

const DUE_FORMAT: &str = "%Y%m%dT%H%M%S%.3fZ";

/// `<due>#<booking>#<revision>#<kind>`: the sort key under which it is stored, and what a letter is tagged with.
///
/// Sorts by due time, because that part has a fixed width. Never changes.
impl fmt::Display for EffectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { due, booking, revision, kind } = self;
        write!(f, "{}#{booking}#{revision}#", due.format(DUE_FORMAT))?;
        match kind {
            EffectKind::Announce => f.write_str("announce"),
            EffectKind::Letter(recipient) => write!(f, "letter-{recipient}"),
            EffectKind::Remind { mins_before } => write!(f, "remind-{mins_before}"),
            EffectKind::Lapse => f.write_str("lapse"),
            EffectKind::Event => f.write_str("event"),
            EffectKind::Reminder { mins_before, recipient } => {
                write!(f, "reminder-{mins_before}-{recipient}")
            }
            EffectKind::Reminded { mins_before } => write!(f, "reminded-{mins_before}"),
        }
    }
}

/// As it stands in a key. Never changes.
impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attendee => f.write_str("attendee"),
            Self::Guest(place) => write!(f, "guest-{place}"),
            Self::Host(id) => write!(f, "host-{id}"),
        }
    }
}

/// A text that no [`EffectKey`] is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not the key of owed work")]
pub struct NotAnEffectKey;

impl FromStr for EffectKey {
    type Err = NotAnEffectKey;

    fn from_str(text: &str) -> Result<Self, NotAnEffectKey> {
        let parts: Vec<&str> = text.split('#').collect();
        let [due, booking, revision, kind] = parts[..] else {
            return Err(NotAnEffectKey);
        };
        let due = NaiveDateTime::parse_from_str(due, DUE_FORMAT).map_err(|_| NotAnEffectKey)?.and_utc();
        let booking = booking.parse().map_err(|_| NotAnEffectKey)?;
        let revision = revision.parse().map_err(|_| NotAnEffectKey)?;
        let kind = parse_kind(kind).ok_or(NotAnEffectKey)?;
        Ok(Self { due, booking, revision, kind })
    }
}

fn parse_kind(text: &str) -> Option<EffectKind> {
    match text {
        "announce" => return Some(EffectKind::Announce),
        "lapse" => return Some(EffectKind::Lapse),
        "event" => return Some(EffectKind::Event),
        _ => {}
    }
    let (what, rest) = text.split_once('-')?;
    match what {
        "letter" => Some(EffectKind::Letter(parse_recipient(rest)?)),
        "remind" => Some(EffectKind::Remind { mins_before: rest.parse().ok()? }),
        "reminded" => Some(EffectKind::Reminded { mins_before: rest.parse().ok()? }),
        "reminder" => {
            let (mins, recipient) = rest.split_once('-')?;
            Some(EffectKind::Reminder {
                mins_before: mins.parse().ok()?,
                recipient: parse_recipient(recipient)?,
            })
        }
        _ => None,
    }
}

fn parse_recipient(text: &str) -> Option<Recipient> {
    match text.split_once('-') {
        None if text == "attendee" => Some(Recipient::Attendee),
        Some(("guest", place)) => Some(Recipient::Guest(place.parse().ok()?)),
        Some(("host", id)) => Some(Recipient::Host(id.parse().ok()?)),
        None | Some(_) => None,
    }
}

/// Owed work as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Which.
    pub key: EffectKey,
    /// Not to be tried before.
    pub not_before: DateTime<Utc>,
    /// Held by a claim until then.
    pub lease: Option<DateTime<Utc>>,
    /// How often it was claimed.
    pub attempts: u32,
    /// The mail service's id of the letter, once it said that the letter went out.
    pub ack: Option<String>,
}

impl Effect {
    /// Freshly owed, from `key.due` on, which must be a whole millisecond: its stored form knows nothing finer.
    pub fn owed(key: EffectKey) -> Self {
        assert!(
            key.due.timestamp_subsec_nanos().is_multiple_of(1_000_000),
            "a clock gave less than a millisecond"
        );
        Self { not_before: key.due, key, lease: None, attempts: 0, ack: None }
    }

    /// What may be done with it at `now`.
    ///
    /// A lease that ran out may hide a letter that went out: it counts as held through [`GRACE`], in which the
    /// acknowledgement arrives.
    pub fn readiness(&self, now: DateTime<Utc>) -> Readiness {
        if self.ack.is_some() {
            Readiness::Paid
        } else if now < self.not_before || self.lease.is_some_and(|until| now < until + GRACE) {
            Readiness::NotYet
        } else if self.attempts >= ATTEMPTS_MAX {
            Readiness::GiveUp
        } else {
            Readiness::Ready
        }
    }

    /// When to try again: after one, two, then three times as long as a claim and its grace last.
    ///
    /// Never sooner than once lease and grace have passed: a call that failed may have been carried out, and the
    /// word of that needs time to arrive.
    pub fn retry_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let times = i32::try_from(self.attempts.clamp(1, 3)).unwrap_or(3);
        now + (LEASE + GRACE) * times
    }
}

/// What may be done with a piece of owed work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// It may be claimed.
    Ready,
    /// Somebody holds it, or its time has not come.
    NotYet,
    /// The mail service has said that it is done: only the note has to go.
    Paid,
    /// It was tried often enough.
    GiveUp,
}

/// Whether work for `key` is still owed at `now` by the booking as it then stands.
///
/// A later revision has made it stale: its news is told by its own work, and a reminder of a time that is given up
/// dies here.
pub fn is_owed(key: &EffectKey, booking: &Booking, now: DateTime<Utc>) -> bool {
    let live = match &key.kind {
        EffectKind::Announce | EffectKind::Letter(_) | EffectKind::Event | EffectKind::Reminded { .. } => {
            true
        }
        EffectKind::Remind { .. } | EffectKind::Reminder { .. } => {
            booking.state == State::Confirmed && now < booking.core.start()
        }
        EffectKind::Lapse => booking.state == State::Pending,
    };
    live && booking.revision == key.revision && !is_for_nobody(&key.kind, booking)
}

/// Whether it is a letter to somebody who was erased.
fn is_for_nobody(kind: &EffectKind, booking: &Booking) -> bool {
    match kind {
        EffectKind::Letter(recipient) | EffectKind::Reminder { recipient, .. } => {
            is_erased(recipient, booking)
        }
        EffectKind::Announce
        | EffectKind::Remind { .. }
        | EffectKind::Lapse
        | EffectKind::Event
        | EffectKind::Reminded { .. } => false,
    }
}

fn is_erased(recipient: &Recipient, booking: &Booking) -> bool {
    match recipient {
        Recipient::Attendee => booking.attendee.email.is_erased(),
        Recipient::Guest(place) => {
            booking.guests.get(usize::from(*place)).is_some_and(|guest| guest.email.is_erased())
        }
        Recipient::Host(_) => false,
    }
}

/// The letters that announcing a booking comes to.
pub fn letters(booking: &Booking) -> Vec<Recipient> {
    let guests = 0..u8::try_from(booking.guests.len()).unwrap_or(u8::MAX);
    let mut recipients = vec![Recipient::Attendee];
    recipients.extend(guests.map(Recipient::Guest));
    recipients.extend(booking.hosts.iter().map(|host| Recipient::Host(host.id.clone())));
    recipients.retain(|recipient| !is_erased(recipient, booking));
    recipients
}

/// The reminders of a meeting from `start` on that are still to come; one already due is never written.
pub fn reminders(
    booking: BookingId,
    revision: u32,
    start: DateTime<Utc>,
    mins_before: &[u32],
    now: DateTime<Utc>,
) -> Vec<EffectKey> {
    let key = |mins: &u32| EffectKey {
        due: start - TimeDelta::minutes(i64::from(*mins)),
        booking,
        revision,
        kind: EffectKind::Remind { mins_before: *mins },
    };
    mins_before.iter().map(key).filter(|key| key.due > now).collect()
}

/// How long a host may take to approve.
pub const APPROVAL: TimeDelta = TimeDelta::hours(48);

/// When a booking that waits for the host's word since `now` is declined: after [`APPROVAL`], at the latest when
/// the meeting would begin.
pub fn lapse(booking: BookingId, revision: u32, start: DateTime<Utc>, now: DateTime<Utc>) -> EffectKey {
    EffectKey { due: start.min(now + APPROVAL), booking, revision, kind: EffectKind::Lapse }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_text() {
        let kinds = [
            (EffectKind::Announce, "announce"),
            (EffectKind::Letter(Recipient::Attendee), "letter-attendee"),
            (EffectKind::Letter(Recipient::Guest(3)), "letter-guest-3"),
            (EffectKind::Letter(Recipient::Host("new-york".parse().unwrap())), "letter-host-new-york"),
            (EffectKind::Remind { mins_before: 1440 }, "remind-1440"),
            (EffectKind::Lapse, "lapse"),
            (EffectKind::Event, "event"),
            (EffectKind::Reminder { mins_before: 60, recipient: Recipient::Guest(3) }, "reminder-60-guest-3"),
            (EffectKind::Reminded { mins_before: 60 }, "reminded-60"),
        ];
        for (kind, text) in kinds {
            let due = "2026-11-22T09:05:00.25Z".parse().unwrap();
            let key = EffectKey { due, booking: BookingId::from_bytes([7; 16]), revision: 2, kind };
            assert_eq!(key.to_string(), format!("20261122T090500.250Z#{}#2#{text}", "07".repeat(16)));
            assert_eq!(key.to_string().parse(), Ok(key));
        }
        for text in ["", "announce", "20261122T090500.250Z#07#2#announce", "x#y#z#letter-nobody"] {
            assert_eq!(text.parse::<EffectKey>(), Err(NotAnEffectKey), "{text}");
        }
    }

    fn effect() -> Effect {
        let due = "2026-11-22T09:00:00Z".parse().unwrap();
        let booking = BookingId::from_bytes([7; 16]);
        Effect::owed(EffectKey { due, booking, revision: 0, kind: EffectKind::Announce })
    }

    #[test]
    fn leased_work_is_left_alone_until_lease_and_grace_have_passed() {
        let now: DateTime<Utc> = "2026-11-22T10:00:00Z".parse().unwrap();
        assert_eq!(effect().readiness(now), Readiness::Ready);
        let leased = Effect { lease: Some(now + LEASE), attempts: 1, ..effect() };
        assert_eq!(leased.readiness(now + LEASE + GRACE - TimeDelta::seconds(1)), Readiness::NotYet);
        assert_eq!(leased.readiness(now + LEASE + GRACE), Readiness::Ready);
        let paid = Effect { ack: Some("id".to_owned()), ..leased };
        assert_eq!(paid.readiness(now), Readiness::Paid);
    }

    #[test]
    fn work_is_given_up_after_the_last_try() {
        let now: DateTime<Utc> = "2026-11-22T10:00:00Z".parse().unwrap();
        let tried = |attempts| Effect { attempts, ..effect() };
        assert_eq!(tried(ATTEMPTS_MAX - 1).readiness(now), Readiness::Ready);
        assert_eq!(tried(ATTEMPTS_MAX).readiness(now), Readiness::GiveUp);
        let waits: Vec<i64> = (1..=5).map(|n| (tried(n).retry_at(now) - now).num_seconds()).collect();
        assert_eq!(waits, [90, 180, 270, 270, 270]);
    }

    #[test]
    fn a_reminder_already_due_is_never_written() {
        let now: DateTime<Utc> = "2026-11-22T10:00:00Z".parse().unwrap();
        let id = BookingId::from_bytes([7; 16]);
        let keys = |start| reminders(id, 0, start, &[1440, 60], now).len();
        assert_eq!(keys(now + TimeDelta::hours(25)), 2);
        assert_eq!(keys(now + TimeDelta::hours(24)), 1);
        assert_eq!(keys(now + TimeDelta::hours(1)), 0);
    }
}
