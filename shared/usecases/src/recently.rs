//! What was read a moment ago and need not be read again.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// The most values kept, so that made-up names cannot fill the memory.
const KEPT_MAX: usize = 256;

/// Values that were read less than `keep` ago.
pub struct Recently<K, V> {
    keep: TimeDelta,
    kept: Mutex<BTreeMap<K, (DateTime<Utc>, V)>>,
}

impl<K: Ord + Clone, V: Clone> Recently<K, V> {
    /// Keeps values for `keep`.
    pub fn new(keep: TimeDelta) -> Self {
        Self { keep, kept: Mutex::new(BTreeMap::new()) }
    }

    /// The value, if it was put less than `keep` before `now`.
    pub fn get(&self, key: &K, now: DateTime<Utc>) -> Option<V> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (put_at, value) = kept.get(key)?;
        // A clock that was set back must not keep a value for ever.
        ((now - *put_at).abs() < self.keep).then(|| value.clone())
    }

    /// Remembers a value read at `now`.
    pub fn put(&self, key: K, value: V, now: DateTime<Utc>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(key, (now, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_kept_for_its_time_and_no_longer() {
        let recently = Recently::new(TimeDelta::seconds(5));
        let now: DateTime<Utc> = "2026-11-22T10:00:00Z".parse().unwrap();
        recently.put("a", 1, now);
        assert_eq!(recently.get(&"a", now + TimeDelta::milliseconds(4999)), Some(1));
        assert_eq!(recently.get(&"a", now + TimeDelta::seconds(5)), None);
        assert_eq!(recently.get(&"a", now - TimeDelta::seconds(5)), None);
        assert_eq!(recently.get(&"b", now), None);
    }
}
