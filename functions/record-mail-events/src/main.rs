//! Wires the function.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use openslot_dynamodb::Table;
use openslot_edge::config::Environment;
use openslot_edge::{aws, diagnostic, logs};
use openslot_record_mail_events::handle;
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    logs::start(environment.log_level());
    let (table, roots) = environment.read(|variables| {
        let (table, roots) = (variables.table_name(), variables.roots());
        Some((table?, roots?))
    })?;

    let table = &Table::connect(&aws::sdk_config(roots).await, table);
    let note = async |event: LambdaEvent<Value>| {
        handle(table, event.payload).await.map_err(|failure| diagnostic(&failure))
    };
    run(service_fn(note)).await
}
