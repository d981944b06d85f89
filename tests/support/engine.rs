//! `DynamoDB` engines for tests, reached as the service is: through the real SDK, over HTTP.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Config, Credentials, Region};
use openslot_dynamodb::{Meter, Table, create_table_if_absent};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A running engine. Its embedded server ends with it.
pub struct Engine {
    /// Where it is reached.
    pub url: String,
    /// The SDK's client for it.
    pub client: Client,
    /// The database itself, where it is the embedded one: to look and change behind the back of the SDK.
    pub database: Option<dynoxide::Database>,
    server: Option<JoinHandle<()>>,
}

impl Engine {
    /// An empty embedded engine of its own, on a port of its own, on the runtime of the caller.
    pub async fn start() -> Self {
        let database = dynoxide::Database::memory().expect("memory is at hand");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("some port is free");
        let address = listener.local_addr().expect("a bound socket has an address");
        let server = tokio::spawn(dynoxide::server::serve_on(listener, database.clone()));
        let mut engine = Self::at(&format!("http://{address}"));
        engine.database = Some(database);
        engine.server = Some(server);
        engine
    }

    /// An engine that runs elsewhere.
    pub fn at(url: &str) -> Self {
        let client = Client::from_conf(config(url).build());
        Self { url: url.to_owned(), client, database: None, server: None }
    }

    /// A new table of this name.
    pub async fn table(&self, name: &str) -> Table {
        self.create(name).await;
        Table::new(self.client.clone(), name)
    }

    /// A new table of this name, and the meter of its calls.
    pub async fn metered(&self, name: &str) -> (Table, Arc<Meter>) {
        self.create(name).await;
        let meter = Arc::new(Meter::default());
        (Table::metered(self.client.clone(), name, Arc::clone(&meter)), meter)
    }

    async fn create(&self, name: &str) {
        create_table_if_absent(&self.client, name).await.expect("a running engine makes tables");
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            server.abort();
        }
    }
}

/// A client configuration for `url`, with invented credentials; one more attempt than the first, as quick as can be.
pub fn config(url: &str) -> Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "tests"))
        .endpoint_url(url)
        .retry_config(
            RetryConfig::standard()
                .with_max_attempts(2)
                .with_initial_backoff(std::time::Duration::from_millis(1)),
        )
}

/// A table name that no other test of this process has.
pub fn table_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("openslot-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}
