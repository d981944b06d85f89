//! One word, many rooms: a function and its use-case are called the same, and a story calls the function.

use std::collections::BTreeSet;

use crate::workspace::Workspace;
use crate::{Violations, catches, holds, permits};

/// `functions/create-booking` does what `create_booking.rs` says; a function that takes many of a thing may be
/// named for the many, and its use-case for the one.
fn functions_are_named_after_use_cases(workspace: &Workspace) -> Violations {
    let use_case = |word: &str| workspace.text(&format!("shared/usecases/src/{word}.rs")).is_some();
    let named = |word: &String| use_case(word) || word.strip_suffix('s').is_some_and(use_case);
    words(workspace)
        .iter()
        .filter(|word| !named(word))
        .map(|word| format!("no use-case is called {word}"))
        .collect()
}

fn stories_are_told_of_every_function(workspace: &Workspace) -> Violations {
    let stories: Vec<_> =
        workspace.files.iter().filter(|file| file.path.starts_with("tests/stories/")).collect();
    let told = |word: &String| stories.iter().any(|file| file.text.contains(&format!("openslot_{word}::")));
    words(workspace).iter().filter(|word| !told(word)).map(|word| format!("no story calls {word}")).collect()
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
    const MAIN: &str = "functions/record-mails/src/main.rs";
    holds(functions_are_named_after_use_cases);
    permits(functions_are_named_after_use_cases, &with(&[MAIN, "shared/usecases/src/record_mail.rs"]));
    permits(functions_are_named_after_use_cases, &with(&[MAIN, "shared/usecases/src/record_mails.rs"]));
    catches(
        functions_are_named_after_use_cases,
        &with(&[MAIN, "shared/usecases/src/note.rs"]),
        "record_mails",
    );
}

#[test]
fn every_function_has_its_story() {
    const MAIN: &str = "functions/list-slots/src/main.rs";
    const CALL: &str = "let listed = openslot_list_slots::handle(event);";
    holds(stories_are_told_of_every_function);
    let told = |path: &str| with(&[MAIN]).with_file(path, CALL);
    permits(stories_are_told_of_every_function, &told("tests/stories/list.rs"));
    catches(stories_are_told_of_every_function, &told("tests/races/list.rs"), "list_slots");
}

#[test]
fn functions_can_be_called_without_lambda() {
    holds(functions_are_made_of_two_halves);
    let broken = with(&["functions/list-slots/src/main.rs"]);
    catches(functions_are_made_of_two_halves, &broken, "src/lib.rs");
}
