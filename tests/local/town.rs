//! A running installation with the demo team, gone when the test is.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use openslot_local::{Options, Running, start};
use tokio::runtime::Runtime;

use crate::http::Caller;

/// The script of the site that a town has.
pub const SCRIPT: &str = "/assets/book-0a1B2c3D.js";
/// Its style sheet, small enough to be sent as it is.
pub const STYLES: &str = "/assets/book-4e5F6a7B.css";

/// Until it is dropped, nobody else has a turn: crowds of several tests would share the cores, and each be answered
/// late for the others' sake.
pub fn take_turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The demo team on a Monday morning in London.
pub struct Town {
    pub caller: Caller,
    runtime: Runtime,
    running: Option<Running>,
    dir: PathBuf,
}

impl Town {
    /// With a site in the folders and under the names that a build makes.
    pub fn open() -> Self {
        let town = Self::without_site();
        town.put("book/index.html", &format!("<!doctype html><script src=\"{SCRIPT}\"></script>"));
        town.put("manage/index.html", "<!doctype html><title>Your booking</title>");
        town.put(SCRIPT, &"export const day = 86400;\n".repeat(100));
        town.put(STYLES, "body { margin: 0 }\n");
        town
    }

    /// As in a checkout in which the site was never built.
    pub fn without_site() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("town-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst));
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let now = Some("2026-11-23T08:00:00Z".parse().unwrap());
        let options =
            Options { port: 0, data_dir: dir.join("data"), site: dir.join("site"), now, demo: true };
        fs::create_dir_all(&dir).unwrap();
        let runtime = Runtime::new().unwrap();
        let running = runtime.block_on(start(options)).unwrap();
        let port = running.url().rsplit(':').next().and_then(|port| port.parse().ok()).unwrap();
        Self { caller: Caller { port }, runtime, running: Some(running), dir }
    }

    /// Writes a file of the site, as a build would.
    pub fn put(&self, path: &str, text: &str) {
        let file = self.dir.join("site").join(path.trim_start_matches('/'));
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
        fs::remove_dir_all(&self.dir).unwrap_or_default();
    }
}
