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

#[test]
fn no_link_is_dead() {
    holds(links_lead_somewhere);
    let written = |text| Workspace::default().with_file("docs/a.md", text);
    catches(links_lead_somewhere, &written("![a picture](gone.png)"), "gone.png");
    catches(links_lead_somewhere, &written("[a page](../README.md#run) and [b](b.md#c)"), "b.md");
    permits(links_lead_somewhere, &written("[here](a.md), [below](#below), [away](https://example.org/x)"));
}
