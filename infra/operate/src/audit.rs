//! A table is looked through, or put right.

use chrono::{DateTime, Utc};
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::{
    Clock, DropEffect, DropGuest, EveryBooking, EveryEffect, EveryGuest, EverySettings, Failure, FindBooking,
    ListHosts, MendDay, MendSettings, NewDataKey, OweEffect, PutGuest, PutWrappedKey, ReadDays,
    UnwrapDataKey, WrappedKeys,
};
use openslot_usecases::repair_hosts::{Repaired, repair_hosts};
use openslot_usecases::repair_rows::repair_rows;
use openslot_usecases::verify_hosts::{Verified, verify_hosts};
use openslot_usecases::verify_rows::{Fault, verify_rows};

use crate::{Report, count};

pub(crate) async fn verify<S, K, W>(
    store: &S,
    keyring: &Keyring<K>,
    world: &W,
    restored_to: Option<DateTime<Utc>>,
) -> Result<Report, Failure>
where
    S: ListHosts + ReadDays + EveryBooking + FindBooking + Sync,
    S: EveryEffect + EveryGuest + EverySettings + WrappedKeys,
    K: UnwrapDataKey + Sync,
    W: Clock + Sync,
{
    let days = verify_hosts(store, world).await?;
    let rows = verify_rows(store, keyring, world, restored_to).await?;
    Ok(found(&days, &rows))
}

pub(crate) async fn repair<S, K, W>(
    store: &S,
    keyring: &Keyring<K>,
    world: &W,
    restored_to: Option<DateTime<Utc>>,
) -> Result<Report, Failure>
where
    S: ListHosts + ReadDays + EveryBooking + FindBooking + MendDay + Sync,
    S: EveryEffect + EveryGuest + EverySettings + WrappedKeys + PutWrappedKey,
    S: OweEffect + DropEffect + PutGuest + DropGuest + MendSettings,
    K: NewDataKey + UnwrapDataKey + Sync,
    W: Clock + Sync,
{
    let days = repair_hosts(store, world).await?;
    let rows = repair_rows(store, keyring, world, restored_to).await?;
    Ok(mended(&days, &rows))
}

fn found(days: &Verified, rows: &[Fault]) -> Report {
    let Verified { hosts, bookings, differences, unsettled } = days;
    let mut lines: Vec<String> =
        differences.iter().map(|(host, difference)| format!("{host} {difference}")).collect();
    lines.extend(rows.iter().map(ToString::to_string));
    lines.extend(in_motion(unsettled.len()));
    let all = differences.len() + rows.len();
    let (hosts, bookings) = (count(*hosts, "host"), count(*bookings, "booking"));
    lines.push(format!("{} in {hosts} and {bookings}.", count(all, "difference")));
    Report::of(all == 0 && unsettled.is_empty(), &lines)
}

fn mended(days: &Repaired, rows: &[Fault]) -> Report {
    let Repaired { hosts, mended, left, unsettled } = days;
    let mut lines: Vec<String> =
        mended.iter().map(|(host, date)| format!("{host} {date}: written anew")).collect();
    lines.extend(rows.iter().map(|fault| format!("{fault}: mended")));
    lines.extend(
        left.iter().map(|(host, difference)| format!("{host} {difference}; one of them has to be moved")),
    );
    lines.extend(in_motion(unsettled.len()));
    let (days, rows, hosts) = (count(mended.len(), "day"), count(rows.len(), "row"), count(*hosts, "host"));
    let left_over = count(left.len(), "difference");
    lines.push(format!("{days} written anew in {hosts}, {rows} mended, {left_over} left."));
    Report::of(left.is_empty() && unsettled.is_empty(), &lines)
}

fn in_motion(unsettled: usize) -> Option<String> {
    (unsettled > 0).then(|| format!("{unsettled} could not be looked at in peace; try again"))
}
