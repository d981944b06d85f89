//! The holder of a manage link looks for times to which the booking could be moved.

use futures::future::try_join_all;
use openslot_domain::booking::change::Standing;
use openslot_domain::booking::{self, Booking};
use openslot_domain::host::HostSnapshot;
use openslot_domain::ids::BookingId;
use openslot_domain::ledger::{self, Ledger};
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::slots::HostTime;

use crate::change::cutoff_mins;
use crate::keyring::Keyring;
use crate::list_slots::{Dates, Listed, RecentMeetingTypes, known, listed};
use crate::manage_booking::open_booking;
use crate::manage_link::Opens;
use crate::ports::{
    Clock, Consistency, Failure, FindBooking, FindMeetingType, ReadHost, UnwrapDataKey, WrappedKeys,
};
use crate::refusals::{Error, Flaw};
use crate::reschedule_booking::duration_mins;

/// Which times are to be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Of which booking.
    pub booking: BookingId,
    /// The secret of its manage link.
    pub secret: String,
    /// On which dates.
    pub dates: Dates,
    /// For how long, in minutes; left out, as long as it lasts now.
    pub duration_mins: Option<u32>,
}

/// Why there is no list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such booking, or the link does not open it: nobody is told which.
    BookingUnknown,
    /// It can no longer be moved.
    TooLate,
    /// The query does not fit the meeting type.
    Invalid(Vec<Flaw>),
}

/// Lists the starts that a booking could be moved to: what its own hosts have free once it is out of the way, its
/// own start among them. Reads only; may lag a moment behind a booking.
pub async fn list_moves<S, W, K>(
    store: &S,
    world: &W,
    keyring: &Keyring<K>,
    recent: &RecentMeetingTypes,
    query: &Query,
) -> Result<Listed, Error<Refusal>>
where
    S: FindBooking + FindMeetingType + ReadHost + WrappedKeys + Sync,
    W: Clock + Sync,
    K: UnwrapDataKey + Sync,
{
    let opened = open_booking(store, world, keyring, &query.booking, Opens::Booking, &query.secret).await?;
    let booking = opened.ok_or(Error::Refused(Refusal::BookingUnknown))?;
    let now = world.now();
    let meeting_type = known(store, recent, &booking.meeting_type, now).await?;
    let cutoff_mins = cutoff_mins(meeting_type.as_ref());
    if booking::change::standing(&booking, cutoff_mins, now) != Standing::Open {
        return Err(Error::Refused(Refusal::TooLate));
    }
    let Some(meeting_type) = meeting_type else {
        return Ok(nothing(&booking, query));
    };
    let mins = duration_mins(&booking, &meeting_type, query.duration_mins)
        .map_err(|flaw| Error::Refused(Refusal::Invalid(vec![flaw])))?;
    let others = others(store, &booking, &meeting_type, now).await?;
    if !meeting_type.active || others.len() != booking.hosts.len() {
        return Ok(nothing(&booking, query));
    }
    let ledgers: Vec<Ledger<'_>> = others.iter().map(|other| Ledger::of(other, &meeting_type.slug)).collect();
    let times: Vec<HostTime<'_>> = ledgers.iter().map(Ledger::time).collect();
    let rules = booking::rules_of_move(&booking, &meeting_type, mins);
    Ok(listed(&rules, &times, now, &query.dates))
}

/// The time of the booking's hosts as if it did not exist.
async fn others<S: ReadHost + Sync>(
    store: &S,
    booking: &Booking,
    meeting_type: &MeetingType,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<HostSnapshot>, Failure> {
    let from = ledger::list_from(meeting_type, now);
    let reads = booking.hosts.iter().map(|host| store.read_host(&host.id, from, Consistency::Eventual));
    let found = try_join_all(reads).await?;
    Ok(found.into_iter().flatten().map(|snapshot| snapshot.without(&booking.id)).collect())
}

/// Nobody takes this kind of meeting any more.
fn nothing(booking: &Booking, query: &Query) -> Listed {
    let own = u32::try_from(booking.core.mins()).unwrap_or(u32::MAX);
    let duration_mins = query.duration_mins.unwrap_or(own);
    Listed { duration_mins, starts: Vec::new(), next_available: None }
}
