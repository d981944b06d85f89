//! Every input that the fuzzer starts from or once fell over, played by each run of the tests, and the twins: known
//! defects, each handed to the judge that has to catch it. The judges of letters have theirs in `shared/letters`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bodies;
mod letters;
mod mail_events;
mod names;
mod queries;
mod twins;

#[path = "../../functions/record-mail-events/src/lib.rs"]
mod record_mail_events;

// The oracle of the letters' own properties, and what it stands on.
#[path = "../../shared/letters/tests/letters/checks.rs"]
mod checks;
#[expect(dead_code, reason = "the properties of the letters use the rest")]
#[path = "../../shared/letters/tests/letters/lives.rs"]
mod lives;
#[path = "../../shared/letters/tests/letters/oracle.rs"]
mod oracle;
#[expect(dead_code, reason = "the properties of the letters use the rest")]
#[path = "../../shared/letters/tests/letters/read.rs"]
mod read;
#[expect(dead_code, reason = "the properties of the letters use the rest")]
#[path = "../../shared/letters/tests/letters/world.rs"]
mod world;

use std::fs;
use std::path::{Path, PathBuf};

use crate::checks::Found;

/// The inputs of a target; the tests stand in one folder above, the fuzzer's own package beside them.
fn inputs(target: &str) -> Vec<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [package.join("fuzz/corpus"), package.join("corpus")];
    let folder = folders.into_iter().find(|folder| folder.is_dir()).expect("the inputs are committed");
    let entries = fs::read_dir(folder.join(target)).unwrap();
    let mut inputs: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    inputs
}

fn check(target: &str, least: usize, play: fn(&[u8]) -> Found) {
    let inputs = inputs(target);
    assert!(inputs.len() >= least, "{target}: {} inputs", inputs.len());
    for input in inputs {
        assert_eq!(play(&fs::read(&input).unwrap()), Ok(()), "{}", input.display());
    }
}

#[test]
fn letters_keep_their_promises() {
    check("letters", 20, letters::play);
}

#[test]
fn bodies_pass_or_are_told_why() {
    check("bodies", 15, bodies::play);
}

#[test]
fn queries_pass_or_are_told_why() {
    check("queries", 10, queries::play);
}

#[test]
fn names_are_read_one_way() {
    check("names", 10, names::play);
}

#[test]
fn mail_events_note_what_they_say() {
    check("mail_events", 8, mail_events::play);
}
