//! Who signs in on this machine: an issuer of access tokens that the local gateway trusts.

use std::sync::Arc;

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{self, KeyPair as _};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use openslot_usecases::ports::Clock;
use serde_json::{Map, Value, json};

use crate::world::LocalWorld;

/// What every host route demands (an ID token has no such scope, and so does not pass).
pub(crate) const SCOPE: &str = "openslot/host";
/// Whom the tokens are for.
const AUDIENCE: &str = "openslot-local";
const LIFETIME_SECS: i64 = 15 * 60;

/// What a token says.
pub(crate) type Claims = Map<String, Value>;

/// An issuer with a key of its own, which it forgets when the program ends: whoever signed in does so again.
#[derive(Clone)]
pub(crate) struct Issuer {
    url: String,
    key: Arc<KeyPair>,
    world: LocalWorld,
}

impl Issuer {
    /// A new key. Tokens are made and checked by the clock of `world`, so that a jump ends them.
    pub(crate) fn new(base_url: &str, world: LocalWorld) -> Result<Self, Unspecified> {
        let key = Arc::new(KeyPair::generate(KeySize::Rsa2048)?);
        Ok(Self { url: format!("{base_url}/_local/issuer"), key, world })
    }

    /// What its tokens name as their issuer.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// An access token (RFC 9068) of somebody who may come in as a host.
    pub(crate) fn access_token(&self, subject: &str) -> Result<String, Unspecified> {
        let now = self.world.now().timestamp();
        self.signed(&json!({
            "iss": self.url,
            "sub": subject,
            "aud": AUDIENCE,
            "client_id": AUDIENCE,
            "scope": SCOPE,
            "iat": now,
            "exp": now + LIFETIME_SECS,
        }))
    }

    /// A JWS in its compact form (RFC 7515), under RS256.
    pub(crate) fn signed(&self, claims: &Value) -> Result<String, Unspecified> {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let content = format!("{}.{}", part(&json!({ "alg": "RS256", "typ": "at+jwt" })), part(claims));
        let mut bytes = vec![0; self.key.public_modulus_len()];
        let random = SystemRandom::new();
        self.key.sign(&signature::RSA_PKCS1_SHA256, &random, content.as_bytes(), &mut bytes)?;
        Ok(format!("{content}.{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// What a token says, if this issuer made it for this program and it holds now.
    pub(crate) fn verified(&self, token: &str) -> Option<Claims> {
        let mut wanted = Validation::new(Algorithm::RS256);
        wanted.set_issuer(&[&self.url]);
        wanted.validate_aud = false;
        wanted.set_required_spec_claims(&["iss", "exp"]);
        // The library would ask the machine's clock.
        wanted.validate_exp = false;
        let key = DecodingKey::from_rsa_der(self.key.public_key().as_ref());
        let claims = decode::<Claims>(token, &key, &wanted).ok()?.claims;
        (is_for_us(&claims) && self.holds_now(&claims)).then_some(claims)
    }

    fn holds_now(&self, claims: &Claims) -> bool {
        let now = self.world.now().timestamp();
        let time = |name: &str| claims.get(name).map(|value| value.as_i64().unwrap_or(i64::MAX));
        let ends = claims.get("exp").and_then(Value::as_i64).unwrap_or(i64::MIN);
        now < ends && ["nbf", "iat"].into_iter().filter_map(time).all(|begins| begins <= now)
    }
}

/// Cognito's access tokens name no audience but the client, and the gateway takes that instead.
fn is_for_us(claims: &Claims) -> bool {
    match claims.get("aud").or_else(|| claims.get("client_id")) {
        Some(Value::Array(several)) => several.iter().any(|one| one == AUDIENCE),
        Some(one) => one == AUDIENCE,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::hmac;
    use chrono::TimeDelta;

    use super::*;

    fn issuer() -> Issuer {
        Issuer::new("http://localhost:8700", LocalWorld::default()).unwrap()
    }

    fn claims(issuer: &Issuer) -> Value {
        let now = issuer.world.now().timestamp();
        json!({ "iss": issuer.url(), "aud": AUDIENCE, "sub": "nora", "iat": now, "exp": now + 60 })
    }

    #[test]
    fn a_token_says_who_may_come_in() {
        let issuer = issuer();
        let claims = issuer.verified(&issuer.access_token("nora").unwrap()).unwrap();
        assert_eq!((&claims["sub"], &claims["scope"]), (&json!("nora"), &json!(SCOPE)));
        assert_eq!(claims["iss"], "http://localhost:8700/_local/issuer");
    }

    #[test]
    fn a_token_that_is_not_this_issuers_own_says_nothing() {
        let (issuer, other) = (issuer(), issuer());
        let passes = |name: &str, value: Value| {
            let mut changed = claims(&issuer);
            changed[name] = value;
            issuer.verified(&issuer.signed(&changed).unwrap()).is_some()
        };
        assert!(passes("jti", json!("1")), "what is not looked at does no harm");
        assert!(!passes("iss", json!("https://evil.example")));
        assert!(!passes("iss", Value::Null));
        assert!(!passes("aud", json!("another-program")));
        assert!(passes("aud", json!(["another-program", AUDIENCE])));
        assert!(!passes("aud", Value::Null));
        assert!(!passes("exp", Value::Null));
        assert!(!passes("exp", json!("tomorrow")));
        assert!(!passes("nbf", json!(issuer.world.now().timestamp() + 30)));
        let mut of_cognito = claims(&issuer);
        of_cognito.as_object_mut().unwrap().remove("aud");
        assert_eq!(issuer.verified(&issuer.signed(&of_cognito).unwrap()), None, "for nobody");
        of_cognito["client_id"] = json!(AUDIENCE);
        assert!(issuer.verified(&issuer.signed(&of_cognito).unwrap()).is_some());
        assert_eq!(issuer.verified(&other.access_token("nora").unwrap()), None, "another key");
    }

    #[test]
    fn a_token_that_was_tampered_with_says_nothing() {
        let issuer = issuer();
        let token = issuer.access_token("nora").unwrap();
        let parts: Vec<&str> = token.split('.').collect();
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let none = part(&json!({ "alg": "none" }));
        let shared = part(&json!({ "alg": "HS256" }));
        // The public key, taken for a shared secret.
        let content = format!("{shared}.{}", parts[1]);
        let secret = hmac::Key::new(hmac::HMAC_SHA256, issuer.key.public_key().as_ref());
        let mac = hmac::sign(&secret, content.as_bytes());
        let mixed_up = format!("{content}.{}", URL_SAFE_NO_PAD.encode(mac));
        let emil = part(&{
            let mut claims = claims(&issuer);
            claims["sub"] = json!("emil");
            claims
        });
        for bent in [
            format!("{none}.{}.", parts[1]),
            format!("{none}.{}.{}", parts[1], parts[2]),
            format!("{shared}.{}.{}", parts[1], parts[2]),
            mixed_up,
            format!("{}.{emil}.{}", parts[0], parts[2]),
            format!("{}.{}", parts[0], parts[1]),
            String::new(),
            "..".to_owned(),
        ] {
            assert_eq!(issuer.verified(&bent), None, "{bent}");
        }
    }

    #[test]
    fn a_token_ends() {
        let issuer = issuer();
        let token = issuer.access_token("nora").unwrap();
        issuer.world.move_to_offset(TimeDelta::seconds(LIFETIME_SECS - 5));
        assert!(issuer.verified(&token).is_some());
        issuer.world.move_to_offset(TimeDelta::seconds(LIFETIME_SECS + 1));
        assert_eq!(issuer.verified(&token), None);
    }
}
