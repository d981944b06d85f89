//! Which of several free hosts takes a meeting: a pure function of what was read.

use std::cmp::Ordering;

use chrono::{DateTime, TimeDelta, Utc};

use crate::host::HostSnapshot;
use crate::ids::HostId;
use crate::meeting_type::MeetingType;

/// A free host, and what round robin knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub host: HostId,
    /// Live bookings of this type with a start inside the window.
    pub live: u32,
    /// The host's share; at least 1.
    pub weight: u32,
    /// When such a booking was last made.
    pub last_booked_at: Option<DateTime<Utc>>,
}

impl Candidate {
    /// Counts a host's bookings of a meeting type with a start within its window of `now`, before or after.
    pub fn of(meeting_type: &MeetingType, snapshot: &HostSnapshot, now: DateTime<Utc>) -> Self {
        let window = TimeDelta::days(i64::from(meeting_type.assignment.window_days));
        let counts = snapshot.live_bookings().into_values().filter(|entry| {
            entry.meeting_type == meeting_type.slug && (entry.core.start() - now).abs() <= window
        });
        let (live, last_booked_at) =
            counts.fold((0, None), |(live, last), entry| (live + 1, last.max(Some(entry.booked_at))));
        let weight = meeting_type.assignment.weights.get(&snapshot.host.id).copied().unwrap_or(1).max(1);
        Self { host: snapshot.host.id.clone(), live, weight, last_booked_at }
    }
}

/// The place of the candidate whose turn it is: fewest bookings per weight, then least recently booked, then id.
///
/// `candidates` must not be empty.
pub fn assign(candidates: &[Candidate]) -> usize {
    assert!(!candidates.is_empty(), "somebody must be free to be chosen");
    (0..candidates.len()).min_by(|a, b| turn(&candidates[*a], &candidates[*b])).unwrap_or(0)
}

fn turn(a: &Candidate, b: &Candidate) -> Ordering {
    let share = |one: &Candidate, other: &Candidate| u64::from(one.live) * u64::from(other.weight);
    share(a, b)
        .cmp(&share(b, a))
        .then_with(|| a.last_booked_at.cmp(&b.last_booked_at))
        .then_with(|| a.host.cmp(&b.host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(host: &str, live: u32, weight: u32, last: Option<&str>) -> Candidate {
        let last_booked_at = last.map(|text| text.parse().unwrap());
        Candidate { host: host.parse().unwrap(), live, weight, last_booked_at }
    }

    fn check(candidates: &[Candidate], chosen: &str) {
        assert_eq!(candidates[assign(candidates)].host.as_str(), chosen);
        let mut backwards = candidates.to_vec();
        backwards.reverse();
        assert_eq!(backwards[assign(&backwards)].host.as_str(), chosen, "the order read must not matter");
    }

    #[test]
    fn fewest_per_weight_then_longest_ago_then_id() {
        let day = Some("2026-11-20T09:00:00Z");
        let earlier = Some("2026-11-19T09:00:00Z");
        check(&[candidate("a", 2, 1, earlier), candidate("b", 1, 1, day)], "b");
        check(&[candidate("a", 3, 1, earlier), candidate("b", 4, 2, day)], "b");
        check(&[candidate("a", 1, 1, day), candidate("b", 1, 1, earlier)], "b");
        check(&[candidate("a", 0, 1, day), candidate("b", 0, 1, None)], "b");
        check(&[candidate("a", 1, 1, day), candidate("b", 1, 1, day)], "a");
    }
}
