//! Logins in memory.

use std::collections::btree_map::Entry;

use openslot_domain::login::Login;
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::{Failure, FindLogin, PutLogin, Saved};

use super::MemoryStore;

impl FindLogin for MemoryStore {
    async fn find_login(&self, key: &LoginKey) -> Result<Option<Login>, Failure> {
        Ok(self.look(|contents| contents.logins.get(key).cloned()))
    }
}

impl PutLogin for MemoryStore {
    async fn put_login(&self, key: &LoginKey, login: &Login) -> Result<Saved, Failure> {
        Ok(self.tamper(|contents| match contents.logins.entry(*key) {
            Entry::Occupied(_) => Saved::Overtaken,
            Entry::Vacant(place) => {
                place.insert(login.clone());
                Saved::Done
            }
        }))
    }
}
