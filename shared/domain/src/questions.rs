//! What a meeting type asks its guests, and what counts as an answer.

use crate::ids::QuestionId;
use crate::text::{Line, Paragraphs, TextError};

/// Characters in a one-line answer.
pub const ANSWER_CHARS_MAX: usize = 200;
/// Characters in an answer of several lines.
pub const LONG_ANSWER_CHARS_MAX: usize = 2000;

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name in requests. Never changes.
    pub id: QuestionId,
    /// As guests read it.
    pub label: Line,
    /// What sort of answer it wants.
    pub kind: QuestionKind,
    /// Whether one may book without answering.
    pub required: bool,
}

/// Sorts of answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// One of these.
    Choice(Vec<Line>),
    /// Yes or no; a required one must be yes.
    Checkbox,
    /// A telephone number.
    Phone,
    /// A web address.
    Url,
}

/// What was answered, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawAnswer {
    /// A string.
    Text(String),
    /// A boolean.
    Flag(bool),
}

/// An answer that fits its question; keeps the label, because questions may change later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub id: QuestionId,
    /// As it was asked.
    pub label: Line,
    /// What was said.
    pub value: AnswerValue,
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerValue {
    /// In words.
    Text(Paragraphs),
    /// Yes or no.
    Flag(bool),
}

/// Why an answer is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Nothing was said to a required question.
    #[error("must be answered")]
    Missing,
    /// This meeting type does not ask that.
    #[error("is not a question of this meeting type")]
    Unknown,
    /// A string where yes or no was wanted, or the reverse.
    #[error("must be {0}")]
    Kind(&'static str),
    /// Not one of the choices.
    #[error("must be one of the choices")]
    NotAChoice,
    /// Not a telephone number.
    #[error("must be a phone number: digits, spaces and + - ( ) . / only")]
    NotAPhone,
    /// Not a web address.
    #[error("must be an address that starts with https:// or http://")]
    NotAUrl,
    /// Too long, or with control characters.
    #[error(transparent)]
    Text(#[from] TextError),
}

/// Fits answers to questions, in the order of the questions; or says what is wrong with each, by id.
pub fn fit(
    questions: &[Question],
    given: &[(String, RawAnswer)],
) -> Result<Vec<Answer>, Vec<(String, AnswerError)>> {
    let mut answers = Vec::new();
    let mut errors = Vec::new();
    for question in questions {
        let said = given.iter().find(|(id, _)| id == question.id.as_str()).map(|(_, raw)| raw);
        match answer(question, said) {
            Ok(Some(value)) => {
                answers.push(Answer { id: question.id.clone(), label: question.label.clone(), value });
            }
            Ok(None) => {}
            Err(error) => errors.push((question.id.to_string(), error)),
        }
    }
    let unknown = |id: &str| !questions.iter().any(|question| question.id.as_str() == id);
    errors
        .extend(given.iter().filter(|(id, _)| unknown(id)).map(|(id, _)| (id.clone(), AnswerError::Unknown)));
    if errors.is_empty() { Ok(answers) } else { Err(errors) }
}

fn answer(question: &Question, said: Option<&RawAnswer>) -> Result<Option<AnswerValue>, AnswerError> {
    match (&question.kind, said) {
        (QuestionKind::Checkbox, Some(RawAnswer::Text(_))) => Err(AnswerError::Kind("true or false")),
        (QuestionKind::Checkbox, Some(RawAnswer::Flag(yes))) if *yes || !question.required => {
            Ok(Some(AnswerValue::Flag(*yes)))
        }
        (_, Some(RawAnswer::Text(text))) if !text.trim().is_empty() => {
            words(&question.kind, text).map(|text| Some(AnswerValue::Text(text)))
        }
        (QuestionKind::Checkbox, _) | (_, None | Some(RawAnswer::Text(_))) => {
            if question.required {
                Err(AnswerError::Missing)
            } else {
                Ok(None)
            }
        }
        (_, Some(RawAnswer::Flag(_))) => Err(AnswerError::Kind("a text")),
    }
}

fn words(kind: &QuestionKind, text: &str) -> Result<Paragraphs, AnswerError> {
    if matches!(kind, QuestionKind::LongText) {
        return Ok(Paragraphs::new(text, LONG_ANSWER_CHARS_MAX)?);
    }
    let line = Line::new(text, ANSWER_CHARS_MAX)?;
    match kind {
        QuestionKind::Choice(choices) if !choices.contains(&line) => return Err(AnswerError::NotAChoice),
        QuestionKind::Phone if !is_phone(line.as_str()) => return Err(AnswerError::NotAPhone),
        QuestionKind::Url if !is_url(line.as_str()) => return Err(AnswerError::NotAUrl),
        QuestionKind::Text
        | QuestionKind::LongText
        | QuestionKind::Choice(_)
        | QuestionKind::Checkbox
        | QuestionKind::Phone
        | QuestionKind::Url => {}
    }
    Ok(Paragraphs::new(line.as_str(), ANSWER_CHARS_MAX)?)
}

/// Whether a text could be dialled: 5 to 20 digits (E.164 has at most 15, plus an extension).
pub fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (5..=20).contains(&digits) && text.bytes().all(|b| b.is_ascii_digit() || b" +-()./".contains(&b))
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(id: &str, kind: QuestionKind, required: bool) -> Question {
        Question { id: id.parse().unwrap(), label: Line::new(id, 80).unwrap(), kind, required }
    }

    fn said(id: &str, text: &str) -> (String, RawAnswer) {
        (id.to_owned(), RawAnswer::Text(text.to_owned()))
    }

    #[test]
    fn every_wrong_answer_is_named() {
        let choice = QuestionKind::Choice(vec![Line::new("red", 10).unwrap()]);
        let questions = [
            question("topic", QuestionKind::Text, true),
            question("colour", choice, false),
            question("terms", QuestionKind::Checkbox, true),
            question("phone", QuestionKind::Phone, false),
            question("site", QuestionKind::Url, false),
        ];
        let given = [
            said("colour", "blue"),
            ("terms".to_owned(), RawAnswer::Flag(false)),
            said("phone", "call me"),
            said("site", "javascript:alert(1)"),
            said("extra", "?"),
        ];
        let errors = fit(&questions, &given).unwrap_err();
        let found: Vec<String> = errors.iter().map(|(id, error)| format!("{id} {error}")).collect();
        assert_eq!(
            found,
            [
                "topic must be answered",
                "colour must be one of the choices",
                "terms must be answered",
                "phone must be a phone number: digits, spaces and + - ( ) . / only",
                "site must be an address that starts with https:// or http://",
                "extra is not a question of this meeting type",
            ]
        );
    }

    #[test]
    fn answers_come_in_the_order_of_the_questions() {
        let questions =
            [question("one", QuestionKind::Text, true), question("two", QuestionKind::LongText, false)];
        let answers = fit(&questions, &[said("two", "b\nc"), said("one", " a ")]).unwrap();
        let values: Vec<&AnswerValue> = answers.iter().map(|answer| &answer.value).collect();
        let text = |text| AnswerValue::Text(Paragraphs::new(text, 10).unwrap());
        assert_eq!(values, [&text("a"), &text("b\nc")]);
    }
}
