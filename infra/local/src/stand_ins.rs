//! What stands for AWS, alone: for whoever runs the functions elsewhere and wants nothing to happen by itself.

use std::sync::Arc;

use axum::Router;
use openslot_domain::text::EmailAddress;
use openslot_usecases::ports::Entropy;
use serde_json::Value;

use crate::clock::Clock;
use crate::faces::{self, KEY_ARN, LocalKms, LocalSes, OWN_BUS, Services};
use crate::running::CONFIGURATION_SET;
use crate::state::State;
use crate::world::LocalWorld;

/// KMS, SES and `EventBridge` in memory, with what was handed to them.
pub struct StandIns {
    state: Arc<State>,
    router: Router,
}

/// A mail that SES took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMail {
    /// The envelope's recipients.
    pub recipients: Vec<String>,
    /// The complete MIME message.
    pub raw: Vec<u8>,
}

impl StandIns {
    /// The one KMS key there is.
    pub const KEY_ARN: &'static str = KEY_ARN;
    /// The bus for events of openslot.
    pub const BUS: &'static str = OWN_BUS;
    /// The configuration set of SES whose events are told.
    pub const CONFIGURATION_SET: &'static str = CONFIGURATION_SET;

    /// Nothing has been sent yet, and mail goes out as `sender` only.
    pub fn new(sender: EmailAddress) -> rusqlite::Result<Self> {
        let state = Arc::new(State::in_memory()?);
        let clock = Clock::open(Arc::clone(&state))?;
        let mut key = [0; 32];
        LocalWorld::default().fill(&mut key);
        let ses = LocalSes { sender, configuration_set: CONFIGURATION_SET.to_owned() };
        let services = Services { kms: LocalKms::new(&key), ses, state: Arc::clone(&state), clock };
        Ok(Self { state, router: faces::router(services) })
    }

    /// All three on one address: their operations differ in path and target.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Every mail, the oldest first.
    pub fn mails(&self) -> rusqlite::Result<Vec<SentMail>> {
        let sent = self.state.mails()?.into_iter().rev();
        Ok(sent.map(|mail| SentMail { recipients: mail.recipients, raw: mail.raw }).collect())
    }

    /// The events that have a target and were not yet handed out, the oldest first. Each is handed out once.
    pub fn take_events(&self) -> rusqlite::Result<Vec<Value>> {
        let owed = self.state.owed_events()?;
        for event in &owed {
            self.state.event_taken(event.place)?;
        }
        Ok(owed.into_iter().map(|owed| owed.event).collect())
    }

    /// Every event of openslot's own bus, the oldest first.
    pub fn told_events(&self) -> rusqlite::Result<Vec<Value>> {
        Ok(self.state.told_events()?.into_iter().rev().collect())
    }
}
