//! Who adds a function touches the places that CONTRIBUTING lists. Each line of that list is a check here, or in
//! `rooms.rs` (use-case, story, the two halves), or in `infra/sam/tests` (what stands in the template, looked at closely).

use std::collections::BTreeSet;

use crate::workspace::Workspace;
use crate::{Violations, catches, holds, permits};

const TEMPLATE: &str = "infra/sam/template.yaml";
const CONTRACT: &str = "shared/wire/openapi.json";
const MANUAL: &str = "docs/operate.md";
const OVERVIEW: &str = "ARCHITECTURE.md";

/// The functions there are, by their folders.
fn functions(workspace: &Workspace) -> BTreeSet<&str> {
    let under = workspace.files.iter().filter_map(|file| file.path.strip_prefix("functions/"));
    under.filter_map(|path| Some(path.split_once('/')?.0)).collect()
}

/// `list-slots` as `ListSlots`.
fn block(function: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    function.split('-').map(capital).collect()
}

/// What a function needs in one place: says what is missing for each that has not got it.
fn each(workspace: &Workspace, lacks: impl Fn(&str) -> Option<String>) -> Violations {
    functions(workspace)
        .into_iter()
        .filter_map(|function| Some(format!("{function} has no {}", lacks(function)?)))
        .collect()
}

/// The text of a resource of the template: its lines, until the next one begins.
fn resource(workspace: &Workspace, name: &str) -> Option<String> {
    let lines = workspace.text(TEMPLATE)?.lines();
    let own = lines.skip_while(|line| *line != format!("  {name}:")).skip(1);
    let own: Vec<&str> = own.take_while(|line| line.is_empty() || line.starts_with("   ")).collect();
    (!own.is_empty()).then(|| own.join("\n"))
}

/// A resource of the template, and a line without which it is not that of the function.
fn lacks_resource(workspace: &Workspace, name: &str, line: &str) -> Option<String> {
    let found = resource(workspace, name).unwrap_or_default();
    (!found.contains(line)).then(|| format!("{name} with `{line}` in {TEMPLATE}"))
}

fn functions_stand_in_the_template(workspace: &Workspace) -> Violations {
    each(workspace, |name| lacks_resource(workspace, &block(name), "Type: AWS::Serverless::Function"))
}

fn functions_have_a_policy_of_their_own(workspace: &Workspace) -> Violations {
    each(workspace, |name| {
        let policy = format!("PolicyName: {name}");
        lacks_resource(workspace, &format!("{}Role", block(name)), &policy)
    })
}

fn functions_have_a_log(workspace: &Workspace) -> Violations {
    each(workspace, |name| {
        let kept = "RetentionInDays: !Ref LogRetentionDays";
        lacks_resource(workspace, &format!("{}Logs", block(name)), kept)
    })
}

fn functions_have_an_alarm(workspace: &Workspace) -> Violations {
    each(workspace, |name| {
        let watched = format!("{{Name: FunctionName, Value: !Ref {}}}", block(name));
        lacks_resource(workspace, &format!("{}Errors", block(name)), &watched)
    })
}

/// A function that nothing starts is none: routes lead to it, or it listens.
fn functions_are_started_by_something(workspace: &Workspace) -> Violations {
    let template = workspace.text(TEMPLATE).unwrap_or_default();
    each(workspace, |name| {
        let routed =
            template.contains(&format!("Target: !Sub \"integrations/${{{}Integration}}\"", block(name)));
        let listens = resource(workspace, &block(name)).is_some_and(|text| text.contains("\n      Events:"));
        (!routed && !listens).then(|| format!("route and no event in {TEMPLATE}"))
    })
}

/// Every path of a function's router stands in the contract, in the template and in the function's README.
fn routes_are_in_contract_template_and_readme(workspace: &Workspace) -> Violations {
    let text = |path: &str| workspace.text(path).unwrap_or_default();
    let mut found = Violations::new();
    for function in functions(workspace) {
        let readme = text(&format!("functions/{function}/README.md"));
        for path in routes(text(&format!("functions/{function}/src/lib.rs"))) {
            let told = readme.contains(path) || readme.contains(&format!("`{}`", last(path)));
            let template = text(TEMPLATE).contains(&format!(" {path}\n"));
            let contract = text(CONTRACT).contains(&format!("\"{path}\""));
            let places = [(told, "its README"), (template, TEMPLATE), (contract, CONTRACT)];
            let silent = places.iter().filter(|(told, _)| !told);
            found.extend(
                silent.map(|(_, place)| format!("{function} has {path}, of which {place} says nothing")),
            );
        }
    }
    found
}

/// The paths that a router knows.
fn routes(router: &str) -> impl Iterator<Item = &str> {
    router.split(".route(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
}

/// `/v1/bookings/{id}/cancel` ends in `/cancel`.
fn last(path: &str) -> &str {
    path.rfind('/').map_or(path, |at| &path[at..])
}

fn functions_have_a_readme(workspace: &Workspace) -> Violations {
    each(workspace, |name| {
        let readme = format!("functions/{name}/README.md");
        let named =
            workspace.text(&readme).is_some_and(|text| text.contains(&format!("# openslot-{name}\n")));
        (!named).then(|| format!("face in {readme}"))
    })
}

/// The binary that is deployed is tried under its own policy.
fn functions_are_tried_as_deployed(workspace: &Workspace) -> Violations {
    let deploy: Vec<_> =
        workspace.files.iter().filter(|file| file.path.starts_with("tests/deploy/")).collect();
    each(workspace, |name| {
        let told = deploy
            .iter()
            .any(|file| file.code_lines().any(|(_, line)| line.contains(&format!("\"{name}\""))));
        (!told).then(|| "story in tests/deploy".to_owned())
    })
}

fn functions_run_locally(workspace: &Workspace) -> Violations {
    let local: Vec<_> =
        workspace.files.iter().filter(|file| file.path.starts_with("infra/local/src/")).collect();
    each(workspace, |name| {
        let krate = format!("openslot_{}::", name.replace('-', "_"));
        let called = local.iter().any(|file| file.code_lines().any(|(_, line)| line.contains(&krate)));
        (!called).then(|| "place in infra/local".to_owned())
    })
}

/// Whoever reads on finds it: in the overview, and among those that an operator stops before a restore.
fn functions_are_written_of(workspace: &Workspace) -> Violations {
    let text = |path: &str| workspace.text(path).unwrap_or_default();
    let stopped = text(MANUAL).lines().find_map(|line| line.trim_start().strip_prefix("functions=\""));
    let stopped: Vec<&str> = stopped.unwrap_or_default().trim_end_matches('"').split(' ').collect();
    each(workspace, |name| {
        let shown = text(OVERVIEW).split([' ', '\n', '`', '/']).any(|word| word == name);
        match (shown, stopped.contains(&name)) {
            (false, _) => Some(format!("word in {OVERVIEW}")),
            (true, false) => Some(format!("place among those that {MANUAL} stops")),
            (true, true) => None,
        }
    })
}

/// Every place that one function needs, as small as can be.
const SOUND: [(&str, &str); 9] = [
    (
        "functions/list-slots/src/lib.rs",
        "Router::new().route(\"/v1/slots\", get(list))\n    .route(\n        \"/v1/x/{id}/why\", get(why))",
    ),
    ("functions/list-slots/README.md", "# openslot-list-slots\n\n- `GET /v1/slots` and `/why`\n"),
    (CONTRACT, "{\"/v1/slots\": {}, \"/v1/x/{id}/why\": {}}"),
    ("tests/deploy/least.rs", "(\"list-slots\", \"dynamodb:Query\")"),
    ("infra/local/src/functions.rs", "openslot_list_slots::router()"),
    (OVERVIEW, "   list-slots  create-booking"),
    (MANUAL, "   functions=\"create-booking list-slots\"\n"),
    (
        TEMPLATE,
        "Resources:\n  ListSlots:\n    Type: AWS::Serverless::Function\n\n  ListSlotsRole:\n    Type: AWS::IAM::Role\n    \
         Properties:\n        - PolicyName: list-slots\n  ListSlotsLogs:\n      RetentionInDays: !Ref \
         LogRetentionDays\n  ListSlotsErrors:\n        - {Name: FunctionName, Value: !Ref ListSlots}\n  GetSlots:\n      \
         RouteKey: GET /v1/slots\n      Target: !Sub \"integrations/${ListSlotsIntegration}\"\n  GetWhy:\n      \
         RouteKey: GET /v1/x/{id}/why\n",
    ),
    ("functions/list-slots/src/main.rs", ""),
];

/// The sound workspace with `from` replaced by `to` in one file.
fn with(path: &str, from: &str, to: &str) -> Workspace {
    SOUND.iter().fold(Workspace::default(), |workspace, (own, text)| {
        if *own != path {
            return workspace.with_file(own, text);
        }
        assert!(text.contains(from), "{path} does not say {from}");
        workspace.with_file(own, &text.replace(from, to))
    })
}

type Rule = fn(&Workspace) -> Violations;

/// Each rule, with the defects that it is there for: a file, what is spoilt in it, and how, and what is named.
const LINES: [(Rule, &[[&str; 4]]); 10] = [
    (
        functions_stand_in_the_template,
        &[
            [TEMPLATE, "  ListSlots:", "  ListSlot:", "no ListSlots"],
            [TEMPLATE, "AWS::Serverless::Function", "AWS::Lambda::Alias", "no ListSlots"],
        ],
    ),
    (
        functions_have_a_policy_of_their_own,
        &[
            [TEMPLATE, "PolicyName: list-slots", "PolicyName: all", "PolicyName: list-slots"],
            [TEMPLATE, "  ListSlotsRole:", "  Role:", "no ListSlotsRole"],
        ],
    ),
    (functions_have_a_log, &[[TEMPLATE, "RetentionInDays", "Retention", "no ListSlotsLogs"]]),
    (functions_have_an_alarm, &[[TEMPLATE, "Value: !Ref ListSlots}", "Value: x}", "no ListSlotsErrors"]]),
    (
        functions_are_started_by_something,
        &[[TEMPLATE, "ListSlotsIntegration", "Other", "no route and no event"]],
    ),
    (
        routes_are_in_contract_template_and_readme,
        &[
            [TEMPLATE, "GET /v1/slots", "GET /v1/slot", "/v1/slots, of which infra/sam"],
            [CONTRACT, "/v1/slots", "/v1/slot", "/v1/slots, of which shared/wire"],
            ["functions/list-slots/README.md", "`/why`", "another", "/v1/x/{id}/why, of which its README"],
        ],
    ),
    (
        functions_have_a_readme,
        &[["functions/list-slots/README.md", "# openslot-list-slots", "# it", "no face"]],
    ),
    (
        functions_are_tried_as_deployed,
        &[["tests/deploy/least.rs", "(\"list", "// (\"list", "no story in tests/deploy"]],
    ),
    (
        functions_run_locally,
        &[["infra/local/src/functions.rs", "list_slots::", "list::", "no place in infra/local"]],
    ),
    (
        functions_are_written_of,
        &[
            [OVERVIEW, "list-slots", "list-slots-elsewhere", "no word in ARCHITECTURE"],
            [MANUAL, " list-slots", "", "no place among those"],
        ],
    ),
];

#[test]
fn every_line_of_the_checklist_is_kept() {
    for (rule, _) in LINES {
        holds(rule);
    }
}

#[test]
fn a_line_that_was_forgotten_is_named() {
    for (rule, defects) in LINES {
        permits(rule, &with(TEMPLATE, "Resources", "Resources"));
        assert!(!defects.is_empty(), "a rule without a defect proves nothing");
        for [path, from, to, word] in defects {
            catches(rule, &with(path, from, to), word);
        }
    }
}

/// A function that listens has no route, and one with neither is started by nothing.
#[test]
fn an_event_starts_a_function_as_well() {
    let listening = "  ListSlots:\n    Type: x\n    Properties:\n      Events:\n";
    let template = Workspace::default().with_file("functions/list-slots/src/lib.rs", "");
    permits(functions_are_started_by_something, &template.with_file(TEMPLATE, listening));
}
