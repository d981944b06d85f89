//! Wires the function.

use std::sync::Arc;

use lambda_http::{Error, run};
use openslot_dynamodb::Table;
use openslot_edge::config::Environment;
use openslot_edge::{SystemWorld, aws, http, logs};
use openslot_manage_team::{ManageTeam, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    logs::start(environment.log_level());
    let (table, clients, roots) = environment.read(|variables| {
        let (table, clients) = (variables.table_name(), variables.client_address());
        let roots = variables.roots();
        Some((table?, clients?, roots?))
    })?;

    let store = Table::connect(&aws::sdk_config(roots).await, table);
    let state = ManageTeam { store, world: SystemWorld };
    run(http::finish(router(Arc::new(state)), clients)).await
}
