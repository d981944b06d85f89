//! Work that bookings owe.

use std::future::Future;

use chrono::{DateTime, Utc};
use openslot_domain::booking::Booking;
use openslot_domain::effects::{Effect, EffectKey, EffectKind, Queue};

use super::Failure;

/// What became of a wish to work on something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is ours until the lease ends.
    Mine {
        /// As claimed: lease set, this attempt counted.
        effect: Effect,
        /// As read when claiming.
        booking: Box<Booking>,
    },
    /// Somebody holds it, or its time has not come. Leave it.
    NotYet,
    /// The mail service has confirmed it: only the note is left to be dropped.
    Paid,
    /// The booking no longer owes it: drop it.
    Stale,
    /// It was tried often enough: park it.
    GiveUp,
    /// There is no such work; somebody paid it.
    Gone,
}

/// Finds owed work.
pub trait DueEffects {
    /// Up to `most` keys of one shard of a queue that are due by `now`, the oldest first. Reads only.
    ///
    /// Reads from the oldest on, however old: what was missed once is found the next time.
    fn due_effects(
        &self,
        queue: Queue,
        shard: u8,
        now: DateTime<Utc>,
        most: u32,
    ) -> impl Future<Output = Result<Vec<EffectKey>, Failure>> + Send;
}

/// Takes work on.
pub trait ClaimEffect {
    /// Takes the work with a lease of [`openslot_domain::effects::LEASE`] from `now`, in one transaction that
    /// also checks that the booking stands at the revision and state that owe it.
    ///
    /// Two claims of one piece of work are never both [`Claim::Mine`] while a lease and its grace last. After a
    /// [`Failure`] the work may be leased to nobody; it is found again when that lease ends.
    fn claim_effect(
        &self,
        key: &EffectKey,
        now: DateTime<Utc>,
    ) -> impl Future<Output = Result<Claim, Failure>> + Send;
}

/// Replaces an announcement or a reminder by its parts.
pub trait SplitEffect {
    /// In one transaction: removes the claimed work and puts every part as work of its own, owed from `now`. Does
    /// nothing if the claim was lost. Safe to repeat.
    ///
    /// Each part must be of the queue of work owed now, and no two may be alike.
    fn split_effect(
        &self,
        claimed: &Effect,
        parts: &[EffectKind],
        now: DateTime<Utc>,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Notes that claimed work is done.
pub trait PayEffect {
    /// Removes it if the claim still holds. Safe to repeat.
    fn pay_effect(&self, claimed: &Effect) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Gives claimed work back to be tried later.
pub trait PostponeEffect {
    /// Ends the lease and sets `not_before`, if the claim still holds. Safe to repeat.
    fn postpone_effect(
        &self,
        claimed: &Effect,
        not_before: DateTime<Utc>,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Forgets work that nobody owes any more, or that the mail service has confirmed.
pub trait DropEffect {
    /// Removes it, whoever holds it. Safe to repeat.
    fn drop_effect(&self, key: &EffectKey) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Sets hopeless work aside.
pub trait ParkEffect {
    /// Moves it to the parked rows, where it is seen and can be replayed, with a line that says why; in one
    /// transaction. Safe to repeat.
    fn park_effect(
        &self,
        key: &EffectKey,
        why: &str,
        now: DateTime<Utc>,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Work that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedEffect {
    /// Which.
    pub key: EffectKey,
    /// When it was set aside.
    pub at: DateTime<Utc>,
    /// Why.
    pub why: String,
}

/// Shows what was set aside.
pub trait ListParked {
    /// Up to `most` pieces of parked work, those that came due first in front. Reads only; what was parked a moment
    /// ago may be missing.
    fn list_parked(&self, most: u32) -> impl Future<Output = Result<Vec<ParkedEffect>, Failure>> + Send;
}

/// What became of a wish to try parked work again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replayed {
    /// It is on its queue again.
    Done,
    /// There is no such parked work: somebody was faster.
    Gone,
}

/// Gives parked work another chance.
pub trait ReplayParked {
    /// In one transaction: removes the parked work and puts it back under its key, owed from `now` and never tried.
    /// Safe to repeat: a second call finds it gone.
    fn replay_parked(
        &self,
        key: &EffectKey,
        now: DateTime<Utc>,
    ) -> impl Future<Output = Result<Replayed, Failure>> + Send;
}

/// Notes the mail service's word that a letter went out.
pub trait AcknowledgeLetter {
    /// Sets the acknowledgement on the work, if it is still there. Safe to repeat.
    fn acknowledge_letter(
        &self,
        key: &EffectKey,
        message_id: &str,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}
