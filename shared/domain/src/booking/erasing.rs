//! What is left of a booking when somebody is erased from it: that it was, when, and with whom of the team.

use chrono::{DateTime, TimeDelta, Utc};

use super::change::{ChangePlan, Read};
use super::{Attendee, Booking, Did, Guest, Source};
use crate::text::{EmailAddress, Line};

/// How long after its last change a booking may still have letters under way.
pub const AT_WORK: TimeDelta = TimeDelta::hours(1);

/// The name of somebody who was erased.
const ERASED_NAME: &str = "Erased";

/// Why somebody cannot be erased from a booking yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotYet {
    /// It is still to come: it has to be cancelled first, or they would be waited for.
    Upcoming,
    /// It was changed within the last hour: letters about that may be under way.
    AtWork,
}

/// Plans the change that takes everything out of a booking that `is_meant` said of themselves; `None` where nobody is
/// meant. Time, hosts and state stay, and so does the revision: nobody is told of it.
///
/// Takes the attendee's part as a whole: name, address, telephone, answers, note, language, where they came from, and
/// the reasons in its history, which may speak of them. A link that they hold opens nothing afterwards, because
/// `nonce` is a new one. A guest's name and address alone are theirs.
pub fn erase(
    booking: &Booking,
    is_meant: impl Fn(&EmailAddress) -> bool,
    nonce: [u8; 16],
    now: DateTime<Utc>,
) -> Result<Option<ChangePlan>, NotYet> {
    let meant_guest = |guest: &Guest| is_meant(&guest.email);
    let is_attendee = is_meant(&booking.attendee.email);
    if !is_attendee && !booking.guests.iter().any(meant_guest) {
        return Ok(None);
    }
    if booking.entry().is_live() && booking.core.end() > now {
        return Err(NotYet::Upcoming);
    }
    if now - booking.history.iter().map(|step| step.at).max().unwrap_or(booking.created_at) < AT_WORK {
        return Err(NotYet::AtWork);
    }
    let mut next = Booking { version: booking.version + 1, ..booking.clone() };
    next.guests.iter_mut().filter(|guest| is_meant(&guest.email)).for_each(|guest| {
        *guest = Guest { email: EmailAddress::erased(), name: None };
    });
    if is_attendee {
        erase_attendee(&mut next, nonce);
    }
    Ok(Some(ChangePlan {
        read: Read::of(booking),
        booking: next,
        days: Vec::new(),
        checks: Vec::new(),
        fences: Vec::new(),
        effects: Vec::new(),
    }))
}

fn erase_attendee(booking: &mut Booking, nonce: [u8; 16]) {
    let name = Line::new(ERASED_NAME, ERASED_NAME.len()).expect("a word is a line");
    booking.attendee = Attendee { name, email: EmailAddress::erased(), phone: None };
    booking.answers.clear();
    booking.note = None;
    booking.locale = None;
    booking.source = Source::default();
    booking.nonce = nonce;
    // Digests of what they sent: small enough texts could be found by trying.
    booking.request_hash = [0; 32];
    booking.operations.clear();
    for step in &mut booking.history {
        match &mut step.what {
            Did::Declined { reason } | Did::Cancelled { reason } => *reason = None,
            Did::Booked | Did::Approved | Did::Lapsed | Did::Moved { .. } | Did::LinkRenewed => {}
        }
    }
}

#[cfg(test)]
mod tests;
