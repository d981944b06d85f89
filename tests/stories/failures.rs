//! The world breaks, or we do: the guest hears of it in time and learns no details.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::get;
use openslot_create_booking::CreateBooking;
use openslot_domain::limits::Limits;
use openslot_edge::{ClientAddress, http};
use openslot_usecases::keyring::{DataKey, Keyring};
use openslot_usecases::ports::{Failure, KeyPurpose, NewDataKey, UnwrapDataKey};

use crate::office::{MONDAY_NINE, Office, send, site, wish};
use crate::shared::Shared;

/// A key service that does not answer.
struct Silent;

fn no_answer() -> Failure {
    Failure::later("kms.eu-west-1.amazonaws.com: connection refused for account 123456789012")
}

impl NewDataKey for Silent {
    async fn new_data_key(&self, _: KeyPurpose) -> Result<(DataKey, Vec<u8>), Failure> {
        Err(no_answer())
    }
}

impl UnwrapDataKey for Silent {
    async fn unwrap_data_key(&self, _: KeyPurpose, _: &[u8]) -> Result<DataKey, Failure> {
        Err(no_answer())
    }
}

#[test]
fn a_broken_service_is_a_moment_out_of_order() {
    let office = Office::open();
    let create = CreateBooking {
        store: Shared(Arc::clone(&office.store)),
        world: office.world.clone(),
        keyring: Keyring::new(Silent),
        limits: Limits::default(),
        site: site(),
    };
    let router = http::finish(openslot_create_booking::router(Arc::new(create)), ClientAddress::Direct);
    let request = Request::post("/v1/bookings")
        .header("content-type", "application/json; charset=utf-8")
        .header("idempotency-key", "key-00000001");
    let reply = send(&router, request.body(Body::from(wish(MONDAY_NINE).to_string())).unwrap());
    insta::assert_snapshot!(reply.brief(), @r#"
        503 Service Unavailable
        {
          "detail": "Send the same request again in a moment, with the same Idempotency-Key if it had one.",
          "status": 503,
          "title": "Out of order for a moment",
          "type": "/problems/unavailable"
        }
    "#);
    assert_eq!(reply.header("retry-after"), "5");
    assert!(!reply.text().contains("kms") && !reply.text().contains("1234"), "{}", reply.text());
}

#[test]
fn a_bug_is_a_problem_like_any_other() {
    let buggy = Router::new().route("/", get(async || -> &'static str { panic!("the secret is 42") }));
    let router = http::finish(buggy, ClientAddress::Direct);
    let reply = send(&router, Request::get("/").body(Body::empty()).unwrap());
    insta::assert_snapshot!(reply.brief(), @r#"
        500 Internal Server Error
        {
          "detail": "It has been noted. Sending the same request again does no harm.",
          "status": 500,
          "title": "Something went wrong on our side",
          "type": "/problems/failed"
        }
    "#);
}
