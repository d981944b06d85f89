//! Faults at chosen calls, and the order in which calls are made.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use openslot_fakes::{Chooser, Fault};
use openslot_usecases::ports::Clock;

use super::clockwork::Clockwork;

/// Every way in which a call can break.
pub const FAULTS: [Fault; 5] =
    [Fault::FailNotApplied, Fault::FailApplied, Fault::Crash, Fault::Twice, Fault::Late];

/// One fault, at the so-many-th call.
pub type At = (usize, Fault);

/// Breaks chosen calls, by their numbers.
pub struct Script {
    clockwork: Arc<Clockwork>,
    faults: Vec<At>,
    ports: Mutex<Vec<&'static str>>,
    pub echoes: Arc<AtomicBool>,
    broken_at: Mutex<Option<DateTime<Utc>>>,
}

impl Script {
    pub fn new(clockwork: Arc<Clockwork>, faults: &[At]) -> Self {
        Self {
            clockwork,
            faults: faults.to_vec(),
            ports: Mutex::default(),
            echoes: Arc::default(),
            broken_at: Mutex::default(),
        }
    }

    /// The calls that were made, by their ports.
    pub fn calls(&self) -> Vec<&'static str> {
        self.ports.lock().expect("nobody panics while holding this").clone()
    }

    /// When a call last broke.
    pub fn broken_at(&self) -> Option<DateTime<Utc>> {
        *self.broken_at.lock().expect("nobody panics while holding this")
    }
}

impl Chooser for Script {
    fn choose(&self, port: &'static str) -> Fault {
        let call = {
            let mut ports = self.ports.lock().expect("nobody panics while holding this");
            ports.push(port);
            ports.len() - 1
        };
        let Some((_, fault)) = self.faults.iter().find(|(place, _)| *place == call) else {
            return Fault::None;
        };
        *self.broken_at.lock().expect("nobody panics while holding this") = Some(self.clockwork.now());
        match (port, fault) {
            // One letter handed over twice is two letters; what comes twice is the word of it.
            ("send_letter", Fault::Twice) => {
                self.echoes.store(true, Ordering::Relaxed);
                return Fault::None;
            }
            (_, Fault::Crash) => self.clockwork.crash(),
            _ => {}
        }
        *fault
    }

    /// As long as the product waits for an answer.
    async fn wait(&self, port: &'static str) {
        let secs = if matches!(port, "send_letter" | "publish_event") { 10 } else { 5 };
        self.clockwork.sleep(TimeDelta::seconds(secs)).await;
    }
}
