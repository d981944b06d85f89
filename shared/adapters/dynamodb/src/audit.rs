//! Everything, for an operator's tool: it reads the whole table, which no function may.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use futures::future::try_join_all;
use openslot_domain::booking::{Booking, DayWrite};
use openslot_domain::effects::{Effect, EffectKey, Queue, SHARDS};
use openslot_domain::host::HostDay;
use openslot_domain::ids::{BookingId, HostId};
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{
    Consistency, DropGuest, EveryBooking, EveryEffect, EveryGuest, Failure, ListHosts, MendDay, OweEffect,
    PutGuest, ReadDays, Saved,
};

use crate::call::{Guard, Range};
use crate::errors::TableError;
use crate::keys::{self, HostItem};
use crate::rows::booking::BookingRow;
use crate::rows::day::DayRow;
use crate::rows::effect::EffectRow;
use crate::rows::plain::GuestRow;
use crate::rows::{self, RowError, from_item, to_item, wrong};
use crate::table::{Item, Table};

impl ListHosts for Table {
    async fn list_hosts(&self) -> Result<Vec<HostId>, Failure> {
        let items = self.query(Range::partition(keys::hosts_directory(), Consistency::Strong)).await?;
        Ok(items.iter().map(listed).collect::<Result<_, _>>().map_err(TableError::Row)?)
    }
}

fn listed(item: &Item) -> Result<HostId, RowError> {
    let id = keys::sort_key(item).ok_or_else(|| wrong(keys::SORT))?;
    rows::read(keys::SORT, id.parse())
}

impl ReadDays for Table {
    async fn read_days(
        &self,
        host: &HostId,
        from: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, HostDay>, Failure> {
        let items = self.query(Range::from(keys::host_day(host, from), Consistency::Strong)).await?;
        Ok(days(items).map_err(TableError::Row)?)
    }
}

fn days(items: Vec<Item>) -> Result<BTreeMap<NaiveDate, HostDay>, RowError> {
    let mut days = BTreeMap::new();
    for item in items {
        match HostItem::of(keys::sort_key(&item).ok_or_else(|| wrong(keys::SORT))?) {
            Some(HostItem::Day(date)) => {
                days.insert(date, from_item::<DayRow>(item)?.day(date)?);
            }
            Some(HostItem::Config | HostItem::Fence) | None => {}
        }
    }
    Ok(days)
}

impl EveryBooking for Table {
    async fn every_booking(&self) -> Result<Vec<Booking>, Failure> {
        let items = self.scan(Guard::partition(keys::BOOKING_PREFIX)).await?;
        Ok(items.into_iter().map(booking).collect::<Result<_, _>>().map_err(TableError::Row)?)
    }
}

fn booking(item: Item) -> Result<Booking, RowError> {
    let id = keys::booking_of(&item).ok_or_else(|| wrong(keys::PARTITION))?;
    from_item::<BookingRow>(item)?.booking(&id)
}

impl MendDay for Table {
    async fn mend_day(&self, write: &DayWrite) -> Result<Saved, Failure> {
        assert!(Some(write.day.version) > write.read, "a write raises the version of its day");
        let row =
            DayRow::of(&write.day, write.date).and_then(|row| to_item(&row)).map_err(TableError::Row)?;
        let item = keys::host_day(&write.host, write.date).with(row);
        saved(self.put(item, Guard::version(write.read)).await)
    }
}

impl EveryEffect for Table {
    async fn every_effect(&self) -> Result<Vec<EffectKey>, Failure> {
        let shards =
            (0..SHARDS).flat_map(|shard| [Queue::Owed, Queue::Reminders].map(|queue| (queue, shard)));
        let queues = shards.map(|(queue, shard)| keys::queue(queue, shard));
        let whole = |pk| self.query(Range::partition(pk, Consistency::Strong));
        let items = try_join_all(queues.chain(keys::parked_partitions()).map(whole)).await?;
        let key = |item: &Item| keys::sort_key(item).and_then(|sk| sk.parse().ok());
        let keys: Option<Vec<EffectKey>> = items.iter().flatten().map(key).collect();
        Ok(keys.ok_or_else(|| wrong(keys::SORT)).map_err(TableError::Row)?)
    }
}

impl OweEffect for Table {
    async fn owe_effect(&self, key: &EffectKey) -> Result<Saved, Failure> {
        let row = to_item(&EffectRow::of(&Effect::owed(key.clone()))).map_err(TableError::Row)?;
        saved(self.put(keys::effect(key).with(row), Guard::absent()).await)
    }
}

impl EveryGuest for Table {
    async fn every_guest(&self) -> Result<Vec<(AddressMac, BookingId)>, Failure> {
        let items = self.scan(Guard::partition(keys::GUEST_PREFIX)).await?;
        let guests: Option<Vec<_>> = items.iter().map(keys::guest_of).collect();
        Ok(guests.ok_or_else(|| wrong(keys::PARTITION)).map_err(TableError::Row)?)
    }
}

impl PutGuest for Table {
    async fn put_guest(&self, address: &AddressMac, booking: &BookingId) -> Result<(), Failure> {
        let row = to_item(&GuestRow {}).map_err(TableError::Row)?;
        // Where it stands already, it stands as it would be written.
        saved(self.put(keys::guest(address, booking).with(row), Guard::absent()).await).map(|_| ())
    }
}

impl DropGuest for Table {
    async fn drop_guest(&self, address: &AddressMac, booking: &BookingId) -> Result<(), Failure> {
        Ok(self.delete(keys::guest(address, booking), None).await?)
    }
}

/// What a write came to whose guard may refuse it.
fn saved(written: Result<(), TableError>) -> Result<Saved, Failure> {
    match written {
        Ok(()) => Ok(Saved::Done),
        Err(error) if error.is_refused() => Ok(Saved::Overtaken),
        Err(error) => Err(error.into()),
    }
}
