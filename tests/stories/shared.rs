//! One store under several functions, as in an installation.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use openslot_domain::booking::change::ChangePlan;
use openslot_domain::booking::{Booking, Plan};
use openslot_domain::effects::{Effect, EffectKey, EffectKind, Queue};
use openslot_domain::host::HostSnapshot;
use openslot_domain::ids::{BookingId, HostId, Slug};
use openslot_domain::limits::Limit;
use openslot_domain::login::Login;
use openslot_domain::meeting_type::MeetingType;
use openslot_fakes::MemoryStore;
use openslot_usecases::keyring::AddressMac;
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::{
    AcknowledgeLetter, ChangeBooking, Claim, ClaimEffect, Commit, CommitBooking, Consistency, Counted,
    CounterKey, DropEffect, DueEffects, Failure, FindBooking, FindLogin, FindMeetingType, GiveBackQuota,
    KeyPurpose, ListParked, ParkEffect, ParkedEffect, PayEffect, PostponeEffect, PutWrappedKey, ReadHost,
    ReplayParked, Replayed, Saved, SplitEffect, TakeQuota, WrappedKey, WrappedKeys,
};

/// A store that several hold.
#[derive(Clone)]
pub struct Shared(pub Arc<MemoryStore>);

macro_rules! ports {
    ($($port:ident: $call:ident($($name:ident: $type:ty),*) -> $answer:ty;)*) => {
        $(impl $port for Shared {
            async fn $call(&self, $($name: $type),*) -> Result<$answer, Failure> {
                self.0.$call($($name),*).await
            }
        })*
    };
}

ports! {
    FindMeetingType: find_meeting_type(slug: &Slug, consistency: Consistency) -> Option<MeetingType>;
    ReadHost: read_host(host: &HostId, from: NaiveDate, consistency: Consistency) -> Option<HostSnapshot>;
    FindBooking: find_booking(id: &BookingId) -> Option<Booking>;
    CommitBooking: commit_booking(plan: &Plan, people: &[AddressMac]) -> Commit;
    ChangeBooking: change_booking(plan: &ChangePlan) -> Saved;
    FindLogin: find_login(key: &LoginKey) -> Option<Login>;
    TakeQuota: take_quota(key: &CounterKey, limit: Limit) -> Counted;
    GiveBackQuota: give_back_quota(key: &CounterKey) -> ();
    WrappedKeys: wrapped_keys(purpose: KeyPurpose) -> Vec<WrappedKey>;
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
    AcknowledgeLetter: acknowledge_letter(key: &EffectKey, message_id: &str) -> ();
}
