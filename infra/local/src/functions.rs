//! The same functions as deployed, standing on the local ports.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use openslot_create_booking::CreateBooking;
use openslot_deliver_effects::DeliverEffects;
use openslot_domain::limits::Limits;
use openslot_dynamodb::Table;
use openslot_edge::{ClientAddress, http, reply};
use openslot_eventbridge::Bus;
use openslot_kms::Kms;
use openslot_letters::Site;
use openslot_list_slots::ListSlots;
use openslot_manage_booking::ManageBooking;
use openslot_manage_team::ManageTeam;
use openslot_send_reminders::SendReminders;
use openslot_ses::Mailer;
use openslot_usecases::keyring::Keyring;
use openslot_usecases::ports::Retry;
use openslot_wire::Problem;
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::gateway;
use crate::issuer::Issuer;
use crate::world::LocalWorld;

/// What the functions reach here.
pub(crate) struct Ports {
    pub(crate) table: Table,
    pub(crate) world: LocalWorld,
    pub(crate) kms: Kms,
    pub(crate) mailer: Mailer,
    pub(crate) bus: Bus,
    pub(crate) site: Site,
    pub(crate) issuer: Issuer,
}

impl Ports {
    /// Each function opens its data keys for itself, as its own container does.
    fn keyring(&self) -> Keyring<Kms> {
        Keyring::new(self.kms.clone())
    }
}

/// The routes of all functions, as the API has them.
pub(crate) fn api(ports: &Ports) -> Router {
    let list_slots = ListSlots::new(ports.table.clone(), ports.world.clone());
    let create_booking = CreateBooking {
        store: ports.table.clone(),
        world: ports.world.clone(),
        keyring: ports.keyring(),
        limits: Limits::default(),
        site: ports.site.clone(),
    };
    let manage_booking = ManageBooking::new(
        ports.table.clone(),
        ports.world.clone(),
        ports.keyring(),
        Limits::default(),
        ports.site.clone(),
    );
    let manage_team = ManageTeam { store: ports.table.clone(), world: ports.world.clone() };
    let checked = from_fn_with_state(ports.issuer.clone(), gateway::authorize);
    let routes = openslot_list_slots::router(Arc::new(list_slots))
        .merge(openslot_create_booking::router(Arc::new(create_booking)))
        .merge(openslot_manage_booking::router(Arc::new(manage_booking)))
        .merge(openslot_manage_team::router(Arc::new(manage_team)).route_layer(checked));
    let containers = Arc::new(Semaphore::new(CONTAINERS));
    http::finish(routes.layer(from_fn_with_state(containers, in_turn)), ClientAddress::Direct)
}

/// How many requests are worked on at once. Deployed, each has a container of its own; here they share a few cores,
/// and a crowd that starts all at once would spend them on lost races instead of on bookings.
const CONTAINERS: usize = 8;

/// A gateway hands a request over once it has all of it: whoever sends slowly waits alone.
async fn in_turn(State(containers): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, GATEWAY_BYTES_MAX).await else {
        return reply::problem(&Problem::too_large());
    };
    let _turn = containers.acquire().await;
    next.run(Request::from_parts(head, Body::from(body))).await
}

/// The most that API Gateway takes (Amazon API Gateway quotas, "Payload size").
const GATEWAY_BYTES_MAX: usize = 10 * 1024 * 1024;

/// The functions that events start.
pub(crate) struct EventFunctions {
    table: Table,
    deliver_effects: DeliverEffects<Table, LocalWorld, Kms, Mailer, Bus>,
    send_reminders: SendReminders<Table, LocalWorld, Kms, Mailer, Bus>,
}

impl EventFunctions {
    pub(crate) fn new(ports: Ports) -> Self {
        let deliver_effects = DeliverEffects {
            store: ports.table.clone(),
            world: ports.world.clone(),
            keyring: ports.keyring(),
            mailer: ports.mailer.clone(),
            bus: ports.bus.clone(),
            site: ports.site.clone(),
        };
        let keyring = ports.keyring();
        let Ports { table, world, mailer, bus, site, .. } = ports;
        let send_reminders = SendReminders { store: table.clone(), world, keyring, mailer, bus, site };
        Self { table, deliver_effects, send_reminders }
    }

    /// The stream calls `deliver-effects`. What it could not do is owed on, and found by `send-reminders`.
    pub(crate) async fn deliver_effects(&self, event: Value) {
        if let Err(error) = Box::pin(self.deliver_effects.handle(event)).await {
            tracing::error!(?error, "deliver-effects failed");
        }
    }

    /// The schedule calls `send-reminders`. Whether it left something, for want of time, to be looked at at once.
    pub(crate) async fn send_reminders(&self, event: Value) -> bool {
        match Box::pin(self.send_reminders.handle(event)).await {
            Ok(report) => report.swept.left,
            Err(error) => {
                tracing::error!(?error, "send-reminders failed");
                false
            }
        }
    }

    /// The bus calls `record-mail-events`. Whether it took the event; one that it can never take counts as taken.
    pub(crate) async fn record_mail_events(&self, event: Value) -> bool {
        let Err(error) = openslot_record_mail_events::handle(&self.table, event).await else {
            return true;
        };
        tracing::error!(?error, "record-mail-events failed");
        error.retry == Retry::Never
    }
}
