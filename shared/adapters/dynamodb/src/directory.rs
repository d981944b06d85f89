//! Settings and the rows that are written with them, for an operator's tool.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::TransactWriteItem;
use openslot_domain::ids::{HostId, Slug};
use openslot_usecases::ports::{
    Consistency, EverySettings, Failure, ListHosts, MendSettings, Named, Saved, Settings,
};

use crate::call::{Guard, Range};
use crate::errors::TableError;
use crate::keys::{self, HostItem, Key};
use crate::rows::host::{FenceRow, HostInDirectoryRow, HostRow};
use crate::rows::meeting_type::MeetingTypeRow;
use crate::rows::plain::TypeInDirectoryRow;
use crate::rows::{RowError, from_item, read, to_item, wrong};
use crate::table::{Item, Table};

/// What stands of a host, but for its days.
#[derive(Default)]
struct HostRows {
    settings: Option<u64>,
    fence: Option<u64>,
    is_listed: bool,
}

/// What stands of a meeting type.
#[derive(Default)]
struct TypeRows {
    settings: Option<u64>,
    is_listed: bool,
}

impl EverySettings for Table {
    async fn every_settings(&self) -> Result<Vec<Settings>, Failure> {
        let hosts = self.hosts().await?.into_iter().map(|(host, rows)| rows.settings_of(host));
        let types = self.types().await?.into_iter().map(|(slug, rows)| rows.settings_of(slug));
        Ok(hosts.chain(types).collect())
    }
}

impl HostRows {
    fn settings_of(self, host: HostId) -> Settings {
        let is_whole = self.fence == self.settings && self.is_listed == self.settings.is_some();
        Settings { of: Named::Host(host), version: self.settings, is_whole }
    }

    fn note(&mut self, item: Item) -> Result<(), RowError> {
        match keys::sort_key(&item).and_then(HostItem::of) {
            Some(HostItem::Config) => self.settings = Some(from_item::<HostRow>(item)?.version()),
            Some(HostItem::Fence) => self.fence = Some(from_item::<FenceRow>(item)?.v),
            Some(HostItem::Day(_)) | None => {}
        }
        Ok(())
    }
}

impl TypeRows {
    fn settings_of(self, slug: Slug) -> Settings {
        let is_whole = self.is_listed == self.settings.is_some();
        Settings { of: Named::MeetingType(slug), version: self.settings, is_whole }
    }
}

impl Table {
    async fn hosts(&self) -> Result<BTreeMap<HostId, HostRows>, Failure> {
        let mut hosts: BTreeMap<HostId, HostRows> = BTreeMap::new();
        for host in self.list_hosts().await? {
            hosts.entry(host).or_default().is_listed = true;
        }
        for item in self.scan(Guard::place(keys::HOST_PREFIX, keys::SETTINGS_PREFIX)).await? {
            let host = keys::host_of(&item).ok_or_else(|| TableError::Row(wrong(keys::PARTITION)))?;
            hosts.entry(host).or_default().note(item).map_err(TableError::Row)?;
        }
        Ok(hosts)
    }

    async fn types(&self) -> Result<BTreeMap<Slug, TypeRows>, Failure> {
        let mut types: BTreeMap<Slug, TypeRows> = BTreeMap::new();
        for slug in self.listed_types().await? {
            types.entry(slug).or_default().is_listed = true;
        }
        for item in self.scan(Guard::partition(keys::TYPE_PREFIX)).await? {
            let (slug, version) = type_of(item).map_err(TableError::Row)?;
            types.entry(slug).or_default().settings = Some(version);
        }
        Ok(types)
    }

    async fn listed_types(&self) -> Result<BTreeSet<Slug>, Failure> {
        let items = self.query(Range::partition(keys::types_directory(), Consistency::Strong)).await?;
        let slug = |item: &Item| read(keys::SORT, keys::sort_key(item).unwrap_or_default().parse());
        Ok(items.iter().map(slug).collect::<Result<_, _>>().map_err(TableError::Row)?)
    }
}

fn type_of(item: Item) -> Result<(Slug, u64), RowError> {
    let slug = keys::type_of(&item).ok_or_else(|| wrong(keys::PARTITION))?;
    let version = from_item::<MeetingTypeRow>(item)?.meeting_type(&slug)?.version;
    Ok((slug, version))
}

impl MendSettings for Table {
    async fn mend_settings(&self, read: &Settings) -> Result<Saved, Failure> {
        let settings = match &read.of {
            Named::Host(host) => keys::host_config(host),
            Named::MeetingType(slug) => keys::meeting_type(slug),
        };
        let stored = self.get(settings.clone(), Consistency::Strong).await?;
        let beside = match &read.of {
            Named::Host(host) => beside_host(host, stored),
            Named::MeetingType(slug) => beside_type(slug, stored),
        };
        let mut actions = vec![self.checking(settings, Guard::version(read.version))];
        actions.extend(beside.map_err(TableError::Row)?.into_iter().map(|row| self.set(row)));
        match self.transact(actions).await {
            Ok(()) => Ok(Saved::Done),
            Err(error) if error.is_conflict() => Ok(Saved::Overtaken),
            Err(error) => Err(error.into()),
        }
    }
}

/// A row as it must be: with these attributes, or not at all.
struct Beside(Key, Option<Item>);

impl Table {
    fn set(&self, Beside(key, attributes): Beside) -> TransactWriteItem {
        match attributes {
            Some(attributes) => self.putting(key.with(attributes)),
            None => self.deleting(key),
        }
    }
}

fn beside_host(host: &HostId, stored: Option<Item>) -> Result<Vec<Beside>, RowError> {
    let row: Option<HostRow> = stored.map(from_item).transpose()?;
    let fence = row.as_ref().map(|row| to_item(&FenceRow { v: row.version() })).transpose()?;
    let listed = row.map(|row| row.host(host)).transpose()?;
    let listed = listed.map(|host| to_item(&HostInDirectoryRow { n: host.name.to_string() })).transpose()?;
    Ok(vec![Beside(keys::host_fence(host), fence), Beside(keys::host_in_directory(host), listed)])
}

fn beside_type(slug: &Slug, stored: Option<Item>) -> Result<Vec<Beside>, RowError> {
    let row: Option<MeetingTypeRow> = stored.map(from_item).transpose()?;
    let found = row.map(|row| row.meeting_type(slug)).transpose()?;
    let listed =
        found.map(|found| to_item(&TypeInDirectoryRow { ti: found.title.to_string() })).transpose()?;
    Ok(vec![Beside(keys::type_in_directory(slug), listed)])
}
