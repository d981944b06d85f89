//! A login as stored.

use openslot_domain::login::{Login, Role};
use serde::{Deserialize, Serialize};

use super::{RowError, read};

#[derive(Serialize, Deserialize)]
pub(crate) struct LoginRow {
    /// The host.
    ho: String,
    /// The role.
    ro: RoleRow,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RoleRow {
    Member,
    Admin,
}

impl LoginRow {
    pub(crate) fn of(login: &Login) -> Self {
        let ro = match login.role {
            Role::Member => RoleRow::Member,
            Role::Admin => RoleRow::Admin,
        };
        Self { ho: login.host.to_string(), ro }
    }

    pub(crate) fn login(self) -> Result<Login, RowError> {
        let role = match self.ro {
            RoleRow::Member => Role::Member,
            RoleRow::Admin => Role::Admin,
        };
        Ok(Login { host: read("ho", self.ho.parse())?, role })
    }
}
