//! What an operator's tool may do and no function may: look at everything, and put days right.

use std::collections::BTreeMap;
use std::future::Future;

use chrono::NaiveDate;
use openslot_domain::booking::{Booking, DayWrite};
use openslot_domain::host::HostDay;
use openslot_domain::ids::HostId;

use super::{Failure, Saved};

/// Names every host.
pub trait ListHosts {
    /// The ids of all hosts, in order. Strongly consistent; reads only.
    fn list_hosts(&self) -> impl Future<Output = Result<Vec<HostId>, Failure>> + Send;
}

/// Reads a host's days, and nothing else of the host.
pub trait ReadDays {
    /// The days from the UTC date `from` on; none where there is no such host. Strongly consistent; reads only.
    fn read_days(
        &self,
        host: &HostId,
        from: NaiveDate,
    ) -> impl Future<Output = Result<BTreeMap<NaiveDate, HostDay>, Failure>> + Send;
}

/// Reads all bookings, however long that takes.
pub trait EveryBooking {
    /// Every booking there is, as each stood at some moment after the call: those that are made or changed
    /// meanwhile may be old or missing. Reads the whole table, page by page; reads only.
    fn every_booking(&self) -> impl Future<Output = Result<Vec<Booking>, Failure>> + Send;
}

/// Puts a host-day right.
pub trait MendDay {
    /// Writes the day if it has the version that was read; otherwise [`Saved::Overtaken`], and nothing is written.
    ///
    /// Bookings under way that have read the day lose their race and read again. A [`Failure`] leaves open whether
    /// it was applied. Safe to repeat: a second write of an applied one answers [`Saved::Overtaken`].
    fn mend_day(&self, write: &DayWrite) -> impl Future<Output = Result<Saved, Failure>> + Send;
}
