//! However much is logged, what the SDK knows of a request stays out of it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use chrono_tz::Tz;
use openslot_edge::config::LogLevel;
use openslot_edge::logs;
use openslot_tests::support::engine::Engine;
use openslot_tests::support::samples::host;
use openslot_usecases::ports::SaveHost;
use tracing::Subscriber;
use tracing::instrument::WithSubscriber;
use tracing_subscriber::EnvFilter;

/// What was written, by whoever holds a clone.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// A log that goes here, as `logs::start` makes one.
    fn behind(&self, filter: EnvFilter) -> impl Subscriber + Send + Sync + use<> {
        let lines = self.clone();
        let format = tracing_subscriber::fmt().json().without_time().with_current_span(true);
        format.with_env_filter(filter).with_writer(move || lines.clone()).finish()
    }
}

/// What is logged behind this filter while a host is written to a real engine, and something of our own is said.
async fn logged(filter: EnvFilter) -> String {
    let engine = Engine::start().await;
    let table = engine.table("openslot").await;
    let lines = Lines::default();
    let saved = async {
        tracing::trace!(target: "openslot_dynamodb", "ours");
        table.save_host(&host("grace", Tz::UTC), None).await
    };
    saved.with_subscriber(lines.behind(filter)).await.unwrap();
    lines.text()
}

#[tokio::test]
async fn the_finest_log_holds_nothing_that_was_written() {
    let log = logged(logs::filter(LogLevel::Trace)).await;
    assert!(log.contains("ours"), "our own crates are heard: {log}");
    assert!(!log.contains("grace"), "{log}");
}

/// A filter that lets others say as much as ours.
#[tokio::test]
async fn a_log_that_is_not_held_back_tells_everything() {
    let log = logged(EnvFilter::new("trace")).await;
    assert!(log.contains("grace"), "the SDK tells less than is feared: {log}");
}

#[test]
fn nothing_widens_what_others_say() {
    let said = |level| logs::filter(level).to_string();
    for level in [LogLevel::Info, LogLevel::Debug, LogLevel::Trace] {
        assert!(said(level).split(',').any(|part| part == "info"), "{}", said(level));
    }
    // Of the runtime only the span of a call, which names the call and says nothing of its own.
    assert_eq!(said(LogLevel::Error), "lambda_runtime::layers::trace=info,openslot=error,error");
}
