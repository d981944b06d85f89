use proptest::prelude::*;
use serde_json::json;

use super::*;

const KEY: &[u8] = b"key-00000001";

fn request() -> Value {
    json!({
        "meeting_type": "intro",
        "start": "2026-11-23T10:00:00+01:00",
        "time_zone": "Europe/Berlin",
        "attendee": {"name": "Grace Hopper", "email": "grace@example.org"},
    })
}

fn read(body: &Value) -> Result<NewBooking, Vec<Wrong>> {
    NewBooking::read(body.to_string().as_bytes(), &[KEY])
}

/// A request with one member replaced.
fn with(name: &str, value: Value) -> Value {
    let mut body = request();
    body[name] = value;
    body
}

fn codes(read: Result<NewBooking, Vec<Wrong>>) -> Vec<String> {
    let wrongs = read.map_or_else(|wrongs| wrongs, |_| Vec::new());
    wrongs.iter().map(|wrong| format!("{} {}", wrong.pointer, wrong.code)).collect()
}

fn check(body: &Value, expected: &[&str]) {
    assert_eq!(codes(read(body)), expected, "{body}");
}

#[test]
fn the_smallest_request_is_enough() {
    let booking = read(&request()).unwrap();
    assert_eq!(booking.meeting_type, Some("intro".parse().unwrap()));
    assert_eq!(booking.start.to_string(), "2026-11-23 09:00:00 UTC");
    assert_eq!(booking.time_zone, Tz::Europe__Berlin);
    assert_eq!(booking.attendee.email.as_str(), "grace@example.org");
    assert_eq!(booking.idempotency_key, "key-00000001");
    assert_eq!((booking.duration_mins, booking.host, booking.note), (None, None, None));
}

#[test]
fn everything_that_may_be_said_is_taken() {
    let mut body = request();
    let more = json!({
        "duration_minutes": 45,
        "locale": "de-AT",
        "attendee": {"name": " Grace Hopper ", "email": "grace@example.org", "phone": "+49 30 901820"},
        "guests": [{"email": "alan@example.org", "name": "Alan"}, {"email": "edsger@example.org", "name": ""}],
        "answers": {"topic": "compilers", "terms": true, "site": null},
        "note": "line one\r\nline two",
        "source": {"form_id": "f1", "page": "https://example.org/", "referrer": "", "utm": {"utm_source": "mail"}},
        "host": "ada",
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let booking = read(&body).unwrap();
    assert_eq!(booking.duration_mins, Some(45));
    assert_eq!(booking.attendee.name.as_str(), "Grace Hopper");
    let guests: Vec<Option<&str>> =
        booking.guests.iter().map(|guest| guest.name.as_ref().map(Line::as_str)).collect();
    assert_eq!(guests, [Some("Alan"), None]);
    let terms = ("terms".to_owned(), RawAnswer::Flag(true));
    let topic = ("topic".to_owned(), RawAnswer::Text("compilers".to_owned()));
    assert!(booking.answers.contains(&terms) && booking.answers.contains(&topic));
    assert_eq!(booking.answers.len(), 2);
    assert_eq!(booking.note.unwrap().as_str(), "line one\nline two");
    assert_eq!((booking.source.referrer, booking.source.utm.len()), (None, 1));
    assert_eq!(booking.host, Some("ada".parse().unwrap()));
}

#[test]
fn every_wrong_field_is_named_at_once() {
    let body = json!({
        "meeting_type": 7,
        "start": "2026-11-23T10:00:00",
        "duration_minutes": "30",
        "time_zone": "Europe/Atlantis",
        "locale": "no language",
        "attendee": {"name": "Grace\r\nBcc: all@example.org", "email": "grace", "phone": "call", "role": "admin"},
        "guests": [{"name": "Alan"}, 7, {"email": "x@y"}],
        "answers": {"a/b": 1},
        "note": "bell \u{7}",
        "source": {"utm": {"utm_source": 7}, "page": "x".repeat(2001)},
        "host": "A B",
        "colour": "red",
    });
    let wrongs = NewBooking::read(body.to_string().as_bytes(), &[b"short"]).unwrap_err();
    let lines: Vec<String> =
        wrongs.iter().map(|wrong| format!("{} {}: {}", wrong.pointer, wrong.code, wrong.detail)).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
        Idempotency-Key format: must have 8 to 128 visible ASCII characters
        /colour unknown: is not a field that is known here
        /meeting_type type: must be a text
        /start offset_required: must end with its offset from UTC, such as +01:00 or Z
        /duration_minutes type: must be a number
        /time_zone unknown_time_zone: must be an IANA time zone such as Europe/London
        /locale format: must be a language tag such as en or pt-BR
        /attendee/role unknown: is not a field that is known here
        /attendee/name control_characters: must not hold control characters
        /attendee/email format: must be an e-mail address such as ada@example.org
        /attendee/phone format: must be a phone number: digits, spaces and + - ( ) . / only
        /guests/0/email required: must be given
        /guests/1 type: must be an object
        /guests/2/email format: must be an e-mail address such as ada@example.org
        /answers/a~1b type: must be a text, or true or false
        /note control_characters: must not hold control characters
        /source/page too_long: must have at most 2000 characters
        /source/utm/utm_source type: must be a text
        /host unknown: is not a host of this meeting type
    ");
}

#[test]
fn what_is_missing_is_named() {
    check(
        &json!({}),
        &["/meeting_type required", "/start required", "/time_zone required", "/attendee required"],
    );
    check(&with("attendee", json!({})), &["/attendee/name required", "/attendee/email required"]);
    check(&with("attendee", Value::Null), &["/attendee required"]);
    check(&json!([]), &[" type"]);
}

#[test]
fn lists_have_an_end() {
    let guests = |count: usize| with("guests", vec![json!({"email": "alan@example.org"}); count].into());
    check(&guests(10), &[]);
    check(&guests(11), &["/guests too_many"]);
    let named = |count: usize| -> Value {
        let members: serde_json::Map<String, Value> =
            (0..count).map(|n| (format!("q{n}"), "x".into())).collect();
        members.into()
    };
    check(&with("answers", named(30)), &[]);
    check(&with("answers", named(31)), &["/answers too_many"]);
    check(&with("source", json!({"utm": named(10)})), &[]);
    check(&with("source", json!({"utm": named(11)})), &["/source/utm too_many"]);
    let strange: serde_json::Map<String, Value> = (0..1000).map(|n| (format!("x{n}"), Value::Null)).collect();
    assert_eq!(read(&strange.into()).unwrap_err().len(), crate::ERRORS_MAX);
}

#[test]
fn a_name_no_meeting_type_can_have_is_unknown_not_ill_formed() {
    assert_eq!(read(&with("meeting_type", json!("No such type!"))).unwrap().meeting_type, None);
    check(&with("meeting_type", json!("")), &["/meeting_type empty"]);
}

#[test]
fn a_key_is_8_to_128_visible_characters() {
    let check = |keys: &[&[u8]], expected: &[&str]| {
        assert_eq!(codes(NewBooking::read(request().to_string().as_bytes(), keys)), expected);
    };
    check(&[b"12345678"], &[]);
    check(&[&[b'x'; 128]], &[]);
    check(&[], &["Idempotency-Key required"]);
    check(&[b"12345678", b"12345678"], &["Idempotency-Key duplicate"]);
    for key in [&b"1234567"[..], &[b'x'; 129], b"1234 5678", b"1234567\t", "schl\u{fc}ssel".as_bytes(), b""] {
        check(&[key], &["Idempotency-Key format"]);
    }
}

#[test]
fn a_repeat_is_known_however_it_is_spelled() {
    let spelled = |text: &str| NewBooking::read(text.as_bytes(), &[KEY]).unwrap().canonical;
    let one = request().to_string();
    let mut members: Vec<(String, Value)> = request().as_object().unwrap().clone().into_iter().collect();
    members.reverse();
    let spaced: Vec<String> = members.iter().map(|(name, value)| format!(" \"{name}\" :\n{value}")).collect();
    let other = format!("{{{}}}", spaced.join(" , "));
    assert_eq!(spelled(&one), spelled(&other));
    assert_ne!(spelled(&one), spelled(&with("note", json!("!")).to_string()));
}

/// Values of the right and of every wrong shape.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[0-9TZ:+-]{0,25}".prop_map(Value::from),
        Just(Value::from("2026-11-23T10:00:00+01:00")),
        Just(Value::from("grace@example.org")),
        Just(Value::from("Europe/Berlin")),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..12).prop_map(Value::from),
            prop::collection::btree_map("[a-z_~/]{0,8}", inner, 0..6)
                .prop_map(|members| members.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_break_the_door(body in prop::collection::vec(any::<u8>(), 0..300), key in prop::collection::vec(any::<u8>(), 0..140)) {
        prop_assert!(!NewBooking::read(&body, &[&key]).is_err_and(|wrongs| wrongs.is_empty()));
    }

    #[test]
    fn no_value_breaks_the_door(
        name in prop::sample::select(BookingRequest::NAMES.to_vec()),
        nested in prop::sample::select(["name", "email", "phone", "utm", "page"].to_vec()),
        value in anything(),
        inside in any::<bool>(),
    ) {
        let value = if inside { json!({nested: value}) } else { value };
        let result = read(&with(name, value));
        prop_assert!(!result.is_err_and(|wrongs| wrongs.is_empty()), "a refusal names what is wrong");
    }
}
