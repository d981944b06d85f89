//! What openslot promises, told to the binaries as they are deployed.

use std::pin::Pin;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use openslot_domain::booking::State;
use openslot_domain::effects::{EffectKey, EffectKind};
use openslot_domain::ids::BookingId;
use openslot_usecases::ports::FindBooking;
use serde_json::{Value, json};

use crate::deployment::{Deployment, now};
use crate::events::{Request, of_bounce};
use crate::runtime::Outcome;
use crate::town::{
    GRACE, GUEST, Link, book, booked_before, in_hours, letters, recipients, told, types, wear_out, wish, word,
};

/// A story, told in a town of its own.
pub type Story = fn(Deployment) -> Pin<Box<dyn Future<Output = Deployment>>>;

/// All of them, by name.
pub const ALL: [(&str, Story); 9] = [
    ("a guest books", |town| Box::pin(a_guest_books(town))),
    ("two hosts meet a guest", |town| Box::pin(two_hosts_meet_a_guest(town))),
    ("a host decides", |town| Box::pin(a_host_decides(town))),
    ("time passes", |town| Box::pin(time_passes(town))),
    ("the stream finds no key", |town| Box::pin(the_stream_finds_no_key(town))),
    ("the sweep finds no key", |town| Box::pin(the_sweep_finds_no_key(town))),
    ("what cannot be done is parked", |town| Box::pin(what_cannot_be_done_is_parked(town))),
    ("what is no event is set aside", |town| Box::pin(what_is_no_event_is_set_aside(town))),
    (SWEEP_FAILS, |town| Box::pin(a_sweep_that_fails_is_set_aside(town))),
];

/// The one story in which something is refused.
pub const SWEEP_FAILS: &str = "a sweep that fails is set aside";

/// A guest looks, books, repeats, moves and cancels; everybody is told, once.
async fn a_guest_books(mut town: Deployment) -> Deployment {
    look(&mut town).await;
    let start = in_hours(30);
    let booked = book(&mut town, "key-00000001", &wish("intro", start)).await;
    let made = booked.expect(201);
    assert_eq!(made["booking"]["state"], "confirmed");
    assert_eq!(booked.headers["location"], format!("/v1/bookings/{}", id_of(&made)));
    assert_eq!(booked.headers["cache-control"], "no-store");
    assert_eq!(recipients(&town), Vec::<String>::new(), "nothing leaves before the stream speaks");

    // A new container opens the keys that the first one made.
    town.restart("create-booking");
    let again = book(&mut town, "key-00000001", &wish("intro", start)).await;
    assert_eq!(again.expect(200), made, "a repeat is the same booking");
    let other = book(&mut town, "key-00000002", &wish("intro", start)).await.expect(409);
    assert_eq!(other["type"], "/problems/slot-taken");
    assert_eq!(other["alternatives"].as_array().map(Vec::len), Some(3));
    let elsewhere = wish("intro", in_hours(40));
    let reused = book(&mut town, "key-00000001", &elsewhere).await.expect(422);
    assert_eq!(reused["type"], "/problems/idempotency-key-reused");

    assert_eq!(town.stream().await, 0);
    assert_eq!(recipients(&town), ["ada@example.org", GRACE, GUEST]);
    assert_eq!(told(&town), ["booking.confirmed"]);
    assert_eq!(town.mail_events().await, (3, 3), "SES has sent them");
    assert_eq!(town.minute().await["done"], 0, "and nothing is left to do");
    change(&mut town, &Link::of(&made)).await;
    town
}

fn id_of(answer: &Value) -> String {
    answer["booking"]["id"].as_str().expect("a booking has an id").to_owned()
}

/// What anybody may read.
async fn look(town: &mut Deployment) {
    let shown = town.send(Request::new("GET", "/v1/meeting-types/intro")).await;
    assert_eq!(shown.expect(200)["slug"], "intro");
    let date = |hours| in_hours(hours).date_naive();
    let target =
        format!("/v1/meeting-types/intro/slots?from={}&to={}&time_zone=Europe%2FLondon", date(24), date(72));
    let listed = town.send(Request::new("GET", target)).await;
    assert_eq!(listed.headers["cache-control"], "public, max-age=0, s-maxage=5");
    assert!(listed.expect(200)["days"].as_array().is_some_and(|days| days.len() >= 2), "{listed:?}");
    let document = town.send(Request::new("GET", "/v1/openapi.json")).await;
    assert_eq!(document.expect(200)["openapi"], "3.1.0");
    let unknown = town.send(Request::new("GET", "/v1/meeting-types/nobody")).await;
    assert_eq!(unknown.expect(404)["type"], "/problems/meeting-type-unknown");
    let stranger = Request { uninvited: true, ..Request::new("GET", "/v1/meeting-types/intro") };
    assert_eq!(town.send(stranger).await.expect(403)["type"], "/problems/forbidden");
}

/// What the holder of a link may do.
async fn change(town: &mut Deployment, link: &Link) {
    let shown = town.send(link.get("")).await.expect(200);
    assert_eq!(shown["may"]["reschedule"], true);
    let file =
        shown["calendar"]["ics_url"].as_str().and_then(|url| url.strip_prefix(crate::deployment::SITE));
    let file = town.send(Request::new("GET", file.expect("a file of this site"))).await;
    assert_eq!((file.status, &file.headers["content-type"][..13]), (200, "text/calendar"));
    assert!(file.body.starts_with("BEGIN:VCALENDAR\r\n") && file.body.contains("\r\nSEQUENCE:0\r\n"));
    let date = in_hours(50).date_naive();
    let moves = town.send(link.get(&format!("/slots?from={date}&to={date}&time_zone=UTC"))).await;
    assert_eq!(moves.expect(200)["days"].as_array().map(Vec::len), Some(1));

    let elsewhere = json!({ "start": in_hours(50).to_rfc3339(), "time_zone": "Europe/London" });
    let after = town.send(link.post("reschedule", "key-change-1", &elsewhere)).await.expect(200);
    assert_eq!(after["booking"]["revision"], 1);
    assert_eq!(town.send(link.post("reschedule", "key-change-1", &elsewhere)).await.expect(200), after);
    let taken = json!({ "start": in_hours(60).to_rfc3339(), "time_zone": "Europe/London" });
    let wanted = wish("intro", in_hours(60));
    book(town, "key-00000003", &wanted).await.expect(201);
    let lost = town.send(link.post("reschedule", "key-change-2", &taken)).await.expect(409);
    assert_eq!(lost["type"], "/problems/slot-taken");
    let gone = json!({ "reason": "We found out by ourselves." });
    let cancelled = town.send(link.post("cancel", "key-change-3", &gone)).await.expect(200);
    assert_eq!(cancelled["booking"]["state"], "cancelled");
    let wrong = Request::new("GET", format!("/v1/bookings/{}", link.id));
    let wrong = wrong.header("authorization", format!("Manage {}.AAAAAAAAAAAAAAAAAAAAAA", link.id));
    assert_eq!(town.send(wrong).await.expect(404)["type"], "/problems/booking-unknown");
    assert_eq!(town.stream().await, 0);
    assert_eq!(told(town).last().map(String::as_str), Some("booking.cancelled"));
}

/// Two hosts together, one meeting a day; a day's cap holds over the binaries too.
async fn two_hosts_meet_a_guest(mut town: Deployment) -> Deployment {
    let start = in_hours(48);
    let made = book(&mut town, "key-00000001", &wish("panel", start)).await.expect(201);
    assert_eq!(made["booking"]["hosts"].as_array().map(Vec::len), Some(2));
    let body = Request { in_base64: true, ..Request::new("POST", "/v1/bookings") };
    let same_day = if start.date_naive() == (start + TimeDelta::hours(1)).date_naive() { 1 } else { -1 };
    let body = body.json("key-00000002", &wish("panel", start + TimeDelta::hours(same_day)));
    assert_eq!(town.send(body).await.expect(409)["type"], "/problems/slot-taken");
    assert_eq!(town.stream().await, 0);
    assert_eq!(recipients(&town), ["ada@example.org", "bob@example.org", GRACE, GUEST]);
    town
}

/// A request waits for its host, who says yes to one and no to another; nobody else is heard.
async fn a_host_decides(mut town: Deployment) -> Deployment {
    let mut ids = Vec::new();
    for (number, hours) in [30, 40].into_iter().enumerate() {
        let key = format!("key-0000000{number}");
        let wanted = wish("mentoring", in_hours(hours));
        let made = book(&mut town, &key, &wanted).await.expect(201);
        assert_eq!(made["booking"]["state"], "pending");
        ids.push(id_of(&made));
    }
    let anonymous = Request { login: None, ..word("ada", &ids[0], "approve", &json!({})) };
    assert_eq!(town.send(anonymous).await.expect(401), json!({ "message": "Unauthorized" }));
    let stranger = town.send(word("mallory", &ids[0], "approve", &json!({}))).await.expect(403);
    assert_eq!(stranger["type"], "/problems/not-invited");
    let yes = town.send(word("ada", &ids[0], "approve", &json!({}))).await.expect(200);
    assert_eq!(yes["booking"]["state"], "confirmed");
    let why = json!({ "reason": "We are away." });
    let no = town.send(word("bob", &ids[1], "decline", &why)).await.expect(200);
    assert_eq!(no["booking"]["state"], "declined");
    let late = town.send(word("ada", &ids[1], "approve", &json!({}))).await.expect(409);
    assert_eq!(late["type"], "/problems/not-pending");
    assert_eq!(town.stream().await, 0);
    assert!(letters(&town).iter().any(|letter| letter.starts_with(GRACE)), "{:?}", letters(&town));
    town
}

/// In an hour and a half: a day's reminder is due, an hour's is not.
fn soon() -> DateTime<Utc> {
    now().trunc_subsecs(0) + TimeDelta::minutes(90)
}

/// What came due is done by the next sweep: a reminder, and the end of a request that nobody answered.
async fn time_passes(mut town: Deployment) -> Deployment {
    let [intro, _, mentoring] = types();
    let soon = soon();
    let reminded = booked_before(&town, 1, &intro, soon, 30).await;
    let asked = booked_before(&town, 2, &mentoring, in_hours(5), 50).await;
    let swept = town.minute().await;
    assert_eq!((&swept["failed"], &swept["parked"], &swept["left"]), (&json!(0), &json!(0), &json!(false)));
    let reminders = letters(&town).iter().filter(|letter| letter.contains("Reminder: ")).count();
    assert_eq!(reminders, 2, "that of a day before is due, that of an hour is not: {:?}", letters(&town));
    assert_eq!(state(&town, &asked.id).await, State::Declined);
    assert_eq!(state(&town, &reminded.id).await, State::Confirmed);
    let sent = letters(&town).len();
    assert_eq!(town.stream().await, 0);
    assert_eq!(town.minute().await["done"], 0);
    assert_eq!(letters(&town).len(), sent, "nothing is sent twice");
    assert!(told(&town).contains(&"booking.reminded".to_owned()), "{:?}", told(&town));
    town
}

async fn state(town: &Deployment, id: &BookingId) -> State {
    let booking = town.table.find_booking(id).await.expect("the table is there");
    booking.expect("the booking is kept").state
}

/// The stream pays what is owed as if nobody had ever needed a key before.
async fn the_stream_finds_no_key(mut town: Deployment) -> Deployment {
    let [intro, ..] = types();
    booked_before(&town, 1, &intro, in_hours(30), 1).await;
    assert_eq!(town.stream().await, 0);
    assert_eq!(recipients(&town), ["ada@example.com", "ada@example.org"]);
    town.restart("deliver-effects");
    booked_before(&town, 2, &intro, in_hours(40), 1).await;
    assert_eq!(town.stream().await, 0);
    assert_eq!(recipients(&town).len(), 4);
    town
}

/// So does the sweep.
async fn the_sweep_finds_no_key(mut town: Deployment) -> Deployment {
    let [intro, ..] = types();
    for (number, hours) in [(1, 30), (2, 40)] {
        booked_before(&town, number, &intro, in_hours(hours), 1).await;
        assert_eq!(town.minute().await["failed"], 0);
        assert_eq!(recipients(&town).len() as u64, number * 2);
        town.restart("send-reminders");
    }
    town
}

fn announcement(booking: BookingId, due: DateTime<Utc>) -> EffectKey {
    EffectKey { due, booking, revision: 0, kind: EffectKind::Announce }
}

/// Work that was tried too often is parked, by the stream as well as by the sweep.
async fn what_cannot_be_done_is_parked(mut town: Deployment) -> Deployment {
    let [intro, ..] = types();
    let first = booked_before(&town, 1, &intro, in_hours(30), 3).await;
    wear_out(&town, &announcement(first.id, first.created_at)).await;
    assert_eq!(town.stream().await, 0);

    let start = soon();
    let second = booked_before(&town, 2, &intro, start, 30).await;
    wear_out(&town, &announcement(second.id, second.created_at)).await;
    let due = start - TimeDelta::days(1);
    let kind = EffectKind::Remind { mins_before: 24 * 60 };
    let reminder = EffectKey { due, booking: second.id, revision: 0, kind };
    wear_out(&town, &reminder).await;
    let swept = town.minute().await;
    assert_eq!(swept["parked"], 2, "{swept}");
    assert_eq!(recipients(&town), Vec::<String>::new());
    town
}

/// An event that is none is said to be none, and the next one is dealt with all the same.
async fn what_is_no_event_is_set_aside(mut town: Deployment) -> Deployment {
    let nonsense = json!({ "Records": [{ "eventName": "INSERT" }] });
    for (name, event) in [("deliver-effects", &nonsense), ("record-mail-events", &json!({ "detail": {} }))] {
        let outcome = town.function(name).await.invoke(event).await;
        let Outcome::Failed(why) = outcome else { panic!("{name} took {event}") };
        assert_eq!(why["errorType"], "FailedForGood");
        town.set_aside(name).await;
    }
    let empty = town.function("deliver-effects").await.answer(&json!({ "Records": [] })).await;
    assert_eq!(empty, json!({ "batchItemFailures": [] }));
    let bounce = of_bounce("YQ", "openslot", now());
    assert_eq!(town.mail_event(&bounce).await, None, "the rule lets only the word that it was sent through");
    let answered = town.function("record-mail-events").await.answer(&bounce).await;
    assert_eq!(answered, Value::Null, "and if it came, nothing would come of it");
    let nowhere = town.send(Request::new("GET", "/v1/nothing")).await;
    assert_eq!(nowhere.expect(404), json!({ "message": "Not Found" }));
    town
}

/// A sweep that may not read its queues fails, and says so.
async fn a_sweep_that_fails_is_set_aside(mut town: Deployment) -> Deployment {
    let queues = |entry: &&crate::policy::Entry| {
        entry.action == "dynamodb:Query" && entry.to_string().contains("LeadingKeys X#*")
    };
    let entry = town.policy("send-reminders").entries.iter().find(queues).expect("it reads queues").clone();
    town.take_away("send-reminders", &entry);
    let event = crate::events::of_schedule(now());
    let outcome = town.function("send-reminders").await.invoke(&event).await;
    let Outcome::Failed(why) = outcome else { panic!("a sweep without queues: {outcome:?}") };
    assert_eq!(why["errorType"], "FailedForGood");
    town.set_aside("send-reminders").await;
    town
}
