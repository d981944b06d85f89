//! `/_local/events`: what other programs were told.

use axum::extract::State;
use axum::response::Response;
use serde_json::Value;

use super::html::Html;
use super::{Shared, replies};

/// All events for scripts, newest first, each as a target of the bus receives it.
pub(super) async fn json(State(desk): Shared) -> Response {
    match desk.state.told_events() {
        Ok(events) => replies::told(&events),
        Err(error) => replies::broken(&error),
    }
}

/// All events for people, newest first.
pub(super) async fn list(State(desk): Shared) -> Response {
    match desk.state.told_events() {
        Ok(events) => replies::shown("Events", &listed(&events)),
        Err(error) => replies::broken(&error),
    }
}

fn listed(events: &[Value]) -> Html {
    let count = match events.len() {
        0 => "Nothing was told yet. Book something, and it appears here within a second.".to_owned(),
        1 => "1 event. A program that listens to the bus would have heard it.".to_owned(),
        many => {
            format!("{many} events, newest first. A program that listens to the bus would have heard them.")
        }
    };
    let rows: Html = events.iter().map(row).collect();
    Html::written(format!(
        "<nav class=\"trail\"><a href=\"/\">openslot on this machine</a></nav>\n<h1>Events</h1>\n\
         <p class=\"lead\">{count}</p>\n<ul class=\"rows\">\n{rows}</ul>\n"
    ))
}

fn row(event: &Value) -> Html {
    let text = |value: &Value| Html::text(value.as_str().unwrap_or_default());
    let booking = &event["detail"]["booking"];
    let (kind, id) = (text(&event["detail-type"]), text(&event["detail"]["id"]));
    let (title, attendee) = (text(&booking["meeting_type"]["title"]), text(&booking["attendee"]["name"]));
    let (start, time) = (text(&booking["start"]), text(&event["time"]));
    let whole = Html::text(&serde_json::to_string_pretty(event).unwrap_or_default());
    Html::written(format!(
        "<li class=\"entry\"><h3>{kind}</h3><p>{title} with {attendee}, {start}</p>\
         <p class=\"soft\">{id}, told at {time}</p>\
         <details><summary>The whole event</summary><pre>{whole}</pre></details></li>\n"
    ))
}
