//! The data folder is looked through, or put right, while nothing else runs on it.

use std::path::Path;

use openslot_operate::{Audit, Report};
use openslot_usecases::keyring::Keyring;
use tokio::task::JoinSet;

use crate::StartError;
use crate::folder::Folder;
use crate::running::Home;

/// Looks through a data folder, and puts it right if that is asked for: every host's days by its bookings, and every
/// other row that is written with a booking or with settings.
///
/// Fails if there is no such folder or something else runs on it. Safe to repeat.
pub async fn audit(what: Audit, data_dir: &Path) -> Result<Report, StartError> {
    let folder = Folder::take_old(data_dir)?;
    let mut back = JoinSet::new();
    let home = Home::open(&folder, "http://localhost".to_owned(), &mut back).await?;
    let keyring = Keyring::new(home.kms.clone());
    let audited = openslot_operate::audit(what, &home.table, &keyring, home.clock.world()).await;
    back.shutdown().await;
    audited.map_err(|failure| folder.engine_damaged(failure.cause()))
}
