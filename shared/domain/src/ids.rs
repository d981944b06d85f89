//! Names of things, each its own type, each valid once made.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Why a text is not an id of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IdError {
    /// Not of the allowed length.
    #[error("must have 1 to {max} characters")]
    Length {
        /// The most there may be.
        max: usize,
    },
    /// A character that may not stand there.
    #[error("may hold only lower-case letters, digits and hyphens, and starts with a letter or digit")]
    Character,
}

fn checked(text: &str, max: usize) -> Result<String, IdError> {
    if text.is_empty() || text.len() > max {
        return Err(IdError::Length { max });
    }
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let first = text.as_bytes()[0];
    if !allowed(first) || !text.bytes().all(|byte| allowed(byte) || byte == b'-') {
        return Err(IdError::Character);
    }
    Ok(text.to_owned())
}

macro_rules! name_id {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                checked(text, $max).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name_id!(
    /// A host. Never changes, never reused.
    HostId,
    40
);
name_id!(
    /// A meeting type, as it stands in its page's address.
    Slug,
    60
);
name_id!(
    /// A question of a meeting type.
    QuestionId,
    40
);

/// A booking: 16 bytes, written as 32 hexadecimal digits.
///
/// Derived from the meeting type and the `Idempotency-Key`, so that a repeated request finds the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookingId([u8; 16]);

impl BookingId {
    /// The id with these bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes of the id.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Which of `shards` queues holds the work this booking owes.
    pub fn shard(&self, shards: u8) -> u8 {
        self.0[0] % shards
    }
}

impl fmt::Display for BookingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A text that is not 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is not a booking id")]
pub struct NotABookingId;

impl FromStr for BookingId {
    type Err = NotABookingId;

    fn from_str(text: &str) -> Result<Self, NotABookingId> {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if text.len() != 32 || !digits(text) {
            return Err(NotABookingId);
        }
        let number = u128::from_str_radix(text, 16).map_err(|_| NotABookingId)?;
        Ok(Self(number.to_be_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_booking_id_survives_its_text() {
        let id = BookingId::from_bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 250, 251, 252, 253, 254, 255]);
        assert_eq!(id.to_string(), "00010203040506070809fafbfcfdfeff");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn a_booking_id_has_one_spelling() {
        for text in ["", "00", "00010203040506070809FAFBFCFDFEFF", "+0010203040506070809fafbfcfdfeff"] {
            assert_eq!(text.parse::<BookingId>(), Err(NotABookingId), "{text}");
        }
    }

    #[test]
    fn a_slug_is_plain() {
        assert!("intro-15".parse::<Slug>().is_ok());
        for text in ["", "-intro", "In", "a b", "a/b", "a#b", "ä", &"a".repeat(61)] {
            assert!(text.parse::<Slug>().is_err(), "{text}");
        }
    }
}
