//! A running installation with the demo team, gone when the test is.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use openslot_local::{Options, Running, start};
use tokio::runtime::Runtime;

use crate::http::Caller;

/// The demo team on a Monday morning in London.
pub struct Town {
    pub caller: Caller,
    runtime: Runtime,
    running: Option<Running>,
    dir: PathBuf,
}

impl Town {
    pub fn open() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("town-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst));
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let now = Some("2026-11-23T08:00:00Z".parse().unwrap());
        let options = Options { port: 0, data_dir: dir.clone(), now, demo: true };
        let runtime = Runtime::new().unwrap();
        let running = runtime.block_on(start(options)).unwrap();
        let port = running.url().rsplit(':').next().and_then(|port| port.parse().ok()).unwrap();
        Self { caller: Caller { port }, runtime, running: Some(running), dir }
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
        std::fs::remove_dir_all(&self.dir).unwrap_or_default();
    }
}
