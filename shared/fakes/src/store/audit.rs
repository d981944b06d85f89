//! Everything in memory, for an operator's tool.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use openslot_domain::booking::{Booking, DayWrite};
use openslot_domain::host::HostDay;
use openslot_domain::ids::HostId;
use openslot_usecases::ports::{EveryBooking, Failure, ListHosts, MendDay, ReadDays, Saved};

use super::MemoryStore;

impl ListHosts for MemoryStore {
    async fn list_hosts(&self) -> Result<Vec<HostId>, Failure> {
        Ok(self.look(|contents| contents.hosts.keys().cloned().collect()))
    }
}

impl ReadDays for MemoryStore {
    async fn read_days(
        &self,
        host: &HostId,
        from: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, HostDay>, Failure> {
        let range = (host.clone(), from)..=(host.clone(), NaiveDate::MAX);
        Ok(self.look(|contents| {
            contents.days.range(range).map(|((_, date), day)| (*date, day.clone())).collect()
        }))
    }
}

impl EveryBooking for MemoryStore {
    async fn every_booking(&self) -> Result<Vec<Booking>, Failure> {
        Ok(self.look(|contents| contents.bookings.values().cloned().collect()))
    }
}

impl MendDay for MemoryStore {
    async fn mend_day(&self, write: &DayWrite) -> Result<Saved, Failure> {
        Ok(self.tamper(|contents| contents.mend(write)))
    }
}
