//! The program around the library: options, addresses, signals.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use openslot_local::{Arguments, Running, StartError, audit, start};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(code) => code,
        Err(error) => {
            say_why(&error);
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<ExitCode, StartError> {
    log_to_stderr(arguments.log())?;
    if let Some((what, data_dir)) = arguments.audit() {
        let audited = audit(what, data_dir).await?;
        say(&audited.text);
        return Ok(if audited.is_right { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    serve(arguments).await?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(arguments: Arguments) -> Result<(), StartError> {
    let mut interrupt = signal_of(SignalKind::interrupt())?;
    let mut terminate = signal_of(SignalKind::terminate())?;
    let running = tokio::select! {
        running = start(arguments.options()?) => running?,
        _ = interrupt.recv() => return Ok(()),
        _ = terminate.recv() => return Ok(()),
    };
    say_where(&running);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    running.stop().await;
    Ok(())
}

fn signal_of(kind: SignalKind) -> Result<Signal, StartError> {
    signal(kind).map_err(|error| StartError::Failed(error.to_string()))
}

fn log_to_stderr(filter: &str) -> Result<(), StartError> {
    let filter = EnvFilter::try_new(filter).map_err(|_| StartError::Log { given: filter.to_owned() })?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    Ok(())
}

fn say_where(running: &Running) {
    let url = running.url();
    let text = format!(
        "openslot runs at {url}\n\
         \x20 API    {url}/v1/openapi.json\n\
         \x20 Inbox  {url}/_local/inbox\n\
         \x20 Events {url}/_local/events\n\
         \x20 Clock  {url}/_local/clock\n\
         Ctrl-C stops it.\n"
    );
    say(&text);
}

/// A closed stdout is no reason to stop: the program does its work all the same.
fn say(text: &str) {
    let mut stdout = io::stdout().lock();
    let said = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    said.unwrap_or_else(|error| tracing::warn!(%error, "nobody reads what is said"));
}

#[expect(clippy::print_stderr, reason = "the one sentence for the person at the keyboard")]
fn say_why(error: &StartError) {
    eprintln!("{error}");
}
