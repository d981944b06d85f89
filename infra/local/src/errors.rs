//! Why the program does not start: one sentence each, for the person at the keyboard.

use std::error::Error;
use std::io;
use std::path::PathBuf;

use thiserror::Error as ThisError;

/// Why the program does not start. Shown as it is.
#[derive(Debug, ThisError)]
pub enum StartError {
    /// The instant of `--now` cannot be used.
    #[error(
        "--now must be an instant between 1970 and 2100 such as 2026-11-22T09:00:00Z, which {given:?} is not."
    )]
    Now {
        /// What was given.
        given: String,
    },
    /// The filter of `--log` cannot be used.
    #[error("--log must be a filter such as warn or info, which {given:?} is not.")]
    Log {
        /// What was given.
        given: String,
    },
    /// Another program listens there.
    #[error("Port {port} is in use: stop the program that holds it, or choose another with --port.")]
    PortTaken {
        /// Where it was meant to listen.
        port: u16,
    },
    /// The port cannot be listened on for another reason.
    #[error("Port {port} cannot be listened on ({source}): choose another with --port.")]
    Listen {
        /// Where it was meant to listen.
        port: u16,
        /// What the operating system says.
        source: io::Error,
    },
    /// Nothing can be kept in the data folder.
    #[error("The data folder {} cannot be used ({source}): choose another with --data-dir.", dir.display())]
    Unwritable {
        /// Which folder.
        dir: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// Another instance runs on the data folder.
    #[error("The data folder {} is in use by another openslot-local: stop it, or choose another with --data-dir.", dir.display())]
    InUse {
        /// Which folder.
        dir: PathBuf,
    },
    /// Nothing has been kept in the data folder yet.
    #[error("The data folder {} holds nothing: choose another with --data-dir.", dir.display())]
    Empty {
        /// Which folder.
        dir: PathBuf,
    },
    /// A file in the data folder is not what it should be.
    #[error("The data folder {} is damaged ({file}: {why}): move it away, or choose another with --data-dir.", dir.display())]
    Damaged {
        /// Which folder.
        dir: PathBuf,
        /// Which file in it.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// Something else broke.
    #[error("openslot-local could not start: {0}.")]
    Failed(String),
}

impl StartError {
    /// A failure of something that does not fail by anybody's doing.
    pub(crate) fn failed(error: &(dyn Error + 'static)) -> Self {
        Self::Failed(explained(error))
    }
}

/// An error with everything that led to it.
pub(crate) fn explained(error: &(dyn Error + 'static)) -> String {
    let source = error.source().map(explained);
    source.map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}
