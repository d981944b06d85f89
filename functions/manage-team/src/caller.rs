//! Who asks.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use lambda_http::request::RequestContext;
use openslot_domain::login::Login;
use openslot_edge::reply;
use openslot_usecases::manage_team::sign_in;
use openslot_usecases::ports::FindLogin;
use openslot_wire::Problem;

/// What the gateway has verified of who asks: issuer and subject of a token, or nothing.
///
/// Read from the request context (Amazon API Gateway developer guide, "Control access to HTTP APIs with JWT
/// authorizers"), which no client can write. No header, no parameter and no body says who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verified(Option<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Verified {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<RequestContext>().and_then(claims)))
    }
}

fn claims(context: &RequestContext) -> Option<(String, String)> {
    let RequestContext::ApiGatewayV2(context) = context else {
        return None;
    };
    let claims = &context.authorizer.as_ref()?.jwt.as_ref()?.claims;
    let claim = |name: &str| claims.get(name).filter(|value| !value.is_empty()).cloned();
    Some((claim("iss")?, claim("sub")?))
}

impl Verified {
    /// The host that asks, or the answer to somebody who is none.
    pub(crate) async fn login<S: FindLogin + Sync>(&self, store: &S) -> Result<Login, Response> {
        let Some((issuer, subject)) = &self.0 else {
            return Err(reply::problem(&Problem::unauthorized()));
        };
        match sign_in(store, issuer, subject).await {
            Ok(Some(login)) => Ok(login),
            Ok(None) => Err(reply::problem(&Problem::not_invited())),
            Err(failure) => Err(reply::failure(&failure)),
        }
    }
}
