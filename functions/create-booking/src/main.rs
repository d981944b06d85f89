//! Wires the function.

use std::sync::Arc;

use lambda_http::{Error, run};
use openslot_create_booking::{CreateBooking, router};
use openslot_domain::limits::Limits;
use openslot_dynamodb::Table;
use openslot_edge::config::Environment;
use openslot_edge::{SystemWorld, aws, http, logs};
use openslot_kms::Kms;
use openslot_usecases::keyring::Keyring;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    logs::start(environment.log_level());
    let (table, key, site, clients, roots) = environment.read(|variables| {
        let (table, key) = (variables.table_name(), variables.kms_key_id());
        let (site, clients) = (variables.site(), variables.client_address());
        let roots = variables.roots();
        Some((table?, key?, site?, clients?, roots?))
    })?;

    let sdk = aws::sdk_config(roots).await;
    let state = CreateBooking {
        store: Table::connect(&sdk, table),
        world: SystemWorld,
        keyring: Keyring::new(Kms::connect(&sdk, key)),
        limits: Limits::default(),
        site,
    };
    run(http::finish(router(Arc::new(state)), clients)).await
}
