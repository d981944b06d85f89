//! Everything, for an operator's tool: it reads the whole table, which no function may.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use openslot_domain::booking::{Booking, DayWrite};
use openslot_domain::host::HostDay;
use openslot_domain::ids::HostId;
use openslot_usecases::ports::{Consistency, EveryBooking, Failure, ListHosts, MendDay, ReadDays, Saved};

use crate::call::{Guard, Range};
use crate::errors::TableError;
use crate::keys::{self, HostItem};
use crate::rows::booking::BookingRow;
use crate::rows::day::DayRow;
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
        let items = self.scan(keys::BOOKING_PREFIX).await?;
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
        match self.put(item, Guard::version(write.read)).await {
            Ok(()) => Ok(Saved::Done),
            Err(error) if error.is_refused() => Ok(Saved::Overtaken),
            Err(error) => Err(error.into()),
        }
    }
}
