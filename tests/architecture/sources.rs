//! What no file may hold. The forbidden words are spelled in two halves, so that this file keeps its own rules.

use crate::workspace::{File, Workspace};
use crate::{Violations, catches, holds, permits};

const LINES_MAX: usize = 500;

const CODE: &[&str] = &["rs", "ts", "tsx", "css", "sh", "py"];

/// Work put off, checks switched off, and exceptions without a reason.
const LEFTOVERS: &[&str] = &[
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("#[ig", "nore"),
    concat!("#[al", "low("),
    concat!("#![al", "low("),
    concat!(".on", "ly("),
    concat!("test.", "skip("),
];

/// What is true on one machine only, or tells where a package was fetched from.
const MACHINE_TALK: &[&str] = &[
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("\"../sha", "red"),
    concat!("`../sha", "red"),
    concat!(" ../sha", "red"),
    concat!("crates", ".io"),
    concat!("debian", ".org"),
    concat!("npmjs", ".org"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
];

/// Cargo and npm write the registry's name into their lock files, and nothing else does.
const WRITTEN_BY_TOOLS: &[&str] = &["Cargo.lock", "package-lock.json", "tests/fuzz/Cargo.lock"];

/// Where the site's types are made from, seen from the site.
const CONTRACT: &str = concat!("../sha", "red/wire/");

fn files_stay_short(workspace: &Workspace) -> Violations {
    let files = workspace.files.iter().filter(|file| file.is_of(CODE));
    let long = files.map(|file| (file, file.text.lines().count())).filter(|(_, lines)| *lines > LINES_MAX);
    long.map(|(file, lines)| format!("{} has {lines} lines", file.path)).collect()
}

fn nothing_is_left_over(workspace: &Workspace) -> Violations {
    let files = workspace.files.iter().filter(|file| file.is_of(CODE));
    files.flat_map(|file| mentions(file, LEFTOVERS)).collect()
}

fn no_machine_is_named(workspace: &Workspace) -> Violations {
    let files = workspace.files.iter().filter(|file| !WRITTEN_BY_TOOLS.contains(&file.path.as_str()));
    files.flat_map(|file| mentions(&without_contract(file), MACHINE_TALK)).collect()
}

fn without_contract(file: &File) -> File {
    File { path: file.path.clone(), text: file.text.replace(CONTRACT, "") }
}

/// Where `file` holds one of `words`, comments included.
fn mentions(file: &File, words: &[&str]) -> Violations {
    let mut found = Violations::new();
    for (index, line) in file.text.lines().enumerate() {
        let held = words.iter().filter(|word| line.contains(**word));
        found.extend(held.map(|word| format!("{}:{}: {word}", file.path, index + 1)));
    }
    found
}

#[test]
fn no_file_is_too_long() {
    holds(files_stay_short);
    let lines = |count: usize| "x\n".repeat(count);
    catches(files_stay_short, &Workspace::default().with_file("a.rs", &lines(501)), "501");
    permits(files_stay_short, &Workspace::default().with_file("a.rs", &lines(500)));
    permits(files_stay_short, &Workspace::default().with_file("vectors.json", &lines(501)));
}

#[test]
fn no_work_is_put_off() {
    holds(nothing_is_left_over);
    for word in LEFTOVERS {
        let broken = Workspace::default().with_file("a.rs", &format!("fn a() {{}}\n    {word}\n"));
        catches(nothing_is_left_over, &broken, "a.rs:2");
    }
}

#[test]
fn the_project_speaks_of_itself_alone() {
    holds(no_machine_is_named);
    for word in MACHINE_TALK {
        let broken = Workspace::default().with_file("README.md", &format!("See {word}openslot.\n"));
        catches(no_machine_is_named, &broken, word);
    }
    permits(no_machine_is_named, &Workspace::default().with_file("a.sh", "#!/usr/bin/env bash\n"));
    let types = format!("types {CONTRACT}openapi.json");
    permits(no_machine_is_named, &Workspace::default().with_file("static-site/package.json", &types));
}
