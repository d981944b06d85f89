//! Each story alone.

use serde_json::Value;

use crate::deployment::{Closed, template};
use crate::runtime::TRACE;
use crate::stories::{ALL, SWEEP_FAILS};
use crate::template::ORIGIN_SECRET;
use crate::town::{GRACE, town};

/// What nobody may read in a log.
const PRIVATE: [&str; 10] = [
    GRACE,
    "grace",
    "Hopper",
    "jean@",
    "Bartik",
    "212 555",
    "compiler",
    "ada@example",
    "Lovelace",
    ORIGIN_SECRET,
];

/// What is wrong with a log: a line that is no JSON, and whatever in it is private.
fn indiscreet(log: &[String]) -> Vec<String> {
    let is_object =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).is_ok_and(|line| line.is_object());
    let mut found: Vec<String> = log.iter().filter(|line| !is_object(line)).cloned().collect();
    let says = |line: &&String| PRIVATE.iter().any(|private| line.contains(private));
    found.extend(log.iter().filter(says).cloned());
    found
}

/// The lines of a log that do not say in which call and trace they were written. Metrics are no lines of that kind.
fn untraced(log: &[String]) -> Vec<String> {
    let lines = log.iter().filter(|text| {
        let line: Value = serde_json::from_str(text).unwrap_or_default();
        let named = line["span"]["requestId"].is_string() && line["span"]["xrayTraceId"] == TRACE;
        line.get("level").is_some() && !named
    });
    lines.cloned().collect()
}

async fn told(name: &str) {
    let (_, story) = ALL.into_iter().find(|(known, _)| *known == name).expect("a story of this name");
    let mut town = town().await;
    for name in template().functions().into_keys() {
        // The finest log may say more of how, and no more of whom.
        town.set_variable(&name, "LOG_LEVEL", Some("trace"));
    }
    let Closed { books, log } = story(town).await.closed();
    assert!(!log.is_empty(), "functions say what they do");
    assert_eq!(indiscreet(&log), Vec::<String>::new());
    assert_eq!(untraced(&log), Vec::<String>::new());
    let books = books.into_values().flatten();
    let refused: Vec<_> = books.flat_map(|book| book.refused).collect();
    assert_eq!(refused.is_empty(), name != SWEEP_FAILS, "{refused:#?}");
}

macro_rules! tell {
    ($($test:ident: $name:expr;)+) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $test() {
            told($name).await;
        })+

        #[test]
        fn every_story_is_told() {
            assert_eq!([$($name),+], ALL.map(|(name, _)| name));
        }
    };
}

tell! {
    a_guest_books: "a guest books";
    two_hosts_meet_a_guest: "two hosts meet a guest";
    a_host_decides: "a host decides";
    time_passes: "time passes";
    the_stream_finds_no_key: "the stream finds no key";
    the_sweep_finds_no_key: "the sweep finds no key";
    what_cannot_be_done_is_parked: "what cannot be done is parked";
    what_is_no_event_is_set_aside: "what is no event is set aside";
    a_sweep_that_fails_is_set_aside: SWEEP_FAILS;
}

#[test]
fn a_log_that_tells_too_much_is_caught() {
    let log = [r#"{"level":"INFO","to":"grace@example.com"}"#, r#"{"level":"INFO"}"#, "thread panicked"];
    assert_eq!(indiscreet(&log.map(str::to_owned)), [log[2], log[0]]);
}

#[test]
fn a_line_that_belongs_to_no_call_is_caught() {
    let spans = [r#"{"requestId":"1"}"#, r#"{"xrayTraceId":"Root=1"}"#];
    let span = format!(r#"{{"requestId":"1","xrayTraceId":"{TRACE}"}}"#);
    let line = |span: &str| format!(r#"{{"level":"INFO","span":{span}}}"#);
    let [lost, elsewhere] = spans.map(line);
    let bare = r#"{"level":"INFO"}"#.to_owned();
    let metrics = r#"{"_aws":{},"parked":0}"#.to_owned();
    let log = [line(&span), metrics, lost.clone(), elsewhere.clone(), bare.clone()];
    assert_eq!(untraced(&log), [lost, elsewhere, bare]);
}
