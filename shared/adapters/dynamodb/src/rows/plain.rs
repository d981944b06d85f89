//! Shapes of one or two attributes.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

/// A guest row says all it has to say by its key.
#[derive(Serialize, Deserialize)]
pub(crate) struct GuestRow {}

/// Somebody who was erased; who, says the key.
#[derive(Serialize, Deserialize)]
pub(crate) struct ErasureRow {
    pub(crate) at: String,
}

/// A data key, wrapped by KMS.
#[derive(Serialize, Deserialize)]
pub(crate) struct WrappedKeyRow {
    pub(crate) k: ByteBuf,
}

/// A meeting type in the directory.
#[derive(Serialize, Deserialize)]
pub(crate) struct TypeInDirectoryRow {
    pub(crate) ti: String,
}

/// A limit counter. Written in place by an update, never as a whole.
#[cfg(test)]
#[derive(Serialize, Deserialize)]
pub(crate) struct CounterRow {
    pub(crate) n: u32,
    pub(crate) ttl: i64,
}
