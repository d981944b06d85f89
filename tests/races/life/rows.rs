//! What the product stores, in the plain numbers of the notebook.

use chrono::DateTime;
use openslot_domain::booking::{Booking, State};
use openslot_domain::effects::{EffectKey, EffectKind, Recipient};
use openslot_domain::host::EntryState;
use openslot_domain::ids::{BookingId, HostId};
use openslot_fakes::Contents;
use openslot_usecases::ports::DomainEventKind;

use super::notebook::{Entry, Piece, Revision, Stands, What, Who};

/// By their places in this list.
const HOSTS: [&str; 3] = ["york", "berlin", "tokyo"];

pub fn host_number(id: &HostId) -> u8 {
    let place = HOSTS.iter().position(|host| *host == id.as_str()).expect("a host of the scene");
    u8::try_from(place).expect("there are three")
}

pub fn booking_number(id: &BookingId) -> u128 {
    u128::from_be_bytes(*id.as_bytes())
}

pub fn booking_id(number: u128) -> BookingId {
    BookingId::from_bytes(number.to_be_bytes())
}

pub fn piece_of(key: &EffectKey) -> Piece {
    let what = match &key.kind {
        EffectKind::Announce => What::Announce,
        EffectKind::Letter(recipient) => What::Letter(who(recipient)),
        EffectKind::Remind { mins_before } => What::Remind(*mins_before),
        EffectKind::Lapse => What::Lapse,
        EffectKind::Event => What::Event,
        EffectKind::Reminder { mins_before, recipient } => What::Reminder(*mins_before, who(recipient)),
        EffectKind::Reminded { mins_before } => What::Reminded(*mins_before),
    };
    Piece { booking: booking_number(&key.booking), revision: key.revision, what }
}

fn who(recipient: &Recipient) -> Who {
    match recipient {
        Recipient::Attendee => Who::Attendee,
        Recipient::Guest(place) => Who::Guest(*place),
        Recipient::Host(id) => Who::Host(host_number(id)),
    }
}

pub fn heard(kind: DomainEventKind) -> What {
    match kind {
        DomainEventKind::Reminded { mins_before } => What::Reminded(mins_before),
        DomainEventKind::Confirmed
        | DomainEventKind::Requested
        | DomainEventKind::Rescheduled
        | DomainEventKind::Cancelled
        | DomainEventKind::Declined => What::Event,
    }
}

/// A booking as it was committed at an instant.
pub fn revision_of(booking: &Booking, reminders_mins: &[u32], at_ms: i64) -> Revision {
    let (start_s, end_s) = (booking.core.start_secs(), booking.core.end_secs());
    let stands = match booking.state {
        State::Confirmed => Stands::Confirmed,
        State::Pending => Stands::Pending,
        State::Cancelled | State::Declined => Stands::Over,
    };
    Revision {
        booking: booking_number(&booking.id),
        number: booking.revision,
        stands,
        start_s,
        from_s: start_s - i64::from(booking.before_mins) * 60,
        to_s: end_s + i64::from(booking.after_mins) * 60,
        hosts: booking.hosts.iter().map(|host| host_number(&host.id)).collect(),
        people: people(booking),
        reminders_mins: reminders_mins.to_vec(),
        decided_ms: booking.last_step().at.timestamp_millis(),
        at_ms,
        until_ms: i64::MAX,
    }
}

fn people(booking: &Booking) -> Vec<(Who, String)> {
    let mut people = vec![(Who::Attendee, booking.attendee.email.to_string())];
    let guests = (0..).zip(&booking.guests);
    people.extend(guests.map(|(place, guest)| (Who::Guest(place), guest.email.to_string())));
    people
        .extend(booking.hosts.iter().map(|host| (Who::Host(host_number(&host.id)), host.email.to_string())));
    people
}

/// Everything that the hosts' days hold.
pub fn entries(contents: &Contents) -> Vec<Entry> {
    let epoch = DateTime::UNIX_EPOCH.date_naive();
    let days = contents.days.iter().flat_map(|((host, date), day)| {
        day.entries.iter().map(move |entry| (host, (*date - epoch).num_days(), entry))
    });
    let live = days.filter(|(_, _, entry)| entry.state != EntryState::Cancelled);
    live.map(|(host, day, entry)| Entry {
        host: host_number(host),
        day,
        booking: booking_number(&entry.booking),
        from_s: entry.core.start_secs() - i64::from(entry.before_mins) * 60,
        to_s: entry.core.end_secs() + i64::from(entry.after_mins) * 60,
        pending: entry.state == EntryState::Pending,
    })
    .collect()
}

/// All work that is owed or set aside.
pub fn owed(contents: &Contents) -> Vec<Piece> {
    contents.effects.keys().chain(contents.parked.keys()).map(piece_of).collect()
}
