//! Wires the function.

use lambda_runtime::{Diagnostic, Error, LambdaEvent, run, service_fn};
use openslot_dynamodb::Table;
use openslot_edge::config::Environment;
use openslot_edge::metrics::Metrics;
use openslot_edge::{SystemWorld, aws, diagnostic, logs};
use openslot_eventbridge::Bus;
use openslot_kms::Kms;
use openslot_send_reminders::SendReminders;
use openslot_ses::Mailer;
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::Clock;
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    logs::start(environment.log_level());
    let (table, key, site, events, bus, namespace, roots) = environment.read(|variables| {
        let (table, key) = (variables.table_name(), variables.kms_key_id());
        let (site, events) = (variables.site(), variables.ses_configuration_set());
        let (bus, namespace) = (variables.event_bus_name(), variables.metrics_namespace());
        let roots = variables.roots();
        Some((table?, key?, site?, events?, bus?, namespace?, roots?))
    })?;

    let sdk = aws::sdk_config(roots).await;
    let function = SendReminders {
        store: Table::connect(&sdk, table),
        world: SystemWorld,
        keyring: Keyring::new(Kms::connect(&sdk, key)),
        mailer: Mailer::connect(&sdk, Some(events)),
        bus: Bus::connect(&sdk, bus),
        site,
    };
    let (function, metrics) = (&function, &Metrics::new(namespace));
    let handle = async |event: LambdaEvent<Value>| {
        let report =
            Box::pin(function.handle(event.payload)).await.map_err(|failure| diagnostic(&failure))?;
        metrics.put(&report.metrics(), SystemWorld.now());
        Ok::<_, Diagnostic>(report.answer())
    };
    run(service_fn(handle)).await
}
