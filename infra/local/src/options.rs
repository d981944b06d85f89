//! What the local program is told when it starts.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Parser;
use openslot_operate::Audit;

use crate::StartError;
use crate::clock;

/// What `openslot-local` takes on its command line.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "openslot-local",
    version,
    about = "The whole of openslot on this machine: booking page, API, mail, clock."
)]
pub struct Arguments {
    /// What to do instead of running
    #[command(subcommand)]
    audit: Option<Audit>,
    /// The port to listen on; 0 picks a free one
    #[arg(long, default_value_t = 4000)]
    port: u16,
    /// The folder that keeps bookings, letters and the clock
    #[arg(long, global = true, value_name = "DIR", default_value = ".openslot")]
    data_dir: PathBuf,
    /// Where the clock starts, as in 2026-11-22T09:00:00Z; it runs on from there
    #[arg(long, value_name = "INSTANT")]
    now: Option<String>,
    /// The folder of the built site [default: static-site/dist here, else in the source tree of this program]
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Start without the demo team
    #[arg(long)]
    no_demo: bool,
    /// What is logged, as in warn or info
    #[arg(long, global = true, value_name = "FILTER", default_value = "warn,dynoxide=error")]
    log: String,
}

impl Arguments {
    /// What is to be done instead of running, and to which folder.
    pub fn audit(&self) -> Option<(Audit, &Path)> {
        self.audit.map(|audit| (audit, self.data_dir.as_path()))
    }

    /// Which log lines are wanted.
    pub fn log(&self) -> &str {
        &self.log
    }

    /// The options they come to, or the one sentence that says what is wrong.
    pub fn options(self) -> Result<Options, StartError> {
        let now = self.now.as_deref().map(start_of_clock).transpose()?;
        let site = self.site.unwrap_or_else(|| built_site(Path::new("")));
        Ok(Options { port: self.port, data_dir: self.data_dir, site, now, demo: !self.no_demo })
    }
}

/// How one local installation is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on the loopback addresses; 0 picks a free one.
    pub port: u16,
    /// Where everything is kept. Made if it is not there; one running program at a time.
    pub data_dir: PathBuf,
    /// The built site. What is not there yet is looked for again at every request.
    pub site: PathBuf,
    /// Where the clock starts. Without it the clock goes on as it was left, at first as the machine's.
    pub now: Option<DateTime<Utc>>,
    /// Whether a first start sets up the demo team.
    pub demo: bool,
}

/// Where the site is built to: in the checkout that `here` is the top of, else in the one this program was built
/// from.
fn built_site(here: &Path) -> PathBuf {
    let near = here.join("static-site");
    let site =
        if near.is_dir() { near } else { Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static-site") };
    site.join("dist")
}

fn start_of_clock(text: &str) -> Result<DateTime<Utc>, StartError> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|instant| instant.to_utc())
        .filter(|instant| clock::is_supported(*instant))
        .ok_or_else(|| StartError::Now { given: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use openslot_operate::Restored;

    use super::*;

    fn options(arguments: &[&str]) -> Result<Options, StartError> {
        let name = std::iter::once(&"openslot-local");
        Arguments::try_parse_from(name.chain(arguments)).unwrap().options()
    }

    #[test]
    fn left_out_options_have_defaults() {
        let options = options(&[]).unwrap();
        assert_eq!((options.port, options.now, options.demo), (4000, None, true));
        assert_eq!(options.data_dir, PathBuf::from(".openslot"));
    }

    #[test]
    fn an_audit_is_asked_for_by_its_name() {
        let audit = |arguments: &[&'static str]| {
            let parsed = Arguments::try_parse_from(["openslot-local"].iter().chain(arguments)).unwrap();
            parsed.audit().map(|(audit, dir)| (audit, dir.to_owned()))
        };
        assert_eq!(audit(&["--data-dir", "here"]), None);
        let whole = Restored { restored_to: None };
        let copy = Restored { restored_to: Some("2026-11-22T09:00:00Z".parse().unwrap()) };
        assert_eq!(audit(&["verify", "--data-dir", "here"]), Some((Audit::Verify(whole), "here".into())));
        assert_eq!(audit(&["--data-dir", "here", "repair"]), Some((Audit::Repair(whole), "here".into())));
        let arguments = ["repair", "--restored-to", "2026-11-22T10:00:00+01:00"];
        assert_eq!(audit(&arguments), Some((Audit::Repair(copy), ".openslot".into())));
        let wrong = ["openslot-local", "repair", "--restored-to", "noon"];
        assert!(Arguments::try_parse_from(wrong).is_err());
    }

    #[test]
    fn the_site_is_looked_for_here_then_where_this_was_built() {
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let checkout = crate_folder.join("../..");
        assert_eq!(built_site(&checkout), checkout.join("static-site/dist"));
        assert_eq!(built_site(crate_folder), checkout.join("static-site/dist"), "no site beside this crate");
        assert_eq!(
            built_site(&checkout.join("static-site/..")),
            checkout.join("static-site/../static-site/dist")
        );
        assert_eq!(options(&["--site", "elsewhere"]).unwrap().site, Path::new("elsewhere"));
    }

    #[test]
    fn the_clock_starts_at_an_instant() {
        let now = options(&["--now", "2026-11-22T10:00:00+01:00"]).unwrap().now;
        assert_eq!(now, Some("2026-11-22T09:00:00Z".parse().unwrap()));
        for text in [
            "",
            "tomorrow",
            "2026-11-22",
            "2026-11-22T10:00:00",
            "2026-02-30T10:00:00Z",
            "9999-01-01T00:00:00Z",
        ] {
            let refused = options(&["--now", text]).unwrap_err();
            assert!(refused.to_string().contains("--now"), "{refused}");
        }
    }
}
