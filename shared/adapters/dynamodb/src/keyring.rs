//! Data keys, wrapped by KMS.

use openslot_usecases::ports::{
    Consistency, Failure, KeyPurpose, PutWrappedKey, Saved, WrappedKey, WrappedKeys,
};
use serde_bytes::ByteBuf;

use crate::call::{Guard, Range};
use crate::errors::TableError;
use crate::keys;
use crate::rows::plain::WrappedKeyRow;
use crate::rows::{RowError, from_item, to_item, wrong};
use crate::table::{Item, Table};

impl WrappedKeys for Table {
    async fn wrapped_keys(&self, purpose: KeyPurpose) -> Result<Vec<WrappedKey>, Failure> {
        let items = self.query(Range::partition(keys::keys_of(purpose), Consistency::Strong)).await?;
        Ok(items.into_iter().map(wrapped).collect::<Result<_, _>>().map_err(TableError::Row)?)
    }
}

fn wrapped(item: Item) -> Result<WrappedKey, RowError> {
    let number = keys::sort_key(&item).and_then(keys::data_key_number).ok_or_else(|| wrong(keys::SORT))?;
    let row: WrappedKeyRow = from_item(item)?;
    Ok(WrappedKey { number, blob: row.k.into_vec() })
}

impl PutWrappedKey for Table {
    async fn put_wrapped_key(&self, purpose: KeyPurpose, key: &WrappedKey) -> Result<Saved, Failure> {
        let row = to_item(&WrappedKeyRow { k: ByteBuf::from(key.blob.clone()) }).map_err(TableError::Row)?;
        match self.put(keys::data_key(purpose, key.number).with(row), Guard::absent()).await {
            Ok(()) => Ok(Saved::Done),
            Err(error) if error.is_refused() => Ok(Saved::Overtaken),
            Err(error) => Err(error.into()),
        }
    }
}
