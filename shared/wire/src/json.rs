//! JSON, read strictly: nothing nested too deep, no member twice.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::fields::{Complaint, Wrongs, inside};

/// How deep arrays and objects may be nested.
pub(crate) const DEPTH_MAX: usize = 16;

/// Reads a body. `None` when it cannot be read to its end, and then one of the wrongs says why.
///
/// A member that stands twice is noted and the first one counts.
pub(crate) fn read(body: &[u8], wrongs: &Wrongs) -> Option<Value> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let root = Node { pointer: String::new(), depth: 0, wrongs };
    let value = root.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    match value {
        Ok(value) => Some(value),
        Err(error) => {
            // An error of another category is the nesting, which has been noted where it was met.
            if !error.is_data() {
                wrongs.add("", malformed(&error));
            }
            None
        }
    }
}

fn malformed(error: &serde_json::Error) -> Complaint {
    let (line, column) = (error.line(), error.column());
    Complaint::new("malformed", format!("must be JSON; it stops being so at line {line}, column {column}"))
}

/// The one spelling of a value: members in order of their names, no white space.
pub(crate) fn canonical(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    spell(value, &mut out);
    out
}

fn spell(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Array(items) => {
            list(out, *b"[]", items, spell);
        }
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            list(out, *b"{}", &members, |(name, value), out| {
                out.extend_from_slice(Value::from(name.as_str()).to_string().as_bytes());
                out.push(b':');
                spell(value, out);
            });
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.extend_from_slice(value.to_string().as_bytes());
        }
    }
}

fn list<T>(out: &mut Vec<u8>, brackets: [u8; 2], items: &[T], spell: impl Fn(&T, &mut Vec<u8>)) {
    out.push(brackets[0]);
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        spell(item, out);
    }
    out.push(brackets[1]);
}

/// One value on its way in, and where it stands.
struct Node<'a> {
    pointer: String,
    depth: usize,
    wrongs: &'a Wrongs,
}

impl Node<'_> {
    fn child(&self, name: &str) -> Self {
        Node { pointer: inside(&self.pointer, name), depth: self.depth + 1, wrongs: self.wrongs }
    }

    fn enter<E: de::Error>(&self) -> Result<(), E> {
        if self.depth < DEPTH_MAX {
            return Ok(());
        }
        self.wrongs
            .add("", Complaint::new("too_deep", format!("must not be nested more than {DEPTH_MAX} deep")));
        Err(E::custom("nested too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.enter()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.child(&list.len().to_string()))? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.enter()?;
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let child = self.child(&name);
            let pointer = child.pointer.clone();
            let value = members.next_value_seed(child)?;
            if object.contains_key(&name) {
                self.wrongs.add(pointer, Complaint::new("duplicate", "must not stand twice"));
            } else {
                object.insert(name, value);
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: &[(&str, &str)]) -> Option<Value> {
        let wrongs = Wrongs::default();
        let value = read(body.as_bytes(), &wrongs);
        let found = wrongs.into_vec();
        let found: Vec<(&str, &str)> =
            found.iter().map(|wrong| (wrong.pointer.as_str(), wrong.code)).collect();
        assert_eq!(found, expected, "{body}");
        value
    }

    #[test]
    fn a_value_is_read_as_any_other_reader_reads_it() {
        let body =
            r#"{"a": [1, -2, 1.5, true, null, "\u00e4\n"], "b": {"c": {}}, "18446744073709551615": 1e3}"#;
        assert_eq!(check(body, &[]), Some(serde_json::from_str(body).unwrap()));
    }

    #[test]
    fn what_is_no_json_says_where() {
        for body in ["", "{", "{\"a\":1,}", "[1] 2", "nul", "\"\u{1}\"", "{\"a\":1e999}", "\u{feff}{}"] {
            assert_eq!(check(body, &[("", "malformed")]), None);
        }
        let wrongs = Wrongs::default();
        assert_eq!(read(b"\"\xff\"", &wrongs), None);
        assert_eq!(wrongs.into_vec()[0].code, "malformed");
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(check(&nested(DEPTH_MAX), &[]).is_some());
        assert_eq!(check(&nested(DEPTH_MAX + 1), &[("", "too_deep")]), None);
        assert_eq!(check(&"[".repeat(16_000), &[("", "too_deep")]), None);
    }

    #[test]
    fn a_member_stands_once() {
        let value = check(
            r#"{"a": 1, "b": [{"c/~": 1, "c/~": 2}], "a": 2}"#,
            &[("/b/0/c~1~0", "duplicate"), ("/a", "duplicate")],
        );
        assert_eq!(value.unwrap()["a"], 1);
    }

    #[test]
    fn order_and_white_space_do_not_change_the_spelling() {
        let spelled = |body: &str| String::from_utf8(canonical(&check(body, &[]).unwrap())).unwrap();
        let one = r#"{"b": [1, {"y": null, "x": "\u0041\n"}], "a": true}"#;
        assert_eq!(spelled(one), r#"{"a":true,"b":[1,{"x":"A\n","y":null}]}"#);
        assert_eq!(spelled(one), spelled(r#"{ "a":true,"b":[1,{"x":"A\n","y":null}]}"#));
        assert_ne!(spelled("[1,2]"), spelled("[2,1]"));
    }
}
