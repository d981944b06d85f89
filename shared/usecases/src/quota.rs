//! Taking from the limit counters, and giving back.

use chrono::{DateTime, Utc};
use openslot_domain::ids::HostId;
use openslot_domain::limits::{Limits, Scope};
use openslot_domain::text::EmailAddress;

use crate::keyring::{CounterMac, DataKey};
use crate::ports::{Counted, CounterKey, Failure, GiveBackQuota, TakeQuota};

/// What was taken for one booking.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    hosts: Vec<HostId>,
    keys: Vec<CounterKey>,
}

/// A limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reached {
    pub(crate) retry_after_secs: u32,
}

/// The counters of this moment.
pub(crate) struct Quota<'a, S> {
    pub(crate) store: &'a S,
    pub(crate) key: DataKey,
    pub(crate) limits: &'a Limits,
    pub(crate) now: DateTime<Utc>,
}

impl<S: TakeQuota + GiveBackQuota + Sync> Quota<'_, S> {
    /// Counts one request from a network address.
    pub(crate) async fn arrive(&self, address: &str) -> Result<Result<(), Reached>, Failure> {
        self.take(&self.counter(Scope::Address, &[address])).await
    }

    /// Counts one booking of `hosts` with `recipients`, or nothing. Keeps what is already taken for the same hosts.
    pub(crate) async fn book(
        &self,
        taken: &mut Taken,
        hosts: &[HostId],
        recipients: &[EmailAddress],
    ) -> Result<Result<(), Reached>, Failure> {
        if taken.hosts == hosts {
            return Ok(Ok(()));
        }
        self.let_go(taken).await;
        for key in self.counters(hosts, recipients) {
            if let Err(reached) = self.take(&key).await? {
                self.let_go(taken).await;
                return Ok(Err(reached));
            }
            taken.keys.push(key);
        }
        taken.hosts = hosts.to_vec();
        Ok(Ok(()))
    }

    /// Uncounts all that was taken. What cannot be uncounted stays counted until its window ends: one too many is
    /// no reason to fail a request.
    pub(crate) async fn let_go(&self, taken: &mut Taken) {
        taken.hosts.clear();
        while let Some(key) = taken.keys.pop() {
            if let Err(failure) = self.store.give_back_quota(&key).await {
                tracing::warn!(error = %failure.cause(), "a counter stays one too high");
            }
        }
    }

    fn counters(&self, hosts: &[HostId], recipients: &[EmailAddress]) -> Vec<CounterKey> {
        let mut keys: Vec<CounterKey> =
            hosts.iter().map(|host| self.counter(Scope::Host, &[host.as_str()])).collect();
        for recipient in recipients {
            let address = recipient.mailbox();
            keys.push(self.counter(Scope::Recipient, &[&address]));
            let at_host = |host: &HostId| self.counter(Scope::RecipientAtHost, &[&address, host.as_str()]);
            keys.extend(hosts.iter().map(at_host));
        }
        keys
    }

    fn counter(&self, scope: Scope, subject: &[&str]) -> CounterKey {
        let mut parts = vec![scope.as_str().as_bytes()];
        parts.extend(subject.iter().map(|part| part.as_bytes()));
        let window = self.limits.of(scope).window_start(self.now);
        CounterKey { scope, subject: CounterMac(self.key.mac(&parts)), window }
    }

    async fn take(&self, key: &CounterKey) -> Result<Result<(), Reached>, Failure> {
        let limit = self.limits.of(key.scope);
        Ok(match self.store.take_quota(key, limit).await? {
            Counted::Within => Ok(()),
            Counted::Over => Err(Reached { retry_after_secs: limit.retry_after_secs(self.now) }),
        })
    }
}
