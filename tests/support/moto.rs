//! moto, a second opinion on what AWS does: a Python program that `make tools` unpacks.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::interval;

/// A running moto. It ends with this.
pub struct Moto {
    /// Where it is reached.
    pub url: String,
    process: Child,
}

/// How often one looks whether it is up, over 20 seconds.
const LOOKS: u32 = 400;
const LOOK_MS: u64 = 50;

impl Moto {
    /// Starts moto and waits until it listens; or says why it cannot, which no CI run may pass over.
    pub async fn start() -> Result<Self, String> {
        let program = program();
        if !program.exists() {
            let missing =
                format!("moto is not at {}: unpack it, or set OPENSLOT_MOTO_SERVER", program.display());
            assert!(!is_set("CI"), "{missing}");
            return Err(missing);
        }
        let port = free_port();
        let process = Command::new(&program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let moto = Self { url: format!("http://127.0.0.1:{port}"), process };
        moto.listens(port).await;
        Ok(moto)
    }

    async fn listens(&self, port: u16) {
        let mut ticks = interval(Duration::from_millis(LOOK_MS));
        for _ in 0..LOOKS {
            ticks.tick().await;
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return;
            }
        }
        panic!("moto does not listen at {}", self.url);
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is over.
        if self.process.kill().is_ok() {
            drop(self.process.wait());
        }
    }
}

fn program() -> PathBuf {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.tools/venv/bin/moto_server");
    variable("OPENSLOT_MOTO_SERVER").map_or(usual, PathBuf::from)
}

/// Whether a variable of the environment says something.
pub fn is_set(name: &str) -> bool {
    variable(name).is_some_and(|value| !value.is_empty())
}

/// A variable of the environment; tests are told by it what there is to test against.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration of their own")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("some port is free");
    listener.local_addr().expect("a bound socket has an address").port()
}
