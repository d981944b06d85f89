//! What calls cost is a promise: exact request units, as the embedded engine counts them.

use openslot_domain::booking::OperationKey;
use openslot_domain::booking::change::{ChangePlan, remember};
use openslot_domain::limits::Limit;
use openslot_domain::limits::Scope;
use openslot_domain::meeting_type::{Caps, MeetingType, Mode};
use openslot_dynamodb::{Meter, Spent, Table};
use openslot_tests::support::engine::Engine;
use openslot_tests::support::samples::{at, date, host_id, meeting_type, people};
use openslot_usecases::keyring::CounterMac;
use openslot_usecases::ports::{
    ChangeBooking, Commit, CommitBooking, Consistency, CounterKey, FindBooking, FindMeetingType,
    GiveBackQuota, ReadHost, SaveMeetingType, Saved, TakeQuota,
};

use crate::bookings::{done, planned, team};
use crate::changes::{cancelling, moving};
use crate::queues::mine;

async fn metered(engine: &Engine) -> (Table, std::sync::Arc<Meter>) {
    engine.metered("openslot").await
}

fn read(operation: &'static str, read: f64) -> Spent {
    Spent { operation, read, write: 0.0 }
}

fn wrote(operation: &'static str, write: f64) -> Spent {
    Spent { operation, read: 0.0, write }
}

#[tokio::test]
async fn a_lookup_is_one_query_per_host() {
    let engine = Engine::start().await;
    let (table, meter) = metered(&engine).await;
    let hosts = team(&table, &["grace"]).await.unwrap();
    let intro = meeting_type("intro", &["grace"]);
    table.save_meeting_type(&intro, None).await.unwrap();
    // Three weeks in which every working day has four bookings.
    let mut number = 0;
    for day in
        (23..28).map(|day| format!("2026-11-{day}")).chain((1..11).map(|day| format!("2026-12-{day:02}")))
    {
        for hour in ["09", "11", "13", "15"] {
            number += 1;
            done(
                &table,
                &planned(&table, number, &intro, &hosts, &format!("{day}T{hour}:00:00Z")).await.unwrap(),
            )
            .await
            .unwrap();
        }
    }
    meter.take();
    table.read_host(&host_id("grace"), date("2026-11-20"), Consistency::Eventual).await.unwrap();
    assert_eq!(meter.take(), [read("Query", 0.5)]);
    table.read_host(&host_id("grace"), date("2026-11-20"), Consistency::Strong).await.unwrap();
    assert_eq!(meter.take(), [read("Query", 1.0)]);

    table.find_meeting_type(&intro.slug, Consistency::Eventual).await.unwrap();
    assert_eq!(meter.take(), [read("GetItem", 0.5)]);
    table.find_meeting_type(&intro.slug, Consistency::Strong).await.unwrap();
    assert_eq!(meter.take(), [read("GetItem", 1.0)]);
}

#[tokio::test]
async fn a_booking_is_one_transaction_of_fourteen_units() {
    let engine = Engine::start().await;
    let (table, meter) = metered(&engine).await;
    let ids = ["ada", "grace", "alan"];
    let hosts = team(&table, &ids).await.unwrap();
    let panel = MeetingType { mode: Mode::Collective, ..meeting_type("panel", &ids) };
    let capped = MeetingType { caps: Caps { per_day: None, per_week: Some(9) }, ..panel.clone() };
    let booked = async |number, meeting_type: &MeetingType, together, start, count| {
        let plan = planned(&table, number, meeting_type, &hosts[..together], start).await.unwrap();
        meter.take();
        assert_eq!(table.commit_booking(&plan, &people(count)).await.unwrap(), Commit::Done);
        meter.take()
    };
    let transaction = |units| [wrote("TransactWriteItems", units)];
    assert_eq!(booked(1, &panel, 1, "2026-11-23T09:00:00Z", 1).await, transaction(14.0));
    // Four more per host, two more per guest, per UTC day, and per day that a cap counts.
    assert_eq!(booked(2, &panel, 2, "2026-11-24T09:00:00Z", 1).await, transaction(18.0));
    assert_eq!(booked(3, &panel, 3, "2026-11-25T09:00:00Z", 1).await, transaction(22.0));
    assert_eq!(booked(4, &panel, 1, "2026-11-26T09:00:00Z", 3).await, transaction(18.0));
    assert_eq!(booked(5, &panel, 1, "2026-11-27T23:45:00Z", 1).await, transaction(16.0));
    assert_eq!(booked(6, &capped, 1, "2026-12-02T09:00:00Z", 1).await, transaction(26.0));

    table.find_booking(&openslot_tests::support::samples::booking_id(1)).await.unwrap();
    assert_eq!(meter.take(), [read("GetItem", 1.0)]);
}

#[tokio::test]
async fn a_change_costs_what_it_writes() {
    let engine = Engine::start().await;
    let (table, meter) = metered(&engine).await;
    let ids = ["grace", "alan"];
    let hosts = team(&table, &ids).await.unwrap();
    let panel = MeetingType { mode: Mode::Collective, ..meeting_type("panel", &ids) };
    let standing = async |number, together, start| {
        let plan = planned(&table, number, &panel, &hosts[..together], start).await.unwrap();
        done(&table, &plan).await.unwrap();
        plan.booking
    };
    let cost = async |plan: &ChangePlan| {
        meter.take();
        assert_eq!(table.change_booking(plan).await.unwrap(), Saved::Done);
        meter.take()
    };
    let transaction = |units| [wrote("TransactWriteItems", units)];
    // The booking, its day, the announcement, the fence and two reminders; two more for a day that is left.
    let alone = standing(1, 1, "2026-11-23T09:00:00Z").await;
    let same_day = moving(&table, &alone, &panel, "2026-11-23T15:00:00Z").await.unwrap();
    assert_eq!(cost(&same_day).await, transaction(12.0));
    let other_day = moving(&table, &same_day.booking, &panel, "2026-11-24T15:00:00Z").await.unwrap();
    assert_eq!(cost(&other_day).await, transaction(14.0));
    // The booking, its day and the announcement; two more per host-day.
    let cancel = cancelling(&table, &other_day.booking, 1).await.unwrap();
    assert_eq!(cost(&cancel).await, transaction(6.0));
    let midnight = standing(2, 1, "2026-11-25T23:45:00Z").await;
    assert_eq!(cost(&cancelling(&table, &midnight, 1).await.unwrap()).await, transaction(8.0));
    let together = standing(3, 2, "2026-11-26T09:00:00Z").await;
    let away = moving(&table, &together, &panel, "2026-11-27T09:00:00Z").await.unwrap();
    assert_eq!(cost(&away).await, transaction(20.0));
    assert_eq!(cost(&cancelling(&table, &away.booking, 1).await.unwrap()).await, transaction(8.0));
    let other = standing(4, 1, "2026-11-30T09:00:00Z").await;
    assert_eq!(cost(&remember(&other, OperationKey::from_bytes([1; 16]))).await, transaction(2.0));
}

#[tokio::test]
async fn a_quota_is_one_plain_write() {
    let engine = Engine::start().await;
    let (table, meter) = metered(&engine).await;
    let limit = Limit { most: 2, window_secs: 60 };
    let key =
        CounterKey { scope: Scope::Host, subject: CounterMac([1; 32]), window: at("2026-11-20T08:15:00Z") };
    table.take_quota(&key, limit).await.unwrap();
    table.take_quota(&key, limit).await.unwrap();
    table.give_back_quota(&key).await.unwrap();
    assert_eq!(meter.take(), [wrote("UpdateItem", 1.0), wrote("UpdateItem", 1.0), wrote("UpdateItem", 1.0)]);
}

#[tokio::test]
async fn a_claim_is_two_reads_and_one_small_transaction() {
    let engine = Engine::start().await;
    let (table, meter) = metered(&engine).await;
    let (_, announce) = crate::queues::owing(&table).await.unwrap();
    meter.take();
    mine(&table, &announce, crate::bookings::now()).await.unwrap();
    let spent = [read("GetItem", 1.0), read("GetItem", 1.0), wrote("TransactWriteItems", 4.0)];
    assert_eq!(meter.take(), spent);
}

/// `DynamoDB` hands out a megabyte at a time (Amazon `DynamoDB` API reference, `Query`).
#[tokio::test]
async fn a_host_of_more_than_a_megabyte_is_read_to_its_end() {
    let engine = Engine::start().await;
    let (table, meter) = metered(&engine).await;
    let hosts = team(&table, &["grace"]).await.unwrap();
    let intro = meeting_type("intro", &["grace"]);
    let mut written = Vec::new();
    for (number, day) in (1..).zip(["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"]) {
        let mut plan = planned(&table, number, &intro, &hosts, &format!("{day}T09:00:00Z")).await.unwrap();
        let entry = plan.days[0].day.entries[0].clone();
        plan.days[0].day.entries = vec![entry; 9000];
        done(&table, &plan).await.unwrap();
        written.push(plan.days.remove(0).day);
    }
    meter.take();
    let read =
        table.read_host(&host_id("grace"), date("2026-11-20"), Consistency::Eventual).await.unwrap().unwrap();
    assert!(read.days.into_values().eq(written), "every day is read, and the settings behind them");
    assert_eq!(meter.take().len(), 2, "in two pages");
}

/// The counter's shape is recorded with those of the adapter's other rows, but written here only.
#[tokio::test]
async fn a_counter_is_written_as_recorded() {
    let engine = Engine::start().await;
    let (table, _) = metered(&engine).await;
    let limit = Limit { most: 9, window_secs: 60 };
    let key = CounterKey {
        scope: Scope::Address,
        subject: CounterMac([9; 32]),
        window: at("2026-11-20T08:15:00Z"),
    };
    for _ in 0..3 {
        table.take_quota(&key, limit).await.unwrap();
    }
    let recorded = include_str!("../../shared/adapters/dynamodb/recorded/counter.json");
    let recorded: serde_json::Value = serde_json::from_str(recorded).unwrap();
    let items = engine.client.scan().table_name("openslot").send().await.unwrap().items.unwrap();
    let written = items.into_iter().map(|item| serde_json::to_value(serde_dynamo::Item::from(item)).unwrap());
    assert_eq!(written.collect::<Vec<_>>(), [recorded]);
}
