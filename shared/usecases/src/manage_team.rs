//! Which host a verified login belongs to.

use openslot_domain::login::Login;

use crate::digest;
use crate::ports::{Failure, FindLogin};

/// Where a login stands: SHA-256 over its issuer and its subject, which together name it for ever
/// (`OpenID` Connect Core 1.0, section 5.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LoginKey(pub [u8; 32]);

impl LoginKey {
    /// The key of whom `issuer` calls `subject`. No two pairs share one.
    pub fn of(issuer: &str, subject: &str) -> Self {
        Self(digest::sha256(&[issuer.as_bytes(), subject.as_bytes()]))
    }
}

/// The host that a login was joined to, and how far its word reaches; `None` for a login that nobody has invited.
/// Reads only.
pub async fn sign_in<S>(store: &S, issuer: &str, subject: &str) -> Result<Option<Login>, Failure>
where
    S: FindLogin + Sync,
{
    store.find_login(&LoginKey::of(issuer, subject)).await
}
