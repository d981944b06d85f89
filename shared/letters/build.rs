//! Embeds every catalogue in `locales/`, so that a language is a file and nothing else.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=locales");
    let code = code(&catalogues(&Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")));
    fs::write(out_dir().join("catalogues.rs"), code).expect("the output folder is writable");
}

/// The catalogue files, by name, so that two builds agree.
fn catalogues(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("locales/ is a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| is_catalogue(path))
        .collect();
    files.sort();
    files
}

fn is_catalogue(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ftl")
}

fn code(files: &[PathBuf]) -> String {
    let mut code = String::from("const FILES: &[(&str, &str)] = &[\n");
    for file in files {
        let tag =
            file.file_stem().and_then(|stem| stem.to_str()).expect("a catalogue is named for its language");
        writeln!(code, "    ({tag:?}, include_str!({:?})),", file.display().to_string())
            .expect("a string grows");
    }
    code.push_str("];\n");
    code
}

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script its output folder in no other way")]
fn out_dir() -> PathBuf {
    PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"))
}
