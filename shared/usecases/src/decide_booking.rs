//! A host says yes or no to a booking that waits for it.

use openslot_domain::booking::change::{self, Deed, Standing};
use openslot_domain::booking::{Actor, Booking, State};
use openslot_domain::ids::BookingId;
use openslot_domain::login::Login;
use openslot_domain::text::Paragraphs;

use crate::change::{Decide, Next, hosts_of, type_of, until_settled};
use crate::ports::{ChangeBooking, Clock, Entropy, Failure, FindBooking, FindMeetingType, Pause, ReadHost};
use crate::refusals::Error;

/// What a host says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// To which booking.
    pub booking: BookingId,
    /// Who; one of the booking's hosts, or somebody who reaches everybody's bookings.
    pub by: Login,
    /// Yes or no.
    pub word: Word,
}

/// Yes or no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// It takes place.
    Approve,
    /// It does not.
    Decline {
        /// Why, for the attendee and the hosts.
        reason: Option<Paragraphs>,
    },
}

/// Why a host's word counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such booking, or it is none of this host's: nobody is told which.
    BookingUnknown,
    /// It does not wait for anybody's word, or no longer.
    NotPending,
    /// It would have begun.
    TooLate,
}

/// Approves or declines a pending booking, or says why not.
///
/// A pending booking holds its time, so an approval never meets another booking. Safe to repeat: a booking that is
/// already as the host wants it is the answer. Nothing is sent from here: what is owed is stored with the change.
pub async fn decide_booking<S, W>(store: &S, world: &W, request: &Request) -> Result<Booking, Error<Refusal>>
where
    S: FindBooking + FindMeetingType + ReadHost + ChangeBooking + Sync,
    W: Clock + Pause + Entropy + Sync,
{
    let at = world.now();
    let deed = Deed { by: Actor::Host(request.by.host.clone()), at, operation: None };
    let mut saying = Saying { store, request, deed };
    until_settled(store, world, at, &request.booking, &mut saying).await.answer
}

struct Saying<'a, S> {
    store: &'a S,
    request: &'a Request,
    deed: Deed,
}

impl<S: FindMeetingType + ReadHost + Sync> Decide for Saying<'_, S> {
    type Refusal = Refusal;

    async fn next(&mut self, booking: Option<&Booking>) -> Result<Next<Refusal>, Failure> {
        let Some(booking) = booking.filter(|booking| self.request.by.reaches(booking)) else {
            return Ok(Next::Refused(Refusal::BookingUnknown));
        };
        Ok(match (booking.state, &self.request.word) {
            (State::Pending, word) => self.say(booking, word).await?,
            (State::Confirmed, Word::Approve) | (State::Declined, Word::Decline { .. }) => Next::Stands,
            (State::Confirmed, Word::Decline { .. })
            | (State::Declined, Word::Approve)
            | (State::Cancelled, Word::Approve | Word::Decline { .. }) => Next::Refused(Refusal::NotPending),
        })
    }
}

impl<S: FindMeetingType + ReadHost + Sync> Saying<'_, S> {
    async fn say(&self, booking: &Booking, word: &Word) -> Result<Next<Refusal>, Failure> {
        let hosts = async || hosts_of(self.store, booking, change::read_from(booking)).await;
        let plan = match word {
            Word::Approve if change::standing(booking, 0, self.deed.at) != Standing::Open => {
                return Ok(Next::Refused(Refusal::TooLate));
            }
            Word::Approve => {
                let meeting_type = type_of(self.store, booking).await?;
                // Without its type, as it said when the booking was made.
                let said = || booking.reminders_mins.clone();
                let reminders = meeting_type.map_or_else(said, |found| found.reminders_mins);
                change::approve(booking, &hosts().await?, reminders, self.deed.clone())
            }
            Word::Decline { reason } => {
                change::decline(booking, &hosts().await?, reason.clone(), self.deed.clone())
            }
        };
        Ok(Next::Change(Box::new(plan)))
    }
}
