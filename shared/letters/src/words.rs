//! What letters say, in the reader's language.
//!
//! Each file of `locales/` is one catalogue in Fluent syntax, named for a BCP 47 tag. A reader of `de-AT` gets
//! `en`, with `de` over it, with `de-AT` over that, as far as these files exist: so a language is a file, a
//! region is a file of differences, and a message nobody has translated yet stands in English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use openslot_domain::text::Line;
use unic_langid::LanguageIdentifier;

use crate::unlinked::is_right_to_left;

include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

/// The language of a reader who named none, and of every message that is missing elsewhere.
const FALLBACK: &str = "en";

static CATALOGUES: LazyLock<BTreeMap<&str, FluentResource>> = LazyLock::new(|| {
    let parse =
        |text: &str| FluentResource::try_new(text.to_owned()).expect("every catalogue is well formed");
    FILES.iter().map(|(tag, text)| (*tag, parse(text))).collect()
});

/// The words of one reader.
pub(crate) struct Words {
    language: String,
    bundle: FluentBundle<&'static FluentResource>,
}

impl Words {
    /// The words for a reader of `locale`; English when there is none, or none that we speak.
    pub(crate) fn of(locale: Option<&Line>) -> Self {
        let wanted = locale.and_then(|tag| tag.as_str().parse::<LanguageIdentifier>().ok());
        let tags = wanted.as_ref().map(spoken).filter(|tags| !tags.is_empty());
        let tags = tags.unwrap_or_else(|| vec![FALLBACK]);
        let language = (*tags.last().expect("a reader has a language")).to_owned();
        let locale = language.parse().expect("a catalogue is named for a language tag");
        let mut bundle = FluentBundle::new(vec![locale]);
        // Values are isolated where they need it, by `isolated`; marks around every number would only be in the
        // way of whoever copies one.
        bundle.set_use_isolating(false);
        for tag in std::iter::once(FALLBACK).chain(tags) {
            bundle.add_resource_overriding(&CATALOGUES[tag]);
        }
        Self { language, bundle }
    }

    /// The tag of the most specific catalogue in use.
    pub(crate) fn language(&self) -> &str {
        &self.language
    }

    /// A message with its places filled in.
    pub(crate) fn say(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let message = self.bundle.get_message(id).and_then(|message| message.value());
        let pattern = message.expect("every message stands in the fallback catalogue");
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        assert!(errors.is_empty(), "message {id} of {}: {errors:?}", self.language);
        said
    }

    /// A message without places.
    pub(crate) fn word(&self, id: &str) -> String {
        self.say(id, &[])
    }

    /// Which way these words read: `ltr` or `rtl`.
    pub(crate) fn direction(&self) -> String {
        self.word("direction")
    }

    /// A text that somebody else wrote, for use among these words: isolated where it may read the other way, so
    /// that what follows it keeps its order (UAX 9).
    pub(crate) fn isolated(&self, text: String) -> String {
        let apart = self.direction() == "rtl" || text.chars().any(is_right_to_left);
        if apart { format!("\u{2068}{text}\u{2069}") } else { text }
    }

    /// A telephone number: from left to right everywhere.
    pub(crate) fn number(&self, number: &str) -> String {
        if self.direction() == "rtl" { format!("\u{2066}{number}\u{2069}") } else { number.to_owned() }
    }

    /// Names in one breath: "Ada", "Ada and Bob", "Ada, Bob and Cleo".
    pub(crate) fn list(&self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [name] => name.clone(),
            [first, last] => {
                self.say("list-pair", &[("first", first.as_str().into()), ("last", last.as_str().into())])
            }
            [first, rest @ ..] => {
                let rest = self.list(rest);
                self.say("list-more", &[("first", first.as_str().into()), ("rest", rest.into())])
            }
        }
    }
}

/// The catalogues for a language, the general ones first.
fn spoken(wanted: &LanguageIdentifier) -> Vec<&'static str> {
    let language = wanted.language.as_str();
    let script = wanted.script.map(|script| script.as_str().to_owned());
    let region = wanted.region.map(|region| region.as_str().to_owned());
    let with = |parts: [Option<&String>; 2]| {
        parts.into_iter().flatten().fold(language.to_owned(), |tag, part| format!("{tag}-{part}"))
    };
    let mut tags = vec![
        with([None, None]),
        with([script.as_ref(), None]),
        with([None, region.as_ref()]),
        with([script.as_ref(), region.as_ref()]),
    ];
    tags.dedup();
    tags.iter().filter_map(|tag| CATALOGUES.get_key_value(tag.as_str()).map(|(tag, _)| *tag)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn language(tag: &str) -> String {
        Words::of(Some(&Line::new(tag, 40).unwrap())).language().to_owned()
    }

    #[test]
    fn a_reader_gets_the_nearest_language_we_speak() {
        assert_eq!(Words::of(None).language(), "en");
        assert_eq!(language("en"), "en");
        assert_eq!(language("en-us"), "en-US");
        assert_eq!(language("EN_US"), "en-US");
        assert_eq!(language("en-Latn-AU"), "en-AU");
        assert_eq!(language("en-GB"), "en");
        assert_eq!(language("tlh"), "en");
        assert_eq!(language("../../etc/passwd"), "en");
    }

    /// The messages of a catalogue, each with the values it asks for.
    fn messages(text: &str) -> BTreeSet<String> {
        let id = |line: &str| line.split_once(" = ").map(|(id, _)| id.to_owned());
        text.lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(id)
            .collect()
    }

    #[test]
    fn a_language_is_complete_and_a_region_holds_nothing_else() {
        let fallback = messages(FILES.iter().find(|(tag, _)| *tag == FALLBACK).unwrap().1);
        assert!(fallback.len() > 50, "the catalogue was read");
        for (tag, text) in FILES {
            let own = messages(text);
            let unknown: Vec<_> = own.difference(&fallback).collect();
            assert_eq!(unknown, Vec::<&String>::new(), "{tag} has messages that no letter uses");
            if !tag.contains('-') {
                assert_eq!(own, fallback, "{tag} lacks messages");
            }
        }
    }

    #[test]
    fn names_from_right_to_left_are_isolated() {
        let words = Words::of(None);
        assert_eq!(words.isolated("דנה".to_owned()), "\u{2068}דנה\u{2069}");
        assert_eq!(words.isolated("Dana".to_owned()), "Dana");
    }

    #[test]
    fn names_are_listed_as_people_say_them() {
        let words = Words::of(None);
        let list = |names: &[&str]| words.list(&names.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(list(&["Ada"]), "Ada");
        assert_eq!(list(&["Ada", "Bob"]), "Ada and Bob");
        assert_eq!(list(&["Ada", "Bob", "Cleo"]), "Ada, Bob and Cleo");
    }
}
