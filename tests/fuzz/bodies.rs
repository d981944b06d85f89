//! Bodies of every request that writes, at the door.

use openslot_domain::booking::{Attendee, Source};
use openslot_domain::questions::{Answer, AnswerValue, Question, QuestionKind, RawAnswer, fit};
use openslot_domain::text::{Line, Paragraphs};
use openslot_wire::{BODY_BYTES_MAX, Cancellation, Decline, ERRORS_MAX, Move, NewBooking, Problem, Wrong};
use serde_json::Value;

use crate::checks::Found;
use crate::names::{is_address, is_line, is_text};

/// The name of the one header that the door reads.
const KEY: &str = "Idempotency-Key";

/// One input: a byte for the route, the rest of its line as `Idempotency-Key`, then the body.
pub fn play(input: &[u8]) -> Found {
    let Some((route, key, body)) = taken_apart(input) else { return Ok(()) };
    match route % 4 {
        0 => judged(body, Decline::read(body), |decline| bounded(decline.reason.as_ref(), 1000)),
        1 => judged(body, Move::read(body, &[key]), |moved| is_sound_move(body, moved)),
        2 => judged(body, NewBooking::read(body, &[key]), |booking| is_sound_booking(body, booking)),
        _ => judged(body, Cancellation::read(body, &[key]), |given_up| is_sound_cancellation(body, given_up)),
    }
}

fn taken_apart(input: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (route, rest) = input.split_first()?;
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let body = &rest[end + 1..];
    Some((*route, &rest[..end], &body[..body.len().min(BODY_BYTES_MAX)]))
}

/// What passes is sound, and what does not is told why.
fn judged<T>(body: &[u8], read: Result<T, Vec<Wrong>>, sound: impl FnOnce(&T) -> Found) -> Found {
    match read {
        Ok(passed) => sound(&passed),
        Err(wrongs) => is_sound_refusal(body, &wrongs),
    }
}

/// A refusal names what is wrong, a place in the body or the header, in words of ours and not too many of them.
pub(crate) fn is_sound_refusal(body: &[u8], wrongs: &[Wrong]) -> Found {
    if wrongs.is_empty() || wrongs.len() > ERRORS_MAX {
        return Err(format!("refusal: {} things are wrong", wrongs.len()));
    }
    for wrong in wrongs {
        let brief = wrong.pointer.chars().count() <= 201 && wrong.detail.len() <= 120;
        let ours = wrong.detail.chars().all(|c| c.is_ascii() && !c.is_ascii_control());
        if !brief || !ours || wrong.code.is_empty() {
            return Err(format!("refusal: brief and in our words: {wrong:?}"));
        }
    }
    leads_somewhere(body, wrongs)?;
    is_sound_reply(wrongs)
}

/// The reply is JSON, lists all of it, and is not much larger than what it answers.
fn is_sound_reply(wrongs: &[Wrong]) -> Found {
    let reply = serde_json::to_vec(&Problem::invalid(wrongs.to_vec())).map_err(|error| error.to_string())?;
    let read: Value =
        serde_json::from_slice(&reply).map_err(|error| format!("refusal: unreadable: {error}"))?;
    let listed = read["errors"].as_array().map_or(0, Vec::len);
    if listed == wrongs.len() && reply.len() <= 256 * 1024 {
        return Ok(());
    }
    Err(format!("refusal: {listed} of {} in {} bytes", wrongs.len(), reply.len()))
}

/// Every pointer is one into the body as a second reader reads it.
fn leads_somewhere(body: &[u8], wrongs: &[Wrong]) -> Found {
    let has = |code| wrongs.iter().any(|wrong| wrong.code == code);
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        let said = has("malformed") || has("too_deep") || wrongs.len() == ERRORS_MAX;
        return if said {
            Ok(())
        } else {
            Err(format!("refusal: what is no JSON is said to be none: {wrongs:?}"))
        };
    };
    if has("malformed") {
        return Err("refusal: what is JSON is not called malformed".to_owned());
    }
    // The second reader keeps the other one of two members of one name.
    if has("duplicate") {
        return Ok(());
    }
    let whole = |wrong: &&Wrong| wrong.pointer != KEY && !wrong.pointer.ends_with('…');
    match wrongs.iter().filter(whole).find(|wrong| !is_there(&value, wrong)) {
        Some(wrong) => Err(format!("refusal: leads to a place in the body: {wrong:?}")),
        None => Ok(()),
    }
}

/// Whether the place is there, or its object is where it is missed.
fn is_there(value: &Value, wrong: &Wrong) -> bool {
    let missing = || value.pointer(&wrong.pointer).is_none_or(Value::is_null);
    match (wrong.code, wrong.pointer.rsplit_once('/')) {
        ("required", Some((parent, _))) => value.pointer(parent).is_some_and(Value::is_object) && missing(),
        ("required", None) => false,
        _ => value.pointer(&wrong.pointer).is_some(),
    }
}

/// Everything in a booking that passed is bounded and of its kind, and its one spelling says the same.
pub(crate) fn is_sound_booking(body: &[u8], booking: &NewBooking) -> Found {
    is_sound_attendee(&booking.attendee)?;
    within("guests", booking.guests.len(), 0, 10)?;
    for guest in &booking.guests {
        is_address(guest.email.as_str())?;
        one_line(guest.name.as_ref(), 100)?;
    }
    bounded(booking.note.as_ref(), 2000)?;
    one_line(booking.locale.as_ref(), 35)?;
    is_sound_source(&booking.source)?;
    is_sound_time(booking.duration_mins, &booking.idempotency_key)?;
    within("answers", booking.answers.len(), 0, 30)?;
    are_sound_answers(&booking.answers)?;
    is_one_spelling(body, &booking.canonical)?;
    let again = NewBooking::read(&booking.canonical, &[booking.idempotency_key.as_bytes()]);
    same_again(&again, booking)
}

fn is_sound_attendee(attendee: &Attendee) -> Found {
    is_line(attendee.name.as_str(), 100)?;
    is_address(attendee.email.as_str())?;
    let phone = attendee.phone.as_ref().map(Line::as_str).unwrap_or_default();
    let dialled = phone.bytes().all(|byte| byte.is_ascii_digit() || b" +-()./".contains(&byte));
    if dialled && phone.len() <= 40 { Ok(()) } else { Err(format!("phone: can be dialled: {phone}")) }
}

fn is_sound_source(source: &Source) -> Found {
    one_line(source.form_id.as_ref(), 200)?;
    one_line(source.page.as_ref(), 2000)?;
    one_line(source.referrer.as_ref(), 2000)?;
    within("utm", source.utm.len(), 0, 10)?;
    source.utm.iter().try_for_each(|(name, value)| {
        is_line(name.as_str(), 200)?;
        is_line(value.as_str(), 200)
    })
}

fn is_sound_time(duration_mins: Option<u32>, key: &str) -> Found {
    within("minutes", usize::try_from(duration_mins.unwrap_or(1)).unwrap_or(usize::MAX), 1, 1440)?;
    within("key", key.len(), 8, 128)?;
    let visible = key.bytes().all(|byte| byte.is_ascii_graphic());
    if visible { Ok(()) } else { Err(format!("key: visible characters: {key:?}")) }
}

fn is_sound_move(body: &[u8], moved: &Move) -> Found {
    is_sound_time(moved.duration_mins, &moved.idempotency_key)?;
    is_one_spelling(body, &moved.canonical)?;
    same_again(&Move::read(&moved.canonical, &[moved.idempotency_key.as_bytes()]), moved)
}

fn is_sound_cancellation(body: &[u8], given_up: &Cancellation) -> Found {
    bounded(given_up.reason.as_ref(), 1000)?;
    is_sound_time(None, &given_up.idempotency_key)?;
    is_one_spelling(body, &given_up.canonical)?;
    same_again(&Cancellation::read(&given_up.canonical, &[given_up.idempotency_key.as_bytes()]), given_up)
}

fn same_again<T: PartialEq>(again: &Result<T, Vec<Wrong>>, first: &T) -> Found {
    match again {
        Ok(again) if again == first => Ok(()),
        Ok(_) => Err("spelling: the one spelling says something else".to_owned()),
        Err(wrongs) => Err(format!("spelling: the one spelling is refused: {wrongs:?}")),
    }
}

/// The spelling by which repeats are told is the same JSON to a second reader.
pub(crate) fn is_one_spelling(body: &[u8], canonical: &[u8]) -> Found {
    let read =
        |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).map_err(|error| format!("spelling: {error}"));
    if read(body)? == read(canonical)? { Ok(()) } else { Err("spelling: the same JSON".to_owned()) }
}

/// Answers that fit questions of every kind are bounded, and others are named.
fn are_sound_answers(given: &[(String, RawAnswer)]) -> Found {
    match fit(&questions(), given) {
        Ok(answers) => answers.iter().try_for_each(is_sound_answer),
        Err(errors) if errors.is_empty() => Err("answers: a refusal names a question".to_owned()),
        Err(errors) => {
            let asked = |id: &str| given.iter().any(|(other, _)| other == id) || id == "terms";
            let strange = errors.iter().find(|(id, _)| !asked(id));
            strange.map_or(Ok(()), |(id, error)| Err(format!("answers: nobody answered {id}: {error}")))
        }
    }
}

fn is_sound_answer(answer: &Answer) -> Found {
    match (&answer.value, answer.id.as_str()) {
        (AnswerValue::Text(text), "more") => is_text(text.as_str(), 2000),
        (AnswerValue::Text(text), _) => is_line(text.as_str(), 200),
        (AnswerValue::Flag(yes), "terms") if *yes => Ok(()),
        (AnswerValue::Flag(_), id) => Err(format!("answers: {id} is no yes")),
    }
}

fn questions() -> Vec<Question> {
    let line = |text: &str| Line::new(text, 80).expect("the texts here are lines");
    let question = |(id, kind): (&str, QuestionKind)| {
        let required = kind == QuestionKind::Checkbox;
        Question { id: id.parse().expect("the ids here are well formed"), label: line(id), kind, required }
    };
    [
        ("topic", QuestionKind::Text),
        ("more", QuestionKind::LongText),
        ("colour", QuestionKind::Choice(vec![line("red"), line("blue")])),
        ("terms", QuestionKind::Checkbox),
        ("phone", QuestionKind::Phone),
        ("site", QuestionKind::Url),
    ]
    .map(question)
    .to_vec()
}

fn one_line(line: Option<&Line>, max: usize) -> Found {
    line.map_or(Ok(()), |line| is_line(line.as_str(), max))
}

fn bounded(text: Option<&Paragraphs>, max: usize) -> Found {
    text.map_or(Ok(()), |text| is_text(text.as_str(), max))
}

fn within(what: &str, count: usize, least: usize, most: usize) -> Found {
    if (least..=most).contains(&count) {
        Ok(())
    } else {
        Err(format!("{what}: {count} of {least} to {most}"))
    }
}
