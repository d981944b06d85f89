//! Claims: one holder, only while it is owed, and never after the mail service's word.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use openslot_domain::booking::{Booking, State};
use openslot_domain::effects::{Effect, EffectKey, EffectKind, GRACE, LEASE, Recipient};
use openslot_domain::host::Host;
use openslot_tests::support::samples::{at, booking, booking_id, meeting_type, plan_in};
use openslot_usecases::ports::Claim;

use crate::bookings::{done, later, now, team};
use crate::queues::{mine, owing};
use crate::store::{Eye, Store};
use crate::violation::{Invariant, Kept, Violation};

pub async fn a_claim_holds_through_lease_and_grace<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    let (booking, announce) = owing(store).await?;
    let Claim::Mine { effect, booking: read } = store.claim_effect(&announce, now()).await? else {
        return Invariant::ClaimOnce.holds(false, || "the first claim is refused".to_owned());
    };
    Invariant::ReadAsWritten.same(&*read, &booking)?;
    let wanted = Effect { lease: Some(now() + LEASE), attempts: 1, ..Effect::owed(announce.clone()) };
    Invariant::ReadAsWritten.same(&effect, &wanted)?;

    let free_at = now() + LEASE + GRACE;
    for held in [now(), now() + LEASE, free_at - TimeDelta::milliseconds(1)] {
        Invariant::ClaimOnce.same(&store.claim_effect(&announce, held).await?, &Claim::NotYet)?;
    }
    Invariant::ClaimOnce.same(&mine(store, &announce, free_at).await?.attempts, &2)
}

pub async fn one_of_many_claims_holds<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    let (_, announce) = owing(store).await?;
    let claims = join_all((0..16).map(|_| store.claim_effect(&announce, now()))).await;
    let claims: Vec<Claim> = claims.into_iter().collect::<Result<_, _>>()?;
    let held = claims.iter().filter(|claim| matches!(claim, Claim::Mine { .. })).count();
    Invariant::ClaimOnce.holds(held == 1, || format!("{held} hold it"))?;
    let others = claims.iter().all(|claim| matches!(claim, Claim::Mine { .. } | Claim::NotYet));
    Invariant::ClaimOnce.holds(others, || format!("{claims:?}"))
}

pub async fn work_that_is_no_longer_owed_is_not_claimed<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let hosts: Vec<&Host> = hosts.iter().collect();
    let start = |number: u32| at("2026-11-23T09:00:00Z") + TimeDelta::hours(i64::from(number));
    let remind = EffectKind::Remind { mins_before: 60 };
    let states = [State::Pending, State::Cancelled, State::Declined];
    let reminders = states.map(|state| (state, 0, remind.clone()));
    // A word was said, and a time was moved.
    let others = [(State::Confirmed, 0, EffectKind::Lapse), (State::Confirmed, 1, EffectKind::Announce)];
    for (number, (state, revision, kind)) in (1..).zip(reminders.into_iter().chain(others)) {
        let made = booking(u64::from(number), &intro, &hosts, start(number), now());
        let mut plan = plan_in(store, Booking { state, revision, ..made }, &intro).await?;
        let key = EffectKey { due: now(), booking: plan.booking.id, revision: 0, kind };
        plan.effects = vec![Effect::owed(key.clone())];
        done(store, &plan).await?;
        stale(store, eye, &key, now()).await?;
    }
    let confirmed = booking(9, &intro, &hosts, start(9), now());
    let mut plan = plan_in(store, confirmed, &intro).await?;
    let key = |booking| EffectKey { due: now(), booking, revision: 0, kind: remind.clone() };
    let (of_nobody, too_late) = (key(booking_id(99)), key(plan.booking.id));
    plan.effects = [too_late.clone(), of_nobody.clone()].map(Effect::owed).to_vec();
    done(store, &plan).await?;
    stale(store, eye, &too_late, start(9)).await?;
    stale(store, eye, &of_nobody, now()).await
}

async fn stale<S: Store>(store: &S, eye: &dyn Eye, key: &EffectKey, at: DateTime<Utc>) -> Kept {
    let before = eye.look().await.items;
    let found = store.claim_effect(key, at).await?;
    Invariant::StaleDies.holds(found == Claim::Stale, || format!("{key:?} is {found:?}"))?;
    Invariant::NothingWritten.unchanged(&eye.look().await.items, &before)
}

/// Splits the announcement and claims the attendee's letter.
async fn letter<S: Store>(store: &S) -> Result<Effect, Violation> {
    let (_, announce) = owing(store).await?;
    let claimed = mine(store, &announce, now()).await?;
    let kind = EffectKind::Letter(Recipient::Attendee);
    store.split_effect(&claimed, std::slice::from_ref(&kind), now()).await?;
    mine(store, &EffectKey { due: now(), kind, ..announce }, now()).await
}

pub async fn confirmed_work_is_not_done_again<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let letter = letter(store).await?;
    store.acknowledge_letter(&letter.key, "message-1").await?;
    // At once, and however late: also where it would be free, or given up.
    for time in [now(), now() + LEASE + GRACE, later()] {
        Invariant::Confirmed.same(&store.claim_effect(&letter.key, time).await?, &Claim::Paid)?;
    }
    store.park_effect(&letter.key, "in vain", later()).await?;
    Invariant::Confirmed.same(&eye.look().await.parked.len(), &0)?;
    Invariant::Confirmed.same(&store.claim_effect(&letter.key, later()).await?, &Claim::Paid)?;
    // Its holder may still settle it.
    store.pay_effect(&letter).await?;
    Invariant::Confirmed.same(&store.claim_effect(&letter.key, later()).await?, &Claim::Gone)
}

/// The word may come after the work was paid: it must not bring back a part of it.
pub async fn a_late_confirmation_leaves_nothing<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let letter = letter(store).await?;
    store.pay_effect(&letter).await?;
    let before = eye.look().await.items;
    store.acknowledge_letter(&letter.key, "message-1").await?;
    Invariant::Confirmed.unchanged(&eye.look().await.items, &before)
}
