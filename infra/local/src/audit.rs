//! The data folder is looked through, or put right, while nothing else runs on it.

use std::fmt::Write;
use std::path::Path;

use chrono::{DateTime, Utc};
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::Failure;
use openslot_usecases::repair_hosts::{Repaired, repair_hosts};
use openslot_usecases::repair_rows::repair_rows;
use openslot_usecases::verify_hosts::{Verified, verify_hosts};
use openslot_usecases::verify_rows::{Fault, verify_rows};
use tokio::task::JoinSet;

use crate::StartError;
use crate::folder::Folder;
use crate::options::{Audit, Restored};
use crate::running::Home;

/// What there is to say about a data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// Whether everything says what the bookings and the settings say, now that it is done.
    pub is_right: bool,
    /// The whole of it, for the person at the keyboard.
    pub text: String,
}

/// Looks through a data folder, and puts it right if that is asked for: every host's days by its bookings, and every
/// other row that is written with a booking or with settings.
///
/// Fails if there is no such folder or something else runs on it. Safe to repeat.
pub async fn audit(what: Audit, data_dir: &Path) -> Result<Audited, StartError> {
    let folder = Folder::take_old(data_dir)?;
    let mut back = JoinSet::new();
    let home = Home::open(&folder, "http://localhost".to_owned(), &mut back).await?;
    let audited = match what {
        Audit::Verify(Restored { restored_to }) => verify(&home, restored_to).await,
        Audit::Repair(Restored { restored_to }) => repair(&home, restored_to).await,
    };
    back.shutdown().await;
    audited.map_err(|failure: Failure| folder.engine_damaged(failure.cause()))
}

async fn verify(home: &Home, restored_to: Option<DateTime<Utc>>) -> Result<Audited, Failure> {
    let (table, world) = (&home.table, home.clock.world());
    let days = verify_hosts(table, world).await?;
    let rows = verify_rows(table, &Keyring::new(home.kms.clone()), world, restored_to).await?;
    Ok(told(&days, &rows))
}

async fn repair(home: &Home, restored_to: Option<DateTime<Utc>>) -> Result<Audited, Failure> {
    let (table, world) = (&home.table, home.clock.world());
    let days = repair_hosts(table, world).await?;
    let rows = repair_rows(table, &Keyring::new(home.kms.clone()), world, restored_to).await?;
    Ok(mended(&days, &rows))
}

fn told(verified: &Verified, rows: &[Fault]) -> Audited {
    let Verified { hosts, bookings, differences, unsettled } = verified;
    let mut text = String::new();
    for (host, difference) in differences {
        line(&mut text, format_args!("{host} {difference}"));
    }
    for fault in rows {
        line(&mut text, format_args!("{fault}"));
    }
    line_of_unsettled(&mut text, unsettled.len());
    let found = differences.len() + rows.len();
    let (hosts, bookings) = (count(*hosts, "host"), count(*bookings, "booking"));
    line(&mut text, format_args!("{} in {hosts} and {bookings}.", count(found, "difference")));
    Audited { is_right: found == 0 && unsettled.is_empty(), text }
}

fn mended(repaired: &Repaired, rows: &[Fault]) -> Audited {
    let Repaired { hosts, mended, left, unsettled } = repaired;
    let mut text = String::new();
    for (host, date) in mended {
        line(&mut text, format_args!("{host} {date}: written anew"));
    }
    for fault in rows {
        line(&mut text, format_args!("{fault}: mended"));
    }
    for (host, difference) in left {
        line(&mut text, format_args!("{host} {difference}; one of them has to be moved"));
    }
    line_of_unsettled(&mut text, unsettled.len());
    let (days, rows, hosts) = (count(mended.len(), "day"), count(rows.len(), "row"), count(*hosts, "host"));
    let left_over = count(left.len(), "difference");
    line(&mut text, format_args!("{days} written anew in {hosts}, {rows} mended, {left_over} left."));
    Audited { is_right: left.is_empty() && unsettled.is_empty(), text }
}

/// Nothing else runs on the folder, so that there is none; but none is passed over in silence.
fn line_of_unsettled(text: &mut String, unsettled: usize) {
    if unsettled > 0 {
        line(text, format_args!("{unsettled} could not be looked at in peace; try again"));
    }
}

fn count(many: usize, what: &str) -> String {
    match many {
        0 => format!("no {what}"),
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("a text can grow");
}
