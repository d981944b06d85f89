//! The query of a look for free times.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use openslot_domain::ids::HostId;

use crate::fields::{Complaint, Wrongs};
use crate::problem::Wrong;
use crate::values;

/// The most days one look may cover, both ends counted.
pub const DAYS_MAX: i64 = 92;

/// Which times a guest wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotsQuery {
    /// The first date, in `time_zone`.
    pub from: NaiveDate,
    /// The last date, in `time_zone`; not before `from`.
    pub to: NaiveDate,
    /// The guest's zone.
    pub time_zone: Tz,
    /// For how long, in minutes.
    pub duration_mins: Option<u32>,
    /// Only with this host.
    pub host: Option<HostId>,
}

impl SlotsQuery {
    /// Its parameters, in the order in which they are named.
    pub(crate) const NAMES: [&str; 5] = ["from", "to", "time_zone", "duration_minutes", "host"];

    /// Reads decoded parameters, or says everything that is wrong with them, by their names.
    pub fn read(parameters: &[(String, String)]) -> Result<Self, Vec<Wrong>> {
        let wrongs = Wrongs::default();
        let given = Given::of(parameters, &Self::NAMES, &wrongs);
        let asked = MovesQuery::of(&given);
        let host = given.optional("host", host);
        let wrongs = wrongs.into_vec();
        match asked {
            Some(MovesQuery { from, to, time_zone, duration_mins }) if wrongs.is_empty() => {
                Ok(Self { from, to, time_zone, duration_mins, host })
            }
            _ => Err(wrongs),
        }
    }
}

/// To which times the holder of a manage link may want to move the booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovesQuery {
    /// The first date, in `time_zone`.
    pub from: NaiveDate,
    /// The last date, in `time_zone`; not before `from`.
    pub to: NaiveDate,
    /// The guest's zone.
    pub time_zone: Tz,
    /// For how long, in minutes.
    pub duration_mins: Option<u32>,
}

impl MovesQuery {
    /// Its parameters, in the order in which they are named.
    pub(crate) const NAMES: [&str; 4] = ["from", "to", "time_zone", "duration_minutes"];

    /// Reads decoded parameters, or says everything that is wrong with them, by their names.
    pub fn read(parameters: &[(String, String)]) -> Result<Self, Vec<Wrong>> {
        let wrongs = Wrongs::default();
        let asked = Self::of(&Given::of(parameters, &Self::NAMES, &wrongs));
        let wrongs = wrongs.into_vec();
        asked.filter(|_| wrongs.is_empty()).ok_or(wrongs)
    }

    fn of(given: &Given<'_>) -> Option<Self> {
        let from = given.required("from", values::date);
        let to = given.required("to", values::date);
        let time_zone = given.required("time_zone", values::zone);
        let duration_mins = given.optional("duration_minutes", values::minutes_text);
        let (from, to) = (from?, to?);
        given.wrongs.note("to", in_reach(from, to));
        Some(Self { from, to, time_zone: time_zone?, duration_mins })
    }
}

fn host(text: &str) -> Result<HostId, Complaint> {
    text.parse().map_err(|_| Complaint::new("unknown", "is not a host of this meeting type"))
}

fn in_reach(from: NaiveDate, to: NaiveDate) -> Result<(), Complaint> {
    let days = (to - from).num_days() + 1;
    if days < 1 {
        Err(Complaint::new("before_from", "must not be before from"))
    } else if days > DAYS_MAX {
        Err(Complaint::new("too_many_days", format!("must be at most {} days after from", DAYS_MAX - 1)))
    } else {
        Ok(())
    }
}

/// The parameters that were given, each once.
struct Given<'a> {
    by_name: BTreeMap<&'a str, &'a str>,
    wrongs: &'a Wrongs,
}

impl<'a> Given<'a> {
    fn of(parameters: &'a [(String, String)], names: &[&str], wrongs: &'a Wrongs) -> Self {
        let mut by_name = BTreeMap::new();
        for (name, value) in parameters {
            if !names.contains(&name.as_str()) {
                wrongs.add(name.as_str(), Complaint::new("unknown", "is not a parameter that is known here"));
            } else if by_name.insert(name.as_str(), value.as_str()).is_some() {
                wrongs.add(name.as_str(), Complaint::new("duplicate", "must not stand twice"));
            }
        }
        Self { by_name, wrongs }
    }

    fn required<T>(&self, name: &str, read: impl FnOnce(&str) -> Result<T, Complaint>) -> Option<T> {
        if !self.by_name.contains_key(name) {
            self.wrongs.add(name, Complaint::new("required", "must be given"));
        }
        self.optional(name, read)
    }

    fn optional<T>(&self, name: &str, read: impl FnOnce(&str) -> Result<T, Complaint>) -> Option<T> {
        self.wrongs.note(name, read(self.by_name.get(name)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<SlotsQuery, String> {
        let pair = |part: &str| part.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
        let parameters: Vec<(String, String)> = query.split('&').filter_map(pair).collect();
        let name = |wrong: &Wrong| format!("{} {}", wrong.pointer, wrong.code);
        SlotsQuery::read(&parameters).map_err(|wrongs| wrongs.iter().map(name).collect::<Vec<_>>().join(", "))
    }

    fn check(query: &str, wrongs: &str) {
        assert_eq!(read(query).unwrap_err(), wrongs, "{query}");
    }

    #[test]
    fn a_query_names_dates_and_their_zone() {
        let query =
            read("from=2026-11-23&to=2026-12-20&time_zone=Europe/London&duration_minutes=30&host=ada")
                .unwrap();
        assert_eq!(query.from.to_string(), "2026-11-23");
        assert_eq!(query.to.to_string(), "2026-12-20");
        assert_eq!(query.time_zone, Tz::Europe__London);
        assert_eq!((query.duration_mins, query.host), (Some(30), Some("ada".parse().unwrap())));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        check("", "from required, to required, time_zone required");
        check(
            "from=2026-02-30&to=tomorrow&time_zone=Mars/Base&duration_minutes=0&host=A+B&page=2&to=x",
            "page unknown, to duplicate, from impossible, to format, time_zone unknown_time_zone, \
             duration_minutes out_of_range, host unknown",
        );
    }

    #[test]
    fn a_booking_that_moves_keeps_its_host() {
        let pairs = ["from", "to", "time_zone", "host"]
            .map(|name| (name.to_owned(), if name == "time_zone" { "UTC" } else { "2026-11-23" }.to_owned()));
        assert!(MovesQuery::read(&pairs[..3]).is_ok());
        let wrongs = MovesQuery::read(&pairs).unwrap_err();
        assert_eq!(
            wrongs.iter().map(|wrong| format!("{} {}", wrong.pointer, wrong.code)).collect::<Vec<_>>(),
            ["host unknown"]
        );
        let wrongs = MovesQuery::read(&[]).unwrap_err();
        assert_eq!(wrongs.len(), 3);
    }

    #[test]
    fn at_most_92_days_in_order() {
        let check = |from, to, wrong: Option<&str>| {
            let read = read(&format!("from={from}&to={to}&time_zone=UTC"));
            assert_eq!(read.err().as_deref(), wrong, "{from} {to}");
        };
        check("2026-11-23", "2026-11-23", None);
        check("2026-11-23", "2026-11-22", Some("to before_from"));
        check("2026-01-01", "2026-04-02", None);
        check("2026-01-01", "2026-04-03", Some("to too_many_days"));
        check("0000-01-01", "9999-12-31", Some("to too_many_days"));
    }
}
