//! Bookings: all of a plan or nothing of it.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures::future::join_all;
use openslot_domain::booking::{Booking, DayCheck, Guest, Plan, Source};
use openslot_domain::effects::{Queue, SHARDS};
use openslot_domain::host::Host;
use openslot_domain::meeting_type::{Caps, MeetingType, Mode};
use openslot_domain::text::Paragraphs;
use openslot_tests::support::samples::{
    self, at, booking, booking_id, date, host, host_id, line, meeting_type, people, plan_in,
};
use openslot_usecases::ports::{Commit, Consistency, Saved};

use crate::store::{Eye, Store};
use crate::violation::{Invariant, Kept, Violation};

/// When everything here is booked.
pub fn now() -> DateTime<Utc> {
    at("2026-11-20T08:00:00.25Z")
}

/// Saves a new host of each id, in London.
pub async fn team<S: Store>(store: &S, ids: &[&str]) -> Result<Vec<Host>, Violation> {
    let mut team = Vec::new();
    for id in ids {
        let host = host(id, Tz::Europe__London);
        Invariant::LostUpdate.same(&store.save_host(&host, None).await?, &Saved::Done)?;
        team.push(host);
    }
    Ok(team)
}

/// A booking of all these hosts, planned on what the store now holds.
pub async fn planned<S: Store>(
    store: &S,
    number: u64,
    meeting_type: &MeetingType,
    hosts: &[Host],
    start: &str,
) -> Result<Plan, Violation> {
    let hosts: Vec<&Host> = hosts.iter().collect();
    let booking = booking(number, meeting_type, &hosts, at(start), now());
    Ok(plan_in(store, booking, meeting_type).await?)
}

/// Commits, and expects it to be done.
pub async fn done<S: Store>(store: &S, plan: &Plan) -> Kept {
    Invariant::Answers.same(&store.commit_booking(plan, &people(1)).await?, &Commit::Done)
}

/// Commits, and expects that the store refuses for the sake of `invariant` and writes nothing.
async fn refused<S: Store>(
    store: &S,
    eye: &dyn Eye,
    plan: &Plan,
    answer: Commit,
    invariant: Invariant,
) -> Kept {
    let before = eye.look().await.items;
    invariant.same(&store.commit_booking(plan, &people(2)).await?, &answer)?;
    Invariant::NothingWritten.unchanged(&eye.look().await.items, &before)
}

pub async fn a_plan_is_written_whole<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let wanted = full(booking(1, &intro, &[&hosts[0]], at("2026-11-23T09:00:00Z"), now()));
    let plan = plan_in(store, wanted.clone(), &intro).await?;
    // Somebody may be attendee and guest at once.
    let people = [people(2), people(1)].concat();
    Invariant::Answers.same(&store.commit_booking(&plan, &people).await?, &Commit::Done)?;

    Invariant::ReadAsWritten.same(&store.find_booking(&wanted.id).await?, &Some(wanted.clone()))?;
    Invariant::ReadAsWritten.same(&store.find_booking(&booking_id(2)).await?, &None)?;
    let snapshot = store.read_host(&hosts[0].id, date("2026-11-20"), Consistency::Strong).await?;
    let days = snapshot.map(|snapshot| snapshot.days).unwrap_or_default();
    Invariant::ReadAsWritten.same(&days.get(&plan.days[0].date), &Some(&plan.days[0].day))?;

    let seen = eye.look().await;
    let owed = plan.effects.iter().map(|effect| effect.key.clone()).collect();
    Invariant::EffectsOwed.same(&seen.effects, &owed)?;
    Invariant::EffectsOwed.same(&owed.len(), &3)?;
    Invariant::GuestRows.same(&seen.guests, &vec![wanted.id; 2])
}

/// A booking with everything that a booking may have.
fn full(typical: Booking) -> Booking {
    let guest = |email: &str, name| Guest { email: email.parse().expect("an address"), name };
    Booking {
        locale: Some(line("de-CH")),
        guests: vec![guest("alan@example.com", Some(line("Alan"))), guest("mary@example.com", None)],
        note: Some(Paragraphs::new("two\nlines", 100).expect("a text")),
        source: Source {
            form_id: Some(line("contact")),
            page: Some(line("https://example.com/")),
            referrer: None,
            utm: vec![(line("source"), line("letter"))],
        },
        ..typical
    }
}

pub async fn a_booking_is_made_once<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let plan = planned(store, 1, &intro, &hosts, "2026-11-23T09:00:00Z").await?;
    done(store, &plan).await?;

    refused(store, eye, &plan, Commit::Exists, Invariant::MadeOnce).await?;
    // Up to date in every version, elsewhere in the calendar, and still the same id.
    let other = planned(store, 1, &intro, &hosts, "2026-11-24T15:00:00Z").await?;
    refused(store, eye, &other, Commit::Exists, Invariant::MadeOnce).await?;
    Invariant::MadeOnce.same(&store.find_booking(&booking_id(1)).await?, &Some(plan.booking))
}

pub async fn a_day_that_changed_refuses<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let on_empty_day = planned(store, 2, &intro, &hosts, "2026-11-23T10:00:00Z").await?;
    done(store, &planned(store, 1, &intro, &hosts, "2026-11-23T09:00:00Z").await?).await?;
    refused(store, eye, &on_empty_day, Commit::Overtaken, Invariant::DayVersion).await?;

    let on_first_version = planned(store, 3, &intro, &hosts, "2026-11-23T11:00:00Z").await?;
    done(store, &planned(store, 2, &intro, &hosts, "2026-11-23T10:00:00Z").await?).await?;
    refused(store, eye, &on_first_version, Commit::Overtaken, Invariant::DayVersion).await?;

    // A day that is not there has no version either.
    let mut on_lost_day = planned(store, 3, &intro, &hosts, "2026-11-25T11:00:00Z").await?;
    on_lost_day.days[0].read = Some(1);
    on_lost_day.days[0].day.version = 2;
    refused(store, eye, &on_lost_day, Commit::Overtaken, Invariant::DayVersion).await?;

    done(store, &planned(store, 3, &intro, &hosts, "2026-11-23T11:00:00Z").await?).await
}

pub async fn a_counted_day_that_changed_refuses<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let plain = meeting_type("intro", &["grace"]);
    let capped = MeetingType { caps: Caps { per_day: None, per_week: Some(3) }, ..plain.clone() };
    // Counts the week from Monday 23 to Sunday 29, all of it absent.
    let on_empty_week = planned(store, 1, &capped, &hosts, "2026-11-25T09:00:00Z").await?;
    Invariant::DayCheck.same(&on_empty_week.checks.len(), &6)?;
    done(store, &planned(store, 2, &plain, &hosts, "2026-11-27T09:00:00Z").await?).await?;
    refused(store, eye, &on_empty_week, Commit::Overtaken, Invariant::DayCheck).await?;

    // Friday is there now, and counted at its first version.
    let on_first_version = planned(store, 1, &capped, &hosts, "2026-11-25T09:00:00Z").await?;
    let friday = DayCheck { host: host_id("grace"), date: date("2026-11-27"), read: Some(1) };
    Invariant::DayCheck
        .holds(on_first_version.checks.contains(&friday), || "Friday is not counted".to_owned())?;
    done(store, &planned(store, 3, &plain, &hosts, "2026-11-27T11:00:00Z").await?).await?;
    refused(store, eye, &on_first_version, Commit::Overtaken, Invariant::DayCheck).await?;

    done(store, &planned(store, 1, &capped, &hosts, "2026-11-25T09:00:00Z").await?).await?;
    let snapshot = store.read_host(&host_id("grace"), date("2026-11-23"), Consistency::Strong).await?;
    let versions: Option<Vec<u64>> = snapshot.map(|read| read.days.values().map(|day| day.version).collect());
    Invariant::DayCheck.same(&versions, &Some(vec![1, 2]))
}

pub async fn settings_that_changed_refuse<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace", "alan"]).await?;
    let both = MeetingType { mode: Mode::Collective, ..meeting_type("panel", &["grace", "alan"]) };
    let before_edit = planned(store, 1, &both, &hosts, "2026-11-23T09:00:00Z").await?;
    let edited = Host { active: false, ..hosts[1].clone() };
    Invariant::LostUpdate.same(&store.save_host(&edited, Some(1)).await?, &Saved::Done)?;
    refused(store, eye, &before_edit, Commit::Overtaken, Invariant::Fence).await?;
    done(store, &planned(store, 1, &both, &hosts, "2026-11-23T09:00:00Z").await?).await
}

pub async fn a_booking_stands_in_every_utc_day_it_touches<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    // The meeting ends at midnight; only what is kept free after it reaches into the next day.
    let buffered = MeetingType { after_mins: 15, ..meeting_type("intro", &["grace"]) };
    let next_morning = planned(store, 2, &buffered, &hosts, "2026-12-01T00:00:00Z").await?;
    let plan = planned(store, 1, &buffered, &hosts, "2026-11-30T23:30:00Z").await?;
    done(store, &plan).await?;

    let snapshot = store.read_host(&host_id("grace"), date("2026-11-30"), Consistency::Strong).await?;
    let days = snapshot.map(|snapshot| snapshot.days).unwrap_or_default();
    let holders: Vec<_> = days.iter().map(|(date, day)| (date.to_string(), day.entries[0].booking)).collect();
    let wanted = ["2026-11-30", "2026-12-01"].map(|date| (date.to_owned(), booking_id(1)));
    Invariant::EveryUtcDay.same(&holders, &wanted.to_vec())?;
    refused(store, eye, &next_morning, Commit::Overtaken, Invariant::EveryUtcDay).await
}

pub async fn a_collective_takes_all_its_hosts<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let ids = ["ada", "grace", "alan"];
    let hosts = team(store, &ids).await?;
    let panel = MeetingType { mode: Mode::Collective, ..meeting_type("panel", &ids) };
    let alone = meeting_type("intro", &["alan"]);
    let overtaken = planned(store, 2, &panel, &hosts, "2026-11-23T10:00:00Z").await?;
    done(store, &planned(store, 1, &alone, &hosts[2..], "2026-11-23T09:00:00Z").await?).await?;
    refused(store, eye, &overtaken, Commit::Overtaken, Invariant::EveryHost).await?;

    done(store, &planned(store, 2, &panel, &hosts, "2026-11-23T10:00:00Z").await?).await?;
    for id in ids {
        let snapshot = store.read_host(&host_id(id), date("2026-11-23"), Consistency::Strong).await?;
        let days = snapshot.map(|snapshot| snapshot.days).unwrap_or_default();
        let holds = days.values().flat_map(|day| &day.entries).any(|entry| entry.booking == booking_id(2));
        Invariant::EveryHost.holds(holds, || format!("{id} knows nothing of it: {days:?}"))?;
    }
    Ok(())
}

/// How many want the same time at once.
pub const RIVALS: u64 = 64;

/// All plan on the same empty day, some alone and some together; whoever wins, everybody else reads again.
pub async fn one_of_many_wins<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let ids = ["ada", "grace"];
    let hosts = team(store, &ids).await?;
    let panel = MeetingType { mode: Mode::Collective, ..meeting_type("panel", &ids) };
    let mut plans = Vec::new();
    for number in 0..RIVALS {
        // Alone or with Grace: Ada's day is in all of them.
        let together = 1 + usize::from(number % 3 == 0);
        plans.push(planned(store, number, &panel, &hosts[..together], "2026-11-23T09:00:00Z").await?);
    }
    let before = eye.look().await.items.len();
    let commits =
        join_all(plans.iter().map(|plan| async {
            Ok::<_, Violation>(store.commit_booking(plan, &samples::people(1)).await?)
        }));
    let answers: Vec<Commit> = commits.await.into_iter().collect::<Result<_, _>>()?;
    let winners: Vec<&Plan> = plans
        .iter()
        .zip(&answers)
        .filter(|(_, answer)| **answer == Commit::Done)
        .map(|(plan, _)| plan)
        .collect();
    Invariant::OneWinner.holds(winners.len() == 1, || format!("{} won: {answers:?}", winners.len()))?;
    Invariant::OneWinner.holds(!answers.contains(&Commit::Exists), || format!("{answers:?}"))?;

    let written = 1 + winners[0].days.len() + winners[0].effects.len() + 1;
    Invariant::NothingWritten.same(&eye.look().await.items.len(), &(before + written))
}

/// Every piece of work that is due by `until`, of both queues.
pub async fn due_by<S: Store>(
    store: &S,
    until: DateTime<Utc>,
) -> Result<Vec<openslot_domain::effects::EffectKey>, Violation> {
    let mut due = Vec::new();
    for queue in [Queue::Owed, Queue::Reminders] {
        for shard in 0..SHARDS {
            due.extend(store.due_effects(queue, shard, until, 1000).await?);
        }
    }
    Ok(due)
}

/// Long after everything here is due.
pub fn later() -> DateTime<Utc> {
    now() + TimeDelta::days(3650)
}
