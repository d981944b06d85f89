//! What the program is told.

use chrono::{DateTime, Utc};
use clap::{Args, Parser, Subcommand};
use openslot_domain::text::EmailAddress;

/// What `openslot-operate` takes on its command line.
#[derive(Clone, Debug, Parser)]
#[command(name = "openslot-operate", version, about = "Looks after the table of a deployed openslot.")]
pub struct Arguments {
    /// The table: the stack's output `TableName`
    #[arg(long, value_name = "NAME")]
    pub table: String,
    /// The key that wraps the data keys: the stack's output `KeyringKeyArn`
    #[arg(long, value_name = "ARN")]
    pub key: String,
    /// What is to be done
    #[command(subcommand)]
    pub command: Command,
}

/// What may be done to a table.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Look through it, and put it right
    #[command(flatten)]
    Audit(Audit),
    /// Erase a guest from every booking that is over
    Erase {
        /// Whose address
        #[arg(value_name = "ADDRESS")]
        address: EmailAddress,
    },
    /// Make a restored table whole, before anything runs on it: repair, erase again, verify
    Restored {
        /// The instant it was restored to
        #[arg(long, value_name = "INSTANT", value_parser = instant)]
        to: DateTime<Utc>,
        /// The table it was restored from, which knows who was erased since
        #[arg(long, value_name = "NAME")]
        from: String,
    },
    /// List the work that was set aside after its last try
    Parked,
    /// Put everything that was set aside back on its queue
    Replay,
}

/// What may be done to a table without knowing more of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub enum Audit {
    /// Name everything that differs from what the bookings and the settings say
    Verify(Restored),
    /// Make everything say what the bookings and the settings say
    Repair(Restored),
}

/// What is known of a table that is audited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Args)]
pub struct Restored {
    /// It was restored to how it stood then, and nothing has run on it since: also look for work that came due in the
    /// five minutes before
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub restored_to: Option<DateTime<Utc>>,
}

fn instant(text: &str) -> Result<DateTime<Utc>, chrono::ParseError> {
    DateTime::parse_from_rfc3339(text).map(|instant| instant.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(arguments: &[&str]) -> Option<Command> {
        let place = ["openslot-operate", "--table", "meet", "--key", "arn"].iter();
        Arguments::try_parse_from(place.chain(arguments)).ok().map(|parsed| parsed.command)
    }

    #[test]
    fn every_command_has_its_name() {
        let restored_to: Option<DateTime<Utc>> = "2026-11-22T09:00:00Z".parse().ok();
        let whole = Restored { restored_to: None };
        assert_eq!(command(&["verify"]), Some(Command::Audit(Audit::Verify(whole))));
        assert_eq!(
            command(&["repair", "--restored-to", "2026-11-22T10:00:00+01:00"]),
            Some(Command::Audit(Audit::Repair(Restored { restored_to })))
        );
        let address = "ada@example.org".parse().unwrap();
        assert_eq!(command(&["erase", "ada@example.org"]), Some(Command::Erase { address }));
        assert_eq!(command(&["erase", "ada"]), None);
        let back = Command::Restored { to: restored_to.unwrap(), from: "meet-old".to_owned() };
        assert_eq!(command(&["restored", "--to", "2026-11-22T09:00:00Z", "--from", "meet-old"]), Some(back));
        assert_eq!(command(&["parked"]), Some(Command::Parked));
        assert_eq!(command(&["replay"]), Some(Command::Replay));
        assert_eq!(command(&["repair", "--restored-to", "noon"]), None);
        assert_eq!(command(&[]), None);
    }

    #[test]
    fn a_table_and_a_key_are_needed() {
        for given in [&["openslot-operate", "verify"][..], &["openslot-operate", "--table", "meet", "verify"]]
        {
            assert!(Arguments::try_parse_from(given).is_err(), "{given:?}");
        }
    }
}
