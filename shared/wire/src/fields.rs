//! Reading an object field by field, so that everything wrong with it is found at once.

use std::borrow::Cow;
use std::cell::RefCell;

use serde_json::{Map, Value};

use crate::problem::{ERRORS_MAX, Wrong};

/// What is wrong with one value, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub(crate) code: &'static str,
    pub(crate) detail: Cow<'static, str>,
}

impl Complaint {
    pub(crate) fn new(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { code, detail: detail.into() }
    }
}

/// Everything found wrong so far, up to [`ERRORS_MAX`].
#[derive(Debug, Default)]
pub(crate) struct Wrongs(RefCell<Vec<Wrong>>);

/// Characters of a pointer that are repeated to whoever sent it: enough for every place there is, and not so many
/// that a small request gets a large reply.
const POINTER_CHARS_MAX: usize = 200;

fn cut(pointer: String) -> String {
    match pointer.char_indices().nth(POINTER_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &pointer[..end]),
        None => pointer,
    }
}

impl Wrongs {
    pub(crate) fn add(&self, pointer: impl Into<String>, complaint: Complaint) {
        let mut wrongs = self.0.borrow_mut();
        if wrongs.len() < ERRORS_MAX {
            let Complaint { code, detail } = complaint;
            wrongs.push(Wrong { pointer: cut(pointer.into()), code, detail: detail.into_owned() });
        }
    }

    /// The value, unless it is wrong, which is noted.
    pub(crate) fn note<T>(&self, pointer: impl Into<String>, read: Result<T, Complaint>) -> Option<T> {
        read.map_err(|complaint| self.add(pointer, complaint)).ok()
    }

    pub(crate) fn into_vec(self) -> Vec<Wrong> {
        self.0.into_inner()
    }
}

/// The pointer to a member (RFC 6901).
pub(crate) fn inside(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// An object of which only the named members may be there.
pub(crate) struct Fields<'a> {
    members: &'a Map<String, Value>,
    pointer: String,
    wrongs: &'a Wrongs,
}

impl<'a> Fields<'a> {
    /// The members of an object; notes those that have no meaning here. `None` if it is no object.
    pub(crate) fn of(value: &'a Value, pointer: String, names: &[&str], wrongs: &'a Wrongs) -> Option<Self> {
        let Value::Object(members) = value else {
            wrongs.add(pointer, Complaint::new("type", "must be an object"));
            return None;
        };
        for name in members.keys().filter(|name| !names.contains(&name.as_str())) {
            wrongs
                .add(inside(&pointer, name), Complaint::new("unknown", "is not a field that is known here"));
        }
        Some(Self { members, pointer, wrongs })
    }

    /// A member that has to be there.
    pub(crate) fn required<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Value) -> Result<T, Complaint>,
    ) -> Option<T> {
        match self.present(name) {
            Some(value) => self.wrongs.note(inside(&self.pointer, name), read(value)),
            None => self.missing(name),
        }
    }

    /// A member that may be left out; `null` leaves it out too.
    pub(crate) fn optional<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Value) -> Result<T, Complaint>,
    ) -> Option<T> {
        self.wrongs.note(inside(&self.pointer, name), read(self.present(name)?))
    }

    /// A text that may be left out; an empty one counts as left out, because forms send those.
    pub(crate) fn optional_text<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Value) -> Result<T, Complaint>,
    ) -> Option<T> {
        let empty = |value: &&Value| value.as_str().is_some_and(|text| text.trim().is_empty());
        self.wrongs.note(inside(&self.pointer, name), read(self.present(name).filter(|value| !empty(value))?))
    }

    /// An object that has to be there.
    pub(crate) fn required_object(&self, name: &str, names: &[&str]) -> Option<Fields<'a>> {
        if self.present(name).is_none() {
            self.missing::<()>(name);
        }
        self.optional_object(name, names)
    }

    /// An object that may be left out.
    pub(crate) fn optional_object(&self, name: &str, names: &[&str]) -> Option<Fields<'a>> {
        Fields::of(self.present(name)?, inside(&self.pointer, name), names, self.wrongs)
    }

    /// The items of a list that may be left out, each with its pointer.
    pub(crate) fn items(
        &self,
        name: &str,
        most: usize,
    ) -> impl Iterator<Item = (String, &'a Value)> + use<'a> {
        let pointer = inside(&self.pointer, name);
        let items = self.present(name).and_then(|value| {
            let list = value.as_array().ok_or(Complaint::new("type", "must be a list"));
            let bounded = list.and_then(|list| within(list.len(), most).map(|()| list));
            self.wrongs.note(pointer.clone(), bounded)
        });
        let at = move |(place, value)| (inside(&pointer, &format!("{place}")), value);
        items.into_iter().flatten().enumerate().map(at)
    }

    /// The members of an object whose names are free and that may be left out, each with its pointer.
    pub(crate) fn entries(
        &self,
        name: &str,
        most: usize,
    ) -> impl Iterator<Item = (String, &'a str, &'a Value)> + use<'a> {
        let pointer = inside(&self.pointer, name);
        let entries = self.present(name).and_then(|value| {
            let object = value.as_object().ok_or(Complaint::new("type", "must be an object"));
            let bounded = object.and_then(|object| within(object.len(), most).map(|()| object));
            self.wrongs.note(pointer.clone(), bounded)
        });
        let at = move |(name, value): (&'a String, &'a Value)| (inside(&pointer, name), name.as_str(), value);
        entries.into_iter().flatten().map(at)
    }

    fn present(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    fn missing<T>(&self, name: &str) -> Option<T> {
        self.wrongs.add(inside(&self.pointer, name), Complaint::new("required", "must be given"));
        None
    }
}

fn within(count: usize, most: usize) -> Result<(), Complaint> {
    let too_many = || Complaint::new("too_many", format!("must have at most {most} entries"));
    if count > most { Err(too_many()) } else { Ok(()) }
}
