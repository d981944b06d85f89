//! Fingerprints of requests.

use aws_lc_rs::digest::{Context, SHA256};
use openslot_domain::ids::{BookingId, Slug};

/// The booking that a request under this key makes: the first 16 bytes of SHA-256 over both parts, each behind
/// its length, so that no other pair of parts reads alike.
pub(crate) fn booking_id(meeting_type: &Slug, idempotency_key: &str) -> BookingId {
    let digest = sha256(&[meeting_type.as_str().as_bytes(), idempotency_key.as_bytes()]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    BookingId::from_bytes(bytes)
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
    fn no_two_pairs_read_alike() {
        let id = |slug: &str, key: &str| booking_id(&slug.parse().unwrap(), key);
        assert_eq!(id("demo", "key-00001"), id("demo", "key-00001"));
        assert_ne!(id("demo", "key-00001"), id("dem", "okey-00001"));
        assert_ne!(id("demo", "key-00001"), id("demo", "key-00002"));
    }
}
