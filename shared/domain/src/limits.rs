//! How often an address, a recipient or a host may be part of a booking.

use chrono::{DateTime, TimeDelta, Utc};

/// What a counter counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Booking requests from one network address.
    Address,
    /// Bookings with one recipient at one host.
    RecipientAtHost,
    /// Bookings with one recipient at any host.
    Recipient,
    /// Bookings of one host.
    Host,
}

impl Scope {
    /// The scope in a stored key. Never changes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Address => "addr",
            Self::RecipientAtHost => "rcpt-host",
            Self::Recipient => "rcpt",
            Self::Host => "host",
        }
    }
}

/// So many within a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The most in one window.
    pub most: u32,
    /// How long a window lasts, in seconds. Windows start at multiples of it, in Unix time.
    pub window_secs: u32,
}

impl Limit {
    /// The start of the window that `now` falls in.
    pub fn window_start(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let into = now.timestamp().rem_euclid(i64::from(self.window_secs));
        now - TimeDelta::seconds(into) - TimeDelta::nanoseconds(i64::from(now.timestamp_subsec_nanos()))
    }

    /// Whole seconds until the next window opens, at least one.
    pub fn retry_after_secs(&self, now: DateTime<Utc>) -> u32 {
        let left = self.window_start(now) + TimeDelta::seconds(i64::from(self.window_secs)) - now;
        u32::try_from(left.num_seconds()).unwrap_or(self.window_secs).max(1)
    }
}

/// The limits in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Booking requests from one network address.
    pub per_address: Limit,
    /// Bookings with one recipient at one host.
    pub per_recipient_and_host: Limit,
    /// Bookings with one recipient overall.
    pub per_recipient: Limit,
    /// Bookings of one host.
    pub per_host: Limit,
}

const MINUTE_SECS: u32 = 60;
const DAY_SECS: u32 = 24 * 60 * 60;

impl Default for Limits {
    /// 10 requests a minute from one address; 5 bookings a day with one recipient at one host, 20 overall;
    /// 200 a day for one host.
    fn default() -> Self {
        Self {
            per_address: Limit { most: 10, window_secs: MINUTE_SECS },
            per_recipient_and_host: Limit { most: 5, window_secs: DAY_SECS },
            per_recipient: Limit { most: 20, window_secs: DAY_SECS },
            per_host: Limit { most: 200, window_secs: DAY_SECS },
        }
    }
}

impl Limits {
    /// The limit that a scope falls under.
    pub fn of(&self, scope: Scope) -> Limit {
        match scope {
            Scope::Address => self.per_address,
            Scope::RecipientAtHost => self.per_recipient_and_host,
            Scope::Recipient => self.per_recipient,
            Scope::Host => self.per_host,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_starts_at_a_round_time_and_says_when_it_ends() {
        let limit = Limits::default().per_address;
        let now: DateTime<Utc> = "2026-11-22T10:15:42.5Z".parse().unwrap();
        assert_eq!(limit.window_start(now).to_string(), "2026-11-22 10:15:00 UTC");
        assert_eq!(limit.retry_after_secs(now), 17);
        assert_eq!(limit.retry_after_secs("2026-11-22T10:15:59.9Z".parse().unwrap()), 1);
    }
}
