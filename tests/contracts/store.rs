//! What a contract asks for: all ports of a store, and an eye that sees what the ports do not show.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use futures::FutureExt;
use futures::future::BoxFuture;
use openslot_domain::effects::EffectKey;
use openslot_domain::ids::{BookingId, HostId};
use openslot_dynamodb::{PARTITION, SORT, effect_key_of};
use openslot_fakes::MemoryStore;
use openslot_usecases::ports::{
    AcknowledgeLetter, ChangeBooking, ClaimEffect, CommitBooking, DropEffect, DropGuest, DueEffects,
    EveryBooking, EveryEffect, EveryErasure, EveryGuest, EverySettings, FindBooking, FindGuest, FindLogin,
    FindMeetingType, GiveBackQuota, ListHosts, ListMeetingTypes, ListParked, MendDay, MendSettings, Named,
    OweEffect, ParkEffect, PayEffect, PostponeEffect, PutErasure, PutGuest, PutLogin, PutWrappedKey,
    ReadDays, ReadHost, ReplayParked, SaveHost, SaveMeetingType, SplitEffect, TakeQuota, WrappedKeys,
};

/// All ports of a table.
pub trait Store:
    FindMeetingType
    + ListMeetingTypes
    + SaveMeetingType
    + ReadHost
    + SaveHost
    + FindBooking
    + CommitBooking
    + ChangeBooking
    + TakeQuota
    + GiveBackQuota
    + WrappedKeys
    + PutWrappedKey
    + FindLogin
    + PutLogin
    + DueEffects
    + ClaimEffect
    + SplitEffect
    + PayEffect
    + PostponeEffect
    + DropEffect
    + ParkEffect
    + ListParked
    + ReplayParked
    + ListHosts
    + ReadDays
    + EveryBooking
    + MendDay
    + EveryEffect
    + OweEffect
    + EveryGuest
    + PutGuest
    + DropGuest
    + EverySettings
    + MendSettings
    + FindGuest
    + PutErasure
    + EveryErasure
    + AcknowledgeLetter
    + Sync
{
}

impl<S> Store for S where
    S: FindMeetingType
        + ListMeetingTypes
        + SaveMeetingType
        + ReadHost
        + SaveHost
        + FindBooking
        + CommitBooking
        + ChangeBooking
        + TakeQuota
        + GiveBackQuota
        + WrappedKeys
        + PutWrappedKey
        + FindLogin
        + PutLogin
        + DueEffects
        + ClaimEffect
        + SplitEffect
        + PayEffect
        + PostponeEffect
        + DropEffect
        + ParkEffect
        + ListParked
        + ReplayParked
        + ListHosts
        + ReadDays
        + EveryBooking
        + MendDay
        + EveryEffect
        + OweEffect
        + EveryGuest
        + PutGuest
        + DropGuest
        + EverySettings
        + MendSettings
        + FindGuest
        + PutErasure
        + EveryErasure
        + AcknowledgeLetter
        + Sync
{
}

/// What a store holds.
#[derive(Debug, Default)]
pub struct Holdings {
    /// Every item as text, by a text of its key.
    pub items: BTreeMap<String, String>,
    /// Owed work.
    pub effects: BTreeSet<EffectKey>,
    /// Work that was set aside.
    pub parked: BTreeSet<EffectKey>,
    /// The booking of every guest row.
    pub guests: Vec<BookingId>,
}

/// Sees everything a store holds.
pub trait Eye: Sync {
    /// All of it, at one moment in which nobody writes.
    fn look(&self) -> BoxFuture<'_, Holdings>;

    /// Removes a row past every rule, as a restore that was not whole would.
    fn damage<'a>(&'a self, what: &'a Row) -> BoxFuture<'a, ()>;
}

/// A row that is written with settings.
pub enum Row {
    /// The settings themselves.
    Settings(Named),
    /// The fence of a host.
    Fence(HostId),
    /// The name in the directory.
    Listed(Named),
}

impl Eye for MemoryStore {
    fn look(&self) -> BoxFuture<'_, Holdings> {
        let contents = self.snapshot();
        let mut items = BTreeMap::new();
        let mut note = |kind: &str, key: String, value: String| items.insert(format!("{kind} {key}"), value);
        contents.hosts.iter().for_each(|(k, v)| drop(note("host", format!("{k:?}"), format!("{v:?}"))));
        contents.fences.iter().for_each(|(k, v)| drop(note("fence", format!("{k:?}"), format!("{v:?}"))));
        contents.days.iter().for_each(|(k, v)| drop(note("day", format!("{k:?}"), format!("{v:?}"))));
        contents
            .meeting_types
            .iter()
            .for_each(|(k, v)| drop(note("type", format!("{k:?}"), format!("{v:?}"))));
        contents.bookings.iter().for_each(|(k, v)| drop(note("booking", format!("{k:?}"), format!("{v:?}"))));
        contents.effects.iter().for_each(|(k, v)| drop(note("effect", format!("{k:?}"), format!("{v:?}"))));
        contents.parked.iter().for_each(|(k, v)| drop(note("parked", format!("{k:?}"), format!("{v:?}"))));
        contents.guests.iter().for_each(|k| drop(note("guest", format!("{k:?}"), String::new())));
        contents.erasures.iter().for_each(|(k, v)| drop(note("erasure", format!("{k:?}"), format!("{v:?}"))));
        contents.counters.iter().for_each(|(k, v)| drop(note("counter", format!("{k:?}"), format!("{v:?}"))));
        contents.logins.iter().for_each(|(k, v)| drop(note("login", format!("{k:?}"), format!("{v:?}"))));
        contents.keys.iter().for_each(|(k, v)| drop(note("key", format!("{k:?}"), format!("{v:?}"))));
        let holdings = Holdings {
            items,
            effects: contents.effects.into_keys().collect(),
            parked: contents.parked.into_keys().collect(),
            guests: contents.guests.into_iter().map(|(_, booking)| booking).collect(),
        };
        async { holdings }.boxed()
    }

    fn damage<'a>(&'a self, what: &'a Row) -> BoxFuture<'a, ()> {
        self.tamper(|contents| match what {
            Row::Settings(Named::Host(host)) => drop(contents.hosts.remove(host)),
            Row::Settings(Named::MeetingType(slug)) => drop(contents.meeting_types.remove(slug)),
            Row::Fence(host) => drop(contents.fences.remove(host)),
            Row::Listed(Named::Host(host)) => drop(contents.listed_hosts.remove(host)),
            Row::Listed(Named::MeetingType(slug)) => drop(contents.listed_types.remove(slug)),
        });
        async {}.boxed()
    }
}

/// Reads a whole table past the adapter, as only a test may.
pub struct TableEye {
    /// Where it is reached.
    pub client: Client,
    /// Its name.
    pub name: String,
}

impl Eye for TableEye {
    fn look(&self) -> BoxFuture<'_, Holdings> {
        async {
            let mut holdings = Holdings::default();
            let pages = self.client.scan().table_name(&self.name).consistent_read(true);
            let mut items = pages.into_paginator().items().send();
            while let Some(item) = items.next().await {
                let item = item.expect("a running engine scans");
                let text = |name: &str| item[name].as_s().expect("keys are texts").clone();
                let (pk, sk) = (text(PARTITION), text(SORT));
                let item = serde_json::to_value(serde_dynamo::Item::from(item)).expect("an item is JSON");
                holdings.note(&pk, &sk, item.to_string());
            }
            holdings
        }
        .boxed()
    }

    fn damage<'a>(&'a self, what: &'a Row) -> BoxFuture<'a, ()> {
        let (pk, sk) = match what {
            Row::Settings(Named::Host(host)) => (format!("H#{host}"), "F#CFG".to_owned()),
            Row::Settings(Named::MeetingType(slug)) => (format!("M#{slug}"), "M".to_owned()),
            Row::Fence(host) => (format!("H#{host}"), "F#VER".to_owned()),
            Row::Listed(Named::Host(host)) => ("L#hosts".to_owned(), host.to_string()),
            Row::Listed(Named::MeetingType(slug)) => ("L#types".to_owned(), slug.to_string()),
        };
        async move {
            let row = self.client.delete_item().table_name(&self.name);
            let row = row.key(PARTITION, AttributeValue::S(pk)).key(SORT, AttributeValue::S(sk));
            row.send().await.expect("a running engine deletes");
        }
        .boxed()
    }
}

impl Holdings {
    fn note(&mut self, pk: &str, sk: &str, item: String) {
        self.items.insert(format!("{pk}|{sk}"), item);
        self.effects.extend(effect_key_of(pk, sk));
        if pk.starts_with("P#") {
            self.parked.insert(sk.parse().expect("parked work keeps its key"));
        }
        if pk.starts_with("G#") {
            self.guests.push(sk.parse().expect("a guest row names its booking"));
        }
    }
}
