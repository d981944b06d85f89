//! Queries for free times, as they stand in an address.

use chrono::{Datelike, NaiveDate, TimeDelta};
use openslot_domain::hours::{MINS_PER_DAY, WallRange};
use openslot_domain::wall;
use openslot_wire::{DAYS_MAX, ERRORS_MAX, MovesQuery, SlotsQuery, Wrong};
use percent_encoding::percent_decode_str;

use crate::checks::Found;

/// One input: the query.
pub fn play(input: &[u8]) -> Found {
    let parameters = parameters(&String::from_utf8_lossy(input));
    let moves = MovesQuery::read(&parameters);
    match SlotsQuery::read(&parameters) {
        Ok(query) => is_sound(&query, &parameters),
        Err(wrongs) => is_sound_refusal(&wrongs, &parameters),
    }?;
    match moves {
        Ok(query) => SlotsQuery::read(&parameters)
            .map(drop)
            .map_err(|wrongs| format!("query: {query:?} but {wrongs:?}")),
        Err(wrongs) => is_sound_refusal(&wrongs, &parameters),
    }
}

/// Decoded as the functions decode it (WHATWG URL, `application/x-www-form-urlencoded`).
fn parameters(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decoded(name), decoded(value))
    };
    query.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

/// A query that passed says what stands in it, each once, over no more days than one look may cover.
pub(crate) fn is_sound(query: &SlotsQuery, parameters: &[(String, String)]) -> Found {
    let SlotsQuery { from, to, time_zone, duration_mins, host } = query;
    let days = (*to - *from).num_days() + 1;
    if !(1..=DAYS_MAX).contains(&days) {
        return Err(format!("query: covers {days} days"));
    }
    if duration_mins.is_some_and(|mins| !(1..=1440).contains(&mins)) {
        return Err(format!("query: asks for {duration_mins:?} minutes"));
    }
    let mut said =
        vec![("from", from.to_string()), ("to", to.to_string()), ("time_zone", time_zone.to_string())];
    said.extend(host.as_ref().map(|host| ("host", host.to_string())));
    for (name, text) in &said {
        if !parameters.iter().any(|(other, value)| other == name && value == text) {
            return Err(format!("query: nobody said {name}={text}"));
        }
    }
    let count = said.len() + usize::from(duration_mins.is_some());
    if parameters.len() != count {
        return Err(format!("query: {} parameters were given, {count} are known", parameters.len()));
    }
    is_sound_day(query)
}

/// The first date begins and ends on that date of the zone, and every range of it lies within.
fn is_sound_day(query: &SlotsQuery) -> Found {
    let SlotsQuery { from, time_zone, .. } = query;
    // Zones are known from then until then; in Monrovia the clock showed odd seconds until 1972.
    if !(1973..=2100).contains(&from.year()) {
        return Ok(());
    }
    let shows = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(time_zone).date_naive();
    let Some(day) = wall::day(*time_zone, *from) else { return Ok(()) };
    if shows(day.start()) != *from || shows(day.end() - TimeDelta::minutes(1)) != *from {
        return Err(format!("wall: {from} in {time_zone} is {day:?}"));
    }
    match range_of(*from).and_then(|range| wall::hull(*time_zone, *from, range)) {
        Some(part) if part.start() < day.start() || day.end() < part.end() => {
            Err(format!("wall: {part:?} is not of {from} in {time_zone}"))
        }
        Some(_) | None => Ok(()),
    }
}

/// Some range, another one for each date.
fn range_of(date: NaiveDate) -> Option<WallRange> {
    let seed = date.num_days_from_ce().unsigned_abs();
    let minute = |factor: u32| u16::try_from(seed.wrapping_mul(factor) % (u32::from(MINS_PER_DAY) + 1)).ok();
    WallRange::new(minute(7919)?, minute(104_729)?)
}

/// The parameters there are.
const KNOWN: [&str; 5] = ["from", "to", "time_zone", "duration_minutes", "host"];

/// A refusal names parameters: known ones, or such as were given.
pub(crate) fn is_sound_refusal(wrongs: &[Wrong], parameters: &[(String, String)]) -> Found {
    if wrongs.is_empty() || wrongs.len() > ERRORS_MAX {
        return Err(format!("refusal: {} things are wrong", wrongs.len()));
    }
    let given = |wrong: &Wrong| {
        let start = wrong.pointer.strip_suffix('…').unwrap_or(&wrong.pointer);
        parameters.iter().any(|(name, _)| name.starts_with(start))
    };
    match wrongs.iter().find(|wrong| !KNOWN.contains(&wrong.pointer.as_str()) && !given(wrong)) {
        Some(wrong) => Err(format!("refusal: names a parameter: {wrong:?}")),
        None => Ok(()),
    }
}
