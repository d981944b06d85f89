//! Chance that can be repeated.

use std::sync::{Mutex, PoisonError};

use openslot_usecases::ports::Entropy;

/// Bytes that follow from a seed, by `SplitMix64`: the same seed, the same bytes. Anybody can foresee them.
#[derive(Debug)]
pub struct Seeded {
    state: Mutex<u64>,
}

impl Seeded {
    /// Chance from a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: Mutex::new(seed) }
    }

    /// The next 64 bits.
    pub fn next(&self) -> u64 {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_published_numbers() {
        // The first outputs of SplitMix64 for the seed 1234567, as its authors' reference gives them.
        let chance = Seeded::new(1_234_567);
        let found = [chance.next(), chance.next(), chance.next()];
        assert_eq!(found, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn every_byte_is_filled() {
        let mut bytes = [0; 13];
        Seeded::new(1).fill(&mut bytes);
        assert!(bytes[8..].iter().any(|byte| *byte != 0));
    }
}
