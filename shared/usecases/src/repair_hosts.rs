//! Every host's days are made to say what the bookings say.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use openslot_domain::audit::Difference;
use openslot_domain::ids::HostId;

use crate::ports::{Clock, EveryBooking, Failure, FindBooking, ListHosts, MendDay, ReadDays, Saved};
use crate::verify_hosts::Register;

/// How often one begins anew with a host whose days are written by others.
const LOOKS: u32 = 20;

/// What became of putting everything right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    /// How many hosts were looked at.
    pub hosts: usize,
    /// The days that were written anew.
    pub mended: BTreeSet<(HostId, NaiveDate)>,
    /// What no day can put right, by host: two bookings that hold the same time. People have to move one.
    pub left: Vec<(HostId, Difference)>,
    /// Hosts whose days others wrote whenever they were to be put right; repair again.
    pub unsettled: BTreeSet<HostId>,
}

/// Writes every day anew that differs from the bookings, so that [`crate::verify_hosts`] finds nothing but what
/// people have to settle.
///
/// May run while bookings are made and changed: a day is written only at the version at which it was found wrong, and
/// what it becomes was read later than that. Safe to repeat, and to break off.
pub async fn repair_hosts<S, W>(store: &S, world: &W) -> Result<Repaired, Failure>
where
    S: ListHosts + ReadDays + EveryBooking + FindBooking + MendDay + Sync,
    W: Clock + Sync,
{
    let mut register = Register::read(store, world.now()).await?;
    let mut repaired = Repaired::default();
    for host in register.hosts() {
        repaired.hosts += 1;
        let mut is_settled = false;
        for _ in 0..LOOKS {
            is_settled = repair(store, &mut register, &host, &mut repaired).await?;
            if is_settled {
                break;
            }
        }
        if !is_settled {
            repaired.unsettled.insert(host);
        }
    }
    Ok(repaired)
}

/// Puts one host's days right, as they were at one look; whether none was left to be looked at again.
async fn repair<S>(
    store: &S,
    register: &mut Register,
    host: &HostId,
    repaired: &mut Repaired,
) -> Result<bool, Failure>
where
    S: ReadDays + FindBooking + MendDay + Sync,
{
    let look = register.look(store, host).await?;
    let mut is_settled = true;
    for write in register.repair(host, &look) {
        match store.mend_day(&write).await? {
            Saved::Done => {
                tracing::info!(%host, date = %write.date, "a host-day was put right");
                repaired.mended.insert((host.clone(), write.date));
            }
            Saved::Overtaken => is_settled = false,
        }
    }
    if is_settled {
        let left = look.differences.into_iter().filter(|found| !found.what.is_mendable());
        repaired.left.extend(left.map(|found| (host.clone(), found)));
    }
    Ok(is_settled)
}
