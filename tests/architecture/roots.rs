//! The roots that the AWS clients trust are Amazon's, all of them, and good for years.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::workspace::root;

const ROOTS: &str = "shared/edge/src/roots.pem";

/// What `scripts/roots.py` says of such a file, today or on another date.
fn checked(name: &str, pem: &str, date: &[&str]) -> Output {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, pem).expect("the folder of tests can be written");
    let script =
        Command::new("python3").current_dir(root()).arg("scripts/roots.py").arg(file).args(date).output();
    script.expect("Python is here, as the second engine needs it")
}

fn found(name: &str, pem: &str, date: &[&str]) -> String {
    let output = checked(name, pem, date);
    assert!(!output.status.success(), "{name} passes: {output:?}");
    String::from_utf8(output.stderr).expect("sentences are UTF-8")
}

fn roots() -> String {
    fs::read_to_string(root().join(ROOTS)).expect("the roots stand beside the code that trusts them")
}

/// The text of one certificate, with the markers around it.
fn certificate(pem: &str, name: &str) -> String {
    let (_, rest) = pem.split_once(&format!("{name}\n")).expect("each stands under its name");
    let (certificate, _) = rest.split_once("-----END CERTIFICATE-----\n").expect("each has an end");
    format!("{certificate}-----END CERTIFICATE-----\n")
}

#[test]
fn the_clients_trust_amazons_roots() {
    let output = checked("roots.pem", &roots(), &[]);
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn other_roots_are_caught() {
    let pem = roots();
    let first = certificate(&pem, "Amazon Root CA 1");
    let missing = found("missing.pem", &pem.replace(&first, ""), &[]);
    assert_eq!(missing, "Amazon Root CA 1 is missing\n");

    let old = found("old.pem", &pem, &["2034-01-01"]);
    assert!(old.contains("Amazon Root CA 1 ends within 5 years"), "{old}");

    let more = found("more.pem", &format!("{pem}{STRANGER}"), &[]);
    assert!(more.contains("Amazon Root CA 1 has no key that is published"), "{more}");
}

/// A root of another key under one of the names; its own key is lost.
const STRANGER: &str = "\
-----BEGIN CERTIFICATE-----
MIIByDCCAW+gAwIBAgIURgNllY0RpLDSt1ESqRshy4w0XtwwCgYIKoZIzj0EAwIw
OTELMAkGA1UEBhMCVVMxDzANBgNVBAoMBkFtYXpvbjEZMBcGA1UEAwwQQW1hem9u
IFJvb3QgQ0EgMTAgFw0yNjExMjIyMjQwNDhaGA8yMTI2MTAyOTIyNDA0OFowOTEL
MAkGA1UEBhMCVVMxDzANBgNVBAoMBkFtYXpvbjEZMBcGA1UEAwwQQW1hem9uIFJv
b3QgQ0EgMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBxQ+4nDqkHLNj+MSvYt
+bwjkNizUYhMhtHZay9wq0BhEzFWVZbo2pet8Wox+bAhBFvicGXVXRFDQIYijduo
nSajUzBRMB0GA1UdDgQWBBRGGI3Hu6NbiO8n8QXejzvYCf68iDAfBgNVHSMEGDAW
gBRGGI3Hu6NbiO8n8QXejzvYCf68iDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49
BAMCA0cAMEQCIEP9Umqp2jaKUKfRRYICcXYg5pJ6saMgbHirARl2ynOBAiAmxTwt
J4vlqzOApIaSg37gGK9xvXS9WxN8nzRHviLJSA==
-----END CERTIFICATE-----
";
