//! Letters on their way to the mail service.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use openslot_domain::booking::Booking;
use openslot_domain::effects::{EffectKey, EffectKind};
use openslot_letters::{Letter, Links, Site};

use crate::keyring::DataKey;
use crate::manage_link::{self, Opens};
use crate::ports::Outgoing;

/// Whether work of this kind is paid by a letter. Only then are links needed.
pub(crate) fn is_letter(kind: &EffectKind) -> bool {
    match kind {
        EffectKind::Letter(_) | EffectKind::Reminder { .. } => true,
        EffectKind::Announce
        | EffectKind::Event
        | EffectKind::Lapse
        | EffectKind::Remind { .. }
        | EffectKind::Reminded { .. } => false,
    }
}

/// The message that pays a piece of owed work.
pub(crate) fn compose(site: &Site, key: &EffectKey, letter: &Letter, now: DateTime<Utc>) -> Outgoing {
    let tag = tag(key);
    // The same letter has the same id however often it is sent, so that mail clients show it once.
    let message_id = format!("{tag}@{}", site.mail_domain());
    Outgoing {
        from: site.sender.clone(),
        to: letter.to.address.clone(),
        raw: letter.mime(&message_id, now),
        tag,
    }
}

/// The addresses by which the attendee reaches the booking.
pub fn links(site: &Site, booking: &Booking, key: &DataKey) -> Links {
    let secret = |opens| manage_link::secret(key, booking, opens);
    Links {
        manage: manage_link::manage_url(&site.base_url, &booking.id, &secret(Opens::Booking)),
        ics: manage_link::ics_url(&site.base_url, &booking.id, &secret(Opens::CalendarFile)),
    }
}

/// What a letter is tagged with: the key of the work it pays, in the characters that SES allows.
pub fn tag(key: &EffectKey) -> String {
    URL_SAFE_NO_PAD.encode(key.to_string())
}

/// The work that a tagged letter pays; `None` if the tag is not one of ours.
pub fn tagged(tag: &str) -> Option<EffectKey> {
    let text = URL_SAFE_NO_PAD.decode(tag).ok()?;
    String::from_utf8(text).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use openslot_domain::effects::Recipient;
    use openslot_domain::ids::BookingId;

    use super::*;

    /// A tag has at most 256 characters (Amazon SES API reference, `MessageTag`).
    #[test]
    fn the_longest_key_makes_a_tag() {
        let host = "h".repeat(40).parse().unwrap();
        let kind = EffectKind::Reminder { mins_before: u32::MAX, recipient: Recipient::Host(host) };
        let due = "2026-11-22T09:05:00.25Z".parse().unwrap();
        let key = EffectKey { due, booking: BookingId::from_bytes([7; 16]), revision: u32::MAX, kind };
        assert!(tag(&key).len() <= 256, "{}", tag(&key).len());
        assert_eq!(tagged(&tag(&key)), Some(key));
    }
}
