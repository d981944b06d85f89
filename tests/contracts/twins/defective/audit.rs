//! What an operator's tool asks of such a store.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use openslot_domain::booking::{Booking, DayWrite};
use openslot_domain::host::HostDay;
use openslot_domain::ids::HostId;
use openslot_usecases::ports::{EveryBooking, Failure, ListHosts, MendDay, ReadDays, Saved};

use super::{Defect, Defective};

impl ListHosts for Defective {
    async fn list_hosts(&self) -> Result<Vec<HostId>, Failure> {
        let mut hosts = self.inner.list_hosts().await?;
        if self.has(Defect::ListsOneHost) {
            hosts.truncate(1);
        }
        Ok(hosts)
    }
}

impl ReadDays for Defective {
    async fn read_days(
        &self,
        host: &HostId,
        from: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, HostDay>, Failure> {
        let mut days = self.inner.read_days(host, from).await?;
        days.retain(|date, _| *date > from || !self.has(Defect::SkipsFirstDay));
        Ok(days)
    }
}

impl EveryBooking for Defective {
    async fn every_booking(&self) -> Result<Vec<Booking>, Failure> {
        let mut bookings = self.inner.every_booking().await?;
        if self.has(Defect::ReadsOnePage) {
            bookings.truncate(3);
        }
        Ok(bookings)
    }
}

impl MendDay for Defective {
    async fn mend_day(&self, write: &DayWrite) -> Result<Saved, Failure> {
        let mut write = write.clone();
        if self.has(Defect::MendsBlindly) {
            self.inner.look(|contents| super::days_again(std::slice::from_mut(&mut write), contents));
        }
        self.inner.mend_day(&write).await
    }
}
