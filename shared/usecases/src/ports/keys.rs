//! The keyring: data keys, wrapped by KMS, kept in the table.

use std::future::Future;

use super::{Failure, Saved};
use crate::keyring::DataKey;

/// What a data key is for. Also its KMS encryption context, so that a key cannot be moved to another use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyPurpose {
    /// Macs in manage links and file links.
    ManageLinks,
    /// The rows by which a guest's bookings are found.
    GuestRows,
    /// Limit counters.
    LimitCounters,
}

impl KeyPurpose {
    /// The purpose in stored keys and in the encryption context. Never changes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ManageLinks => "manage-links",
            Self::GuestRows => "guest-rows",
            Self::LimitCounters => "limit-counters",
        }
    }
}

/// A data key as KMS returned it: only KMS can open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedKey {
    /// Which of its purpose, from 1 on. The newest makes new macs.
    pub number: u32,
    /// The ciphertext.
    pub blob: Vec<u8>,
}

/// Reads wrapped keys.
pub trait WrappedKeys {
    /// All keys of a purpose, newest last. Strongly consistent; reads only.
    fn wrapped_keys(
        &self,
        purpose: KeyPurpose,
    ) -> impl Future<Output = Result<Vec<WrappedKey>, Failure>> + Send;
}

/// Writes a wrapped key.
pub trait PutWrappedKey {
    /// Writes it unless one of that number exists.
    fn put_wrapped_key(
        &self,
        purpose: KeyPurpose,
        key: &WrappedKey,
    ) -> impl Future<Output = Result<Saved, Failure>> + Send;
}

/// Asks KMS for a data key.
pub trait NewDataKey {
    /// A fresh 256-bit key, plain and wrapped under the purpose as encryption context. Safe to repeat.
    fn new_data_key(
        &self,
        purpose: KeyPurpose,
    ) -> impl Future<Output = Result<(DataKey, Vec<u8>), Failure>> + Send;
}

/// Asks KMS to open a data key.
pub trait UnwrapDataKey {
    /// The plain key. Fails for good when it was wrapped for another purpose. Safe to repeat.
    fn unwrap_data_key(
        &self,
        purpose: KeyPurpose,
        blob: &[u8],
    ) -> impl Future<Output = Result<DataKey, Failure>> + Send;
}
