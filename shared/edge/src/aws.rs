//! How the AWS clients behave.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};

/// Long enough for a handshake within a region.
const CONNECT: Duration = Duration::from_secs(1);
/// Long enough for the slowest call that is still worth its answer.
const ATTEMPT: Duration = Duration::from_secs(2);
/// All attempts at one call together: well inside the patience of whoever waits for the reply.
const CALL: Duration = Duration::from_secs(5);
/// The first attempt counts.
const ATTEMPTS_MAX: u32 = 3;

/// Region, credentials and endpoints from the environment, with a limit on every wait.
///
/// Credentials are fetched here, so a Lambda does it while it starts and not while a guest waits.
pub async fn sdk_config() -> SdkConfig {
    let timeouts = TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(ATTEMPT);
    aws_config::defaults(BehaviorVersion::latest())
        .timeout_config(timeouts.operation_timeout(CALL).build())
        .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS_MAX))
        .load()
        .await
}
