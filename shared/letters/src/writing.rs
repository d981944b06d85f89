//! The letters of a booking's whole life.

use chrono::{DateTime, Utc};
use openslot_domain::booking::{Booking, Inviter};
use openslot_domain::effects::Recipient;

use crate::calendar::{CalendarPart, Method, invitation};
use crate::letter::{Letter, Mailbox};
use crate::news::News;
use crate::page::Page;
use crate::site::{Links, Site};
use crate::view::View;

/// Tells one recipient what became of a booking at its revision: that it is requested, booked, approved, moved,
/// cancelled, declined or lapsed. `recipient` must be one of the booking's.
///
/// Attendee and guests read it in the attendee's language and zone, hosts in English and their own zone.
///
/// What calendars act on goes along unless the host's calendar invites, for two inviters would make two entries: an
/// invitation with what is booked or moved, its withdrawal with what is cancelled. A request carries nothing for
/// calendars, since it may come to nothing, and neither does its refusal.
pub fn letter(
    booking: &Booking,
    recipient: &Recipient,
    links: &Links,
    site: &Site,
    now: DateTime<Utc>,
) -> Letter {
    let view = View::of(booking, recipient);
    let news = News::of(booking);
    let page = Page::telling(&view, news, links, site);
    let letter = written(&view, &page, site);
    let calendar = calendar(&view, news, site, &letter.to, now);
    Letter { calendar, ..letter }
}

/// Reminds one recipient of a meeting that takes place. `recipient` must be one of the booking's.
///
/// Says when the meeting is, not how soon, so it is as true when it is read as when it was written. Calendars know of
/// the meeting: nothing goes along for them.
pub fn reminder(booking: &Booking, recipient: &Recipient, links: &Links, site: &Site) -> Letter {
    let view = View::of(booking, recipient);
    written(&view, &Page::telling(&view, News::Reminder, links, site), site)
}

fn written(view: &View<'_>, page: &Page, site: &Site) -> Letter {
    Letter {
        from: Mailbox { name: Some(site.sender_name.clone()), address: site.sender.clone() },
        reply_to: view.reply_to(),
        to: view.mailbox().expect("a recipient has a mailbox"),
        subject: page.subject.clone(),
        text: page.text(),
        html: page.html(),
        calendar: None,
    }
}

fn calendar(
    view: &View<'_>,
    news: News,
    site: &Site,
    to: &Mailbox,
    now: DateTime<Utc>,
) -> Option<CalendarPart> {
    let method = match news {
        News::Booked | News::Approved | News::Moved { .. } => Method::Request,
        // A request that was withdrawn never stood in a calendar. A calendar that knows nothing of an entry does
        // nothing about its withdrawal.
        News::Cancelled => Method::Cancel,
        News::Requested | News::MovedRequest { .. } | News::Declined | News::Lapsed | News::Reminder => {
            return None;
        }
    };
    match view.booking.inviter {
        Inviter::Letters => Some(invitation(view, site, method, to, now)),
        Inviter::Calendar => None,
    }
}
