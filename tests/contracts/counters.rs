//! Limit counters and data keys.

use futures::future::join_all;
use openslot_domain::limits::{Limit, Scope};
use openslot_fakes::FakeKms;
use openslot_tests::support::samples::at;
use openslot_usecases::keyring::{CounterMac, Keyring};
use openslot_usecases::ports::{Counted, CounterKey, KeyPurpose, Saved, WrappedKey};

use crate::store::{Eye, Store};
use crate::violation::{Invariant, Kept, Violation};

const SEVEN_A_MINUTE: Limit = Limit { most: 7, window_secs: 60 };

/// How many ask at once.
const RIVALS: usize = 50;

fn counter() -> CounterKey {
    CounterKey { scope: Scope::Recipient, subject: CounterMac([1; 32]), window: at("2026-11-20T08:15:00Z") }
}

/// Asks so often at once, and says how often there was room.
async fn taken<S: Store>(store: &S, key: &CounterKey, times: usize) -> Result<usize, Violation> {
    let takes = join_all((0..times).map(|_| store.take_quota(key, SEVEN_A_MINUTE))).await;
    let takes: Vec<Counted> = takes.into_iter().collect::<Result<_, _>>()?;
    Ok(takes.into_iter().filter(|counted| *counted == Counted::Within).count())
}

/// The same, one after the other: for what is promised whoever comes at once or alone.
async fn taken_in_turn<S: Store>(store: &S, key: &CounterKey, times: usize) -> Result<usize, Violation> {
    let mut taken = 0;
    for _ in 0..times {
        taken += usize::from(store.take_quota(key, SEVEN_A_MINUTE).await? == Counted::Within);
    }
    Ok(taken)
}

pub async fn a_counter_is_exact_whoever_asks_at_once<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    Invariant::CountsExactly.same(&taken(store, &counter(), RIVALS).await?, &7)?;
    Invariant::CountsExactly.same(&taken(store, &counter(), RIVALS).await?, &0)?;
    let none = Limit { most: 0, window_secs: 60 };
    let fresh = CounterKey { subject: CounterMac([2; 32]), ..counter() };
    Invariant::CountsExactly.same(&store.take_quota(&fresh, none).await?, &Counted::Over)
}

pub async fn what_is_given_back_can_be_taken_again<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    Invariant::CountsExactly.same(&taken_in_turn(store, &counter(), 9).await?, &7)?;
    store.give_back_quota(&counter()).await?;
    store.give_back_quota(&counter()).await?;
    Invariant::CountsExactly.same(&taken_in_turn(store, &counter(), 9).await?, &2)?;

    // Given back more often than taken, it does not lend.
    for _ in 0..9 {
        store.give_back_quota(&counter()).await?;
    }
    Invariant::CountsExactly.same(&taken_in_turn(store, &counter(), 20).await?, &7)?;

    let gone = CounterKey { subject: CounterMac([2; 32]), ..counter() };
    let before = eye.look().await.items;
    store.give_back_quota(&gone).await?;
    Invariant::NothingWritten.unchanged(&eye.look().await.items, &before)
}

/// The counters of past windows are still there: nothing has removed them yet.
pub async fn a_past_window_counts_no_longer<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    Invariant::WindowsApart.same(&taken_in_turn(store, &counter(), 9).await?, &7)?;
    let next = CounterKey { window: at("2026-11-20T08:16:00Z"), ..counter() };
    let other_scope = CounterKey { scope: Scope::Address, ..counter() };
    let other_subject = CounterKey { subject: CounterMac([2; 32]), ..counter() };
    for key in [next, other_scope, other_subject] {
        Invariant::WindowsApart.same(&taken_in_turn(store, &key, 9).await?, &7)?;
    }
    Invariant::WindowsApart.same(&eye.look().await.items.len(), &4)
}

pub async fn the_first_data_key_of_a_number_stays<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    let purpose = KeyPurpose::ManageLinks;
    Invariant::OneKeyPerNumber.same(&store.wrapped_keys(purpose).await?, &Vec::new())?;
    let keys: Vec<WrappedKey> = (0..8).map(|byte| WrappedKey { number: 1, blob: vec![byte; 40] }).collect();
    let saved = join_all(keys.iter().map(|key| store.put_wrapped_key(purpose, key))).await;
    let saved: Vec<Saved> = saved.into_iter().collect::<Result<_, _>>()?;
    let winners: Vec<&WrappedKey> =
        keys.iter().zip(&saved).filter(|(_, saved)| **saved == Saved::Done).map(|(key, _)| key).collect();
    Invariant::OneKeyPerNumber.same(&winners.len(), &1)?;
    Invariant::OneKeyPerNumber.same(&store.wrapped_keys(purpose).await?, &vec![winners[0].clone()])?;

    // Newest last, by number and not by its first digit; and each purpose for itself.
    for number in [10, 2] {
        store.put_wrapped_key(purpose, &WrappedKey { number, blob: vec![9] }).await?;
    }
    let numbers: Vec<u32> = store.wrapped_keys(purpose).await?.iter().map(|key| key.number).collect();
    Invariant::OneKeyPerNumber.same(&numbers, &vec![1, 2, 10])?;
    let others = store.wrapped_keys(KeyPurpose::GuestRows).await?;
    Invariant::OneKeyPerNumber.same(&others, &Vec::new())
}

/// Several processes start with an empty keyring: all end up with the same key.
pub async fn whoever_comes_first_makes_the_first_key<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    let now = at("2026-11-20T08:15:00Z");
    let kms = FakeKms::new(1);
    let rings: Vec<Keyring<FakeKms>> = (0..8).map(|_| Keyring::new(kms.clone())).collect();
    let keys = join_all(rings.iter().map(|ring| ring.newest(store, KeyPurpose::GuestRows, now))).await;
    let mut macs = Vec::new();
    for key in keys {
        macs.push(key?.mac(&[b"ada@example.com"]));
    }
    Invariant::OneKeyPerNumber.same(&macs, &vec![macs[0]; 8])?;
    let stored = store.wrapped_keys(KeyPurpose::GuestRows).await?;
    Invariant::OneKeyPerNumber.same(&stored.len(), &1)
}
