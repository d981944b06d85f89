//! The real clock, real waiting, real chance: the one place of each.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use openslot_usecases::ports::{Clock, Entropy, Pause};

/// The machine this runs on.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemWorld;

impl Clock for SystemWorld {
    #[expect(clippy::disallowed_methods, reason = "this is the port through which the clock is read")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(3)
    }
}

impl Pause for SystemWorld {
    #[expect(clippy::disallowed_methods, reason = "this is the port through which one waits")]
    async fn pause(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

impl Entropy for SystemWorld {
    #[expect(clippy::disallowed_methods, reason = "this is the port through which randomness comes")]
    fn fill(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes).expect("the system's generator is seeded before the program starts");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_shows_whole_milliseconds() {
        let now = SystemWorld.now();
        assert_eq!(now, now.trunc_subsecs(3));
    }

    #[test]
    fn no_two_draws_are_alike() {
        let draw = || {
            let mut bytes = [0; 16];
            SystemWorld.fill(&mut bytes);
            bytes
        };
        assert_ne!(draw(), draw());
    }
}
