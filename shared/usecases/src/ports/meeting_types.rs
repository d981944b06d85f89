//! Meeting types.

use std::future::Future;

use openslot_domain::ids::Slug;
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::text::Line;

use super::{Consistency, Failure, Saved};

/// Reads one meeting type.
pub trait FindMeetingType {
    /// The meeting type, or `None` when there is none of that name. Reads only.
    fn find_meeting_type(
        &self,
        slug: &Slug,
        consistency: Consistency,
    ) -> impl Future<Output = Result<Option<MeetingType>, Failure>> + Send;
}

/// Reads the directory of meeting types.
pub trait ListMeetingTypes {
    /// Slug and title of every meeting type, by slug. Reads only; may lag a moment behind a write.
    fn list_meeting_types(&self) -> impl Future<Output = Result<Vec<(Slug, Line)>, Failure>> + Send;
}

/// Writes one meeting type.
pub trait SaveMeetingType {
    /// Writes it with its directory row, if the stored version is still `read` (`None`: there is none yet).
    ///
    /// `meeting_type.version` must be higher than `read`. Repeating a save that was applied answers
    /// [`Saved::Overtaken`].
    fn save_meeting_type(
        &self,
        meeting_type: &MeetingType,
        read: Option<u64>,
    ) -> impl Future<Output = Result<Saved, Failure>> + Send;
}
