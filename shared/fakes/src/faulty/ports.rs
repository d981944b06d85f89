//! Every port, by delegation.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use openslot_domain::booking::change::ChangePlan;
use openslot_domain::booking::{Booking, DayWrite, Plan};
use openslot_domain::effects::{Effect, EffectKey, EffectKind, Queue};
use openslot_domain::host::{Host, HostDay, HostSnapshot};
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_domain::limits::Limit;
use openslot_domain::login::Login;
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::text::Line;
use openslot_usecases::keyring::{AddressMac, DataKey};
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::{
    AcknowledgeLetter, ChangeBooking, Claim, ClaimEffect, Clock, Commit, CommitBooking, Consistency, Counted,
    CounterKey, DomainEvent, DropEffect, DropGuest, DueEffects, Entropy, EveryBooking, EveryEffect,
    EveryErasure, EveryGuest, EverySettings, Failure, FindBooking, FindGuest, FindLogin, FindMeetingType,
    GiveBackQuota, KeyPurpose, ListHosts, ListMeetingTypes, ListParked, MendDay, MendSettings, NewDataKey,
    Outgoing, OweEffect, ParkEffect, ParkedEffect, Pause, PayEffect, PostponeEffect, PublishEvent,
    PutErasure, PutGuest, PutLogin, PutWrappedKey, ReadDays, ReadHost, ReplayParked, Replayed, SaveHost,
    SaveMeetingType, Saved, SendLetter, SentLetter, Settings, SplitEffect, TakeQuota, UnwrapDataKey,
    WrappedKey, WrappedKeys,
};

use super::{Chooser, Faulty};

macro_rules! delegate {
    ($($port:ident: $verb:ident($($name:ident: $kind:ty),*) -> $answer:ty $(, lost: $lost:expr)?;)*) => {$(
        impl<S: $port + Sync, C: Chooser + Sync> $port for Faulty<S, C> {
            async fn $verb(&self, $($name: $kind),*) -> Result<$answer, Failure> {
                let lost: Option<$answer> = delegate!(@lost $($lost)?);
                self.call(stringify!($verb), lost, move || self.inner.$verb($($name),*)).await
            }
        }
    )*};
    (@lost) => { None };
    (@lost $lost:expr) => { Some($lost) };
}

delegate! {
    FindMeetingType: find_meeting_type(slug: &Slug, consistency: Consistency) -> Option<MeetingType>;
    ListMeetingTypes: list_meeting_types() -> Vec<(Slug, Line)>;
    SaveMeetingType: save_meeting_type(meeting_type: &MeetingType, read: Option<u64>) -> Saved;
    ReadHost: read_host(host: &HostId, from: NaiveDate, consistency: Consistency) -> Option<HostSnapshot>;
    SaveHost: save_host(host: &Host, read: Option<u64>) -> Saved;
    FindBooking: find_booking(id: &BookingId) -> Option<Booking>;
    CommitBooking: commit_booking(plan: &Plan, people: &[AddressMac]) -> Commit, lost: Commit::Overtaken;
    ChangeBooking: change_booking(plan: &ChangePlan) -> Saved, lost: Saved::Overtaken;
    ListHosts: list_hosts() -> Vec<HostId>;
    ReadDays: read_days(host: &HostId, from: NaiveDate) -> BTreeMap<NaiveDate, HostDay>;
    EveryBooking: every_booking() -> Vec<Booking>;
    MendDay: mend_day(write: &DayWrite) -> Saved, lost: Saved::Overtaken;
    EveryEffect: every_effect() -> Vec<EffectKey>;
    OweEffect: owe_effect(key: &EffectKey) -> Saved, lost: Saved::Overtaken;
    EveryGuest: every_guest() -> Vec<(AddressMac, BookingId)>;
    PutGuest: put_guest(address: &AddressMac, booking: &BookingId) -> ();
    DropGuest: drop_guest(address: &AddressMac, booking: &BookingId) -> ();
    FindGuest: find_guest(address: &AddressMac) -> Vec<BookingId>;
    PutErasure: put_erasure(address: &AddressMac, at: DateTime<Utc>) -> ();
    EveryErasure: every_erasure() -> Vec<(AddressMac, DateTime<Utc>)>;
    EverySettings: every_settings() -> Vec<Settings>;
    MendSettings: mend_settings(read: &Settings) -> Saved, lost: Saved::Overtaken;
    TakeQuota: take_quota(key: &CounterKey, limit: Limit) -> Counted;
    GiveBackQuota: give_back_quota(key: &CounterKey) -> ();
    WrappedKeys: wrapped_keys(purpose: KeyPurpose) -> Vec<WrappedKey>;
    FindLogin: find_login(key: &LoginKey) -> Option<Login>;
    PutLogin: put_login(key: &LoginKey, login: &Login) -> Saved;
    PutWrappedKey: put_wrapped_key(purpose: KeyPurpose, key: &WrappedKey) -> Saved;
    DueEffects: due_effects(queue: Queue, shard: u8, now: DateTime<Utc>, most: u32) -> Vec<EffectKey>;
    ClaimEffect: claim_effect(key: &EffectKey, now: DateTime<Utc>) -> Claim;
    SplitEffect: split_effect(claimed: &Effect, parts: &[EffectKind], now: DateTime<Utc>) -> ();
    PayEffect: pay_effect(claimed: &Effect) -> ();
    PostponeEffect: postpone_effect(claimed: &Effect, not_before: DateTime<Utc>) -> ();
    DropEffect: drop_effect(key: &EffectKey) -> ();
    ParkEffect: park_effect(key: &EffectKey, why: &str, now: DateTime<Utc>) -> ();
    ListParked: list_parked(most: u32) -> Vec<ParkedEffect>;
    ReplayParked: replay_parked(key: &EffectKey, now: DateTime<Utc>) -> Replayed;
    PublishEvent: publish_event(event: &DomainEvent) -> ();
    AcknowledgeLetter: acknowledge_letter(key: &EffectKey, message_id: &str) -> ();
    SendLetter: send_letter(letter: &Outgoing) -> SentLetter;
    NewDataKey: new_data_key(purpose: KeyPurpose) -> (DataKey, Vec<u8>);
    UnwrapDataKey: unwrap_data_key(purpose: KeyPurpose, blob: &[u8]) -> DataKey;
}

impl<S: Pause + Sync, C: Chooser + Sync> Pause for Faulty<S, C> {
    async fn pause(&self, duration: Duration) {
        self.inner.pause(duration).await;
    }
}

impl<S: Clock, C> Clock for Faulty<S, C> {
    fn now(&self) -> DateTime<Utc> {
        self.inner.now()
    }
}

impl<S: Entropy, C> Entropy for Faulty<S, C> {
    fn fill(&self, bytes: &mut [u8]) {
        self.inner.fill(bytes);
    }
}
