//! Owed work: found, split, put off, paid, set aside.

use chrono::{DateTime, TimeDelta, Utc};
use openslot_domain::booking::Booking;
use openslot_domain::effects::{ATTEMPTS_MAX, Effect, EffectKey, EffectKind, GRACE, LEASE, Queue, SHARDS};
use openslot_domain::host::Host;
use openslot_tests::support::samples::{at, booking, meeting_type, plan_in};
use openslot_usecases::ports::Claim;

use crate::bookings::{done, due_by, later, now, planned, team};
use crate::store::{Eye, Store};
use crate::violation::{Invariant, Kept, Violation};

/// One booking, and the announcement it owes.
pub async fn owing<S: Store>(store: &S) -> Result<(Booking, EffectKey), Violation> {
    let hosts = team(store, &["grace"]).await?;
    let plan = planned(store, 1, &meeting_type("intro", &["grace"]), &hosts, "2026-11-23T09:00:00Z").await?;
    done(store, &plan).await?;
    let announce = plan.effects.iter().find(|effect| effect.key.kind == EffectKind::Announce);
    let announce = announce.expect("a booking owes an announcement").key.clone();
    Ok((plan.booking, announce))
}

/// Claims, and expects to get it.
pub async fn mine<S: Store>(store: &S, key: &EffectKey, now: DateTime<Utc>) -> Result<Effect, Violation> {
    let claim = store.claim_effect(key, now).await?;
    let saw = format!("{claim:?} of {key:?}");
    let Claim::Mine { effect, .. } = claim else { return Err(Invariant::ClaimOnce.broken(saw)) };
    Ok(effect)
}

pub async fn due_work_is_found_oldest_first<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let hosts: Vec<&Host> = hosts.iter().collect();
    let made_at = |number: u32| at("2025-03-01T12:00:00Z") + TimeDelta::days(i64::from(number) * 40 % 300);
    for number in 0..24_u32 {
        // Made at times that are in no order, each for a meeting far ahead.
        let start = at("2026-11-23T09:00:00Z") + TimeDelta::days(i64::from(number));
        let wanted = booking(u64::from(number), &intro, &hosts, start, made_at(number));
        done(store, &plan_in(store, wanted, &intro).await?).await?;
    }
    let all = eye.look().await.effects;
    let mut found: Vec<EffectKey> = due_by(store, later()).await?;
    found.sort();
    Invariant::OldestFirst.same(&found, &all.iter().cloned().collect())?;

    let until = at("2025-08-01T00:00:00Z");
    for shard in 0..SHARDS {
        let here = |key: &&EffectKey| key.queue() == Queue::Owed && key.shard() == shard && key.due <= until;
        let wanted: Vec<DateTime<Utc>> = all.iter().filter(here).map(|key| key.due).collect();
        let dues = |keys: Vec<EffectKey>| keys.iter().map(|key| key.due).collect::<Vec<_>>();
        let due = dues(store.due_effects(Queue::Owed, shard, until, 100).await?);
        Invariant::OldestFirst.same(&due, &wanted)?;
        let first = dues(store.due_effects(Queue::Owed, shard, until, 1).await?);
        Invariant::OldestFirst.same(&first, &wanted.into_iter().take(1).collect())?;
        let none = store.due_effects(Queue::Owed, shard, until, 0).await?;
        Invariant::OldestFirst.same(&none, &Vec::new())?;
    }
    Ok(())
}

pub async fn work_is_due_from_its_time_on<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    let (_, announce) = owing(store).await?;
    let shard = announce.shard();
    let early = announce.due - TimeDelta::milliseconds(1);
    Invariant::OldestFirst.same(&store.due_effects(Queue::Owed, shard, early, 9).await?, &Vec::new())?;
    Invariant::OldestFirst
        .same(&store.due_effects(Queue::Owed, shard, announce.due, 9).await?, &vec![announce])?;
    let reminders = store.due_effects(Queue::Reminders, shard, later(), 9).await?;
    let mins: Vec<EffectKind> = reminders.into_iter().map(|key| key.kind).collect();
    let wanted = [1440, 60].map(|mins_before| EffectKind::Remind { mins_before });
    Invariant::OldestFirst.same(&mins, &wanted.to_vec())
}

pub async fn letters_take_the_place_of_an_announcement<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let (booking, announce) = owing(store).await?;
    let claimed = mine(store, &announce, now()).await?;
    let at = now() + TimeDelta::seconds(1);
    let parts = announce.kind.parts(&booking);
    store.split_effect(&claimed, &parts, at).await?;

    let mut owed = due_by(store, at).await?;
    owed.sort();
    let part = |kind: &EffectKind| EffectKey { due: at, kind: kind.clone(), ..announce.clone() };
    let mut wanted: Vec<EffectKey> = parts.iter().map(part).collect();
    wanted.sort();
    Invariant::SplitOnce.same(&owed, &wanted)?;

    // One part is paid; doing it all again must not bring it back.
    let first = mine(store, &wanted[0], at).await?;
    store.pay_effect(&first).await?;
    let before = eye.look().await.items;
    store.split_effect(&claimed, &parts, at).await?;
    Invariant::SplitOnce.unchanged(&eye.look().await.items, &before)
}

pub async fn only_the_holder_settles<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let (booking, announce) = owing(store).await?;
    let lost = mine(store, &announce, now()).await?;
    let again = now() + LEASE + GRACE;
    let held = mine(store, &announce, again).await?;
    Invariant::OnlyTheHolder.same(&held.attempts, &2)?;

    let before = eye.look().await.items;
    store.pay_effect(&lost).await?;
    Invariant::OnlyTheHolder.unchanged(&eye.look().await.items, &before)?;
    store.postpone_effect(&lost, later()).await?;
    Invariant::OnlyTheHolder.unchanged(&eye.look().await.items, &before)?;
    store.split_effect(&lost, &announce.kind.parts(&booking), again).await?;
    Invariant::OnlyTheHolder.unchanged(&eye.look().await.items, &before)?;

    store.pay_effect(&held).await?;
    Invariant::OnlyTheHolder.same(&store.claim_effect(&announce, later()).await?, &Claim::Gone)?;
    // Paid twice is paid.
    store.pay_effect(&held).await?;
    store.postpone_effect(&held, later()).await?;
    Invariant::OnlyTheHolder.holds(!eye.look().await.effects.contains(&announce), || "it is back".to_owned())
}

pub async fn work_that_was_put_off_waits<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    let (_, announce) = owing(store).await?;
    let claimed = mine(store, &announce, now()).await?;
    let retry_at = now() + TimeDelta::seconds(10);
    store.postpone_effect(&claimed, retry_at).await?;
    let early = store.claim_effect(&announce, retry_at - TimeDelta::milliseconds(1)).await?;
    Invariant::PutOff.same(&early, &Claim::NotYet)?;
    // The lease is given back with it: it would have lasted longer.
    let claim = store.claim_effect(&announce, retry_at).await?;
    let again = matches!(&claim, Claim::Mine { effect, .. } if effect.attempts == 2);
    Invariant::PutOff.holds(again, || format!("{claim:?}"))
}

pub async fn hopeless_work_is_set_aside<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let (_, announce) = owing(store).await?;
    let mut time = now();
    for attempt in 1..=ATTEMPTS_MAX {
        let claimed = mine(store, &announce, time).await?;
        Invariant::GivenUp.same(&claimed.attempts, &attempt)?;
        time += TimeDelta::seconds(1);
        store.postpone_effect(&claimed, time).await?;
    }
    Invariant::GivenUp.same(&store.claim_effect(&announce, time).await?, &Claim::GiveUp)?;

    store.park_effect(&announce, "tried too often", time).await?;
    let seen = eye.look().await;
    Invariant::SetAside.holds(!seen.effects.contains(&announce), || "it is still owed".to_owned())?;
    Invariant::SetAside.same(&seen.parked.into_iter().collect::<Vec<_>>(), &vec![announce.clone()])?;
    Invariant::SetAside.same(&store.claim_effect(&announce, later()).await?, &Claim::Gone)?;
    // Parking again changes nothing, not even the time.
    store.park_effect(&announce, "again", later()).await?;
    Invariant::SetAside.unchanged(&eye.look().await.items, &seen.items)
}

pub async fn work_that_nobody_owes_is_dropped<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let (_, announce) = owing(store).await?;
    mine(store, &announce, now()).await?;
    store.drop_effect(&announce).await?;
    Invariant::SetAside
        .holds(!eye.look().await.effects.contains(&announce), || "it is still owed".to_owned())?;
    let before = eye.look().await.items;
    store.drop_effect(&announce).await?;
    Invariant::NothingWritten.unchanged(&eye.look().await.items, &before)
}
