//! A function without clients.

use lambda_http::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    openslot_cold::hello().await
}
