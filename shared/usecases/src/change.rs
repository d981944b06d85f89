//! A change of a booking that stands: by whose right, under which key, and tried until there is an answer.

use std::future::Future;

use chrono::{DateTime, Utc};
use futures::future::try_join_all;
use openslot_domain::booking::change::{self, ChangePlan, Deed, Standing};
use openslot_domain::booking::{Actor, Booking, OperationKey, Recall};
use openslot_domain::host::HostSnapshot;
use openslot_domain::ids::BookingId;
use openslot_domain::login::Login;
use openslot_domain::meeting_type::MeetingType;

use crate::digest;
use crate::keyring::{DataKey, Keyring};
use crate::manage_link::{Opens, is_secret};
use crate::ports::{
    ChangeBooking, Clock, Consistency, Entropy, Failure, FindBooking, FindMeetingType, KeyPurpose, Pause,
    ReadHost, Retry, Saved, UnwrapDataKey, WrappedKeys,
};
use crate::refusals::Error;
use crate::retry::{FULL_TRIES, RETRY_AFTER_SECS, Tries};

/// By what right somebody changes a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Right {
    /// The secret of its manage link.
    Link(String),
    /// A login that reaches it.
    Login(Login),
}

/// Who asks for a change of which booking, and by which request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which booking.
    pub booking: BookingId,
    /// By what right.
    pub right: Right,
    /// Names this request among those that change this booking: 8 to 128 visible characters.
    pub idempotency_key: String,
    /// The whole request in one canonical spelling, by which a repeat is told from another request.
    pub canonical: Vec<u8>,
}

/// Why a booking may not be changed at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// There is no such booking, or the right does not reach it: nobody is told which.
    BookingUnknown,
    /// Another request was made under this key.
    KeyReused,
    /// It has begun, begins too soon, or is over.
    TooLate,
}

/// Who asks, once the keys of manage links are at hand.
pub(crate) struct Asker<'a> {
    asked: &'a Asked,
    operation: OperationKey,
    links: Vec<DataKey>,
    pub(crate) now: DateTime<Utc>,
}

impl<'a> Asker<'a> {
    /// `verb` keeps requests of different kinds apart, should they come under one key.
    pub(crate) async fn of<S, K>(
        store: &S,
        keyring: &Keyring<K>,
        verb: &str,
        asked: &'a Asked,
        now: DateTime<Utc>,
    ) -> Result<Self, Failure>
    where
        S: WrappedKeys + Sync,
        K: UnwrapDataKey + Sync,
    {
        let links = match &asked.right {
            Right::Link(_) => keyring.all(store, KeyPurpose::ManageLinks, now).await?,
            Right::Login(_) => Vec::new(),
        };
        let operation = digest::operation(verb, &asked.booking, &asked.idempotency_key, &asked.canonical);
        Ok(Self { asked, operation, links, now })
    }

    /// What is known of the request before the booking is looked at any closer; `None` if it is a new one. Whoever
    /// has no right to the booking learns nothing of it.
    pub(crate) fn known(&self, booking: &Booking) -> Option<Result<(), Denied>> {
        if !self.reaches(booking) {
            return Some(Err(Denied::BookingUnknown));
        }
        match booking.recall(&self.operation) {
            Recall::Repeat => Some(Ok(())),
            Recall::KeyReused => Some(Err(Denied::KeyReused)),
            Recall::New => None,
        }
    }

    fn reaches(&self, booking: &Booking) -> bool {
        match &self.asked.right {
            Right::Link(secret) => is_secret(&self.links, booking, Opens::Booking, secret),
            Right::Login(login) => login.reaches(booking),
        }
    }

    /// Whether the booking can be changed: a host is not bound by the cut-off.
    pub(crate) fn standing(&self, booking: &Booking, meeting_type: Option<&MeetingType>) -> Standing {
        let cutoff_mins = match &self.asked.right {
            Right::Link(_) => cutoff_mins(meeting_type),
            Right::Login(_) => 0,
        };
        change::standing(booking, cutoff_mins, self.now)
    }

    pub(crate) fn operation(&self) -> OperationKey {
        self.operation
    }

    pub(crate) fn deed(&self) -> Deed {
        let by = match &self.asked.right {
            Right::Link(_) => Actor::Attendee,
            Right::Login(login) => Actor::Host(login.host.clone()),
        };
        Deed { by, at: self.now, operation: Some(self.operation) }
    }
}

/// A meeting type that is gone cuts nothing off.
pub(crate) fn cutoff_mins(meeting_type: Option<&MeetingType>) -> u32 {
    meeting_type.map_or(0, |meeting_type| meeting_type.cancel_cutoff_mins)
}

/// The meeting type of a booking as it now stands.
pub(crate) async fn type_of<S: FindMeetingType + Sync>(
    store: &S,
    booking: &Booking,
) -> Result<Option<MeetingType>, Failure> {
    store.find_meeting_type(&booking.meeting_type, Consistency::Strong).await
}

/// The hosts of a booking, those who are still there, with their days from a UTC date on.
pub(crate) async fn hosts_of<S: ReadHost + Sync>(
    store: &S,
    booking: &Booking,
    from: chrono::NaiveDate,
) -> Result<Vec<HostSnapshot>, Failure> {
    let reads = booking.hosts.iter().map(|host| store.read_host(&host.id, from, Consistency::Strong));
    Ok(try_join_all(reads).await?.into_iter().flatten().collect())
}

/// What is to be done about a booking as it was read.
pub(crate) enum Next<R> {
    /// Nothing: it is the answer.
    Stands,
    /// Nothing, and this is why.
    Refused(R),
    /// A limit is reached; requests under way may yet give back what they took.
    Full(R),
    /// This.
    Change(Box<ChangePlan>),
}

/// Decides on a change. Asked anew after every lost race.
pub(crate) trait Decide {
    /// Why it may come to nothing.
    type Refusal;

    /// What is to be done about the booking as it now stands; `None` if there is none.
    fn next(
        &mut self,
        booking: Option<&Booking>,
    ) -> impl Future<Output = Result<Next<Self::Refusal>, Failure>> + Send;
}

/// How a change ended.
pub(crate) struct Settled<R> {
    pub(crate) answer: Result<Booking, Error<R>>,
    /// Whether it was written here, as far as anybody can know.
    pub(crate) written: Written,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Yes,
    No,
    /// A write ended without an answer.
    Perhaps,
}

/// How one try ended.
enum Tried<R> {
    Settled(Result<Booking, Error<R>>),
    Done(Booking),
    Full(R),
    Overtaken,
    /// The write failed, and may have been carried out.
    Unknown(Failure),
    /// A call before the write failed.
    Failed(Failure),
}

/// Tries until there is an answer: a lost race is tried again on fresh reads. After a write of unknown outcome the
/// booking itself is asked, which knows the requests that changed it.
pub(crate) async fn until_settled<S, W, D>(
    store: &S,
    world: &W,
    started_at: DateTime<Utc>,
    id: &BookingId,
    decide: &mut D,
) -> Settled<D::Refusal>
where
    S: FindBooking + ChangeBooking + Sync,
    W: Clock + Pause + Entropy + Sync,
    D: Decide + Send,
    D::Refusal: Send,
{
    let mut tries = Tries::from(started_at);
    let mut written = Written::No;
    let (mut fulls, mut broken) = (0, None);
    loop {
        match once(store, id, decide).await {
            Tried::Settled(answer) => return Settled { answer, written },
            Tried::Done(booking) => return Settled { answer: Ok(booking), written: Written::Yes },
            Tried::Full(refusal) => {
                fulls += 1;
                if fulls >= FULL_TRIES {
                    return Settled { answer: Err(Error::Refused(refusal)), written };
                }
            }
            Tried::Overtaken => {}
            Tried::Unknown(failure) => {
                written = Written::Perhaps;
                broken = Some(failure);
            }
            Tried::Failed(failure) if failure.retry == Retry::Never => {
                return Settled { answer: Err(Error::Failed(failure)), written };
            }
            Tried::Failed(failure) => broken = Some(failure),
        }
        if !tries.another(world).await {
            // Only who lost nothing but races knows that nothing was written, and may say so.
            let busy = Error::Busy { retry_after_secs: RETRY_AFTER_SECS };
            return Settled { answer: Err(broken.map_or(busy, Error::Failed)), written };
        }
    }
}

/// Reads, decides and writes once.
async fn once<S, D>(store: &S, id: &BookingId, decide: &mut D) -> Tried<D::Refusal>
where
    S: FindBooking + ChangeBooking + Sync,
    D: Decide + Send,
    D::Refusal: Send,
{
    let booking = match store.find_booking(id).await {
        Ok(booking) => booking,
        Err(failure) => return Tried::Failed(failure),
    };
    let plan = match (decide.next(booking.as_ref()).await, booking) {
        (Ok(Next::Change(plan)), _) => plan,
        (Ok(Next::Stands), Some(booking)) => return Tried::Settled(Ok(booking)),
        (Ok(Next::Stands), None) => unreachable!("what is not there is not the answer"),
        (Ok(Next::Refused(refusal)), _) => return Tried::Settled(Err(Error::Refused(refusal))),
        (Ok(Next::Full(refusal)), _) => return Tried::Full(refusal),
        (Err(failure), _) => return Tried::Failed(failure),
    };
    match store.change_booking(&plan).await {
        Ok(Saved::Done) => Tried::Done(plan.booking),
        Ok(Saved::Overtaken) => Tried::Overtaken,
        // What was refused for good was not carried out; anything else may have been.
        Err(failure) if failure.retry == Retry::Never => Tried::Failed(failure),
        Err(failure) => Tried::Unknown(failure),
    }
}
