//! The table itself, where no template makes it: on a laptop and in tests.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType, StreamSpecification,
    StreamViewType, TimeToLiveSpecification, TimeToLiveStatus,
};
use thiserror::Error;

use crate::keys::{PARTITION, SORT, TTL};

/// Why there is no table.
#[derive(Debug, Error)]
pub enum SetupError {
    /// A call to `DynamoDB` failed.
    #[error("the table could not be made")]
    Call(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Makes the table as the stack's template has it: billed by request, with a stream of keys and with time to live.
///
/// Changes nothing of a table that has all that already. Safe to repeat, also after half of it was done. Waits for
/// nothing: the engines it is meant for have the table at once.
pub async fn create_table_if_absent(client: &Client, name: &str) -> Result<(), SetupError> {
    create(client, name).await?;
    if has_ttl(client, name).await? { Ok(()) } else { enable_ttl(client, name).await }
}

async fn create(client: &Client, name: &str) -> Result<(), SetupError> {
    let stream =
        StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::KeysOnly);
    let call = client.create_table().table_name(name).billing_mode(BillingMode::PayPerRequest);
    let call =
        call.attribute_definitions(text_attribute(PARTITION)?).attribute_definitions(text_attribute(SORT)?);
    let call =
        call.key_schema(key_part(PARTITION, KeyType::Hash)?).key_schema(key_part(SORT, KeyType::Range)?);
    let call = call.stream_specification(stream.build().map_err(incomplete)?);
    match call.send().await {
        Ok(_) => Ok(()),
        Err(error) if error.code() == Some("ResourceInUseException") => Ok(()),
        Err(error) => Err(failed(error)),
    }
}

async fn has_ttl(client: &Client, name: &str) -> Result<bool, SetupError> {
    let answer = client.describe_time_to_live().table_name(name).send().await.map_err(failed)?;
    let status = answer.time_to_live_description.and_then(|ttl| ttl.time_to_live_status);
    Ok(matches!(status, Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling)))
}

async fn enable_ttl(client: &Client, name: &str) -> Result<(), SetupError> {
    let ttl =
        TimeToLiveSpecification::builder().enabled(true).attribute_name(TTL).build().map_err(incomplete)?;
    client
        .update_time_to_live()
        .table_name(name)
        .time_to_live_specification(ttl)
        .send()
        .await
        .map_err(failed)?;
    Ok(())
}

fn text_attribute(name: &str) -> Result<AttributeDefinition, SetupError> {
    let attribute =
        AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S);
    attribute.build().map_err(incomplete)
}

fn key_part(name: &str, key_type: KeyType) -> Result<KeySchemaElement, SetupError> {
    KeySchemaElement::builder().attribute_name(name).key_type(key_type).build().map_err(incomplete)
}

fn incomplete(error: BuildError) -> SetupError {
    SetupError::Call(error.into())
}

fn failed<E, R>(error: SdkError<E, R>) -> SetupError
where
    E: std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    SetupError::Call(error.into())
}
