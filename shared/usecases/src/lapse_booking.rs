//! A booking that nobody has approved in time is declined.

use chrono::{DateTime, Utc};
use openslot_domain::booking::change;
use openslot_domain::booking::{Booking, Did, State};
use openslot_domain::ids::BookingId;

use crate::change::{Decide, Next, hosts_of, until_settled};
use crate::ports::{ChangeBooking, Clock, Entropy, Failure, FindBooking, Pause, ReadHost};
use crate::refusals::Error;

/// What became of a booking whose time to be approved has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapsed {
    /// It is declined.
    Declined,
    /// It is gone, no longer waits, or was changed since: nothing to do.
    Left,
}

/// Declines a booking that still waits at `revision`; to be called when that has become due.
///
/// Its time is free as soon as this answers. Safe to repeat and to run twice at once: a booking that was approved,
/// moved or given up meanwhile is left as it is.
pub async fn lapse_booking<S, W>(
    store: &S,
    world: &W,
    id: &BookingId,
    revision: u32,
) -> Result<Lapsed, Failure>
where
    S: FindBooking + ReadHost + ChangeBooking + Sync,
    W: Clock + Pause + Entropy + Sync,
{
    let at = world.now();
    let mut lapse = Lapse { store, revision, at };
    match until_settled(store, world, at, id, &mut lapse).await.answer {
        Ok(booking) if booking.last_step().what == Did::Lapsed => Ok(Lapsed::Declined),
        Ok(_) | Err(Error::Refused(Unknown)) => Ok(Lapsed::Left),
        Err(Error::Failed(failure)) => Err(failure),
        Err(Error::Busy { .. }) => Err(Failure::later("others were at the booking all the time")),
    }
}

struct Lapse<'a, S> {
    store: &'a S,
    revision: u32,
    at: DateTime<Utc>,
}

/// There is no such booking.
struct Unknown;

impl<S: ReadHost + Sync> Decide for Lapse<'_, S> {
    type Refusal = Unknown;

    async fn next(&mut self, booking: Option<&Booking>) -> Result<Next<Unknown>, Failure> {
        let Some(booking) = booking else {
            return Ok(Next::Refused(Unknown));
        };
        if booking.state != State::Pending || booking.revision != self.revision {
            return Ok(Next::Stands);
        }
        let hosts = hosts_of(self.store, booking, change::read_from(booking)).await?;
        Ok(Next::Change(Box::new(change::lapse(booking, &hosts, self.at))))
    }
}
