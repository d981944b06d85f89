//! What an operator reads and mends, on the embedded engine, through the adapter.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shows where")]

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::{Attendee, Booking, Plan, Source};
use openslot_domain::effects::{EffectKey, EffectKind};
use openslot_domain::text::Paragraphs;
use openslot_dynamodb::Table;
use openslot_fakes::{FakeKms, Seeded, StoppedClock};
use openslot_operate::{Audit, Report, Restored, audit, erase, replay, restored, show_parked};
use openslot_tests::support::engine::{Engine, table_name};
use openslot_tests::support::samples::{answer, at, booking, host, line, meeting_type, plan_in};
use openslot_usecases::keyring::{AddressMac, Keyring, address_mac};
use openslot_usecases::ports::{
    Clock, Commit, CommitBooking, DropEffect, Entropy, EveryErasure, Failure, FindBooking, KeyPurpose,
    ParkEffect, Pause, SaveHost, SaveMeetingType,
};

const NOW: &str = "2026-11-20T08:00:00Z";

/// A team of one with one booking, a fortnight ahead.
struct Team {
    engine: Engine,
    name: String,
    table: Table,
    keyring: Keyring<FakeKms>,
    plan: Plan,
}

impl Team {
    async fn start() -> Self {
        let engine = Engine::start().await;
        let name = table_name();
        let table = engine.table(&name).await;
        let keyring = Keyring::new(FakeKms::new(1));
        let (grace, intro) = (host("grace", Tz::Europe__London), meeting_type("intro", &["grace"]));
        table.save_host(&grace, None).await.unwrap();
        table.save_meeting_type(&intro, None).await.unwrap();
        let typical = booking(1, &intro, &[&grace], at("2026-12-04T09:00:00Z"), at(NOW));
        let plan = plan_in(&table, typical, &intro).await.unwrap();
        let key = keyring.newest(&table, KeyPurpose::GuestRows, at(NOW)).await.unwrap();
        let people = [address_mac(&key, &plan.booking.attendee.email)];
        assert_eq!(table.commit_booking(&plan, &people).await.unwrap(), Commit::Done);
        Self { engine, name, table, keyring, plan }
    }

    async fn audit(&self, what: Audit) -> Report {
        let clock = StoppedClock::at(at(NOW) + TimeDelta::minutes(1));
        audit(what, &self.table, &self.keyring, &clock).await.unwrap()
    }

    fn owed(&self, kind: &EffectKind) -> EffectKey {
        self.plan.effects.iter().map(|effect| effect.key.clone()).find(|key| key.kind == *kind).unwrap()
    }
}

const WHOLE: Restored = Restored { restored_to: None };

#[tokio::test]
async fn what_is_wrong_is_named_and_mended() {
    let team = Team::start().await;
    let sound = Report { is_right: true, text: "no difference in 1 host and 1 booking.\n".to_owned() };
    assert_eq!(team.audit(Audit::Verify(WHOLE)).await, sound);

    let reminder = team.owed(&EffectKind::Remind { mins_before: 60 });
    team.table.drop_effect(&reminder).await.unwrap();
    let named = format!("booking {}: {reminder} stands in no queue", team.plan.booking.id);
    let found = team.audit(Audit::Verify(WHOLE)).await;
    assert_eq!(found.text, format!("{named}\n1 difference in 1 host and 1 booking.\n"));
    assert!(!found.is_right);
    let mended = team.audit(Audit::Repair(WHOLE)).await;
    let last = "no day written anew in 1 host, 1 row mended, no difference left.";
    assert_eq!(mended.text, format!("{named}: mended\n{last}\n"));
    assert!(mended.is_right);
    assert_eq!(team.audit(Audit::Verify(WHOLE)).await, sound);
}

/// Nobody can know whether news of the last minutes before a restore was told.
#[tokio::test]
async fn a_restored_table_owes_its_last_minutes_anew() {
    let team = Team::start().await;
    let news = team.owed(&EffectKind::Announce);
    team.table.drop_effect(&news).await.unwrap();
    assert!(team.audit(Audit::Verify(WHOLE)).await.is_right, "it may have been paid");
    let restored = Restored { restored_to: Some(at(NOW)) };
    assert!(!team.audit(Audit::Verify(restored)).await.is_right);
    assert!(team.audit(Audit::Repair(restored)).await.text.contains("1 row mended"));
    assert!(team.audit(Audit::Verify(restored)).await.is_right);
    let later = Restored { restored_to: Some(at(NOW) + TimeDelta::hours(1)) };
    team.table.drop_effect(&news).await.unwrap();
    assert!(team.audit(Audit::Verify(later)).await.is_right, "it was paid long before");
}

#[tokio::test]
async fn what_was_set_aside_is_listed_and_put_back() {
    let team = Team::start().await;
    assert_eq!(show_parked(&team.table).await.unwrap().text, "no piece set aside.\n");
    let news = team.owed(&EffectKind::Announce);
    team.table.park_effect(&news, "tried too often", at(NOW)).await.unwrap();
    let listed = show_parked(&team.table).await.unwrap();
    let line = format!("{news}: set aside at 2026-11-20T08:00:00Z, tried too often");
    assert_eq!(listed.text, format!("{line}\n1 piece set aside.\n"));
    assert!(!listed.is_right);
    let clock = StoppedClock::at(at(NOW).with_timezone(&Utc));
    assert_eq!(replay(&team.table, &clock).await.unwrap().text, "1 piece put back.\n");
    assert_eq!(replay(&team.table, &clock).await.unwrap().text, "no piece put back.\n");
    assert!(show_parked(&team.table).await.unwrap().is_right);
}

/// A stopped clock, and chance that can be had again.
struct World(StoppedClock, Seeded);

impl World {
    fn at(now: &str) -> Self {
        Self(StoppedClock::at(at(now)), Seeded::new(1))
    }
}

impl Clock for World {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }
}

impl Pause for World {
    async fn pause(&self, duration: Duration) {
        self.0.pause(duration).await;
    }
}

impl Entropy for World {
    fn fill(&self, bytes: &mut [u8]) {
        self.1.fill(bytes);
    }
}

/// Everything in a table, as text.
async fn contents(team: &Team, name: &str) -> String {
    let items = team.engine.client.scan().table_name(name).consistent_read(true).send().await.unwrap();
    format!("{:?}", items.items())
}

/// A copy of a table as it now stands, as a restore makes one.
async fn copied(team: &Team) -> (Table, String) {
    let name = table_name();
    let copy = team.engine.table(&name).await;
    let items = team.engine.client.scan().table_name(&team.name).consistent_read(true).send().await.unwrap();
    for item in items.items() {
        let put = team.engine.client.put_item().table_name(&name).set_item(Some(item.clone()));
        put.send().await.unwrap();
    }
    (copy, name)
}

const CANARY: &str = "canary@example.net";

/// A booking with a canary in everything that a guest can say, long over; and one to come.
async fn with_a_canary() -> Team {
    let team = Team::start().await;
    for (number, start) in [(2, "2026-11-23T09:00:00Z"), (3, "2026-12-10T09:00:00Z")] {
        let (grace, intro) = (host("grace", Tz::Europe__London), meeting_type("intro", &["grace"]));
        let typical = booking(number, &intro, &[&grace], at(start), at(NOW));
        let said = Booking {
            attendee: Attendee {
                name: line("Canary"),
                email: CANARY.parse().unwrap(),
                phone: Some(line("canary")),
            },
            note: Paragraphs::new("canary", 80).ok(),
            answers: vec![answer("topic", "Topic?", "canary")],
            source: Source { page: Some(line("https://canary.example")), ..Source::default() },
            ..typical
        };
        let plan = plan_in(&team.table, said, &intro).await.unwrap();
        let key = team.keyring.newest(&team.table, KeyPurpose::GuestRows, at(NOW)).await.unwrap();
        let people = [address_mac(&key, &plan.booking.attendee.email)];
        assert_eq!(team.table.commit_booking(&plan, &people).await.unwrap(), Commit::Done);
    }
    team
}

#[tokio::test]
async fn whoever_is_erased_leaves_nothing_behind_and_stays_erased_after_a_restore() {
    let team = with_a_canary().await;
    let (copy, copy_name) = copied(&team).await;
    let address = CANARY.parse().unwrap();
    let during = World::at("2026-11-24T09:00:00Z");
    let report = erase(&team.table, &team.keyring, &during, &address).await.unwrap();
    assert!(!report.is_right && report.text.contains("still to come; cancel it"), "{}", report.text);

    let after = World::at("2026-12-11T09:00:00Z");
    let report = erase(&team.table, &team.keyring, &after, &address).await.unwrap();
    assert!(
        report.is_right && report.text.ends_with("erased from 1 booking, no booking left.\n"),
        "{}",
        report.text
    );
    assert!(contents(&team, &copy_name).await.to_lowercase().contains("canary"), "there was a canary");
    let left = contents(&team, &team.name).await.to_lowercase();
    assert!(!left.contains("canary"), "{left}");
    assert!(audit(Audit::Verify(WHOLE), &team.table, &team.keyring, &after).await.unwrap().is_right);

    // The table is brought back to before all that.
    let report = restored(&team.table, &copy, &team.keyring, &after, at(NOW)).await.unwrap();
    assert!(report.is_right, "{}", report.text);
    let left = contents(&team, &copy_name).await.to_lowercase();
    assert!(!left.contains("canary"), "{left}");
    let again = restored(&team.table, &copy, &team.keyring, &after, at(NOW)).await.unwrap();
    assert!(again.is_right && again.text.contains("erased from no booking"), "{}", again.text);
}

/// Erases the canary when all of its bookings are over, and restores a table in which it has booked once more since:
/// what of that booking is left, if erasures are noted in this ledger.
async fn left_of_a_later_booking<L: EveryErasure + Sync>(ledger: impl FnOnce(Table) -> L) -> Booking {
    let team = with_a_canary().await;
    let erased = World::at("2026-12-11T09:00:00Z");
    erase(&team.table, &team.keyring, &erased, &CANARY.parse().unwrap()).await.unwrap();
    let (copy, _) = copied(&team).await;
    let (grace, intro) = (host("grace", Tz::Europe__London), meeting_type("intro", &["grace"]));
    let typical = booking(4, &intro, &[&grace], at("2026-12-14T09:00:00Z"), at("2026-12-12T09:00:00Z"));
    let back = Attendee { name: line("Canary"), email: CANARY.parse().unwrap(), phone: None };
    let plan = plan_in(&copy, Booking { attendee: back, ..typical }, &intro).await.unwrap();
    let key = team.keyring.newest(&copy, KeyPurpose::GuestRows, at(NOW)).await.unwrap();
    let people = [address_mac(&key, &plan.booking.attendee.email)];
    assert_eq!(copy.commit_booking(&plan, &people).await.unwrap(), Commit::Done);

    let (later, until) = (World::at("2026-12-20T09:00:00Z"), at("2026-12-13T09:00:00Z"));
    let report = restored(&ledger(team.table.clone()), &copy, &team.keyring, &later, until).await.unwrap();
    assert!(report.is_right, "{}", report.text);
    copy.find_booking(&plan.booking.id).await.unwrap().unwrap()
}

/// Whoever comes back and books anew is not erased with what they were.
#[tokio::test]
async fn a_booking_made_after_an_erasure_is_left_alone_by_a_restore() {
    let left = left_of_a_later_booking(|table| table).await;
    assert_eq!(left.attendee.email.as_str(), CANARY);
}

/// The defect that the test above has to catch: erasing by the address alone, as if every note were of this moment.
#[tokio::test]
async fn twin_an_erasure_by_address_alone_takes_what_came_later() {
    struct Timeless(Table);

    impl EveryErasure for Timeless {
        async fn every_erasure(&self) -> Result<Vec<(AddressMac, DateTime<Utc>)>, Failure> {
            let noted = self.0.every_erasure().await?;
            Ok(noted.into_iter().map(|(who, _)| (who, DateTime::<Utc>::MAX_UTC)).collect())
        }
    }

    let left = left_of_a_later_booking(Timeless).await;
    assert_ne!(left.attendee.email.as_str(), CANARY);
}
