//! Changes of bookings that stand: all of a plan or nothing of it, and only while the booking is as it was read.

use futures::future::join_all;
use openslot_domain::booking::change::{self, ChangePlan, Deed};
use openslot_domain::booking::{Actor, Booking, DayCheck, OperationKey};
use openslot_domain::host::{Host, HostDay, HostSnapshot};
use openslot_domain::ids::BookingId;
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Caps, MeetingType, Mode};
use openslot_domain::text::Paragraphs;
use openslot_tests::support::samples::{at, booking_id, date, host_id, meeting_type};
use openslot_usecases::ports::{Consistency, Saved};

use crate::bookings::{done, now, planned, team};
use crate::store::{Eye, Store};
use crate::violation::{Invariant, Kept, Violation};

/// Monday at nine, with Grace.
pub const NINE: &str = "2026-11-23T09:00:00Z";

/// Made by the request of this number.
fn deed(number: u8) -> Deed {
    let operation = OperationKey::from_bytes([number; 16]);
    Deed { by: Actor::Attendee, at: now(), operation: Some(operation) }
}

/// One booking of all these hosts, which stands.
async fn standing<S: Store>(
    store: &S,
    number: u64,
    meeting_type: &MeetingType,
    hosts: &[Host],
    start: &str,
) -> Result<Booking, Violation> {
    let plan = planned(store, number, meeting_type, hosts, start).await?;
    done(store, &plan).await?;
    Ok(plan.booking)
}

/// Its hosts as they now stand.
async fn snapshots<S: Store>(store: &S, booking: &Booking) -> Result<Vec<HostSnapshot>, Violation> {
    let mut snapshots = Vec::new();
    for host in &booking.hosts {
        let snapshot = store.read_host(&host.id, date("2026-11-20"), Consistency::Strong).await?;
        snapshots.push(snapshot.unwrap_or_else(|| panic!("there is no host {}", host.id)));
    }
    Ok(snapshots)
}

/// Gives a booking up, on what the store now holds.
pub async fn cancelling<S: Store>(store: &S, booking: &Booking, number: u8) -> Result<ChangePlan, Violation> {
    let reason = Paragraphs::new("two\nlines", 100).ok();
    Ok(change::cancel(booking, &snapshots(store, booking).await?, reason, deed(number)))
}

/// Moves a booking for half an hour, on what the store now holds, whether or not that is on offer.
pub async fn moving<S: Store>(
    store: &S,
    booking: &Booking,
    meeting_type: &MeetingType,
    start: &str,
) -> Result<ChangePlan, Violation> {
    let to = Interval::lasting(at(start), 30).expect("a meeting lasts");
    let snapshots = snapshots(store, booking).await?;
    Ok(change::reschedule(booking, meeting_type, &snapshots, to, booking.time_zone, deed(2)))
}

/// Changes, and expects it to be done.
pub async fn changed<S: Store>(store: &S, plan: &ChangePlan) -> Kept {
    Invariant::Answers.same(&store.change_booking(plan).await?, &Saved::Done)
}

/// Changes, and expects that the store refuses for the sake of `invariant` and writes nothing.
async fn refused<S: Store>(store: &S, eye: &dyn Eye, plan: &ChangePlan, invariant: Invariant) -> Kept {
    let before = eye.look().await.items;
    invariant.same(&store.change_booking(plan).await?, &Saved::Overtaken)?;
    Invariant::NothingWritten.unchanged(&eye.look().await.items, &before)
}

/// The days of a host in which a booking has an entry that holds its time.
async fn held<S: Store>(store: &S, host: &str, id: BookingId) -> Result<Vec<String>, Violation> {
    let read = store.read_host(&host_id(host), date("2026-11-20"), Consistency::Strong).await?;
    let days = read.map(|snapshot| snapshot.days).unwrap_or_default();
    let holds = |day: &HostDay| day.entries.iter().any(|entry| entry.booking == id && entry.is_live());
    Ok(days.iter().filter(|(_, day)| holds(day)).map(|(date, _)| date.to_string()).collect())
}

pub async fn a_change_is_written_whole<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let booking = standing(store, 1, &intro, &hosts, NINE).await?;
    let owed_before = eye.look().await.effects;

    let moved = moving(store, &booking, &intro, "2026-11-24T15:00:00Z").await?;
    changed(store, &moved).await?;
    let cancelled = cancelling(store, &moved.booking, 3).await?;
    changed(store, &cancelled).await?;

    let stored = store.find_booking(&booking.id).await?;
    Invariant::ReadAsWritten.same(&stored, &Some(cancelled.booking.clone()))?;
    let days = snapshots(store, &booking).await?.remove(0).days;
    for write in &cancelled.days {
        Invariant::ReadAsWritten.same(&days.get(&write.date), &Some(&write.day))?;
    }
    // What was owed before is left to die by itself.
    let mut owed = owed_before;
    owed.extend(moved.effects.iter().chain(&cancelled.effects).map(|effect| effect.key.clone()));
    Invariant::EffectsOwed.same(&owed.len(), &7)?;
    Invariant::EffectsOwed.same(&eye.look().await.effects, &owed)
}

pub async fn a_booking_that_changed_refuses<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let booking = standing(store, 1, &intro, &hosts, NINE).await?;
    let mut late = moving(store, &booking, &intro, "2026-11-25T09:00:00Z").await?;
    let cancel = cancelling(store, &booking, 1).await?;
    changed(store, &cancel).await?;
    refused(store, eye, &cancel, Invariant::BookingAsRead).await?;
    // Up to date in every day, and still decided on a booking that is no more.
    late.days = moving(store, &booking, &intro, "2026-11-25T09:00:00Z").await?.days;
    refused(store, eye, &late, Invariant::BookingAsRead).await?;

    let nobody = Booking { id: booking_id(9), ..booking };
    refused(
        store,
        eye,
        &change::remember(&nobody, OperationKey::from_bytes([9; 16])),
        Invariant::BookingAsRead,
    )
    .await
}

/// A write that leaves revision and state alone counts too, or a change would undo it.
pub async fn a_booking_of_another_version_refuses<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let booking = standing(store, 1, &meeting_type("intro", &["grace"]), &hosts, NINE).await?;
    let on_first = cancelling(store, &booking, 1).await?;
    let second = change::remember(&booking, OperationKey::from_bytes([7; 16]));
    changed(store, &second).await?;
    refused(store, eye, &on_first, Invariant::BookingVersion).await?;
    let on_second = cancelling(store, &second.booking, 1).await?;
    let third = change::remember(&second.booking, OperationKey::from_bytes([8; 16]));
    changed(store, &third).await?;
    refused(store, eye, &on_second, Invariant::BookingVersion).await?;
    changed(store, &cancelling(store, &third.booking, 1).await?).await
}

pub async fn a_change_relies_on_the_days_it_writes<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let booking = standing(store, 1, &intro, &hosts, NINE).await?;
    let cancel = cancelling(store, &booking, 1).await?;
    let moved = moving(store, &booking, &intro, "2026-11-24T09:00:00Z").await?;
    // Somebody books on the day that would be left, and on the one that would be taken.
    standing(store, 2, &intro, &hosts, "2026-11-24T09:00:00Z").await?;
    refused(store, eye, &moved, Invariant::DayVersion).await?;
    standing(store, 3, &intro, &hosts, "2026-11-23T11:00:00Z").await?;
    refused(store, eye, &cancel, Invariant::DayVersion).await?;
    changed(store, &cancelling(store, &booking, 1).await?).await?;
    Invariant::DayVersion.same(&held(store, "grace", booking_id(3)).await?, &vec!["2026-11-23".to_owned()])
}

pub async fn a_move_relies_on_the_days_it_counted<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let plain = meeting_type("intro", &["grace"]);
    let capped = MeetingType { caps: Caps { per_day: None, per_week: Some(3) }, ..plain.clone() };
    let booking = standing(store, 1, &capped, &hosts, NINE).await?;
    let moved = moving(store, &booking, &capped, "2026-11-25T09:00:00Z").await?;
    let friday = DayCheck { host: host_id("grace"), date: date("2026-11-27"), read: None };
    Invariant::DayCheck.holds(moved.checks.contains(&friday), || "Friday is not counted".to_owned())?;
    standing(store, 2, &plain, &hosts, "2026-11-27T09:00:00Z").await?;
    refused(store, eye, &moved, Invariant::DayCheck).await?;
    changed(store, &moving(store, &booking, &capped, "2026-11-25T09:00:00Z").await?).await
}

pub async fn a_move_relies_on_the_settings_it_read<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let booking = standing(store, 1, &intro, &hosts, NINE).await?;
    let moved = moving(store, &booking, &intro, "2026-11-24T09:00:00Z").await?;
    let cancel = cancelling(store, &booking, 1).await?;
    let edited = Host { active: false, ..hosts[0].clone() };
    Invariant::LostUpdate.same(&store.save_host(&edited, Some(1)).await?, &Saved::Done)?;
    refused(store, eye, &moved, Invariant::Fence).await?;
    // Whatever a host's hours are, a booking can be given up.
    changed(store, &cancel).await
}

pub async fn a_moved_booking_holds_one_time<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    let ids = ["ada", "grace"];
    let hosts = team(store, &ids).await?;
    let panel = MeetingType { mode: Mode::Collective, after_mins: 15, ..meeting_type("panel", &ids) };
    // Over midnight, by its buffer, into the morning of the next day, and then to a day in between.
    let booking = standing(store, 1, &panel, &hosts, "2026-11-23T23:30:00Z").await?;
    let next = moving(store, &booking, &panel, "2026-11-24T15:00:00Z").await?;
    changed(store, &next).await?;
    for id in ids {
        Invariant::OneTime.same(&held(store, id, booking.id).await?, &vec!["2026-11-24".to_owned()])?;
    }
    let back = moving(store, &next.booking, &panel, "2026-11-23T23:30:00Z").await?;
    changed(store, &back).await?;
    let both = vec!["2026-11-23".to_owned(), "2026-11-24".to_owned()];
    for id in ids {
        Invariant::OneTime.same(&held(store, id, booking.id).await?, &both)?;
    }
    changed(store, &cancelling(store, &back.booking, 5).await?).await?;
    for id in ids {
        Invariant::OneTime.same(&held(store, id, booking.id).await?, &Vec::new())?;
    }
    Ok(())
}

/// How many want to change the same booking at once.
const RIVALS: u8 = 16;

/// All plan on the same booking, some to cancel and some to move it; whoever wins, everybody else reads again.
pub async fn one_of_many_changes_wins<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let booking = standing(store, 1, &intro, &hosts, NINE).await?;
    let mut plans = Vec::new();
    for number in 0..RIVALS {
        plans.push(match number % 2 {
            0 => cancelling(store, &booking, number).await?,
            _ => moving(store, &booking, &intro, &format!("2026-11-24T{:02}:00:00Z", 8 + number / 2)).await?,
        });
    }
    let owed = eye.look().await.effects.len();
    let changes =
        join_all(plans.iter().map(|plan| async { Ok::<_, Violation>(store.change_booking(plan).await?) }));
    let answers: Vec<Saved> = changes.await.into_iter().collect::<Result<_, _>>()?;
    let winners: Vec<&ChangePlan> = plans
        .iter()
        .zip(&answers)
        .filter(|(_, answer)| **answer == Saved::Done)
        .map(|(plan, _)| plan)
        .collect();
    Invariant::OneWinner.holds(winners.len() == 1, || format!("{} won: {answers:?}", winners.len()))?;
    let stored = store.find_booking(&booking.id).await?;
    Invariant::OneWinner.same(&stored, &Some(winners[0].booking.clone()))?;
    Invariant::NothingWritten.same(&eye.look().await.effects.len(), &(owed + winners[0].effects.len()))
}
