//! What people type: bounded, without control characters, and never markup.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// Too long.
    #[error("must have at most {max} characters")]
    TooLong {
        /// The most characters there may be.
        max: usize,
    },
    /// A line break, tab or another control or direction-override character.
    #[error("must not hold control characters")]
    Control,
    /// Not an address that SES can deliver to.
    #[error("must be an e-mail address such as ada@example.org")]
    Address,
}

/// One line of text, trimmed, not empty, without control characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(String);

impl Line {
    /// The line, or why not. `max` counts characters.
    pub fn new(text: &str, max: usize) -> Result<Self, TextError> {
        let text = bounded(text, max)?;
        if text.chars().any(is_control) { Err(TextError::Control) } else { Ok(Self(text)) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text that may have several lines, separated by `\n`; otherwise like a [`Line`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraphs(String);

impl Paragraphs {
    /// The text with its line ends made one kind, or why not. `max` counts characters.
    pub fn new(text: &str, max: usize) -> Result<Self, TextError> {
        let text = bounded(&text.replace("\r\n", "\n").replace('\r', "\n"), max)?;
        let odd = |c: char| is_control(c) && c != '\n' && c != '\t';
        if text.chars().any(odd) { Err(TextError::Control) } else { Ok(Self(text)) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Paragraphs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address that SES can deliver to: ASCII, local part as written, domain in lower case.
///
/// SES takes no internationalized local part; an internationalized domain is written in punycode
/// (Amazon SES API reference, `Destination`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands in the place of an address that was erased. Nothing is ever sent there (RFC 2606: `.invalid` is
    /// nobody's).
    pub fn erased() -> Self {
        Self(ERASED.to_owned())
    }

    /// Whether it stands in the place of one that was erased.
    pub fn is_erased(&self) -> bool {
        self.0 == ERASED
    }

    /// One spelling for all letter cases, so that counters and lookups see one person.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The folded address without what follows a `+`: `ada+demo@example.org` lands where `ada@example.org` does
    /// (RFC 5233), so for limits they are one.
    pub fn mailbox(&self) -> String {
        let folded = self.folded();
        match folded.split_once('@') {
            Some((local, domain)) => {
                let (user, _) = local.split_once('+').unwrap_or((local, ""));
                format!("{user}@{domain}")
            }
            None => folded,
        }
    }
}

impl FromStr for EmailAddress {
    type Err = TextError;

    /// RFC 5321 by the `email_address` crate, less what has no use here: display names, quoted local
    /// parts, address literals, and domains without a dot.
    fn from_str(text: &str) -> Result<Self, TextError> {
        let text = bounded(text, 254)?;
        if !text.is_ascii() || text.bytes().any(|b| b.is_ascii_control() || b == b' ' || b == b'"') {
            return Err(TextError::Address);
        }
        let options = email_address::Options::default()
            .with_required_tld()
            .without_domain_literal()
            .without_display_text();
        let parsed = email_address::EmailAddress::parse_with_options(&text, options);
        let parsed = parsed.map_err(|_| TextError::Address)?;
        if !parsed.domain().split('.').all(is_label) {
            return Err(TextError::Address);
        }
        Ok(Self(format!("{}@{}", parsed.local_part(), parsed.domain().to_ascii_lowercase())))
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const ERASED: &str = "erased@erased.invalid";

/// Whether a text may stand between the dots of a host name (RFC 1123, section 2.1). The grammar of mail lets more
/// pass, such as `a@example.org/b.c`, which no mail server can be found by.
fn is_label(text: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(inside)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn bounded(text: &str, max: usize) -> Result<String, TextError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    Ok(text.to_owned())
}

/// Control characters, line and paragraph separators, and the marks that turn the direction of what
/// follows: in a mail subject they would make a name read as something else (Unicode TR 36).
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(Line::new("  Ada Lovelace ", 80).unwrap().as_str(), "Ada Lovelace");
        assert_eq!(Line::new(" \n ", 80), Err(TextError::Empty));
        assert_eq!(Line::new("Ada\r\nBcc: all@example.org", 80), Err(TextError::Control));
        assert_eq!(Line::new("Ada\u{202e}adA", 80), Err(TextError::Control));
        assert_eq!(Line::new("äöü", 2), Err(TextError::TooLong { max: 2 }));
        assert!(Line::new("李小龍 👩‍🚀", 80).is_ok());
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(Paragraphs::new("one\r\ntwo\rthree", 80).unwrap().as_str(), "one\ntwo\nthree");
        assert_eq!(Paragraphs::new("bell \u{7}", 80), Err(TextError::Control));
    }

    #[test]
    fn an_address_can_be_delivered_to() {
        let parsed: EmailAddress = "Ada.L+demo@Example.ORG".parse().unwrap();
        assert_eq!(parsed.as_str(), "Ada.L+demo@example.org");
        assert_eq!(parsed.folded(), "ada.l+demo@example.org");
        assert_eq!(parsed.mailbox(), "ada.l@example.org");
        let refused =
            ["", "ada", "ada@", "@example.org", "ada@localhost", "ada@[127.0.0.1]", "\"a b\"@example.org"];
        for text in refused.into_iter().chain([
            "Ada <ada@example.org>",
            "ada@exämple.org",
            "ada@example.org\r\nBcc:x",
            "ada@example.org/b.c",
            "ada@exam+ple.org",
            "ada@-example.org",
        ]) {
            assert!(text.parse::<EmailAddress>().is_err(), "{text}");
        }
    }
}
