//! The built site, as a browser gets it.

use crate::town::{SCRIPT, STYLES, Town, take_turn};
use crate::wire::{Answer, Ask};

const SLOTS: &str = "/v1/meeting-types/intro/slots?from=2026-11-23&to=2026-12-23&time_zone=Europe/London";

fn gzipped(town: &Town, path: &str) -> Answer {
    Ask::get(path).with("accept-encoding", "br, gzip;q=0.8").at(town.caller.port)
}

#[test]
fn every_booking_page_is_the_one_that_was_built() {
    let town = Town::open();
    for path in ["/book/demo", "/book/demo/", "/book/demo?name=Ada", "/book/no-such-meeting", "/book/%3Cb%3E"]
    {
        let page = Ask::get(path).at(town.caller.port);
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
        assert!(page.text().contains(SCRIPT), "{path}");
        let tag = page.header("etag");
        let again = Ask::get(path).with("if-none-match", tag).at(town.caller.port);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
    // A build while the program runs is seen at once, even within a second.
    let before = Ask::get("/book/demo").at(town.caller.port);
    town.put("book/index.html", "<!doctype html>newer");
    let after = Ask::get("/book/demo").with("if-none-match", before.header("etag")).at(town.caller.port);
    assert_eq!((after.status, after.text().as_str()), (200, "<!doctype html>newer"));
}

#[test]
fn the_page_behind_a_manage_link_is_the_one_that_was_built() {
    let town = Town::open();
    for path in ["/manage/", "/manage", "/manage/?lang=de"] {
        let page = Ask::get(path).at(town.caller.port);
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
        assert_eq!(page.text(), "<!doctype html><title>Your booking</title>", "{path}");
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
        assert!(page.header("content-security-policy").contains("script-src 'self'"), "{path}");
    }
    assert_eq!(Ask::get("/manage/further").at(town.caller.port).status, 404);
}

#[test]
fn no_name_is_told_from_another_by_its_page() {
    let (town, _turn) = (Town::open(), take_turn());
    let page = |slug: &str| {
        let mut page = Ask::get(format!("/book/{slug}")).at(town.caller.port);
        page.headers.retain(|(name, _)| name != "date");
        page
    };
    let known = page("demo");
    let apart = (0..1_000).filter(|number| page(&format!("unknown-{number}")) != known).count();
    assert_eq!(apart, 0);
    town.put("book/index.html", "<!doctype html>other");
    assert_ne!(page("unknown-1"), known, "a page that differs is noticed");
}

#[test]
fn assets_say_what_they_are_and_that_they_never_change() {
    let town = Town::open();
    for (path, kind) in [(SCRIPT, "text/javascript"), (STYLES, "text/css")] {
        let asset = Ask::get(path).at(town.caller.port);
        assert_eq!((asset.status, asset.header("content-type")), (200, kind));
        assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(asset.header("content-length"), asset.body.len().to_string());
        assert!(!asset.header("last-modified").is_empty());
    }
    for path in
        ["/assets/", "/assets/book", "/assets/none.js", "/assets/%2e%2e/book/index.html", "/assets//etc"]
    {
        let nothing = Ask::get(path).at(town.caller.port);
        assert_eq!((nothing.status, nothing.header("cache-control")), (404, "no-store"), "{path}");
    }
}

#[test]
fn who_takes_gzip_gets_it_with_another_tag() {
    let town = Town::open();
    for path in [SCRIPT, SLOTS, "/"] {
        let plain = Ask::get(path).at(town.caller.port);
        let small = gzipped(&town, path);
        assert_eq!(
            (plain.header("content-encoding"), small.header("content-encoding")),
            ("", "gzip"),
            "{path}"
        );
        assert_eq!([&plain, &small].map(|answer| answer.header("vary")), ["accept-encoding"; 2], "{path}");
        assert!(small.body.len() < plain.body.len() / 2 && small.body.starts_with(&[0x1f, 0x8b]), "{path}");
        // A gzip file ends in the length of what is in it (RFC 1952, 2.3.1).
        let (_, length) = small.body.split_last_chunk::<4>().unwrap();
        assert_eq!(u32::from_le_bytes(*length) as usize, plain.body.len(), "{path}");

        let tag = plain.header("etag");
        assert_eq!(small.header("etag"), if tag.is_empty() { String::new() } else { format!("W/{tag}") });
        for known in [tag, small.header("etag")].into_iter().filter(|tag| !tag.is_empty()) {
            let ask = Ask::get(path).with("accept-encoding", "gzip").with("if-none-match", known);
            let unchanged = ask.at(town.caller.port);
            assert_eq!((unchanged.status, unchanged.header("vary")), (304, "accept-encoding"), "{path}");
        }
    }
}

#[test]
fn what_gzip_would_not_help_is_sent_as_it_is() {
    let town = Town::open();
    assert_eq!(gzipped(&town, STYLES).header("content-encoding"), "", "it is small");
    let part = Ask::get(SCRIPT).with("accept-encoding", "gzip").with("range", "bytes=0-1999");
    let part = part.at(town.caller.port);
    assert_eq!((part.status, part.header("content-encoding"), part.body.len()), (206, "", 2_000));
    // A client that takes nothing is served all the same: a booking must not be made and then refused.
    let picky = Ask::get(SCRIPT).with("accept-encoding", "identity;q=0, gzip;q=0").at(town.caller.port);
    assert_eq!((picky.status, picky.header("content-encoding")), (200, ""));
}

#[test]
fn a_head_is_told_what_a_get_is() {
    let town = Town::open();
    for path in [SCRIPT, STYLES, SLOTS, "/", "/book/demo", "/manage/", "/v1/nowhere", "/v1/bookings"] {
        for encoding in ["identity", "gzip"] {
            let ask = |method| Ask::of(method, path).with("accept-encoding", encoding).at(town.caller.port);
            let (mut get, mut head) = (ask("GET"), ask("HEAD"));
            assert_eq!(head.body.len(), 0, "{path}");
            for answer in [&mut get, &mut head] {
                answer.headers.retain(|(name, _)| name != "date" && name != "transfer-encoding");
                answer.headers.sort();
            }
            assert_eq!((head.status, head.headers), (get.status, get.headers), "{path}");
        }
    }
}

#[test]
fn a_site_that_is_not_built_says_so() {
    let town = Town::without_site();
    let page = Ask::get("/book/demo").at(town.caller.port);
    assert_eq!((page.status, page.header("content-type")), (503, "text/html; charset=utf-8"));
    assert!(page.text().contains("This page is not built yet: make site"), "{}", page.text());
    assert_eq!(Ask::get("/manage/").at(town.caller.port).status, 503);
    assert_eq!(Ask::get("/v1/meeting-types/demo").at(town.caller.port).status, 200);
    town.put("book/index.html", "<!doctype html>built");
    assert_eq!(Ask::get("/book/demo").at(town.caller.port).status, 200);
}
