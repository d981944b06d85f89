//! What every manifest and every crate's face must say.

use crate::arrows::Room;
use crate::workspace::{Crate, Workspace};
use crate::{Violations, catches, holds};

const ROOT: &str = "Cargo.toml";

/// `openslot-` and the last folder; only the tests stand alone in theirs.
fn crates_are_named_after_their_folder(workspace: &Workspace) -> Violations {
    let misnamed = workspace.crates.iter().filter(|krate| {
        let folder = krate.folder.rsplit('/').next().unwrap_or_default();
        krate.name != format!("openslot-{folder}")
    });
    misnamed.map(|krate| format!("{} in {} has another name", krate.name, krate.folder)).collect()
}

/// Every line of the root table says what it is for; our own rooms say it in their README.
fn dependencies_say_what_they_are_for(workspace: &Workspace) -> Violations {
    let table = table(workspace.text(ROOT).unwrap_or_default(), "[workspace.dependencies]");
    let silent = table.filter(|line| !line.contains("path = ") && !line.contains(" # "));
    silent.map(|line| format!("no reason given: {line}")).collect()
}

/// A line that nobody inherits any more goes.
fn dependencies_are_used(workspace: &Workspace) -> Violations {
    let lines = table(workspace.text(ROOT).unwrap_or_default(), "[workspace.dependencies]");
    let names = lines.filter_map(|line| Some(line.split_once('=')?.0.trim()));
    let used = |name: &str| {
        let mut dependencies = workspace.crates.iter().flat_map(|krate| &krate.dependencies);
        dependencies.any(|dependency| dependency.name == name)
    };
    names.filter(|name| !used(name)).map(|name| format!("nobody uses {name}")).collect()
}

/// One version per crate: a member names what it uses, the root table says which.
fn members_inherit_their_dependencies(workspace: &Workspace) -> Violations {
    let mut found = Violations::new();
    for (krate, manifest) in manifests(workspace) {
        for name in ["[dependencies]", "[dev-dependencies]", "[build-dependencies]"] {
            let own = table(manifest, name).filter(|line| !inherits(line));
            found.extend(own.map(|line| format!("{}: {line}", krate.name)));
        }
    }
    found
}

fn inherits(line: &str) -> bool {
    line.contains(".workspace = true") || line.contains("{ workspace = true")
}

fn lints_reach_everyone(workspace: &Workspace) -> Violations {
    let mut found = Violations::new();
    let root = workspace.text(ROOT).unwrap_or_default();
    if !table(root, "[workspace.lints.rust]").any(|line| line == "unsafe_code = \"forbid\"") {
        found.push("unsafe code is not forbidden".to_owned());
    }
    let lax = manifests(workspace)
        .filter(|(_, text)| !table(text, "[lints]").any(|line| line == "workspace = true"));
    found.extend(lax.map(|(krate, _)| format!("{} has no lints", krate.name)));
    found
}

/// The README is the crate's doc, so that neither can grow old alone. The tests are read by their folders.
fn crates_introduce_themselves(workspace: &Workspace) -> Violations {
    let mut found = Violations::new();
    for krate in workspace.crates.iter().filter(|krate| Room::of(krate) != Some(Room::Tests)) {
        let file = |name: &str| workspace.text(&format!("{}/{name}", krate.folder)).unwrap_or_default();
        if file("README.md").lines().filter(|line| !line.is_empty()).count() < 2 {
            found.push(format!("{} has no README to speak of", krate.name));
        }
        if !file("src/lib.rs").starts_with("#![doc = include_str!(\"../README.md\")]") {
            found.push(format!("{} does not show its README as its doc", krate.name));
        }
    }
    found
}

fn manifests(workspace: &Workspace) -> impl Iterator<Item = (&Crate, &str)> {
    workspace.crates.iter().filter_map(|krate| {
        let text = workspace.text(&format!("{}/Cargo.toml", krate.folder))?;
        Some((krate, text))
    })
}

/// The entries of one table, a line each, as our manifests are written.
fn table<'a>(manifest: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = manifest.lines().map(str::trim).skip_while(move |line| *line != name).skip(1);
    lines.take_while(|line| !line.starts_with('[')).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A member in good order, for the twins to spoil.
fn member(manifest: &str) -> Workspace {
    Workspace::default()
        .with_crate("shared/domain", "openslot-domain", &[])
        .with_file("shared/domain/Cargo.toml", manifest)
}

#[test]
fn names_follow_folders() {
    holds(crates_are_named_after_their_folder);
    let broken = Workspace::default().with_crate("shared/domain", "domain", &[]);
    catches(crates_are_named_after_their_folder, &broken, "domain");
}

#[test]
fn every_dependency_has_a_reason() {
    holds(dependencies_say_what_they_are_for);
    let table = "[workspace.dependencies]\nours = { path = \"a\" }\ngood = \"1\" # why\nleft-pad = \"1\"\n";
    catches(dependencies_say_what_they_are_for, &Workspace::default().with_file(ROOT, table), "left-pad");
}

#[test]
fn every_dependency_is_used() {
    holds(dependencies_are_used);
    let broken = Workspace::default()
        .with_crate("shared/domain", "openslot-domain", &["chrono"])
        .with_file(ROOT, "[workspace.dependencies]\nchrono = \"0.4\" # dates\nleft-pad = \"1\" # why\n");
    catches(dependencies_are_used, &broken, "left-pad");
}

#[test]
fn versions_are_chosen_once() {
    holds(members_inherit_their_dependencies);
    let broken = member("[dependencies]\nchrono.workspace = true\n\n[dev-dependencies]\nserde = \"1\"\n");
    catches(members_inherit_their_dependencies, &broken, "serde");
}

#[test]
fn no_crate_escapes_the_lints() {
    const FORBIDDEN: &str = "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";
    const INHERITED: &str = "[lints]\nworkspace = true\n";
    holds(lints_reach_everyone);
    catches(lints_reach_everyone, &member("[package]\n").with_file(ROOT, FORBIDDEN), "openslot-domain");
    let denied = FORBIDDEN.replace("forbid", "deny");
    catches(lints_reach_everyone, &member(INHERITED).with_file(ROOT, &denied), "unsafe");
}

#[test]
fn every_crate_has_a_face() {
    const DOC: &str = "#![doc = include_str!(\"../README.md\")]\n";
    const README: &str = "# openslot-domain\n\nThe rules.\n";
    holds(crates_introduce_themselves);
    let face = |readme: &str, lib: &str| {
        member("").with_file("shared/domain/README.md", readme).with_file("shared/domain/src/lib.rs", lib)
    };
    catches(crates_introduce_themselves, &face("# openslot-domain\n", DOC), "README to speak of");
    catches(crates_introduce_themselves, &face(README, "//! The rules.\n"), "as its doc");
}
