//! A function with the clients of the table and of the keys.

use std::hint::black_box;

use lambda_http::Error;
use openslot_cold::{hello, sdk_config};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let sdk = sdk_config().await;
    black_box(aws_sdk_dynamodb::Client::new(&sdk));
    black_box(aws_sdk_kms::Client::new(&sdk));
    hello().await
}
