#![doc = include_str!("../README.md")]

mod audit;
mod erasing;
mod options;
mod parked;

use chrono::{DateTime, Utc};
use openslot_domain::text::EmailAddress;
use openslot_usecases::erase_guest::{erase_again, erase_guest};
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::{
    ChangeBooking, Clock, DropEffect, DropGuest, Entropy, EveryBooking, EveryEffect, EveryErasure,
    EveryGuest, EverySettings, Failure, FindBooking, FindGuest, ListHosts, ListParked, MendDay, MendSettings,
    NewDataKey, OweEffect, Pause, PutErasure, PutGuest, PutWrappedKey, ReadDays, ReplayParked, UnwrapDataKey,
    WrappedKeys,
};

pub use self::options::{Arguments, Audit, Command, Restored};

/// What there is to say once it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whether everything is as it must be, by now.
    pub is_right: bool,
    /// The whole of it, for the person at the keyboard; ends with a line of its own.
    pub text: String,
}

/// Looks through a table, and puts it right if that is asked for: every host's days by its bookings, and every other
/// row that is written with a booking or with settings.
///
/// Safe to repeat, and to break off. Fails if the table or the key cannot be reached; what was mended by then stays
/// mended.
pub async fn audit<S, K, W>(
    what: Audit,
    store: &S,
    keyring: &Keyring<K>,
    world: &W,
) -> Result<Report, Failure>
where
    S: ListHosts + ReadDays + EveryBooking + FindBooking + MendDay + Sync,
    S: EveryEffect + EveryGuest + EverySettings + WrappedKeys + PutWrappedKey,
    S: OweEffect + DropEffect + PutGuest + DropGuest + MendSettings,
    K: NewDataKey + UnwrapDataKey + Sync,
    W: Clock + Sync,
{
    match what {
        Audit::Verify(Restored { restored_to }) => audit::verify(store, keyring, world, restored_to).await,
        Audit::Repair(Restored { restored_to }) => audit::repair(store, keyring, world, restored_to).await,
    }
}

/// Erases whoever has this address from every booking that is over. Safe to repeat.
pub async fn erase<S, K, W>(
    store: &S,
    keyring: &Keyring<K>,
    world: &W,
    email: &EmailAddress,
) -> Result<Report, Failure>
where
    S: FindGuest + FindBooking + ChangeBooking + DropGuest + PutErasure + WrappedKeys + Sync,
    K: UnwrapDataKey + Sync,
    W: Clock + Pause + Entropy + Sync,
{
    Ok(erasing::told(&erase_guest(store, keyring, world, email).await?))
}

/// Makes a restored table whole, before anything runs on it: repairs it, does again what `left` says was erased since,
/// and looks through it. Safe to repeat, and to break off.
pub async fn restored<L, S, K, W>(
    left: &L,
    store: &S,
    keyring: &Keyring<K>,
    world: &W,
    to: DateTime<Utc>,
) -> Result<Report, Failure>
where
    L: EveryErasure + Sync,
    S: ListHosts + ReadDays + EveryBooking + FindBooking + ChangeBooking + MendDay + Sync,
    S: EveryEffect + EveryGuest + EverySettings + WrappedKeys + PutWrappedKey,
    S: OweEffect + DropEffect + PutGuest + DropGuest + MendSettings + FindGuest + PutErasure,
    K: NewDataKey + UnwrapDataKey + Sync,
    W: Clock + Pause + Entropy + Sync,
{
    let restored_to = Some(to);
    let mended = audit::repair(store, keyring, world, restored_to).await?;
    let erased = erasing::told(&erase_again(left, store, keyring, world).await?);
    let found = audit::verify(store, keyring, world, restored_to).await?;
    let is_right = mended.is_right && erased.is_right && found.is_right;
    Ok(Report { is_right, text: mended.text + &erased.text + &found.text })
}

/// Lists what was set aside. Reads only.
pub async fn show_parked<S: ListParked + Sync>(store: &S) -> Result<Report, Failure> {
    parked::show(store).await
}

/// Puts everything that was set aside back on its queue. Safe to repeat.
pub async fn replay<S, W>(store: &S, world: &W) -> Result<Report, Failure>
where
    S: ListParked + ReplayParked + Sync,
    W: Clock + Sync,
{
    parked::replay(store, world).await
}

impl Report {
    fn of(is_right: bool, lines: &[String]) -> Self {
        Self { is_right, text: lines.join("\n") + "\n" }
    }
}

/// So many of them, in words.
fn count(many: usize, what: &str) -> String {
    match many {
        0 => format!("no {what}"),
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}
