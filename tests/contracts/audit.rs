//! Everything is read, and a day is put right, for an operator's tool.

use std::collections::BTreeSet;

use openslot_domain::booking::{Booking, DayWrite};
use openslot_domain::effects::{EffectKey, EffectKind};
use openslot_domain::host::HostDay;
use openslot_domain::text::Paragraphs;
use openslot_tests::support::samples::{
    at, booking, booking_id, date, host_id, meeting_type, people, plan_in,
};
use openslot_usecases::ports::{Commit, Named, Saved, Settings};

use crate::bookings::{done, now, planned, team};
use crate::store::{Eye, Row, Store};
use crate::violation::{Invariant, Kept};

pub async fn every_host_and_every_day_is_read<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace", "alan"]).await?;
    Invariant::Everything.same(&store.list_hosts().await?, &vec![host_id("alan"), host_id("grace")])?;

    let intro = meeting_type("intro", &["grace"]);
    let starts = ["2026-11-23T09:00:00Z", "2026-11-24T09:00:00Z", "2026-11-25T09:00:00Z"];
    let mut written = Vec::new();
    for (number, start) in (1..).zip(starts) {
        let plan = planned(store, number, &intro, &hosts[..1], start).await?;
        done(store, &plan).await?;
        written.extend(plan.days.into_iter().map(|write| (write.date, write.day)));
    }
    let days = store.read_days(&host_id("grace"), date("2026-11-24")).await?;
    Invariant::ReadAsWritten.same(&days.into_iter().collect(), &written[1..].to_vec())?;
    Invariant::ReadAsWritten.same(&store.read_days(&host_id("alan"), date("2026-11-24")).await?.len(), &0)?;
    Invariant::ReadAsWritten.same(&store.read_days(&host_id("mary"), date("2026-11-24")).await?.len(), &0)
}

/// Bookings so big that a page of a megabyte holds three.
pub async fn every_booking_is_read<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    Invariant::Everything.same(&store.every_booking().await?, &Vec::new())?;

    let note = Paragraphs::new(&"x".repeat(300_000), 300_000).expect("a text");
    let mut made = Vec::new();
    for number in 1..=8 {
        let start = at("2026-11-23T09:00:00Z") + chrono::TimeDelta::hours(i64::try_from(number).unwrap_or(0));
        let typical = booking(number, &intro, &[&hosts[0]], start, now());
        let plan = plan_in(store, Booking { note: Some(note.clone()), ..typical }, &intro).await?;
        Invariant::Answers.same(&store.commit_booking(&plan, &people(1)).await?, &Commit::Done)?;
        made.push(plan.booking);
    }
    let ids = |bookings: &[Booking]| bookings.iter().map(|booking| booking.id).collect::<BTreeSet<_>>();
    let mut read = store.every_booking().await?;
    Invariant::Everything.same(&ids(&read), &ids(&made))?;
    read.sort_by_key(|booking| booking.core);
    let same = read == made;
    Invariant::ReadAsWritten.holds(same, || "a booking was read as something else".to_owned())
}

pub async fn a_day_is_mended_at_its_version<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let plan = planned(store, 1, &intro, &hosts, "2026-11-23T09:00:00Z").await?;
    let on_absent_day = plan.days[0].clone();
    done(store, &plan).await?;
    let under_way = planned(store, 2, &intro, &hosts, "2026-11-23T11:00:00Z").await?;
    let (host, date) = (on_absent_day.host.clone(), on_absent_day.date);
    let read_wrong = |read, version| DayWrite {
        host: host.clone(),
        date,
        read,
        day: HostDay { version, entries: Vec::new() },
    };

    let before = eye.look().await.items;
    for stale in [on_absent_day, read_wrong(Some(2), 3)] {
        Invariant::DayVersion.same(&store.mend_day(&stale).await?, &Saved::Overtaken)?;
        Invariant::NothingWritten.unchanged(&eye.look().await.items, &before)?;
    }
    Invariant::Answers.same(&store.mend_day(&read_wrong(Some(1), 2)).await?, &Saved::Done)?;
    Invariant::DayVersion.same(&store.mend_day(&read_wrong(Some(1), 2)).await?, &Saved::Overtaken)?;
    let days = store.read_days(&host, date).await?;
    Invariant::ReadAsWritten.same(&days.get(&date), &Some(&HostDay { version: 2, entries: Vec::new() }))?;
    // Whoever had read the day before has lost the race.
    let answer = store.commit_booking(&under_way, &people(1)).await?;
    Invariant::DayVersion.same(&answer, &Commit::Overtaken)?;
    Invariant::ReadAsWritten.same(&store.find_booking(&booking_id(2)).await?, &None)
}

pub async fn all_owed_work_is_read<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    for (number, start) in (1..).zip(["2026-11-23T09:00:00Z", "2027-11-23T09:00:00Z"]) {
        done(store, &planned(store, number, &intro, &hosts, start).await?).await?;
    }
    let before = eye.look().await;
    let announced = before.effects.iter().find(|key| key.kind == EffectKind::Announce).expect("news is owed");
    store.park_effect(announced, "hopeless", now()).await?;
    let read: BTreeSet<EffectKey> = store.every_effect().await?.into_iter().collect();
    Invariant::Everything.same(&read, &before.effects)
}

pub async fn lost_work_is_owed_again_once<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    done(store, &planned(store, 1, &intro, &hosts, "2026-11-23T09:00:00Z").await?).await?;
    let whole = eye.look().await;
    for key in &whole.effects {
        Invariant::Answers.same(&store.owe_effect(key).await?, &Saved::Overtaken)?;
        store.drop_effect(key).await?;
        Invariant::Answers.same(&store.owe_effect(key).await?, &Saved::Done)?;
    }
    Invariant::ReadAsWritten.unchanged(&eye.look().await.items, &whole.items)
}

pub async fn guest_rows_are_read_and_mended<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let plan = planned(store, 1, &intro, &hosts, "2026-11-23T09:00:00Z").await?;
    Invariant::Answers.same(&store.commit_booking(&plan, &people(3)).await?, &Commit::Done)?;
    let whole = eye.look().await.items;
    let rows: BTreeSet<_> = people(3).into_iter().map(|address| (address, plan.booking.id)).collect();
    Invariant::Everything.same(&store.every_guest().await?.into_iter().collect(), &rows)?;
    for (address, booking) in &rows {
        store.put_guest(address, booking).await?;
    }
    Invariant::ReadAsWritten.unchanged(&eye.look().await.items, &whole)?;
    for (address, booking) in &rows {
        store.drop_guest(address, booking).await?;
        store.drop_guest(address, booking).await?;
    }
    Invariant::GuestRows.same(&store.every_guest().await?, &Vec::new())?;
    for (address, booking) in &rows {
        store.put_guest(address, booking).await?;
    }
    Invariant::ReadAsWritten.unchanged(&eye.look().await.items, &whole)
}

pub async fn rows_beside_settings_are_mended<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    Invariant::Answers.same(&store.save_host(&hosts[0], Some(1)).await?, &Saved::Done)?;
    let intro = meeting_type("intro", &["grace"]);
    Invariant::Answers.same(&store.save_meeting_type(&intro, None).await?, &Saved::Done)?;
    let (grace, intro) = (Named::Host(host_id("grace")), Named::MeetingType(intro.slug));
    let whole = |of: &Named, version| Settings { of: of.clone(), version: Some(version), is_whole: true };
    let right = vec![whole(&grace, 2), whole(&intro, 1)];
    Invariant::Directory.same(&store.every_settings().await?, &right)?;

    let before = eye.look().await.items;
    for (lost, of) in [
        (Row::Fence(host_id("grace")), &grace),
        (Row::Listed(grace.clone()), &grace),
        (Row::Listed(intro.clone()), &intro),
    ] {
        eye.damage(&lost).await;
        let found = store.every_settings().await?;
        let torn: Vec<&Settings> = found.iter().filter(|found| !found.is_whole).collect();
        Invariant::Directory.same(&torn.iter().map(|torn| &torn.of).collect::<Vec<_>>(), &vec![of])?;
        let torn = torn[0].clone();
        let stale = Settings { version: Some(7), ..torn.clone() };
        Invariant::LostUpdate.same(&store.mend_settings(&stale).await?, &Saved::Overtaken)?;
        Invariant::Answers.same(&store.mend_settings(&torn).await?, &Saved::Done)?;
        Invariant::ReadAsWritten.unchanged(&eye.look().await.items, &before)?;
    }
    Ok(())
}

pub async fn rows_without_settings_go<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    Invariant::Answers.same(&store.save_meeting_type(&intro, None).await?, &Saved::Done)?;
    for of in [Named::Host(hosts[0].id.clone()), Named::MeetingType(intro.slug)] {
        eye.damage(&Row::Settings(of)).await;
    }
    for torn in store.every_settings().await? {
        Invariant::Directory.same(&(torn.version, torn.is_whole), &(None, false))?;
        Invariant::Answers.same(&store.mend_settings(&torn).await?, &Saved::Done)?;
    }
    Invariant::Directory.same(&store.every_settings().await?, &Vec::new())?;
    Invariant::Directory.same(&eye.look().await.items.len(), &0)
}

pub async fn an_erasure_is_noted_once<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    let hosts = team(store, &["grace"]).await?;
    let intro = meeting_type("intro", &["grace"]);
    let plan = planned(store, 1, &intro, &hosts, "2026-11-23T09:00:00Z").await?;
    Invariant::Answers.same(&store.commit_booking(&plan, &people(2)).await?, &Commit::Done)?;
    let who = people(1)[0];
    Invariant::GuestRows.same(&store.find_guest(&who).await?, &vec![plan.booking.id])?;
    Invariant::GuestRows.same(&store.find_guest(&people(3)[2]).await?, &Vec::new())?;
    Invariant::Everything.same(&store.every_erasure().await?, &Vec::new())?;
    store.put_erasure(&who, now()).await?;
    store.put_erasure(&who, now() + chrono::TimeDelta::days(1)).await?;
    Invariant::ReadAsWritten
        .same(&store.every_erasure().await?, &vec![(who, now() + chrono::TimeDelta::days(1))])
}
