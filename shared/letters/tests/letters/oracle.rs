//! Every promise about a letter whose guests are out to harm. The properties ask it about what they make up, and
//! the fuzzer in `tests/fuzz` about what it finds.

use openslot_domain::booking::{Booking, Did};
use openslot_domain::effects::Recipient;
use openslot_letters::{Letter, Method};

use crate::checks::{
    Found, MESSAGE_ID, check_elements, check_headers, check_margin, check_object, check_says, check_unlinked,
    harmless, invitation, withdrawal,
};
use crate::lives::Life;
use crate::read::{object, said, visible};
use crate::world::{links, now, to_ada};

/// Every promise about one letter of an attacked booking.
pub(crate) fn check(life: &Life, recipient: &Recipient) -> Found {
    let booking = &life.booking;
    let written = life.letter(recipient);
    let tame = life.with(harmless(booking)).letter(recipient);
    check_headers(&written.mime(MESSAGE_ID, now()), &written)?;
    check_elements(&written.html, &tame.html)?;
    check_margin(&written.text, &tame.text)?;
    check_calendar(booking, recipient, &written)?;
    let page = said(&written.html);
    for text in [&written.subject, &written.text, &page] {
        check_unlinked(text, booking, &links(booking))?;
    }
    if *recipient == to_ada() {
        let attendee = visible(booking.attendee.name.as_str());
        check_says(&written.text, &attendee)?;
        check_says(&page, &attendee)?;
    }
    if !matches!(recipient, Recipient::Guest(_)) {
        for line in reason(booking).lines() {
            check_says(&written.text, &visible(line))?;
            check_says(&page, &visible(line))?;
        }
    }
    Ok(())
}

/// Why the booking does not take place.
fn reason(booking: &Booking) -> &str {
    match &booking.last_step().what {
        Did::Cancelled { reason: Some(reason) } | Did::Declined { reason: Some(reason) } => reason.as_str(),
        Did::Cancelled { reason: None }
        | Did::Declined { reason: None }
        | Did::Booked
        | Did::Approved
        | Did::Lapsed
        | Did::Moved { .. }
        | Did::LinkRenewed => "",
    }
}

/// What goes along for calendars, if anything does. When it does is the business of the tests of calendars.
fn check_calendar(booking: &Booking, recipient: &Recipient, written: &Letter) -> Found {
    let Some(calendar) = &written.calendar else { return Ok(()) };
    let found = object(&calendar.ics)?;
    // What the entry says is the business of the snapshots: here its texts count as given, all else does not.
    let text = |name| found.text(name).map(Option::unwrap_or_default);
    let (summary, description, location) = (text("SUMMARY")?, text("DESCRIPTION")?, text("LOCATION")?);
    for text in [&summary, &description] {
        check_unlinked(text, booking, &links(booking))?;
    }
    if *recipient == to_ada() && calendar.method == Method::Request {
        check_says(&description, &visible(booking.attendee.name.as_str()))?;
        if let Some(text) = &booking.note {
            check_says(&description, &visible(text.as_str()))?;
        }
    }
    let expected = match calendar.method {
        Method::Cancel => withdrawal(booking, &written.to, &summary),
        Method::Publish | Method::Request => {
            invitation(booking, &written.to, [&summary, &description, &location])
        }
    };
    check_object(&calendar.ics, &expected)
}
