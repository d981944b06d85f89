//! Text, calendar and links name one instant, in every zone and on the days when clocks change.

use chrono::{DateTime, FixedOffset, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use openslot_domain::booking::{Actor, Booking};
use openslot_domain::effects::Recipient;
use openslot_domain::interval::Interval;
use openslot_letters::add_links;
use proptest::prelude::*;

use crate::checks::Found;
use crate::lives::moved;
use crate::read::object;
use crate::world::{at, booking, letter, to_ada};

/// The date block of a text, without the line that says when it was before.
fn block(text: &str) -> impl Iterator<Item = &str> {
    text.lines().skip(2).filter(|line| !line.starts_with("was "))
}

/// The instant that a text's date block names: date, start and the first offset.
fn named_start(text: &str) -> Option<DateTime<Utc>> {
    let mut lines = block(text);
    let (date, time, _length, zone) = (lines.next()?, lines.next()?, lines.next()?, lines.next()?);
    let start = NaiveDateTime::parse_from_str(&format!("{date} {}", &time[..5]), "%A %d %B %Y %H:%M").ok()?;
    let offset = offset(zone.split_once(", UTC")?.1)?;
    Some(start.and_local_timezone(offset).single()?.to_utc())
}

/// What the wall clock shows at the end, and the last offset named.
fn named_end(text: &str) -> Option<(NaiveTime, FixedOffset)> {
    let mut lines = block(text).skip(1);
    let (time, _length, zone) = (lines.next()?, lines.next()?, lines.next()?);
    let end = time.split_once(" to ")?.1;
    Some((NaiveTime::parse_from_str(&end[..5], "%H:%M").ok()?, offset(zone.rsplit_once("UTC")?.1)?))
}

fn offset(text: &str) -> Option<FixedOffset> {
    let mins: i32 = text[1..3].parse::<i32>().ok()? * 60 + text[4..6].parse::<i32>().ok()?;
    FixedOffset::east_opt(if text.starts_with('-') { -mins * 60 } else { mins * 60 })
}

fn stamp(text: &str) -> Option<DateTime<Utc>> {
    Some(NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%SZ").ok()?.and_utc())
}

/// Text, calendar object and links against each other, never against the booking.
fn check_text(text: &str, ics: &str) -> Found {
    let object = object(ics)?;
    let start = stamp(object.value("DTSTART")).ok_or("instants: the calendar's start")?;
    let end = stamp(object.value("DTEND")).ok_or("instants: the calendar's end")?;
    if named_start(text) != Some(start) {
        return Err(format!("instants: text and calendar start together: {:?}, {start}", named_start(text)));
    }
    let (reading, offset) = named_end(text).ok_or("instants: the text's end")?;
    if end.with_timezone(&offset).time() != reading {
        return Err(format!("instants: text and calendar end together: {reading} {offset}, {end}"));
    }
    Ok(())
}

/// The old time is read from the same clock as the new one, at the offset that was valid then.
fn check_was(text: &str, from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> Found {
    let (from, to) = (from.with_timezone(&zone), to.with_timezone(&zone));
    let year = if from.format("%Y").to_string() == to.format("%Y").to_string() { "" } else { " %Y" };
    let expected = from.format(&format!("was %A %-d %B{year}, %H:%M")).to_string();
    if text.lines().nth(4) == Some(expected.as_str()) {
        return Ok(());
    }
    Err(format!("instants: the old time is what clocks showed: {:?}, {expected}", text.lines().nth(4)))
}

fn check_links(booking: &Booking, ics: &str) -> Found {
    let object = object(ics)?;
    let links = add_links(booking);
    let dates = format!("&dates={}%2F{}&", object.value("DTSTART"), object.value("DTEND"));
    if !links.google.contains(&dates) {
        return Err(format!("instants: google's link and calendar agree: {}", links.google));
    }
    for link in [links.outlook, links.office365] {
        let value = |name: &str| {
            let value = link.split(['?', '&']).find_map(|pair| pair.strip_prefix(name))?;
            value.replace("%3A", ":").parse::<DateTime<Utc>>().ok()
        };
        if value("startdt=") != stamp(object.value("DTSTART"))
            || value("enddt=") != stamp(object.value("DTEND"))
        {
            return Err(format!("instants: microsoft's links and calendar agree: {link}"));
        }
    }
    Ok(())
}

fn check(start: DateTime<Utc>, mins: u32, attendee: Tz, host: Tz) -> Found {
    let mut booking = booking();
    booking.core = Interval::lasting(start, mins).unwrap();
    booking.time_zone = attendee;
    booking.hosts[0].time_zone = host;
    let moved = moved(&booking, Actor::Attendee);
    for (recipient, zone) in
        [(Recipient::Attendee, attendee), (Recipient::Guest(0), attendee), (to_ada(), host)]
    {
        let check_now = |booking: &Booking| {
            let letter = letter(booking, &recipient);
            let ics = letter.calendar.unwrap().ics;
            check_text(&letter.text, &ics)?;
            check_links(booking, &ics)?;
            Ok::<_, String>(letter.text)
        };
        check_now(&booking)?;
        let was = start - TimeDelta::days(7) - TimeDelta::hours(1);
        check_was(&check_now(&moved)?, was, start, zone)?;
    }
    Ok(())
}

fn zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(TZ_VARIANTS.to_vec())
}

proptest! {
    #[test]
    fn all_of_a_letter_names_one_instant(
        mins_since_2024 in 0_i64..(16 * 365 * 24 * 60),
        mins in 1_u32..=1440,
        attendee in zone(),
        host in zone(),
    ) {
        let start = at("2024-01-01T00:00:00Z") + TimeDelta::minutes(mins_since_2024);
        prop_assert_eq!(check(start, mins, attendee, host), Ok(()));
    }
}

/// Every quarter of an hour around the changes of 2026 in zones that make them awkward.
#[test]
fn all_of_a_letter_names_one_instant_when_clocks_change() {
    let changes = [
        (Tz::Europe__London, "2026-03-29T01:00:00Z"),
        (Tz::Europe__London, "2026-10-25T01:00:00Z"),
        (Tz::America__New_York, "2026-03-08T07:00:00Z"),
        (Tz::America__New_York, "2026-11-01T06:00:00Z"),
        (Tz::Australia__Lord_Howe, "2026-04-04T15:00:00Z"),
        (Tz::Australia__Lord_Howe, "2026-10-03T15:30:00Z"),
        (Tz::Africa__Casablanca, "2026-02-15T02:00:00Z"),
        (Tz::America__Santiago, "2026-09-06T04:00:00Z"),
        (Tz::Asia__Beirut, "2026-03-28T22:00:00Z"),
    ];
    for (zone, change) in changes {
        for step in -8..=8 {
            let start = at(change) + TimeDelta::minutes(15 * step);
            assert_eq!(check(start, 45, zone, Tz::UTC), Ok(()), "{zone} {start}");
            assert_eq!(check(start, 45, Tz::UTC, zone), Ok(()), "{zone} {start}");
        }
    }
}

/// The defect that the checks above have to catch: the offset of the day the letter is written, in February.
#[test]
fn twin_the_offset_of_today_is_caught() {
    let mut booking = booking();
    booking.core = Interval::lasting(at("2026-07-01T08:00:00Z"), 30).unwrap();
    let letter = letter(&booking, &to_ada());
    let ics = letter.calendar.unwrap().ics;
    assert_eq!(check_text(&letter.text, &ics), Ok(()));
    let defect = letter.text.replacen("UTC+02:00", "UTC+01:00", 1);
    assert!(check_text(&defect, &ics).unwrap_err().starts_with("instants: text and calendar start together"));
}

/// A meeting that was moved over the change of clocks: the offset of the new time is not that of the old.
#[test]
fn twin_an_old_time_at_the_new_offset_is_caught() {
    let mut booking = booking();
    booking.core = Interval::lasting(at("2026-03-31T08:00:00Z"), 30).unwrap();
    let text = letter(&moved(&booking, Actor::Attendee), &to_ada()).text;
    let check = |text: &str| {
        check_was(text, at("2026-03-24T07:00:00Z"), at("2026-03-31T08:00:00Z"), Tz::Europe__Berlin)
    };
    assert_eq!(check(&text), Ok(()));
    let defect = text.replace("was Tuesday 24 March, 08:00", "was Tuesday 24 March, 09:00");
    assert!(check(&defect).unwrap_err().starts_with("instants: the old time is what clocks showed"));
}
