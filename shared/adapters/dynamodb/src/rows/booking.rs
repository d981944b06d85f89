//! A booking: everything of it in one item.

use openslot_domain::booking::{
    Attendee, BookedHost, Booking, Candidate, Guest, Inviter, Source, State, Step,
};
use openslot_domain::ids::BookingId;
use openslot_domain::interval::Interval;
use openslot_domain::questions::{Answer, AnswerValue};
use openslot_domain::text::Paragraphs;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;

use super::history::{StepRow, operation, operation_row};
use super::{LocationKindRow, RowError, instant, instant_text, line, read, wrong};

/// A booking as stored.
#[derive(Serialize, Deserialize)]
pub(crate) struct BookingRow {
    rev: u32,
    st: StateRow,
    /// Meeting type and its title.
    mt: String,
    ti: String,
    /// The core, in Unix seconds: start and end.
    cs: i64,
    ce: i64,
    /// Buffers, in minutes.
    #[serde(default, skip_serializing_if = "is_zero")]
    bb: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    ba: u32,
    tz: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lo: Option<String>,
    ho: Vec<BookedHostRow>,
    /// The attendee: name, address, phone.
    an: String,
    am: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ap: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    gu: Vec<GuestRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    qa: Vec<AnswerRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    no: Option<String>,
    #[serde(default, skip_serializing_if = "SourceRow::is_empty")]
    so: SourceRow,
    /// Location: kind and detail.
    lk: LocationKindRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ld: Option<String>,
    at: String,
    /// How long before the start it reminds, in minutes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    re: Vec<u32>,
    nc: ByteArray<16>,
    rh: ByteArray<32>,
    /// The counts that round robin saw.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rr: Vec<CandidateRow>,
    iv: InviterRow,
    /// What was done to it since it was booked, and by which requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hi: Vec<StepRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    op: Vec<ByteArray<16>>,
    /// The version, from the first write after the one that made it on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    v: Option<u64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes what it asks about by reference")]
fn is_zero(mins: &u32) -> bool {
    *mins == 0
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StateRow {
    Confirmed,
    Pending,
    Cancelled,
    Declined,
}

#[derive(Serialize, Deserialize)]
struct BookedHostRow {
    i: String,
    n: String,
    m: String,
    tz: String,
}

#[derive(Serialize, Deserialize)]
struct GuestRow {
    m: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<String>,
}

/// An answer: words in `t`, yes or no in `f`.
#[derive(Serialize, Deserialize)]
struct AnswerRow {
    i: String,
    l: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    t: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    f: Option<bool>,
}

#[derive(Default, Serialize, Deserialize)]
struct SourceRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    f: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    p: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    r: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    u: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct CandidateRow {
    h: String,
    n: u32,
    w: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum InviterRow {
    Letters,
    Calendar,
}

impl BookingRow {
    pub(crate) fn of(booking: &Booking) -> Self {
        assert!(!booking.hosts.is_empty(), "somebody takes every booking");
        let first = Step::booked(booking.created_at);
        assert!(booking.history.first() == Some(&first), "every history begins with its booking");
        Self {
            rev: booking.revision,
            st: StateRow::of(booking.state),
            mt: booking.meeting_type.to_string(),
            ti: booking.title.to_string(),
            cs: booking.core.start_secs(),
            ce: booking.core.end_secs(),
            bb: booking.before_mins,
            ba: booking.after_mins,
            tz: booking.time_zone.name().to_owned(),
            lo: booking.locale.as_ref().map(ToString::to_string),
            ho: booking.hosts.iter().map(BookedHostRow::of).collect(),
            an: booking.attendee.name.to_string(),
            am: booking.attendee.email.to_string(),
            ap: booking.attendee.phone.as_ref().map(ToString::to_string),
            gu: booking.guests.iter().map(GuestRow::of).collect(),
            qa: booking.answers.iter().map(AnswerRow::of).collect(),
            no: booking.note.as_ref().map(ToString::to_string),
            so: SourceRow::of(&booking.source),
            lk: LocationKindRow::of(booking.location.kind),
            ld: booking.location.detail.as_ref().map(ToString::to_string),
            at: instant_text(booking.created_at),
            re: booking.reminders_mins.clone(),
            nc: ByteArray::new(booking.nonce),
            rh: ByteArray::new(booking.request_hash),
            rr: booking.counts_seen.iter().map(CandidateRow::of).collect(),
            iv: InviterRow::of(booking.inviter),
            hi: booking.history.iter().skip(1).map(StepRow::of).collect(),
            op: booking.operations.iter().map(operation_row).collect(),
            v: later_version(booking.version),
        }
    }

    pub(crate) fn booking(&self, id: &BookingId) -> Result<Booking, RowError> {
        assert!(!self.ho.is_empty(), "somebody takes every stored booking");
        Ok(Booking {
            id: *id,
            revision: self.rev,
            state: self.st.state(),
            meeting_type: read("mt", self.mt.parse())?,
            title: line("ti", &self.ti)?,
            core: Interval::from_secs(self.cs, self.ce).ok_or_else(|| wrong("ce"))?,
            before_mins: self.bb,
            after_mins: self.ba,
            time_zone: read("tz", self.tz.parse())?,
            locale: self.lo.as_deref().map(|text| line("lo", text)).transpose()?,
            hosts: self.ho.iter().map(BookedHostRow::host).collect::<Result<_, _>>()?,
            attendee: self.attendee()?,
            guests: self.gu.iter().map(GuestRow::guest).collect::<Result<_, _>>()?,
            answers: self.qa.iter().map(AnswerRow::answer).collect::<Result<_, _>>()?,
            note: self.no.as_deref().map(|text| paragraphs("no", text)).transpose()?,
            source: self.so.source()?,
            location: self.lk.location(self.ld.as_deref())?,
            created_at: instant("at", &self.at)?,
            reminders_mins: self.re.clone(),
            nonce: *self.nc,
            request_hash: *self.rh,
            counts_seen: self.rr.iter().map(CandidateRow::candidate).collect::<Result<_, _>>()?,
            inviter: self.iv.inviter(),
            history: self.history()?,
            operations: self.op.iter().map(operation).collect(),
            version: self.v.unwrap_or(FIRST_VERSION),
        })
    }

    fn history(&self) -> Result<Vec<Step>, RowError> {
        let first = Step::booked(instant("at", &self.at)?);
        std::iter::once(Ok(first)).chain(self.hi.iter().map(StepRow::step)).collect()
    }

    fn attendee(&self) -> Result<Attendee, RowError> {
        Ok(Attendee {
            name: line("an", &self.an)?,
            email: read("am", self.am.parse())?,
            phone: self.ap.as_deref().map(|text| line("ap", text)).transpose()?,
        })
    }
}

/// The version of a booking that nobody has changed since; such an item says nothing of it.
const FIRST_VERSION: u64 = 1;

/// The version as it stands in an item, for conditions on it.
pub(crate) fn later_version(version: u64) -> Option<u64> {
    assert!(version >= FIRST_VERSION, "a written booking has a version");
    Some(version).filter(|version| *version > FIRST_VERSION)
}

/// Text of any length: its limit was checked when it came in, and may have changed.
pub(super) fn paragraphs(name: &'static str, text: &str) -> Result<Paragraphs, RowError> {
    read(name, Paragraphs::new(text, usize::MAX))
}

impl StateRow {
    fn of(state: State) -> Self {
        match state {
            State::Confirmed => Self::Confirmed,
            State::Pending => Self::Pending,
            State::Cancelled => Self::Cancelled,
            State::Declined => Self::Declined,
        }
    }

    fn state(self) -> State {
        match self {
            Self::Confirmed => State::Confirmed,
            Self::Pending => State::Pending,
            Self::Cancelled => State::Cancelled,
            Self::Declined => State::Declined,
        }
    }
}

/// How the state stands in a stored booking, for conditions on it.
pub(crate) fn state_text(state: State) -> &'static str {
    match state {
        State::Confirmed => "confirmed",
        State::Pending => "pending",
        State::Cancelled => "cancelled",
        State::Declined => "declined",
    }
}

impl BookedHostRow {
    fn of(host: &BookedHost) -> Self {
        Self {
            i: host.id.to_string(),
            n: host.name.to_string(),
            m: host.email.to_string(),
            tz: host.time_zone.name().to_owned(),
        }
    }

    fn host(&self) -> Result<BookedHost, RowError> {
        Ok(BookedHost {
            id: read("ho", self.i.parse())?,
            name: line("ho", &self.n)?,
            email: read("ho", self.m.parse())?,
            time_zone: read("ho", self.tz.parse())?,
        })
    }
}

impl GuestRow {
    fn of(guest: &Guest) -> Self {
        Self { m: guest.email.to_string(), n: guest.name.as_ref().map(ToString::to_string) }
    }

    fn guest(&self) -> Result<Guest, RowError> {
        let name = self.n.as_deref().map(|text| line("gu", text)).transpose()?;
        Ok(Guest { email: read("gu", self.m.parse())?, name })
    }
}

impl AnswerRow {
    fn of(answer: &Answer) -> Self {
        let (t, f) = match &answer.value {
            AnswerValue::Text(text) => (Some(text.to_string()), None),
            AnswerValue::Flag(yes) => (None, Some(*yes)),
        };
        Self { i: answer.id.to_string(), l: answer.label.to_string(), t, f }
    }

    fn answer(&self) -> Result<Answer, RowError> {
        let value = match (&self.t, self.f) {
            (Some(text), None) => AnswerValue::Text(paragraphs("qa", text)?),
            (None, Some(yes)) => AnswerValue::Flag(yes),
            (Some(_), Some(_)) | (None, None) => return Err(wrong("qa")),
        };
        Ok(Answer { id: read("qa", self.i.parse())?, label: line("qa", &self.l)?, value })
    }
}

impl SourceRow {
    fn of(source: &Source) -> Self {
        let text = |line: &Option<_>| line.as_ref().map(ToString::to_string);
        Self {
            f: text(&source.form_id),
            p: text(&source.page),
            r: text(&source.referrer),
            u: source.utm.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.f.is_none() && self.p.is_none() && self.r.is_none() && self.u.is_empty()
    }

    fn source(&self) -> Result<Source, RowError> {
        let optional = |text: &Option<String>| text.as_deref().map(|text| line("so", text)).transpose();
        let mark = |(name, value): &(String, String)| Ok((line("so", name)?, line("so", value)?));
        Ok(Source {
            form_id: optional(&self.f)?,
            page: optional(&self.p)?,
            referrer: optional(&self.r)?,
            utm: self.u.iter().map(mark).collect::<Result<_, RowError>>()?,
        })
    }
}

impl CandidateRow {
    fn of(candidate: &Candidate) -> Self {
        Self {
            h: candidate.host.to_string(),
            n: candidate.live,
            w: candidate.weight,
            at: candidate.last_booked_at.map(instant_text),
        }
    }

    fn candidate(&self) -> Result<Candidate, RowError> {
        Ok(Candidate {
            host: read("rr", self.h.parse())?,
            live: self.n,
            weight: self.w,
            last_booked_at: self.at.as_deref().map(|text| instant("rr", text)).transpose()?,
        })
    }
}

impl InviterRow {
    fn of(inviter: Inviter) -> Self {
        match inviter {
            Inviter::Letters => Self::Letters,
            Inviter::Calendar => Self::Calendar,
        }
    }

    fn inviter(self) -> Inviter {
        match self {
            Self::Letters => Inviter::Letters,
            Self::Calendar => Inviter::Calendar,
        }
    }
}
