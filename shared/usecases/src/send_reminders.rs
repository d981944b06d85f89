//! Every minute: whatever is owed and was not paid is paid, reminders that have come due among it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::{join_all, ready};
use futures::{StreamExt, stream};
use openslot_domain::effects::{EffectKey, EffectKind, Queue, SHARDS};
use openslot_domain::ids::BookingId;
use openslot_letters::Site;

use crate::deliver_effects::{Delivered, Taken, deliver_effect, give_back, take, unless_a_bug};
use crate::keyring::Keyring;
use crate::lapse_booking::{Lapsed, lapse_booking};
use crate::ports::{
    ChangeBooking, ClaimEffect, Clock, DropEffect, DueEffects, Entropy, Failure, FindBooking, NewDataKey,
    ParkEffect, Pause, PayEffect, PostponeEffect, PublishEvent, PutWrappedKey, ReadHost, SendLetter,
    SplitEffect, UnwrapDataKey, WrappedKeys,
};

/// How many pieces of work one look at a shard asks for.
const PAGE: u32 = 200;
/// Rounds after which a sweep leaves the rest to the next one.
const ROUNDS_MAX: u32 = 100;
/// How many bookings are served at once: enough for ten thousand reminders in two minutes, few enough for one small
/// function and its connections.
const AT_ONCE: usize = 64;
/// After this long a sweep begins nothing more: the next one has been started.
const PATIENCE: TimeDelta = TimeDelta::seconds(50);

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Pieces of work done.
    pub done: u32,
    /// Pieces that will be tried again.
    pub postponed: u32,
    /// Pieces set aside.
    pub parked: u32,
    /// Pieces whose store, mail or bus calls broke, or that met a bug; the next sweep finds them again.
    pub failed: u32,
    /// Whether time ran out before all of it was looked at.
    pub left: bool,
}

/// Pays everything that is due in either queue, and what that comes to, until nothing moves any more: announcements
/// and letters that the stream missed, reminders, and the lapse of what nobody approved.
///
/// The guarantee behind the table stream: it reads from the oldest work on and forgets nothing. One piece that
/// fails, hangs or meets a bug delays no other, and neither does a queue that cannot be read; then the sweep fails
/// once it has done the rest. Safe to repeat and to run twice at once.
pub async fn send_reminders<S, W, K, M, E>(
    store: &S,
    world: &W,
    keyring: &Keyring<K>,
    mailer: &M,
    bus: &E,
    site: &Site,
) -> Result<Swept, Failure>
where
    S: DueEffects
        + ClaimEffect
        + SplitEffect
        + PayEffect
        + PostponeEffect
        + DropEffect
        + ParkEffect
        + FindBooking
        + ReadHost
        + ChangeBooking
        + WrappedKeys
        + PutWrappedKey
        + Sync,
    W: Clock + Pause + Entropy + Sync,
    K: NewDataKey + UnwrapDataKey + Sync,
    M: SendLetter + Sync,
    E: PublishEvent + Sync,
{
    let until = world.now() + PATIENCE;
    let mut swept = Swept::default();
    let mut unread = None;
    for _ in 0..ROUNDS_MAX {
        let before = swept;
        let found = look(store, world.now()).await;
        unread = found.unread.or(unread);
        let served = stream::iter(found.bookings)
            .take_while(|_| ready(world.now() < until))
            .map(|keys| async move {
                let mut served = Swept::default();
                for key in keys {
                    let outcome = match key.kind {
                        EffectKind::Lapse => unless_a_bug(&key, lapse(store, world, &key)).await,
                        EffectKind::Announce
                        | EffectKind::Letter(_)
                        | EffectKind::Event
                        | EffectKind::Remind { .. }
                        | EffectKind::Reminder { .. }
                        | EffectKind::Reminded { .. } => {
                            deliver_effect(store, world, keyring, mailer, bus, site, &key).await
                        }
                    };
                    served.count(&key, outcome);
                }
                served
            })
            .buffer_unordered(AT_ONCE);
        swept = served.fold(swept, |sum, served| ready(sum.and(served))).await;
        swept.left = world.now() >= until;
        if swept.left || swept.done == before.done && swept.parked == before.parked {
            break;
        }
    }
    unread.map_or(Ok(swept), Err)
}

/// Declines a booking that nobody has approved in time.
async fn lapse<S, W>(store: &S, world: &W, key: &EffectKey) -> Result<Delivered, Failure>
where
    S: ClaimEffect
        + PayEffect
        + PostponeEffect
        + DropEffect
        + ParkEffect
        + FindBooking
        + ReadHost
        + ChangeBooking
        + Sync,
    W: Clock + Pause + Entropy + Sync,
{
    let now = world.now();
    let effect = match take(store, key, now).await? {
        Taken::Ours(effect, _) => effect,
        Taken::Settled(delivered) => return Ok(delivered),
    };
    match lapse_booking(store, world, &key.booking, key.revision).await {
        Ok(Lapsed::Declined | Lapsed::Left) => {
            store.pay_effect(&effect).await?;
            Ok(Delivered::Done)
        }
        Err(failure) => give_back(store, &effect, &failure, "the booking cannot be declined", now).await,
    }
}

/// What is due.
struct Found {
    /// By booking, whoever has waited longest first: what one booking owes is paid one after the other, because all
    /// claims of it look at the same booking and would stand in each other's way.
    bookings: Vec<Vec<EffectKey>>,
    /// Why a queue could not be read, if one could not.
    unread: Option<Failure>,
}

async fn look<S: DueEffects + Sync>(store: &S, now: DateTime<Utc>) -> Found {
    let queues = [Queue::Owed, Queue::Reminders].into_iter();
    let shards = queues.flat_map(|queue| (0..SHARDS).map(move |shard| due(store, now, queue, shard)));
    let mut by_booking: BTreeMap<BookingId, Vec<EffectKey>> = BTreeMap::new();
    let mut unread = None;
    for read in join_all(shards).await {
        match read {
            Ok(keys) => keys.into_iter().for_each(|key| by_booking.entry(key.booking).or_default().push(key)),
            Err(failure) => unread = Some(failure),
        }
    }
    let mut bookings: Vec<Vec<EffectKey>> = by_booking.into_values().collect();
    bookings.sort_by_cached_key(|keys| keys.iter().map(|key| key.due).min());
    Found { bookings, unread }
}

/// All due keys of a shard. Work that is held stays in front of the queue, so the page grows until it is not full.
async fn due<S: DueEffects>(
    store: &S,
    now: DateTime<Utc>,
    queue: Queue,
    shard: u8,
) -> Result<Vec<EffectKey>, Failure> {
    let mut most = PAGE;
    loop {
        let keys = store.due_effects(queue, shard, now, most).await?;
        if keys.len() < most as usize {
            return Ok(keys);
        }
        most = most.saturating_mul(4);
    }
}

impl Swept {
    fn count(&mut self, key: &EffectKey, outcome: Result<Delivered, Failure>) {
        match outcome {
            Ok(Delivered::Done) => self.done += 1,
            Ok(Delivered::Postponed) => self.postponed += 1,
            Ok(Delivered::Parked) => self.parked += 1,
            Ok(Delivered::Left) => {}
            Err(failure) => {
                tracing::warn!(effect = %key, error = %failure.cause(), "owed work failed");
                self.failed += 1;
            }
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            done: self.done + other.done,
            postponed: self.postponed + other.postponed,
            parked: self.parked + other.parked,
            failed: self.failed + other.failed,
            left: self.left || other.left,
        }
    }
}
