//! Who was erased: notes that survive the restore of another table.

use chrono::{DateTime, Utc};
use openslot_domain::ids::BookingId;
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{Consistency, EveryErasure, Failure, FindGuest, PutErasure};

use crate::call::Range;
use crate::errors::TableError;
use crate::keys;
use crate::rows::plain::ErasureRow;
use crate::rows::{RowError, from_item, instant, instant_text, to_item, wrong};
use crate::table::{Item, Table};

impl FindGuest for Table {
    async fn find_guest(&self, address: &AddressMac) -> Result<Vec<BookingId>, Failure> {
        let items = self.query(Range::partition(keys::guests(address), Consistency::Strong)).await?;
        let ids: Option<Vec<BookingId>> = items.iter().map(|item| Some(keys::guest_of(item)?.1)).collect();
        Ok(ids.ok_or_else(|| wrong(keys::SORT)).map_err(TableError::Row)?)
    }
}

impl PutErasure for Table {
    async fn put_erasure(&self, address: &AddressMac, at: DateTime<Utc>) -> Result<(), Failure> {
        let row = to_item(&ErasureRow { at: instant_text(at) }).map_err(TableError::Row)?;
        Ok(self.transact(vec![self.putting(keys::erasure(address).with(row))]).await?)
    }
}

impl EveryErasure for Table {
    async fn every_erasure(&self) -> Result<Vec<(AddressMac, DateTime<Utc>)>, Failure> {
        let items = self.query(Range::partition(keys::erasures(), Consistency::Strong)).await?;
        Ok(items.into_iter().map(erasure).collect::<Result<_, _>>().map_err(TableError::Row)?)
    }
}

fn erasure(item: Item) -> Result<(AddressMac, DateTime<Utc>), RowError> {
    let address = keys::erased(&item).ok_or_else(|| wrong(keys::SORT))?;
    let row: ErasureRow = from_item(item)?;
    Ok((address, instant("at", &row.at)?))
}
