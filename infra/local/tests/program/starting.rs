//! What keeps the program from starting is one clear sentence.

use std::fs;
use std::net::TcpListener;

use crate::process::{Folder, Program, refused};

/// One line, no panic, exit code 1, and these words.
fn assert_sentence((code, said): (Option<i32>, String), words: &[&str]) {
    assert_eq!(code, Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.ends_with(".\n") && !said.contains("panicked"), "{said}");
    for word in words {
        assert!(said.contains(word), "no {word:?} in: {said}");
    }
}

#[test]
fn a_taken_port_is_named() {
    let holder = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = holder.local_addr().unwrap().port().to_string();
    let folder = Folder::new();
    assert_sentence(refused(&folder, &["--port", &port]), &[&port, "in use", "--port"]);
    assert!(!folder.path().exists(), "nothing is written before the port is had");
}

#[test]
fn an_instant_that_is_none_is_named() {
    let folder = Folder::new();
    assert_sentence(refused(&folder, &["--now", "tomorrow"]), &["--now", "tomorrow"]);
    assert_sentence(refused(&folder, &["--log", "=,="]), &["--log", "=,="]);
}

#[test]
fn a_folder_that_cannot_be_used_is_named() {
    let folder = Folder::new();
    fs::write(folder.path(), "a file, not a folder").unwrap();
    let name = folder.path().to_str().unwrap();
    assert_sentence(refused(&folder, &["--port", "0"]), &[name, "cannot be used", "--data-dir"]);
}

#[test]
fn a_folder_is_used_by_one_program_at_a_time() {
    let folder = Folder::new();
    let first = Program::start(&folder, &[]);
    assert_sentence(refused(&folder, &["--port", "0"]), &["in use", "--data-dir"]);
    first.kill();
    Program::start(&folder, &[]);
}

#[test]
fn a_damaged_folder_is_named_with_its_file() {
    let folder = Folder::new();
    Program::start(&folder, &[]).ask_to_stop("TERM");
    let garbage = "this is no database, but it is longer than the header of one is ".repeat(100);
    for file in ["dynamodb.db", "local.db", "kms.key"] {
        let path = folder.path().join(file);
        let sound = fs::read(&path).unwrap();
        fs::write(&path, &garbage).unwrap();
        assert_sentence(refused(&folder, &["--port", "0"]), &["damaged", file]);
        fs::write(&path, sound).unwrap();
    }
    fs::remove_file(folder.path().join("kms.key")).unwrap();
    assert_sentence(refused(&folder, &["--port", "0"]), &["damaged", "kms.key", "missing"]);
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_the_key() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    Program::start(&folder, &[]).kill();
    let mode = fs::metadata(folder.path().join("kms.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn the_site_is_served_from_the_folder_that_is_named() {
    let (folder, site) = (Folder::new(), Folder::new());
    fs::create_dir_all(site.path().join("book")).unwrap();
    fs::write(site.path().join("book/index.html"), "<!doctype html>the page that was built").unwrap();
    let program = Program::start(&folder, &["--site", site.path().to_str().unwrap()]);
    let page = program.caller.get("/book/demo");
    assert_eq!((page.status, page.body.as_str()), (200, "<!doctype html>the page that was built"));
    program.kill();

    let program = Program::start(&folder, &["--site", "/nowhere"]);
    assert_eq!(program.caller.get("/book/demo").status, 503, "the rest runs without a site");
    assert_eq!(program.caller.get("/").status, 200);
}
