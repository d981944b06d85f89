//! Mail that was sent.

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::types::Type;
use rusqlite::{Error, OptionalExtension, Row, params};
use serde_json::Value;

use super::State;

/// A mail as it was handed over.
pub(crate) struct NewMail<'a> {
    /// The id it was given.
    pub(crate) id: &'a str,
    /// When, by the local clock.
    pub(crate) at: DateTime<Utc>,
    /// The envelope's sender.
    pub(crate) sender: &'a str,
    /// The envelope's recipients.
    pub(crate) recipients: &'a [String],
    /// The complete MIME message.
    pub(crate) raw: &'a [u8],
}

/// A mail as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) id: String,
    pub(crate) at: DateTime<Utc>,
    pub(crate) sender: String,
    pub(crate) recipients: Vec<String>,
    pub(crate) raw: Vec<u8>,
}

const COLUMNS: &str = "id, at, sender, recipients, raw";

impl State {
    /// Keeps a mail and owes the event that says so, in one write: the event is never there without the mail, nor
    /// the mail without the event.
    pub(crate) fn send(&self, mail: &NewMail<'_>, event: Option<&Value>) -> rusqlite::Result<()> {
        let mut db = self.db();
        let write = db.transaction()?;
        let at = mail.at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let recipients = Value::from(mail.recipients).to_string();
        write.execute(
            "INSERT INTO mail (id, at, sender, recipients, raw) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![mail.id, at, mail.sender, recipients, mail.raw],
        )?;
        if let Some(event) = event {
            write.execute("INSERT INTO owed_event (event) VALUES (?1)", [event.to_string()])?;
        }
        write.commit()
    }

    /// Every mail, newest first.
    pub(crate) fn mails(&self) -> rusqlite::Result<Vec<Mail>> {
        let db = self.db();
        let mut query = db.prepare_cached(&format!("SELECT {COLUMNS} FROM mail ORDER BY place DESC"))?;
        query.query_map([], mail)?.collect()
    }

    /// The mail of this id.
    pub(crate) fn mail(&self, id: &str) -> rusqlite::Result<Option<Mail>> {
        let query = format!("SELECT {COLUMNS} FROM mail WHERE id = ?1");
        self.db().query_row(&query, [id], mail).optional()
    }
}

fn mail(row: &Row<'_>) -> rusqlite::Result<Mail> {
    let unreadable = |column, error| Error::FromSqlConversionFailure(column, Type::Text, error);
    let at: String = row.get(1)?;
    let recipients: String = row.get(3)?;
    Ok(Mail {
        id: row.get(0)?,
        at: at.parse().map_err(|error| unreadable(1, Box::new(error)))?,
        sender: row.get(2)?,
        recipients: serde_json::from_str(&recipients).map_err(|error| unreadable(3, Box::new(error)))?,
        raw: row.get(4)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_are_kept_in_order_with_their_events() {
        let state = State::in_memory().unwrap();
        for id in ["one", "two"] {
            let at = "2026-11-22T09:00:00.25Z".parse().unwrap();
            let recipients = ["ada@example.org".to_owned()];
            let new =
                NewMail { id, at, sender: "team@example.org", recipients: &recipients, raw: b"\xff\r\n" };
            state.send(&new, Some(&serde_json::json!({ "of": id }))).unwrap();
        }
        let ids: Vec<String> = state.mails().unwrap().into_iter().map(|mail| mail.id).collect();
        assert_eq!(ids, ["two", "one"]);
        let one = state.mail("one").unwrap().unwrap();
        assert_eq!(
            (one.at.to_string().as_str(), one.raw.as_slice()),
            ("2026-11-22 09:00:00.250 UTC", &b"\xff\r\n"[..])
        );
        assert_eq!(one.recipients, ["ada@example.org"]);
        assert_eq!(state.mail("three").unwrap(), None);
        assert_eq!(state.owed_events().unwrap().len(), 2);
    }

    #[test]
    fn a_mail_that_is_not_kept_owes_no_event() {
        let state = State::in_memory().unwrap();
        let at = "2026-11-22T09:00:00Z".parse().unwrap();
        let new = NewMail { id: "one", at, sender: "team@example.org", recipients: &[], raw: b"" };
        state.send(&new, Some(&Value::Null)).unwrap();
        assert!(state.send(&new, Some(&Value::Null)).is_err(), "the same id twice");
        assert_eq!(state.owed_events().unwrap().len(), 1);
    }
}
