//! What calls cost, for whoever wants to know.

use std::sync::{Mutex, PoisonError};

use aws_sdk_dynamodb::types::ConsumedCapacity;

/// What one call cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spent {
    /// The operation, as `DynamoDB` calls it.
    pub operation: &'static str,
    /// Read request units.
    pub read: f64,
    /// Write request units.
    pub write: f64,
}

/// Collects what the calls of a [`Table`](crate::Table) cost, as `DynamoDB` reports it.
///
/// A write whose condition did not hold is paid for too, but not reported, and so not here.
#[derive(Debug, Default)]
pub struct Meter {
    spent: Mutex<Vec<Spent>>,
}

impl Meter {
    /// Everything collected so far, in order; the meter starts anew.
    pub fn take(&self) -> Vec<Spent> {
        std::mem::take(&mut *self.spent.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn read<'a>(
        &self,
        operation: &'static str,
        consumed: impl IntoIterator<Item = &'a ConsumedCapacity>,
    ) {
        self.note(Spent { operation, read: units(consumed), write: 0.0 });
    }

    pub(crate) fn write<'a>(
        &self,
        operation: &'static str,
        consumed: impl IntoIterator<Item = &'a ConsumedCapacity>,
    ) {
        self.note(Spent { operation, read: 0.0, write: units(consumed) });
    }

    fn note(&self, spent: Spent) {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner).push(spent);
    }
}

fn units<'a>(consumed: impl IntoIterator<Item = &'a ConsumedCapacity>) -> f64 {
    consumed.into_iter().filter_map(|of_table| of_table.capacity_units).sum()
}
