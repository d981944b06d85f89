#![doc = include_str!("../README.md")]

mod stream;

use openslot_domain::effects::{EffectKey, Queue};
use openslot_letters::Site;
use openslot_usecases::deliver_effects::deliver_effect;
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::{
    ClaimEffect, Clock, DropEffect, DueEffects, Failure, NewDataKey, ParkEffect, PayEffect, PostponeEffect,
    PutWrappedKey, SendLetter, SplitEffect, UnwrapDataKey, WrappedKeys,
};
use openslot_usecases::sweep_effects::sweep_effects;
use serde_json::Value;

use crate::stream::{Batch, Record, Unpaid};

/// What the function stands on. One per process.
pub struct DeliverEffects<S, W, K, M> {
    /// The table.
    pub store: S,
    /// Time.
    pub world: W,
    /// The opened data keys.
    pub keyring: Keyring<K>,
    /// The mail service.
    pub mailer: M,
    /// Who letters come from, and where their links lead.
    pub site: Site,
}

impl<S, W, K, M> DeliverEffects<S, W, K, M>
where
    S: DueEffects
        + ClaimEffect
        + SplitEffect
        + PayEffect
        + PostponeEffect
        + DropEffect
        + ParkEffect
        + WrappedKeys
        + PutWrappedKey
        + Sync,
    W: Clock + Sync,
    K: NewDataKey + UnwrapDataKey + Sync,
    M: SendLetter + Sync,
{
    /// Does what an event asks for: pays the records of a stream, or whatever is due.
    ///
    /// The answer to a stream names the records to be offered again. Safe to repeat. Fails if the payload is no
    /// event, or if the queues cannot be read.
    pub async fn handle(&self, event: Value) -> Result<Value, Failure> {
        if event.get("Records").is_none() {
            return self.sweep().await;
        }
        let batch = Batch::read(event).map_err(Failure::never)?;
        let mut unpaid = Unpaid::default();
        for record in batch.records {
            if let Err(failure) = self.pay(&record).await {
                tracing::error!(record = record.sequence_number(), error = ?failure, "owed work failed");
                unpaid.add(&record);
            }
        }
        Ok(unpaid.into_reply())
    }

    async fn sweep(&self) -> Result<Value, Failure> {
        let swept = sweep_effects(&self.store, &self.world, &self.keyring, &self.mailer, &self.site).await?;
        tracing::info!(
            done = swept.done,
            postponed = swept.postponed,
            parked = swept.parked,
            failed = swept.failed
        );
        Ok(Value::Null)
    }

    /// Pays one record; passes over what is no new work.
    async fn pay(&self, record: &Record) -> Result<(), Failure> {
        let owed = |key: &EffectKey| key.queue() == Queue::Owed;
        let Some(key) = record.inserted_work().filter(owed) else {
            return Ok(());
        };
        let delivered =
            deliver_effect(&self.store, &self.world, &self.keyring, &self.mailer, &self.site, &key).await?;
        tracing::info!(effect = %key, ?delivered);
        Ok(())
    }
}
