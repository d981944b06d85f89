//! What the local program itself remembers: the clock, the inbox, events on their way and those that were told.

mod events;
mod mails;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, params};

pub(crate) use events::{OwedEvent, Taken};
pub(crate) use mails::{Mail, NewMail};

/// Made anew or already there: every statement may run any number of times.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS mail (
        place INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        sender TEXT NOT NULL,
        recipients TEXT NOT NULL,
        raw BLOB NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS owed_event (
        place INTEGER PRIMARY KEY AUTOINCREMENT,
        event TEXT NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE IF NOT EXISTS told_event (
        place INTEGER PRIMARY KEY AUTOINCREMENT,
        event TEXT NOT NULL
    ) STRICT;
";

/// One `SQLite` file. Every write is on disk, in the sense of surviving `kill -9`, when its call returns.
pub(crate) struct State {
    db: Mutex<Connection>,
}

impl State {
    /// Opens the file, or makes it. Fails if it is no database.
    pub(crate) fn open(path: &Path) -> rusqlite::Result<Self> {
        let db = Connection::open(path)?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "NORMAL")?;
        Self::with(db)
    }

    /// Keeps everything as long as it lives, and no longer.
    pub(crate) fn in_memory() -> rusqlite::Result<Self> {
        Connection::open_in_memory().and_then(Self::with)
    }

    fn with(db: Connection) -> rusqlite::Result<Self> {
        db.execute_batch(SCHEMA)?;
        Ok(Self { db: Mutex::new(db) })
    }

    fn db(&self) -> MutexGuard<'_, Connection> {
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A small thing remembered by name.
    pub(crate) fn setting(&self, name: &str) -> rusqlite::Result<Option<String>> {
        let query = "SELECT value FROM setting WHERE name = ?1";
        self.db().query_row(query, [name], |row| row.get(0)).optional()
    }

    /// Remembers a small thing by name. Safe to repeat.
    pub(crate) fn put_setting(&self, name: &str, value: &str) -> rusqlite::Result<()> {
        let put = "INSERT INTO setting (name, value) VALUES (?1, ?2)
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.db().execute(put, params![name, value]).map(drop)
    }
}
