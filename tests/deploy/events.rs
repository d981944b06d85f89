//! What AWS hands to functions, as its guides show it, and the patterns by which it chooses.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use dynoxide::actions::get_records::Record;
use serde_json::{Map, Value, json};

use crate::template::{ACCOUNT, ORIGIN_SECRET, REGION};

/// A request on its way through the distribution and the gateway.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub method: &'static str,
    /// The path, and behind a `?` the query.
    pub target: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<String>,
    /// What the gateway verified of who asks: issuer and subject.
    pub login: Option<(String, String)>,
    /// Where it comes from; from nowhere in particular if empty.
    pub address: String,
    /// Whether it came past the distribution.
    pub uninvited: bool,
    /// Whether the gateway hands the body over in base64.
    pub in_base64: bool,
}

impl Request {
    pub fn new(method: &'static str, target: impl Into<String>) -> Self {
        Self { method, target: target.into(), address: "198.51.100.7".to_owned(), ..Self::default() }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// A body of JSON under a key of its own.
    pub fn json(mut self, key: &str, body: &Value) -> Self {
        self.body = Some(body.to_string());
        self.header("content-type", "application/json").header("idempotency-key", key)
    }

    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Payload format 2.0 (Amazon API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs").
    pub fn event(&self, route_key: &str, scopes: &[String], now: DateTime<Utc>) -> Value {
        let mut event = json!({
            "version": "2.0",
            "routeKey": route_key,
            "rawPath": self.path(),
            "rawQueryString": self.query(),
            "headers": self.all_headers(),
            "requestContext": self.context(route_key, scopes, now),
            "isBase64Encoded": self.in_base64,
        });
        let parameters = parameters(self.query());
        if !parameters.is_empty() {
            event["queryStringParameters"] = parameters.into();
        }
        if let Some(id) = self.path().split('/').nth(3) {
            event["pathParameters"] = json!({ "id": id });
        }
        if let Some(body) = &self.body {
            event["body"] = if self.in_base64 { STANDARD.encode(body).into() } else { body.as_str().into() };
        }
        event
    }

    fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// What the browser sends, what the distribution adds, and what the gateway adds.
    fn all_headers(&self) -> Map<String, Value> {
        let viewer = format!("{}:46532", self.address);
        let usual = [
            ("accept", "*/*"),
            ("accept-encoding", "br,gzip"),
            ("host", "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"),
            ("user-agent", "Amazon CloudFront"),
            ("via", "2.0 example.cloudfront.net (CloudFront)"),
            ("x-amz-cf-id", "5jD3-9pZ"),
            ("x-amzn-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700"),
            ("x-forwarded-for", "203.0.113.9, 64.252.0.1"),
            ("x-forwarded-port", "443"),
            ("x-forwarded-proto", "https"),
        ];
        let secret = [("x-origin-secret", ORIGIN_SECRET), ("cloudfront-viewer-address", &viewer)].into_iter();
        let secret = secret.filter(|_| !self.uninvited);
        let own = self.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let all = usual.into_iter().chain(secret).chain(own);
        let mut headers: Map<String, Value> =
            all.map(|(name, value)| (name.to_owned(), value.into())).collect();
        if let Some(body) = &self.body {
            headers.insert("content-length".to_owned(), body.len().to_string().into());
        }
        headers
    }

    fn context(&self, route_key: &str, scopes: &[String], now: DateTime<Utc>) -> Value {
        let mut context = json!({
            "accountId": ACCOUNT,
            "apiId": "a1b2c3d4e5",
            "domainName": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
            "domainPrefix": "a1b2c3d4e5",
            "http": {
                "method": self.method,
                "path": self.path(),
                "protocol": "HTTP/1.1",
                "sourceIp": "64.252.0.1",
                "userAgent": "Amazon CloudFront",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": route_key,
            "stage": "$default",
            "time": now.format("%d/%b/%Y:%H:%M:%S +0000").to_string(),
            "timeEpoch": now.timestamp_millis(),
        });
        if let Some((issuer, subject)) = &self.login {
            context["authorizer"] = json!({ "jwt": {
                "claims": {
                    "iss": issuer,
                    "sub": subject,
                    "client_id": "example",
                    "exp": (now.timestamp() + 3600).to_string(),
                    "iat": now.timestamp().to_string(),
                    "scope": scopes.join(" "),
                    "token_use": "access",
                },
                "scopes": scopes,
            } });
        }
        context
    }
}

/// Several values of one name are joined by commas.
fn parameters(query: &str) -> Map<String, Value> {
    let mut all = Map::new();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = value.replace("%2F", "/");
        let joined = match all.get(name).and_then(Value::as_str) {
            Some(before) => format!("{before},{value}"),
            None => value,
        };
        all.insert(name.to_owned(), joined.into());
    }
    all
}

/// A batch of a table stream (AWS Lambda developer guide, "Process `DynamoDB` records with Lambda").
pub fn of_stream(records: &[Value]) -> Value {
    json!({ "Records": records })
}

/// A record as Lambda hands it over.
pub fn record(record: &Record, table: &str) -> Value {
    let mut record = serde_json::to_value(record).expect("a record is plain data");
    let stream = format!("table/{table}/stream/2026-01-01T00:00:00.000");
    record["eventSourceARN"] = format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:{stream}").into();
    record
}

/// What a rule on a schedule hands over (Amazon EventBridge user guide, "Scheduled events").
pub fn of_schedule(now: DateTime<Utc>) -> Value {
    json!({
        "version": "0",
        "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": now.to_rfc3339_opts(SecondsFormat::Secs, true),
        "region": REGION,
        "resources": [format!("arn:aws:events:{REGION}:{ACCOUNT}:rule/openslot-every-minute")],
        "detail": {},
    })
}

/// What SES tells of a letter that came back (Amazon SES developer guide, "Examples of event data", Bounce).
pub fn of_bounce(tag: &str, set: &str, now: DateTime<Utc>) -> Value {
    let at = now.to_rfc3339_opts(SecondsFormat::Millis, true);
    json!({
        "version": "0",
        "id": "12345678-1234-1234-1234-123456789012",
        "detail-type": "Email Bounced",
        "source": "aws.ses",
        "account": ACCOUNT,
        "time": now.to_rfc3339_opts(SecondsFormat::Secs, true),
        "region": REGION,
        "resources": [format!("arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/{set}")],
        "detail": {
            "eventType": "Bounce",
            "bounce": {
                "feedbackId": "0100017c-example",
                "bounceType": "Permanent",
                "bounceSubType": "General",
                "bouncedRecipients": [{
                    "emailAddress": "nobody@example.com",
                    "action": "failed",
                    "status": "5.1.1",
                    "diagnosticCode": "smtp; 550 5.1.1 user unknown",
                }],
                "timestamp": at,
                "reportingMTA": "dsn; mta.example.com",
            },
            "mail": {
                "timestamp": at,
                "source": "meet@example.org",
                "sendingAccountId": ACCOUNT,
                "messageId": "0100017c-example-000000",
                "destination": ["nobody@example.com"],
                "headersTruncated": false,
                "headers": [],
                "commonHeaders": { "from": ["meet@example.org"], "to": ["nobody@example.com"] },
                "tags": { "effect": [tag], "ses:configuration-set": [set] },
            },
        },
    })
}

/// Whether an event fits a pattern (Amazon EventBridge user guide, "Event patterns"): each named field has one of the
/// listed values, or begins as a prefix says, or is there.
pub fn fits(pattern: &Value, event: &Value) -> bool {
    if let Some(fields) = pattern.as_object() {
        return fields.iter().all(|(name, inner)| fits(inner, &event[name.as_str()]));
    }
    let choices = pattern.as_array().unwrap_or_else(|| panic!("a pattern ends in a list: {pattern}"));
    let fits_one = |value: &Value| choices.iter().any(|one| is(one, value));
    event.as_array().map_or_else(|| fits_one(event), |values| values.iter().any(fits_one))
}

fn is(choice: &Value, value: &Value) -> bool {
    let Some(object) = choice.as_object() else {
        return choice == value;
    };
    match object.iter().next().map(|(name, argument)| (name.as_str(), argument)) {
        Some(("prefix", prefix)) => {
            let prefix = prefix.as_str().unwrap_or_default();
            value.as_str().is_some_and(|text| text.starts_with(prefix))
        }
        Some(("exists", wanted)) => value.is_null() != (*wanted == true),
        _ => panic!("the pattern {choice} is not understood"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_chooses() {
        let pattern = json!({ "a": { "b": ["x", { "prefix": "X#" }] }, "c": [{ "exists": true }] });
        assert!(fits(&pattern, &json!({ "a": { "b": "X#1" }, "c": 1 })));
        assert!(fits(&pattern, &json!({ "a": { "b": ["y", "x"] }, "c": "" })));
        for other in [json!({ "a": { "b": "X#1" } }), json!({ "a": { "b": "T#1" }, "c": 1 }), json!({})] {
            assert!(!fits(&pattern, &other), "{other}");
        }
    }
}
