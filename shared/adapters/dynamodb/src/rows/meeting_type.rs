//! A meeting type.

use std::collections::BTreeMap;

use openslot_domain::ids::Slug;
use openslot_domain::meeting_type::{Assignment, Caps, MeetingType, Mode, Window};
use openslot_domain::questions::{Question, QuestionKind};
use openslot_domain::text::Paragraphs;
use serde::{Deserialize, Serialize};

use super::{LocationKindRow, RowError, line, read};

/// A meeting type as stored.
#[derive(Serialize, Deserialize)]
pub(crate) struct MeetingTypeRow {
    v: u64,
    ti: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    de: Option<String>,
    /// Durations and slot interval, in minutes.
    du: Vec<u32>,
    si: u32,
    /// Location: kind and detail.
    lk: LocationKindRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ld: Option<String>,
    mo: ModeRow,
    ho: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    qs: Vec<QuestionRow>,
    /// Whether a host must approve.
    ap: bool,
    /// Notice, in minutes.
    no: u32,
    wi: WindowRow,
    /// Buffers, in minutes.
    bb: u32,
    ba: u32,
    /// Caps per day and week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cd: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cw: Option<u32>,
    /// Round robin: window in days, and weights.
    rw: u32,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    we: BTreeMap<String, u32>,
    /// Reminders, in minutes before the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    re: Vec<u32>,
    /// Until how long before the start an attendee may change a booking, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cc: Option<u32>,
    on: bool,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ModeRow {
    Single,
    RoundRobin,
    Collective,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WindowRow {
    Open,
    Rolling(u32),
    Fixed(String, String),
}

#[derive(Serialize, Deserialize)]
struct QuestionRow {
    i: String,
    l: String,
    k: QuestionKindRow,
    r: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum QuestionKindRow {
    Text,
    LongText,
    Choice(Vec<String>),
    Checkbox,
    Phone,
    Url,
}

impl MeetingTypeRow {
    pub(crate) fn of(meeting_type: &MeetingType) -> Self {
        assert!(meeting_type.version > 0, "a written meeting type has a version");
        assert!(!meeting_type.durations_mins.is_empty(), "a meeting type has a duration");
        Self {
            v: meeting_type.version,
            ti: meeting_type.title.to_string(),
            de: meeting_type.description.as_ref().map(ToString::to_string),
            du: meeting_type.durations_mins.clone(),
            si: meeting_type.slot_interval_mins,
            lk: LocationKindRow::of(meeting_type.location.kind),
            ld: meeting_type.location.detail.as_ref().map(ToString::to_string),
            mo: ModeRow::of(meeting_type.mode),
            ho: meeting_type.hosts.iter().map(ToString::to_string).collect(),
            qs: meeting_type.questions.iter().map(QuestionRow::of).collect(),
            ap: meeting_type.requires_approval,
            no: meeting_type.notice_mins,
            wi: WindowRow::of(meeting_type.window),
            bb: meeting_type.before_mins,
            ba: meeting_type.after_mins,
            cd: meeting_type.caps.per_day,
            cw: meeting_type.caps.per_week,
            rw: meeting_type.assignment.window_days,
            we: meeting_type
                .assignment
                .weights
                .iter()
                .map(|(id, weight)| (id.to_string(), *weight))
                .collect(),
            re: meeting_type.reminders_mins.clone(),
            cc: Some(meeting_type.cancel_cutoff_mins).filter(|mins| *mins > 0),
            on: meeting_type.active,
        }
    }

    pub(crate) fn meeting_type(self, slug: &Slug) -> Result<MeetingType, RowError> {
        assert!(self.v > 0, "a stored meeting type has a version");
        assert!(!self.du.is_empty(), "a stored meeting type has a duration");
        let description = self.de.as_deref().map(|text| read("de", Paragraphs::new(text, usize::MAX)));
        Ok(MeetingType {
            slug: slug.clone(),
            title: line("ti", &self.ti)?,
            description: description.transpose()?,
            location: self.lk.location(self.ld.as_deref())?,
            mode: self.mo.mode(),
            hosts: self.ho.iter().map(|id| read("ho", id.parse())).collect::<Result<_, _>>()?,
            questions: self.qs.iter().map(QuestionRow::question).collect::<Result<_, _>>()?,
            requires_approval: self.ap,
            notice_mins: self.no,
            window: self.wi.window()?,
            before_mins: self.bb,
            after_mins: self.ba,
            caps: Caps { per_day: self.cd, per_week: self.cw },
            assignment: self.assignment()?,
            slot_interval_mins: self.si,
            durations_mins: self.du,
            reminders_mins: self.re,
            cancel_cutoff_mins: self.cc.unwrap_or(0),
            active: self.on,
            version: self.v,
        })
    }

    fn assignment(&self) -> Result<Assignment, RowError> {
        let weight = |(id, weight): (&String, &u32)| Ok((read("we", id.parse())?, *weight));
        let weights = self.we.iter().map(weight).collect::<Result<_, RowError>>()?;
        Ok(Assignment { window_days: self.rw, weights })
    }
}

impl ModeRow {
    fn of(mode: Mode) -> Self {
        match mode {
            Mode::Single => Self::Single,
            Mode::RoundRobin => Self::RoundRobin,
            Mode::Collective => Self::Collective,
        }
    }

    fn mode(self) -> Mode {
        match self {
            Self::Single => Mode::Single,
            Self::RoundRobin => Mode::RoundRobin,
            Self::Collective => Mode::Collective,
        }
    }
}

impl WindowRow {
    fn of(window: Window) -> Self {
        match window {
            Window::Open => Self::Open,
            Window::Rolling { days } => Self::Rolling(days),
            Window::Fixed { from, to } => Self::Fixed(from.to_string(), to.to_string()),
        }
    }

    fn window(&self) -> Result<Window, RowError> {
        Ok(match self {
            Self::Open => Window::Open,
            Self::Rolling(days) => Window::Rolling { days: *days },
            Self::Fixed(from, to) => {
                Window::Fixed { from: read("wi", from.parse())?, to: read("wi", to.parse())? }
            }
        })
    }
}

impl QuestionRow {
    fn of(question: &Question) -> Self {
        Self {
            i: question.id.to_string(),
            l: question.label.to_string(),
            k: QuestionKindRow::of(&question.kind),
            r: question.required,
        }
    }

    fn question(&self) -> Result<Question, RowError> {
        Ok(Question {
            id: read("qs", self.i.parse())?,
            label: line("qs", &self.l)?,
            kind: self.k.kind()?,
            required: self.r,
        })
    }
}

impl QuestionKindRow {
    fn of(kind: &QuestionKind) -> Self {
        match kind {
            QuestionKind::Text => Self::Text,
            QuestionKind::LongText => Self::LongText,
            QuestionKind::Choice(choices) => Self::Choice(choices.iter().map(ToString::to_string).collect()),
            QuestionKind::Checkbox => Self::Checkbox,
            QuestionKind::Phone => Self::Phone,
            QuestionKind::Url => Self::Url,
        }
    }

    fn kind(&self) -> Result<QuestionKind, RowError> {
        Ok(match self {
            Self::Text => QuestionKind::Text,
            Self::LongText => QuestionKind::LongText,
            Self::Choice(choices) => QuestionKind::Choice(
                choices.iter().map(|choice| line("qs", choice)).collect::<Result<_, _>>()?,
            ),
            Self::Checkbox => QuestionKind::Checkbox,
            Self::Phone => QuestionKind::Phone,
            Self::Url => QuestionKind::Url,
        })
    }
}
