//! Texts that name something: ids, keys, addresses, zones, links. Each parser gets each of them.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono_tz::{TZ_VARIANTS, Tz};
use mailparse::MailAddr;
use openslot_domain::booking::Booking;
use openslot_domain::effects::EffectKey;
use openslot_domain::ids::{BookingId, HostId, QuestionId, Slug};
use openslot_domain::text::{EmailAddress, Line, Paragraphs};
use openslot_usecases::keyring::DataKey;
use openslot_usecases::manage_link::{Opens, is_secret, secret};
use openslot_usecases::manage_team::LoginKey;

use crate::checks::Found;
use crate::world::booking;

/// One input: the text.
pub fn play(input: &[u8]) -> Found {
    let text = String::from_utf8_lossy(input);
    ids(&text)?;
    survives::<EffectKey>(&text)?;
    texts(&text)?;
    addresses(&text)?;
    zones(&text)?;
    links(&text)?;
    logins(&text)
}

/// One input to a door with a defect: a line that begins with an element is taken for one without. Three bytes in
/// their place are more than chance finds; the branches lead there.
pub fn play_planted(input: &[u8]) -> Found {
    let line = Line::new(&String::from_utf8_lossy(input), 100);
    let Ok(line) = line else { return Ok(()) };
    for (byte, place) in b"<b>".iter().zip(0..) {
        if line.as_str().as_bytes().get(place) != Some(byte) {
            return Ok(());
        }
    }
    Err("line: no element".to_owned())
}

fn ids(text: &str) -> Found {
    has_one_spelling::<BookingId>(text)?;
    has_one_spelling::<HostId>(text)?;
    has_one_spelling::<Slug>(text)?;
    has_one_spelling::<QuestionId>(text)
}

/// Whatever is read is written as it was.
pub(crate) fn has_one_spelling<T: FromStr + Display>(text: &str) -> Found {
    match text.parse::<T>() {
        Ok(id) if id.to_string() != text => Err(format!("ids: {id} has another spelling: {text:?}")),
        Ok(id) => is_plain(&id.to_string()),
        Err(_) => Ok(()),
    }
}

/// An id can stand in an address, in a key of the table and in a log.
fn is_plain(id: &str) -> Found {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !id.is_empty() && id.len() <= 60 && id.bytes().all(plain) {
        Ok(())
    } else {
        Err(format!("ids: {id:?} is not plain"))
    }
}

/// Whatever is read is written so that it reads the same.
fn survives<T: FromStr + Display + PartialEq + Debug>(text: &str) -> Found {
    let Ok(read) = text.parse::<T>() else { return Ok(()) };
    match read.to_string().parse::<T>() {
        Ok(again) if again == read => Ok(()),
        Ok(again) => Err(format!("keys: {read:?} becomes {again:?}")),
        Err(_) => Err(format!("keys: {read:?} is written so that nobody can read it")),
    }
}

fn texts(text: &str) -> Found {
    if let Ok(line) = Line::new(text, 100) {
        is_line(line.as_str(), 100)?;
    }
    if let Ok(paragraphs) = Paragraphs::new(text, 2000) {
        is_text(paragraphs.as_str(), 2000)?;
    }
    Ok(())
}

/// Nothing in a line ends it, turns it round or hides in it as a control character.
pub(crate) fn is_line(text: &str, max: usize) -> Found {
    if text.contains(['\n', '\r', '\t']) {
        Err(format!("line: one line: {text:?}"))
    } else {
        is_text(text, max)
    }
}

/// The same of several lines, which end one way.
pub(crate) fn is_text(text: &str, max: usize) -> Found {
    let odd = |c: char| match c {
        '\n' | '\t' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => false,
    };
    let count = text.chars().count();
    if count == 0 || count > max || text.trim() != text || text.chars().any(odd) {
        return Err(format!("text: bounded and without control characters: {text:?}"));
    }
    Ok(())
}

fn addresses(text: &str) -> Found {
    let Ok(address) = text.parse::<EmailAddress>() else { return Ok(()) };
    is_address(address.as_str())?;
    let folded = address.folded().parse::<EmailAddress>().map(|again| again.folded());
    if folded == Ok(address.folded()) {
        Ok(())
    } else {
        Err(format!("address: {address} is folded into none"))
    }
}

/// An address is one mailbox to a second reader too, and nothing in it ends a header, a list or an element.
pub(crate) fn is_address(address: &str) -> Found {
    let broken = |what: &str| Err(format!("address: {what}: {address:?}"));
    let Some((local, domain)) = address.rsplit_once('@') else { return broken("an @") };
    let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte);
    if local.is_empty() || !local.bytes().all(atom) {
        return broken("a local part");
    }
    let host = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
    if !domain.contains('.') || !domain.bytes().all(host) || address.len() > 254 {
        return broken("a domain");
    }
    match mailparse::addrparse(address).as_deref().map(Vec::as_slice) {
        Ok([MailAddr::Single(one)]) if one.addr == address && one.display_name.is_none() => Ok(()),
        _ => broken("one mailbox"),
    }
}

/// A zone is one of the list, by exactly its name.
fn zones(text: &str) -> Found {
    static LISTED: LazyLock<BTreeMap<&str, Tz>> =
        LazyLock::new(|| TZ_VARIANTS.iter().map(|zone| (zone.name(), *zone)).collect());
    let read = text.parse::<Tz>().ok();
    if read == LISTED.get(text).copied() {
        Ok(())
    } else {
        Err(format!("zones: {text:?} is read as {read:?}"))
    }
}

/// Of all texts one opens a booking, and another its calendar file.
fn links(text: &str) -> Found {
    static BOOKING: LazyLock<Booking> = LazyLock::new(booking);
    let keys = [DataKey::new([7; 32]), DataKey::new([8; 32])];
    for opens in [Opens::Booking, Opens::CalendarFile] {
        let rights: Vec<String> = keys.iter().map(|key| secret(key, &BOOKING, opens)).collect();
        opens_alone(&rights, text, is_secret(&keys, &BOOKING, opens, text))?;
        for right in &rights {
            let close = nearly(right, text);
            opens_alone(&rights, &close, is_secret(&keys, &BOOKING, opens, &close))?;
        }
    }
    Ok(())
}

/// A secret has one spelling: any other text is refused.
pub(crate) fn opens_alone(rights: &[String], given: &str, opened: bool) -> Found {
    let right = rights.iter().any(|right| right == given);
    if opened == right { Ok(()) } else { Err(format!("links: {given:?} opens: {opened}")) }
}

/// The right text with what was given in place of its end.
fn nearly(right: &str, given: &str) -> String {
    let end: String = given.chars().take(3).collect();
    let kept = right.len() - end.chars().count().min(right.len());
    format!("{}{end}", &right[..kept])
}

/// Wherever a text is cut into issuer and subject, it is somebody else.
fn logins(text: &str) -> Found {
    let mut cuts = text.char_indices().map(|(place, _)| text.split_at(place));
    let Some((issuer, subject)) = cuts.next() else { return Ok(()) };
    let first = LoginKey::of(issuer, subject);
    match cuts.take(8).find(|(issuer, subject)| LoginKey::of(issuer, subject) == first) {
        Some(cut) => Err(format!("logins: two people have one key: {cut:?}")),
        None => Ok(()),
    }
}

/// The text that base64 for addresses stands for, if it is that.
pub(crate) fn decoded(text: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}
