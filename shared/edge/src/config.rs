//! The environment, read in one place and made into types before anything starts.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::str::FromStr;

use openslot_domain::text::{EmailAddress, Line};
use openslot_letters::Site;
use thiserror::Error;

use crate::aws::Roots;
use crate::client::{ClientAddress, OriginSecret};

/// The variables of this process.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<String, String>);

/// Everything that is missing or ill-formed in the environment.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the environment does not fit: {}", .0.join("; "))]
pub struct ConfigError(pub Vec<String>);

impl Environment {
    /// The variables that this process was started with.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the environment is read")]
    pub fn of_process() -> Self {
        std::env::vars().collect()
    }

    /// Reads what `read` asks for. Every variable it asks for and does not get is named in the error.
    pub fn read<T>(&self, read: impl FnOnce(&Variables) -> Option<T>) -> Result<T, ConfigError> {
        let variables = Variables { all: self.0.clone(), problems: RefCell::default() };
        let value = read(&variables);
        let problems = variables.problems.into_inner();
        value.filter(|_| problems.is_empty()).ok_or(ConfigError(problems))
    }

    /// How much is logged. A word that is no level means `info`: for want of that nothing should stand still.
    pub fn log_level(&self) -> LogLevel {
        self.0.get("LOG_LEVEL").and_then(|word| word.parse().ok()).unwrap_or(LogLevel::Info)
    }
}

impl FromIterator<(String, String)> for Environment {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(variables: I) -> Self {
        Self(variables.into_iter().collect())
    }
}

/// The variables, by what they are for. `None` is noted, so ask for all before giving up on one.
pub struct Variables {
    all: BTreeMap<String, String>,
    problems: RefCell<Vec<String>>,
}

impl Variables {
    /// `TABLE_NAME`.
    pub fn table_name(&self) -> Option<String> {
        self.required("TABLE_NAME")
    }

    /// `KMS_KEY_ID`.
    pub fn kms_key_id(&self) -> Option<String> {
        self.required("KMS_KEY_ID")
    }

    /// `SES_CONFIGURATION_SET`.
    pub fn ses_configuration_set(&self) -> Option<String> {
        self.required("SES_CONFIGURATION_SET")
    }

    /// `EVENT_BUS_NAME`.
    pub fn event_bus_name(&self) -> Option<String> {
        self.required("EVENT_BUS_NAME")
    }

    /// `METRICS_NAMESPACE`.
    pub fn metrics_namespace(&self) -> Option<String> {
        self.required("METRICS_NAMESPACE")
    }

    /// `BASE_URL`, `SENDER_ADDRESS` and `SENDER_NAME`.
    pub fn site(&self) -> Option<Site> {
        let base_url = self.fitting("BASE_URL", base_url);
        let sender =
            self.fitting("SENDER_ADDRESS", |text| text.parse::<EmailAddress>().map_err(|e| e.to_string()));
        let name = self.fitting("SENDER_NAME", |text| Line::new(text, 100).map_err(|e| e.to_string()));
        Some(Site { base_url: base_url?, sender: sender?, sender_name: name? })
    }

    /// `ORIGIN_SECRET`: a function with a route is only ever reached through the distribution.
    pub fn client_address(&self) -> Option<ClientAddress> {
        let secret = self.fitting("ORIGIN_SECRET", |text| OriginSecret::new(text).map_err(|e| e.to_string()));
        secret.map(ClientAddress::CloudFront)
    }

    /// `TLS_ROOTS`: Amazon's own unless it says otherwise.
    pub fn roots(&self) -> Option<Roots> {
        if !self.all.contains_key("TLS_ROOTS") {
            return Some(Roots::default());
        }
        self.fitting("TLS_ROOTS", |word| word.parse::<Roots>().map_err(|e| e.to_string()))
    }

    fn required(&self, name: &str) -> Option<String> {
        let value = self.all.get(name).filter(|value| !value.trim().is_empty());
        if value.is_none() {
            self.problems.borrow_mut().push(format!("{name} must be set"));
        }
        value.cloned()
    }

    /// The value itself is kept out of the error: it may be a secret.
    fn fitting<T>(&self, name: &str, fit: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let fitted = fit(&self.required(name)?);
        fitted.map_err(|why| self.problems.borrow_mut().push(format!("{name} {why}"))).ok()
    }
}

fn base_url(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |host: &str| host.bytes().all(|b| b.is_ascii_graphic() && !b"?#\"<>\\".contains(&b));
    match host {
        Some(host) if !host.is_empty() && plain(host) && !host.ends_with('/') => Ok(text.to_owned()),
        Some(_) | None => {
            Err("must be an address such as https://meet.example.org, without a slash at its end".into())
        }
    }
}

/// How much is logged, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// Only what broke.
    Error,
    /// Also what was strange.
    Warn,
    /// Also what was done.
    Info,
    /// Also how.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// The level as filters write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// A word that is no level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be error, warn, info, debug or trace")]
pub struct NotALevel;

impl FromStr for LogLevel {
    type Err = NotALevel;

    fn from_str(word: &str) -> Result<Self, NotALevel> {
        let levels = [Self::Error, Self::Warn, Self::Info, Self::Debug, Self::Trace];
        levels.into_iter().find(|level| level.as_str() == word.to_ascii_lowercase()).ok_or(NotALevel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn everything(variables: &Variables) -> Option<(String, String, Site, ClientAddress)> {
        let (table, key) = (variables.table_name(), variables.kms_key_id());
        let (site, clients) = (variables.site(), variables.client_address());
        Some((table?, key?, site?, clients?))
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let given = [("KMS_KEY_ID", " "), ("BASE_URL", "meet.example.org"), ("SENDER_ADDRESS", "meet")];
        let ConfigError(problems) = environment(&given).read(everything).map(|_| ()).unwrap_err();
        assert_eq!(
            problems,
            [
                "TABLE_NAME must be set",
                "KMS_KEY_ID must be set",
                "BASE_URL must be an address such as https://meet.example.org, without a slash at its end",
                "SENDER_ADDRESS must be an e-mail address such as ada@example.org",
                "SENDER_NAME must be set",
                "ORIGIN_SECRET must be set",
            ]
        );
    }

    #[test]
    fn a_whole_environment_becomes_types() {
        let secret = "s".repeat(32);
        let given = [
            ("TABLE_NAME", "openslot"),
            ("KMS_KEY_ID", "alias/openslot"),
            ("BASE_URL", "https://meet.example.org"),
            ("SENDER_ADDRESS", "meet@example.org"),
            ("SENDER_NAME", "Example"),
            ("ORIGIN_SECRET", secret.as_str()),
            ("LOG_LEVEL", "DEBUG"),
        ];
        let environment = environment(&given);
        let (table, _, site, _) = environment.read(everything).unwrap();
        assert_eq!((table.as_str(), site.domain()), ("openslot", "meet.example.org"));
        assert_eq!(environment.log_level(), LogLevel::Debug);
    }

    #[test]
    fn amazons_roots_are_trusted_unless_something_else_is_said() {
        let roots = |given: &[(&str, &str)]| environment(given).read(Variables::roots);
        assert_eq!(roots(&[]), Ok(Roots::Amazon));
        assert_eq!(roots(&[("TLS_ROOTS", "amazon")]), Ok(Roots::Amazon));
        assert_eq!(roots(&[("TLS_ROOTS", "system")]), Ok(Roots::System));
        let ConfigError(problems) = roots(&[("TLS_ROOTS", "none")]).unwrap_err();
        assert_eq!(problems, ["TLS_ROOTS must be amazon or system"]);
    }

    #[test]
    fn a_secret_is_never_repeated_in_an_error() {
        let error = environment(&[("ORIGIN_SECRET", "hunter2")])
            .read(Variables::client_address)
            .map(|_| ())
            .unwrap_err();
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }

    #[test]
    fn an_address_of_the_site_can_be_put_in_front_of_a_path() {
        for text in ["https://meet.example.org", "http://127.0.0.1:8080", "https://example.org/meet"] {
            assert!(base_url(text).is_ok(), "{text}");
        }
        for text in
            ["https://", "https://a.example/", "ftp://a.example", "https://a.example/?x", "https://a b"]
        {
            assert!(base_url(text).is_err(), "{text}");
        }
    }
}
