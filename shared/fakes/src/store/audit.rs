//! Everything in memory, for an operator's tool.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use openslot_domain::booking::{Booking, DayWrite};
use openslot_domain::effects::{Effect, EffectKey};
use openslot_domain::host::HostDay;
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{
    DropGuest, EveryBooking, EveryEffect, EveryGuest, EverySettings, Failure, ListHosts, MendDay,
    MendSettings, Named, OweEffect, PutGuest, ReadDays, Saved, Settings,
};

use super::MemoryStore;
use crate::contents::{Contents, as_stored};

impl ListHosts for MemoryStore {
    async fn list_hosts(&self) -> Result<Vec<HostId>, Failure> {
        Ok(self.look(|contents| contents.listed_hosts.iter().cloned().collect()))
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

impl EveryEffect for MemoryStore {
    async fn every_effect(&self) -> Result<Vec<EffectKey>, Failure> {
        Ok(self.look(|contents| contents.effects.keys().chain(contents.parked.keys()).cloned().collect()))
    }
}

impl OweEffect for MemoryStore {
    async fn owe_effect(&self, key: &EffectKey) -> Result<Saved, Failure> {
        Ok(self.tamper(|contents| {
            if contents.effects.contains_key(&as_stored(key)) {
                return Saved::Overtaken;
            }
            contents.owe(Effect::owed(key.clone()));
            Saved::Done
        }))
    }
}

impl EveryGuest for MemoryStore {
    async fn every_guest(&self) -> Result<Vec<(AddressMac, BookingId)>, Failure> {
        Ok(self.look(|contents| contents.guests.iter().copied().collect()))
    }
}

impl PutGuest for MemoryStore {
    async fn put_guest(&self, address: &AddressMac, booking: &BookingId) -> Result<(), Failure> {
        self.tamper(|contents| contents.guests.insert((*address, *booking)));
        Ok(())
    }
}

impl DropGuest for MemoryStore {
    async fn drop_guest(&self, address: &AddressMac, booking: &BookingId) -> Result<(), Failure> {
        self.tamper(|contents| contents.guests.remove(&(*address, *booking)));
        Ok(())
    }
}

impl EverySettings for MemoryStore {
    async fn every_settings(&self) -> Result<Vec<Settings>, Failure> {
        Ok(self.look(|contents| {
            let hosts = contents.hosts.keys().chain(contents.fences.keys()).chain(&contents.listed_hosts);
            let hosts: BTreeSet<&HostId> = hosts.collect();
            let types = contents.meeting_types.keys().chain(contents.listed_types.keys());
            let types: BTreeSet<&Slug> = types.collect();
            let hosts = hosts.into_iter().map(|host| settings_of_host(contents, host));
            hosts.chain(types.into_iter().map(|slug| settings_of_type(contents, slug))).collect()
        }))
    }
}

fn settings_of_host(contents: &Contents, host: &HostId) -> Settings {
    let version = contents.hosts.get(host).map(|stored| stored.version);
    let is_listed = contents.listed_hosts.contains(host);
    let is_whole = contents.fences.get(host).copied() == version && is_listed == version.is_some();
    Settings { of: Named::Host(host.clone()), version, is_whole }
}

fn settings_of_type(contents: &Contents, slug: &Slug) -> Settings {
    let version = contents.meeting_types.get(slug).map(|stored| stored.version);
    let is_whole = contents.listed_types.contains_key(slug) == version.is_some();
    Settings { of: Named::MeetingType(slug.clone()), version, is_whole }
}

impl MendSettings for MemoryStore {
    async fn mend_settings(&self, read: &Settings) -> Result<Saved, Failure> {
        Ok(self.tamper(|contents| match &read.of {
            Named::Host(host) if settings_of_host(contents, host).version == read.version => {
                contents.fences.remove(host);
                contents.listed_hosts.remove(host);
                contents.fences.extend(read.version.map(|version| (host.clone(), version)));
                contents.listed_hosts.extend(read.version.map(|_| host.clone()));
                Saved::Done
            }
            Named::MeetingType(slug) if settings_of_type(contents, slug).version == read.version => {
                contents.listed_types.remove(slug);
                let found = contents.meeting_types.get(slug).map(|found| (slug.clone(), found.title.clone()));
                contents.listed_types.extend(found);
                Saved::Done
            }
            Named::Host(_) | Named::MeetingType(_) => Saved::Overtaken,
        }))
    }
}
