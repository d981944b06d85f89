//! A guest opens a booking page.

use chrono::NaiveDate;
use futures::future::try_join_all;
use openslot_domain::host::Host;
use openslot_domain::ids::Slug;
use openslot_domain::meeting_type::MeetingType;

use crate::list_slots::{RecentMeetingTypes, active};
use crate::ports::{Clock, Consistency, Failure, FindMeetingType, ReadHost};

/// A meeting type with the hosts who take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What can be booked.
    pub meeting_type: MeetingType,
    /// Its active hosts, in the order of the meeting type.
    pub hosts: Vec<Host>,
}

/// The meeting type and its active hosts, or `None` when there is none of that name or it is switched off.
/// Reads only; may lag a moment behind an edit.
pub async fn show_meeting_type<S, W>(
    store: &S,
    world: &W,
    recent: &RecentMeetingTypes,
    slug: &Slug,
) -> Result<Option<Shown>, Failure>
where
    S: FindMeetingType + ReadHost + Sync,
    W: Clock + Sync,
{
    let Some(meeting_type) = active(store, recent, slug, world.now()).await? else {
        return Ok(None);
    };
    let reads = meeting_type.hosts.iter().map(|id| store.read_host(id, NO_DAYS, Consistency::Eventual));
    let found = try_join_all(reads).await?.into_iter().flatten();
    let hosts = found.map(|snapshot| snapshot.host).filter(|host| host.active).collect();
    Ok(Some(Shown { meeting_type, hosts }))
}

/// Past every day that can be stored: only the settings are read.
const NO_DAYS: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date of the calendar");
