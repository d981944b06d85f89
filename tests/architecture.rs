//! The house rules that no compiler knows.
//!
//! A rule is a function from a description of the workspace to the list of what breaks it. Each is run on the
//! real workspace, which it must let pass, and on a broken one, which it must not.

#[path = "architecture/arrows.rs"]
mod arrows;
#[path = "architecture/asvs.rs"]
mod asvs;
#[path = "architecture/checklist.rs"]
mod checklist;
#[path = "architecture/clients.rs"]
mod clients;
#[path = "architecture/documents.rs"]
mod documents;
#[path = "architecture/manifests.rs"]
mod manifests;
#[path = "architecture/places.rs"]
mod places;
#[path = "architecture/rooms.rs"]
mod rooms;
#[path = "architecture/roots.rs"]
mod roots;
#[path = "architecture/site.rs"]
mod site;
#[path = "architecture/sources.rs"]
mod sources;
#[path = "architecture/workspace.rs"]
mod workspace;

use workspace::Workspace;

/// What breaks a rule, a sentence each.
type Violations = Vec<String>;

/// Asserts that the real workspace keeps `rule`.
fn holds(rule: impl Fn(&Workspace) -> Violations) {
    let found = rule(&Workspace::read());
    assert!(found.is_empty(), "{} broken:\n  {}", found.len(), found.join("\n  "));
}

/// Asserts that `rule` finds exactly one thing in `broken`, and names it by `word`.
fn catches(rule: impl Fn(&Workspace) -> Violations, broken: &Workspace, word: &str) {
    let found = rule(broken);
    assert_eq!(found.len(), 1, "expected one violation: {found:?}");
    assert!(found[0].contains(word), "expected `{word}` in: {}", found[0]);
}

/// Asserts that `rule` finds nothing in `sound`: it must not be stricter than it says.
fn permits(rule: impl Fn(&Workspace) -> Violations, sound: &Workspace) {
    let found = rule(sound);
    assert!(found.is_empty(), "unexpected: {found:?}");
}
