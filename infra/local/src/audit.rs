//! The data folder is looked through, or put right, while nothing else runs on it.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use openslot_dynamodb::Table;
use openslot_usecases::ports::Failure;
use openslot_usecases::repair_hosts::{Repaired, repair_hosts};
use openslot_usecases::verify_hosts::{Verified, verify_hosts};
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::folder::Folder;
use crate::options::Audit;
use crate::running::{TABLE, serve_engine};
use crate::state::State;
use crate::{StartError, aws, engine};

/// What there is to say about a data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// Whether every host's days say what the bookings say, now that it is done.
    pub is_right: bool,
    /// The whole of it, for the person at the keyboard.
    pub text: String,
}

/// Holds every host's days in a data folder against its bookings, and puts them right if that is asked for.
///
/// Fails if there is no such folder or something else runs on it. Safe to repeat.
pub async fn audit(what: Audit, data_dir: &Path) -> Result<Audited, StartError> {
    let folder = Folder::take_old(data_dir)?;
    let state = Arc::new(State::open(&folder.state()).map_err(|error| folder.state_damaged(&error))?);
    let clock = Clock::open(state).map_err(|error| folder.state_damaged(&error))?;
    let engine = engine::open(&folder.engine()).map_err(|why| folder.engine_damaged(&why))?;
    let mut back = JoinSet::new();
    let table = Table::new(aws::dynamodb(&serve_engine(engine, &mut back).await?), TABLE);
    let audited = match what {
        Audit::Verify => verify_hosts(&table, clock.world()).await.map(|verified| told(&verified)),
        Audit::Repair => repair_hosts(&table, clock.world()).await.map(|repaired| mended(&repaired)),
    };
    back.shutdown().await;
    audited.map_err(|failure: Failure| folder.engine_damaged(failure.cause()))
}

fn told(verified: &Verified) -> Audited {
    let Verified { hosts, bookings, differences, unsettled } = verified;
    let mut text = String::new();
    for (host, difference) in differences {
        line(&mut text, format_args!("{host} {difference}"));
    }
    line_of_unsettled(&mut text, unsettled.len());
    let (hosts, bookings) = (count(*hosts, "host"), count(*bookings, "booking"));
    line(&mut text, format_args!("{} in {hosts} and {bookings}.", count(differences.len(), "difference")));
    Audited { is_right: differences.is_empty() && unsettled.is_empty(), text }
}

fn mended(repaired: &Repaired) -> Audited {
    let Repaired { hosts, mended, left, unsettled } = repaired;
    let mut text = String::new();
    for (host, date) in mended {
        line(&mut text, format_args!("{host} {date}: written anew"));
    }
    for (host, difference) in left {
        line(&mut text, format_args!("{host} {difference}; one of them has to be moved"));
    }
    line_of_unsettled(&mut text, unsettled.len());
    let (days, hosts) = (count(mended.len(), "day"), count(*hosts, "host"));
    let left_over = count(left.len(), "difference");
    line(&mut text, format_args!("{days} written anew in {hosts}, {left_over} left."));
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
