//! Hosts and their days.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use openslot_domain::host::{Host, HostSnapshot};
use openslot_domain::ids::HostId;
use openslot_usecases::ports::{Consistency, Failure, ReadHost, SaveHost, Saved};

use crate::call::{Guard, Range};
use crate::errors::TableError;
use crate::keys::{self, HostItem};
use crate::rows::host::{FenceRow, HostInDirectoryRow, HostRow};
use crate::rows::{RowError, day::DayRow, from_item, to_item, wrong};
use crate::table::{Item, Table};

impl ReadHost for Table {
    async fn read_host(
        &self,
        host: &HostId,
        from: NaiveDate,
        consistency: Consistency,
    ) -> Result<Option<HostSnapshot>, Failure> {
        let items = self.query(Range::from(keys::host_day(host, from), consistency)).await?;
        Ok(snapshot(host, items).map_err(TableError::Row)?)
    }
}

/// Puts together what one query brought: days first, then what else stands in a host's partition.
fn snapshot(host: &HostId, items: Vec<Item>) -> Result<Option<HostSnapshot>, RowError> {
    let mut days = BTreeMap::new();
    let mut config: Option<HostRow> = None;
    for item in items {
        match HostItem::of(keys::sort_key(&item).ok_or_else(|| wrong(keys::SORT))?) {
            Some(HostItem::Day(date)) => {
                days.insert(date, from_item::<DayRow>(item)?.day(date)?);
            }
            Some(HostItem::Config) => config = Some(from_item(item)?),
            // The fence is for those who write; what others keep beside the days is theirs.
            Some(HostItem::Fence) | None => {}
        }
    }
    let Some(config) = config else { return Ok(None) };
    Ok(Some(HostSnapshot { host: config.host(host)?, config_version: config.version(), days }))
}

impl SaveHost for Table {
    async fn save_host(&self, host: &Host, read: Option<u64>) -> Result<Saved, Failure> {
        let version = read.unwrap_or(0) + 1;
        match self.transact(self.host_actions(host, read, version).map_err(TableError::Row)?).await {
            Ok(()) => Ok(Saved::Done),
            Err(error) if error.is_conflict() => Ok(Saved::Overtaken),
            Err(error) => Err(error.into()),
        }
    }
}

impl Table {
    fn host_actions(
        &self,
        host: &Host,
        read: Option<u64>,
        version: u64,
    ) -> Result<Vec<aws_sdk_dynamodb::types::TransactWriteItem>, RowError> {
        let config = keys::host_config(&host.id).with(to_item(&HostRow::of(host, version))?);
        let fence = keys::host_fence(&host.id).with(to_item(&FenceRow { v: version })?);
        let listed = HostInDirectoryRow { n: host.name.to_string() };
        let listed = keys::host_in_directory(&host.id).with(to_item(&listed)?);
        Ok(vec![self.putting_if(config, Guard::version(read)), self.putting(fence), self.putting(listed)])
    }
}
