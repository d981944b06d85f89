//! What a booking owes is paid: announced, and told to everybody in a letter.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use openslot_domain::booking::Booking;
use openslot_domain::effects::{self, Effect, EffectKey, EffectKind, Queue, Recipient};
use openslot_letters::{self as letters, Links, Site};

use crate::keyring::{DataKey, Keyring};
use crate::manage_link::{self, Opens};
use crate::ports::{
    Claim, ClaimEffect, Clock, DropEffect, Failure, KeyPurpose, NewDataKey, Outgoing, ParkEffect, PayEffect,
    PostponeEffect, PutWrappedKey, Retry, SendLetter, SplitEffect, UnwrapDataKey, WrappedKeys,
};

/// What became of one piece of owed work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// It is done, and off the queue.
    Done,
    /// It could not be done now and will be tried again.
    Postponed,
    /// It could not be done and was set aside.
    Parked,
    /// There was nothing to do: it is held by somebody, not due, or gone.
    Left,
}

/// Does one piece of owed work.
///
/// Safe to repeat and to run twice at once: a claim holds everybody else off, and work that was done is gone.
/// `key` must be of the queue of work owed now.
pub async fn deliver_effect<S, W, K, M>(
    store: &S,
    world: &W,
    keyring: &Keyring<K>,
    mailer: &M,
    site: &Site,
    key: &EffectKey,
) -> Result<Delivered, Failure>
where
    S: ClaimEffect
        + SplitEffect
        + PayEffect
        + PostponeEffect
        + DropEffect
        + ParkEffect
        + WrappedKeys
        + PutWrappedKey
        + Sync,
    W: Clock + Sync,
    K: NewDataKey + UnwrapDataKey + Sync,
    M: SendLetter + Sync,
{
    assert!(key.queue() == Queue::Owed, "reminders are paid elsewhere");
    let now = world.now();
    // Before the claim, so that a key that cannot be had costs no try.
    let links = keyring.newest(store, KeyPurpose::ManageLinks, now).await?;
    match store.claim_effect(key, now).await? {
        Claim::Mine { effect, booking } => {
            let post = Post { store, mailer, site, now };
            match &effect.key.kind {
                EffectKind::Announce => post.announce(&effect, &booking).await,
                EffectKind::Letter(recipient) => post.send(&effect, &booking, recipient, &links).await,
                EffectKind::Remind { .. } => Ok(Delivered::Left),
            }
        }
        Claim::Paid | Claim::Stale => {
            store.drop_effect(key).await?;
            Ok(Delivered::Done)
        }
        Claim::GiveUp => {
            store.park_effect(key, "tried too often", now).await?;
            Ok(Delivered::Parked)
        }
        Claim::NotYet | Claim::Gone => Ok(Delivered::Left),
    }
}

struct Post<'a, S, M> {
    store: &'a S,
    mailer: &'a M,
    site: &'a Site,
    now: DateTime<Utc>,
}

impl<S, M> Post<'_, S, M>
where
    S: SplitEffect + PayEffect + PostponeEffect + ParkEffect + Sync,
    M: SendLetter + Sync,
{
    /// One letter per recipient takes the place of the announcement, each with its own tries.
    async fn announce(&self, effect: &Effect, booking: &Booking) -> Result<Delivered, Failure> {
        self.store.split_effect(effect, &effects::letters(booking), self.now).await?;
        Ok(Delivered::Done)
    }

    async fn send(
        &self,
        effect: &Effect,
        booking: &Booking,
        recipient: &Recipient,
        key: &DataKey,
    ) -> Result<Delivered, Failure> {
        let letter = compose(self.site, effect, booking, recipient, key, self.now);
        match self.mailer.send_letter(&letter).await {
            Ok(_) => {
                self.store.pay_effect(effect).await?;
                Ok(Delivered::Done)
            }
            Err(failure) => self.unsent(effect, &failure).await,
        }
    }

    /// A letter whose sending failed may have gone out all the same. It is looked at again only after lease and
    /// grace have passed, and the mail service's word that it went out arrives in between; that holds for the
    /// last try too, which is why it is not parked at once.
    async fn unsent(&self, effect: &Effect, failure: &Failure) -> Result<Delivered, Failure> {
        tracing::warn!(effect = %effect.key, attempts = effect.attempts, error = %failure.cause(), "letter not sent");
        if failure.retry == Retry::Never {
            self.store.park_effect(&effect.key, "the mail service refused it", self.now).await?;
            return Ok(Delivered::Parked);
        }
        self.store.postpone_effect(effect, effect.retry_at(self.now)).await?;
        Ok(Delivered::Postponed)
    }
}

fn compose(
    site: &Site,
    effect: &Effect,
    booking: &Booking,
    recipient: &Recipient,
    key: &DataKey,
    now: DateTime<Utc>,
) -> Outgoing {
    let links = links(site, booking, key);
    let letter = letters::confirmation(booking, recipient, &links, site, now);
    let tag = tag(&effect.key);
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
