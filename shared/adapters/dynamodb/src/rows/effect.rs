//! Owed work, and work that was set aside.

use chrono::{DateTime, Utc};
use openslot_domain::effects::{Effect, EffectKey};
use openslot_usecases::ports::ParkedEffect;
use serde::{Deserialize, Serialize};

use super::{RowError, instant, instant_text};

/// Owed work as stored. What it is stands in its key.
#[derive(Serialize, Deserialize)]
pub(crate) struct EffectRow {
    /// Not to be tried before.
    nb: String,
    /// Leased until.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ls: Option<String>,
    /// How often it was claimed.
    n: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ack: Option<String>,
}

impl EffectRow {
    pub(crate) fn of(effect: &Effect) -> Self {
        Self {
            nb: instant_text(effect.not_before),
            ls: effect.lease.map(instant_text),
            n: effect.attempts,
            ack: effect.ack.clone(),
        }
    }

    pub(crate) fn effect(self, key: &EffectKey) -> Result<Effect, RowError> {
        Ok(Effect {
            key: key.clone(),
            not_before: instant("nb", &self.nb)?,
            lease: self.ls.as_deref().map(|text| instant("ls", text)).transpose()?,
            attempts: self.n,
            ack: self.ack,
        })
    }
}

/// Work that was set aside: when and why. Its key says what it was.
#[derive(Serialize, Deserialize)]
pub(crate) struct ParkedRow {
    at: String,
    why: String,
}

impl ParkedRow {
    pub(crate) fn of(at: DateTime<Utc>, why: &str) -> Self {
        Self { at: instant_text(at), why: why.to_owned() }
    }

    pub(crate) fn parked(self, key: EffectKey) -> Result<ParkedEffect, RowError> {
        Ok(ParkedEffect { key, at: instant("at", &self.at)?, why: self.why })
    }
}
