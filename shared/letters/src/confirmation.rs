//! The letter that says that a meeting is booked.

use chrono::{DateTime, Utc};
use openslot_domain::booking::{Booking, Inviter};
use openslot_domain::effects::Recipient;

use crate::calendar::invitation;
use crate::letter::{Letter, Mailbox};
use crate::page::Page;
use crate::site::{Links, Site};
use crate::view::View;

/// Tells one recipient that a meeting is booked. `recipient` must be one of the booking's.
///
/// Attendee and guests read it in the attendee's language and zone, hosts in English and their own zone. It
/// carries the invitation, unless the host's calendar invites: two inviters would make two entries.
pub fn confirmation(
    booking: &Booking,
    recipient: &Recipient,
    links: &Links,
    site: &Site,
    now: DateTime<Utc>,
) -> Letter {
    let view = View::of(booking, recipient);
    let to = view.mailbox().expect("a recipient has a mailbox");
    let page = Page::confirming(&view, links, site);
    let calendar = match booking.inviter {
        Inviter::Letters => Some(invitation(&view, site, &to, now)),
        Inviter::Calendar => None,
    };
    Letter {
        from: Mailbox { name: Some(site.sender_name.clone()), address: site.sender.clone() },
        reply_to: view.reply_to(),
        to,
        subject: page.subject.clone(),
        text: page.text(),
        html: page.html(),
        calendar,
    }
}
