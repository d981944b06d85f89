#![doc = include_str!("../README.md")]

mod failures;

use aws_sdk_kms::Client;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use openslot_usecases::keyring::DataKey;
use openslot_usecases::ports::{Failure, KeyPurpose, NewDataKey, UnwrapDataKey};
use zeroize::Zeroizing;

use crate::failures::{Unusable, failure};

/// What every encryption context names as the application.
const APP: &str = "openslot";

/// One KMS key, as the use-cases see it.
///
/// Cloning is cheap; clones share their connections.
#[derive(Clone, Debug)]
pub struct Kms {
    client: Client,
    key_id: String,
}

impl Kms {
    /// Wraps under the key of this id, ARN or alias, in the KMS that `config` leads to.
    pub fn connect(config: impl Into<aws_sdk_kms::Config>, key_id: impl Into<String>) -> Self {
        Self::new(Client::from_conf(config.into()), key_id)
    }

    /// Wraps under the key of this id, ARN or alias.
    pub fn new(client: Client, key_id: impl Into<String>) -> Self {
        Self { client, key_id: key_id.into() }
    }
}

impl NewDataKey for Kms {
    async fn new_data_key(&self, purpose: KeyPurpose) -> Result<(DataKey, Vec<u8>), Failure> {
        let request = self.client.generate_data_key().key_id(&self.key_id).key_spec(DataKeySpec::Aes256);
        let request = request.encryption_context("app", APP).encryption_context("purpose", purpose.as_str());
        let made = request.send().await.map_err(failure)?;
        let blob = made.ciphertext_blob.ok_or(Unusable::NoCiphertext)?;
        Ok((data_key(made.plaintext)?, blob.into_inner()))
    }
}

impl UnwrapDataKey for Kms {
    async fn unwrap_data_key(&self, purpose: KeyPurpose, blob: &[u8]) -> Result<DataKey, Failure> {
        // The key is named although the blob names it too: only what this key wrapped is opened.
        let request = self.client.decrypt().key_id(&self.key_id).ciphertext_blob(Blob::new(blob));
        let request = request.encryption_context("app", APP).encryption_context("purpose", purpose.as_str());
        let opened = request.send().await.map_err(failure)?;
        Ok(data_key(opened.plaintext)?)
    }
}

/// Takes a plain key over, and wipes the bytes it came in.
fn data_key(plaintext: Option<Blob>) -> Result<DataKey, Unusable> {
    let bytes = Zeroizing::new(plaintext.ok_or(Unusable::NoPlaintext)?.into_inner());
    let key = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| Unusable::Length(bytes.len()))?;
    let key = Zeroizing::new(key);
    Ok(DataKey::new(*key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_key_has_32_bytes() {
        let length = |bytes: Option<usize>| data_key(bytes.map(|len| Blob::new(vec![7; len]))).err();
        assert_eq!(length(Some(32)), None);
        assert_eq!(length(Some(31)), Some(Unusable::Length(31)));
        assert_eq!(length(Some(0)), Some(Unusable::Length(0)));
        assert_eq!(length(None), Some(Unusable::NoPlaintext));
    }
}
