//! The store in memory.

mod audit;
mod effects;
mod erasures;
mod logins;
mod parked;

use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use openslot_domain::booking::change::ChangePlan;
use openslot_domain::booking::{Booking, Plan};
use openslot_domain::host::{Host, HostSnapshot};
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_domain::limits::Limit;
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::text::Line;
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::ports::{
    ChangeBooking, Commit, CommitBooking, Consistency, Counted, CounterKey, Failure, FindBooking,
    FindMeetingType, GiveBackQuota, KeyPurpose, ListMeetingTypes, PutWrappedKey, ReadHost, SaveHost,
    SaveMeetingType, Saved, TakeQuota, WrappedKey, WrappedKeys,
};

use crate::contents::{Contents, StoredHost};

/// All table ports over maps behind one lock. Never fails; put a [`Faulty`](crate::Faulty) in front for that.
#[derive(Debug, Default)]
pub struct MemoryStore {
    contents: Mutex<Contents>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// A copy of everything in it.
    pub fn snapshot(&self) -> Contents {
        self.look(Clone::clone)
    }

    /// Looks at what is in it, without a copy.
    pub fn look<T>(&self, at: impl FnOnce(&Contents) -> T) -> T {
        at(&self.contents.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes what is in it behind the back of every rule, as a damaged table or a later version would.
    pub fn tamper<T>(&self, with: impl FnOnce(&mut Contents) -> T) -> T {
        with(&mut self.contents.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl FindMeetingType for MemoryStore {
    async fn find_meeting_type(&self, slug: &Slug, _: Consistency) -> Result<Option<MeetingType>, Failure> {
        Ok(self.look(|contents| contents.meeting_types.get(slug).cloned()))
    }
}

impl ListMeetingTypes for MemoryStore {
    async fn list_meeting_types(&self) -> Result<Vec<(Slug, Line)>, Failure> {
        let listed = |(slug, title): (&Slug, &Line)| (slug.clone(), title.clone());
        Ok(self.look(|contents| contents.listed_types.iter().map(listed).collect()))
    }
}

impl SaveMeetingType for MemoryStore {
    async fn save_meeting_type(
        &self,
        meeting_type: &MeetingType,
        read: Option<u64>,
    ) -> Result<Saved, Failure> {
        assert!(Some(meeting_type.version) > read, "an edit raises the version");
        assert!(meeting_type.is_sound(), "a meeting type keeps within what a booking can bear");
        Ok(self.tamper(|contents| {
            let stored = contents.meeting_types.get(&meeting_type.slug).map(|stored| stored.version);
            if stored != read {
                return Saved::Overtaken;
            }
            contents.listed_types.insert(meeting_type.slug.clone(), meeting_type.title.clone());
            contents.meeting_types.insert(meeting_type.slug.clone(), meeting_type.clone());
            Saved::Done
        }))
    }
}

impl ReadHost for MemoryStore {
    async fn read_host(
        &self,
        host: &HostId,
        from: NaiveDate,
        _: Consistency,
    ) -> Result<Option<HostSnapshot>, Failure> {
        Ok(self.look(|contents| {
            let stored = contents.hosts.get(host)?;
            let range = (host.clone(), from)..=(host.clone(), NaiveDate::MAX);
            let days = contents.days.range(range).map(|((_, date), day)| (*date, day.clone())).collect();
            Some(HostSnapshot { host: stored.host.clone(), config_version: stored.version, days })
        }))
    }
}

impl SaveHost for MemoryStore {
    async fn save_host(&self, host: &Host, read: Option<u64>) -> Result<Saved, Failure> {
        Ok(self.tamper(|contents| {
            let stored = contents.hosts.get(&host.id).map(|stored| stored.version);
            if stored != read {
                return Saved::Overtaken;
            }
            let version = read.unwrap_or(0) + 1;
            contents.hosts.insert(host.id.clone(), StoredHost { host: host.clone(), version });
            contents.fences.insert(host.id.clone(), version);
            contents.listed_hosts.insert(host.id.clone());
            Saved::Done
        }))
    }
}

impl FindBooking for MemoryStore {
    async fn find_booking(&self, id: &BookingId) -> Result<Option<Booking>, Failure> {
        Ok(self.look(|contents| contents.bookings.get(id).cloned()))
    }
}

impl CommitBooking for MemoryStore {
    async fn commit_booking(&self, plan: &Plan, people: &[AddressMac]) -> Result<Commit, Failure> {
        Ok(self.tamper(|contents| contents.commit(plan, people)))
    }
}

impl ChangeBooking for MemoryStore {
    async fn change_booking(&self, plan: &ChangePlan) -> Result<Saved, Failure> {
        Ok(self.tamper(|contents| contents.change(plan)))
    }
}

impl TakeQuota for MemoryStore {
    async fn take_quota(&self, key: &CounterKey, limit: Limit) -> Result<Counted, Failure> {
        if limit.most == 0 {
            return Ok(Counted::Over);
        }
        Ok(self.tamper(|contents| {
            let counted = contents.counters.entry(key.clone()).or_default();
            if *counted >= limit.most {
                return Counted::Over;
            }
            *counted += 1;
            Counted::Within
        }))
    }
}

impl GiveBackQuota for MemoryStore {
    async fn give_back_quota(&self, key: &CounterKey) -> Result<(), Failure> {
        self.tamper(|contents| {
            if let Some(counted) = contents.counters.get_mut(key) {
                *counted = counted.saturating_sub(1);
            }
        });
        Ok(())
    }
}

impl WrappedKeys for MemoryStore {
    async fn wrapped_keys(&self, purpose: KeyPurpose) -> Result<Vec<WrappedKey>, Failure> {
        let key = |((_, number), blob): (&(KeyPurpose, u32), &Vec<u8>)| WrappedKey {
            number: *number,
            blob: blob.clone(),
        };
        Ok(self.look(|contents| contents.keys.range((purpose, 0)..=(purpose, u32::MAX)).map(key).collect()))
    }
}

impl PutWrappedKey for MemoryStore {
    async fn put_wrapped_key(&self, purpose: KeyPurpose, key: &WrappedKey) -> Result<Saved, Failure> {
        Ok(self.tamper(|contents| {
            if contents.keys.contains_key(&(purpose, key.number)) {
                return Saved::Overtaken;
            }
            contents.keys.insert((purpose, key.number), key.blob.clone());
            Saved::Done
        }))
    }
}
