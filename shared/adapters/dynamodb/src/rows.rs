//! Stored shapes. They are not domain types: a rule may change its types freely, what is stored must stay readable.
//!
//! Attribute names are short, because every byte of an item is paid for on each write. `recorded/` holds an
//! example of each shape; today's code must read it and write it again as it is.

pub(crate) mod booking;
pub(crate) mod day;
pub(crate) mod effect;
mod history;
pub(crate) mod host;
pub(crate) mod login;
pub(crate) mod meeting_type;
pub(crate) mod plain;
#[cfg(test)]
mod recorded;

use std::error::Error;

use chrono::{DateTime, NaiveDateTime, Utc};
use openslot_domain::meeting_type::{Location, LocationKind};
use openslot_domain::text::Line;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::table::Item;

/// An item does not have the shape it should have.
#[derive(Debug, Error)]
pub(crate) enum RowError {
    /// The item as a whole.
    #[error("the attributes are not those of the row")]
    Shape(#[from] serde_dynamo::Error),
    /// The packed bytes of a host-day.
    #[error("the packed entries of a host-day cannot be read")]
    Packed(#[from] postcard::Error),
    /// One attribute.
    #[error("the attribute {name} does not hold what it should")]
    Attribute {
        /// Which.
        name: &'static str,
        /// What is wrong with it, if its type says so.
        source: Option<Box<dyn Error + Send + Sync>>,
    },
}

/// The attribute `name` does not hold what it should.
pub(crate) fn wrong(name: &'static str) -> RowError {
    RowError::Attribute { name, source: None }
}

/// Passes on what an attribute was read as, or names it.
pub(crate) fn read<T, E>(name: &'static str, parsed: Result<T, E>) -> Result<T, RowError>
where
    E: Error + Send + Sync + 'static,
{
    parsed.map_err(|error| RowError::Attribute { name, source: Some(Box::new(error)) })
}

/// A line of any length: its limit was checked when it came in, and may have changed.
pub(crate) fn line(name: &'static str, text: &str) -> Result<Line, RowError> {
    read(name, Line::new(text, usize::MAX))
}

/// A row as the attributes of an item.
pub(crate) fn to_item(row: &impl Serialize) -> Result<Item, RowError> {
    Ok(serde_dynamo::aws_sdk_dynamodb_1::to_item(row)?)
}

/// A row out of the attributes of an item. Attributes it does not know are passed over.
pub(crate) fn from_item<R: DeserializeOwned>(item: Item) -> Result<R, RowError> {
    Ok(serde_dynamo::aws_sdk_dynamodb_1::from_item(item)?)
}

/// To the nanosecond, so that what is read is what was written, and sortable.
const INSTANT_FORMAT: &str = "%Y%m%dT%H%M%S%.9fZ";

pub(crate) fn instant_text(instant: DateTime<Utc>) -> String {
    instant.format(INSTANT_FORMAT).to_string()
}

pub(crate) fn instant(name: &'static str, text: &str) -> Result<DateTime<Utc>, RowError> {
    read(name, NaiveDateTime::parse_from_str(text, INSTANT_FORMAT)).map(|naive| naive.and_utc())
}

/// Where a meeting happens.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LocationKindRow {
    GoogleMeet,
    Teams,
    Phone,
    InPerson,
    Link,
    ToBeAgreed,
}

impl LocationKindRow {
    pub(crate) fn of(kind: LocationKind) -> Self {
        match kind {
            LocationKind::GoogleMeet => Self::GoogleMeet,
            LocationKind::Teams => Self::Teams,
            LocationKind::Phone => Self::Phone,
            LocationKind::InPerson => Self::InPerson,
            LocationKind::Link => Self::Link,
            LocationKind::ToBeAgreed => Self::ToBeAgreed,
        }
    }

    pub(crate) fn location(&self, detail: Option<&str>) -> Result<Location, RowError> {
        let kind = match self {
            Self::GoogleMeet => LocationKind::GoogleMeet,
            Self::Teams => LocationKind::Teams,
            Self::Phone => LocationKind::Phone,
            Self::InPerson => LocationKind::InPerson,
            Self::Link => LocationKind::Link,
            Self::ToBeAgreed => LocationKind::ToBeAgreed,
        };
        Ok(Location { kind, detail: detail.map(|text| line("ld", text)).transpose()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_kept_to_the_nanosecond() {
        for text in ["2026-11-23T09:00:00Z", "2026-11-23T09:00:00.000000001Z", "2026-11-23T09:00:00.25Z"] {
            let at: DateTime<Utc> = text.parse().unwrap();
            assert_eq!(instant("at", &instant_text(at)).unwrap(), at, "{text}");
            assert_eq!(instant_text(at).len(), 26);
        }
        assert!(instant("at", "2026-11-23T09:00:00Z").is_err());
    }
}
