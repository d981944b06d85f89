//! Where logs go: one JSON object per line, to the standard output, which Lambda keeps.

use tracing_subscriber::EnvFilter;

use crate::config::LogLevel;

/// Starts logging. To be called once, before anything else is done; a second call changes nothing.
///
/// Lines carry no time: the log keeps its own.
pub fn start(level: LogLevel) {
    let format =
        tracing_subscriber::fmt().json().without_time().with_current_span(true).with_span_list(false);
    let started = format.with_env_filter(EnvFilter::new(level.as_str())).try_init();
    if let Err(error) = started {
        tracing::debug!(%error, "logging had been started before");
    }
}
