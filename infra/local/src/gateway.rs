//! What API Gateway does in front of the host routes: it checks the token and tells the function what it says.
//!
//! As in the Amazon API Gateway developer guide, "Control access to HTTP APIs with JWT authorizers": no token or a
//! bad one is 401, a good one without the route's scope 403, and the claims arrive in the request context as texts.

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use lambda_http::request::RequestContext;
use serde_json::{Map, Value, json};

use crate::issuer::{Claims, Issuer, SCOPE};

/// Lets a request in with the claims of its token, or answers as the gateway would.
pub(crate) async fn authorize(State(issuer): State<Issuer>, mut request: Request, next: Next) -> Response {
    let Some(claims) = bearer(request.headers()).and_then(|token| issuer.verified(token)) else {
        return refused(StatusCode::UNAUTHORIZED, "Unauthorized");
    };
    if !scopes(&claims).contains(&SCOPE) {
        return refused(StatusCode::FORBIDDEN, "Forbidden");
    }
    match context(&request, &claims) {
        Ok(context) => {
            request.extensions_mut().insert(context);
            next.run(request).await
        }
        Err(error) => {
            tracing::error!(%error, "a request context could not be made");
            refused(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
        }
    }
}

/// The token, with or without the name of its scheme before it.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("Bearer") => Some(token.trim()),
        Some(_) => None,
        None => Some(value),
    }
}

/// Of `scope`, or `scp` where that is missing: a text with spaces, or a list.
fn scopes(claims: &Claims) -> Vec<&str> {
    match claims.get("scope").or_else(|| claims.get("scp")) {
        Some(Value::String(text)) => text.split(' ').collect(),
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn refused(status: StatusCode, message: &str) -> Response {
    let told = [(CONTENT_TYPE, "application/json"), (WWW_AUTHENTICATE, "Bearer")];
    (status, told, json!({ "message": message }).to_string()).into_response()
}

/// The context as an event of payload version 2.0 carries it.
fn context(request: &Request, claims: &Claims) -> serde_json::Result<RequestContext> {
    let claims: Map<String, Value> =
        claims.iter().map(|(name, value)| (name.clone(), Value::String(as_text(value)))).collect();
    serde_json::from_value(json!({
        "stage": "$default",
        "authorizer": { "jwt": { "claims": claims, "scopes": [SCOPE] } },
        "http": { "method": request.method().as_str(), "path": request.uri().path(), "protocol": "HTTP/1.1" },
    }))
}

/// A claim as the gateway spells it: lists in brackets, without commas.
fn as_text(claim: &Value) -> String {
    match claim {
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(as_text).collect::<Vec<_>>().join(" ")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => claim.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::LocalWorld;

    #[test]
    fn claims_arrive_as_texts() {
        let check = |claim: Value, text: &str| assert_eq!(as_text(&claim), text);
        check(json!("nora"), "nora");
        check(json!(1_795_338_000), "1795338000");
        check(json!(true), "true");
        check(json!(["a", "b"]), "[a b]");
    }

    /// An ID token has no scope, and so does not pass.
    #[tokio::test]
    async fn a_good_token_needs_the_scope() {
        let issuer = Issuer::new("http://localhost:8700", LocalWorld::default()).unwrap();
        let routes = axum::Router::new()
            .route("/", axum::routing::post(async || "in"))
            .route_layer(axum::middleware::from_fn_with_state(issuer.clone(), authorize));
        let answer = async |name: &str, scope: Value| {
            let mut claims = json!({ "iss": issuer.url(), "aud": "openslot-local", "sub": "nora" });
            claims["exp"] = json!(i64::from(u32::MAX));
            claims[name] = scope;
            let token = issuer.signed(&claims).unwrap();
            let request = axum::http::Request::post("/").header(AUTHORIZATION, format!("Bearer {token}"));
            let request = request.body(axum::body::Body::empty()).unwrap();
            lambda_http::tower::ServiceExt::oneshot(routes.clone(), request).await.unwrap().status().as_u16()
        };
        assert_eq!(answer("scope", json!(SCOPE)).await, 200);
        assert_eq!(answer("scope", json!("openid openslot/host")).await, 200);
        assert_eq!(answer("scp", json!([SCOPE])).await, 200);
        for without in [json!("openid"), json!("openslot/hosts"), json!(""), json!(7), Value::Null] {
            assert_eq!(answer("scope", without.clone()).await, 403, "{without}");
        }
        assert_eq!(answer("other", json!(SCOPE)).await, 403);
    }

    #[test]
    fn a_scheme_may_be_left_out_and_another_is_none() {
        let check = |header: &str, token: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, header.parse().unwrap());
            assert_eq!(bearer(&headers), token, "{header}");
        };
        check("Bearer abc", Some("abc"));
        check("bearer abc", Some("abc"));
        check("abc", Some("abc"));
        check("Manage abc", None);
    }
}
