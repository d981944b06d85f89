//! `/`: the way in.

use std::error::Error;

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use openslot_domain::host::Host;
use openslot_domain::meeting_type::{LocationKind, Mode};
use openslot_usecases::list_slots::{MEETING_TYPE_KEPT, RecentMeetingTypes};
use openslot_usecases::ports::{Failure, ListMeetingTypes, ListParked};
use openslot_usecases::show_meeting_type::{Shown, show_meeting_type};
use serde_json::Value;

use super::html::Html;
use super::parked::SHOWN_MAX;
use super::{Desk, Shared, replies};
use crate::mime::Parts;
use crate::state::Mail;

/// `GET /`: everything there is, one click away.
pub(super) async fn page(State(desk): Shared) -> Response {
    match welcome(&desk).await {
        Ok(body) => replies::shown_with_form("openslot on this machine", &body),
        Err(error) => replies::broken(&*error),
    }
}

async fn welcome(desk: &Desk) -> Result<Html, Box<dyn Error + Send + Sync>> {
    let types = shown_types(desk).await?;
    let mails = desk.state.mails()?;
    let events = desk.state.told_events()?;
    let parked = desk.table.list_parked(SHOWN_MAX).await?;
    let first = types.first().map_or("demo", |shown| shown.meeting_type.slug.as_str());
    Ok(Html::written(format!(
        "<h1>openslot on this machine</h1>\n\
         <p class=\"lead\">A booking page, its free times and its letters, running here from end to end. Nothing leaves \
         this machine.</p>\n\
         <section aria-labelledby=\"types\">\n<h2 id=\"types\">Book a meeting</h2>\n{cards}</section>\n\
         <div class=\"pair\">\n{inbox}{clock}{events}{parked}</div>\n{scripts}",
        cards = cards(&types),
        inbox = inbox(&mails),
        clock = clock(desk.clock.now()),
        events = events_told(&events),
        parked = set_aside(parked.len()),
        scripts = scripts(&desk.base_url, first),
    )))
}

/// What guests can book, by name.
async fn shown_types(desk: &Desk) -> Result<Vec<Shown>, Failure> {
    let recent = RecentMeetingTypes::new(MEETING_TYPE_KEPT);
    let mut shown = Vec::new();
    for (slug, _) in desk.table.list_meeting_types().await? {
        shown.extend(show_meeting_type(&desk.table, desk.clock.world(), &recent, &slug).await?);
    }
    Ok(shown)
}

fn cards(types: &[Shown]) -> Html {
    if types.is_empty() {
        return Html::written(
            "<p>There is nothing to book. A new data folder without <code>--no-demo</code> starts with a team and five \
             ways to meet it.</p>\n",
        );
    }
    let cards: Html = types.iter().map(card).collect();
    Html::written(format!("<ul class=\"cards\">\n{cards}</ul>\n"))
}

fn card(Shown { meeting_type, hosts }: &Shown) -> Html {
    let (slug, title) = (&meeting_type.slug, Html::text(meeting_type.title.as_str()));
    let about = meeting_type.description.as_ref().map(|about| Html::text(&about.to_string()));
    let facts: Html = [
        fact(CLOCK_ICON, &durations(&meeting_type.durations_mins)),
        fact(PEOPLE_ICON, &with_whom(meeting_type.mode, hosts)),
        fact(PLACE_ICON, place(meeting_type.location.kind)),
    ]
    .into_iter()
    .collect();
    Html::written(format!(
        "<li class=\"card\"><h3><a href=\"/book/{slug}\">{title}</a></h3>\n<p>{about}</p>\n\
         <ul class=\"facts\">{facts}</ul>\n<span class=\"go\" aria-hidden=\"true\">Choose a time{ARROW_ICON}</span></li>\n",
        about = about.unwrap_or_default(),
    ))
}

fn fact(icon: &str, text: &str) -> Html {
    Html::written(format!("<li>{icon}<span>{}</span></li>", Html::text(text)))
}

const CLOCK_ICON: &str = "<svg class=\"icon\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><circle cx=\"10\" cy=\"10\" r=\"7.5\"/>\
     <path d=\"M10 5.5V10l3 2\"/></svg>";
const PEOPLE_ICON: &str = "<svg class=\"icon\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><circle cx=\"10\" cy=\"6.5\" r=\"3.5\"/>\
     <path d=\"M3.5 17.5a6.5 6.5 0 0 1 13 0\"/></svg>";
const PLACE_ICON: &str = "<svg class=\"icon\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><circle cx=\"10\" cy=\"8\" r=\"2\"/>\
     <path d=\"M10 18c-4-4.2-6-7.4-6-10a6 6 0 0 1 12 0c0 2.6-2 5.8-6 10z\"/></svg>";
const ARROW_ICON: &str = "<svg class=\"icon\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path d=\"M4 10h12m-5-5 5 5-5 5\"/></svg>";

/// "30 minutes", "30, 60 or 90 minutes".
fn durations(mins: &[u32]) -> String {
    let all: Vec<String> = mins.iter().map(ToString::to_string).collect();
    format!("{} minutes", listed(&all, "or"))
}

fn with_whom(mode: Mode, hosts: &[Host]) -> String {
    let names: Vec<String> = hosts.iter().map(|host| host.name.to_string()).collect();
    let between = if mode == Mode::Collective { "and" } else { "or" };
    if names.is_empty() { "Nobody takes it at present".to_owned() } else { listed(&names, between) }
}

/// "a", "a or b", "a, b or c".
fn listed(all: &[String], between: &str) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {between} {last}", most.join(", ")),
    }
}

fn place(kind: LocationKind) -> &'static str {
    match kind {
        LocationKind::GoogleMeet => "Google Meet",
        LocationKind::Teams => "Microsoft Teams",
        LocationKind::Phone => "By phone",
        LocationKind::InPerson => "In person",
        LocationKind::Link => "Online",
        LocationKind::ToBeAgreed => "Place to be agreed",
    }
}

/// `mails` newest first.
fn inbox(mails: &[Mail]) -> Html {
    let latest = mails.first().map_or_else(|| Html::written(NO_LETTER_YET), latest);
    let count = match mails.len() {
        1 => "1 letter".to_owned(),
        many => format!("{many} letters"),
    };
    Html::written(format!(
        "<section class=\"panel\" aria-labelledby=\"inbox\">\n<h2 id=\"inbox\">Inbox</h2>\n\
         <p class=\"figure\">{count}</p>\n<p class=\"soft\">{latest}</p>\n\
         <p class=\"buttons\"><a class=\"button\" href=\"/_local/inbox\">Read the letters</a></p>\n</section>\n"
    ))
}

const NO_LETTER_YET: &str =
    "Letters are kept here instead of being sent. Book something, and they appear within a second.";

fn latest(mail: &Mail) -> Html {
    let (id, to) = (Html::text(&mail.id), Html::text(&mail.recipients.join(", ")));
    let subject = Html::text(&Parts::of(&mail.raw).subject);
    Html::written(format!("The last one, to {to}: <a href=\"/_local/inbox/{id}\">{subject}</a>"))
}

fn clock(now: DateTime<Utc>) -> Html {
    Html::written(format!(
        "<section class=\"panel\" aria-labelledby=\"clock\">\n<h2 id=\"clock\">Clock</h2>\n\
         <p class=\"figure\">{time}<span class=\"unit\">UTC</span></p>\n\
         <p class=\"soft\">{date}. Move it, and whatever is due by then is done.</p>\n\
         <form class=\"buttons\" method=\"post\" action=\"/_local/clock\">\
         <button class=\"button\" name=\"advance_seconds\" value=\"3600\">An hour ahead</button>\
         <button class=\"button\" name=\"advance_seconds\" value=\"86400\">A day ahead</button></form>\n</section>\n",
        time = now.format("%H:%M"),
        date = now.format("%A %-d %B %Y"),
    ))
}

/// `events` newest first.
fn events_told(events: &[Value]) -> Html {
    let latest = events.first().map_or_else(|| Html::written(NO_EVENT_YET), latest_event);
    let count = match events.len() {
        1 => "1 event".to_owned(),
        many => format!("{many} events"),
    };
    Html::written(format!(
        "<section class=\"panel\" aria-labelledby=\"events\">\n<h2 id=\"events\">Events</h2>\n\
         <p class=\"figure\">{count}</p>\n<p class=\"soft\">{latest}</p>\n\
         <p class=\"buttons\"><a class=\"button\" href=\"/_local/events\">Read the events</a></p>\n</section>\n"
    ))
}

const NO_EVENT_YET: &str = "What other programs would be told. Book something, and they hear of it.";

fn latest_event(event: &Value) -> Html {
    let text = |value: &Value| Html::text(value.as_str().unwrap_or_default());
    let (kind, id) = (text(&event["detail-type"]), text(&event["detail"]["id"]));
    Html::written(format!("The last one: {kind}, of {id}"))
}

fn set_aside(count: usize) -> Html {
    let (figure, about) = match count {
        0 => ("Nothing".to_owned(), "Everything that was owed was paid, or is being tried."),
        1 => ("1 piece of work".to_owned(), WAITING),
        many if many < SHOWN_MAX as usize => (format!("{many} pieces of work"), WAITING),
        many => (format!("{many} pieces of work or more"), WAITING),
    };
    Html::written(format!(
        "<section class=\"panel\" aria-labelledby=\"parked\">\n<h2 id=\"parked\">Set aside</h2>\n\
         <p class=\"figure\">{figure}</p>\n<p class=\"soft\">{about}</p>\n\
         <p class=\"buttons\"><a class=\"button\" href=\"/_local/parked\">Look at it</a></p>\n</section>\n"
    ))
}

const WAITING: &str = "Tried as often as it may be. It waits until somebody puts it back.";

fn scripts(base_url: &str, slug: &str) -> Html {
    let book = Html::text(&book_by_hand(base_url, slug));
    let advance = Html::text(&advance_by_hand(base_url));
    Html::written(format!(
        "<section class=\"scripts\" aria-labelledby=\"scripts\">\n<h2 id=\"scripts\">For scripts</h2>\n\
         <p class=\"links\"><a href=\"/v1/openapi.json\">OpenAPI document</a>\
         <a href=\"/v1/meeting-types/{slug}\">A meeting type</a>\
         <a href=\"/_local/inbox.json\">Inbox as JSON</a><a href=\"/_local/events.json\">Events as JSON</a>\
         <a href=\"/_local/parked.json\">Set aside as JSON</a><a href=\"/_local/clock\">Clock as JSON</a></p>\n\
         <p>Take a start from the free times and send it with a key of your own. The same key again answers with the \
         same booking.</p>\n<pre>{book}</pre>\n<p>Move the clock a day ahead:</p>\n<pre>{advance}</pre>\n</section>\n"
    ))
}

fn book_by_hand(base_url: &str, slug: &str) -> String {
    format!(
        "curl {base_url}/v1/bookings \\\n  -H 'Content-Type: application/json' -H 'Idempotency-Key: my-first-booking' \\\n  \
         -d '{{\"meeting_type\": \"{slug}\", \"start\": \"START\", \"time_zone\": \"Europe/London\", \
         \"attendee\": {{\"name\": \"Ada\", \"email\": \"ada@example.net\"}}}}'"
    )
}

fn advance_by_hand(base_url: &str) -> String {
    format!(
        "curl {base_url}/_local/clock -H 'Content-Type: application/json' -d '{{\"advance_seconds\": 86400}}'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_are_listed_as_one_says_them() {
        assert_eq!(durations(&[30]), "30 minutes");
        assert_eq!(durations(&[30, 60]), "30 or 60 minutes");
        assert_eq!(durations(&[30, 60, 90]), "30, 60 or 90 minutes");
        assert_eq!(with_whom(Mode::Single, &[]), "Nobody takes it at present");
    }
}
