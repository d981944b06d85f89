//! What letters say, in the reader's language.
//!
//! Each file of `locales/` is one catalogue in Fluent syntax, named for a BCP 47 tag. A reader of `de-AT` gets
//! `en`, with `de` over it, with `de-AT` over that, as far as these files exist: so a language is a file, and a
//! region is a file of differences. What no file has words for is looked up by less of its tag (RFC 4647, section
//! 3.4): `de-LU-u-hc-h12` reads `de`.

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
        let wanted = locale.and_then(|tag| identified(tag.as_str()));
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

/// Language, script and region of a tag; what follows them, such as the clock somebody likes, chooses no words.
fn identified(tag: &str) -> Option<LanguageIdentifier> {
    tag.parse().ok().or_else(|| identified(tag.rsplit_once(['-', '_'])?.0))
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
    use std::collections::{BTreeMap, BTreeSet};

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
        assert_eq!(language("de"), "de");
        assert_eq!(language("de-DE"), "de");
        assert_eq!(language("de-CH"), "de");
        assert_eq!(language("de-AT"), "de-AT");
        assert_eq!(language("de_at"), "de-AT");
        assert_eq!(language("de-Latn-AT"), "de-AT");
    }

    #[test]
    fn what_follows_the_region_chooses_no_words() {
        assert_eq!(language("de-DE-1996"), "de");
        assert_eq!(language("de-LU-u-hc-h12"), "de");
        assert_eq!(language("de-AT-x-team"), "de-AT");
        assert_eq!(language("en-US-u-hc-h23"), "en-US");
    }

    #[test]
    fn a_reader_whose_language_we_do_not_speak_gets_english() {
        for tag in ["tlh", "fr-DE", "dex", "und", "x-de", "nds-DE", "-de", "../../etc/passwd"] {
            assert_eq!(language(tag), "en", "{tag}");
        }
    }

    /// The messages of a catalogue, each with the values it asks for.
    fn messages(text: &str) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut messages = BTreeMap::new();
        let mut current = "";
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                current = line.split_once(" = ").expect("a message has a name").0;
            }
            let values = line.split('$').skip(1).map(|rest| rest.split([' ', '}']).next().unwrap());
            messages.entry(current).or_insert_with(BTreeSet::new).extend(values);
        }
        messages.remove("");
        messages
    }

    fn catalogue(tag: &str) -> &'static str {
        FILES.iter().find(|(name, _)| *name == tag).unwrap().1
    }

    /// A language has every message of the fallback with the same values, a region nothing besides.
    fn check_catalogue(tag: &str, text: &str) -> Result<(), String> {
        let (own, known) = (messages(text), messages(catalogue(FALLBACK)));
        if let Some(id) = own.keys().find(|id| !known.contains_key(*id)) {
            return Err(format!("{tag}: no letter says {id}"));
        }
        if tag.contains('-') {
            return Ok(());
        }
        match known.iter().find(|(id, values)| own.get(*id) != Some(*values)) {
            Some((id, values)) => Err(format!("{tag}: {id} has {:?} of {values:?}", own.get(id))),
            None => Ok(()),
        }
    }

    #[test]
    fn a_language_is_complete_and_a_region_holds_nothing_else() {
        assert!(messages(catalogue(FALLBACK)).len() > 50, "the catalogue was read");
        for (tag, text) in FILES {
            assert_eq!(check_catalogue(tag, text), Ok(()));
        }
    }

    #[test]
    fn twin_a_catalogue_with_a_message_or_a_value_missing_is_caught() {
        let caught = |tag, from: &str, to| {
            assert!(catalogue(tag).contains(from), "{from}");
            check_catalogue(tag, &catalogue(tag).replacen(from, to, 1)).unwrap_err()
        };
        assert_eq!(caught("de", "answer-yes = Ja\n", ""), "de: answer-yes has None of {}");
        assert_eq!(
            caught("de", "# \"Uhr\" follows", "answer-maybe = Vielleicht\n# Then"),
            "de: no letter says answer-maybe"
        );
        assert_eq!(
            caught("de", "Formular { $form }", "Formular"),
            r#"de: source-form has Some({}) of {"form"}"#
        );
        assert_eq!(
            caught("de", "} { $attendee } an.", "} { $number } an."),
            r#"de: phone-callback-guest has Some({"count", "hosts", "number"}) of {"attendee", "count", "hosts"}"#
        );
        assert_eq!(caught("de-AT", "month =", "moon ="), "de-AT: no letter says moon");
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
        let words = Words::of(Some(&Line::new("de", 2).unwrap()));
        assert_eq!(words.list(&["Ada", "Bob", "Cleo"].map(str::to_owned)), "Ada, Bob und Cleo");
    }
}
