//! A function with all four clients.

use std::hint::black_box;

use lambda_http::Error;
use openslot_cold::{hello, sdk_config};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let sdk = sdk_config().await;
    black_box(aws_sdk_dynamodb::Client::new(&sdk));
    black_box(aws_sdk_eventbridge::Client::new(&sdk));
    black_box(aws_sdk_kms::Client::new(&sdk));
    black_box(aws_sdk_sesv2::Client::new(&sdk));
    hello().await
}
