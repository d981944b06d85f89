//! Starting, watching and killing the program.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::guests::pause;
use crate::http::Caller;

/// The instant at which most tests begin: a Monday morning in London.
pub const MONDAY: &str = "2026-11-23T08:00:00Z";

/// A folder of its own for each test, gone when the test is.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("program-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst));
        Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).or_else(|_| fs::remove_file(&self.0)).unwrap_or_default();
    }
}

fn command(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_openslot-local"));
    command.arg("--data-dir").arg(folder.path()).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A program that is ready.
pub struct Program {
    child: Child,
    pub caller: Caller,
}

impl Program {
    pub fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let all = [&["--port", "0"], arguments].concat();
        let mut child = command(folder, &all).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let port = said.trim_end().rsplit(':').next().and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("it said {said:?} and {:?}", rest(child.stderr.take())));
        Self { child, caller: Caller { port } }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, as Ctrl-C (`INT`) or a service manager (`TERM`) does; its status, and what it complained of.
    pub fn ask_to_stop(mut self, signal: &str) -> (ExitStatus, String) {
        let asked = Command::new("kill").args([&format!("-{signal}"), &self.child.id().to_string()]).status();
        assert!(asked.unwrap().success());
        let status = wait(&mut self.child);
        (status, rest(self.child.stderr.take()))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A test that failed leaves nothing running; one that stopped the program finds it gone.
        self.child.kill().and_then(|()| self.child.wait().map(drop)).unwrap_or_default();
    }
}

/// Runs a program that cannot start: its exit code and its complaint.
pub fn refused(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = command(folder, arguments).env("RUST_BACKTRACE", "1").spawn().unwrap();
    let status = wait(&mut child);
    assert_eq!(rest(child.stdout.take()), "", "it was ready");
    (status.code(), rest(child.stderr.take()))
}

/// Runs what ends by itself: its exit code and what it said.
pub fn done(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = command(folder, arguments).spawn().unwrap();
    let status = wait(&mut child);
    assert_eq!(rest(child.stderr.take()), "", "it complained");
    (status.code(), rest(child.stdout.take()))
}

fn wait(child: &mut Child) -> ExitStatus {
    for _ in 0..1_000 {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        pause(10);
    }
    child.kill().unwrap();
    panic!("it did not end within 10 seconds");
}

fn rest(stream: Option<impl Read>) -> String {
    let mut text = String::new();
    stream.unwrap().read_to_string(&mut text).unwrap();
    text
}
