//! `/_local/parked`: owed work that was set aside after its last try, and another chance for it.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::SecondsFormat;
use openslot_domain::effects::EffectKey;
use openslot_usecases::ports::{Failure, ListParked, ParkedEffect, Replayed};
use openslot_usecases::replay_parked::{replay_all_parked, replay_parked};
use openslot_wire::{Problem, Wrong};
use serde_json::{Value, json};

use super::forms::Sent;
use super::html::Html;
use super::{Desk, Shared, replies};

/// How many are shown.
pub(super) const SHOWN_MAX: u32 = 500;

/// What was set aside, for scripts.
pub(super) async fn json(State(desk): Shared) -> Response {
    match desk.table.list_parked(SHOWN_MAX).await {
        Ok(parked) => replies::told(&parked.iter().map(described).collect::<Vec<Value>>()),
        Err(failure) => replies::broken(&failure),
    }
}

/// What was set aside, for people.
pub(super) async fn list(State(desk): Shared) -> Response {
    match desk.table.list_parked(SHOWN_MAX).await {
        Ok(parked) => replies::shown_with_form("Set aside", &listed(&parked)),
        Err(failure) => replies::broken(&failure),
    }
}

/// Puts work back, and does it before the answer: `{"replay": KEY}`, or `{"replay": "all"}`. The same as a form is
/// taken from the page of this address only, and leads back to it.
pub(super) async fn replay(
    State(desk): Shared,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(body) = body else {
        return replies::refused(&Problem::too_large());
    };
    let (wanted, told): (_, fn(u32) -> Response) = match Sent::of(&headers) {
        Sent::Json => (json_member(&body), |replayed| replies::told(&json!({ "replayed": replayed }))),
        Sent::Form => (form_member(&body), |_| replies::done("/_local/parked")),
        Sent::ForeignForm => return replies::refused(&Problem::forbidden()),
        Sent::Otherwise => return replies::refused(&Problem::unsupported_media_type()),
    };
    let Some(wanted) = wanted.as_deref().and_then(Wanted::of) else {
        return replies::refused(&Problem::invalid(vec![wrong()]));
    };
    match put_back(&desk, &wanted).await {
        Ok(replayed) => told(replayed),
        Err(failure) => replies::broken(&failure),
    }
}

enum Wanted {
    All,
    One(EffectKey),
}

impl Wanted {
    fn of(text: &str) -> Option<Self> {
        if text == "all" { Some(Self::All) } else { text.parse().ok().map(Self::One) }
    }
}

async fn put_back(desk: &Desk, wanted: &Wanted) -> Result<u32, Failure> {
    let world = desk.clock.world();
    let replayed = match wanted {
        Wanted::All => replay_all_parked(&desk.table, world).await?,
        Wanted::One(key) => u32::from(replay_parked(&desk.table, world, key).await? == Replayed::Done),
    };
    desk.rounds.settle().await;
    Ok(replayed)
}

fn described(parked: &ParkedEffect) -> Value {
    json!({
        "key": parked.key.to_string(),
        "at": parked.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        "why": parked.why,
    })
}

fn json_member(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let members = body.as_object().filter(|members| members.len() == 1)?;
    members.get("replay")?.as_str().map(str::to_owned)
}

/// The one field of the form; of all that may stand in a key only `#` and `:` are written otherwise there.
fn form_member(body: &[u8]) -> Option<String> {
    let value = std::str::from_utf8(body).ok()?.strip_prefix("replay=")?;
    Some(value.replace("%23", "#").replace("%3A", ":"))
}

fn wrong() -> Wrong {
    let detail = "must be {\"replay\": \"all\"}, or the key of what was set aside";
    Wrong { pointer: "/replay".to_owned(), code: "format", detail: detail.to_owned() }
}

fn listed(parked: &[ParkedEffect]) -> Html {
    let rows: Html = parked.iter().map(row).collect();
    let count = match parked.len() {
        0 => "Nothing: everything that was owed was paid, or is being tried.".to_owned(),
        1 => "1 piece of work was tried as often as it may be. It waits here until somebody puts it back."
            .to_owned(),
        many => format!(
            "{many} pieces of work were tried as often as they may be. They wait here until somebody puts them back."
        ),
    };
    let all = if parked.is_empty() { Html::default() } else { form("all", "Try all of them again") };
    Html::written(format!(
        "<nav class=\"trail\"><a href=\"/\">openslot on this machine</a></nav>\n<h1>Set aside</h1>\n\
         <p class=\"lead\">{count}</p>\n{all}<ul class=\"rows\">\n{rows}</ul>\n"
    ))
}

fn row(parked: &ParkedEffect) -> Html {
    let key = parked.key.to_string();
    let (shown, why) = (Html::text(&key), Html::text(&parked.why));
    let at = parked.at.format("%A %-d %B %Y, %H:%M:%S UTC");
    let again = form(&key, "Try again");
    Html::written(format!(
        "<li class=\"entry\"><h3>{why}</h3><p class=\"soft\">{shown}, {at}</p>{again}</li>\n"
    ))
}

fn form(key: &str, label: &str) -> Html {
    let (key, label) = (Html::text(key), Html::text(label));
    Html::written(format!(
        "<form class=\"buttons\" method=\"post\" action=\"/_local/parked\">\
         <button class=\"button\" name=\"replay\" value=\"{key}\">{label}</button></form>\n"
    ))
}

#[cfg(test)]
mod tests {
    use openslot_domain::effects::{EffectKind, Recipient};
    use openslot_domain::ids::BookingId;

    use super::*;

    /// As a browser encodes it (WHATWG URL standard, `application/x-www-form-urlencoded`).
    fn encoded(text: &str) -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"*-._".contains(&byte);
        let encode = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        text.bytes().map(encode).collect()
    }

    #[test]
    fn a_key_comes_back_from_the_form() {
        let due = "2026-11-22T09:05:00.25Z".parse().unwrap();
        let kind = EffectKind::Letter(Recipient::Host("new-york".parse().unwrap()));
        let key = EffectKey { due, booking: BookingId::from_bytes([7; 16]), revision: 2, kind };
        let body = format!("replay={}", encoded(&key.to_string()));
        assert_eq!(form_member(body.as_bytes()), Some(key.to_string()));
        assert_eq!(form_member(b"replay=all").as_deref(), Some("all"));
        assert_eq!(form_member(b"other=all"), None);
    }

    #[test]
    fn what_is_no_wish_is_refused() {
        assert_eq!(json_member(br#"{"replay": "all"}"#).as_deref(), Some("all"));
        for body in ["", "[]", "{}", r#"{"replay": 1}"#, r#"{"replay": "all", "more": 1}"#] {
            assert_eq!(json_member(body.as_bytes()), None, "{body}");
        }
        assert!(Wanted::of("everything").is_none());
    }
}
