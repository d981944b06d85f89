//! The team that a first start finds: three hosts around the world and five ways to meet them.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use openslot_domain::host::Host;
use openslot_domain::hours::{Schedule, Weekly};
use openslot_domain::login::{Login, Role};
use openslot_domain::meeting_type::{Assignment, Caps, Location, LocationKind, MeetingType, Mode, Window};
use openslot_domain::questions::{Question, QuestionKind};
use openslot_domain::text::{Line, Paragraphs};
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::{Failure, ListHosts, PutLogin, SaveHost, SaveMeetingType};

/// The host who may look after everybody's bookings.
const ADMIN: &str = "nora";

/// Writes the demo team. What is there already stays as it is, so that a start that was cut short can be repeated.
pub(crate) async fn set_up<S: SaveHost + SaveMeetingType>(store: &S) -> Result<(), Failure> {
    for host in hosts() {
        store.save_host(&host, None).await?;
    }
    for meeting_type in meeting_types() {
        store.save_meeting_type(&meeting_type, None).await?;
    }
    Ok(())
}

/// Lets one of the team sign in with `issuer` as an admin, if there is the team. Safe to repeat.
pub(crate) async fn appoint<S: ListHosts + PutLogin>(store: &S, issuer: &str) -> Result<(), Failure> {
    let admin = Login { host: ADMIN.parse().expect("demo ids are ids"), role: Role::Admin };
    if !store.list_hosts().await?.contains(&admin.host) {
        return Ok(());
    }
    store.put_login(&LoginKey::of(issuer, ADMIN), &admin).await.map(drop)
}

fn hosts() -> [Host; 3] {
    [
        host("nora", "Nora (New York)", Tz::America__New_York),
        host("emil", "Emil (Berlin)", Tz::Europe__Berlin),
        host("yuki", "Yuki (Tokyo)", Tz::Asia__Tokyo),
    ]
}

fn host(id: &str, name: &str, zone: Tz) -> Host {
    Host {
        id: id.parse().expect("demo ids are ids"),
        name: line(name),
        email: format!("{id}@team.example.org").parse().expect("demo addresses are addresses"),
        schedule: Schedule { zone, weekly: Weekly::office(), overrides: BTreeMap::new() },
        active: true,
    }
}

fn meeting_types() -> [MeetingType; 5] {
    let demo = "Half an hour to see the product, with whoever of the team is free.";
    let intro = "A quarter of an hour to get to know each other.";
    let panel = "An hour with New York and Berlin together.";
    [
        meeting_type("demo", "Product demo", demo, Mode::RoundRobin, 30, &["nora", "emil", "yuki"]),
        meeting_type("intro", "Introduction", intro, Mode::Single, 15, &["nora"]),
        // Both work between 15:00 and 17:00 in Berlin: starts every half hour leave a choice within two hours.
        MeetingType {
            slot_interval_mins: 30,
            ..meeting_type("panel", "Panel", panel, Mode::Collective, 60, &["nora", "emil"])
        },
        workshop(),
        mentoring(),
    ]
}

/// One of everything that a guest can be asked.
fn workshop() -> MeetingType {
    let about = "At one table: what you want to change, what stands in the way, and a plan to take home.";
    MeetingType {
        durations_mins: vec![30, 60, 90],
        location: Location {
            kind: LocationKind::InPerson,
            detail: Some(line("Musterstraße 12, Berlin, second floor: ring at openslot")),
        },
        questions: workshop_questions(),
        after_mins: 15,
        ..meeting_type("workshop", "Discovery workshop", about, Mode::Single, 30, &["emil"])
    }
}

/// A request that its host looks at first.
fn mentoring() -> MeetingType {
    let about =
        "Half an hour on whatever you are stuck with. Yuki looks at each request before it is confirmed.";
    MeetingType {
        location: Location { kind: LocationKind::ToBeAgreed, detail: None },
        requires_approval: true,
        ..meeting_type("mentoring", "Mentoring", about, Mode::Single, 30, &["yuki"])
    }
}

fn workshop_questions() -> Vec<Question> {
    let sizes = ["Just me", "2 to 10", "11 to 50", "More than 50"];
    let sizes = QuestionKind::Choice(sizes.into_iter().map(line).collect());
    vec![
        question("company", "Which company are you with?", QuestionKind::Text, true),
        question("team-size", "How many people would use it?", sizes, true),
        question("goals", "What would make this hour worth your while?", QuestionKind::LongText, false),
        question("website", "Your website", QuestionKind::Url, false),
        question("phone", "A number to reach you on the day", QuestionKind::Phone, false),
        question("step-free", "We need step-free access", QuestionKind::Checkbox, false),
    ]
}

fn question(id: &str, label: &str, kind: QuestionKind, required: bool) -> Question {
    Question { id: id.parse().expect("demo ids are ids"), label: line(label), kind, required }
}

fn meeting_type(slug: &str, title: &str, about: &str, mode: Mode, mins: u32, hosts: &[&str]) -> MeetingType {
    MeetingType {
        slug: slug.parse().expect("demo slugs are slugs"),
        title: line(title),
        description: Some(Paragraphs::new(about, 500).expect("demo descriptions are short")),
        durations_mins: vec![mins],
        slot_interval_mins: mins,
        location: Location {
            kind: LocationKind::Link,
            detail: Some(line("https://meet.example.org/openslot")),
        },
        mode,
        hosts: hosts.iter().map(|id| id.parse().expect("demo ids are ids")).collect(),
        questions: Vec::new(),
        requires_approval: false,
        notice_mins: 60,
        window: Window::Rolling { days: 60 },
        before_mins: 0,
        after_mins: 0,
        caps: Caps::default(),
        assignment: Assignment::default(),
        reminders_mins: vec![1440],
        cancel_cutoff_mins: 0,
        active: true,
        version: 1,
    }
}

fn line(text: &str) -> Line {
    Line::new(text, 120).expect("demo texts are short lines")
}
