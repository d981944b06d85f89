//! Limit counters: one write each, so that a limit is exact however many ask at once.

use openslot_domain::limits::Limit;
use openslot_usecases::ports::{Counted, CounterKey, Failure, GiveBackQuota, TakeQuota};

use crate::call::{Change, Guard, number};
use crate::keys;
use crate::table::Table;

/// A counter stays so long after its window, in seconds, for whoever wants to know; no rule reads it then.
const KEPT_SECS: i64 = 24 * 60 * 60;

impl TakeQuota for Table {
    async fn take_quota(&self, key: &CounterKey, limit: Limit) -> Result<Counted, Failure> {
        if limit.most == 0 {
            return Ok(Counted::Over);
        }
        let expires = key.window.timestamp() + i64::from(limit.window_secs) + KEPT_SECS;
        let text = "ADD n :one SET #ttl = :ttl";
        let change = Change { text, values: vec![(":one", number(1)), (":ttl", number(expires))] };
        let room = Guard::when("attribute_not_exists(n) OR n < :most", vec![(":most", number(limit.most))]);
        match self.update(keys::counter(key), change, room).await {
            Ok(()) => Ok(Counted::Within),
            Err(error) if error.is_refused() => Ok(Counted::Over),
            Err(error) => Err(error.into()),
        }
    }
}

impl GiveBackQuota for Table {
    async fn give_back_quota(&self, key: &CounterKey) -> Result<(), Failure> {
        let change = Change { text: "ADD n :less", values: vec![(":less", number(-1))] };
        let counted = Guard::when("n > :none", vec![(":none", number(0))]);
        // Not repeated: one uncounted twice would let somebody through.
        match self.update_once(keys::counter(key), change, counted).await {
            Ok(()) => Ok(()),
            Err(error) if error.is_refused() => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
