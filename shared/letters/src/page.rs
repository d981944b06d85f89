//! What stands in a letter, in order, ready for both templates.

use askama::Template;
use openslot_domain::booking::{BookedHost, Guest, Inviter, Source};
use openslot_domain::questions::Answer;
use openslot_domain::text::Line;

use crate::add_links::add_links;
use crate::calendar::answer_text;
use crate::place::{Join, place};
use crate::site::{Links, Site};
use crate::unlinked::unlinked;
use crate::view::{Reader, View};
use crate::when::{When, read_alike, starts_on};

/// The content of a letter. Every text is finished: templates only set it.
pub(crate) struct Page {
    pub(crate) language: String,
    pub(crate) direction: String,
    pub(crate) subject: String,
    pub(crate) preheader: String,
    pub(crate) sentence: String,
    pub(crate) when: When,
    pub(crate) elsewhere: Option<String>,
    pub(crate) join: Option<Join>,
    pub(crate) sections: Vec<Section>,
    pub(crate) add: Option<Add>,
    pub(crate) manage: Option<Join>,
    pub(crate) reply: String,
    pub(crate) why: String,
}

/// A label and what stands under it.
pub(crate) struct Section {
    pub(crate) label: String,
    pub(crate) lines: Vec<String>,
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
    /// The content of a confirmation.
    pub(crate) fn confirming(view: &View<'_>, links: &Links, site: &Site) -> Self {
        let role = role(view);
        let core = view.booking.core;
        let when = When::of(&view.words, core, view.zone());
        let subject_when = [("date", when.date.as_str().into()), ("time", when.start.as_str().into())];
        let preheader_when = [
            ("date", when.date.as_str().into()),
            ("time", when.time.as_str().into()),
            ("zone", when.zone.as_str().into()),
        ];
        let sender = view.ours(&site.sender_name);
        Self {
            language: view.words.language().to_owned(),
            direction: view.words.direction(),
            subject: view.say(&format!("{role}-subject"), &subject_when),
            preheader: view.say(&format!("{role}-preheader"), &preheader_when),
            sentence: sentence(view, role),
            elsewhere: elsewhere(view),
            join: place(view).join,
            sections: sections(view),
            add: add(view, links),
            manage: manage(view, links),
            reply: view.say(&format!("{role}-reply"), &[]),
            why: view
                .say(&format!("{role}-why"), &[("sender", sender.into()), ("site", site.domain().into())]),
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

fn role(view: &View<'_>) -> &'static str {
    match view.reader {
        Reader::Attendee | Reader::Anyone => "attendee",
        Reader::Guest(_) => "guest",
        Reader::Host(_) => "host",
    }
}

fn sentence(view: &View<'_>, role: &str) -> String {
    let others = other_hosts(view);
    if others.is_empty() {
        return view.say(&format!("{role}-sentence"), &[]);
    }
    let names: Vec<String> = others.iter().map(|host| view.ours(&host.name)).collect();
    view.say("host-sentence-together", &[("others", view.words.list(&names).into())])
}

/// The hosts beside the reading one.
fn other_hosts<'a>(view: &View<'a>) -> Vec<&'a BookedHost> {
    match view.reader {
        Reader::Host(me) => view.booking.hosts.iter().filter(|host| host.id != me.id).collect(),
        Reader::Attendee | Reader::Guest(_) | Reader::Anyone => Vec::new(),
    }
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

fn sections(view: &View<'_>) -> Vec<Section> {
    let mut sections = vec![section(view, "where", vec![place(view).text])];
    match view.reader {
        Reader::Attendee | Reader::Anyone => {
            sections.push(section(view, "who", who(view)));
            sections.extend(said(view));
        }
        Reader::Guest(me) => sections.push(section(view, "who", who_for_guest(view, me))),
        Reader::Host(_) => {
            sections.push(section(view, "booked-by", booked_by(view)));
            sections.push(section(
                view,
                "guests",
                view.booking.guests.iter().map(|guest| guest_in_full(view, guest)).collect(),
            ));
            sections.push(section(view, "hosts", hosts_together(view)));
            sections.extend(said(view));
            sections.push(section(view, "source", source(view, &view.booking.source)));
        }
    }
    sections.retain(|section| !section.lines.is_empty());
    sections
}

fn section(view: &View<'_>, label: &str, lines: Vec<String>) -> Section {
    Section { label: view.words.word(label), lines }
}

fn lines(view: &View<'_>, text: &str) -> Vec<String> {
    text.split('\n').map(|line| view.words.isolated(line.to_owned())).collect()
}

/// Everybody, for the attendee, who knows them all.
fn who(view: &View<'_>) -> Vec<String> {
    let mut lines = hosts_named(view);
    lines.push(you(view, view.booking.attendee.name.as_str()));
    lines.extend(view.booking.guests.iter().map(|guest| guest_in_full(view, guest)));
    lines
}

/// Everybody by name, for somebody who comes along; addresses are not theirs to see.
fn who_for_guest(view: &View<'_>, me: &Guest) -> Vec<String> {
    let mut lines = hosts_named(view);
    lines.push(view.theirs(view.booking.attendee.name.as_str()));
    lines.push(you(view, me.name.as_ref().map_or(me.email.as_str(), |name| name.as_str())));
    let others = view.booking.guests.iter().filter(|guest| guest.email != me.email);
    let (named, nameless): (Vec<&Guest>, Vec<&Guest>) = others.partition(|guest| guest.name.is_some());
    lines.extend(named.iter().filter_map(|guest| guest.name.as_ref()).map(|name| view.theirs(name.as_str())));
    if !nameless.is_empty() {
        lines.push(view.say("who-more", &[("count", nameless.len().into())]));
    }
    lines
}

fn hosts_named(view: &View<'_>) -> Vec<String> {
    let named = |host: &BookedHost| view.say("who-host", &[("name", in_full(view, host).into())]);
    view.booking.hosts.iter().map(named).collect()
}

fn in_full(view: &View<'_>, host: &BookedHost) -> String {
    view.words.isolated(host.name.to_string())
}

fn you(view: &View<'_>, name: &str) -> String {
    view.say("who-you", &[("name", view.theirs(name).into())])
}

fn booked_by(view: &View<'_>) -> Vec<String> {
    let attendee = &view.booking.attendee;
    let mut lines = vec![view.theirs(attendee.name.as_str()), view.address(&attendee.email)];
    lines.extend(view.phone());
    lines
}

fn guest_in_full(view: &View<'_>, guest: &Guest) -> String {
    let email = view.address(&guest.email);
    let named = |name: &Line| {
        let name = view.theirs(name.as_str());
        view.say("who-address", &[("name", name.into()), ("address", email.as_str().into())])
    };
    guest.name.as_ref().map_or(email.clone(), named)
}

/// The hosts, where there are several.
fn hosts_together(view: &View<'_>) -> Vec<String> {
    if view.booking.hosts.len() < 2 {
        return Vec::new();
    }
    view.booking.hosts.iter().map(|host| in_full(view, host)).collect()
}

fn said(view: &View<'_>) -> Vec<Section> {
    let answer = |answer: &Answer| Section {
        label: answer.label.to_string(),
        lines: lines(view, &answer_text(view, &answer.value)),
    };
    let mut sections: Vec<Section> = view.booking.answers.iter().map(answer).collect();
    let note =
        view.booking.note.as_ref().map(|note| section(view, "note", lines(view, &unlinked(note.as_str()))));
    sections.extend(note);
    sections
}

fn source(view: &View<'_>, source: &Source) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(source.page.as_ref().map(|page| view.theirs(page.as_str())));
    let before = |page: &str| view.say("source-before", &[("page", view.theirs(page).into())]);
    lines.extend(source.referrer.as_ref().map(|page| before(page.as_str())));
    let form = |form: &str| view.say("source-form", &[("form", view.theirs(form).into())]);
    lines.extend(source.form_id.as_ref().map(|id| form(id.as_str())));
    let mark = |label: &str, value: &str| {
        view.say("entry-line", &[("label", view.theirs(label).into()), ("value", view.theirs(value).into())])
    };
    lines.extend(source.utm.iter().map(|(name, value)| mark(name.as_str(), value.as_str())));
    lines
}

/// The host needs no such links: the letter itself is the invitation, or the host's calendar made the entry.
fn add(view: &View<'_>, links: &Links) -> Option<Add> {
    if view.is_host() {
        return None;
    }
    let hint = match view.booking.inviter {
        Inviter::Letters => "add-invited",
        Inviter::Calendar => "add-uninvited",
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
