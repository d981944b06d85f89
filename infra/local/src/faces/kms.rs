//! KMS: one symmetric key, `GenerateDataKey` and `Decrypt`.

use std::collections::BTreeMap;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use openslot_usecases::ports::Entropy;
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::json::{Fault, read};

/// The name of the one key.
pub(crate) const KEY_ARN: &str = "arn:aws:kms:us-east-1:000000000000:key/openslot-local";

/// What every blob of this face starts with.
const MAGIC: &[u8] = b"openslot-local-1";

type Context = BTreeMap<String, String>;

/// The key that wraps.
pub(crate) struct LocalKms {
    key: RandomizedNonceKey,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct GenerateDataKey {
    key_id: String,
    key_spec: Option<String>,
    number_of_bytes: Option<usize>,
    #[serde(default)]
    encryption_context: Context,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Decrypt {
    ciphertext_blob: String,
    key_id: Option<String>,
    #[serde(default)]
    encryption_context: Context,
}

impl LocalKms {
    /// Wraps under these bytes.
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        let key = RandomizedNonceKey::new(&AES_256_GCM, key).expect("an AES-256 key has 32 bytes");
        Self { key }
    }

    pub(super) fn generate_data_key(&self, body: Value, chance: &impl Entropy) -> Result<Value, Fault> {
        let wanted: GenerateDataKey = read(body)?;
        known(&wanted.key_id)?;
        let mut plain = Zeroizing::new(vec![0; wanted.bytes()?]);
        chance.fill(&mut plain);
        let blob = self.wrap(&plain, &wanted.encryption_context)?;
        Ok(json!({
            "CiphertextBlob": STANDARD.encode(blob),
            "Plaintext": STANDARD.encode(&*plain),
            "KeyId": KEY_ARN,
        }))
    }

    pub(super) fn decrypt(&self, body: Value) -> Result<Value, Fault> {
        let wanted: Decrypt = read(body)?;
        wanted.key_id.as_deref().map_or(Ok(()), known)?;
        // KMS does not say whether blob or context is at fault, and neither is said here.
        let refused =
            || Fault::new("InvalidCiphertextException", "the ciphertext and its context do not open");
        let blob = STANDARD.decode(wanted.ciphertext_blob).map_err(|_| refused())?;
        let plain = self.open(&blob, &wanted.encryption_context).ok_or_else(refused)?;
        Ok(json!({
            "Plaintext": STANDARD.encode(&*plain),
            "KeyId": KEY_ARN,
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        }))
    }

    fn wrap(&self, plain: &[u8], context: &Context) -> Result<Vec<u8>, Fault> {
        let mut sealed = plain.to_vec();
        let nonce = self.key.seal_in_place_append_tag(Aad::from(canonical(context)), &mut sealed);
        let nonce = nonce.map_err(|error| Fault::internal(&error))?;
        Ok([MAGIC, nonce.as_ref(), &sealed].concat())
    }

    fn open(&self, blob: &[u8], context: &Context) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = blob.strip_prefix(MAGIC)?.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut sealed = Zeroizing::new(sealed.to_vec());
        let len = self.key.open_in_place(nonce, Aad::from(canonical(context)), &mut sealed).ok()?.len();
        sealed.truncate(len);
        Some(sealed)
    }
}

impl GenerateDataKey {
    fn bytes(&self) -> Result<usize, Fault> {
        match (self.key_spec.as_deref(), self.number_of_bytes) {
            (Some("AES_256"), None) => Ok(32),
            (Some("AES_128"), None) => Ok(16),
            (None, Some(bytes)) if (1..=1024).contains(&bytes) => Ok(bytes),
            (Some(_) | None, Some(_) | None) => {
                Err(Fault::new("ValidationException", "name either KeySpec or NumberOfBytes, from 1 to 1024"))
            }
        }
    }
}

fn known(key_id: &str) -> Result<(), Fault> {
    let id = KEY_ARN.rsplit('/').next();
    if key_id == KEY_ARN || Some(key_id) == id {
        Ok(())
    } else {
        Err(Fault::new("NotFoundException", format!("there is no key {key_id:?} here")))
    }
}

/// The context as additional data: its order does not matter, and no two contexts read alike.
fn canonical(context: &Context) -> Vec<u8> {
    let mut bytes = KEY_ARN.as_bytes().to_vec();
    for text in context.iter().flat_map(|(name, value)| [name, value]) {
        bytes.extend((text.len() as u64).to_be_bytes());
        bytes.extend(text.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::LocalWorld;

    fn kms() -> LocalKms {
        LocalKms::new(&[7; 32])
    }

    fn wrapped(context: &Value) -> (Value, Value) {
        let body = json!({ "KeyId": KEY_ARN, "KeySpec": "AES_256", "EncryptionContext": context });
        let made = kms().generate_data_key(body, &LocalWorld::default()).unwrap();
        (made["CiphertextBlob"].clone(), made["Plaintext"].clone())
    }

    fn opened(blob: &Value, context: &Value) -> Result<Value, &'static str> {
        let body = json!({ "CiphertextBlob": blob, "KeyId": KEY_ARN, "EncryptionContext": context });
        kms().decrypt(body).map(|opened| opened["Plaintext"].clone()).map_err(|fault| fault.code)
    }

    #[test]
    fn a_data_key_opens_under_its_own_context_only() {
        let context = json!({ "app": "openslot", "purpose": "manage-links" });
        let (blob, plain) = wrapped(&context);
        assert_eq!(STANDARD.decode(plain.as_str().unwrap()).unwrap().len(), 32);
        assert_eq!(opened(&blob, &context), Ok(plain.clone()));
        assert_eq!(opened(&blob, &json!({ "purpose": "manage-links", "app": "openslot" })), Ok(plain));
        let others =
            [json!({}), json!({ "app": "openslot" }), json!({ "app": "openslot", "purpose": "guest-rows" })];
        for other in others {
            assert_eq!(opened(&blob, &other), Err("InvalidCiphertextException"), "{other}");
        }
        let moved = json!({ "app": "openslotpurpose", "": "manage-links" });
        assert_eq!(opened(&blob, &moved), Err("InvalidCiphertextException"));
    }

    #[test]
    fn no_byte_of_a_blob_may_change() {
        let context = json!({ "app": "openslot" });
        let (blob, _) = wrapped(&context);
        let blob = STANDARD.decode(blob.as_str().unwrap()).unwrap();
        for place in 0..blob.len() {
            let mut tampered = blob.clone();
            tampered[place] ^= 1;
            let tampered = Value::from(STANDARD.encode(tampered));
            assert_eq!(opened(&tampered, &context), Err("InvalidCiphertextException"), "byte {place}");
        }
        for len in [0, 1, MAGIC.len(), MAGIC.len() + NONCE_LEN, blob.len() - 1] {
            let cut = Value::from(STANDARD.encode(&blob[..len]));
            assert_eq!(opened(&cut, &context), Err("InvalidCiphertextException"), "{len} bytes");
        }
    }

    #[test]
    fn only_the_one_key_is_known() {
        let body = json!({ "KeyId": "alias/other", "KeySpec": "AES_256" });
        let refused = kms().generate_data_key(body, &LocalWorld::default()).unwrap_err();
        assert_eq!(refused.code, "NotFoundException");
        let body = json!({ "KeyId": KEY_ARN });
        let refused = kms().generate_data_key(body, &LocalWorld::default()).unwrap_err();
        assert_eq!(refused.code, "ValidationException");
    }
}
