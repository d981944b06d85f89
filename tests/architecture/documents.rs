//! What the documents promise their reader.

use std::path::Path;

use crate::workspace::{File, Workspace, root};
use crate::{Violations, catches, holds, permits};

/// A link or a picture leads to something that is there. Addresses elsewhere are not followed.
fn links_lead_somewhere(workspace: &Workspace) -> Violations {
    let documents = workspace.files.iter().filter(|file| file.is_of(&["md"]));
    documents.flat_map(|document| dead_links(document, workspace)).collect()
}

fn dead_links(document: &File, workspace: &Workspace) -> Violations {
    let folder = Path::new(&document.path).parent().unwrap_or(Path::new(""));
    let there = |target: &str| {
        let path = folder.join(target);
        root().join(&path).exists() || path.to_str().is_some_and(|path| workspace.text(path).is_some())
    };
    let dead = targets(&document.text).filter(|target| !there(target));
    dead.map(|target| format!("{} leads to {target}, which is not there", document.path)).collect()
}

/// The files that a document links to: `](path)`, without what stands behind a `#`. A crate's face also links to
/// items, which rustdoc follows.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let linked = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    let here = linked.filter(|target| !target.contains("::") && !target.contains("://"));
    here.map(|target| target.split('#').next().unwrap_or_default()).filter(|path| !path.is_empty())
}

/// A verb of `make` that a document names is one. What stands in a sentence without marks is no verb.
fn verbs_are_there(workspace: &Workspace) -> Violations {
    let makefile = workspace.text("Makefile").unwrap_or_default();
    let is_target = |verb: &str| makefile.lines().any(|line| line.starts_with(&format!("{verb}:")));
    let documents = workspace.files.iter().filter(|file| file.is_of(&["md"]));
    let named = documents.flat_map(|file| verbs(&file.text).map(|verb| (file.path.as_str(), verb)));
    let gone = named.filter(|(_, verb)| !is_target(verb));
    gone.map(|(path, verb)| format!("{path} names `make {verb}`, which is no verb")).collect()
}

/// What follows `make ` at the start of a line of shell, or of what stands between backticks.
fn verbs(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.split(['\n', '`']).filter_map(|start| start.strip_prefix("make "));
    let words =
        starts.map(|rest| rest.split(|c: char| !c.is_ascii_lowercase() && c != '-').next().unwrap_or(""));
    words.filter(|word| !word.is_empty())
}

/// Whoever is woken by an alarm finds what to do.
fn alarms_are_explained(workspace: &Workspace) -> Violations {
    let template = workspace.text("infra/sam/template.yaml").unwrap_or_default();
    let named = template.lines().filter_map(|line| line.trim().strip_prefix(ALARM)?.strip_suffix('"'));
    let manual = workspace.text("docs/operate.md").unwrap_or_default();
    let silent = named.filter(|alarm| !manual.contains(&format!("`{alarm}`")));
    silent.map(|alarm| format!("docs/operate.md says nothing of the alarm {alarm}")).collect()
}

const ALARM: &str = "AlarmName: !Sub \"${AWS::StackName}-";

#[test]
fn no_link_is_dead() {
    holds(links_lead_somewhere);
    let written = |text| Workspace::default().with_file("docs/a.md", text);
    catches(links_lead_somewhere, &written("![a picture](gone.png)"), "gone.png");
    catches(links_lead_somewhere, &written("[a page](../README.md#run) and [b](b.md#c)"), "b.md");
    permits(links_lead_somewhere, &written("[here](a.md), [below](#below), [away](https://example.org/x)"));
}

#[test]
fn no_document_names_a_verb_that_is_not_there() {
    holds(verbs_are_there);
    let written = |text| Workspace::default().with_file("Makefile", "run: site").with_file("a.md", text);
    catches(verbs_are_there, &written("say `make walk ARGS=1` first"), "make walk");
    catches(verbs_are_there, &written("```sh\nmake test-all\n```"), "make test-all");
    permits(verbs_are_there, &written("`make run`, `make SEED=1`, and make do"));
}

#[test]
fn every_alarm_is_explained() {
    holds(alarms_are_explained);
    let stack = |text| Workspace::default().with_file("infra/sam/template.yaml", text);
    let alarm = "  AlarmName: !Sub \"${AWS::StackName}-parked\"";
    catches(alarms_are_explained, &stack(alarm).with_file("docs/operate.md", "| `oldest` |"), "parked");
    permits(alarms_are_explained, &stack(alarm).with_file("docs/operate.md", "| `parked` |"));
}
