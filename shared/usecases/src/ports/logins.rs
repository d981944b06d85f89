//! Who has signed in.

use std::future::Future;

use openslot_domain::login::Login;

use super::{Failure, Saved};
use crate::manage_team::LoginKey;

/// Reads one login.
pub trait FindLogin {
    /// As whom it signs in, as it now stands; `None` for one that is joined to no host. Reads only.
    fn find_login(&self, key: &LoginKey) -> impl Future<Output = Result<Option<Login>, Failure>> + Send;
}

/// Joins a login to a host.
pub trait PutLogin {
    /// Writes it unless it is joined to a host already, even to this one: then it answers [`Saved::Overtaken`].
    fn put_login(&self, key: &LoginKey, login: &Login)
    -> impl Future<Output = Result<Saved, Failure>> + Send;
}
