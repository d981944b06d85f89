//! Somebody moves a booking to another time.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::change::{self, Standing};
use openslot_domain::booking::{self, Booking, NotOffered};
use openslot_domain::ids::HostId;
use openslot_domain::limits::Limits;
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::text::EmailAddress;

use crate::change::{Asked, Asker, Decide, Denied, Next, Written, hosts_of, type_of, until_settled};
use crate::keyring::Keyring;
use crate::manage_booking::Managed;
use crate::ports::{
    ChangeBooking, Clock, Entropy, Failure, FindBooking, FindMeetingType, GiveBackQuota, KeyPurpose, Pause,
    ReadHost, TakeQuota, UnwrapDataKey, WrappedKeys,
};
use crate::quota::{Quota, Taken};
use crate::refusals::{Error, Flaw};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// By whom, and of which booking.
    pub asked: Asked,
    /// From when on.
    pub start: DateTime<Utc>,
    /// For how long, in minutes; left out, as long as it lasts now.
    pub duration_mins: Option<u32>,
    /// The attendee's zone from now on.
    pub time_zone: Tz,
}

/// Why a booking was not moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It may not be changed at all.
    Denied(Denied),
    /// The time is held by something else.
    SlotTaken {
        /// The nearest other starts.
        alternatives: Vec<DateTime<Utc>>,
    },
    /// The time is never on offer.
    NotOffered(NotOffered),
    /// The request does not fit the meeting type.
    Invalid(Vec<Flaw>),
    /// A limit was reached: a move is told to as many as a booking, and counts like one.
    TooManyRequests {
        /// When to come again, in seconds.
        retry_after_secs: u32,
    },
}

impl From<booking::Refusal> for Refusal {
    fn from(refusal: booking::Refusal) -> Self {
        match refusal {
            booking::Refusal::SlotTaken { alternatives } => Self::SlotTaken { alternatives },
            booking::Refusal::NotOffered(reason) => Self::NotOffered(reason),
        }
    }
}

/// Moves a booking to another time of its own hosts, or says why not. It holds its old time until it holds the new
/// one, and never both.
///
/// Safe to repeat under the same key: the booking remembers the last requests that changed it, and a repeat is
/// answered with it as it then stands. A move to where it is changes nothing. Nothing is sent from here: what is
/// owed is stored with the change.
pub async fn reschedule_booking<S, W, K>(
    store: &S,
    world: &W,
    keyring: &Keyring<K>,
    limits: &Limits,
    request: &Request,
) -> Result<Managed, Error<Refusal>>
where
    S: FindBooking
        + FindMeetingType
        + ReadHost
        + ChangeBooking
        + TakeQuota
        + GiveBackQuota
        + WrappedKeys
        + Sync,
    W: Clock + Pause + Entropy + Sync,
    K: UnwrapDataKey + Sync,
{
    let now = world.now();
    let asker = Asker::of(store, keyring, "reschedule", &request.asked, now).await?;
    let counters = keyring.latest(store, KeyPurpose::LimitCounters, now).await?;
    let quota = Quota { store, key: counters, limits, now };
    let mut reschedule =
        Reschedule { store, asker, request, quota, taken: Taken::default(), meeting_type: None };
    let settled = until_settled(store, world, now, &request.asked.booking, &mut reschedule).await;
    if settled.written == Written::No {
        reschedule.quota.let_go(&mut reschedule.taken).await;
    }
    Ok(Managed::of(settled.answer?, reschedule.meeting_type.as_ref(), now))
}

struct Reschedule<'a, S> {
    store: &'a S,
    asker: Asker<'a>,
    request: &'a Request,
    quota: Quota<'a, S>,
    taken: Taken,
    meeting_type: Option<MeetingType>,
}

impl<S> Decide for Reschedule<'_, S>
where
    S: FindMeetingType + ReadHost + TakeQuota + GiveBackQuota + Sync,
{
    type Refusal = Refusal;

    async fn next(&mut self, booking: Option<&Booking>) -> Result<Next<Refusal>, Failure> {
        let Some(booking) = booking else {
            return Ok(refused(Denied::BookingUnknown));
        };
        let known = self.asker.known(booking);
        if let Some(Err(denied)) = known {
            return Ok(refused(denied));
        }
        self.meeting_type = type_of(self.store, booking).await?;
        if known.is_some() {
            return Ok(Next::Stands);
        }
        match self.asker.standing(booking, self.meeting_type.as_ref()) {
            Standing::Over | Standing::TooLate => Ok(refused(Denied::TooLate)),
            Standing::Open => self.another_time(booking).await,
        }
    }
}

impl<S> Reschedule<'_, S>
where
    S: ReadHost + TakeQuota + GiveBackQuota + Sync,
{
    async fn another_time(&mut self, booking: &Booking) -> Result<Next<Refusal>, Failure> {
        let Some(meeting_type) = &self.meeting_type else {
            return Ok(Next::Refused(Refusal::NotOffered(NotOffered::Unavailable)));
        };
        let duration_mins = match duration_mins(booking, meeting_type, self.request.duration_mins) {
            Ok(duration_mins) => duration_mins,
            Err(flaw) => {
                let flaw = Flaw { pointer: format!("/{}", flaw.pointer), ..flaw };
                return Ok(Next::Refused(Refusal::Invalid(vec![flaw])));
            }
        };
        let (start, now) = (self.request.start, self.asker.now);
        if start == booking.core.start() && i64::from(duration_mins) == booking.core.mins() {
            return Ok(Next::Change(Box::new(change::remember(booking, self.asker.operation()))));
        }
        let hosts = hosts_of(self.store, booking, booking::move_from(booking, meeting_type, now)).await?;
        let to = match booking::decide_move(booking, meeting_type, &hosts, start, duration_mins, now) {
            Ok(to) => to,
            Err(refusal) => return Ok(Next::Refused(refusal.into())),
        };
        let ids: Vec<HostId> = booking.hosts.iter().map(|host| host.id.clone()).collect();
        if let Err(reached) = self.quota.book(&mut self.taken, &ids, &recipients(booking)).await? {
            let retry_after_secs = reached.retry_after_secs;
            return Ok(Next::Full(Refusal::TooManyRequests { retry_after_secs }));
        }
        let (zone, deed) = (self.request.time_zone, self.asker.deed());
        Ok(Next::Change(Box::new(change::reschedule(booking, meeting_type, &hosts, to, zone, deed))))
    }
}

fn refused(denied: Denied) -> Next<Refusal> {
    Next::Refused(Refusal::Denied(denied))
}

/// How long a booking is to last: as long as it does, or as one of the durations that are on offer. What is wrong is
/// named by the parameter.
pub(crate) fn duration_mins(
    booking: &Booking,
    meeting_type: &MeetingType,
    wanted: Option<u32>,
) -> Result<u32, Flaw> {
    let own = u32::try_from(booking.core.mins()).unwrap_or(u32::MAX);
    let wanted = wanted.unwrap_or(own);
    if wanted == own || meeting_type.durations_mins.contains(&wanted) {
        return Ok(wanted);
    }
    Err(Flaw::new("duration_minutes", "not_offered", "is not a duration of this meeting type"))
}

/// Everybody who gets a letter for having been named in a booking.
fn recipients(booking: &Booking) -> Vec<EmailAddress> {
    let guests = booking.guests.iter().map(|guest| guest.email.clone());
    std::iter::once(booking.attendee.email.clone()).chain(guests).collect()
}
