//! Erasures in memory.

use chrono::{DateTime, Utc};
use openslot_domain::ids::BookingId;
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{EveryErasure, Failure, FindGuest, PutErasure};

use super::MemoryStore;

impl FindGuest for MemoryStore {
    async fn find_guest(&self, address: &AddressMac) -> Result<Vec<BookingId>, Failure> {
        let here = |(mac, _): &&(AddressMac, BookingId)| mac == address;
        Ok(self.look(|contents| contents.guests.iter().filter(here).map(|(_, id)| *id).collect()))
    }
}

impl PutErasure for MemoryStore {
    async fn put_erasure(&self, address: &AddressMac, at: DateTime<Utc>) -> Result<(), Failure> {
        self.tamper(|contents| contents.erasures.insert(*address, at));
        Ok(())
    }
}

impl EveryErasure for MemoryStore {
    async fn every_erasure(&self) -> Result<Vec<(AddressMac, DateTime<Utc>)>, Failure> {
        Ok(self.look(|contents| contents.erasures.iter().map(|(mac, at)| (*mac, *at)).collect()))
    }
}
