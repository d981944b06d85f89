//! Letters about bookings in which every text is whatever came.

use openslot_domain::booking::{Booking, Guest, Inviter, Source};
use openslot_domain::effects::Recipient;
use openslot_domain::meeting_type::{Location, LocationKind};
use openslot_domain::questions::{Answer, AnswerValue, Question, QuestionKind, RawAnswer, fit, is_phone};
use openslot_domain::text::{EmailAddress, Line, Paragraphs};
use openslot_letters::Letter;

use crate::checks::{Found, MESSAGE_ID, check_headers, check_lines};
use crate::lives::{Life, lives};
use crate::oracle;
use crate::read::{elements, object};
use crate::world::{booking, line, now, recipients};

/// What stands between two texts of an input; no text can hold it.
const BETWEEN: u8 = 0x1f;

/// One input: which life, whose letter and in which language, then the texts.
///
/// The texts are held to the limits of the door, and one that does not pass leaves the booking as it was.
pub fn play(input: &[u8]) -> Found {
    let [life, reader, texts @ ..] = input else { return Ok(()) };
    let mut texts = Texts(texts);
    let booking = attacked(&mut texts, *reader);
    let reason = texts.paragraphs(1000);
    let lives = lives(&booking, reason.as_ref());
    let life = &lives[usize::from(*life) % lives.len()];
    let recipients = recipients(&life.booking);
    let recipient = &recipients[usize::from(*reader) % recipients.len()];
    guests(life, recipient).and_then(|()| team(life, recipient, &mut texts))
}

/// Guests' texts are data everywhere: the promises that the properties of the letters are held to.
fn guests(life: &Life, recipient: &Recipient) -> Found {
    oracle::check(life, recipient).map_err(|broken| format!("{}: {broken}", life.name))
}

/// Team texts may lead somewhere, but make no header, no element and no property either.
fn team(life: &Life, recipient: &Recipient, texts: &mut Texts<'_>) -> Found {
    let Some((wild, tame)) = teamed(&life.booking, texts) else { return Ok(()) };
    is_sound_team(&life.with(wild).letter(recipient), &life.with(tame).letter(recipient))
}

/// What team texts make of a letter, beside the same letter with harmless ones.
pub(crate) fn is_sound_team(wild: &Letter, tame: &Letter) -> Found {
    check_headers(&wild.mime(MESSAGE_ID, now()), wild)?;
    if shape(&wild.html) != shape(&tame.html) {
        return Err("html: no team text makes an element".to_owned());
    }
    match (&wild.calendar, &tame.calendar) {
        (Some(wild), Some(tame)) => has_properties_of(&wild.ics, &tame.ics),
        (None, None) => Ok(()),
        (Some(_), None) | (None, Some(_)) => Err("calendar: does not come and go with a text".to_owned()),
    }
}

/// The elements of a page, without what the links that fill a calendar in carry along.
fn shape(html: &str) -> Vec<String> {
    let without_query = |element: String| match element.split_once('?') {
        Some((head, tail)) => format!("{head} {}", tail.split_once(' ').map_or("", |(_, tail)| tail)),
        None => element,
    };
    elements(html).into_iter().map(without_query).collect()
}

fn has_properties_of(wild: &str, tame: &str) -> Found {
    check_lines(wild)?;
    let names = |ics: &str| -> Result<Vec<String>, String> {
        Ok(object(ics)?.event.into_iter().map(|property| property.name).collect())
    };
    if names(wild)? == names(tame)? {
        Ok(())
    } else {
        Err("calendar: no team text makes a property".to_owned())
    }
}

/// The booking with further texts as its title, host, labels and place, and the same with harmless ones.
fn teamed(booking: &Booking, texts: &mut Texts<'_>) -> Option<(Booking, Booking)> {
    let given = [(); 4].map(|()| texts.line(200));
    let with = |[title, name, label, place]: &[Option<Line>; 4]| {
        let mut booking = booking.clone();
        let (first, others) = (&mut booking.hosts[0], &mut booking.answers);
        put(title.as_ref(), &mut booking.title);
        put(name.as_ref(), &mut first.name);
        for answer in others {
            put(label.as_ref(), &mut answer.label);
        }
        if let Some(place) = place {
            booking.location = Location { kind: LocationKind::InPerson, detail: Some(place.clone()) };
        }
        booking
    };
    given[0].as_ref()?;
    let tame = given.each_ref().map(|text| text.as_ref().map(|_| line("x")));
    Some((with(&given), with(&tame)))
}

fn put<T: Clone>(given: Option<&T>, place: &mut T) {
    if let Some(given) = given {
        place.clone_from(given);
    }
}

/// A booking whose guests wrote the texts.
fn attacked(texts: &mut Texts<'_>, choices: u8) -> Booking {
    let mut booking = booking();
    put(texts.line(100).as_ref(), &mut booking.attendee.name);
    put(texts.address().as_ref(), &mut booking.attendee.email);
    booking.attendee.phone = texts.line(40).filter(|phone| is_phone(phone.as_str()));
    let coming = [(); 2].map(|()| (texts.address(), texts.line(100)));
    let guest = |(email, name): (Option<EmailAddress>, _)| Some(Guest { email: email?, name });
    booking.guests = coming.into_iter().filter_map(guest).collect();
    booking.answers = [("topic", QuestionKind::Text), ("more", QuestionKind::LongText)]
        .into_iter()
        .filter_map(|(id, kind)| answered(id, kind, texts.next()?))
        .collect();
    booking.note = texts.paragraphs(2000);
    let [page, referrer, form_id] = [2000, 2000, 200].map(|max| texts.line(max));
    booking.source = Source { form_id, page, referrer, utm: Vec::new() };
    booking.locale = (choices & 0x80 != 0).then(|| line("de-AT"));
    booking.inviter = if choices & 0x40 == 0 { Inviter::Letters } else { Inviter::Calendar };
    booking
}

/// The text as an answer, if the question takes it.
fn answered(id: &str, kind: QuestionKind, text: String) -> Option<Answer> {
    let id = id.parse().expect("the ids here are well formed");
    let question = Question { id, label: line("Topic"), kind, required: false };
    let said = [(question.id.to_string(), RawAnswer::Text(text))];
    fit(&[question], &said).ok()?.pop().filter(|answer| matches!(answer.value, AnswerValue::Text(_)))
}

/// The texts of an input, in order; bytes that are no text are replaced.
struct Texts<'a>(&'a [u8]);

impl Texts<'_> {
    fn next(&mut self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let end = self.0.iter().position(|byte| *byte == BETWEEN).unwrap_or(self.0.len());
        let text = String::from_utf8_lossy(&self.0[..end]).into_owned();
        self.0 = self.0.get(end + 1..).unwrap_or_default();
        Some(text)
    }

    fn line(&mut self, max: usize) -> Option<Line> {
        Line::new(&self.next()?, max).ok()
    }

    fn paragraphs(&mut self, max: usize) -> Option<Paragraphs> {
        Paragraphs::new(&self.next()?, max).ok()
    }

    fn address(&mut self) -> Option<EmailAddress> {
        self.next()?.parse().ok()
    }
}
