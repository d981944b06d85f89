//! `POST /_local/token`: a host signs in without a password, for scripts.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use axum::response::Response;
use openslot_domain::host::Host;
use openslot_domain::ids::HostId;
use openslot_domain::login::Login;
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::{Clock, Consistency, Failure, ListHosts, PutLogin, ReadHost};
use openslot_wire::{Problem, Wrong};
use serde::Deserialize;
use serde_json::json;

use super::forms::{Sent, is_to_this_machine};
use super::{Desk, Shared, replies};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Its id or its address.
    host: String,
}

/// An access token of a host. One that has never signed in is joined to a login of its own first.
pub(super) async fn make(
    State(desk): Shared,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(body) = body else {
        return replies::refused(&Problem::too_large());
    };
    // A token is more than the pages show: no page of a foreign name may have it.
    if !is_to_this_machine(&headers) {
        return replies::refused(&Problem::forbidden());
    }
    if !matches!(Sent::of(&headers), Sent::Json) {
        return replies::refused(&Problem::unsupported_media_type());
    }
    let Ok(Wanted { host }) = serde_json::from_slice(&body) else {
        return refused("", "malformed", "must be an object such as {\"host\": \"nora\"}");
    };
    match found(&desk, &host).await {
        Ok(Some(host)) => token(&desk, host).await,
        Ok(None) => refused("/host", "unknown", "must be the id or the address of a host"),
        Err(failure) => replies::broken(failure.cause()),
    }
}

fn refused(pointer: &str, code: &'static str, detail: &str) -> Response {
    let wrong = Wrong { pointer: pointer.to_owned(), code, detail: detail.to_owned() };
    replies::refused(&Problem::invalid(vec![wrong]))
}

async fn found(desk: &Desk, wanted: &str) -> Result<Option<HostId>, Failure> {
    for id in desk.table.list_hosts().await? {
        let today = desk.clock.world().now().date_naive();
        let host = desk.table.read_host(&id, today, Consistency::Strong).await?.map(|read| read.host);
        if id.as_str() == wanted || host.is_some_and(|host| is_at(&host, wanted)) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn is_at(host: &Host, address: &str) -> bool {
    host.email.to_string().eq_ignore_ascii_case(address)
}

async fn token(desk: &Desk, host: HostId) -> Response {
    let key = LoginKey::of(desk.issuer.url(), host.as_str());
    if let Err(failure) = desk.table.put_login(&key, &Login::member(host.clone())).await {
        return replies::broken(failure.cause());
    }
    match desk.issuer.access_token(host.as_str()) {
        Ok(token) => replies::told(&json!({ "access_token": token })),
        Err(error) => replies::broken(&error),
    }
}
