//! Links that open a web calendar with the entry filled in.

use chrono::{DateTime, SecondsFormat, Utc};
use openslot_domain::booking::Booking;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::calendar::Entry;
use crate::view::View;

/// One link per web calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddLinks {
    /// Google Calendar.
    pub google: String,
    /// Outlook.com.
    pub outlook: String,
    /// Microsoft 365.
    pub office365: String,
}

/// The links for a booking. What they make is a copy of its own, which never updates.
///
/// They name title, hosts, time and place, and nothing that a guest has written. No address, no number and no
/// manage link either: what stands in them ends up in the logs of whoever keeps the calendar.
pub fn add_links(booking: &Booking) -> AddLinks {
    let entry = Entry::of(&View::of_anyone(booking));
    AddLinks {
        google: google(booking, &entry),
        outlook: microsoft("https://outlook.live.com", booking, &entry),
        office365: microsoft("https://outlook.office.com", booking, &entry),
    }
}

fn google(booking: &Booking, entry: &Entry) -> String {
    let stamp = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    let dates = format!("{}/{}", stamp(booking.core.start()), stamp(booking.core.end()));
    address(
        "https://calendar.google.com/calendar/render",
        &[
            ("action", "TEMPLATE"),
            ("text", &entry.summary),
            ("dates", &dates),
            ("details", &entry.description),
            ("location", entry.location.as_deref().unwrap_or_default()),
            ("ctz", booking.time_zone.name()),
        ],
    )
}

fn microsoft(origin: &str, booking: &Booking, entry: &Entry) -> String {
    let stamp = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    address(
        &format!("{origin}/calendar/0/deeplink/compose"),
        &[
            ("path", "/calendar/action/compose"),
            ("rru", "addevent"),
            ("subject", &entry.summary),
            ("startdt", &stamp(booking.core.start())),
            ("enddt", &stamp(booking.core.end())),
            ("body", &entry.description),
            ("location", entry.location.as_deref().unwrap_or_default()),
            ("allday", "false"),
        ],
    )
}

/// Everything but the unreserved characters of RFC 3986 is encoded; a space never becomes a plus.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn address(base: &str, values: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = values
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, ENCODED)))
        .collect();
    format!("{base}?{}", pairs.join("&"))
}
