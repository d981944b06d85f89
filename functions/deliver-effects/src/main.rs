//! Wires the function.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use openslot_deliver_effects::DeliverEffects;
use openslot_dynamodb::Table;
use openslot_edge::config::Environment;
use openslot_edge::{SystemWorld, aws, diagnostic, logs};
use openslot_eventbridge::Bus;
use openslot_kms::Kms;
use openslot_ses::Mailer;
use openslot_usecases::keyring::Keyring;
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    logs::start(environment.log_level());
    let (table, key, site, events, bus, roots) = environment.read(|variables| {
        let (table, key) = (variables.table_name(), variables.kms_key_id());
        let (site, events) = (variables.site(), variables.ses_configuration_set());
        let (bus, roots) = (variables.event_bus_name(), variables.roots());
        Some((table?, key?, site?, events?, bus?, roots?))
    })?;

    let sdk = aws::sdk_config(roots).await;
    let function = DeliverEffects {
        store: Table::connect(&sdk, table),
        world: SystemWorld,
        keyring: Keyring::new(Kms::connect(&sdk, key)),
        mailer: Mailer::connect(&sdk, Some(events)),
        bus: Bus::connect(&sdk, bus),
        site,
    };
    let function = &function;
    let handle = async |event: LambdaEvent<Value>| {
        Box::pin(function.handle(event.payload)).await.map_err(|failure| diagnostic(&failure))
    };
    run(service_fn(handle)).await
}
