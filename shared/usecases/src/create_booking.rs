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
use crate::retry::{FULL_TRIES, RETRY_AFTER_SECS, Tries};

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
    /// A limit is reached; requests under way may yet give back what they took.
    Full(Reached),
    Overtaken,
    /// The commit failed, and may have been carried out.
    Unknown(Failure),
    /// A call before the commit failed.
    Failed(Failure),
}

impl<S> Attempt<'_, S>
where
    S: FindMeetingType + ReadHost + FindBooking + CommitBooking + TakeQuota + GiveBackQuota + Sync,
{
    /// Tries until there is an answer. A lost race is tried again on fresh reads, so that a free slot is never
    /// refused; after a commit of unknown outcome the booking itself is asked.
    async fn until_settled<W>(&self, world: &W) -> Result<Created, Error<Refusal>>
    where
        W: Clock + Pause + Entropy + Sync,
    {
        let mut tries = Tries::from(self.now);
        let mut so_far = SoFar::default();
        let mut broken = None;
        loop {
            let answer = match self.once(world, &mut so_far).await {
                Tried::Booked(booking) => return Ok(Created { booking: *booking, fresh: true }),
                Tried::Exists => Some(Refusal::KeyReused.into()),
                Tried::Refused(refusal) => Some(refusal.into()),
                Tried::Full(reached) => so_far.is_full().then(|| too_many(reached)),
                Tried::Failed(failure) if failure.retry == Retry::Never => Some(Error::Failed(failure)),
                Tried::Failed(failure) => {
                    broken = Some(failure);
                    None
                }
                Tried::Unknown(failure) => {
                    so_far.unknown = true;
                    broken = Some(failure);
                    match self.store.find_booking(&self.id).await {
                        Ok(Some(booking)) => return self.answer(booking, &so_far),
                        Ok(None) | Err(_) => None,
                    }
                }
                Tried::Overtaken => None,
            };
            if let Some(answer) = answer {
                return self.settle(&mut so_far, answer).await;
            }
            if !tries.another(world).await {
                // Only who lost nothing but races knows that nothing was written, and may say so.
                let busy = Error::Busy { retry_after_secs: RETRY_AFTER_SECS };
                let answer = broken.map_or(busy, Error::Failed);
                return self.settle(&mut so_far, answer).await;
            }
        }
    }

    /// Reads, decides and writes once.
    async fn once<W: Entropy + Sync>(&self, world: &W, so_far: &mut SoFar) -> Tried {
        match self.try_once(world, so_far).await {
            Ok(booking) => Tried::Booked(Box::new(booking)),
            Err(tried) => tried,
        }
    }

    async fn try_once<W: Entropy + Sync>(&self, world: &W, so_far: &mut SoFar) -> Result<Booking, Tried> {
        let slug = &self.request.meeting_type;
        let found = self.store.find_meeting_type(slug, Consistency::Strong).await?;
        let active = found.filter(|meeting_type| meeting_type.active);
        let meeting_type = active.ok_or(Tried::Refused(Refusal::MeetingTypeUnknown))?;
        let draft = Draft::of(self.request, &meeting_type)
            .map_err(|flaws| Tried::Refused(Refusal::Invalid(flaws)))?;

        let snapshots = self.read_hosts(&meeting_type).await?;
        let wish = Wish {
            start: self.request.start,
            duration_mins: draft.duration_mins,
            host: self.request.host.clone(),
        };
        let granted = booking::decide(&meeting_type, &snapshots, &wish, self.now)?;

        let chosen: Vec<&HostSnapshot> = granted.hosts.iter().map(|place| &snapshots[*place]).collect();
        let hosts: Vec<HostId> = chosen.iter().map(|snapshot| snapshot.host.id.clone()).collect();
        self.quota.book(&mut so_far.taken, &hosts, &draft.recipients).await?.map_err(Tried::Full)?;

        let mut nonce = [0; 16];
        world.fill(&mut nonce);
        so_far.nonces.push(nonce);
        let made = draft.booking(self.id, self.hash, nonce, &meeting_type, &chosen, granted, self.now);
        let plan = booking::plan(made, &meeting_type, &chosen);
        match self.store.commit_booking(&plan, &self.people).await.map_err(uncommitted)? {
            Commit::Done => Ok(plan.booking),
            Commit::Overtaken => Err(Tried::Overtaken),
            Commit::Exists => Err(Tried::Exists),
        }
    }

    async fn read_hosts(&self, meeting_type: &MeetingType) -> Result<Vec<HostSnapshot>, Failure> {
        let from = ledger::book_from(meeting_type, self.now);
        let reads = meeting_type.hosts.iter().map(|id| self.store.read_host(id, from, Consistency::Strong));
        Ok(try_join_all(reads).await?.into_iter().flatten().collect())
    }

    /// Before any other answer the booking is asked: this request may be a repeat, or an own write whose answer
    /// was lost. What was counted is uncounted, unless an own write may have been, or may yet be, carried out.
    async fn settle(&self, so_far: &mut SoFar, otherwise: Error<Refusal>) -> Result<Created, Error<Refusal>> {
        if !so_far.unknown {
            self.quota.let_go(&mut so_far.taken).await;
        }
        match self.store.find_booking(&self.id).await? {
            Some(booking) => self.answer(booking, so_far),
            None => Err(otherwise),
        }
    }

    /// The answer while the booking stands: the same request gets it, another one does not. It is fresh if it was
    /// made here, which its nonce tells.
    fn answer(&self, booking: Booking, so_far: &SoFar) -> Result<Created, Error<Refusal>> {
        if booking.request_hash != self.hash {
            return Err(Error::Refused(Refusal::KeyReused));
        }
        let fresh = so_far.made(&booking);
        Ok(Created { booking, fresh })
    }
}

/// What the tries so far have left behind.
#[derive(Default)]
struct SoFar {
    taken: Taken,
    /// One for each booking that was to be committed.
    nonces: Vec<[u8; 16]>,
    fulls: u32,
    /// Whether a commit ended without an answer.
    unknown: bool,
}

impl SoFar {
    /// Notes that a counter was full; true once it was asked often enough.
    fn is_full(&mut self) -> bool {
        self.fulls += 1;
        self.fulls >= FULL_TRIES
    }

    fn made(&self, booking: &Booking) -> bool {
        self.nonces.contains(&booking.nonce)
    }
}

/// A commit that was refused for good was not carried out; any other may have been.
fn uncommitted(failure: Failure) -> Tried {
    match failure.retry {
        Retry::Later => Tried::Unknown(failure),
        Retry::Never => Tried::Failed(failure),
    }
}

impl From<Failure> for Tried {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<booking::Refusal> for Tried {
    fn from(refusal: booking::Refusal) -> Self {
        Self::Refused(refusal.into())
    }
}

impl From<Refusal> for Error<Refusal> {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
