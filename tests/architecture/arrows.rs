//! Which room may know which. `deny.toml` says the same of outside crates.

use crate::workspace::{Crate, Workspace};
use crate::{Violations, catches, holds, permits};

/// A kind of crate, told by the folder it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    Domain,
    Letters,
    Wire,
    UseCases,
    Adapter,
    Edge,
    Fakes,
    Function,
    Operate,
    Local,
    Tests,
    Yardsticks,
}

impl Room {
    /// The room of a crate, if its folder is one the design knows.
    pub(crate) fn of(krate: &Crate) -> Option<Self> {
        let room = match krate.folder.as_str() {
            "shared/domain" => Self::Domain,
            "shared/letters" => Self::Letters,
            "shared/wire" => Self::Wire,
            "shared/usecases" => Self::UseCases,
            "shared/edge" => Self::Edge,
            "shared/fakes" => Self::Fakes,
            "infra/operate" => Self::Operate,
            "infra/local" => Self::Local,
            "tests" => Self::Tests,
            "tests/bench/cold" => Self::Yardsticks,
            folder if folder.starts_with("shared/adapters/") => Self::Adapter,
            folder if folder.starts_with("functions/") => Self::Function,
            _ => return None,
        };
        Some(room)
    }

    /// The rooms that a crate of this one may depend on, for its tests too.
    fn may_know(self) -> &'static [Self] {
        match self {
            Self::Domain | Self::Yardsticks => &[],
            Self::Letters | Self::Wire => &[Self::Domain],
            Self::UseCases => &[Self::Domain, Self::Letters],
            Self::Adapter | Self::Fakes => &[Self::Domain, Self::UseCases],
            Self::Edge => &[Self::Domain, Self::Letters, Self::Wire, Self::UseCases],
            Self::Function => {
                &[Self::Domain, Self::Letters, Self::Wire, Self::UseCases, Self::Adapter, Self::Edge]
            }
            Self::Operate => &[Self::Domain, Self::UseCases, Self::Adapter, Self::Edge],
            Self::Local | Self::Tests => &[
                Self::Domain,
                Self::Letters,
                Self::Wire,
                Self::UseCases,
                Self::Adapter,
                Self::Edge,
                Self::Fakes,
                Self::Function,
                Self::Operate,
                Self::Local,
            ],
        }
    }

    /// The outside crates a room without I/O may use; `None` where any that `deny.toml` lets pass will do.
    fn may_import(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Domain => Some(&["chrono", "chrono-tz", "email_address", "thiserror"]),
            Self::Letters => Some(&[
                "askama",
                "base64",
                "chrono",
                "chrono-tz",
                "fluent-bundle",
                "icalendar",
                "mail-builder",
                "percent-encoding",
                "unic-langid",
            ]),
            Self::Wire => Some(&["chrono", "chrono-tz", "serde", "serde_json", "thiserror", "utoipa"]),
            Self::UseCases => Some(&[
                "aws-lc-rs",
                "base64",
                "chrono",
                "chrono-tz",
                "futures",
                "thiserror",
                "tracing",
                "zeroize",
            ]),
            Self::Adapter
            | Self::Edge
            | Self::Fakes
            | Self::Function
            | Self::Operate
            | Self::Local
            | Self::Tests
            | Self::Yardsticks => None,
        }
    }
}

fn every_crate_has_a_room(workspace: &Workspace) -> Violations {
    let homeless = workspace.crates.iter().filter(|krate| Room::of(krate).is_none());
    homeless.map(|krate| format!("{} stands in {}, which is no room", krate.name, krate.folder)).collect()
}

fn arrows_point_inward(workspace: &Workspace) -> Violations {
    let mut found = Violations::new();
    for (krate, room) in inhabited(workspace) {
        for dependency in &krate.dependencies {
            let known = workspace.crates.iter().find(|other| other.name == dependency.name);
            if known.and_then(Room::of).is_some_and(|other| !room.may_know().contains(&other)) {
                found.push(format!("{} ({room:?}) must not know {}", krate.name, dependency.name));
            }
        }
    }
    found
}

/// What a crate needs for its own tests is free.
fn rooms_without_io_stay_pure(workspace: &Workspace) -> Violations {
    let mut found = Violations::new();
    for (krate, room) in inhabited(workspace) {
        let Some(allowed) = room.may_import() else {
            continue;
        };
        for dependency in krate.dependencies.iter().filter(|dependency| !dependency.for_tests_only) {
            let name = dependency.name.as_str();
            let ours = workspace.crates.iter().any(|krate| krate.name == name);
            if !ours && !allowed.contains(&name) {
                found.push(format!("{} ({room:?}) must do without {name}", krate.name));
            }
        }
    }
    found
}

fn adapters_speak_to_one_service(workspace: &Workspace) -> Violations {
    let adapters = inhabited(workspace).filter(|(_, room)| *room == Room::Adapter);
    adapters.map(|(krate, _)| (krate, sdks(krate))).filter(|(_, sdks)| sdks.len() != 1).map(not_one).collect()
}

fn not_one((krate, sdks): (&Crate, Vec<&str>)) -> String {
    format!("{} must speak through one SDK, not {}: {}", krate.name, sdks.len(), sdks.join(", "))
}

/// The crates through which the outside world is reached.
fn sdks(krate: &Crate) -> Vec<&str> {
    let names = krate.dependencies.iter().map(|dependency| dependency.name.as_str());
    names.filter(|name| name.starts_with("aws-sdk-") || *name == "reqwest").collect()
}

fn inhabited(workspace: &Workspace) -> impl Iterator<Item = (&Crate, Room)> {
    workspace.crates.iter().filter_map(|krate| Some((krate, Room::of(krate)?)))
}

#[test]
fn crates_stand_in_rooms() {
    holds(every_crate_has_a_room);
    let broken = Workspace::default().with_crate("shared/utils", "openslot-utils", &[]);
    catches(every_crate_has_a_room, &broken, "shared/utils");
}

#[test]
fn the_rooms_know_only_inner_rooms() {
    holds(arrows_point_inward);
}

/// A workspace in which a crate in the first folder depends on one in the second, called `openslot-b`.
fn arrow(from: &str, to: &str) -> Workspace {
    Workspace::default().with_crate(from, "openslot-a", &["openslot-b"]).with_crate(to, "openslot-b", &[])
}

#[test]
fn outward_arrows_are_caught() {
    for (from, to) in [
        ("shared/domain", "shared/usecases"),
        ("shared/letters", "shared/wire"),
        ("shared/wire", "shared/usecases"),
        ("shared/usecases", "shared/wire"),
        ("shared/usecases", "shared/adapters/dynamodb"),
        ("shared/adapters/kms", "shared/adapters/ses"),
        ("shared/adapters/kms", "shared/edge"),
        ("shared/edge", "functions/list-slots"),
        ("shared/fakes", "shared/adapters/dynamodb"),
        ("functions/list-slots", "functions/create-booking"),
        ("functions/list-slots", "shared/fakes"),
        ("functions/list-slots", "infra/local"),
        ("infra/operate", "shared/fakes"),
        ("infra/operate", "infra/local"),
        ("infra/local", "tests"),
        ("tests/bench/cold", "shared/edge"),
        ("tests", "tests/bench/cold"),
    ] {
        catches(arrows_point_inward, &arrow(from, to), "openslot-b");
    }
}

#[test]
fn inward_arrows_are_free() {
    for (from, to) in [
        ("shared/usecases", "shared/letters"),
        ("shared/adapters/kms", "shared/usecases"),
        ("functions/list-slots", "shared/adapters/dynamodb"),
        ("infra/operate", "shared/adapters/dynamodb"),
        ("infra/local", "infra/operate"),
        ("infra/local", "shared/fakes"),
        ("tests", "infra/local"),
    ] {
        permits(arrows_point_inward, &arrow(from, to));
    }
}

#[test]
fn pure_rooms_are_pure() {
    holds(rooms_without_io_stay_pure);
    for (folder, crate_name) in [
        ("shared/domain", "serde"),
        ("shared/letters", "tokio"),
        ("shared/wire", "axum"),
        ("shared/usecases", "aws-sdk-kms"),
    ] {
        let broken = Workspace::default().with_crate(folder, "openslot-a", &[crate_name]);
        catches(rooms_without_io_stay_pure, &broken, crate_name);
    }
}

#[test]
fn an_adapter_has_one_sdk() {
    holds(adapters_speak_to_one_service);
    let adapter =
        |sdks: &[&str]| Workspace::default().with_crate("shared/adapters/kms", "openslot-kms", sdks);
    catches(adapters_speak_to_one_service, &adapter(&["aws-sdk-kms", "aws-sdk-dynamodb"]), "not 2");
    catches(adapters_speak_to_one_service, &adapter(&["chrono"]), "not 0");
}
