//! Events of the local bus that a target has not taken yet.

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

impl State {
    /// Owes events to their target.
    pub(crate) fn owe(&self, events: &[Value]) -> rusqlite::Result<()> {
        let mut db = self.db();
        let write = db.transaction()?;
        for event in events {
            write.execute("INSERT INTO owed_event (event) VALUES (?1)", [event.to_string()])?;
        }
        write.commit()
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
        let state = State::in_memory();
        state.owe(&[Value::from(1), Value::from(2)]).unwrap();
        let [first, second] = &state.new_events().unwrap()[..] else { panic!("two events are owed") };
        assert_eq!((&first.event, &second.event), (&Value::from(1), &Value::from(2)));

        state.event_left(first.place).unwrap();
        assert_eq!(state.new_events().unwrap(), std::slice::from_ref(second));
        assert_eq!(state.owed_events().unwrap(), [first.clone(), second.clone()]);

        state.event_taken(first.place).unwrap();
        assert_eq!(state.owed_events().unwrap(), std::slice::from_ref(second));
    }
}
