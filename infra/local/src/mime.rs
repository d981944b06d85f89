//! A mail as people and scripts read it, out of its MIME bytes.

use mailparse::{DispositionType, MailHeaderMap, ParsedMail};

/// The parts of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    pub(crate) attachments: Vec<Attachment>,
}

/// A part that is neither the text nor the HTML of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attachment {
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) bytes: Vec<u8>,
}

impl Parts {
    /// Reads a message. What is not MIME is all text: SES takes such mail too.
    pub(crate) fn of(raw: &[u8]) -> Self {
        let Ok(mail) = mailparse::parse_mail(raw) else {
            return Self { text: String::from_utf8_lossy(raw).into_owned(), ..Self::default() };
        };
        let subject = mail.headers.get_first_value("Subject").unwrap_or_default();
        let mut parts = Self { subject, ..Self::default() };
        for leaf in mail.parts().filter(|part| part.subparts.is_empty()) {
            parts.take(leaf);
        }
        parts
    }

    fn take(&mut self, leaf: &ParsedMail<'_>) {
        let disposition = leaf.get_content_disposition();
        let shown = disposition.disposition != DispositionType::Attachment;
        let body = || leaf.get_body().unwrap_or_default();
        match leaf.ctype.mimetype.as_str() {
            "text/plain" if shown && self.text.is_empty() => self.text = body(),
            "text/html" if shown && self.html.is_empty() => self.html = body(),
            _ => {
                let given = disposition.params.get("filename").or_else(|| leaf.ctype.params.get("name"));
                let name = given.map_or_else(|| self.default_name(&leaf.ctype.mimetype), |name| plain(name));
                let bytes = leaf.get_body_raw().unwrap_or_default();
                self.attachments.push(Attachment { name, content_type: content_type(leaf), bytes });
            }
        }
    }

    fn default_name(&self, mimetype: &str) -> String {
        let place = self.attachments.len() + 1;
        let ending = if mimetype == "text/calendar" { "ics" } else { "bin" };
        format!("part-{place}.{ending}")
    }
}

/// Type and parameters, without the name, which stands beside it.
fn content_type(leaf: &ParsedMail<'_>) -> String {
    let params = leaf.ctype.params.iter().filter(|(name, _)| name.as_str() != "name");
    params.fold(leaf.ctype.mimetype.clone(), |text, (name, value)| format!("{text}; {name}={value}"))
}

/// A file name that can stand in a header and leads nowhere.
fn plain(name: &str) -> String {
    let kept = |c: char| {
        if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' }
    };
    name.chars().map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: Team <team@example.org>\r\nTo: ada@example.net\r\n\
        Subject: =?utf-8?Q?Sch=C3=B6n?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=outer\r\n\r\n\
        --outer\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n\
        --inner\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZQ==\r\n\
        --inner\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello</p>\r\n\
        --inner\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\n\
        --inner--\r\n\
        --outer\r\nContent-Type: text/calendar; name=\"invite.ics\"\r\n\
        Content-Disposition: attachment; filename=\"../invite.ics\"\r\n\r\nBEGIN:VCALENDAR\r\n\
        --outer--\r\n";

    #[test]
    fn a_mail_comes_apart() {
        let parts = Parts::of(MAIL.as_bytes());
        assert_eq!((parts.subject.as_str(), parts.text.as_str()), ("Schön", "Grüße"));
        assert_eq!(parts.html.trim(), "<p>Hello</p>");
        let found: Vec<(&str, &str)> = parts
            .attachments
            .iter()
            .map(|found| (found.name.as_str(), found.content_type.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("part-1.ics", "text/calendar; charset=utf-8; method=REQUEST"),
                (".._invite.ics", "text/calendar"),
            ]
        );
        assert_eq!(parts.attachments[1].bytes.trim_ascii_end(), b"BEGIN:VCALENDAR");
    }

    #[test]
    fn what_is_no_mime_is_text() {
        assert_eq!(Parts::of(b"Subject: Hi\r\n\r\nHello.\r\n").text, "Hello.\r\n");
        assert_eq!(Parts::of(b""), Parts::default());
    }
}
