//! What stands under the date of a letter: labels, and what there is to read under each.

use openslot_domain::booking::{BookedHost, Guest, Source};
use openslot_domain::questions::Answer;
use openslot_domain::text::Line;

use crate::calendar::answer_text;
use crate::news::{News, Stage, deadline, reason, role};
use crate::place::place;
use crate::site::Site;
use crate::unlinked::unlinked;
use crate::view::{Reader, View};
use crate::when::Moment;

/// A label and what stands under it.
pub(crate) struct Section {
    pub(crate) label: String,
    pub(crate) lines: Vec<String>,
}

/// The sections of a letter, in order; none is empty.
///
/// Of a meeting that does not take place nobody is told again where it was and what was said: only why, and who
/// would have come.
pub(crate) fn sections(view: &View<'_>, news: News, site: &Site) -> Vec<Section> {
    let mut sections = match news.stage() {
        Stage::Waiting => vec![section(view, "next", vec![next(view, site)]), place_of(view)],
        Stage::Certain => vec![place_of(view)],
        Stage::Over => reason_of(view),
    };
    sections.extend(people(view));
    if news.stage() != Stage::Over {
        sections.extend(said(view));
    }
    if news.is_first() && view.is_host() {
        sections.push(section(view, "source", source(view, &view.booking.source)));
    }
    sections.retain(|section| !section.lines.is_empty());
    sections
}

/// What comes of a request, and until when.
fn next(view: &View<'_>, site: &Site) -> String {
    let until = Moment::of(&view.words, deadline(view.booking), view.zone());
    let values = [("date", until.date.into()), ("time", until.time.into()), ("site", site.domain().into())];
    view.say(&format!("{}-next", role(view)), &values)
}

fn place_of(view: &View<'_>) -> Section {
    section(view, "where", vec![place(view).text])
}

/// Why it does not take place; nothing that somebody who comes along has to know.
fn reason_of(view: &View<'_>) -> Vec<Section> {
    let reason = match view.reader {
        Reader::Attendee | Reader::Host(_) => reason(view.booking),
        Reader::Guest(_) | Reader::Anyone => None,
    };
    let reason = reason.map(|reason| section(view, "reason", lines(view, &unlinked(reason.as_str()))));
    reason.into_iter().collect()
}

fn people(view: &View<'_>) -> Vec<Section> {
    match view.reader {
        Reader::Attendee | Reader::Anyone => vec![section(view, "who", who(view))],
        Reader::Guest(me) => vec![section(view, "who", who_for_guest(view, me))],
        Reader::Host(_) => {
            let guests = view.booking.guests.iter().map(|guest| guest_in_full(view, guest)).collect();
            vec![
                section(view, "booked-by", booked_by(view)),
                section(view, "guests", guests),
                section(view, "hosts", hosts_together(view)),
            ]
        }
    }
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

/// What the attendee said, for those to whom it was said.
fn said(view: &View<'_>) -> Vec<Section> {
    match view.reader {
        Reader::Attendee | Reader::Anyone | Reader::Host(_) => answers_and_note(view),
        Reader::Guest(_) => Vec::new(),
    }
}

fn answers_and_note(view: &View<'_>) -> Vec<Section> {
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
