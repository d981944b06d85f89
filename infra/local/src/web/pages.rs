//! The way in, and what stands where the site's pages will be.

use std::error::Error;

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Days, NaiveDate, Utc};
use openslot_domain::ids::Slug;
use openslot_domain::text::Line;
use openslot_usecases::ports::ListMeetingTypes;

use super::html::Html;
use super::{Desk, Shared, replies};

/// `GET /_local/style.css`
pub(super) async fn style() -> Response {
    replies::styled(include_str!("style.css"))
}

/// `GET /`: everything there is, one click away.
pub(super) async fn landing(State(desk): Shared) -> Response {
    match welcome(&desk).await {
        Ok(body) => replies::shown("openslot on this machine", &body),
        Err(error) => replies::broken(&*error),
    }
}

/// `GET /manage/`: where the links in letters lead. What a link opens stands behind its `#`, which no browser
/// sends: this page neither sees nor shows it.
pub(super) async fn manage() -> Response {
    let body = "<nav class=\"tabs\"><a href=\"/\">openslot on this machine</a></nav>\n\
        <h1>Your booking</h1>\n\
        <p>You opened the manage link of a booking: whoever has this address may see the booking it belongs to.</p>\n\
        <p>This version keeps the link and answers programs that use it. Seeing, moving and cancelling a booking on \
        this page comes with the next version. Your booking stands as the letter says.</p>\n";
    replies::shown("Your booking", &Html::written(body))
}

async fn welcome(desk: &Desk) -> Result<Html, Box<dyn Error + Send + Sync>> {
    let types = desk.table.list_meeting_types().await?;
    let letters = match desk.state.mails()?.len() {
        1 => "1 letter".to_owned(),
        many => format!("{many} letters"),
    };
    let now = desk.clock.now();
    Ok(Html::written(format!(
        "<h1>openslot on this machine</h1>\n\
         <p class=\"soft\">Everything runs here and nothing leaves: letters land in the inbox below.</p>\n\
         <h2>Meeting types</h2>\n{types}\
         <h2>Book a time</h2>\n<p>Take a start from the free times and send it with a key of your own. The same key \
         again answers with the same booking.</p>\n<pre>{book}</pre>\n\
         <h2>Inbox</h2>\n<p>{letters} so far.</p>\n\
         <p class=\"links\"><a href=\"/_local/inbox\">Read the letters</a><a href=\"/_local/inbox.json\">For scripts</a></p>\n\
         <h2>Clock</h2>\n<p>It is {clock} here. Move the clock a day ahead, and everything due by then is done:</p>\n\
         <pre>{move_clock}</pre>\n<p class=\"links\"><a href=\"/_local/clock\">What time is it?</a></p>\n\
         <h2>The API</h2>\n<p class=\"links\"><a href=\"/v1/openapi.json\">OpenAPI document</a></p>\n",
        types = meeting_types(&types, now.date_naive()),
        book = Html::text(&book_by_hand(&desk.base_url, &types)),
        clock = shown(now),
        move_clock = Html::text(&move_by_hand(&desk.base_url)),
    )))
}

fn meeting_types(types: &[(Slug, Line)], today: NaiveDate) -> Html {
    if types.is_empty() {
        return Html::written(
            "<p>There are none. A new data folder without --no-demo starts with three.</p>\n",
        );
    }
    let rows: Html = types.iter().map(|(slug, title)| meeting_type(slug, title, today)).collect();
    Html::written(format!("<ul class=\"rows\">\n{rows}</ul>\n"))
}

fn meeting_type(slug: &Slug, title: &Line, today: NaiveDate) -> Html {
    let title = Html::text(title.as_str());
    let to = today.checked_add_days(Days::new(SHOWN_DAYS)).unwrap_or(today);
    Html::written(format!(
        "<li><h3>{title}</h3><p class=\"links\"><a href=\"/v1/meeting-types/{slug}\">What it is</a>\
         <a href=\"/v1/meeting-types/{slug}/slots?from={today}&amp;to={to}&amp;time_zone=Europe/London\">\
         Free times of the next two weeks</a></p></li>\n"
    ))
}

const SHOWN_DAYS: u64 = 13;

fn book_by_hand(base_url: &str, types: &[(Slug, Line)]) -> String {
    let slug = types.first().map_or("demo", |(slug, _)| slug.as_str());
    format!(
        "curl {base_url}/v1/bookings \\\n  -H 'Content-Type: application/json' -H 'Idempotency-Key: my-first-booking' \\\n  \
         -d '{{\"meeting_type\": \"{slug}\", \"start\": \"START\", \"time_zone\": \"Europe/London\", \
         \"attendee\": {{\"name\": \"Ada\", \"email\": \"ada@example.net\"}}}}'"
    )
}

fn move_by_hand(base_url: &str) -> String {
    format!(
        "curl {base_url}/_local/clock -H 'Content-Type: application/json' -d '{{\"advance_seconds\": 86400}}'"
    )
}

fn shown(now: DateTime<Utc>) -> String {
    now.format("%A %-d %B %Y, %H:%M UTC").to_string()
}
