//! Guest text on its way into a letter.
//!
//! Mail clients turn whatever looks like an address into a link, in text and in HTML, so a stranger could make us
//! deliver a link under our own name. Escaping does not help against that. Therefore a zero-width non-joiner is
//! put on both sides of every `.`, `:`, `/`, `@` and `\` that stands inside a word: nothing changes for the eye,
//! but no "https://", no "www.", no "name.tld", no "user@host" is left for a client to find. That character and
//! not a word joiner, because name resolution drops the latter but refuses the former between Latin letters
//! (RFC 5892, appendix A.1): a client that links the word all the same gets no address out of it.

use openslot_domain::text::EmailAddress;

const NON_JOINER: char = '\u{200c}';

/// The text with nothing left in it that a mail client would turn into a link.
pub(crate) fn unlinked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if joins_addresses(c) && !(before.is_whitespace() && after.is_whitespace()) {
            push_apart(&mut out, c, !before.is_whitespace(), !after.is_whitespace());
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

/// A mail address in a form that can be copied. It may become a link to write to it, which is what it is for; one
/// that could be read as anything else, such as a path, is left without links like any other text.
pub(crate) fn address(address: &EmailAddress) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '-' | '@');
    let text = address.as_str();
    let poses_as_site = text.starts_with("www.");
    if text.chars().all(plain) && !poses_as_site { text.to_owned() } else { unlinked(text) }
}

fn push_apart(out: &mut String, c: char, joined_before: bool, joined_after: bool) {
    if joined_before && joined_after && !out.ends_with(NON_JOINER) {
        out.push(NON_JOINER);
    }
    out.push(c);
    if joined_after {
        out.push(NON_JOINER);
    }
}

fn joins_addresses(c: char) -> bool {
    // The full-width and ideographic full stops count as dots in domain names (UTS 46).
    matches!(c, '.' | ':' | '/' | '@' | '\\' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}' | '\u{ff20}')
}

/// Whether a character belongs to a script that is written from right to left (Hebrew, Arabic, Syriac, Thaana,
/// N'Ko and their neighbours).
pub(crate) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// At most `max` characters of a text, with a mark where some are missing.
pub(crate) fn shortened(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the invisible character.
    fn seen(text: &str) -> String {
        unlinked(text).replace(NON_JOINER, "|")
    }

    #[test]
    fn nothing_is_left_that_could_be_linked() {
        assert_eq!(seen("see https://evil.example/x"), "see https|:|/|/|evil|.|example|/|x");
        assert_eq!(seen("www.evil.example"), "www|.|evil|.|example");
        assert_eq!(seen("grace@example.org"), "grace|@|example|.|org");
        assert_eq!(seen(r"\\server\share"), r"\|\|server|\|share");
        assert_eq!(seen("//evil.example"), "/|/|evil|.|example");
    }

    #[test]
    fn a_mail_address_can_be_copied_unless_it_poses_as_something_else() {
        let shown = |text: &str| address(&text.parse().unwrap()).replace(NON_JOINER, "|");
        assert_eq!(shown("ada.l+demo@example.org"), "ada.l+demo@example.org");
        assert_eq!(shown("evil.example/x@example.org"), "evil|.|example|/|x|@|example|.|org");
        assert_eq!(shown("www.evil@example.org"), "www|.|evil|@|example|.|org");
    }

    #[test]
    fn ordinary_writing_stays_as_it_is() {
        for text in ["Grace B. Hopper", "Well. Then: yes.", "a / b", "李小龍 👩‍🚀", "Dr. O'Neil, Ph.D"]
        {
            let plain = seen(text).replace('|', "");
            assert_eq!(plain, text);
        }
        assert_eq!(seen("Well. Then: yes."), "Well. Then: yes.");
    }

    #[test]
    fn a_long_text_is_shortened_by_characters() {
        assert_eq!(shortened("äöü", 3), "äöü");
        assert_eq!(shortened("äö üß", 4), "äö…");
    }
}
