//! What a request to AWS asks a role to allow.

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use serde_json::Value;

use crate::policy::{Call, Facts};
use crate::template::{ACCOUNT, REGION};

/// The partition key of an item, by its attribute.
const PARTITION: &str = openslot_dynamodb::PARTITION;

/// Every permission that one request needs; a transaction needs one for each of its items.
///
/// Fails on an operation that is not understood: what cannot be read cannot be allowed.
pub fn of_request(path: &str, headers: &HeaderMap, body: &[u8]) -> Result<Vec<Call>, String> {
    let body: Value = serde_json::from_slice(body).map_err(|error| format!("no JSON: {error}"))?;
    let target = headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or(path);
    match target.split_once('.').unwrap_or((target, "")) {
        ("DynamoDB_20120810", "TransactWriteItems") => each(&body["TransactItems"], of_action),
        ("DynamoDB_20120810", operation) => Ok(vec![of_item(operation, &body)?]),
        ("TrentService", operation) => Ok(vec![of_key(operation, &body)]),
        ("AWSEvents", "PutEvents") => each(&body["Entries"], |entry| Ok(of_event(entry))),
        ("/v2/email/outbound-emails", "") => Ok(of_mail(&body)),
        _ => Err(format!("{target} is not understood")),
    }
}

fn each(items: &Value, read: impl Fn(&Value) -> Result<Call, String>) -> Result<Vec<Call>, String> {
    items.as_array().ok_or("a list is missing")?.iter().map(read).collect()
}

/// An action of a transaction counts as the call that would do it alone.
fn of_action(action: &Value) -> Result<Call, String> {
    let (name, inner) = action.as_object().and_then(|action| action.iter().next()).ok_or("no action")?;
    let operation = match name.as_str() {
        "Put" => "PutItem",
        "Update" => "UpdateItem",
        "Delete" => "DeleteItem",
        "ConditionCheck" => "ConditionCheckItem",
        other => return Err(format!("{other} is not understood")),
    };
    of_item(operation, inner)
}

fn of_item(operation: &str, body: &Value) -> Result<Call, String> {
    let table = body["TableName"].as_str().ok_or("no table is named")?;
    let key = match operation {
        "PutItem" => &body["Item"][PARTITION],
        "GetItem" | "UpdateItem" | "DeleteItem" | "ConditionCheckItem" => &body["Key"][PARTITION],
        "Query" => &body["ExpressionAttributeValues"][partition_placeholder(body)?],
        other => return Err(format!("{other} is not understood")),
    };
    let key = key["S"].as_str().ok_or_else(|| format!("{operation} names no partition"))?;
    Ok(Call {
        action: format!("dynamodb:{operation}"),
        resource: format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table}"),
        facts: BTreeMap::from([("dynamodb:LeadingKeys".to_owned(), vec![key.to_owned()])]),
    })
}

/// `:pk` in `PK = :pk AND SK >= :sk`.
fn partition_placeholder(body: &Value) -> Result<&str, String> {
    let condition = body["KeyConditionExpression"].as_str().ok_or("a query has a condition")?;
    let wanted = condition.split(" AND ").find_map(|part| part.strip_prefix(&format!("{PARTITION} = ")));
    wanted.map(str::trim).ok_or_else(|| format!("{condition} names no partition"))
}

fn of_key(operation: &str, body: &Value) -> Call {
    let mut facts = Facts::new();
    let context = body["EncryptionContext"].as_object();
    for (name, value) in context.into_iter().flatten() {
        let value = value.as_str().unwrap_or_default().to_owned();
        facts.insert(format!("kms:EncryptionContext:{name}"), vec![value]);
        facts.entry("kms:EncryptionContextKeys".to_owned()).or_default().push(name.clone());
    }
    let resource = body["KeyId"].as_str().unwrap_or("*").to_owned();
    Call { action: format!("kms:{operation}"), resource, facts }
}

fn of_event(entry: &Value) -> Call {
    let text = |name: &str| entry[name].as_str().unwrap_or_default();
    let bus = if text("EventBusName").is_empty() { "default" } else { text("EventBusName") };
    let resource = if bus.starts_with("arn:") {
        bus.to_owned()
    } else {
        format!("arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{bus}")
    };
    let facts = [("events:source", text("Source")), ("events:detail-type", text("DetailType"))];
    let facts = facts.into_iter().map(|(key, value)| (key.to_owned(), vec![value.to_owned()])).collect();
    Call { action: "events:PutEvents".to_owned(), resource, facts }
}

/// A complete message needs another permission than one that SES writes, whichever operation carries it; and it needs
/// it of the verified identity, which here is a domain, and of the configuration set.
fn of_mail(body: &Value) -> Vec<Call> {
    let raw = body["Content"]["Raw"].is_object();
    let action = if raw { "ses:SendRawEmail" } else { "ses:SendEmail" };
    let from = body["FromEmailAddress"].as_str().unwrap_or_default();
    let address = from.trim_end_matches('>').rsplit('<').next().unwrap_or_default();
    let set = body["ConfigurationSetName"].as_str();
    let domain = address.rsplit('@').next().unwrap_or_default();
    let resources = [Some(format!("identity/{domain}")), set.map(|set| format!("configuration-set/{set}"))];
    let mut recipients = Vec::new();
    for name in ["ToAddresses", "CcAddresses", "BccAddresses"] {
        let to = body["Destination"][name].as_array();
        recipients.extend(to.into_iter().flatten().filter_map(|to| Some(to.as_str()?.to_owned())));
    }
    let facts = [("ses:FromAddress", vec![address.to_owned()]), ("ses:Recipients", recipients)];
    let facts: Facts = facts.into_iter().map(|(key, values)| (key.to_owned(), values)).collect();
    let call = |resource: String| Call {
        action: action.to_owned(),
        resource: format!("arn:aws:ses:{REGION}:{ACCOUNT}:{resource}"),
        facts: facts.clone(),
    };
    resources.into_iter().flatten().map(call).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn calls(target: &str, body: &Value) -> Result<Vec<String>, String> {
        let headers = HeaderMap::from_iter([("x-amz-target".parse().unwrap(), target.parse().unwrap())]);
        let calls = of_request("/", &headers, body.to_string().as_bytes())?;
        Ok(calls.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_transaction_asks_for_each_of_its_items() {
        let body = json!({ "TransactItems": [
            { "Put": { "TableName": "t", "Item": { PARTITION: { "S": "B#1" } } } },
            { "ConditionCheck": { "TableName": "t", "Key": { PARTITION: { "S": "H#ada" } } } },
        ] });
        let table = "arn:aws:dynamodb:us-east-1:000000000000:table/t";
        let expected = [
            format!("dynamodb:PutItem on {table}, dynamodb:LeadingKeys B#1"),
            format!("dynamodb:ConditionCheckItem on {table}, dynamodb:LeadingKeys H#ada"),
        ];
        assert_eq!(calls("DynamoDB_20120810.TransactWriteItems", &body).unwrap(), expected);
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        let whole = json!({ "TableName": "t" });
        assert!(calls("DynamoDB_20120810.Scan", &whole).is_err());
        assert!(calls("DynamoDB_20120810.Query", &whole).is_err());
        assert!(calls("DynamoDB_20120810.TransactWriteItems", &whole).is_err());
        assert!(calls("AmazonSQS.SendMessage", &whole).is_err());
    }
}
