//! Claimed work is done, put off, taken off the queue or set aside.

use aws_sdk_dynamodb::types::TransactWriteItem;
use chrono::{DateTime, Utc};
use openslot_domain::effects::{Effect, EffectKey, EffectKind, Queue};
use openslot_usecases::ports::{
    AcknowledgeLetter, DropEffect, Failure, ParkEffect, PayEffect, PostponeEffect, SplitEffect,
};

use crate::call::{Change, Guard, number, text};
use crate::errors::TableError;
use crate::keys;
use crate::rows::effect::ParkedRow;
use crate::rows::{RowError, instant_text, to_item};
use crate::table::Table;

/// In transactions here the claimed work comes first.
const EFFECT_POSITION: usize = 0;

impl SplitEffect for Table {
    async fn split_effect(
        &self,
        claimed: &Effect,
        parts: &[EffectKind],
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let actions = self.split_actions(claimed, parts, now).map_err(TableError::Row)?;
        unless_lost(self.transact(actions).await)
    }
}

impl PayEffect for Table {
    async fn pay_effect(&self, claimed: &Effect) -> Result<(), Failure> {
        unless_lost(self.delete(keys::effect(&claimed.key), Some(still_ours(claimed))).await)
    }
}

impl PostponeEffect for Table {
    async fn postpone_effect(&self, claimed: &Effect, not_before: DateTime<Utc>) -> Result<(), Failure> {
        let values = vec![(":nb", text(instant_text(not_before)))];
        let change = Change { text: "SET nb = :nb REMOVE ls", values };
        unless_lost(self.update(keys::effect(&claimed.key), change, still_ours(claimed)).await)
    }
}

impl DropEffect for Table {
    async fn drop_effect(&self, key: &EffectKey) -> Result<(), Failure> {
        Ok(self.delete(keys::effect(key), None).await?)
    }
}

impl ParkEffect for Table {
    async fn park_effect(&self, key: &EffectKey, why: &str, now: DateTime<Utc>) -> Result<(), Failure> {
        let row = to_item(&ParkedRow::of(now, why)).map_err(TableError::Row)?;
        // What the mail service has confirmed meanwhile is not hopeless.
        let still_owed = Guard::when(keys::PRESENT_UNCONFIRMED, Vec::new());
        let taken = self.deleting_if(keys::effect(key), still_owed);
        unless_lost(self.transact(vec![taken, self.putting(keys::parked(key).with(row))]).await)
    }
}

impl AcknowledgeLetter for Table {
    async fn acknowledge_letter(&self, key: &EffectKey, message_id: &str) -> Result<(), Failure> {
        let change = Change { text: "SET ack = :ack", values: vec![(":ack", text(message_id))] };
        unless_lost(self.update(keys::effect(key), change, Guard::present()).await)
    }
}

impl Table {
    fn split_actions(
        &self,
        claimed: &Effect,
        parts: &[EffectKind],
        now: DateTime<Utc>,
    ) -> Result<Vec<TransactWriteItem>, RowError> {
        let mut actions = vec![self.deleting_if(keys::effect(&claimed.key), still_ours(claimed))];
        for part in parts {
            let key = EffectKey { due: now, kind: part.clone(), ..claimed.key.clone() };
            assert!(key.queue() == Queue::Owed, "parts are owed at once");
            actions.push(self.owing(&Effect::owed(key))?);
        }
        Ok(actions)
    }
}

/// The claim holds: nobody has claimed the work again, or put it off.
fn still_ours(claimed: &Effect) -> Guard {
    let until = claimed.lease.expect("claimed work is leased");
    let values = vec![(":our_ls", text(instant_text(until))), (":our_n", number(claimed.attempts))];
    Guard::when("ls = :our_ls AND n = :our_n", values)
}

/// A claim that was lost leaves nothing to do. So does our own first attempt, whose answer was lost.
fn unless_lost(outcome: Result<(), TableError>) -> Result<(), Failure> {
    match outcome {
        Ok(()) => Ok(()),
        Err(error) if error.is_refused() || error.is_taken(EFFECT_POSITION) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
