//! Stacks made out of the template by moto: `infra/sam/tests/stacks.py` translates it as SAM does, and creates it.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::support::moto::{is_set, variable};

/// A place in the template, and what stands there instead.
pub type Change = (Vec<&'static str>, Value);

/// An account in which stacks are made. It ends with this.
pub struct Stacks {
    /// Where everything in it is reached.
    pub url: String,
    told: Option<ChildStdin>,
    said: Lines<BufReader<ChildStdout>>,
    process: Child,
}

/// One stack.
pub struct Stack {
    told: Value,
}

impl Stack {
    /// What the template tells a function by this variable of its environment.
    ///
    /// # Panics
    /// If it does not.
    pub fn tells(&self, function: &str, variable: &str) -> &str {
        let found = self.told[function][variable].as_str();
        found.unwrap_or_else(|| panic!("{function} is not told {variable}"))
    }
}

impl Stacks {
    /// Starts an account; or says why it cannot, which no CI run may pass over.
    pub fn start() -> Result<Self, String> {
        let program = variable("OPENSLOT_STACKS_PYTHON")
            .map_or_else(|| in_the_project(".tools/template/bin/python"), PathBuf::from);
        if !program.exists() {
            let missing = format!("there is no {}: scripts/sam-tools.sh unpacks it", program.display());
            assert!(!is_set("CI"), "{missing}");
            return Err(missing);
        }
        let mut process = Command::new(&program)
            .args(["-B", "-W", "ignore"])
            .arg(in_the_project("infra/sam/tests/stacks.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let told = process.stdin.take();
        let said = process.stdout.take().expect("what it says is piped");
        let mut stacks = Self { url: String::new(), told, said: BufReader::new(said).lines(), process };
        let first = stacks.answer();
        first["url"].as_str().expect("the first line says where it listens").clone_into(&mut stacks.url);
        Ok(stacks)
    }

    /// Makes a stack of a name that no other has, out of the template with these changes to it.
    ///
    /// # Panics
    /// If moto cannot make it.
    pub fn make(&mut self, name: &str, changed: &[Change]) -> Stack {
        let line = json!({ "name": name, "changed": changed });
        let told = self.told.as_mut().expect("it listens until it is dropped");
        writeln!(told, "{line}").expect("it listens until it is dropped");
        Stack { told: self.answer()["told"].take() }
    }

    fn answer(&mut self) -> Value {
        let line = self.said.next().expect("infra/sam/tests/stacks.py answers each line");
        let line = line.expect("what it says is text");
        serde_json::from_str(&line).expect("what it says is JSON")
    }
}

impl Drop for Stacks {
    fn drop(&mut self) {
        // Its input ends, and with that the program; it is not waited for in vain if it hangs.
        drop(self.told.take());
        if self.process.kill().is_ok() {
            drop(self.process.wait());
        }
    }
}

fn in_the_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}
