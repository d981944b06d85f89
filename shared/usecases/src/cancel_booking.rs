//! Somebody gives a booking up.

use openslot_domain::booking::Booking;
use openslot_domain::booking::change::{self, Standing};
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::text::Paragraphs;

use crate::change::{Asked, Asker, Decide, Denied, Next, hosts_of, type_of, until_settled};
use crate::keyring::Keyring;
use crate::manage_booking::Managed;
use crate::ports::{
    ChangeBooking, Clock, Entropy, Failure, FindBooking, FindMeetingType, Pause, ReadHost, UnwrapDataKey,
    WrappedKeys,
};
use crate::refusals::Error;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// By whom, and of which booking.
    pub asked: Asked,
    /// Why, for the attendee and the hosts.
    pub reason: Option<Paragraphs>,
}

/// Cancels a booking, or says why not. Its time is free as soon as this answers.
///
/// Safe to repeat: a booking that is over stays as it is, and is the answer. Nothing is sent from here: what is
/// owed is stored with the change.
pub async fn cancel_booking<S, W, K>(
    store: &S,
    world: &W,
    keyring: &Keyring<K>,
    request: &Request,
) -> Result<Managed, Error<Denied>>
where
    S: FindBooking + FindMeetingType + ReadHost + ChangeBooking + WrappedKeys + Sync,
    W: Clock + Pause + Entropy + Sync,
    K: UnwrapDataKey + Sync,
{
    let now = world.now();
    let asker = Asker::of(store, keyring, "cancel", &request.asked, now).await?;
    let mut cancel = Cancel { store, asker, request, meeting_type: None };
    let settled = until_settled(store, world, now, &request.asked.booking, &mut cancel).await;
    Ok(Managed::of(settled.answer?, cancel.meeting_type.as_ref(), now))
}

struct Cancel<'a, S> {
    store: &'a S,
    asker: Asker<'a>,
    request: &'a Request,
    meeting_type: Option<MeetingType>,
}

impl<S: FindMeetingType + ReadHost + Sync> Decide for Cancel<'_, S> {
    type Refusal = Denied;

    async fn next(&mut self, booking: Option<&Booking>) -> Result<Next<Denied>, Failure> {
        let Some(booking) = booking else {
            return Ok(Next::Refused(Denied::BookingUnknown));
        };
        let known = self.asker.known(booking);
        if let Some(Err(denied)) = known {
            return Ok(Next::Refused(denied));
        }
        self.meeting_type = type_of(self.store, booking).await?;
        if known.is_some() {
            return Ok(Next::Stands);
        }
        match self.asker.standing(booking, self.meeting_type.as_ref()) {
            Standing::Over => Ok(Next::Stands),
            Standing::TooLate => Ok(Next::Refused(Denied::TooLate)),
            Standing::Open => {
                let hosts = hosts_of(self.store, booking, change::read_from(booking)).await?;
                let plan = change::cancel(booking, &hosts, self.request.reason.clone(), self.asker.deed());
                Ok(Next::Change(Box::new(plan)))
            }
        }
    }
}
