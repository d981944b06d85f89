//! Data keys in use: opened by KMS, kept a few minutes, and only ever used to make macs.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::hmac;
use chrono::{DateTime, TimeDelta, Utc};
use openslot_domain::text::EmailAddress;
use zeroize::Zeroizing;

use crate::ports::{Failure, KeyPurpose, NewDataKey, PutWrappedKey, UnwrapDataKey, WrappedKey, WrappedKeys};

/// How long an opened key is kept.
const KEPT: TimeDelta = TimeDelta::minutes(5);

/// 32 secret bytes. Has no `Debug`, and is wiped when dropped.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// Takes the bytes over.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// HMAC-SHA-256 (RFC 2104) over length-prefixed parts, so that no two lists of parts read alike.
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.0.as_slice());
        let mut context = hmac::Context::with_key(&key);
        for part in parts {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut mac = [0; 32];
        mac.copy_from_slice(context.sign().as_ref());
        mac
    }
}

/// An address in the guest rows, unreadably.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AddressMac(pub [u8; 32]);

/// A counter's subject, unreadably.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CounterMac(pub [u8; 32]);

/// The keys of one process, by purpose. One per Lambda container.
pub struct Keyring<K> {
    kms: K,
    kept: Mutex<BTreeMap<KeyPurpose, Kept>>,
}

struct Kept {
    opened_at: DateTime<Utc>,
    keys: Vec<DataKey>,
}

impl<K: NewDataKey + UnwrapDataKey + Sync> Keyring<K> {
    /// The key that makes new macs for a purpose. The first of a purpose is made on first use.
    pub async fn newest<S>(
        &self,
        store: &S,
        purpose: KeyPurpose,
        now: DateTime<Utc>,
    ) -> Result<DataKey, Failure>
    where
        S: WrappedKeys + PutWrappedKey + Sync,
    {
        let mut keys = self.all(store, purpose, now).await?;
        if keys.is_empty() {
            let (_, blob) = self.kms.new_data_key(purpose).await?;
            // Whoever loses this race uses the winner's key: both read it back.
            store.put_wrapped_key(purpose, &WrappedKey { number: 1, blob }).await?;
            keys = self.all(store, purpose, now).await?;
        }
        keys.pop().ok_or_else(|| Failure::later("the keyring is empty"))
    }
}

impl<K: UnwrapDataKey + Sync> Keyring<K> {
    /// The key that makes new macs for a purpose, where one has been made before: what stands in the table was made
    /// with the keys of its time. Reads only.
    pub async fn latest<S>(
        &self,
        store: &S,
        purpose: KeyPurpose,
        now: DateTime<Utc>,
    ) -> Result<DataKey, Failure>
    where
        S: WrappedKeys + Sync,
    {
        let mut keys = self.all(store, purpose, now).await?;
        keys.pop().ok_or_else(|| Failure::later("the keyring is empty"))
    }

    /// Every key of a purpose that there is, newest last: a mac may have been made by any of them. Reads only.
    pub async fn all<S>(
        &self,
        store: &S,
        purpose: KeyPurpose,
        now: DateTime<Utc>,
    ) -> Result<Vec<DataKey>, Failure>
    where
        S: WrappedKeys + Sync,
    {
        if let Some(keys) = self.kept(purpose, now) {
            return Ok(keys);
        }
        let wrapped = store.wrapped_keys(purpose).await?;
        let mut keys = Vec::with_capacity(wrapped.len());
        for key in &wrapped {
            keys.push(self.kms.unwrap_data_key(purpose, &key.blob).await?);
        }
        if !keys.is_empty() {
            self.keep(purpose, now, keys.clone());
        }
        Ok(keys)
    }
}

impl<K> Keyring<K> {
    /// No key is opened yet; `kms` will open them.
    pub fn new(kms: K) -> Self {
        Self { kms, kept: Mutex::default() }
    }

    fn kept(&self, purpose: KeyPurpose, now: DateTime<Utc>) -> Option<Vec<DataKey>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.get(&purpose)?;
        // A clock that was set back must not keep a key for ever.
        ((now - found.opened_at).abs() < KEPT).then(|| found.keys.clone())
    }

    fn keep(&self, purpose: KeyPurpose, now: DateTime<Utc>, keys: Vec<DataKey>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(purpose, Kept { opened_at: now, keys });
    }
}

/// The mac by which an address is found in the guest rows.
pub fn address_mac(key: &DataKey, address: &EmailAddress) -> AddressMac {
    AddressMac(key.mac(&[address.folded().as_bytes()]))
}
