//! The API document (`OpenAPI` 3.1): every route of this version, with every reply it can give.

mod replies;

use utoipa::ToSchema;
use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem, Paths,
};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaFormat, SchemaType, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    Components, ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr,
    Required, Schema,
};

use self::replies::{GatewayMessage, Reply};
use crate::problem::ProblemKind;
use crate::slots_query::{DAYS_MAX, MovesQuery, SlotsQuery};
use crate::{
    BookingRequest, CancelRequest, CreatedBooking, Date, DeclineRequest, Managed, MeetingType, Problem,
    RescheduleRequest, Slots, TeamBooking,
};

/// The committed document, as it is served.
pub const DOCUMENT: &str = include_str!("../openapi.json");

const MANAGE_LINK: &str = "manage_link";
/// The name of the right of whoever has signed in.
const LOGIN: &str = "login";

/// The document as the types say it is now, as JSON with a line break at its end.
pub fn document() -> String {
    let info = InfoBuilder::new().title("openslot").version("v1").description(Some(ABOUT));
    let document: OpenApi =
        OpenApiBuilder::new().info(info.build()).paths(paths()).components(Some(components())).build();
    let json = document.to_pretty_json().expect("strings and numbers always become JSON");
    json + "\n"
}

const ABOUT: &str = "Book a meeting. Instants are RFC 3339: requests may use any offset, replies use the zone \
    asked for. Errors are RFC 9457 problems, but for those of the gateway in front. A request body may have at \
    most 16 KiB. Texts hold no control characters and no marks that change the direction of what follows; where \
    several lines are allowed, line breaks and tabs may stand in them.";

fn paths() -> Paths {
    let mut paths = Paths::new();
    let mut at = |path: &str, method, operation: OperationBuilder| {
        paths.paths.insert(path.to_owned(), PathItem::new(method, operation.build()));
    };
    at("/v1/openapi.json", HttpMethod::Get, get_document());
    at("/v1/meeting-types/{slug}", HttpMethod::Get, get_meeting_type());
    at("/v1/meeting-types/{slug}/slots", HttpMethod::Get, get_slots());
    at("/v1/bookings", HttpMethod::Post, create_booking());
    at("/v1/bookings/{id}", HttpMethod::Get, get_booking());
    at("/v1/bookings/{id}/cancel", HttpMethod::Post, cancel_booking());
    at("/v1/bookings/{id}/reschedule", HttpMethod::Post, reschedule_booking());
    at("/v1/bookings/{id}/slots", HttpMethod::Get, list_moves());
    at("/v1/bookings/{id}/calendar.ics", HttpMethod::Get, get_calendar_file());
    at("/v1/team/bookings/{id}/approve", HttpMethod::Post, approve_booking());
    at("/v1/team/bookings/{id}/decline", HttpMethod::Post, decline_booking());
    paths
}

fn operation(id: &str, summary: &str) -> OperationBuilder {
    OperationBuilder::new().operation_id(Some(id)).summary(Some(summary))
}

fn get_document() -> OperationBuilder {
    let asked = operation("get_document", "This document").parameter(if_none_match());
    let answered = Reply::ok("This document.", Schema::from(Object::with_type(Type::Object)))
        .header("ETag", "Changes with the document.")
        .header("Cache-Control", "public, max-age=300")
        .in_answer_to(asked);
    replies::problems(unchanged(answered), &[])
}

fn if_none_match() -> ParameterBuilder {
    let about = "The ETag of an earlier reply.";
    parameter("If-None-Match", ParameterIn::Header, about, Required::False).schema(Some(text()))
}

fn unchanged(operation: OperationBuilder) -> OperationBuilder {
    Reply::bare("Nothing has changed since the reply with this ETag.")
        .header("ETag", "The same as before.")
        .to("304", operation)
}

fn get_meeting_type() -> OperationBuilder {
    let asked = operation("get_meeting_type", "A meeting type, for its booking page").parameter(slug());
    let answered = Reply::ok("The meeting type.", reference::<MeetingType>()).in_answer_to(asked);
    replies::problems(answered, &[ProblemKind::MeetingTypeUnknown])
}

fn get_slots() -> OperationBuilder {
    let mut asked = operation("list_slots", "The free starts of some dates").parameter(slug());
    for name in SlotsQuery::NAMES {
        asked = asked.parameter(slots_parameter(name, "Left out, the meeting type's first duration."));
    }
    let answered = Reply::ok("The free starts; dates without any are left out.", reference::<Slots>())
        .header("ETag", "Changes with the reply.")
        .header("Cache-Control", "public, max-age=0, s-maxage=5")
        .in_answer_to(asked.parameter(if_none_match()));
    replies::problems(unchanged(answered), &[ProblemKind::MeetingTypeUnknown, ProblemKind::Invalid])
}

fn slots_parameter(name: &str, duration: &str) -> Parameter {
    let days = format!("The last date, in `time_zone`, counted; at most {DAYS_MAX} days with `from`.");
    let (about, required, schema) = match name {
        "from" => ("The first date, in `time_zone`.", Required::True, reference::<Date>()),
        "to" => (days.as_str(), Required::True, reference::<Date>()),
        "time_zone" => ("The guest's zone, an IANA name.", Required::True, text()),
        "duration_minutes" => (duration, Required::False, minutes()),
        "host" => ("Only with this host.", Required::False, text()),
        other => unreachable!("{other} is not a parameter of a look for slots"),
    };
    parameter(name, ParameterIn::Query, about, required).schema(Some(schema)).build()
}

fn create_booking() -> OperationBuilder {
    let key = "Names this request for ever: a repeat under the same key books nothing new. Make a new one, \
        such as a UUID, for each new request.";
    let key = parameter("Idempotency-Key", ParameterIn::Header, key, Required::True).schema(Some(key_text()));
    let asked = operation("create_booking", "Book a slot").parameter(key);
    let asked = asked.request_body(Some(json_body::<BookingRequest>()));
    let again = Reply::ok(
        "The request had been made before; the booking as it now stands.",
        reference::<CreatedBooking>(),
    );
    let made = Reply::ok("Booked.", reference::<CreatedBooking>()).header("Location", "The booking.");
    let answered = made.to("201", again.in_answer_to(asked));
    replies::problems(
        answered,
        &[
            ProblemKind::MeetingTypeUnknown,
            ProblemKind::SlotTaken,
            ProblemKind::TooLarge,
            ProblemKind::UnsupportedMediaType,
            ProblemKind::Invalid,
            ProblemKind::NotOffered,
            ProblemKind::IdempotencyKeyReused,
            ProblemKind::TooManyRequests,
            ProblemKind::Busy,
        ],
    )
}

fn get_booking() -> OperationBuilder {
    let asked = by_manage_link("get_booking", "A booking, for the holder of its manage link");
    let answered =
        Reply::ok("The booking and what may be done with it.", reference::<Managed>()).in_answer_to(asked);
    replies::problems(answered, &[ProblemKind::BookingUnknown])
}

fn cancel_booking() -> OperationBuilder {
    let asked =
        a_change("cancel_booking", "Give a booking up").request_body(Some(json_body::<CancelRequest>()));
    let about = "Cancelled, now or before; the booking as it now stands.";
    let answered = Reply::ok(about, reference::<Managed>()).in_answer_to(asked);
    replies::problems(answered, &OF_A_CHANGE)
}

fn reschedule_booking() -> OperationBuilder {
    let asked = a_change("reschedule_booking", "Move a booking");
    let asked = asked.request_body(Some(json_body::<RescheduleRequest>()));
    let about = "Moved, now or before; the booking as it now stands.";
    let answered = Reply::ok(about, reference::<Managed>()).in_answer_to(asked);
    let further = [ProblemKind::SlotTaken, ProblemKind::NotOffered, ProblemKind::TooManyRequests];
    replies::problems(answered, &[OF_A_CHANGE.as_slice(), &further].concat())
}

/// What any change of a booking may be answered with.
const OF_A_CHANGE: [ProblemKind; 7] = [
    ProblemKind::BookingUnknown,
    ProblemKind::TooLarge,
    ProblemKind::UnsupportedMediaType,
    ProblemKind::Invalid,
    ProblemKind::TooLate,
    ProblemKind::IdempotencyKeyReused,
    ProblemKind::Busy,
];

fn list_moves() -> OperationBuilder {
    let mut asked = by_manage_link("list_moves", "The starts that a booking could be moved to");
    for name in MovesQuery::NAMES {
        asked = asked.parameter(slots_parameter(name, "Left out, as long as the booking lasts."));
    }
    let about = "The starts that its hosts have free, its own among them; dates without any are left out.";
    let answered = Reply::ok(about, reference::<Slots>()).in_answer_to(asked);
    replies::problems(answered, &[ProblemKind::BookingUnknown, ProblemKind::Invalid, ProblemKind::TooLate])
}

fn by_manage_link(id: &str, summary: &str) -> OperationBuilder {
    let link = SecurityRequirement::new(MANAGE_LINK, Vec::<String>::new());
    operation(id, summary).parameter(booking_id()).security(link)
}

fn a_change(id: &str, summary: &str) -> OperationBuilder {
    let key = "Names this request among those that change this booking: a repeat under the same key changes \
        nothing more. Make a new one, such as a UUID, for each new request.";
    let key = parameter("Idempotency-Key", ParameterIn::Header, key, Required::True).schema(Some(key_text()));
    by_manage_link(id, summary).parameter(key)
}

fn json_body<T: ToSchema>() -> RequestBody {
    let content = ContentBuilder::new().schema(Some(reference::<T>())).build();
    RequestBodyBuilder::new().required(Some(Required::True)).content("application/json", content).build()
}

fn get_calendar_file() -> OperationBuilder {
    let secret = parameter("k", ParameterIn::Query, "The secret of the file's link.", Required::True);
    let asked = operation("get_calendar_file", "A booking as a calendar file, for mail clients")
        .parameter(booking_id())
        .parameter(secret.schema(Some(text())));
    let answered = Reply::of_type("text/calendar", "An iCalendar object (RFC 5545).", text())
        .header("Content-Disposition", "A file to be saved.")
        .in_answer_to(asked);
    replies::problems(answered, &[ProblemKind::BookingUnknown])
}

fn approve_booking() -> OperationBuilder {
    let asked = by_login("approve_booking", "Say yes to a booking that waits for it");
    let about = "Approved, now or before; the booking as it now stands.";
    let answered = Reply::ok(about, reference::<TeamBooking>()).in_answer_to(asked);
    replies::problems(
        answered,
        &[
            ProblemKind::Unauthorized,
            ProblemKind::NotInvited,
            ProblemKind::BookingUnknown,
            ProblemKind::NotPending,
            ProblemKind::TooLate,
            ProblemKind::Busy,
        ],
    )
}

fn decline_booking() -> OperationBuilder {
    let asked = by_login("decline_booking", "Say no to a booking that waits for an answer")
        .request_body(Some(json_body::<DeclineRequest>()));
    let about = "Declined, now or before; the booking as it now stands.";
    let answered = Reply::ok(about, reference::<TeamBooking>()).in_answer_to(asked);
    replies::problems(
        answered,
        &[
            ProblemKind::Unauthorized,
            ProblemKind::NotInvited,
            ProblemKind::BookingUnknown,
            ProblemKind::NotPending,
            ProblemKind::TooLarge,
            ProblemKind::UnsupportedMediaType,
            ProblemKind::Invalid,
            ProblemKind::Busy,
        ],
    )
}

/// Safe to repeat without a key: a booking that is as the host wants it is the answer.
fn by_login(id: &str, summary: &str) -> OperationBuilder {
    let scopes = SecurityRequirement::new(LOGIN, ["openslot/host"]);
    operation(id, summary).parameter(booking_id()).security(scopes)
}

fn parameter(name: &str, place: ParameterIn, about: &str, required: Required) -> ParameterBuilder {
    ParameterBuilder::new().name(name).parameter_in(place).description(Some(about)).required(required)
}

fn slug() -> ParameterBuilder {
    parameter("slug", ParameterIn::Path, "The meeting type.", Required::True).schema(Some(text()))
}

fn booking_id() -> ParameterBuilder {
    parameter("id", ParameterIn::Path, "The booking.", Required::True).schema(Some(text()))
}

fn text() -> RefOr<Schema> {
    Object::with_type(Type::String).into()
}

fn key_text() -> RefOr<Schema> {
    let text =
        ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).pattern(Some("^[!-~]{8,128}$"));
    text.build().into()
}

fn minutes() -> RefOr<Schema> {
    let number = ObjectBuilder::new()
        .schema_type(SchemaType::new(Type::Integer))
        .format(Some(SchemaFormat::Custom("int32".to_owned())))
        .minimum(Some(1))
        .maximum(Some(1440));
    number.build().into()
}

fn reference<T: ToSchema>() -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(T::name()))
}

fn components() -> Components {
    let header = ApiKeyValue::with_description(
        "Authorization",
        "`Manage <bid>.<mac>`, both from the fragment of the manage link.",
    );
    let about = "An access token (JWT, RFC 9068) of the issuer that the installation trusts.";
    let token = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some(about))
        .build();
    let mut schemas = Vec::new();
    collect::<MeetingType>(&mut schemas);
    collect::<Slots>(&mut schemas);
    collect::<BookingRequest>(&mut schemas);
    collect::<CancelRequest>(&mut schemas);
    collect::<RescheduleRequest>(&mut schemas);
    collect::<DeclineRequest>(&mut schemas);
    collect::<CreatedBooking>(&mut schemas);
    collect::<Managed>(&mut schemas);
    collect::<TeamBooking>(&mut schemas);
    collect::<Problem>(&mut schemas);
    collect::<GatewayMessage>(&mut schemas);
    ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .security_scheme(LOGIN, SecurityScheme::Http(token))
        .security_scheme(MANAGE_LINK, SecurityScheme::ApiKey(ApiKey::Header(header)))
        .build()
}

/// A type and all that it is made of.
fn collect<T: ToSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
    schemas.push((T::name().into_owned(), T::schema()));
    T::schemas(schemas);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::new_booking::{AttendeeRequest, GuestRequest, SourceRequest};

    fn parsed() -> Value {
        serde_json::from_str(&document()).unwrap()
    }

    #[test]
    fn the_committed_document_is_current() {
        assert_eq!(DOCUMENT, document(), "make openapi");
    }

    #[test]
    fn the_door_knows_the_fields_that_the_document_names() {
        let document = parsed();
        let check = |schema: &str, names: &[&str]| {
            let properties = document["components"]["schemas"][schema]["properties"].as_object().unwrap();
            let documented: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
            assert_eq!(documented, names.iter().copied().collect(), "{schema}");
        };
        check("BookingRequest", BookingRequest::NAMES);
        check("AttendeeRequest", AttendeeRequest::NAMES);
        check("GuestRequest", GuestRequest::NAMES);
        check("SourceRequest", SourceRequest::NAMES);
        check("CancelRequest", CancelRequest::NAMES);
        check("RescheduleRequest", RescheduleRequest::NAMES);
        check("DeclineRequest", DeclineRequest::NAMES);
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = parsed();
        let mut open = vec![&document];
        let mut followed = 0;
        while let Some(value) = open.pop() {
            if let Some(target) = value.get("$ref").and_then(Value::as_str) {
                assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target}");
                followed += 1;
            }
            match value {
                Value::Array(items) => open.extend(items),
                Value::Object(members) => open.extend(members.values()),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        assert!(followed > 20, "{followed} references");
    }
}
