//! Where logs go: one JSON object per line, to the standard output, which Lambda keeps.

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::config::LogLevel;

/// The span that the runtime opens for each call, with its `requestId` and its `xrayTraceId`. Its level is INFO, but what
/// it says belongs to every line, however little is logged.
const CALLS: &str = "lambda_runtime::layers::trace=info";
/// The most that crates of others may say. Below this the AWS SDK writes out requests and replies, and the runtime
/// whole events: names, addresses, notes and wrapped keys.
const OTHERS_MOST: LogLevel = LogLevel::Info;

/// Starts logging. To be called once, before anything else is done; a second call changes nothing.
///
/// Lines carry no time: the log keeps its own. A line that is written during a call says which one, and in which trace.
pub fn start(level: LogLevel) {
    if let Err(error) = tracing::subscriber::set_global_default(lines(level, std::io::stdout)) {
        tracing::debug!(%error, "logging had been started before");
    }
}

/// What writes the lines of this level and above.
fn lines<W>(level: LogLevel, to: W) -> impl Subscriber + Send + Sync
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let format =
        tracing_subscriber::fmt().json().without_time().with_current_span(true).with_span_list(false);
    format.with_env_filter(filter(level)).with_writer(to).finish()
}

/// What is logged at this level: all of it by our own crates, and by those of others nothing finer than `info`.
///
/// `RUST_LOG` is not asked, so nothing but the level can widen it.
pub fn filter(level: LogLevel) -> EnvFilter {
    let (ours, others) = (level.as_str(), level.min(OTHERS_MOST).as_str());
    EnvFilter::new(format!("{others},openslot={ours},{CALLS}"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use lambda_runtime::Context;
    use lambda_runtime::layers::trace::request_span;
    use serde_json::{Value, json};

    use super::*;

    const TRACE: &str = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// What is written of one error within a call, in this format.
    fn written<S: Subscriber + Send + Sync>(subscriber: impl FnOnce(Paper) -> S) -> Value {
        let paper = Paper::default();
        tracing::subscriber::with_default(subscriber(paper.clone()), || {
            let mut call = Context::default();
            call.request_id = "8476a536".to_owned();
            call.xray_trace_id = Some(TRACE.to_owned());
            request_span(&call).in_scope(|| tracing::error!("a call failed"));
        });
        let bytes = paper.0.lock().unwrap().clone();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn a_line_says_in_which_call_and_trace_it_was_written() {
        for level in [LogLevel::Error, LogLevel::Warn, LogLevel::Info, LogLevel::Debug, LogLevel::Trace] {
            let line = written(|paper| lines(level, move || paper.clone()));
            assert_eq!(line["span"]["requestId"], "8476a536", "at {level:?}");
            assert_eq!(line["span"]["xrayTraceId"], TRACE, "at {level:?}");
            assert_eq!(line["fields"], json!({ "message": "a call failed" }));
        }
    }

    /// The defect that the test above has to catch: where only errors are logged, the call's own span is none.
    #[test]
    fn twin_a_level_that_leaves_calls_out() {
        let line = written(|paper| {
            let format = tracing_subscriber::fmt().json().without_time().with_current_span(true);
            format.with_env_filter(EnvFilter::new("error")).with_writer(move || paper.clone()).finish()
        });
        assert_eq!(line.get("span"), None);
    }
}
