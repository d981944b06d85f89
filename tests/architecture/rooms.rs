//! One word, many rooms: a function, its use-case and its story are called the same.

use std::collections::BTreeSet;

use crate::workspace::Workspace;
use crate::{Violations, catches, holds, permits};

/// Where a word must be found, as the start of a file's path.
const ROOMS: &[&str] = &["shared/usecases/src/", "tests/stories/"];

/// `functions/create-booking` promises `create_booking.rs` in every room; a function that takes many of a thing
/// may be named for the many, and its use-case for the one.
fn a_word_is_found_in_every_room(workspace: &Workspace) -> Violations {
    let mut found = Violations::new();
    for word in words(workspace) {
        for room in ROOMS {
            let file = |word: &str| workspace.text(&format!("{room}{word}.rs")).is_some();
            if !file(&word) && !word.strip_suffix('s').is_some_and(file) {
                found.push(format!("nothing in {room} is called {word}"));
            }
        }
    }
    found
}

fn words(workspace: &Workspace) -> BTreeSet<String> {
    let under = workspace.files.iter().filter_map(|file| file.path.strip_prefix("functions/"));
    under.filter_map(|path| Some(path.split_once('/')?.0.replace('-', "_"))).collect()
}

/// `main.rs` wires and `lib.rs` translates, so that tests and the local program call what Lambda calls.
fn functions_are_made_of_two_halves(workspace: &Workspace) -> Violations {
    let mut found = Violations::new();
    for word in words(workspace) {
        let folder = word.replace('_', "-");
        for half in ["src/lib.rs", "src/main.rs"] {
            if workspace.text(&format!("functions/{folder}/{half}")).is_none() {
                found.push(format!("functions/{folder} has no {half}"));
            }
        }
    }
    found
}

fn with(paths: &[&str]) -> Workspace {
    paths.iter().fold(Workspace::default(), |workspace, path| workspace.with_file(path, ""))
}

#[test]
fn names_are_shared() {
    holds(a_word_is_found_in_every_room);
    let main = "functions/record-mails/src/main.rs";
    let story = "tests/stories/record_mails.rs";
    let use_case = "shared/usecases/src/record_mail.rs";
    permits(a_word_is_found_in_every_room, &with(&[main, story, use_case]));
    catches(a_word_is_found_in_every_room, &with(&[main, story]), "record_mails");
    catches(a_word_is_found_in_every_room, &with(&[main, use_case]), "tests/stories/");
}

#[test]
fn functions_can_be_called_without_lambda() {
    holds(functions_are_made_of_two_halves);
    let broken = with(&["functions/list-slots/src/main.rs"]);
    catches(functions_are_made_of_two_halves, &broken, "src/lib.rs");
}
