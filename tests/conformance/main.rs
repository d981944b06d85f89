//! The slot rules as facts in a neutral format, from `vectors/` or from the folder in `OPENSLOT_VECTORS`.
//!
//! Every `*.json` holds a list of cases: with `expected_slots_utc` for one host, with `expected_slots` for
//! several. See `vectors/README.md`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shows where")]

mod vectors;

use std::path::{Path, PathBuf};

use chrono::SecondsFormat;
use openslot_domain::slots::{HostTime, list};

use vectors::{Case, Expected};

#[test]
fn every_case_holds() {
    let folder = folder();
    let cases = read(&folder);
    assert!(!cases.is_empty(), "{} holds no case", folder.display());
    let mut failed = 0;
    for case in &cases {
        let difference = difference(case);
        println!("{} {}", if difference.is_some() { "FAILED" } else { "ok    " }, case.name);
        if let Some(difference) = difference {
            println!("{difference}");
            failed += 1;
        }
    }
    println!("{} cases from {}", cases.len(), folder.display());
    assert_eq!(failed, 0, "cases that differ, of {}", cases.len());
}

#[expect(clippy::disallowed_methods, reason = "another set of cases may be run by naming its folder")]
fn folder() -> PathBuf {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/vectors");
    std::env::var_os("OPENSLOT_VECTORS").map_or_else(own, PathBuf::from)
}

fn read(folder: &Path) -> Vec<Case> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let parse = |path: &PathBuf| -> Vec<Case> {
        let text = std::fs::read_to_string(path).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    paths.iter().flat_map(parse).collect()
}

/// What the engine says otherwise than expected, if anything.
fn difference(case: &Case) -> Option<String> {
    let asked = case.input.read();
    let hosts: Vec<HostTime<'_>> = asked.hosts.iter().map(vectors::Host::time).collect();
    let slots = list(&asked.rules, &hosts, asked.now, asked.range?);
    let found = slots.iter().map(|slot| Expected {
        start: slot.start().to_rfc3339_opts(SecondsFormat::Secs, true),
        hosts: slot.hosts().iter().collect(),
    });
    let found: Vec<Expected> = found.collect();
    let expected = case.expected();
    let missing = expected.iter().filter(|slot| !found.contains(slot));
    let extra = found.iter().filter(|slot| !expected.contains(slot));
    let lines: Vec<String> = missing
        .map(|slot| format!("       missing {slot}"))
        .chain(extra.map(|slot| format!("       extra   {slot}")))
        .collect();
    (found != expected).then(|| lines.join("\n"))
}
