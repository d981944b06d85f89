//! The workspace as the rules see it: crates with their dependencies, and the text of every file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Everything a rule may look at.
#[derive(Default)]
pub(crate) struct Workspace {
    pub(crate) crates: Vec<Crate>,
    pub(crate) files: Vec<File>,
}

/// One package of the workspace.
pub(crate) struct Crate {
    pub(crate) name: String,
    /// Relative to the workspace, with `/` between folders.
    pub(crate) folder: String,
    pub(crate) dependencies: Vec<Dependency>,
}

/// One line in a crate's dependency tables.
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) for_tests_only: bool,
}

/// One text file that is, or may come to be, committed.
pub(crate) struct File {
    /// Relative to the workspace, with `/` between folders.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Workspace {
    /// Reads the workspace these tests belong to.
    pub(crate) fn read() -> Self {
        let root = root();
        let read = Self { crates: read_crates(&root), files: read_files(&root) };
        assert!(read.crates.len() > 10, "cargo named {} crates only", read.crates.len());
        assert!(read.files.len() > 50, "git named {} files only", read.files.len());
        read
    }

    /// The same workspace and one more crate, whose dependencies are not for tests only.
    pub(crate) fn with_crate(mut self, folder: &str, name: &str, dependencies: &[&str]) -> Self {
        let dependencies = dependencies
            .iter()
            .map(|name| Dependency { name: (*name).to_owned(), for_tests_only: false })
            .collect();
        self.crates.push(Crate { name: name.to_owned(), folder: folder.to_owned(), dependencies });
        self
    }

    /// The same workspace and one more file.
    pub(crate) fn with_file(mut self, path: &str, text: &str) -> Self {
        self.files.push(File { path: path.to_owned(), text: text.to_owned() });
        self
    }

    /// The text of the file at `path`, if there is one.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }
}

impl File {
    /// Whether the name ends in one of `endings`, given without the dot.
    pub(crate) fn is_of(&self, endings: &[&str]) -> bool {
        Path::new(&self.path)
            .extension()
            .and_then(|ending| ending.to_str())
            .is_some_and(|ending| endings.contains(&ending))
    }

    /// The lines with their numbers, comments left out (a `//` inside a string hides the rest of its line).
    pub(crate) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, without_comment(line)))
    }
}

fn without_comment(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

pub(crate) fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("the tests' folder stands in the workspace").to_owned()
}

/// Asks cargo, which knows what the manifests mean, and resolves nothing.
fn read_crates(root: &Path) -> Vec<Crate> {
    let text =
        run(root, env!("CARGO"), &["metadata", "--format-version=1", "--no-deps", "--offline", "--locked"]);
    let metadata: Value = serde_json::from_str(&text).expect("cargo metadata is JSON");
    let packages = metadata["packages"].as_array().expect("metadata lists packages");
    packages.iter().map(|package| read_crate(root, package)).collect()
}

fn read_crate(root: &Path, package: &Value) -> Crate {
    let manifest = Path::new(string(package, "manifest_path"));
    let folder = manifest.parent().and_then(|folder| folder.strip_prefix(root).ok());
    let dependencies = package["dependencies"].as_array().expect("a package lists its dependencies");
    Crate {
        name: string(package, "name").to_owned(),
        folder: folder.and_then(Path::to_str).expect("members stand under the root").to_owned(),
        dependencies: dependencies.iter().map(read_dependency).collect(),
    }
}

fn read_dependency(dependency: &Value) -> Dependency {
    Dependency { name: string(dependency, "name").to_owned(), for_tests_only: dependency["kind"] == "dev" }
}

fn string<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().expect("cargo metadata names its packages")
}

/// Asks git, which knows what is left out; files that are no text are passed over.
fn read_files(root: &Path) -> Vec<File> {
    let names = run(root, "git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let paths = names.split_terminator('\0');
    paths
        .filter_map(|path| {
            Some(File { path: path.to_owned(), text: fs::read_to_string(root.join(path)).ok()? })
        })
        .collect()
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("{program} does not start: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo and git speak UTF-8")
}

#[test]
fn a_comment_is_not_code() {
    let file = File { path: "a.rs".to_owned(), text: "let a; // b\n/// c\nd".to_owned() };
    let lines: Vec<_> = file.code_lines().collect();
    assert_eq!(lines, [(1, "let a; "), (2, ""), (3, "d")]);
}
