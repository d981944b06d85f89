//! Who signs in, and as whom.

use crate::booking::Booking;
use crate::ids::HostId;

/// What somebody who has signed in is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// As which host.
    pub host: HostId,
    /// How far the word of this host reaches.
    pub role: Role,
}

/// How far a host's word reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Itself, and its own bookings.
    Member,
    /// Everybody.
    Admin,
}

impl Login {
    /// A host that reaches no other.
    pub fn member(host: HostId) -> Self {
        Self { host, role: Role::Member }
    }

    /// Whether this booking is one that the host may see and change.
    pub fn reaches(&self, booking: &Booking) -> bool {
        match self.role {
            Role::Admin => true,
            Role::Member => booking.hosts.iter().any(|booked| booked.id == self.host),
        }
    }
}
