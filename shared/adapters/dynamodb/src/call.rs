//! The parts of calls: ranges, guards, changes, and the actions of a transaction.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem, Update};
use openslot_usecases::ports::Consistency;

use crate::keys::{self, Key, TTL};
use crate::table::{Item, Table};

/// Values that stand in an expression, by their placeholders.
pub(crate) type Values = Vec<(&'static str, AttributeValue)>;

/// A stretch of one partition.
pub(crate) struct Range {
    pub(crate) text: &'static str,
    pub(crate) values: Values,
    pub(crate) consistency: Consistency,
    pub(crate) most: Option<u32>,
}

impl Range {
    /// A whole partition.
    pub(crate) fn partition(pk: String, consistency: Consistency) -> Self {
        let values = vec![(":pk", text(pk))];
        Self { text: keys::WHOLE_PARTITION, values, consistency, most: None }
    }

    /// What stands at a key and behind it.
    pub(crate) fn from(key: Key, consistency: Consistency) -> Self {
        let values = vec![(":pk", text(key.pk)), (":sk", text(key.sk))];
        Self { text: keys::FROM_SORT_KEY, values, consistency, most: None }
    }

    /// The first items of a partition.
    pub(crate) fn first(pk: String, most: u32, consistency: Consistency) -> Self {
        Self { most: Some(most), ..Self::partition(pk, consistency) }
    }

    /// The first items of a partition, those before a sort key.
    pub(crate) fn first_before(pk: String, sk: String, most: u32, consistency: Consistency) -> Self {
        let values = vec![(":pk", text(pk)), (":sk", text(sk))];
        Self { text: keys::BEFORE_SORT_KEY, values, consistency, most: Some(most) }
    }
}

/// What must hold for a write to be made.
pub(crate) struct Guard {
    pub(crate) text: &'static str,
    pub(crate) values: Values,
}

impl Guard {
    /// Nothing stands at the key.
    pub(crate) fn absent() -> Self {
        Self { text: keys::ABSENT, values: Vec::new() }
    }

    /// Something stands at the key.
    pub(crate) fn present() -> Self {
        Self { text: keys::PRESENT, values: Vec::new() }
    }

    /// The item is as it was read: of this version, or absent.
    pub(crate) fn version(read: Option<u64>) -> Self {
        match read {
            Some(version) => Self::when("v = :v", vec![(":v", number(version))]),
            None => Self::absent(),
        }
    }

    /// The partition begins like this.
    pub(crate) fn partition(prefix: &str) -> Self {
        Self::when(keys::PARTITION_PREFIX, vec![(":prefix", text(prefix))])
    }

    /// The partition begins like this, and the place in it like that.
    pub(crate) fn place(prefix: &str, place: &str) -> Self {
        Self::when(keys::BOTH_PREFIXES, vec![(":prefix", text(prefix)), (":place", text(place))])
    }

    /// What `text` says.
    pub(crate) fn when(text: &'static str, values: Values) -> Self {
        Self { text, values }
    }
}

/// What an update does to an item.
pub(crate) struct Change {
    pub(crate) text: &'static str,
    pub(crate) values: Values,
}

impl Table {
    pub(crate) fn putting(&self, item: Item) -> TransactWriteItem {
        self.put_action(item, None)
    }

    pub(crate) fn putting_if(&self, item: Item, guard: Guard) -> TransactWriteItem {
        self.put_action(item, Some(guard))
    }

    fn put_action(&self, item: Item, guard: Option<Guard>) -> TransactWriteItem {
        let (text, values) = guard.map(|guard| (guard.text.to_owned(), guard.values)).unzip();
        let put = Put::builder().table_name(self.name()).set_item(Some(item));
        let put = put.set_condition_expression(text).set_expression_attribute_values(values.and_then(some));
        TransactWriteItem::builder().put(put.build().expect("table and item are given")).build()
    }

    pub(crate) fn checking(&self, key: Key, guard: Guard) -> TransactWriteItem {
        let check = ConditionCheck::builder().table_name(self.name()).set_key(Some(key.item()));
        let check = check.condition_expression(guard.text);
        let check = check.set_expression_attribute_values(some(guard.values)).build();
        TransactWriteItem::builder()
            .condition_check(check.expect("table, key and condition are given"))
            .build()
    }

    pub(crate) fn updating_if(&self, key: Key, change: Change, guard: Guard) -> TransactWriteItem {
        let update = Update::builder().table_name(self.name()).set_key(Some(key.item()));
        let update = update.update_expression(change.text).condition_expression(guard.text);
        let update = update.set_expression_attribute_names(names(change.text));
        let update = update.set_expression_attribute_values(some(both(change.values, guard.values))).build();
        TransactWriteItem::builder().update(update.expect("table, key and change are given")).build()
    }

    pub(crate) fn deleting(&self, key: Key) -> TransactWriteItem {
        let delete = Delete::builder().table_name(self.name()).set_key(Some(key.item())).build();
        TransactWriteItem::builder().delete(delete.expect("table and key are given")).build()
    }

    pub(crate) fn deleting_if(&self, key: Key, guard: Guard) -> TransactWriteItem {
        let delete = Delete::builder().table_name(self.name()).set_key(Some(key.item()));
        let delete = delete.condition_expression(guard.text);
        let delete = delete.set_expression_attribute_values(some(guard.values)).build();
        TransactWriteItem::builder().delete(delete.expect("table and key are given")).build()
    }
}

/// The one attribute whose name is a reserved word, if an expression speaks of it as `#ttl`.
pub(crate) fn names(text: &str) -> Option<HashMap<String, String>> {
    text.contains("#ttl").then(|| HashMap::from([("#ttl".to_owned(), TTL.to_owned())]))
}

/// The values of an expression; `DynamoDB` wants none rather than an empty map.
pub(crate) fn some(values: Values) -> Option<Item> {
    (!values.is_empty()).then(|| values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

pub(crate) fn both(mut values: Values, more: Values) -> Values {
    values.extend(more);
    values
}

pub(crate) fn number(value: impl Into<i128>) -> AttributeValue {
    AttributeValue::N(value.into().to_string())
}

pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}
