//! The stack's template, with everything in it that a deployment would fill in.

use std::collections::BTreeMap;

use saphyr::{LoadableYamlNode, ScalarOwned, YamlOwned};
use serde_json::{Map, Value, json};

use crate::policy::is_like;

/// Where the functions would stand.
pub const REGION: &str = "us-east-1";
pub const ACCOUNT: &str = "000000000000";
/// What the distribution proves itself with.
pub const ORIGIN_SECRET: &str = "0123456789abcdef0123456789abcdef";

/// What stands for the physical resources: what `Ref` gives of each, and its ARN.
#[derive(Clone, Debug, Default)]
pub struct Physical {
    /// By type, of which there is one: what `Ref` gives, and the ARN.
    pub resources: Vec<(String, String, String)>,
    /// The stack's parameters that have no default, and those that shall have another.
    pub parameters: Vec<(String, String)>,
}

/// The properties of a function and of its role.
#[derive(Clone, Debug)]
pub struct Deployed {
    pub properties: Value,
    pub role: Value,
}

/// A way from the gateway to a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// `GET /v1/bookings/{id}`.
    pub key: String,
    /// The function's folder.
    pub function: String,
    /// Whether the gateway demands a token.
    pub wants_login: bool,
    /// What that token has to be good for.
    pub scopes: Vec<String>,
}

impl Route {
    /// `/v1/bookings/{id}` leads to `/v1/bookings/1`.
    pub fn leads_to(&self, method: &str, path: &str) -> bool {
        let (own, route) = self.key.split_once(' ').expect("a route has method and path");
        let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
        let same = |(wanted, given): (&&str, &&str)| wanted == given || wanted.starts_with('{');
        own == method && route.len() == path.len() && route.iter().zip(&path).all(same)
    }
}

/// The template as JSON, its short forms spelled out.
#[derive(Clone, Debug)]
pub struct Template {
    whole: Value,
    physical: Physical,
}

impl Template {
    /// Fails if the text is no YAML.
    pub fn read(text: &str, physical: Physical) -> Self {
        let documents = YamlOwned::load_from_str(text).unwrap_or_else(|error| panic!("no YAML: {error}"));
        let whole = documents.first().map(plain).expect("a template has a document");
        Self { whole, physical }
    }

    /// Every function, as it would be deployed, by its folder.
    pub fn functions(&self) -> BTreeMap<String, Deployed> {
        let resources = self.whole["Resources"].as_object().expect("a template has resources");
        let functions = resources.values().filter(|resource| resource["Type"] == "AWS::Serverless::Function");
        functions.map(|function| self.function(function)).collect()
    }

    fn function(&self, function: &Value) -> (String, Deployed) {
        let mut properties = self.whole["Globals"]["Function"].clone();
        merge(&mut properties, &function["Properties"]);
        let code = properties["CodeUri"].as_str().expect("a function has code").to_owned();
        let folder = code.rsplit('/').nth(1).expect("the code lies in a folder of the function's name");
        let role = path(&properties["Role"]["Fn::GetAtt"]).expect("a function has a role of its own");
        let role = role.split('.').next().expect("the role is a resource");
        let role = self.resolved(&self.whole["Resources"][role]["Properties"]);
        (folder.to_owned(), Deployed { properties: self.resolved(&properties), role })
    }

    /// Every route of the gateway.
    pub fn routes(&self) -> Vec<Route> {
        let resources = self.whole["Resources"].as_object().expect("a template has resources");
        let routes = resources.values().filter(|resource| resource["Type"] == "AWS::ApiGatewayV2::Route");
        routes.map(|route| self.route(&route["Properties"])).collect()
    }

    fn route(&self, route: &Value) -> Route {
        let text = |name: &str| route[name].as_str().unwrap_or_else(|| panic!("no {name}: {route}"));
        let target = route["Target"]["Fn::Sub"].as_str().expect("a route leads to an integration");
        let integration = target.trim_start_matches("integrations/${").trim_end_matches('}');
        let integration = &self.whole["Resources"][integration]["Properties"];
        assert_eq!(integration["PayloadFormatVersion"], "2.0", "functions read this one: {integration}");
        let function = path(&integration["IntegrationUri"]["Fn::GetAtt"]).expect("a function is integrated");
        let function = function.trim_end_matches(".Arn");
        let key = text("RouteKey").to_owned();
        assert!(self.may_invoke(function, &key), "the gateway may not invoke {function} for {key}");
        let function = self.function(&self.whole["Resources"][function]).0;
        let wants_login = match text("AuthorizationType") {
            "JWT" => true,
            "NONE" => false,
            other => panic!("{other} is not understood"),
        };
        Route { key, function, wants_login, scopes: texts(&route["AuthorizationScopes"]) }
    }

    /// Whether the function lets the gateway in for a route.
    fn may_invoke(&self, function: &str, key: &str) -> bool {
        let (method, path) = key.split_once(' ').expect("a route has method and path");
        let api = self.physical("Api").0;
        let arn = format!("arn:aws:execute-api:{REGION}:{ACCOUNT}:{api}/$default/{method}{path}");
        let resources = self.whole["Resources"].as_object().expect("a template has resources");
        let permissions = resources.values().filter(|resource| resource["Type"] == "AWS::Lambda::Permission");
        permissions.map(|permission| &permission["Properties"]).any(|permission| {
            let source = self.resolved(&permission["SourceArn"]);
            permission["FunctionName"]["Ref"] == function
                && permission["Principal"] == "apigateway.amazonaws.com"
                && permission["Action"] == "lambda:InvokeFunction"
                && source.as_str().is_some_and(|source| is_like(source, &arn))
        })
    }

    /// The value with every intrinsic function carried out.
    pub fn resolved(&self, value: &Value) -> Value {
        match value {
            Value::Object(object) => self.carried_out(object).unwrap_or_else(|| {
                let entries = object.iter().map(|(name, value)| (name.clone(), self.resolved(value)));
                Value::Object(entries.filter(|(_, value)| !is_no_value(value)).collect())
            }),
            Value::Array(items) => {
                let items = items.iter().map(|item| self.resolved(item));
                items.filter(|item| !is_no_value(item)).collect()
            }
            Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => value.clone(),
        }
    }

    /// `None` for an object that is no intrinsic function.
    fn carried_out(&self, object: &Map<String, Value>) -> Option<Value> {
        let (name, argument) = object.iter().next().filter(|_| object.len() == 1)?;
        match name.as_str() {
            "Ref" => Some(self.reference(argument.as_str()?)),
            "Fn::GetAtt" => Some(self.attribute(&path(argument)?).into()),
            "Fn::Sub" => Some(secret(self.substituted(argument)).into()),
            "Fn::Join" => {
                let parts = self.resolved(&argument[1]);
                Some(texts(&parts).join(argument[0].as_str()?).into())
            }
            "Fn::If" => {
                let holds = self.holds(&self.whole["Conditions"][argument[0].as_str()?]);
                Some(self.resolved(&argument[if holds { 1 } else { 2 }]))
            }
            "Fn::Select" => {
                let place: usize = argument[0].as_u64()?.try_into().ok()?;
                Some(self.resolved(&argument[1])[place].clone())
            }
            "Fn::Split" => {
                let text = self.resolved(&argument[1]);
                Some(text.as_str()?.split(argument[0].as_str()?).collect())
            }
            _ => None,
        }
    }

    /// What a condition says, with the parameters as they are.
    fn holds(&self, condition: &Value) -> bool {
        let several = |name: &str| condition[name].as_array().into_iter().flatten();
        if let Some(named) = condition["Condition"].as_str() {
            return self.holds(&self.whole["Conditions"][named]);
        }
        if let Some(pair) = condition["Fn::Equals"].as_array() {
            return self.resolved(&pair[0]) == self.resolved(&pair[1]);
        }
        if condition["Fn::Not"].is_array() {
            return !self.holds(&condition["Fn::Not"][0]);
        }
        if condition["Fn::Or"].is_array() {
            return several("Fn::Or").any(|part| self.holds(part));
        }
        assert!(condition["Fn::And"].is_array(), "no condition: {condition}");
        several("Fn::And").all(|part| self.holds(part))
    }

    fn reference(&self, name: &str) -> Value {
        match name {
            "AWS::Region" => REGION.into(),
            "AWS::AccountId" => ACCOUNT.into(),
            "AWS::Partition" => "aws".into(),
            "AWS::URLSuffix" => "amazonaws.com".into(),
            "AWS::StackName" => "openslot".into(),
            "AWS::NoValue" => json!({ NO_VALUE: true }),
            _ => self.parameter(name).unwrap_or_else(|| self.physical(name).0.into()),
        }
    }

    fn parameter(&self, name: &str) -> Option<Value> {
        let given = self.physical.parameters.iter().find(|(parameter, _)| parameter == name);
        let parameter = self.whole["Parameters"].get(name)?;
        let default = || parameter.get("Default").cloned();
        let value = given.map(|(_, value)| value.clone().into()).or_else(default);
        Some(value.unwrap_or_else(|| panic!("the parameter {name} has no value")))
    }

    /// `Ref` and ARN of a resource; its logical id stands for what nothing here stands for.
    fn physical(&self, name: &str) -> (String, String) {
        let resource = &self.whole["Resources"][name];
        assert!(resource.is_object(), "there is no resource {name}");
        let kind = resource["Type"].as_str().unwrap_or_default();
        if let Some((_, reference, arn)) = self.physical.resources.iter().find(|known| known.0 == kind) {
            return (reference.clone(), arn.clone());
        }
        let arn = |service: &str, rest: &str| format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{rest}");
        if kind == "AWS::Logs::LogGroup" {
            let group = as_text(&self.resolved(&resource["Properties"]["LogGroupName"]));
            let arn = arn("logs", &format!("log-group:{group}:*"));
            return (group, arn);
        }
        (name.to_owned(), arn(kind.split("::").nth(1).unwrap_or_default(), name))
    }

    fn attribute(&self, path: &str) -> String {
        let (name, attribute) = path.split_once('.').expect("an attribute is named");
        let (reference, arn) = self.physical(name);
        match attribute {
            "Arn" => arn,
            "Name" => reference,
            "StreamArn" => format!("{arn}/stream/2026-01-01T00:00:00.000"),
            other => format!("{name}.{other}"),
        }
    }

    /// `${Name}` and `${Name.Attribute}` filled in; `${!Literal}` is left.
    fn substituted(&self, argument: &Value) -> String {
        let pair = argument.as_array().map(|pair| (&pair[0], &pair[1]));
        let (text, own) = pair.unwrap_or((argument, &Value::Null));
        let mut parts = text.as_str().expect("a text to fill in").split("${");
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').expect("a name ends");
            let value = match own.get(name) {
                Some(value) => as_text(&self.resolved(value)),
                None if name.contains('.') => self.attribute(name),
                None => as_text(&self.reference(name)),
            };
            filled.push_str(&value);
            filled.push_str(rest);
        }
        filled
    }
}

/// The deployment reads secrets where they are kept; there is one.
fn secret(text: String) -> String {
    if text.starts_with("{{resolve:secretsmanager:") { ORIGIN_SECRET.to_owned() } else { text }
}

const NO_VALUE: &str = "AWS::NoValue";

fn is_no_value(value: &Value) -> bool {
    value.get(NO_VALUE).is_some()
}

fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `Name.Attribute`, also where it is written as a list.
fn path(argument: &Value) -> Option<String> {
    let several = argument.is_array().then(|| texts(argument).join("."));
    several.or_else(|| argument.as_str().map(str::to_owned))
}

/// The texts of a list, or the one text.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(as_text).collect(),
        Value::Null => Vec::new(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => vec![as_text(value)],
    }
}

/// What a function says goes before what all say.
fn merge(common: &mut Value, own: &Value) {
    match (common, own) {
        (Value::Object(common), Value::Object(own)) => {
            for (name, value) in own {
                merge(common.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (common, own) => *common = own.clone(),
    }
}

/// YAML as JSON; `!Sub text` becomes `{"Fn::Sub": "text"}`.
fn plain(node: &YamlOwned) -> Value {
    match node {
        YamlOwned::Value(scalar) => of_scalar(scalar),
        YamlOwned::Sequence(items) => items.iter().map(plain).collect(),
        YamlOwned::Mapping(entries) => {
            let entries = entries.iter().map(|(name, value)| (as_text(&plain(name)), plain(value)));
            Value::Object(entries.collect())
        }
        YamlOwned::Tagged(tag, node) => {
            let name = match tag.suffix.as_str() {
                short @ ("Ref" | "Condition") => short.to_owned(),
                function => format!("Fn::{function}"),
            };
            json!({ name: plain(node) })
        }
        YamlOwned::Representation(..) | YamlOwned::Alias(_) | YamlOwned::BadValue => {
            panic!("a template has no such thing: {node:?}")
        }
    }
}

fn of_scalar(scalar: &ScalarOwned) -> Value {
    match scalar {
        ScalarOwned::Null => Value::Null,
        ScalarOwned::Boolean(value) => (*value).into(),
        ScalarOwned::Integer(value) => (*value).into(),
        ScalarOwned::FloatingPoint(value) => value.into_inner().into(),
        ScalarOwned::String(value) => value.as_str().into(),
    }
}
