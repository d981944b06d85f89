//! What a booking owes is paid: announced, told to everybody in a letter, and to whoever listens in an event.

use std::future::Future;
use std::panic::AssertUnwindSafe;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use openslot_domain::booking::{Booking, Topic};
use openslot_domain::effects::{Effect, EffectKey, EffectKind};
use openslot_letters::{self as letters, Letter, Links, Site};

use crate::compose::{compose, is_letter};
pub use crate::compose::{links, tag, tagged};
use crate::keyring::{DataKey, Keyring};
use crate::ports::{
    Claim, ClaimEffect, Clock, DomainEvent, DomainEventKind, DropEffect, Failure, KeyPurpose, NewDataKey,
    ParkEffect, PayEffect, PostponeEffect, PublishEvent, PutWrappedKey, Retry, SendLetter, SplitEffect,
    UnwrapDataKey, WrappedKeys,
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

/// Does one piece of owed work, of either queue. But for a lapse, which changes a booking and tells nobody: that is
/// left to [`send_reminders`](crate::send_reminders).
///
/// Safe to repeat and to run twice at once: a claim holds everybody else off, and work that was done is gone. A bug
/// that it meets is a failure of this piece and of no other: the claim stays, and after so many tries it is parked.
pub async fn deliver_effect<S, W, K, M, E>(
    store: &S,
    world: &W,
    keyring: &Keyring<K>,
    mailer: &M,
    bus: &E,
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
    E: PublishEvent + Sync,
{
    let post = Post { store, mailer, bus, site, now: world.now() };
    unless_a_bug(key, post.deliver(keyring, key)).await
}

/// Makes a failure of a bug, so that it stops nobody else.
pub(crate) async fn unless_a_bug(
    key: &EffectKey,
    paying: impl Future<Output = Result<Delivered, Failure>>,
) -> Result<Delivered, Failure> {
    AssertUnwindSafe(paying).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!(effect = %key, "owed work met a bug");
        Err(Failure::never("paying it met a bug"))
    })
}

/// What became of a wish to work on something.
pub(crate) enum Taken {
    /// It is ours: to be paid, or given back.
    Ours(Effect, Box<Booking>),
    /// Nothing is left to be done with it now.
    Settled(Delivered),
}

/// Claims a piece of work, and clears away what nobody owes any more, what was confirmed, and what is hopeless.
pub(crate) async fn take<S>(store: &S, key: &EffectKey, now: DateTime<Utc>) -> Result<Taken, Failure>
where
    S: ClaimEffect + DropEffect + ParkEffect + Sync,
{
    let settled = match store.claim_effect(key, now).await {
        Ok(Claim::Mine { effect, booking }) => return Ok(Taken::Ours(effect, booking)),
        Ok(Claim::Paid | Claim::Stale) => {
            store.drop_effect(key).await?;
            Delivered::Done
        }
        Ok(Claim::GiveUp) => park(store, key, "tried too often", now).await?,
        Ok(Claim::NotYet | Claim::Gone) => Delivered::Left,
        // What cannot be read now cannot be read later: it would be found and fail for ever.
        Err(failure) if failure.retry == Retry::Never => {
            tracing::error!(effect = %key, error = %failure.cause(), "owed work cannot be claimed");
            park(store, key, "it cannot be read", now).await?
        }
        Err(failure) => return Err(failure),
    };
    Ok(Taken::Settled(settled))
}

/// Gives claimed work back after a failure: to be tried later, or set aside for what `refused` says.
///
/// A letter whose sending failed may have gone out all the same. It is looked at again only after lease and grace
/// have passed, and the mail service's word that it went out arrives in between; that holds for the last try too,
/// which is why it is not parked at once.
pub(crate) async fn give_back<S>(
    store: &S,
    effect: &Effect,
    failure: &Failure,
    refused: &str,
    now: DateTime<Utc>,
) -> Result<Delivered, Failure>
where
    S: PostponeEffect + ParkEffect + Sync,
{
    tracing::warn!(effect = %effect.key, attempts = effect.attempts, error = %failure.cause(), "not paid");
    if failure.retry == Retry::Never {
        return park(store, &effect.key, refused, now).await;
    }
    store.postpone_effect(effect, effect.retry_at(now)).await?;
    Ok(Delivered::Postponed)
}

async fn park<S>(store: &S, key: &EffectKey, why: &str, now: DateTime<Utc>) -> Result<Delivered, Failure>
where
    S: ParkEffect + Sync,
{
    tracing::error!(effect = %key, why, "owed work is set aside");
    store.park_effect(key, why, now).await?;
    Ok(Delivered::Parked)
}

struct Post<'a, S, M, E> {
    store: &'a S,
    mailer: &'a M,
    bus: &'a E,
    site: &'a Site,
    now: DateTime<Utc>,
}

impl<S, M, E> Post<'_, S, M, E>
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
    M: SendLetter + Sync,
    E: PublishEvent + Sync,
{
    async fn deliver<K>(&self, keyring: &Keyring<K>, key: &EffectKey) -> Result<Delivered, Failure>
    where
        K: NewDataKey + UnwrapDataKey + Sync,
    {
        // Before the claim, so that a key that cannot be had costs no try.
        let link_key = if is_letter(&key.kind) {
            Some(keyring.newest(self.store, KeyPurpose::ManageLinks, self.now).await?)
        } else {
            None
        };
        match take(self.store, key, self.now).await? {
            Taken::Ours(effect, booking) => self.pay(&effect, booking, link_key.as_ref()).await,
            Taken::Settled(delivered) => Ok(delivered),
        }
    }

    async fn pay(
        &self,
        effect: &Effect,
        booking: Box<Booking>,
        link_key: Option<&DataKey>,
    ) -> Result<Delivered, Failure> {
        match &effect.key.kind {
            EffectKind::Announce | EffectKind::Remind { .. } => self.split(effect, &booking).await,
            EffectKind::Letter(recipient) => {
                let links = self.links(&booking, link_key);
                self.send(effect, &letters::letter(&booking, recipient, &links, self.site, self.now)).await
            }
            EffectKind::Reminder { recipient, .. } => {
                let links = self.links(&booking, link_key);
                self.send(effect, &letters::reminder(&booking, recipient, &links, self.site)).await
            }
            EffectKind::Event => {
                let (kind, at) = (news(booking.topic()), booking.last_step().at);
                self.tell(effect, DomainEvent { kind, at, booking }).await
            }
            EffectKind::Reminded { mins_before } => {
                let (kind, at) = (DomainEventKind::Reminded { mins_before: *mins_before }, effect.key.due);
                self.tell(effect, DomainEvent { kind, at, booking }).await
            }
            EffectKind::Lapse => {
                self.store.postpone_effect(effect, self.now).await?;
                Ok(Delivered::Left)
            }
        }
    }

    /// One letter per recipient and an event take the place of an announcement or a reminder, each with its own
    /// tries.
    async fn split(&self, effect: &Effect, booking: &Booking) -> Result<Delivered, Failure> {
        self.store.split_effect(effect, &effect.key.kind.parts(booking), self.now).await?;
        Ok(Delivered::Done)
    }

    fn links(&self, booking: &Booking, key: Option<&DataKey>) -> Links {
        links(self.site, booking, key.expect("the key was fetched for every letter"))
    }

    async fn send(&self, effect: &Effect, letter: &Letter) -> Result<Delivered, Failure> {
        let letter = compose(self.site, &effect.key, letter, self.now);
        match self.mailer.send_letter(&letter).await {
            Ok(_) => self.done(effect).await,
            Err(failure) => {
                give_back(self.store, effect, &failure, "the mail service refused it", self.now).await
            }
        }
    }

    async fn tell(&self, effect: &Effect, event: DomainEvent) -> Result<Delivered, Failure> {
        match self.bus.publish_event(&event).await {
            Ok(()) => self.done(effect).await,
            Err(failure) => give_back(self.store, effect, &failure, "the bus refused it", self.now).await,
        }
    }

    async fn done(&self, effect: &Effect) -> Result<Delivered, Failure> {
        self.store.pay_effect(effect).await?;
        Ok(Delivered::Done)
    }
}

/// What those who listen are told of a revision.
fn news(topic: Topic) -> DomainEventKind {
    match topic {
        Topic::Requested => DomainEventKind::Requested,
        Topic::Confirmed => DomainEventKind::Confirmed,
        Topic::Moved { .. } => DomainEventKind::Rescheduled,
        Topic::Cancelled => DomainEventKind::Cancelled,
        Topic::Declined => DomainEventKind::Declined,
    }
}
