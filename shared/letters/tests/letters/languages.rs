//! What must hold for every language there is a catalogue for, by the catalogues alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono_tz::Tz;
use openslot_domain::booking::{Booking, Guest, Inviter};
use openslot_domain::effects::Recipient;
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{Location, LocationKind};
use openslot_domain::questions::AnswerValue;
use openslot_letters::Letter;

use crate::checks::Found;
use crate::lives::{Life, lives};
use crate::read::{object, said};
use crate::world::{answer, at, bob, booking, letter, line, paragraphs};

/// Every catalogue, by its tag.
fn catalogues() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let tag = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    files.map(|path| (tag(&path), std::fs::read_to_string(&path).unwrap())).collect()
}

/// The words of a text, without addresses.
fn words(text: &str) -> BTreeSet<String> {
    let plain = text.split_whitespace().filter(|word| !word.contains("://") && !word.contains('@'));
    let pieces = plain.flat_map(|word| word.split(|c: char| !c.is_alphabetic()));
    pieces.filter(|word| word.len() > 1).map(str::to_lowercase).collect()
}

/// The words that a catalogue itself says: no comment, no name of a message, value or variant.
fn own_words(catalogue: &str) -> BTreeSet<String> {
    let lines = catalogue.lines().filter(|line| !line.starts_with('#'));
    let text = |line: &str| {
        let line = line.split_once(" = ").map_or(line, |(_, text)| text);
        let line = line.split_once("] ").map_or(line, |(_, text)| text);
        line.split('{').map(|part| part.split_once('}').map_or(part, |(_, text)| text)).collect::<String>()
    };
    lines.flat_map(|line| words(&text(line))).collect()
}

/// The words by which an English message is known among those of a language.
fn english_only(language: &str) -> BTreeSet<String> {
    let catalogues = catalogues();
    let (english, own) = (own_words(&catalogues["en"]), own_words(&catalogues[language]));
    english.difference(&own).cloned().collect()
}

/// No word of a letter is one that only the English catalogue has.
fn check_speaks(language: &str, texts: &[String]) -> Found {
    let english = english_only(language);
    let foreign = texts.iter().find_map(|text| words(text).into_iter().find(|word| english.contains(word)));
    match foreign {
        Some(word) => Err(format!("languages: a letter speaks one of them: {language}, {word}")),
        None => Ok(()),
    }
}

/// Everything of a letter that somebody reads.
fn texts(letter: Letter) -> Vec<String> {
    let mut texts = vec![letter.subject, letter.text, said(&letter.html)];
    if let Some(calendar) = letter.calendar {
        let object = object(&calendar.ics).unwrap();
        texts.extend(["SUMMARY", "DESCRIPTION"].into_iter().filter_map(|name| object.text(name).unwrap()));
    }
    texts
}

/// All that can be told of a booking, each with one that has several hosts and a calendar that invites.
fn told(locale: &str) -> Vec<Life> {
    let reason = paragraphs("Zyx");
    let mut several = wordless(locale);
    several.hosts.push(bob());
    several.inviter = Inviter::Calendar;
    [wordless(locale), several].iter().flat_map(|booking| lives(booking, Some(&reason))).collect()
}

/// A booking in which people and team have said nothing that is a word of any language.
fn wordless(locale: &str) -> Booking {
    let mut booking = booking();
    booking.locale = Some(line(locale));
    booking.title = line("Zyx");
    booking.time_zone = Tz::Europe__Berlin;
    booking.note = Some(paragraphs("Zyx"));
    for asked in &mut booking.answers {
        asked.label = line("Zyx");
    }
    booking.answers[0] = answer("topic", "Zyx", "Zyx");
    booking
}

/// Bookings that between them make a letter say everything it can.
fn bookings(locale: &str) -> Vec<Booking> {
    let kinds = [
        LocationKind::GoogleMeet,
        LocationKind::Teams,
        LocationKind::Link,
        LocationKind::Phone,
        LocationKind::InPerson,
        LocationKind::ToBeAgreed,
    ];
    let details = [None, Some("https://call.example.org/zyx"), Some("+49 30 555 0199")];
    // By day, over midnight, and while the clocks change.
    let times = [("2026-03-03T13:30:00Z", 61), ("2026-10-06T21:30:00Z", 120), ("2026-03-29T00:45:00Z", 30)];
    let mut bookings = Vec::new();
    for ((number, kind), detail) in kinds.into_iter().enumerate().flat_map(|kind| details.map(|d| (kind, d)))
    {
        let mut booking = wordless(locale);
        booking.location = Location { kind, detail: detail.map(line) };
        let (start, mins) = times[number % times.len()];
        booking.core = Interval::lasting(at(start), mins).unwrap();
        bookings.push(booking.clone());
        booking.hosts.push(bob());
        booking.attendee.phone = None;
        booking.inviter = Inviter::Calendar;
        booking.answers[2].value = AnswerValue::Flag(false);
        booking.guests.push(Guest { email: "zyx@example.net".parse().unwrap(), name: None });
        bookings.push(booking);
    }
    bookings
}

/// Those who read the attendee's language.
const READERS: [Recipient; 3] = [Recipient::Attendee, Recipient::Guest(0), Recipient::Guest(1)];

#[test]
fn no_letter_falls_back_into_english() {
    let catalogues = catalogues();
    let foreign = |tag: &&String| !tag.starts_with("en");
    for tag in catalogues.keys().filter(foreign) {
        let language = tag.split('-').next().unwrap();
        for booking in bookings(tag) {
            for recipient in READERS {
                let texts = texts(letter(&booking, &recipient));
                assert_eq!(check_speaks(language, &texts), Ok(()), "{tag}");
            }
        }
        for life in told(tag) {
            for recipient in READERS {
                let texts = texts(life.letter(&recipient));
                assert_eq!(check_speaks(language, &texts), Ok(()), "{tag}, {}", life.name);
            }
        }
    }
    assert!(catalogues.keys().filter(foreign).count() >= 2, "the catalogues were found");
}

#[test]
fn twin_a_message_in_english_is_caught() {
    for life in told("en") {
        let letter = life.letter(&Recipient::Attendee);
        let calendar = letter.calendar.is_some();
        let english = texts(letter);
        assert!(english.len() >= if calendar { 4 } else { 3 });
        for text in english {
            assert!(check_speaks("de", std::slice::from_ref(&text)).is_err(), "{}: {text}", life.name);
        }
    }
    let german = letter(&wordless("de"), &Recipient::Attendee).text;
    for (said, instead, word) in [
        ("\nWer\n", "\nWho\n", "who"),
        (" bis ", " to ", "to"),
        ("Dienstag", "Tuesday", "tuesday"),
        ("30 Minuten", "30 minutes", "minutes"),
        ("Mit einer Antwort auf diese E-Mail erreichen Sie", "Reply to this letter to reach", "letter"),
    ] {
        assert!(german.contains(said), "{said}: {german}");
        let found = check_speaks("de", &[german.replace(said, instead)]);
        assert_eq!(found, Err(format!("languages: a letter speaks one of them: de, {word}")));
    }
}

/// A regional file may ask for values that its language does not: writing a letter with it is the check of them.
#[test]
fn every_catalogue_writes_every_letter() {
    for tag in catalogues().keys() {
        for booking in bookings(tag) {
            for recipient in READERS {
                let html = letter(&booking, &recipient).html;
                assert!(html.contains(&format!("<html lang=\"{tag}\"")), "{tag}");
            }
        }
        for life in told(tag) {
            for recipient in READERS {
                let html = life.letter(&recipient).html;
                assert!(html.contains(&format!("<html lang=\"{tag}\"")), "{tag}, {}", life.name);
            }
        }
    }
}
