//! A request, fitted to its meeting type.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use openslot_domain::booking::{BookedHost, Booking, Granted, Guest, Inviter, State, Step};
use openslot_domain::host::HostSnapshot;
use openslot_domain::ids::BookingId;
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::questions::{self, Answer};
use openslot_domain::text::EmailAddress;

use super::Request;
use crate::refusals::Flaw;

/// What of a booking is known before anybody is chosen to take it.
pub(super) struct Draft<'a> {
    request: &'a Request,
    pub(super) duration_mins: u32,
    pub(super) recipients: Vec<EmailAddress>,
    answers: Vec<Answer>,
}

/// The guests of a request, each once; the attendee is none of them.
fn guests(request: &Request) -> Vec<Guest> {
    let mut seen = BTreeSet::from([request.attendee.email.folded()]);
    request.guests.iter().filter(|guest| seen.insert(guest.email.folded())).cloned().collect()
}

/// Everybody who gets a letter for having been named in a request.
pub(super) fn recipients(request: &Request) -> Vec<EmailAddress> {
    let guests = guests(request).into_iter().map(|guest| guest.email);
    std::iter::once(request.attendee.email.clone()).chain(guests).collect()
}

impl<'a> Draft<'a> {
    /// The request with its default duration and fitted answers, or everything in it that does not fit.
    pub(super) fn of(request: &'a Request, meeting_type: &MeetingType) -> Result<Self, Vec<Flaw>> {
        let mut flaws = Vec::new();
        let duration_mins = request.duration_mins.unwrap_or(meeting_type.durations_mins[0]);
        if !meeting_type.durations_mins.contains(&duration_mins) {
            let offered: Vec<String> = meeting_type.durations_mins.iter().map(ToString::to_string).collect();
            let detail = format!("must be one of {} minutes", offered.join(", "));
            flaws.push(Flaw::new("/duration_minutes", "not_offered", detail));
        }
        if request.host.as_ref().is_some_and(|host| !meeting_type.hosts.contains(host)) {
            flaws.push(Flaw::new("/host", "unknown", "is not a host of this meeting type"));
        }
        let answers = questions::fit(&meeting_type.questions, &request.answers).unwrap_or_else(|errors| {
            flaws.extend(errors.iter().map(|(id, error)| answer_flaw(id, error)));
            Vec::new()
        });
        let recipients = recipients(request);
        if flaws.is_empty() { Ok(Self { request, duration_mins, recipients, answers }) } else { Err(flaws) }
    }

    /// The booking, once somebody is there to take it.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is one fact of the booking, and this is where they meet"
    )]
    pub(super) fn booking(
        self,
        id: BookingId,
        request_hash: [u8; 32],
        nonce: [u8; 16],
        meeting_type: &MeetingType,
        hosts: &[&HostSnapshot],
        granted: Granted,
        now: DateTime<Utc>,
    ) -> Booking {
        Booking {
            id,
            revision: 0,
            state: if meeting_type.requires_approval { State::Pending } else { State::Confirmed },
            meeting_type: meeting_type.slug.clone(),
            title: meeting_type.title.clone(),
            core: granted.core,
            before_mins: meeting_type.before_mins,
            after_mins: meeting_type.after_mins,
            time_zone: self.request.time_zone,
            locale: self.request.locale.clone(),
            hosts: hosts.iter().map(|snapshot| booked_host(snapshot)).collect(),
            attendee: self.request.attendee.clone(),
            guests: guests(self.request),
            answers: self.answers,
            note: self.request.note.clone(),
            source: self.request.source.clone(),
            location: meeting_type.location.clone(),
            created_at: now,
            reminders_mins: meeting_type.reminders_mins.clone(),
            nonce,
            request_hash,
            counts_seen: granted.counts_seen,
            inviter: Inviter::Letters,
            history: vec![Step::booked(now)],
            operations: Vec::new(),
            version: 1,
        }
    }
}

fn answer_flaw(id: &str, error: &questions::AnswerError) -> Flaw {
    let code = match error {
        questions::AnswerError::Missing => "required",
        questions::AnswerError::Unknown => "unknown",
        questions::AnswerError::Kind(_) => "type",
        questions::AnswerError::NotAChoice => "not_offered",
        questions::AnswerError::NotAPhone | questions::AnswerError::NotAUrl => "format",
        questions::AnswerError::Text(_) => "text",
    };
    Flaw::new(format!("/answers/{}", id.replace('~', "~0").replace('/', "~1")), code, error.to_string())
}

fn booked_host(snapshot: &HostSnapshot) -> BookedHost {
    let host = &snapshot.host;
    BookedHost {
        id: host.id.clone(),
        name: host.name.clone(),
        email: host.email.clone(),
        time_zone: host.schedule.zone,
    }
}
