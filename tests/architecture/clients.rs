//! A function links, makes and may use the same clients: what it does not use it need not start.

use std::collections::BTreeSet;

use crate::arrows::Room;
use crate::workspace::{Crate, Workspace};
use crate::{Violations, catches, holds, permits};

/// What policies call the service of an adapter.
const SERVICES: [(&str, &str); 4] = [
    ("openslot-dynamodb", "dynamodb"),
    ("openslot-eventbridge", "events"),
    ("openslot-kms", "kms"),
    ("openslot-ses", "ses"),
];

const TEMPLATE: &str = "infra/sam/template.yaml";

/// Each adapter that a function links is connected once, in `main.rs`, and over the one configuration.
fn clients_are_made_once(workspace: &Workspace) -> Violations {
    let mut found = Violations::new();
    for function in functions(workspace) {
        let main = main(workspace, function);
        let linked = adapters(workspace, function);
        let idle = linked.iter().filter(|name| connections(main, name) != 1);
        found.extend(
            idle.map(|name| format!("{} connects {name} {} times", function.name, connections(main, name))),
        );
        let all = sources(workspace, function).map(|text| text.matches("::connect(").count()).sum::<usize>();
        if all > linked.len() {
            found.push(format!("{} makes {all} clients for {} adapters", function.name, linked.len()));
        }
        let configured =
            sources(workspace, function).map(|text| text.matches("sdk_config(").count()).sum::<usize>();
        if configured != 1 {
            found.push(format!("{} reads the SDK's configuration {configured} times", function.name));
        }
    }
    found
}

/// How often `main` connects what it imports from this adapter.
fn connections(main: &str, adapter: &str) -> usize {
    let import = format!("use {}::", adapter.replace('-', "_"));
    let types = main.lines().filter_map(|line| line.strip_prefix(import.as_str())?.strip_suffix(';'));
    types.map(|name| main.matches(&format!("{name}::connect(")).count()).sum()
}

/// A policy speaks of exactly the services whose adapters its function links.
fn policies_name_the_services_of_clients(workspace: &Workspace) -> Violations {
    let mut found = Violations::new();
    for function in functions(workspace) {
        let linked: BTreeSet<_> =
            adapters(workspace, function).iter().filter_map(|name| service(name)).collect();
        let granted = granted(workspace.text(TEMPLATE).unwrap_or_default(), &role(function));
        let apart = linked.symmetric_difference(&granted);
        found.extend(
            apart.map(|service| format!("{} links {service}, or may use it, and not both", function.name)),
        );
    }
    found
}

fn service(adapter: &str) -> Option<&'static str> {
    SERVICES.iter().find(|(name, _)| *name == adapter).map(|(_, service)| *service)
}

/// `functions/list-slots` runs as `ListSlotsRole`.
fn role(function: &Crate) -> String {
    let words = function.folder.trim_start_matches("functions/").split('-');
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    words.map(capital).chain(["Role".to_owned()]).collect()
}

/// The services that this resource of the template speaks of; it ends where the next one begins.
fn granted(template: &str, role: &str) -> BTreeSet<&'static str> {
    let begins = format!("  {role}:");
    let lines = template.lines().skip_while(|line| *line != begins).skip(1);
    let block =
        lines.take_while(|line| !line.starts_with("  ") || line.starts_with("   ") || line.is_empty());
    let words: Vec<&str> = block.flat_map(|line| line.split([' ', '[', '{', ',', '"'])).collect();
    let speaks = |service: &str| words.iter().any(|word| word.starts_with(&format!("{service}:")));
    SERVICES.into_iter().map(|(_, service)| service).filter(|service| speaks(service)).collect()
}

fn functions(workspace: &Workspace) -> impl Iterator<Item = &Crate> {
    workspace.crates.iter().filter(|krate| Room::of(krate) == Some(Room::Function))
}

fn adapters<'a>(workspace: &'a Workspace, function: &'a Crate) -> Vec<&'a str> {
    let is_adapter = |name: &str| {
        let krate = workspace.crates.iter().find(|krate| krate.name == name);
        krate.and_then(Room::of) == Some(Room::Adapter)
    };
    let names = function.dependencies.iter().filter(|dependency| !dependency.for_tests_only);
    names.map(|dependency| dependency.name.as_str()).filter(|name| is_adapter(name)).collect()
}

fn main<'a>(workspace: &'a Workspace, function: &Crate) -> &'a str {
    workspace.text(&format!("{}/src/main.rs", function.folder)).unwrap_or_default()
}

fn sources<'a>(workspace: &'a Workspace, function: &Crate) -> impl Iterator<Item = &'a str> {
    let folder = format!("{}/src/", function.folder);
    workspace.files.iter().filter(move |file| file.path.starts_with(&folder)).map(|file| file.text.as_str())
}

/// A function with these adapters and this `main.rs`, under a template in which its role may do `actions`.
fn function(linked: &[&str], main: &str, actions: &str) -> Workspace {
    let template = format!(
        "  ListSlotsRole:\n    Properties:\n      Action: [{actions}]\n  Other:\n    Action: ses:SendRawEmail\n"
    );
    Workspace::default()
        .with_crate("shared/adapters/dynamodb", "openslot-dynamodb", &[])
        .with_crate("shared/adapters/kms", "openslot-kms", &[])
        .with_crate("functions/list-slots", "openslot-list-slots", linked)
        .with_file("functions/list-slots/src/main.rs", main)
        .with_file(TEMPLATE, &template)
}

const TABLE: &str = "use openslot_dynamodb::Table;\nTable::connect(&aws::sdk_config(roots), table);\n";

#[test]
fn no_client_is_made_in_vain() {
    holds(clients_are_made_once);
    let made = |linked: &[&str], main: &str| function(linked, main, "");
    permits(clients_are_made_once, &made(&["openslot-dynamodb"], TABLE));
    let idle = made(&["openslot-dynamodb", "openslot-kms"], TABLE);
    catches(clients_are_made_once, &idle, "openslot-kms 0 times");
    let reread = format!("{TABLE}aws::sdk_config(roots);\n");
    catches(clients_are_made_once, &made(&["openslot-dynamodb"], &reread), "configuration 2 times");
    let other = format!("{TABLE}Bus::connect(&sdk, bus);\n");
    catches(clients_are_made_once, &made(&["openslot-dynamodb"], &other), "2 clients for 1 adapters");
    let twice = format!("{TABLE}Table::connect(&sdk, other);\n");
    let found = clients_are_made_once(&made(&["openslot-dynamodb"], &twice));
    assert_eq!(found.len(), 2, "connected twice, and more clients than adapters: {found:?}");
}

#[test]
fn clients_and_policies_name_the_same_services() {
    holds(policies_name_the_services_of_clients);
    let both = ["openslot-dynamodb", "openslot-kms"];
    let may = |actions: &str| function(&both, TABLE, actions);
    permits(policies_name_the_services_of_clients, &may("dynamodb:GetItem, kms:Decrypt"));
    catches(policies_name_the_services_of_clients, &may("dynamodb:GetItem"), "kms");
    catches(
        policies_name_the_services_of_clients,
        &may("dynamodb:Query, kms:Decrypt, events:PutEvents"),
        "events",
    );
}

/// A new adapter of an AWS service stands in the list above, so that no policy goes unread.
fn services_are_known(workspace: &Workspace) -> Violations {
    let speaks_to_aws =
        |krate: &&Crate| krate.dependencies.iter().any(|dependency| dependency.name.starts_with("aws-sdk-"));
    let adapters = workspace.crates.iter().filter(|krate| Room::of(krate) == Some(Room::Adapter));
    let unknown = adapters.filter(speaks_to_aws).filter(|krate| service(&krate.name).is_none());
    unknown.map(|krate| format!("{} has no service here", krate.name)).collect()
}

#[test]
fn every_adapter_has_a_service() {
    holds(services_are_known);
    let adapter = |sdk| Workspace::default().with_crate("shared/adapters/queue", "openslot-queue", &[sdk]);
    catches(services_are_known, &adapter("aws-sdk-sqs"), "openslot-queue");
    permits(services_are_known, &adapter("reqwest"));
}
