//! The holder of a manage link sees the booking, and a mail client fetches its calendar file.

use openslot_domain::booking::Booking;
use openslot_domain::ids::BookingId;

use crate::keyring::Keyring;
use crate::manage_link::{Opens, is_secret};
use crate::ports::{Clock, Failure, FindBooking, KeyPurpose, UnwrapDataKey, WrappedKeys};

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
