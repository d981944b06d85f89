#![doc = include_str!("../README.md")]

use openslot_edge::metrics::{Metric, Unit};
use openslot_letters::Site;
use openslot_usecases::keyring::Keyring;
use openslot_usecases::measure_backlog::{Backlog, measure_backlog};
use openslot_usecases::ports::{
    ChangeBooking, ClaimEffect, Clock, DropEffect, DueEffects, Entropy, Failure, FindBooking, ListParked,
    NewDataKey, ParkEffect, Pause, PayEffect, PostponeEffect, PublishEvent, PutWrappedKey, ReadHost,
    SendLetter, SplitEffect, UnwrapDataKey, WrappedKeys,
};
use openslot_usecases::send_reminders::{Swept, send_reminders};
use serde_json::{Value, json};

/// What a minute's work came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// What was done.
    pub swept: Swept,
    /// What waits after that.
    pub backlog: Backlog,
}

impl Report {
    /// As the function answers.
    pub fn answer(&self) -> Value {
        let Swept { done, postponed, parked, failed, left } = self.swept;
        let Backlog { oldest_secs, parked: aside } = self.backlog;
        json!({
            "done": done,
            "postponed": postponed,
            "parked": parked,
            "failed": failed,
            "left": left,
            "waiting": { "oldest_seconds": oldest_secs, "parked": aside },
        })
    }

    /// As alarms listen to it.
    pub fn metrics(&self) -> [Metric; 2] {
        let Backlog { oldest_secs, parked } = self.backlog;
        [("parked", Unit::Count, u64::from(parked)), ("oldest_owed_seconds", Unit::Seconds, oldest_secs)]
    }
}

/// What the function stands on. One per process.
pub struct SendReminders<S, W, K, M, E> {
    /// The table.
    pub store: S,
    /// Time and chance.
    pub world: W,
    /// The opened data keys.
    pub keyring: Keyring<K>,
    /// The mail service.
    pub mailer: M,
    /// Whoever listens.
    pub bus: E,
    /// Who letters come from, and where their links lead.
    pub site: Site,
}

impl<S, W, K, M, E> SendReminders<S, W, K, M, E>
where
    S: DueEffects
        + ClaimEffect
        + SplitEffect
        + PayEffect
        + PostponeEffect
        + DropEffect
        + ParkEffect
        + ListParked
        + FindBooking
        + ReadHost
        + ChangeBooking
        + WrappedKeys
        + PutWrappedKey
        + Sync,
    W: Clock + Pause + Entropy + Sync,
    K: NewDataKey + UnwrapDataKey + Sync,
    M: SendLetter + Sync,
    E: PublishEvent + Sync,
{
    /// Pays whatever is due, whatever the event says, and answers with what was done and what still waits.
    ///
    /// Safe to repeat. Fails if a queue cannot be read, once the others have been paid.
    pub async fn handle(&self, _: Value) -> Result<Report, Failure> {
        let Self { store, world, keyring, mailer, bus, site } = self;
        let swept = send_reminders(store, world, keyring, mailer, bus, site).await?;
        let Swept { done, postponed, parked, failed, left } = swept;
        tracing::info!(done, postponed, parked, failed, left);
        Ok(Report { swept, backlog: measure_backlog(store, world).await? })
    }
}
