//! What a function's role allows, read from the template and asked as IAM would be.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::template::texts;

/// The keys of a request by which a condition is decided, each with its values.
pub type Facts = BTreeMap<String, Vec<String>>;

/// One thing that a role is asked to allow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    pub action: String,
    pub resource: String,
    pub facts: Facts,
}

/// One entry of a policy: as little as can be taken away from it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub sid: String,
    pub action: String,
    pub resource: String,
    /// What the conditions list: of each condition one value.
    pub values: Vec<Condition>,
}

/// A condition, narrowed to one of the values that it lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition {
    operator: Operator,
    key: String,
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Operator {
    /// The key is there, and has this value.
    Is,
    /// Every value of the key, if there is any, is this.
    AllAre,
    /// The key is there.
    Given,
}

/// Everything a role allows.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    pub entries: BTreeSet<Entry>,
}

impl std::fmt::Display for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} on {}", self.sid, self.action, self.resource)?;
        let listed = self.values.iter().filter(|condition| condition.operator != Operator::Given);
        listed.into_iter().try_for_each(|condition| write!(f, ", {} {}", condition.key, condition.value))
    }
}

impl std::fmt::Display for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} on {}", self.action, self.resource)?;
        self.facts.iter().try_for_each(|(key, values)| write!(f, ", {key} {}", values.join("+")))
    }
}

impl Policy {
    /// Of the properties of a role. Fails on whatever is not understood: what is not understood is not tested.
    pub fn of_role(role: &Value) -> Self {
        assert!(role.get("ManagedPolicyArns").is_none(), "a role spells its policies out: {role}");
        let policies = role["Policies"].as_array().expect("a role has policies");
        let mut entries = BTreeSet::new();
        for policy in policies {
            let statements = policy["PolicyDocument"]["Statement"].as_array();
            let statements = statements.unwrap_or_else(|| panic!("a policy without statements: {policy}"));
            entries.extend(statements.iter().flat_map(entries_of));
        }
        Self { entries }
    }

    /// The entries that allow a call: none, if it is refused.
    pub fn allowing(&self, call: &Call) -> Vec<&Entry> {
        self.entries.iter().filter(|entry| entry.allows(call)).collect()
    }

    /// The same with one entry less.
    pub fn without(&self, entry: &Entry) -> Self {
        let mut less = self.clone();
        assert!(less.entries.remove(entry), "there is no such entry: {entry}");
        less
    }
}

impl Entry {
    fn allows(&self, call: &Call) -> bool {
        let holds = |condition: &Condition| condition.holds(&call.facts);
        self.action.eq_ignore_ascii_case(&call.action)
            && is_like(&self.resource, &call.resource)
            && self.values.iter().all(holds)
    }
}

impl Condition {
    fn holds(&self, facts: &Facts) -> bool {
        let given = facts.get(&self.key).map(Vec::as_slice).unwrap_or_default();
        let fits = |value: &String| is_like(&self.value, value);
        match self.operator {
            Operator::Is => !given.is_empty() && given.iter().all(fits),
            Operator::AllAre => given.iter().all(fits),
            Operator::Given => !given.is_empty(),
        }
    }
}

/// A statement as entries: each action with each resource and each choice of the values that conditions list.
fn entries_of(statement: &Value) -> Vec<Entry> {
    assert_eq!(statement["Effect"], "Allow", "only what is allowed is listed: {statement}");
    let known = ["Sid", "Effect", "Action", "Resource", "Condition"];
    let names = statement.as_object().expect("a statement is an object").keys();
    names.for_each(|name| assert!(known.contains(&name.as_str()), "{name} is not understood: {statement}"));
    let sid = statement["Sid"].as_str().unwrap_or_else(|| panic!("a statement without a name: {statement}"));
    let choices = choices(&statement["Condition"]);
    let mut entries = Vec::new();
    for action in texts(&statement["Action"]) {
        for resource in texts(&statement["Resource"]) {
            for values in &choices {
                let (sid, values) = (sid.to_owned(), values.clone());
                entries.push(Entry { sid, action: action.clone(), resource: resource.clone(), values });
            }
        }
    }
    entries
}

/// Every way of taking one value of each condition.
fn choices(conditions: &Value) -> Vec<Vec<Condition>> {
    let mut choices = vec![Vec::new()];
    for (operator, keys) in conditions.as_object().into_iter().flatten() {
        for (key, values) in keys.as_object().into_iter().flatten() {
            let one = |value: &String| condition(operator, key, value);
            let conditions: Vec<_> = texts(values).iter().map(one).collect();
            let with = |chosen: &Vec<Condition>| {
                let longer = |last: &Condition| [chosen.as_slice(), std::slice::from_ref(last)].concat();
                conditions.iter().map(longer).collect::<Vec<_>>()
            };
            choices = choices.iter().flat_map(with).collect();
        }
    }
    choices
}

fn condition(operator: &str, key: &str, value: &str) -> Condition {
    let known = match (operator, value) {
        ("StringEquals" | "StringLike" | "ArnLike" | "ArnEquals", _) => Operator::Is,
        ("ForAllValues:StringEquals" | "ForAllValues:StringLike", _) => Operator::AllAre,
        ("Null", "false") => Operator::Given,
        _ => panic!("the condition {operator} {key} {value} is not understood"),
    };
    let exact = !operator.ends_with("Like");
    assert!(!exact || !value.contains('*') || operator == "Null", "{operator} knows no wildcard: {value}");
    Condition { operator: known, key: key.to_owned(), value: value.to_owned() }
}

/// `*` stands for any run of characters, also for none.
pub fn is_like(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    (0..=text.len()).filter(|place| text.is_char_boundary(*place)).any(|place| is_like(rest, &text[place..]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn policy(statement: &Value) -> Policy {
        Policy::of_role(&json!({ "Policies": [{ "PolicyDocument": { "Statement": [statement] } }] }))
    }

    fn call(action: &str, resource: &str, facts: &[(&str, &[&str])]) -> Call {
        let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        let facts = facts.iter().map(|(key, values)| ((*key).to_owned(), texts(values))).collect();
        Call { action: action.to_owned(), resource: resource.to_owned(), facts }
    }

    #[test]
    fn a_prefix_allows_its_own_keys_only() {
        let policy = policy(&json!({
            "Sid": "Read", "Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query"], "Resource": "table",
            "Condition": {
                "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["H#*", "M#*"] },
                "Null": { "dynamodb:LeadingKeys": "false" },
            },
        }));
        assert_eq!(policy.entries.len(), 4);
        let allowed = |action: &str, resource: &str, keys: &[&str]| {
            policy.allowing(&call(action, resource, &[("dynamodb:LeadingKeys", keys)])).len()
        };
        assert_eq!(allowed("dynamodb:GetItem", "table", &["H#ada"]), 1);
        assert_eq!(allowed("dynamodb:Query", "table", &["M#intro"]), 1);
        assert_eq!(allowed("dynamodb:Query", "table", &["B#1"]), 0);
        assert_eq!(allowed("dynamodb:Query", "table", &[]), 0, "no key is not every key");
        assert_eq!(allowed("dynamodb:PutItem", "table", &["H#ada"]), 0);
        assert_eq!(allowed("dynamodb:GetItem", "other", &["H#ada"]), 0);
        let less = policy.without(policy.entries.first().unwrap());
        assert_eq!(
            less.allowing(&call("dynamodb:GetItem", "table", &[("dynamodb:LeadingKeys", &["H#ada"])])).len(),
            0
        );
    }

    #[test]
    fn a_condition_on_a_text_wants_that_text() {
        let policy = policy(&json!({
            "Sid": "Open", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "key",
            "Condition": { "StringEquals": { "kms:EncryptionContext:purpose": ["guest-rows", "manage-links"] } },
        }));
        let key = "kms:EncryptionContext:purpose";
        assert_eq!(policy.allowing(&call("kms:Decrypt", "key", &[(key, &["guest-rows"])])).len(), 1);
        assert_eq!(policy.allowing(&call("kms:Decrypt", "key", &[(key, &["other"])])).len(), 0);
        assert_eq!(policy.allowing(&call("kms:Decrypt", "key", &[])).len(), 0);
    }

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text) in [("a*", "a"), ("a*c", "abbc"), ("*", ""), ("a", "a"), ("a*b*c", "a-b-c")] {
            assert!(is_like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("a*", "b"), ("a*c", "ab"), ("a", "ab"), ("H#*", "H"), ("a*b*c", "a-c-b")] {
            assert!(!is_like(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    #[should_panic(expected = "not understood")]
    fn what_is_not_understood_is_not_passed_over() {
        policy(&json!({
            "Sid": "Odd", "Effect": "Allow", "Action": "a:B", "Resource": "c",
            "Condition": { "DateGreaterThan": { "aws:CurrentTime": "2026-01-01T00:00:00Z" } },
        }));
    }
}
