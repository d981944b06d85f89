//! The links that are a guest's right to a booking.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openslot_domain::booking::Booking;
use openslot_domain::ids::BookingId;

use crate::keyring::DataKey;

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// The booking: to see, move and cancel it.
    Booking,
    /// The calendar file only.
    CalendarFile,
}

impl Opens {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Booking => b"manage",
            Self::CalendarFile => b"calendar-file",
        }
    }
}

/// The secret part of a booking's link: 128 bits, as 22 URL-safe characters.
///
/// Made from the booking's nonce, so that renewing the nonce ends every link made before.
pub fn secret(key: &DataKey, booking: &Booking, opens: Opens) -> String {
    URL_SAFE_NO_PAD.encode(mac(key, booking, opens))
}

/// Whether `given` is the secret of this booking under any of the keys. Takes the same time for every wrong one.
pub fn is_secret(keys: &[DataKey], booking: &Booking, opens: Opens, given: &str) -> bool {
    let given = URL_SAFE_NO_PAD.decode(given).unwrap_or_default();
    let fits = |key: &DataKey| verify_slices_are_equal(&mac(key, booking, opens), &given).is_ok();
    keys.iter().fold(false, |found, key| fits(key) | found)
}

fn mac(key: &DataKey, booking: &Booking, opens: Opens) -> [u8; 16] {
    let full = key.mac(&[opens.label(), booking.id.as_bytes(), &booking.nonce]);
    let mut mac = [0; 16];
    mac.copy_from_slice(&full[..16]);
    mac
}

/// The address of a booking's page. The secret stands in the fragment, which no browser sends and no log keeps.
pub fn manage_url(base_url: &str, id: &BookingId, secret: &str) -> String {
    format!("{base_url}/manage/#{id}.{secret}")
}

/// The address of a booking's calendar file. A mail client must be able to open it, so its secret stands in the
/// query; it opens nothing else.
pub fn ics_url(base_url: &str, id: &BookingId, secret: &str) -> String {
    format!("{base_url}/v1/bookings/{id}/calendar.ics?k={secret}")
}
