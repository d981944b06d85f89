//! The real AWS clients, pointed at this machine.

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};

/// No account is behind these: the engine and the faces want a signature and do not check it.
fn credentials() -> Credentials {
    Credentials::new("local", "local", None, None, "openslot-local")
}

const REGION: Region = Region::from_static("us-east-1");

/// `DynamoDB` at `endpoint`.
pub(crate) fn dynamodb(endpoint: &str) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(credentials())
        .region(REGION)
        .endpoint_url(endpoint);
    aws_sdk_dynamodb::Client::from_conf(config.build())
}

/// `EventBridge` at `endpoint`.
pub(crate) fn eventbridge(endpoint: &str) -> aws_sdk_eventbridge::Client {
    let config = aws_sdk_eventbridge::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(credentials())
        .region(REGION)
        .endpoint_url(endpoint);
    aws_sdk_eventbridge::Client::from_conf(config.build())
}

/// KMS at `endpoint`.
pub(crate) fn kms(endpoint: &str) -> aws_sdk_kms::Client {
    let config = aws_sdk_kms::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(credentials())
        .region(REGION)
        .endpoint_url(endpoint);
    aws_sdk_kms::Client::from_conf(config.build())
}

/// SES at `endpoint`.
pub(crate) fn ses(endpoint: &str) -> aws_sdk_sesv2::Client {
    let config = aws_sdk_sesv2::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(credentials())
        .region(REGION)
        .endpoint_url(endpoint);
    aws_sdk_sesv2::Client::from_conf(config.build())
}
