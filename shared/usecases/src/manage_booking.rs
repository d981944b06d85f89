//! The holder of a manage link sees the booking, and a mail client fetches its calendar file.

use chrono::{DateTime, Utc};
use openslot_domain::booking::Booking;
use openslot_domain::booking::change::{Standing, standing, until};
use openslot_domain::ids::BookingId;
use openslot_domain::meeting_type::MeetingType;

use crate::change::cutoff_mins;
use crate::keyring::Keyring;
use crate::list_slots::{self, RecentMeetingTypes};
use crate::manage_link::{Opens, is_secret};
use crate::ports::{Clock, Failure, FindBooking, FindMeetingType, KeyPurpose, UnwrapDataKey, WrappedKeys};

/// A booking, and what the holder of its link may do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Managed {
    /// As it now stands.
    pub booking: Booking,
    /// What may be done.
    pub may: May,
}

/// What the holder of a link may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct May {
    /// Give the booking up.
    pub cancel: bool,
    /// Move it.
    pub reschedule: bool,
    /// Until when it can be changed, or could be; `None` for a booking that is over.
    pub until: Option<DateTime<Utc>>,
}

impl Managed {
    /// A booking as its meeting type lets the holder of its link change it at `now`. One whose meeting type is gone
    /// or switched off can be given up, but not moved.
    pub(crate) fn of(booking: Booking, meeting_type: Option<&MeetingType>, now: DateTime<Utc>) -> Self {
        let cutoff_mins = cutoff_mins(meeting_type);
        let standing = standing(&booking, cutoff_mins, now);
        let on_offer = meeting_type.is_some_and(|meeting_type| meeting_type.active);
        let open = standing == Standing::Open;
        let until = (standing != Standing::Over).then(|| until(&booking, cutoff_mins));
        Self { may: May { cancel: open, reschedule: open && on_offer, until }, booking }
    }
}

/// The booking that a secret opens, as it now stands. Reads only.
///
/// `None` for a wrong, foreign or renewed-away secret and for a booking that does not exist, without telling
/// which.
pub async fn open_booking<S, W, K>(
    store: &S,
    world: &W,
    keyring: &Keyring<K>,
    id: &BookingId,
    opens: Opens,
    secret: &str,
) -> Result<Option<Booking>, Failure>
where
    S: FindBooking + WrappedKeys + Sync,
    W: Clock + Sync,
    K: UnwrapDataKey + Sync,
{
    let keys = keyring.all(store, KeyPurpose::ManageLinks, world.now()).await?;
    let booking = store.find_booking(id).await?;
    Ok(booking.filter(|booking| is_secret(&keys, booking, opens, secret)))
}

/// The booking that a manage link opens, and what its holder may do. Reads only; `None` as for [`open_booking`].
///
/// The meeting type may be some seconds old: whoever acts on the answer is told by the act what holds.
pub async fn show_booking<S, W, K>(
    store: &S,
    world: &W,
    keyring: &Keyring<K>,
    recent: &RecentMeetingTypes,
    id: &BookingId,
    secret: &str,
) -> Result<Option<Managed>, Failure>
where
    S: FindBooking + FindMeetingType + WrappedKeys + Sync,
    W: Clock + Sync,
    K: UnwrapDataKey + Sync,
{
    let Some(booking) = open_booking(store, world, keyring, id, Opens::Booking, secret).await? else {
        return Ok(None);
    };
    let now = world.now();
    let meeting_type = list_slots::known(store, recent, &booking.meeting_type, now).await?;
    Ok(Some(Managed::of(booking, meeting_type.as_ref(), now)))
}
