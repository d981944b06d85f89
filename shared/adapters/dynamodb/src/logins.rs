//! Who has signed in.

use openslot_domain::login::Login;
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::{Consistency, Failure, FindLogin, PutLogin, Saved};

use crate::call::Guard;
use crate::errors::TableError;
use crate::keys;
use crate::rows::login::LoginRow;
use crate::rows::{from_item, to_item};
use crate::table::Table;

impl FindLogin for Table {
    /// Read strongly: whoever lost a role has lost it at once.
    async fn find_login(&self, key: &LoginKey) -> Result<Option<Login>, Failure> {
        let Some(item) = self.get(keys::login(key), Consistency::Strong).await? else {
            return Ok(None);
        };
        Ok(Some(from_item(item).and_then(LoginRow::login).map_err(TableError::Row)?))
    }
}

impl PutLogin for Table {
    async fn put_login(&self, key: &LoginKey, login: &Login) -> Result<Saved, Failure> {
        let row = to_item(&LoginRow::of(login)).map_err(TableError::Row)?;
        match self.put(keys::login(key).with(row), Guard::absent()).await {
            Ok(()) => Ok(Saved::Done),
            Err(error) if error.is_refused() => Ok(Saved::Overtaken),
            Err(error) => Err(error.into()),
        }
    }
}
