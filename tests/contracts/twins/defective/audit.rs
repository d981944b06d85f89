//! What an operator's tool asks of such a store.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use openslot_domain::booking::{Booking, DayWrite};
use openslot_domain::effects::{EffectKey, Queue};
use openslot_domain::host::HostDay;
use openslot_domain::ids::{BookingId, HostId};
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{
    EveryBooking, EveryEffect, EveryGuest, EverySettings, Failure, ListHosts, MendDay, MendSettings,
    OweEffect, PutErasure, ReadDays, Saved, Settings,
};

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

impl EveryEffect for Defective {
    async fn every_effect(&self) -> Result<Vec<EffectKey>, Failure> {
        let mut keys = self.inner.every_effect().await?;
        keys.retain(|key| key.queue() == Queue::Owed || !self.has(Defect::SkipsReminders));
        Ok(keys)
    }
}

impl OweEffect for Defective {
    async fn owe_effect(&self, key: &EffectKey) -> Result<Saved, Failure> {
        if self.has(Defect::OwesBlindly) {
            self.inner.tamper(|contents| contents.effects.remove(key));
        }
        self.inner.owe_effect(key).await
    }
}

impl EveryGuest for Defective {
    async fn every_guest(&self) -> Result<Vec<(AddressMac, BookingId)>, Failure> {
        let mut guests = self.inner.every_guest().await?;
        if self.has(Defect::ReadsOneGuest) {
            guests.truncate(1);
        }
        Ok(guests)
    }
}

impl EverySettings for Defective {
    async fn every_settings(&self) -> Result<Vec<Settings>, Failure> {
        let mut all = self.inner.every_settings().await?;
        for found in &mut all {
            found.is_whole |= self.has(Defect::CallsAllWhole);
        }
        Ok(all)
    }
}

impl MendSettings for Defective {
    async fn mend_settings(&self, read: &Settings) -> Result<Saved, Failure> {
        if self.has(Defect::KeepsLeftovers) && read.version.is_none() {
            return Ok(Saved::Done);
        }
        let found = self.inner.every_settings().await?.into_iter().find(|found| found.of == read.of);
        let now = found.filter(|_| self.has(Defect::MendsSettingsBlindly));
        self.inner.mend_settings(&now.unwrap_or_else(|| read.clone())).await
    }
}

impl PutErasure for Defective {
    async fn put_erasure(&self, address: &AddressMac, at: DateTime<Utc>) -> Result<(), Failure> {
        if self.has(Defect::KeepsFirstNote)
            && self.inner.look(|contents| contents.erasures.contains_key(address))
        {
            return Ok(());
        }
        self.inner.put_erasure(address, at).await
    }
}
