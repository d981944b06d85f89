//! Settings, meeting types and their directory.

use chrono::Weekday;
use chrono_tz::Tz;
use openslot_domain::host::Host;
use openslot_domain::hours::{Override, WallRange};
use openslot_domain::meeting_type::{Caps, MeetingType, Mode, Window};
use openslot_domain::questions::{Question, QuestionKind};
use openslot_tests::support::samples::{date, host, host_id, line, meeting_type, slug};
use openslot_usecases::ports::{Consistency, Saved};

use crate::bookings::{done, planned, team};
use crate::store::{Eye, Store};
use crate::violation::{Invariant, Kept};

pub async fn settings_are_saved_against_their_version<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let first = host("grace", Tz::Europe__London);
    Invariant::LostUpdate.same(&store.save_host(&first, Some(1)).await?, &Saved::Overtaken)?;
    Invariant::LostUpdate.same(&store.save_host(&first, None).await?, &Saved::Done)?;
    let second = with_everything(first.clone());
    Invariant::LostUpdate.same(&store.save_host(&second, Some(1)).await?, &Saved::Done)?;

    let before = eye.look().await.items;
    for stale in [None, Some(1), Some(3)] {
        Invariant::LostUpdate.same(&store.save_host(&first, stale).await?, &Saved::Overtaken)?;
    }
    Invariant::NothingWritten.unchanged(&eye.look().await.items, &before)?;

    for consistency in [Consistency::Strong, Consistency::Eventual] {
        let snapshot = store.read_host(&first.id, date("2026-11-20"), consistency).await?;
        let found = snapshot.map(|snapshot| (snapshot.host, snapshot.config_version));
        Invariant::ReadAsWritten.same(&found, &Some((second.clone(), 2)))?;
    }
    Ok(())
}

/// Settings with everything that settings may have.
fn with_everything(mut host: Host) -> Host {
    let range = |start, end| WallRange::new(start, end).expect("a range");
    host.schedule.weekly.set(Weekday::Sat, vec![range(0, 60), range(1380, 1440)]);
    host.schedule.overrides.insert(date("2026-12-24"), Override::Blocked);
    host.schedule.overrides.insert(date("2026-12-28"), Override::CustomHours(vec![range(600, 660)]));
    host.schedule.overrides.insert(date("2026-12-29"), Override::CustomHours(Vec::new()));
    Host { active: false, ..host }
}

pub async fn a_host_is_read_from_a_day_on<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    // Names that begin alike must not run into each other.
    let hosts = team(store, &["al", "al-2", "alan"]).await?;
    let intro = meeting_type("intro", &["al"]);
    for (number, start) in (1..).zip(["2026-11-22T09:00:00Z", "2026-11-23T09:00:00Z", "2027-01-05T09:00:00Z"])
    {
        done(store, &planned(store, number, &intro, &hosts[..1], start).await?).await?;
    }
    done(store, &planned(store, 9, &intro, &hosts[1..2], "2026-11-24T09:00:00Z").await?).await?;

    let snapshot = store.read_host(&host_id("al"), date("2026-11-23"), Consistency::Strong).await?;
    let days = snapshot.map(|snapshot| snapshot.days.into_keys().collect::<Vec<_>>());
    Invariant::ReadAsWritten.same(&days, &Some(vec![date("2026-11-23"), date("2027-01-05")]))?;
    let nobody = store.read_host(&host_id("nobody"), date("2026-11-23"), Consistency::Strong).await?;
    Invariant::ReadAsWritten.same(&nobody, &None)
}

pub async fn meeting_types_are_saved_against_their_version<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let first = meeting_type("intro", &["grace"]);
    let second = type_with_everything(first.clone());
    Invariant::LostUpdate.same(&store.save_meeting_type(&second, Some(1)).await?, &Saved::Overtaken)?;
    Invariant::LostUpdate.same(&store.save_meeting_type(&first, None).await?, &Saved::Done)?;
    Invariant::LostUpdate.same(&store.save_meeting_type(&second, Some(1)).await?, &Saved::Done)?;

    let before = eye.look().await.items;
    let third = MeetingType { version: 9, ..first.clone() };
    for stale in [None, Some(1), Some(3)] {
        Invariant::LostUpdate.same(&store.save_meeting_type(&third, stale).await?, &Saved::Overtaken)?;
    }
    Invariant::NothingWritten.unchanged(&eye.look().await.items, &before)?;
    for consistency in [Consistency::Strong, Consistency::Eventual] {
        let found = store.find_meeting_type(&first.slug, consistency).await?;
        Invariant::ReadAsWritten.same(&found, &Some(second.clone()))?;
    }
    let unknown = store.find_meeting_type(&slug("other"), Consistency::Strong).await?;
    Invariant::ReadAsWritten.same(&unknown, &None)
}

/// A meeting type with everything that one may have.
fn type_with_everything(plain: MeetingType) -> MeetingType {
    let kind = QuestionKind::Choice(vec![line("red"), line("blue")]);
    MeetingType {
        title: line("Second title"),
        mode: Mode::RoundRobin,
        hosts: vec![host_id("grace"), host_id("alan")],
        questions: vec![Question {
            id: "colour".parse().expect("an id"),
            label: line("Which?"),
            kind,
            required: true,
        }],
        window: Window::Rolling { days: 60 },
        before_mins: 5,
        after_mins: 10,
        caps: Caps { per_day: Some(4), per_week: None },
        reminders_mins: vec![60],
        active: false,
        version: 2,
        ..plain
    }
}

pub async fn the_directory_lists_every_meeting_type<S: Store>(store: &S, _: &dyn Eye) -> Kept {
    Invariant::Directory.same(&store.list_meeting_types().await?, &Vec::new())?;
    for name in ["zoo", "intro", "call"] {
        let saved = store.save_meeting_type(&meeting_type(name, &["grace"]), None).await?;
        Invariant::LostUpdate.same(&saved, &Saved::Done)?;
    }
    let renamed = MeetingType { title: line("Renamed"), version: 2, ..meeting_type("intro", &["grace"]) };
    store.save_meeting_type(&renamed, Some(1)).await?;
    let listed = store.list_meeting_types().await?;
    let titles = ["call Introduction", "intro Renamed", "zoo Introduction"].map(str::to_owned);
    let found: Vec<String> = listed.iter().map(|(slug, title)| format!("{slug} {title}")).collect();
    Invariant::Directory.same(&found, &titles.to_vec())
}
