//! Work that was set aside: seen, and put back.

use chrono::TimeDelta;
use openslot_domain::effects::{Effect, EffectKey, EffectKind, Recipient};
use openslot_domain::host::Host;
use openslot_dynamodb::Spent;
use openslot_tests::support::engine::Engine;
use openslot_tests::support::samples::{at, booking, meeting_type, plan_in};
use openslot_usecases::ports::{Claim, ListParked, ParkedEffect, ReplayParked, Replayed};

use crate::bookings::{done, later, now, team};
use crate::store::{Eye, Store};
use crate::violation::{Invariant, Kept, Violation};

/// One piece of work of every kind, set aside at different times; in the order in which they came due.
async fn set_aside<S: Store>(store: &S) -> Result<Vec<ParkedEffect>, Violation> {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let hosts: Vec<&Host> = hosts.iter().collect();
    let wanted = booking(1, &intro, &hosts, at("2026-11-23T09:00:00Z"), now());
    let mut plan = plan_in(store, wanted, &intro).await?;
    let recipient = Recipient::Host("grace".parse().expect("this is a host id"));
    let kinds = [
        EffectKind::Reminded { mins_before: 60 },
        EffectKind::Letter(recipient.clone()),
        EffectKind::Announce,
        EffectKind::Remind { mins_before: 1440 },
        EffectKind::Event,
        EffectKind::Reminder { mins_before: 60, recipient },
        EffectKind::Lapse,
    ];
    let due = |place: usize| now() + TimeDelta::seconds(i64::try_from(place).unwrap_or(0));
    let key = |(place, kind)| EffectKey { due: due(place), booking: plan.booking.id, revision: 0, kind };
    let keys: Vec<EffectKey> = kinds.into_iter().enumerate().map(key).collect();
    plan.effects = keys.iter().cloned().map(Effect::owed).collect();
    done(store, &plan).await?;
    let mut parked = Vec::new();
    for (place, key) in keys.into_iter().enumerate() {
        let (why, at) = (format!("reason {place}"), later() - TimeDelta::milliseconds(250));
        store.park_effect(&key, &why, at).await?;
        parked.push(ParkedEffect { key, at, why });
    }
    Ok(parked)
}

pub async fn what_was_set_aside_is_seen<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    Invariant::ParkedSeen.same(&store.list_parked(9).await?, &Vec::new())?;
    let parked = set_aside(store).await?;
    Invariant::ParkedSeen.same(&store.list_parked(100).await?, &parked)?;
    Invariant::ParkedSeen.same(&store.list_parked(3).await?, &parked[..3].to_vec())?;
    Invariant::ParkedSeen.same(&store.list_parked(0).await?, &Vec::new())?;
    let seen = eye.look().await.parked;
    Invariant::ParkedSeen.same(&seen, &parked.into_iter().map(|work| work.key).collect())
}

pub async fn what_was_set_aside_is_put_back_once<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let parked = set_aside(store).await?;
    let announce = &parked[2].key;
    let again = later();
    Invariant::PutBack.same(&store.replay_parked(announce, again).await?, &Replayed::Done)?;
    let seen = eye.look().await;
    Invariant::PutBack.holds(!seen.parked.contains(announce), || "it is still set aside".to_owned())?;
    Invariant::PutBack.same(&seen.parked.len(), &(parked.len() - 1))?;
    // It is due from now on, with all its tries.
    let early = store.claim_effect(announce, again - TimeDelta::milliseconds(1)).await?;
    Invariant::PutBack.same(&early, &Claim::NotYet)?;
    let claim = store.claim_effect(announce, again).await?;
    let fresh = matches!(&claim, Claim::Mine { effect, .. } if effect.attempts == 1);
    Invariant::PutBack.holds(fresh, || format!("{claim:?}"))?;
    // A second wish finds nothing, and takes nothing from whoever works on it.
    let before = eye.look().await.items;
    Invariant::PutBack.same(&store.replay_parked(announce, again).await?, &Replayed::Gone)?;
    Invariant::NothingWritten.unchanged(&eye.look().await.items, &before)?;
    // What was never set aside is not made by asking for it.
    let stranger = EffectKey { revision: 7, ..announce.clone() };
    Invariant::PutBack.same(&store.replay_parked(&stranger, again).await?, &Replayed::Gone)?;
    Invariant::NothingWritten.unchanged(&eye.look().await.items, &before)
}

/// What looking and putting back cost.
#[tokio::test]
async fn putting_work_back_is_one_transaction_of_four_units() {
    let engine = Engine::start().await;
    let (table, meter) = engine.metered("openslot").await;
    let parked = set_aside(&table).await.unwrap();
    meter.take();
    table.list_parked(9).await.unwrap();
    let looks = meter.take();
    let query = Spent { operation: "Query", read: 0.5, write: 0.0 };
    assert_eq!(looks, vec![query; parked.len()], "one cheap look per kind");
    table.replay_parked(&parked[0].key, later()).await.unwrap();
    assert_eq!(meter.take(), [Spent { operation: "TransactWriteItems", read: 0.0, write: 4.0 }]);
}
