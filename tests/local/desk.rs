//! The local pages and addresses.

use serde_json::{Value, json};

use crate::guests::{Wish, advance, free, inbox_of};
use crate::http::{Caller, Reply};
use crate::town::Town;
use crate::wire::{Answer, Ask};

/// Nothing that is only here may run a script. The headers of all replies are another test's.
fn assert_guarded(reply: &Reply, path: &str) {
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors"), "{path}: {policy}");
    assert!(!policy.contains("script-src"), "{path}: {policy}");
}

/// Pages need no script and bring none.
fn assert_page(reply: &Reply, path: &str) {
    assert_eq!(reply.status, 200, "{path}");
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8", "{path}");
    assert!(!reply.body.to_ascii_lowercase().contains("<script"), "{path}");
    assert_guarded(reply, path);
}

fn book_as(caller: Caller, name: &str) -> Vec<Value> {
    let start = free(caller, "demo", "2026-11-24").remove(0);
    let wish = Wish::of(1, "demo", &start);
    let body = json!({
        "meeting_type": wish.slug,
        "start": wish.start,
        "time_zone": "Europe/London",
        "attendee": { "name": name, "email": wish.email },
    });
    let made = caller.post("/v1/bookings", &[("Idempotency-Key", &wish.key)], &body);
    assert_eq!(made.status, 201, "{made:?}");
    inbox_of(caller, 2)
}

#[test]
fn the_way_in_leads_everywhere() {
    let town = Town::open();
    let page = town.caller.get("/");
    assert_page(&page, "/");
    let mut links: Vec<&str> =
        page.body.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    links.retain(|link| link.starts_with('/'));
    for slug in ["demo", "intro", "panel", "workshop", "mentoring"] {
        assert!(links.contains(&format!("/book/{slug}").as_str()), "{slug}: {links:?}");
    }
    assert!(page.body.contains("0 letters") && page.body.contains("30, 60 or 90 minutes"), "{}", page.body);
    for link in links {
        let path = link.replace("&amp;", "&");
        assert_eq!(town.caller.get(&path).status, 200, "{path}");
    }
}

#[test]
fn a_letter_is_shown_and_its_files_are_kept() {
    let town = Town::open();
    let name = "<script>alert(1)</script>";
    let letters = book_as(town.caller, name);
    let list = town.caller.get("/_local/inbox");
    assert_page(&list, "/_local/inbox");
    for letter in &letters {
        let id = letter["id"].as_str().unwrap();
        let path = format!("/_local/inbox/{id}");
        assert!(list.body.contains(&path));
        let page = town.caller.get(&path);
        assert_page(&page, &path);
        assert!(page.body.contains("<iframe") && page.body.contains(" sandbox=\""), "{}", page.body);
        assert_page(&town.caller.get(&format!("{path}/text")), "text");

        let framed = town.caller.get(&format!("{path}/html"));
        assert_page(&framed, "html");
        let policy = framed.header("content-security-policy");
        assert!(policy.contains("sandbox allow-popups") && !policy.contains("allow-scripts"), "{policy}");

        let raw = town.caller.get(&format!("{path}/raw"));
        assert_eq!((raw.header("content-type"), &raw.body), ("message/rfc822", &as_text(letter, "raw")));
        let files = letter["attachments"].as_array().unwrap();
        for (place, file) in files.iter().enumerate() {
            let kept = town.caller.get(&format!("{path}/attachments/{place}"));
            assert_eq!(kept.header("content-type"), file["content_type"]);
            assert!(kept.header("content-disposition").starts_with("attachment; filename=\""), "{kept:?}");
            assert!(kept.body.starts_with("BEGIN:VCALENDAR"), "{kept:?}");
        }
        assert_eq!(town.caller.get(&format!("{path}/attachments/{}", files.len())).status, 404);
    }
    assert_eq!(town.caller.get("/_local/inbox/nobody").status, 404);
}

fn as_text(letter: &Value, field: &str) -> String {
    letter[field].as_str().unwrap().to_owned()
}

#[test]
fn a_letter_has_what_scripts_look_for() {
    let town = Town::open();
    for letter in book_as(town.caller, "Grace") {
        for field in ["id", "at", "from", "subject", "text", "html", "raw"] {
            assert!(!as_text(&letter, field).is_empty(), "{field}");
        }
        assert!(letter["at"].as_str().unwrap().starts_with("2026-11-23T08:00:"), "{}", letter["at"]);
        assert_eq!(letter["to"].as_array().unwrap().len(), 1);
        for file in letter["attachments"].as_array().unwrap() {
            assert!(["name", "content_type", "base64"].iter().all(|field| file[field].is_string()), "{file}");
        }
    }
}

#[test]
fn the_clock_moves_and_says_why_not() {
    let town = Town::open();
    let set = |body: Value| town.caller.post("/_local/clock", &[], &body);
    let moved = set(json!({ "set": "2026-12-24T10:00:00+01:00" }));
    assert_guarded(&moved, "/_local/clock");
    assert!(as_text(&moved.json(), "now").starts_with("2026-12-24T09:00:0"), "{moved:?}");
    advance(town.caller, 3600);
    let now = town.caller.get("/_local/clock").json();
    assert!(as_text(&now, "now").starts_with("2026-12-24T10:00:0"), "{now}");
    // The API reads the same clock.
    let past = free(town.caller, "intro", "2026-12-23");
    assert!(past.is_empty() && !free(town.caller, "intro", "2026-12-28").is_empty(), "{past:?}");

    for body in [json!({}), json!({ "advance_seconds": -1 }), json!({ "set": "soon" }), json!({ "to": 1 })] {
        let refused = set(body.clone());
        assert_eq!(
            (refused.status, refused.header("content-type")),
            (422, "application/problem+json"),
            "{body}"
        );
        assert_eq!(refused.json()["type"], "/problems/invalid");
        assert_eq!(refused.json()["errors"].as_array().unwrap().len(), 1, "{body}");
    }
    let form = town.caller.send(
        "POST",
        "/_local/clock",
        &[("Content-Type", "text/plain")],
        "{\"advance_seconds\":1}",
    );
    assert_eq!(form.status, 415, "a foreign page could send this");
    assert_eq!(town.caller.send("DELETE", "/_local/clock", &[], "").status, 405);
    assert_eq!(town.caller.get("/_local/nothing").status, 404);
}

/// What a press of a button on the start page sends, with what the browser says of where it was pressed.
fn press(town: &Town, secs: &str, said: &[(&'static str, String)]) -> Answer {
    let ask = Ask::of("POST", "/_local/clock")
        .saying("application/x-www-form-urlencoded", format!("advance_seconds={secs}"));
    said.iter().fold(ask, |ask, (name, value)| ask.with(name, value.clone())).at(town.caller.port)
}

#[test]
fn the_start_page_moves_the_clock_and_no_other_page_does() {
    let town = Town::open();
    let page = town.caller.get("/").body;
    assert!(page.contains("<form") && page.contains("action=\"/_local/clock\""), "{page}");
    assert!(page.contains(">08:00<") && page.contains("Monday 23 November 2026"), "{page}");

    let port = town.caller.port;
    let origin = |host: &str| vec![("origin", format!("http://{host}:{port}"))];
    let site = |site: &str| vec![("sec-fetch-site", site.to_owned())];
    let rebound =
        vec![("host", format!("evil.example:{port}")), ("sec-fetch-site", "same-origin".to_owned())];
    for foreign in [vec![], origin("evil.example"), site("cross-site"), site("same-site"), rebound] {
        let refused = press(&town, "86400", &foreign);
        assert_eq!((refused.status, refused.header("location")), (403, ""), "{foreign:?}");
    }
    assert!(town.caller.get("/").body.contains("Monday 23 November 2026"), "a refused form moves nothing");

    for (secs, own) in [("3600", site("same-origin")), ("86400", origin("localhost"))] {
        let pressed = press(&town, secs, &own);
        assert_eq!((pressed.status, pressed.header("location")), (303, "/#clock"), "{own:?}");
    }
    let page = town.caller.get("/").body;
    assert!(page.contains(">09:00<") && page.contains("Tuesday 24 November 2026"), "{page}");
}

#[test]
fn the_start_page_tells_of_the_last_letter() {
    let town = Town::open();
    let letters = book_as(town.caller, "<b>Grace</b>");
    let page = town.caller.get("/");
    assert_page(&page, "/");
    assert!(page.body.contains("2 letters") && !page.body.contains("<b>"), "{}", page.body);
    let latest = format!("href=\"/_local/inbox/{}\"", as_text(&letters[0], "id"));
    assert!(page.body.contains(&latest), "{}", page.body);
}

#[test]
fn the_workshop_asks_everything_that_can_be_asked() {
    let town = Town::open();
    let workshop = town.caller.get("/v1/meeting-types/workshop").json();
    assert_eq!(workshop["durations_minutes"], json!([30, 60, 90]));
    assert_eq!((&workshop["location"]["kind"], &workshop["mode"]), (&json!("in_person"), &json!("single")));
    let questions = workshop["questions"].as_array().unwrap();
    let asked = |kind: &str| questions.iter().filter(|question| question["kind"] == kind).count();
    assert_eq!(["text", "long_text", "choice", "checkbox", "phone", "url"].map(asked), [1; 6]);

    let start = free(town.caller, "workshop", "2026-11-24").remove(0);
    let body = |answers: Value| {
        json!({
            "meeting_type": "workshop",
            "start": start,
            "duration_minutes": 90,
            "time_zone": "Europe/Berlin",
            "attendee": { "name": "Grace", "email": "grace@example.net" },
            "answers": answers,
        })
    };
    let key = [("Idempotency-Key", "workshop-00001")];
    let silent = town.caller.post("/v1/bookings", &key, &body(json!({})));
    let pointers = ["/answers/company", "/answers/team-size"];
    let wrong = silent.json()["errors"].as_array().unwrap().clone();
    assert_eq!(wrong.iter().map(|wrong| wrong["pointer"].as_str().unwrap()).collect::<Vec<_>>(), pointers);
    let answers = json!({ "company": "Navy", "team-size": "2 to 10", "step-free": true });
    let made = town.caller.post("/v1/bookings", &key, &body(answers));
    assert_eq!(made.status, 201, "{made:?}");
}
