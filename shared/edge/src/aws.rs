//! How the AWS clients behave, and whom they believe.

use std::str::FromStr;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_smithy_http_client::Connector;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::http::{
    HttpConnectorSettings, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use thiserror::Error;

/// Long enough for a handshake within a region.
const CONNECT: Duration = Duration::from_secs(1);
/// Long enough for the slowest call that is still worth its answer.
const ATTEMPT: Duration = Duration::from_secs(2);
/// All attempts at one call together: well inside the patience of whoever waits for the reply.
const CALL: Duration = Duration::from_secs(5);
/// The first attempt counts.
const ATTEMPTS_MAX: u32 = 3;

/// The five roots that Amazon Trust Services asks custom trust stores to hold, under which every endpoint of AWS
/// stands (its repository, "Trust store and pinning recommendations"). `scripts/roots.py` holds the file to that.
const AMAZON: &[u8] = include_bytes!("roots.pem");

/// Whose certificates the AWS clients believe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Roots {
    /// Those under Amazon's own roots. Reading the system's hundred and fifty would be most of a cold start.
    #[default]
    Amazon,
    /// Those under the roots of the system, or of the file that `SSL_CERT_FILE` names: where a proxy speaks for AWS
    /// in its own name, or a partition has endpoints under other roots.
    System,
}

/// A word that names no roots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be amazon or system")]
pub struct NotRoots;

impl FromStr for Roots {
    type Err = NotRoots;

    fn from_str(word: &str) -> Result<Self, NotRoots> {
        match word {
            "amazon" => Ok(Self::Amazon),
            "system" => Ok(Self::System),
            _ => Err(NotRoots),
        }
    }
}

impl Roots {
    fn store(self) -> TrustStore {
        match self {
            Self::Amazon => TrustStore::empty().with_pem_certificate(AMAZON),
            Self::System => TrustStore::default(),
        }
    }
}

/// Region, credentials and endpoints from the environment, with a limit on every wait.
///
/// Credentials are fetched here and roots are read here, so a Lambda does it while it starts and not while a guest
/// waits. All clients made from this share their connections.
pub async fn sdk_config(roots: Roots) -> SdkConfig {
    let timeouts = TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(ATTEMPT);
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(http_client(roots))
        .timeout_config(timeouts.operation_timeout(CALL).build())
        .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS_MAX))
        .load()
        .await
}

/// One connector for everybody: the SDK would make one for each client to look whether it can, and another for the
/// first call.
fn http_client(roots: Roots) -> SharedHttpClient {
    let tls = TlsContext::builder().with_trust_store(roots.store()).build();
    let connector = Connector::builder()
        .connector_settings(HttpConnectorSettings::builder().connect_timeout(CONNECT).build())
        .proxy_config(ProxyConfig::from_env())
        .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
        .tls_context(tls.expect("a trust store is all that a context needs"))
        .build();
    let connector = SharedHttpConnector::new(connector);
    http_client_fn(move |_, _| connector.clone())
}
