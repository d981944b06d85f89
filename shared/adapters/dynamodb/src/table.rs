//! The table, and the few calls it is used by.

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity, TransactWriteItem};
use openslot_usecases::ports::Consistency;

use crate::call::{Change, Guard, Range, both, names, some};
use crate::errors::{self, TableError};
use crate::keys::{Key, PARTITION};
use crate::meter::Meter;

/// An item as the SDK has it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// How many actions one transaction may hold (Amazon `DynamoDB` API reference, `TransactWriteItems`).
const ACTIONS_MAX: usize = 100;

/// The one table. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Table {
    client: Client,
    name: String,
    meter: Option<Arc<Meter>>,
}

impl Table {
    /// The table of this name, reached by `client`.
    pub fn new(client: Client, name: impl Into<String>) -> Self {
        Self { client, name: name.into(), meter: None }
    }

    /// The table of this name, reached as `config` says.
    pub fn connect(config: impl Into<aws_sdk_dynamodb::Config>, name: impl Into<String>) -> Self {
        Self::new(Client::from_conf(config.into()), name)
    }

    /// The same, asking with every call what it cost.
    pub fn metered(client: Client, name: impl Into<String>, meter: Arc<Meter>) -> Self {
        Self { meter: Some(meter), ..Self::new(client, name) }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The item at `key`.
    pub(crate) async fn get(&self, key: Key, consistency: Consistency) -> Result<Option<Item>, TableError> {
        let call = self.client.get_item().table_name(&self.name).set_key(Some(key.item()));
        let call = call.consistent_read(is_strong(consistency)).set_return_consumed_capacity(self.metering());
        let answer = call.send().await?;
        self.read("GetItem", answer.consumed_capacity());
        Ok(answer.item)
    }

    /// All items of a range, in order; `DynamoDB` hands out at most a megabyte at a time.
    pub(crate) async fn query(&self, range: Range) -> Result<Vec<Item>, TableError> {
        let mut items = Vec::new();
        let mut from = None;
        loop {
            let call = self.client.query().table_name(&self.name).key_condition_expression(range.text);
            let call = call.set_expression_attribute_values(some(range.values.clone()));
            let call =
                call.consistent_read(is_strong(range.consistency)).set_limit(left(range.most, items.len()));
            let call = call.set_exclusive_start_key(from).set_return_consumed_capacity(self.metering());
            let answer = call.send().await?;
            self.read("Query", answer.consumed_capacity());
            items.extend(answer.items.unwrap_or_default());
            from = answer.last_evaluated_key.filter(|key| key.contains_key(PARTITION));
            if from.is_none() || left(range.most, items.len()) == Some(0) {
                return Ok(items);
            }
        }
    }

    /// All items that pass the filter, in no order. Reads the whole table, a megabyte at a time: for
    /// an operator's role, never for a function's.
    pub(crate) async fn scan(&self, filter: Guard) -> Result<Vec<Item>, TableError> {
        let mut items = Vec::new();
        let mut from = None;
        loop {
            let call = self.client.scan().table_name(&self.name).consistent_read(true);
            let call = call.filter_expression(filter.text);
            let call = call.set_expression_attribute_values(some(filter.values.clone()));
            let call = call.set_exclusive_start_key(from).set_return_consumed_capacity(self.metering());
            let answer = call.send().await?;
            self.read("Scan", answer.consumed_capacity());
            items.extend(answer.items.unwrap_or_default());
            from = answer.last_evaluated_key.filter(|key| key.contains_key(PARTITION));
            if from.is_none() {
                return Ok(items);
            }
        }
    }

    /// Puts one item, if the guard lets it.
    pub(crate) async fn put(&self, item: Item, guard: Guard) -> Result<(), TableError> {
        let call = self.client.put_item().table_name(&self.name).set_item(Some(item));
        let call = call.condition_expression(guard.text).set_expression_attribute_values(some(guard.values));
        let answer = call.set_return_consumed_capacity(self.metering()).send().await?;
        self.wrote("PutItem", answer.consumed_capacity());
        Ok(())
    }

    /// Changes one item, if the guard lets it.
    pub(crate) async fn update(&self, key: Key, change: Change, guard: Guard) -> Result<(), TableError> {
        let answer = self.updating(key, change, guard).send().await?;
        self.wrote("UpdateItem", answer.consumed_capacity());
        Ok(())
    }

    /// The same with one attempt and no more, where a change that was made twice would be worse than none.
    pub(crate) async fn update_once(&self, key: Key, change: Change, guard: Guard) -> Result<(), TableError> {
        let once = aws_sdk_dynamodb::config::Builder::new().retry_config(RetryConfig::disabled());
        let call = self.updating(key, change, guard).customize().config_override(once);
        let answer = call.send().await?;
        self.wrote("UpdateItem", answer.consumed_capacity());
        Ok(())
    }

    fn updating(&self, key: Key, change: Change, guard: Guard) -> UpdateItemFluentBuilder {
        let call = self.client.update_item().table_name(&self.name).set_key(Some(key.item()));
        let call = call.update_expression(change.text).condition_expression(guard.text);
        let call = call.set_expression_attribute_values(some(both(change.values, guard.values)));
        let call = call.set_expression_attribute_names(names(change.text));
        call.set_return_consumed_capacity(self.metering())
    }

    /// Removes one item, if the guard lets it.
    pub(crate) async fn delete(&self, key: Key, guard: Option<Guard>) -> Result<(), TableError> {
        let (text, values) = guard.map(|guard| (guard.text, guard.values)).unzip();
        let call = self.client.delete_item().table_name(&self.name).set_key(Some(key.item()));
        let call = call.set_condition_expression(text.map(str::to_owned));
        let call = call.set_expression_attribute_values(values.and_then(some));
        let answer = call.set_return_consumed_capacity(self.metering()).send().await?;
        self.wrote("DeleteItem", answer.consumed_capacity());
        Ok(())
    }

    /// Carries out all actions, or none.
    ///
    /// The SDK sends a token of its own with each call and the same one with each attempt of it, so that an
    /// attempt whose answer was lost is not carried out twice.
    pub(crate) async fn transact(&self, actions: Vec<TransactWriteItem>) -> Result<(), TableError> {
        assert!(actions.len() <= ACTIONS_MAX, "{} actions do not fit one transaction", actions.len());
        let call = self.client.transact_write_items().set_transact_items(Some(actions));
        let call = call.set_return_consumed_capacity(self.metering());
        let answer = call.send().await.map_err(errors::of_transaction)?;
        self.wrote("TransactWriteItems", answer.consumed_capacity());
        Ok(())
    }

    fn metering(&self) -> Option<ReturnConsumedCapacity> {
        self.meter.as_ref().map(|_| ReturnConsumedCapacity::Total)
    }

    fn read<'a>(
        &self,
        operation: &'static str,
        consumed: impl IntoIterator<Item = &'a aws_sdk_dynamodb::types::ConsumedCapacity>,
    ) {
        if let Some(meter) = &self.meter {
            meter.read(operation, consumed);
        }
    }

    fn wrote<'a>(
        &self,
        operation: &'static str,
        consumed: impl IntoIterator<Item = &'a aws_sdk_dynamodb::types::ConsumedCapacity>,
    ) {
        if let Some(meter) = &self.meter {
            meter.write(operation, consumed);
        }
    }
}

fn is_strong(consistency: Consistency) -> bool {
    match consistency {
        Consistency::Strong => true,
        Consistency::Eventual => false,
    }
}

/// How many items are still wanted.
fn left(most: Option<u32>, found: usize) -> Option<i32> {
    most.map(|most| i32::try_from((most as usize).saturating_sub(found)).unwrap_or(i32::MAX))
}
