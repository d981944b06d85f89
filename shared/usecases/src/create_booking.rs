//! A guest takes a slot.

mod draft;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use futures::future::try_join_all;
use openslot_domain::booking::{self, Attendee, Booking, Guest, NotOffered, Source, Wish};
use openslot_domain::host::HostSnapshot;
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_domain::ledger;
use openslot_domain::limits::Limits;
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::questions::RawAnswer;
use openslot_domain::text::{Line, Paragraphs};

use self::draft::Draft;
use crate::digest;
use crate::keyring::{AddressMac, Keyring, address_mac};
use crate::ports::{
    Clock, Commit, CommitBooking, Consistency, Entropy, Failure, FindBooking, FindMeetingType, GiveBackQuota,
    KeyPurpose, NewDataKey, Pause, PutWrappedKey, ReadHost, Retry, TakeQuota, UnwrapDataKey, WrappedKeys,
};
use crate::quota::{Quota, Reached, Taken};
use crate::refusals::{Error, Flaw};
use crate::retry::Tries;

/// What a guest asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which kind of meeting.
    pub meeting_type: Slug,
    /// From when on.
    pub start: DateTime<Utc>,
    /// For how long, in minutes; left out, the meeting type's first duration.
    pub duration_mins: Option<u32>,
    /// The guest's zone.
    pub time_zone: Tz,
    /// The guest's language, as a BCP 47 tag.
    pub locale: Option<Line>,
    /// Who books.
    pub attendee: Attendee,
    /// Who else comes.
    pub guests: Vec<Guest>,
    /// Answers by question.
    pub answers: Vec<(String, RawAnswer)>,
    /// What the guest adds.
    pub note: Option<Paragraphs>,
    /// Where the guest came from.
    pub source: Source,
    /// With whom, where it matters to the guest.
    pub host: Option<HostId>,
    /// Names this request for ever: 8 to 128 visible characters.
    pub idempotency_key: String,
    /// The whole request in one canonical spelling, by which a repeat is told from another request.
    pub canonical: Vec<u8>,
    /// The network address it came from.
    pub client: String,
}

/// A booking, made now or before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// As it now stands.
    pub booking: Booking,
    /// Whether this request made it; a repeat did not.
    pub fresh: bool,
}

/// Why nothing was booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such meeting type.
    MeetingTypeUnknown,
    /// The time is held by something.
    SlotTaken {
        /// The nearest other starts.
        alternatives: Vec<DateTime<Utc>>,
    },
    /// The time is never on offer.
    NotOffered(NotOffered),
    /// The request does not fit the meeting type.
    Invalid(Vec<Flaw>),
    /// Another request was made under this key.
    KeyReused,
    /// A limit was reached.
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

/// Books a slot, or says why not.
///
/// Safe to repeat under the same key, at any time and any number of times: there is at most one booking, and a
/// repeat answers with it as it then stands. Nothing is sent from here: what the booking owes is stored with it.
pub async fn create_booking<S, W, K>(
    store: &S,
    world: &W,
    keyring: &Keyring<K>,
    limits: &Limits,
    request: &Request,
) -> Result<Created, Error<Refusal>>
where
    S: FindMeetingType
        + ReadHost
        + FindBooking
        + CommitBooking
        + TakeQuota
        + GiveBackQuota
        + WrappedKeys
        + PutWrappedKey
        + Sync,
    W: Clock + Pause + Entropy + Sync,
    K: NewDataKey + UnwrapDataKey + Sync,
{
    let now = world.now();
    let counters = keyring.newest(store, KeyPurpose::LimitCounters, now).await?;
    let quota = Quota { store, key: counters, limits, now };
    quota.arrive(&request.client).await?.map_err(too_many)?;

    let guest_rows = keyring.newest(store, KeyPurpose::GuestRows, now).await?;
    let people = draft::recipients(request).iter().map(|to| address_mac(&guest_rows, to)).collect();
    let id = digest::booking_id(&request.meeting_type, &request.idempotency_key);
    let attempt =
        Attempt { store, request, quota, people, id, hash: digest::sha256(&[&request.canonical]), now };
    attempt.until_settled(world).await
}

fn too_many(reached: Reached) -> Error<Refusal> {
    Error::Refused(Refusal::TooManyRequests { retry_after_secs: reached.retry_after_secs })
}

/// One request on its way to an answer.
struct Attempt<'a, S> {
    store: &'a S,
    request: &'a Request,
    quota: Quota<'a, S>,
    people: Vec<AddressMac>,
    id: BookingId,
    hash: [u8; 32],
    now: DateTime<Utc>,
}

/// How one try ended.
enum Tried {
    Booked(Box<Booking>),
    Exists,
    Refused(Refusal),
    Overtaken,
    Unsure(Failure),
}

impl<S> Attempt<'_, S>
where
    S: FindMeetingType + ReadHost + FindBooking + CommitBooking + TakeQuota + GiveBackQuota + Sync,
{
    /// Tries until there is an answer. A lost race is tried again on fresh reads, so that a free slot is never
    /// refused; after a call of unknown outcome the booking itself is asked.
    async fn until_settled<W>(&self, world: &W) -> Result<Created, Error<Refusal>>
    where
        W: Clock + Pause + Entropy + Sync,
    {
        let mut tries = Tries::from(self.now);
        let mut taken = Taken::default();
        let mut maybe_ours = false;
        loop {
            match self.once(world, &mut taken).await {
                Tried::Booked(booking) => return Ok(Created { booking: *booking, fresh: true }),
                Tried::Exists => return self.stands(maybe_ours, &mut taken, Refusal::KeyReused).await,
                Tried::Refused(refusal) => return self.stands(maybe_ours, &mut taken, refusal).await,
                Tried::Overtaken => {}
                Tried::Unsure(failure) if failure.retry == Retry::Never => {
                    return Err(Error::Failed(failure));
                }
                Tried::Unsure(_) => {
                    maybe_ours = true;
                    if let Ok(Some(booking)) = self.store.find_booking(&self.id).await {
                        return self.answer(booking, true);
                    }
                }
            }
            if !tries.another(world).await {
                return self.give_up(maybe_ours, &mut taken).await;
            }
        }
    }

    /// Reads, decides and writes once.
    async fn once<W: Entropy + Sync>(&self, world: &W, taken: &mut Taken) -> Tried {
        match self.try_once(world, taken).await {
            Ok(booking) => Tried::Booked(Box::new(booking)),
            Err(Stop::Exists) => Tried::Exists,
            Err(Stop::Overtaken) => Tried::Overtaken,
            Err(Stop::Refused(refusal)) => Tried::Refused(refusal),
            Err(Stop::Failed(failure)) => Tried::Unsure(failure),
        }
    }

    async fn try_once<W: Entropy + Sync>(&self, world: &W, taken: &mut Taken) -> Result<Booking, Stop> {
        let slug = &self.request.meeting_type;
        let found = self.store.find_meeting_type(slug, Consistency::Strong).await?;
        let meeting_type = found.ok_or(Stop::Refused(Refusal::MeetingTypeUnknown))?;
        let draft =
            Draft::of(self.request, &meeting_type).map_err(|flaws| Stop::Refused(Refusal::Invalid(flaws)))?;

        let snapshots = self.read_hosts(&meeting_type).await?;
        let wish = Wish {
            start: self.request.start,
            duration_mins: draft.duration_mins,
            host: self.request.host.clone(),
        };
        let granted = booking::decide(&meeting_type, &snapshots, &wish, self.now)?;

        let chosen: Vec<&HostSnapshot> = granted.hosts.iter().map(|place| &snapshots[*place]).collect();
        let hosts: Vec<HostId> = chosen.iter().map(|snapshot| snapshot.host.id.clone()).collect();
        self.quota.book(taken, &hosts, &draft.recipients).await?.map_err(|reached| {
            Stop::Refused(Refusal::TooManyRequests { retry_after_secs: reached.retry_after_secs })
        })?;

        let mut nonce = [0; 16];
        world.fill(&mut nonce);
        let made = draft.booking(self.id, self.hash, nonce, &meeting_type, &chosen, granted, self.now);
        let plan = booking::plan(made, &meeting_type, &chosen);
        match self.store.commit_booking(&plan, &self.people).await? {
            Commit::Done => Ok(plan.booking),
            Commit::Overtaken => Err(Stop::Overtaken),
            Commit::Exists => Err(Stop::Exists),
        }
    }

    async fn read_hosts(&self, meeting_type: &MeetingType) -> Result<Vec<HostSnapshot>, Failure> {
        let from = ledger::book_from(meeting_type, self.now);
        let reads = meeting_type.hosts.iter().map(|id| self.store.read_host(id, from, Consistency::Strong));
        Ok(try_join_all(reads).await?.into_iter().flatten().collect())
    }

    /// Before any refusal the booking is asked: this request may be a repeat, or an own write whose answer was
    /// lost.
    async fn stands(
        &self,
        maybe_ours: bool,
        taken: &mut Taken,
        refusal: Refusal,
    ) -> Result<Created, Error<Refusal>> {
        let standing = self.store.find_booking(&self.id).await?;
        if standing.is_none() || !maybe_ours {
            self.quota.give_back(taken).await?;
        }
        match standing {
            Some(booking) => self.answer(booking, maybe_ours),
            None => Err(Error::Refused(refusal)),
        }
    }

    /// The answer while the booking stands: the same request gets it, another one does not.
    fn answer(&self, booking: Booking, fresh: bool) -> Result<Created, Error<Refusal>> {
        if booking.request_hash == self.hash {
            Ok(Created { booking, fresh })
        } else {
            Err(Error::Refused(Refusal::KeyReused))
        }
    }

    async fn give_up(&self, maybe_ours: bool, taken: &mut Taken) -> Result<Created, Error<Refusal>> {
        if let Some(booking) = self.store.find_booking(&self.id).await? {
            return self.answer(booking, maybe_ours);
        }
        self.quota.give_back(taken).await?;
        Err(Error::Busy { retry_after_secs: RETRY_AFTER_SECS })
    }
}

/// Long enough for a crowd to pass.
const RETRY_AFTER_SECS: u32 = 2;

/// Why one try did not book.
enum Stop {
    Exists,
    Overtaken,
    Refused(Refusal),
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<booking::Refusal> for Stop {
    fn from(refusal: booking::Refusal) -> Self {
        Self::Refused(refusal.into())
    }
}
