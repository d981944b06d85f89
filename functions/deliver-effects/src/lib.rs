#![doc = include_str!("../README.md")]

mod stream;

use openslot_domain::effects::{EffectKey, Queue};
use openslot_letters::Site;
use openslot_usecases::deliver_effects::deliver_effect;
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::{
    ClaimEffect, Clock, DropEffect, Failure, NewDataKey, ParkEffect, PayEffect, PostponeEffect, PublishEvent,
    PutWrappedKey, SendLetter, SplitEffect, UnwrapDataKey, WrappedKeys,
};
use serde_json::Value;

use crate::stream::{Batch, Record, Unpaid};

/// What the function stands on. One per process.
pub struct DeliverEffects<S, W, K, M, E> {
    /// The table.
    pub store: S,
    /// Time.
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

impl<S, W, K, M, E> DeliverEffects<S, W, K, M, E>
where
    S: ClaimEffect
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
    E: PublishEvent + Sync,
{
    /// Pays the records of a stream, and names those to be offered again. Safe to repeat.
    ///
    /// Fails for good if the payload is no event of a stream.
    pub async fn handle(&self, event: Value) -> Result<Value, Failure> {
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

    /// Pays one record; passes over what is no new work.
    async fn pay(&self, record: &Record) -> Result<(), Failure> {
        let owed = |key: &EffectKey| key.queue() == Queue::Owed;
        let Some(key) = record.inserted_work().filter(owed) else {
            return Ok(());
        };
        let Self { store, world, keyring, mailer, bus, site } = self;
        let delivered = deliver_effect(store, world, keyring, mailer, bus, site, &key).await?;
        tracing::info!(effect = %key, ?delivered);
        Ok(())
    }
}
