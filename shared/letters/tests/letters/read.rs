//! Readers that share nothing with the writers: `mailparse`, `ical` and `html5gum`.

use std::io::BufReader;

use html5gum::{Token, Tokenizer};
use mailparse::{MailHeaderMap, ParsedMail};

/// A calendar property, its text as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) value: String,
}

/// A calendar object with one event: the calendar's properties and the event's.
pub(crate) struct Object {
    pub(crate) calendar: Vec<Property>,
    pub(crate) event: Vec<Property>,
}

impl Object {
    /// The value of a property that stands once.
    pub(crate) fn value(&self, name: &str) -> &str {
        let found: Vec<&Property> = self.event.iter().filter(|property| property.name == name).collect();
        assert_eq!(found.len(), 1, "{name}");
        &found[0].value
    }

    /// The text of a property that may be missing.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, String> {
        let Some(found) = self.event.iter().find(|property| property.name == name) else { return Ok(None) };
        unescaped(&found.value).map(Some).ok_or_else(|| format!("calendar: {name} is escaped"))
    }
}

/// Reads a calendar object; says what is wrong with it if it is none, or holds more than one event.
pub(crate) fn object(ics: &str) -> Result<Object, String> {
    let mut calendars: Vec<_> = ical::IcalParser::new(BufReader::new(ics.as_bytes()))
        .collect::<Result<_, _>>()
        .map_err(|error| format!("calendar: a parser refuses it: {error}"))?;
    let calendar = calendars.pop().ok_or("calendar: none")?;
    let others =
        calendar.alarms.len() + calendar.todos.len() + calendar.journals.len() + calendar.free_busys.len();
    let alarms: usize = calendar.events.iter().map(|event| event.alarms.len()).sum();
    if !calendars.is_empty() || calendar.events.len() != 1 || others + alarms != 0 {
        return Err("calendar: something besides one event".to_owned());
    }
    let event = calendar.events[0].properties.iter().map(property).collect();
    Ok(Object { calendar: calendar.properties.iter().map(property).collect(), event })
}

fn property(property: &ical::property::Property) -> Property {
    let params = property.params.clone().unwrap_or_default();
    let one = |(name, values): (String, Vec<String>)| (name, values.join(","));
    Property {
        name: property.name.clone(),
        params: params.into_iter().map(one).collect(),
        value: property.value.clone().unwrap_or_default(),
    }
}

/// The text that an escaped TEXT value stands for (RFC 5545, section 3.3.11); `None` if a separator or a line end
/// stands in it unescaped.
pub(crate) fn unescaped(value: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            ',' | ';' | '\r' | '\n' => return None,
            '\\' => out.push(match chars.next()? {
                'n' | 'N' => '\n',
                c @ ('\\' | ',' | ';') => c,
                _ => return None,
            }),
            c => out.push(c),
        }
    }
    Some(out)
}

/// The names and values of all headers of a message or part, in order.
pub(crate) fn headers(part: &ParsedMail<'_>) -> Vec<(String, String)> {
    part.headers.iter().map(|header| (header.get_key(), header.get_value())).collect()
}

/// The one header of that name.
pub(crate) fn header(part: &ParsedMail<'_>, name: &str) -> String {
    let values = part.headers.get_all_values(name);
    assert_eq!(values.len(), 1, "{name}");
    values[0].clone()
}

/// The kinds of all parts below a part, in order, with their depth.
pub(crate) fn outline(part: &ParsedMail<'_>) -> String {
    fn walk(part: &ParsedMail<'_>, depth: usize, out: &mut Vec<String>) {
        out.push(format!("{}{}", "  ".repeat(depth), part.ctype.mimetype));
        part.subparts.iter().for_each(|part| walk(part, depth + 1, out));
    }
    let mut out = Vec::new();
    walk(part, 0, &mut out);
    out.join("\n")
}

/// The first part of a kind, wherever it stands.
pub(crate) fn part<'a>(mail: &'a ParsedMail<'a>, kind: &str) -> &'a ParsedMail<'a> {
    mail.parts().find(|part| part.ctype.mimetype == kind).expect("the part exists")
}

/// What a page is made of: every tag with its attributes, every comment, in order.
pub(crate) fn elements(html: &str) -> Vec<String> {
    Tokenizer::new(html)
        .flatten()
        .filter_map(|token| match token {
            Token::StartTag(tag) => {
                let attributes: Vec<String> = tag
                    .attributes
                    .iter()
                    .map(|(name, value)| format!("{}={}", lossy(name), lossy(&value.value)))
                    .collect();
                Some(format!("<{} {}>", lossy(&tag.name), attributes.join(" ")))
            }
            Token::EndTag(tag) => Some(format!("</{}>", lossy(&tag.name))),
            Token::Comment(comment) => Some(format!("<!--{}-->", lossy(&comment.value))),
            Token::Doctype(_) => Some("<!doctype>".to_owned()),
            Token::String(_) | Token::Error(_) => None,
        })
        .collect()
}

/// What a page says: its texts, the style sheet left out.
pub(crate) fn said(html: &str) -> String {
    let body = html.rsplit_once("</style>").map_or(html, |(_, body)| body);
    let text = |token| match token {
        Token::String(text) => Some(lossy(&text.value)),
        Token::StartTag(tag) if lossy(&tag.name) == "br" => Some("\n".to_owned()),
        Token::StartTag(_) | Token::EndTag(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {
            None
        }
    };
    Tokenizer::new(body).flatten().filter_map(text).collect()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A text as the eye reads it: without the characters that only keep words apart, together or in order.
pub(crate) fn visible(text: &str) -> String {
    text.replace(['\u{200c}', '\u{2066}', '\u{2068}', '\u{2069}'], "").replace('\u{a0}', " ")
}
