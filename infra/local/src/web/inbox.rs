//! `/_local/inbox`: every letter that went out.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use openslot_edge::http::Segment;
use openslot_wire::Problem;
use serde_json::{Value, json};

use super::html::Html;
use super::{Desk, Shared, replies};
use crate::mime::{Attachment, Parts};
use crate::state::Mail;

/// All letters for scripts, newest first.
pub(super) async fn json(State(desk): Shared) -> Response {
    match desk.state.mails() {
        Ok(mails) => replies::told(&mails.iter().map(described).collect::<Vec<Value>>()),
        Err(error) => replies::broken(&error),
    }
}

/// All letters for people, newest first.
pub(super) async fn list(State(desk): Shared) -> Response {
    match desk.state.mails() {
        Ok(mails) => replies::shown("Inbox", &listed(&mails)),
        Err(error) => replies::broken(&error),
    }
}

/// One letter, as its reader sees it.
pub(super) async fn message(State(desk): Shared, Segment(id): Segment) -> Response {
    one(&desk, &id, |mail, parts| {
        let frame = format!(
            "<iframe title=\"The letter\" src=\"/_local/inbox/{}/html\" \
             sandbox=\"allow-popups allow-popups-to-escape-sandbox\" referrerpolicy=\"no-referrer\"></iframe>",
            Html::text(&mail.id)
        );
        let body = if parts.html.is_empty() { plain(&parts.text) } else { Html::written(frame) };
        opened(mail, parts, Tab::Letter, &body)
    })
}

/// The text part of one letter.
pub(super) async fn text(State(desk): Shared, Segment(id): Segment) -> Response {
    one(&desk, &id, |mail, parts| opened(mail, parts, Tab::Text, &plain(&parts.text)))
}

/// The HTML part of one letter, for its frame only. Its links open a window of their own.
pub(super) async fn html(State(desk): Shared, Segment(id): Segment) -> Response {
    one(&desk, &id, |_, parts| {
        replies::framed(format!("<!doctype html><base target=\"_blank\">{}", parts.html))
    })
}

/// The whole message, as a file a mail client opens.
pub(super) async fn raw(State(desk): Shared, Segment(id): Segment) -> Response {
    one(&desk, &id, |mail, _| replies::kept(&format!("{}.eml", mail.id), "message/rfc822", mail.raw.clone()))
}

/// One attachment, by its place in the message.
pub(super) async fn attachment(
    State(desk): Shared,
    named: Result<Path<(String, usize)>, PathRejection>,
) -> Response {
    let Ok(Path((id, place))) = named else {
        return replies::refused(&Problem::not_found());
    };
    one(&desk, &id, |_, parts| match parts.attachments.get(place) {
        Some(found) => replies::kept(&found.name, &found.content_type, found.bytes.clone()),
        None => replies::refused(&Problem::not_found()),
    })
}

fn one(desk: &Desk, id: &str, answer: impl FnOnce(&Mail, &Parts) -> Response) -> Response {
    match desk.state.mail(id) {
        Ok(Some(mail)) => answer(&mail, &Parts::of(&mail.raw)),
        Ok(None) => replies::refused(&Problem::not_found()),
        Err(error) => replies::broken(&error),
    }
}

fn described(mail: &Mail) -> Value {
    let parts = Parts::of(&mail.raw);
    let attachment = |found: &Attachment| {
        json!({
            "name": found.name,
            "content_type": found.content_type,
            "base64": STANDARD.encode(&found.bytes),
        })
    };
    json!({
        "id": mail.id,
        "at": mail.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        "from": mail.sender,
        "to": mail.recipients,
        "subject": parts.subject,
        "text": parts.text,
        "html": parts.html,
        "attachments": parts.attachments.iter().map(attachment).collect::<Vec<Value>>(),
        "raw": String::from_utf8_lossy(&mail.raw),
    })
}

fn listed(mails: &[Mail]) -> Html {
    let count = match mails.len() {
        0 => "No letter has gone out yet. Book something, and its letters appear here within a second."
            .to_owned(),
        1 => "1 letter. It was kept here instead of being sent.".to_owned(),
        many => format!(
            "{many} letters, newest first, by the clock of this program in UTC. They were kept here instead of being sent."
        ),
    };
    let days: Html = mails.chunk_by(|a, b| a.at.date_naive() == b.at.date_naive()).map(day).collect();
    Html::written(format!(
        "<nav class=\"trail\"><a href=\"/\">openslot on this machine</a></nav>\n<h1>Inbox</h1>\n\
         <p class=\"lead\">{count}</p>\n{days}"
    ))
}

/// The letters of one day.
fn day(mails: &[Mail]) -> Html {
    let date = mails.first().map(|mail| mail.at.format("%A %-d %B %Y").to_string()).unwrap_or_default();
    let rows: Html = mails.iter().map(row).collect();
    Html::written(format!("<h2 class=\"day\">{date}</h2>\n<ul class=\"rows\">\n{rows}</ul>\n"))
}

fn row(mail: &Mail) -> Html {
    let id = Html::text(&mail.id);
    let subject = subject(&Parts::of(&mail.raw));
    let to = Html::text(&mail.recipients.join(", "));
    let at = mail.at.format("%H:%M");
    Html::written(format!(
        "<li><a class=\"row\" href=\"/_local/inbox/{id}\"><span class=\"time\">{at}</span>\
         <span class=\"what\"><strong>{subject}</strong><span class=\"soft\">to {to}</span></span></a></li>\n"
    ))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Letter,
    Text,
}

fn opened(mail: &Mail, parts: &Parts, tab: Tab, body: &Html) -> Response {
    let (id, subject, from) = (Html::text(&mail.id), subject(parts), Html::text(&mail.sender));
    let (to, at) = (Html::text(&mail.recipients.join(", ")), when(mail.at));
    let current = |of: Tab| if of == tab { " aria-current=\"page\"" } else { "" };
    let (letter, text) = (current(Tab::Letter), current(Tab::Text));
    let files: Html =
        parts.attachments.iter().enumerate().map(|(place, found)| file(&mail.id, place, found)).collect();
    let page = format!(
        "<nav class=\"trail\"><a href=\"/\">openslot on this machine</a><span aria-hidden=\"true\">/</span><a href=\"/_local/inbox\">Inbox</a></nav>\n<h1 class=\"subject\">{subject}</h1>\n\
         <dl><dt>From</dt><dd>{from}</dd><dt>To</dt><dd>{to}</dd><dt>Sent</dt><dd>{at}</dd></dl>\n\
         <ul class=\"buttons\">{files}</ul>\n\
         <nav class=\"tabs\" aria-label=\"Parts of the letter\"><a href=\"/_local/inbox/{id}\"{letter}>Letter</a>\
         <a href=\"/_local/inbox/{id}/text\"{text}>Text</a><a href=\"/_local/inbox/{id}/raw\">Source (.eml)</a></nav>\n{body}\n"
    );
    replies::shown(&parts.subject, &Html::written(page))
}

fn file(id: &str, place: usize, found: &Attachment) -> Html {
    let (id, name) = (Html::text(id), Html::text(&found.name));
    Html::written(format!(
        "<li><a class=\"button\" href=\"/_local/inbox/{id}/attachments/{place}\" download>Save {name}</a></li>"
    ))
}

fn plain(text: &str) -> Html {
    Html::written(format!("<pre>{}</pre>", Html::text(text)))
}

fn subject(parts: &Parts) -> Html {
    if parts.subject.is_empty() { Html::written("No subject") } else { Html::text(&parts.subject) }
}

fn when(at: DateTime<Utc>) -> String {
    at.format("%A %-d %B %Y, %H:%M:%S UTC").to_string()
}
