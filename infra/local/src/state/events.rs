//! Events of the local buses: those that a target has not taken yet, and those that were told to whoever listens.

use rusqlite::{Row, params};
use serde_json::Value;

use super::State;

/// An event on its way to its target.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OwedEvent {
    /// Where it stands in the row of events.
    pub(crate) place: i64,
    /// The event, as `EventBridge` hands it over.
    pub(crate) event: Value,
}

/// Events that a bus has taken, as `EventBridge` hands them over.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// Those that have a target here.
    pub(crate) owed: Vec<Value>,
    /// Those of openslot's own bus.
    pub(crate) told: Vec<Value>,
}

impl State {
    /// Owes events to their target, and keeps those that were told, in one write.
    pub(crate) fn take(&self, taken: &Taken) -> rusqlite::Result<()> {
        let mut db = self.db();
        let write = db.transaction()?;
        for event in &taken.owed {
            write.execute("INSERT INTO owed_event (event) VALUES (?1)", [event.to_string()])?;
        }
        for event in &taken.told {
            write.execute("INSERT INTO told_event (event) VALUES (?1)", [event.to_string()])?;
        }
        write.commit()
    }

    /// Every event of openslot's own bus, newest first.
    pub(crate) fn told_events(&self) -> rusqlite::Result<Vec<Value>> {
        let told = self.events("SELECT place, event FROM told_event ORDER BY place DESC")?;
        Ok(told.into_iter().map(|told| told.event).collect())
    }

    /// Every event that was not taken, the oldest first.
    pub(crate) fn owed_events(&self) -> rusqlite::Result<Vec<OwedEvent>> {
        self.events("SELECT place, event FROM owed_event ORDER BY place")
    }

    /// The events that were never offered to their target, the oldest first.
    pub(crate) fn new_events(&self) -> rusqlite::Result<Vec<OwedEvent>> {
        self.events("SELECT place, event FROM owed_event WHERE tries = 0 ORDER BY place")
    }

    /// Forgets an event that was taken. Safe to repeat.
    pub(crate) fn event_taken(&self, place: i64) -> rusqlite::Result<()> {
        self.db().execute("DELETE FROM owed_event WHERE place = ?1", [place]).map(drop)
    }

    /// Notes that an event was offered and not taken.
    pub(crate) fn event_left(&self, place: i64) -> rusqlite::Result<()> {
        self.db()
            .execute("UPDATE owed_event SET tries = tries + 1 WHERE place = ?1", params![place])
            .map(drop)
    }

    fn events(&self, query: &str) -> rusqlite::Result<Vec<OwedEvent>> {
        let db = self.db();
        let mut query = db.prepare_cached(query)?;
        query.query_map([], owed)?.collect()
    }
}

fn owed(row: &Row<'_>) -> rusqlite::Result<OwedEvent> {
    let text: String = row.get(1)?;
    // What was written was made from a value; an unreadable row is offered as null, refused, and seen in the log.
    Ok(OwedEvent { place: row.get(0)?, event: serde_json::from_str(&text).unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_owed_until_it_was_taken() {
        let state = State::in_memory().unwrap();
        let owed = vec![Value::from(1), Value::from(2)];
        state.take(&Taken { owed, told: Vec::new() }).unwrap();
        let [first, second] = &state.new_events().unwrap()[..] else { panic!("two events are owed") };
        assert_eq!((&first.event, &second.event), (&Value::from(1), &Value::from(2)));

        state.event_left(first.place).unwrap();
        assert_eq!(state.new_events().unwrap(), std::slice::from_ref(second));
        assert_eq!(state.owed_events().unwrap(), [first.clone(), second.clone()]);

        state.event_taken(first.place).unwrap();
        assert_eq!(state.owed_events().unwrap(), std::slice::from_ref(second));
    }
    #[test]
    fn what_was_told_is_kept_newest_first() {
        let state = State::in_memory().unwrap();
        for number in [1, 2] {
            state.take(&Taken { owed: Vec::new(), told: vec![Value::from(number)] }).unwrap();
        }
        assert_eq!(state.told_events().unwrap(), [Value::from(2), Value::from(1)]);
        assert_eq!(state.owed_events().unwrap(), []);
    }
}
