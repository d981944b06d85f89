//! What every page is made of, and in which order it speaks.
//!
//! The pages stay in the target folder, under `tmp/letters`, for whoever wants to look at them.

use std::path::Path;

use openslot_domain::booking::Booking;
use openslot_domain::effects::Recipient;
use openslot_domain::meeting_type::{Location, LocationKind};

use crate::checks::Found;
use crate::lives::{Life, lives, reason};
use crate::read::{elements, said};
use crate::world::{answer, bob, booking, line, links, paragraphs, to_ada};

/// What a page may be made of: nothing that loads, runs, or is sent.
const TAGS: [&str; 13] =
    ["html", "head", "body", "meta", "title", "style", "div", "table", "tr", "td", "h1", "p", "a"];

/// Those without an end.
const VOID: [&str; 2] = ["meta", "br"];

/// Where a link may lead: to the meeting, to the booking, into a calendar.
fn destinations(booking: &Booking) -> [String; 6] {
    let links = links(booking);
    [
        "https://call.example.org/ada",
        links.manage.as_str(),
        links.ics.as_str(),
        "https://calendar.google.com/calendar/render?",
        "https://outlook.live.com/calendar/0/deeplink/compose?",
        "https://outlook.office.com/calendar/0/deeplink/compose?",
    ]
    .map(str::to_owned)
}

/// A page is made of tables and inline styles, nests, loads nothing, and fits into a mail program's limit.
fn check_made(html: &str, booking: &Booking) -> Found {
    let mut open = Vec::new();
    for element in elements(html) {
        let name = element.trim_start_matches("</").trim_start_matches('<');
        let name = name.split([' ', '>']).next().unwrap_or_default();
        if element.starts_with("</") {
            if open.pop().as_deref() != Some(name) {
                return Err(format!("html: elements nest: {element}"));
            }
        } else if !element.starts_with("<!") {
            if !TAGS.contains(&name) && !VOID.contains(&name) {
                return Err(format!("html: only what every mail program shows: {element}"));
            }
            check_element(name, &element, booking)?;
            if !VOID.contains(&name) {
                open.push(name.to_owned());
            }
        }
    }
    if !open.is_empty() {
        return Err(format!("html: every element ends: {open:?}"));
    }
    if html.len() < 102 * 1024 { Ok(()) } else { Err("html: short enough not to be clipped".to_owned()) }
}

fn check_element(name: &str, element: &str, booking: &Booking) -> Found {
    if ["src=", "url(", "background=", "srcset=", "@import"].iter().any(|loads| element.contains(loads)) {
        return Err(format!("html: nothing is loaded: {element}"));
    }
    if name == "table" && !element.contains("role=presentation") {
        return Err(format!("html: a table is no table to those who hear it: {element}"));
    }
    if ["p", "h1", "a"].contains(&name) && !element.contains("style=") {
        return Err(format!("html: styles stand inline: {element}"));
    }
    if name == "a" {
        let address = element.split_once("href=").map_or("", |(_, rest)| rest);
        if !destinations(booking).iter().any(|known| address.starts_with(known)) {
            return Err(format!("html: links are ours: {element}"));
        }
    }
    Ok(())
}

/// Text and page say the same in the same order; the line beside the subject comes before all else, and the page has
/// links to more calendars than the text.
fn check_same_words(text: &str, html: &str) -> Found {
    let page = said(html);
    let page: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut rest = page.iter().skip(1);
    let own = |line: &&str| !line.is_empty() && !line.starts_with("https://");
    for line in text.lines().map(str::trim).filter(own) {
        if !rest.any(|found| *found == line) {
            return Err(format!("letter: text and page say the same in the same order: {line}"));
        }
    }
    Ok(())
}

/// The parts of a letter, in the order in which people need them.
fn check_order(html: &str) -> Found {
    let marks = [
        "mso-hide:all",
        "<h1 ",
        "class=\"panel",
        "Join online",
        ">Where<",
        ">Who<",
        ">Your website<",
        "class=\"rule",
        ">Change or cancel<",
        ">Add to your calendar<",
        "class=\"foot",
    ];
    let body = html.split_once("<body").map_or("", |(_, body)| body);
    let places: Vec<(usize, &str)> =
        marks.iter().filter_map(|mark| body.find(mark).map(|place| (place, *mark))).collect();
    match places.windows(2).find(|pair| pair[0].0 > pair[1].0) {
        Some(pair) => Err(format!("html: {} comes before {}", pair[0].1, pair[1].1)),
        None => Ok(()),
    }
}

fn check(html: &str, text: &str, booking: &Booking) -> Found {
    check_made(html, booking)?;
    check_order(html)?;
    check_same_words(text, html)
}

const READERS: [(&str, Recipient); 2] = [("attendee", Recipient::Attendee), ("guest", Recipient::Guest(1))];

/// Every letter there is about an online meeting.
fn all(locale: &str) -> Vec<(String, Life, Recipient)> {
    let mut booking = booking();
    booking.locale = Some(line(locale));
    let detail = Some(line("https://call.example.org/ada"));
    booking.location = Location { kind: LocationKind::Link, detail };
    // An address among the answers is shown, but is no line of ours.
    booking.answers.remove(1);
    let named = |life: Life| {
        let readers = READERS.into_iter().chain([("host", to_ada())]);
        readers.map(move |(role, to)| (format!("{locale}-{}-{role}", life.name), life.clone(), to))
    };
    lives(&booking, Some(&reason())).into_iter().flat_map(named).collect()
}

#[test]
fn every_page_is_made_of_what_every_mail_program_shows() {
    for (name, life, to) in ["en", "en-US", "de", "de-AT"].into_iter().flat_map(all) {
        let letter = life.letter(&to);
        assert_eq!(check(&letter.html, &letter.text, &life.booking), Ok(()), "{name}");
        leave(&name, &letter.html);
    }
}

fn leave(name: &str, html: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("letters");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
}

/// Long names without a space, names from right to left, and as much text as a request may hold, all of it in
/// characters that become longer on the page.
#[test]
fn the_longest_page_is_made_so_too() {
    let mut long = booking();
    long.attendee.name = line("גרייס הופר והצוות שלה מניו יורק");
    long.title = line(&"Introduction".repeat(12));
    long.hosts[0].name = line(&"Lovelace".repeat(12));
    long.hosts.push(bob());
    for place in 0..7 {
        long.answers.push(answer(&format!("more-{place}"), "More", &"<".repeat(2000)));
    }
    long.note = Some(paragraphs(&"x\"/".repeat(600)));
    let reason = paragraphs(&"&".repeat(1000));
    for life in lives(&long, Some(&reason)) {
        for recipient in [Recipient::Attendee, Recipient::Guest(0), to_ada()] {
            let letter = life.letter(&recipient);
            assert_eq!(check_made(&letter.html, &life.booking), Ok(()), "{}", life.name);
            assert_eq!(check_same_words(&letter.text, &letter.html), Ok(()), "{}", life.name);
            leave(&format!("long-{}-{recipient}", life.name), &letter.html);
        }
    }
}

/// What is certain is joined, added and changed; what waits can be changed; what is over is over.
#[test]
fn a_letter_offers_what_its_reader_can_do() {
    let offered = |name: &str, life: &Life, to: &Recipient| {
        let html = life.letter(to).html;
        let holds = |mark: &str| html.contains(mark);
        let offers = [holds(">Join online<"), holds(">Change or cancel<"), holds(">Add to your calendar<")];
        let role = name.rsplit('-').next().unwrap().to_owned();
        (role, offers)
    };
    for (name, life, to) in all("en") {
        let (role, offers) = offered(&name, &life, &to);
        let (certain, reminder) = (life.is_certain(), life.name == "reminder");
        let is_attendee = role == "attendee";
        let expected = [certain, is_attendee && !life.is_over(), certain && !reminder && role != "host"];
        assert_eq!(offers, expected, "{name}");
    }
}

/// Time stands out where it is certain, is framed where it waits and struck where it is void.
#[test]
fn a_time_looks_as_certain_as_it_is() {
    for (name, life, to) in all("de") {
        let html = life.letter(&to).html;
        let looks = ["panel held", "panel firm", "panel void"].map(|class| html.contains(class));
        let (certain, over) = (life.is_certain(), life.is_over());
        assert_eq!(looks, [!certain && !over, certain, over], "{name}");
        assert_eq!(html.contains("line-through"), over, "{name}");
    }
}

#[test]
fn twin_a_page_that_is_made_otherwise_is_caught() {
    let (_, life, to) = all("en").swap_remove(0);
    let letter = life.letter(&to);
    let caught = |from: &str, to: &str| {
        assert!(letter.html.contains(from), "{from}");
        let defect = letter.html.replacen(from, to, 1);
        let found = check(&defect, &letter.text, &life.booking).unwrap_err();
        found.split_once(": <").map_or(found.clone(), |(promise, _)| promise.to_owned())
    };
    assert_eq!(
        caught("</h1>", "<img src=\"https://x.example/1.gif\"></h1>"),
        "html: only what every mail program shows"
    );
    assert_eq!(caught("<h1 class", "<h1 background=x class"), "html: nothing is loaded");
    assert_eq!(caught("</h1>", ""), "html: elements nest");
    assert_eq!(
        caught("<table role=\"presentation\"", "<table"),
        "html: a table is no table to those who hear it"
    );
    assert_eq!(
        caught("https://meet.example.org/manage", "https://evil.example/manage"),
        "html: links are ours"
    );
    assert_eq!(
        caught("Tuesday 3 March 2026", "Tuesday 3 March 2027"),
        "letter: text and page say the same in the same order: Tuesday 3 March 2026"
    );
    let upside_down =
        letter.html.replace(">Where<", ">X<").replace(">Who<", ">Where<").replace(">X<", ">Who<");
    assert_eq!(check_order(&upside_down).unwrap_err(), "html: >Where< comes before >Who<");
}
