//! How functions start, and how they say that they cannot.

use std::collections::BTreeSet;

use crate::deployment::{Deployment, template};
use crate::events::Request;
use crate::town::town;

/// What every function cannot do without; each has the table.
const NEEDED: &str = "TABLE_NAME";

#[test]
fn every_function_there_is_is_deployed() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../functions");
    let folders = std::fs::read_dir(root).unwrap().map(|folder| folder.unwrap().file_name());
    let folders: BTreeSet<String> = folders.map(|name| name.into_string().unwrap()).collect();
    let deployed: BTreeSet<String> = template().functions().into_keys().collect();
    assert_eq!(folders, deployed);
}

/// Lambda sees a process that ends at once, and the log says what is missing.
#[tokio::test(flavor = "multi_thread")]
async fn a_function_says_what_it_misses_and_ends() {
    let names: Vec<String> = template().functions().into_keys().collect();
    for name in names {
        let mut nowhere = Deployment::of(&[], &[]).await;
        nowhere.set_variable(&name, NEEDED, None);
        let function = nowhere.function(&name).await;
        let (success, _) = function.ended().await;
        assert!(!success, "{name} cannot do anything");
        let log = function.log().join("\n");
        assert!(log.contains("TABLE_NAME must be set"), "{name} says nothing of it: {log}");
    }
}

/// A secret that is too short to be one is not repeated where everybody reads.
#[tokio::test(flavor = "multi_thread")]
async fn a_bad_secret_is_not_said() {
    let mut town = town().await;
    town.set_variable("list-slots", "ORIGIN_SECRET", Some("hunter2"));
    let function = town.function("list-slots").await;
    assert!(!function.ended().await.0);
    let log = function.log().join("\n");
    assert!(log.contains("ORIGIN_SECRET must have 32") && !log.contains("hunter2"), "{log}");
}

/// A container outlives whatever a request does to it.
#[tokio::test(flavor = "multi_thread")]
async fn a_bad_request_is_answered_and_the_next_one_too() {
    let mut town = town().await;
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let bodies = ["", "not json", "{}", "\u{0}", &"x".repeat(17_000), &deep];
    for (number, body) in bodies.into_iter().enumerate() {
        let request = Request::new("POST", "/v1/bookings").header("content-type", "application/json");
        let request = Request { body: Some(body.to_owned()), ..request };
        let reply = town.send(request.header("idempotency-key", format!("key-0000000{number}"))).await;
        assert!([413, 422].contains(&reply.status), "{reply:?}");
        assert_eq!(reply.headers["content-type"], "application/problem+json");
    }
    town.function("create-booking").await.lives();
}

/// What the release profile must say. cargo-lambda would end a process at a panic, if it were let.
fn unwinds(manifest: &str, script: &str) -> bool {
    let profile = manifest.split("[profile.release]").nth(1).and_then(|rest| rest.split("\n[").next());
    profile.is_some_and(|profile| profile.contains("panic = \"unwind\""))
        && script.contains("--disable-optimizations")
}

/// A panic in one request must not take the container away from the next.
#[test]
fn a_panic_is_answered() {
    let manifest = include_str!("../../Cargo.toml");
    let script = include_str!("../../scripts/package.sh");
    assert!(unwinds(manifest, script));
    assert!(!unwinds(&manifest.replace("\"unwind\"", "\"abort\""), script));
    assert!(!unwinds(manifest, &script.replace("--disable-optimizations", "")));
}
