//! Where an installation lives, and the addresses that a letter carries.

use openslot_domain::text::{EmailAddress, Line};

/// Where this installation lives and who it speaks as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The address of the site: `https://...`, without a slash at the end.
    pub base_url: String,
    /// Who letters and invitations come from.
    pub sender: EmailAddress,
    /// The name beside it.
    pub sender_name: Line,
}

impl Site {
    /// The host name in `base_url`, without a port: the right half of every UID.
    pub fn domain(&self) -> &str {
        let after_scheme = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
        let end = after_scheme.find(['/', ':']).unwrap_or(after_scheme.len());
        &after_scheme[..end]
    }

    /// The domain that letters come from: the right half of every Message-ID.
    pub fn mail_domain(&self) -> &str {
        self.sender.as_str().rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// The addresses by which a reader reaches a booking; absolute, made by the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// Where the attendee changes or cancels it. Whoever has it may do that: only the attendee's letter shows it.
    pub manage: String,
    /// Its calendar file.
    pub ics: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_knows_its_domains() {
        let check = |base_url: &str, domain| {
            let site = Site {
                base_url: base_url.to_owned(),
                sender: "meet@mail.example.org".parse().unwrap(),
                sender_name: Line::new("Example", 80).unwrap(),
            };
            assert_eq!((site.domain(), site.mail_domain()), (domain, "mail.example.org"));
        };
        check("https://meet.example.org", "meet.example.org");
        check("https://example.org/meet", "example.org");
        check("http://localhost:8080", "localhost");
    }
}
