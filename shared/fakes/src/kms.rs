//! A key service without a network.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::digest::{SHA256, digest};
use openslot_usecases::keyring::DataKey;
use openslot_usecases::ports::{Failure, KeyPurpose, NewDataKey, UnwrapDataKey};

/// Wraps data keys with AES-256-GCM under a key that follows from a seed; the purpose is authenticated, as in KMS
/// the encryption context is. Two of one seed open each other's keys, and make the same; clones are one service.
#[derive(Clone)]
pub struct FakeKms {
    seed: u64,
    made: Arc<AtomicU64>,
    opened: Arc<AtomicU64>,
}

impl FakeKms {
    /// A key service that follows from a seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, made: Arc::default(), opened: Arc::default() }
    }

    /// How many data keys it has made.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::SeqCst)
    }

    /// How often it was asked to open one.
    pub fn opened(&self) -> u64 {
        self.opened.load(Ordering::SeqCst)
    }

    fn master(&self) -> LessSafeKey {
        let bytes = self.derived("master", 0);
        LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes).expect("32 bytes are an AES-256 key"))
    }

    fn derived(&self, what: &str, number: u64) -> [u8; 32] {
        let text = format!("openslot fake kms {what} {} {number}", self.seed);
        digest(&SHA256, text.as_bytes()).as_ref().try_into().expect("SHA-256 has 32 bytes")
    }
}

const NONCE_LEN: usize = 12;

/// Every key of a seed has its own number, so no nonce comes twice.
fn nonce(number: u64) -> [u8; NONCE_LEN] {
    let mut nonce = [0; NONCE_LEN];
    nonce[4..].copy_from_slice(&number.to_be_bytes());
    nonce
}

impl NewDataKey for FakeKms {
    async fn new_data_key(&self, purpose: KeyPurpose) -> Result<(DataKey, Vec<u8>), Failure> {
        let number = self.made.fetch_add(1, Ordering::SeqCst);
        let plain = self.derived("data key", number);
        let nonce = nonce(number);
        let mut sealed = plain.to_vec();
        let context = Aad::from(purpose.as_str());
        self.master()
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), context, &mut sealed)
            .expect("32 bytes can be sealed");
        Ok((DataKey::new(plain), [&nonce[..], &sealed].concat()))
    }
}

impl UnwrapDataKey for FakeKms {
    async fn unwrap_data_key(&self, purpose: KeyPurpose, blob: &[u8]) -> Result<DataKey, Failure> {
        self.opened.fetch_add(1, Ordering::SeqCst);
        let refused = || Failure::never("the blob was not wrapped for this purpose");
        let (nonce, sealed) = blob.split_first_chunk::<NONCE_LEN>().ok_or_else(refused)?;
        let mut sealed = sealed.to_vec();
        let context = Aad::from(purpose.as_str());
        let plain = self.master().open_in_place(Nonce::assume_unique_for_key(*nonce), context, &mut sealed);
        let plain: [u8; 32] = (&*plain.map_err(|_| refused())?).try_into().map_err(|_| refused())?;
        Ok(DataKey::new(plain))
    }
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;

    use super::*;

    #[test]
    fn a_key_opens_for_its_purpose_only() {
        let kms = FakeKms::new(1);
        let (key, blob): (DataKey, Vec<u8>) = block_on(kms.new_data_key(KeyPurpose::ManageLinks)).unwrap();
        let opened = block_on(kms.unwrap_data_key(KeyPurpose::ManageLinks, &blob)).unwrap();
        assert_eq!(key.mac(&[b"text"]), opened.mac(&[b"text"]));
        assert!(block_on(kms.unwrap_data_key(KeyPurpose::GuestRows, &blob)).is_err());
        for place in 0..blob.len() {
            let mut tampered = blob.clone();
            tampered[place] ^= 1;
            assert!(
                block_on(kms.unwrap_data_key(KeyPurpose::ManageLinks, &tampered)).is_err(),
                "byte {place}"
            );
        }
        assert!(block_on(kms.unwrap_data_key(KeyPurpose::ManageLinks, &blob[..11])).is_err());
    }

    #[test]
    fn every_key_differs() {
        let kms = FakeKms::new(1);
        let (one, _) = block_on(kms.new_data_key(KeyPurpose::ManageLinks)).unwrap();
        let (other, _) = block_on(kms.new_data_key(KeyPurpose::ManageLinks)).unwrap();
        assert_ne!(one.mac(&[b"text"]), other.mac(&[b"text"]));
        assert_eq!(kms.made(), 2);
    }
}
