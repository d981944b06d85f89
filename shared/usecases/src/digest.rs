//! Fingerprints of requests.

use aws_lc_rs::digest::{Context, SHA256};
use openslot_domain::booking::OperationKey;
use openslot_domain::ids::{BookingId, Slug};

/// The booking that a request under this key makes: the first 16 bytes of SHA-256 over both parts, each behind
/// its length, so that no other pair of parts reads alike.
pub(crate) fn booking_id(meeting_type: &Slug, idempotency_key: &str) -> BookingId {
    let digest = sha256(&[meeting_type.as_str().as_bytes(), idempotency_key.as_bytes()]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    BookingId::from_bytes(bytes)
}

/// How a booking remembers a request to change it. Requests are the same if verb, key and body are.
pub(crate) fn operation(verb: &str, id: &BookingId, idempotency_key: &str, canonical: &[u8]) -> OperationKey {
    let key = sha256(&[id.as_bytes(), idempotency_key.as_bytes()]);
    let request = sha256(&[verb.as_bytes(), id.as_bytes(), idempotency_key.as_bytes(), canonical]);
    OperationKey::of(&key, &request)
}

/// SHA-256 (FIPS 180-4) over length-prefixed parts.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut digest = [0; 32];
    digest.copy_from_slice(context.finish().as_ref());
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_verb_key_and_body() {
        let id = BookingId::from_bytes([7; 16]);
        let first = operation("cancel", &id, "key-00001", b"{}");
        assert_eq!(operation("cancel", &id, "key-00001", b"{}"), first);
        for other in [
            operation("reschedule", &id, "key-00001", b"{}"),
            operation("cancel", &id, "key-00001", b"{\"reason\":\"ill\"}"),
            operation("cancel", &id, "key-00002", b"{}"),
            operation("cancel", &BookingId::from_bytes([8; 16]), "key-00001", b"{}"),
        ] {
            assert_ne!(other, first);
        }
    }

    #[test]
    fn no_two_pairs_read_alike() {
        let id = |slug: &str, key: &str| booking_id(&slug.parse().unwrap(), key);
        assert_eq!(id("demo", "key-00001"), id("demo", "key-00001"));
        assert_ne!(id("demo", "key-00001"), id("dem", "okey-00001"));
        assert_ne!(id("demo", "key-00001"), id("demo", "key-00002"));
    }
}
