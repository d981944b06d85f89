//! The program around the library: options, credentials, exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use openslot_dynamodb::Table;
use openslot_edge::aws::Roots;
use openslot_edge::{SystemWorld, aws};
use openslot_kms::Kms;
use openslot_operate::{Arguments, Command, Report, audit, erase, replay, restored, show_parked};
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::Failure;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let said = match run(Arguments::parse()).await {
        Ok(Report { is_right, text }) => io::stdout().write_all(text.as_bytes()).map(|()| is_right),
        Err(failure) => {
            let why = failure.cause();
            writeln!(io::stderr(), "Table or key could not be used: {why}").map(|()| false)
        }
    };
    // Whoever closed the pipe has read enough; the exit code tells the rest.
    if said.unwrap_or(false) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn run(Arguments { table, key, command }: Arguments) -> Result<Report, Failure> {
    // An operator's machine may stand behind a proxy that its system trusts.
    let sdk = aws::sdk_config(Roots::System).await;
    let (store, world) = (Table::connect(&sdk, table), SystemWorld);
    match command {
        Command::Audit(what) => audit(what, &store, &Keyring::new(Kms::connect(&sdk, key)), &world).await,
        Command::Erase { address } => {
            erase(&store, &Keyring::new(Kms::connect(&sdk, key)), &world, &address).await
        }
        Command::Restored { to, from } => {
            let left = Table::connect(&sdk, from);
            restored(&left, &store, &Keyring::new(Kms::connect(&sdk, key)), &world, to).await
        }
        Command::Parked => show_parked(&store).await,
        Command::Replay => replay(&store, &world).await,
    }
}
