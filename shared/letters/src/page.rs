//! What stands in a letter, in order, ready for both templates.

use askama::Template;
use openslot_domain::booking::Inviter;
use openslot_domain::interval::Interval;

use crate::add_links::add_links;
use crate::news::{News, Stage, Told, role};
use crate::place::{Join, place};
use crate::sections::{Section, sections};
use crate::site::{Links, Site};
use crate::view::{Reader, View};
use crate::when::{When, read_alike, say_was, starts_on};

/// The content of a letter. Every text is finished: templates only set it.
pub(crate) struct Page {
    pub(crate) language: String,
    pub(crate) direction: String,
    pub(crate) subject: String,
    pub(crate) preheader: String,
    pub(crate) sentence: String,
    pub(crate) when: When,
    pub(crate) stage: Stage,
    /// The time it had before.
    pub(crate) was: Option<String>,
    pub(crate) elsewhere: Option<String>,
    pub(crate) join: Option<Join>,
    pub(crate) sections: Vec<Section>,
    pub(crate) add: Option<Add>,
    pub(crate) manage: Option<Join>,
    pub(crate) reply: String,
    pub(crate) why: String,
}

/// Ways into a calendar.
pub(crate) struct Add {
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) links: Vec<Join>,
    /// The last of them, the file that every calendar opens: text shows it alone, for the others are long.
    pub(crate) file: String,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    page: &'a Page,
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct Text<'a> {
    page: &'a Page,
}

impl Page {
    /// What one reader is told.
    pub(crate) fn telling(view: &View<'_>, news: News, links: &Links, site: &Site) -> Self {
        let told = Told::of(view, news);
        let when = When::of(&view.words, view.booking.core, view.zone());
        let was = news.moved_from().map(|from| was(view, from));
        let subject_when = [("date", when.date.as_str().into()), ("time", when.start.as_str().into())];
        let preheader_when = [
            ("date", when.date.as_str().into()),
            ("time", when.time.as_str().into()),
            ("zone", when.zone.as_str().into()),
            ("was", was.as_deref().unwrap_or_default().into()),
        ];
        let stage = news.stage();
        Self {
            language: view.words.language().to_owned(),
            direction: view.words.direction(),
            subject: told.say("subject", &subject_when),
            preheader: told.say("preheader", &preheader_when),
            sentence: told.say("sentence", &[]),
            was,
            elsewhere: elsewhere(view).filter(|_| stage != Stage::Over),
            join: place(view).join.filter(|_| stage == Stage::Certain),
            sections: sections(view, news, site),
            add: add(view, news, links),
            manage: manage(view, links).filter(|_| stage != Stage::Over),
            reply: reply(view),
            why: why(view, news, site),
            stage,
            when,
        }
    }

    /// Whether the reader can do anything but come.
    fn has_actions(&self) -> bool {
        self.add.is_some() || self.manage.is_some()
    }

    /// The letter as HTML; every text escaped.
    pub(crate) fn html(&self) -> String {
        Html { page: self }.render().expect("a template writes to memory")
    }

    /// The letter as text. What a guest wrote is indented, so that it cannot pass for a heading of ours.
    pub(crate) fn text(&self) -> String {
        Text { page: self }.render().expect("a template writes to memory")
    }
}

fn was(view: &View<'_>, from: Interval) -> String {
    say_was(&view.words, from.start(), view.booking.core.start(), view.zone())
}

/// The attendee's time, for a host whose clocks show another.
fn elsewhere(view: &View<'_>) -> Option<String> {
    let (core, mine, theirs_zone) = (view.booking.core, view.zone(), view.booking.time_zone);
    if !view.is_host() || read_alike(core, mine, theirs_zone) {
        return None;
    }
    let when = When::of(&view.words, core, theirs_zone);
    let same_date = starts_on(core, mine) == starts_on(core, theirs_zone);
    Some(view.say(
        if same_date { "elsewhere" } else { "elsewhere-other-date" },
        &[("date", when.date.into()), ("time", when.time.into()), ("zone", when.zone.into())],
    ))
}

/// Ways into a calendar, with what is booked. The host needs none: the letter itself is the invitation, or the host's
/// calendar made the entry. With a reminder nobody needs any.
fn add(view: &View<'_>, news: News, links: &Links) -> Option<Add> {
    if view.is_host() {
        return None;
    }
    let is_moved = match news {
        News::Booked | News::Approved => false,
        News::Moved { .. } => true,
        News::Requested
        | News::MovedRequest { .. }
        | News::Cancelled
        | News::Declined
        | News::Lapsed
        | News::Reminder => return None,
    };
    let hint = match (view.booking.inviter, is_moved) {
        (Inviter::Letters, false) => "add-invited",
        (Inviter::Letters, true) => "add-moved",
        (Inviter::Calendar, false) => "add-uninvited",
        (Inviter::Calendar, true) => "add-unmoved",
    };
    let added = add_links(view.booking);
    let link =
        |label: &str, address: &str| Join { label: view.words.word(label), address: address.to_owned() };
    Some(Add {
        label: view.words.word("add"),
        hint: view.say(hint, &[]),
        links: vec![
            link("add-google", &added.google),
            link("add-outlook", &added.outlook),
            link("add-office365", &added.office365),
            link("add-file", &links.ics),
        ],
        file: links.ics.clone(),
    })
}

/// Only the attendee may change or cancel with a link.
fn manage(view: &View<'_>, links: &Links) -> Option<Join> {
    match view.reader {
        Reader::Attendee => Some(Join { label: view.words.word("manage"), address: links.manage.clone() }),
        Reader::Guest(_) | Reader::Host(_) | Reader::Anyone => None,
    }
}

fn reply(view: &View<'_>) -> String {
    let host = view.ours(&view.first_host().name);
    view.say(&format!("{}-reply", role(view)), &[("host", host.into())])
}

/// Who sent the letter, and why to this reader.
fn why(view: &View<'_>, news: News, site: &Site) -> String {
    let sender = view.ours(&site.sender_name);
    let id = match (view.reader, news.stage()) {
        (Reader::Attendee | Reader::Anyone, Stage::Waiting) => "attendee-why-requested",
        (Reader::Attendee | Reader::Anyone, Stage::Certain) => "attendee-why",
        (Reader::Attendee | Reader::Anyone, Stage::Over) => "attendee-why-over",
        (Reader::Guest(_), _) => "guest-why",
        (Reader::Host(_), _) => "host-why",
    };
    view.say(id, &[("sender", sender.into()), ("site", site.domain().into())])
}
