//! What an operator's tool may do and no function may: look at everything, and put it right.

use std::collections::BTreeMap;
use std::future::Future;

use chrono::NaiveDate;
use openslot_domain::booking::{Booking, DayWrite};
use openslot_domain::effects::EffectKey;
use openslot_domain::host::HostDay;
use openslot_domain::ids::{BookingId, HostId, Slug};

use super::{Failure, Saved};
use crate::keyring::AddressMac;

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

/// Reads all owed work, whenever it is due.
pub trait EveryEffect {
    /// The keys of all work that stands in a queue or was set aside. Strongly consistent for what nobody writes
    /// meanwhile; reads only.
    fn every_effect(&self) -> impl Future<Output = Result<Vec<EffectKey>, Failure>> + Send;
}

/// Puts work that was lost back into its queue.
pub trait OweEffect {
    /// Puts it there as never tried, owed from when it is due; [`Saved::Overtaken`] if it stands there. Safe to
    /// repeat.
    fn owe_effect(&self, key: &EffectKey) -> impl Future<Output = Result<Saved, Failure>> + Send;
}

/// Reads all guest rows.
pub trait EveryGuest {
    /// By which addresses which bookings are found, each as it stood at some moment after the call. Reads the whole
    /// table, page by page; reads only.
    fn every_guest(&self) -> impl Future<Output = Result<Vec<(AddressMac, BookingId)>, Failure>> + Send;
}

/// Makes a booking findable.
pub trait PutGuest {
    /// Lets the booking be found by the address. Safe to repeat.
    fn put_guest(
        &self,
        address: &AddressMac,
        booking: &BookingId,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Makes a booking no longer findable.
pub trait DropGuest {
    /// Lets the booking be found by the address no longer. Safe to repeat.
    fn drop_guest(
        &self,
        address: &AddressMac,
        booking: &BookingId,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Who or what has settings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A host.
    Host(HostId),
    /// A meeting type.
    MeetingType(Slug),
}

/// Settings, and whether the rows beside them are as they were written with them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Settings {
    /// Whose.
    pub of: Named,
    /// Their version; `None` where only rows beside them stand.
    pub version: Option<u64>,
    /// Whether a host's fence shows that version, and the directory names it; without settings, that neither does.
    pub is_whole: bool,
}

/// Reads all settings.
pub trait EverySettings {
    /// Of every host and every meeting type, by name; what is written meanwhile may look as if it were not whole.
    /// Reads the whole table, page by page; reads only.
    fn every_settings(&self) -> impl Future<Output = Result<Vec<Settings>, Failure>> + Send;
}

/// Puts the rows beside settings right.
pub trait MendSettings {
    /// Writes fence and directory as the settings want them, or removes both where there are no settings, if the
    /// settings have the version that was read; otherwise [`Saved::Overtaken`], and nothing is written. Safe to
    /// repeat.
    fn mend_settings(&self, read: &Settings) -> impl Future<Output = Result<Saved, Failure>> + Send;
}
