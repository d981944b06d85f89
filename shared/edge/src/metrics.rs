//! Numbers for alarms and dashboards, in the embedded metric format: a line in the log out of which `CloudWatch` makes
//! metrics (Amazon `CloudWatch` user guide, "Specification: Embedded metric format").

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Things.
    Count,
    /// Time.
    Seconds,
}

impl Unit {
    fn as_str(self) -> &'static str {
        match self {
            Self::Count => "Count",
            Self::Seconds => "Seconds",
        }
    }
}

/// A metric's name, what it counts, and how much that is.
pub type Metric = (&'static str, Unit, u64);

/// Writes numbers into this process's log, under a name that no other stack of the account uses.
#[derive(Clone, Debug)]
pub struct Metrics {
    namespace: String,
}

impl Metrics {
    /// Under this namespace.
    pub fn new(namespace: String) -> Self {
        Self { namespace }
    }

    /// Writes one line for all of them. A log that cannot be written to is no reason to fail.
    pub fn put(&self, metrics: &[Metric], now: DateTime<Utc>) {
        let line = self.line(metrics, now);
        if let Err(error) = writeln!(io::stdout().lock(), "{line}") {
            tracing::debug!(%error, "the metrics were not written");
        }
    }

    fn line(&self, metrics: &[Metric], now: DateTime<Utc>) -> Value {
        let named = |(name, unit, _): &Metric| json!({ "Name": name, "Unit": unit.as_str() });
        let directive = json!({
            "Namespace": self.namespace,
            "Dimensions": [[]],
            "Metrics": metrics.iter().map(named).collect::<Vec<_>>(),
        });
        let about = json!({ "Timestamp": now.timestamp_millis(), "CloudWatchMetrics": [directive] });
        let values = metrics.iter().map(|(name, _, value)| ((*name).to_owned(), json!(value)));
        Value::Object([("_aws".to_owned(), about)].into_iter().chain(values).collect::<Map<_, _>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_cloudwatch_reads() {
        let metrics = [("parked", Unit::Count, 2), ("oldest_owed_seconds", Unit::Seconds, 95)];
        let line = Metrics::new("openslot/meet".to_owned())
            .line(&metrics, "2026-11-22T09:00:00.25Z".parse().unwrap());
        assert_eq!(
            line,
            json!({
                "_aws": {
                    "Timestamp": 1_795_338_000_250_i64,
                    "CloudWatchMetrics": [{
                        "Namespace": "openslot/meet",
                        "Dimensions": [[]],
                        "Metrics": [
                            { "Name": "parked", "Unit": "Count" },
                            { "Name": "oldest_owed_seconds", "Unit": "Seconds" },
                        ],
                    }],
                },
                "parked": 2,
                "oldest_owed_seconds": 95,
            })
        );
    }
}
