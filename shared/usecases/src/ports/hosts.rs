//! Hosts and their days.

use std::future::Future;

use chrono::NaiveDate;
use openslot_domain::host::{Host, HostSnapshot};
use openslot_domain::ids::HostId;

use super::Failure;

/// How fresh a read must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consistency {
    /// Every write acknowledged before the read is seen.
    Strong,
    /// May lag a moment behind; half the price.
    Eventual,
}

/// Whether a conditional save found what it expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Written.
    Done,
    /// Somebody else wrote first; nothing was changed.
    Overtaken,
}

/// Reads a host's settings and days in one call.
pub trait ReadHost {
    /// The host with its days from the UTC date `from` on, or `None` when there is no such host.
    ///
    /// Only read-committed as a whole: days and settings may stem from different moments, which is why a
    /// booking relies on every version it read. Reads only.
    fn read_host(
        &self,
        host: &HostId,
        from: NaiveDate,
        consistency: Consistency,
    ) -> impl Future<Output = Result<Option<HostSnapshot>, Failure>> + Send;
}

/// Writes a host's settings.
pub trait SaveHost {
    /// Writes the settings and moves the fence, in one transaction, if their version is still `read`
    /// (`None`: the host is new); they get the version `read + 1`, or 1.
    ///
    /// Once it answers [`Saved::Done`], no booking that was decided on older settings commits. Repeating a
    /// save that was applied answers [`Saved::Overtaken`].
    fn save_host(
        &self,
        host: &Host,
        read: Option<u64>,
    ) -> impl Future<Output = Result<Saved, Failure>> + Send;
}
