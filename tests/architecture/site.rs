//! What the pages may not do, and which one file of the site may.

use crate::workspace::{File, Workspace};
use crate::{Violations, catches, holds, permits};

/// What browsers get is made of these.
const SHIPPED: [&str; 6] = [
    "static-site/book/",
    "static-site/components/",
    "static-site/lib/",
    "static-site/manage/",
    "static-site/page/",
    "static-site/styles/",
];

const LIB: &str = "static-site/lib/";
const DATES: &str = "static-site/lib/plain-date.ts";
const SENDING: &str = "static-site/page/send.ts";

/// What there is in a browser only.
const PAGE: &[&str] = &[
    "document.",
    "navigator.",
    "localStorage",
    "sessionStorage",
    "HTMLElement",
    "addEventListener(",
    ".querySelector",
    "customElements",
    "requestAnimationFrame(",
    "lib=\"dom",
];

/// Ways to ask a server.
const REQUESTS: &[&str] = &["fetch(", "XMLHttpRequest", "sendBeacon(", "WebSocket(", "EventSource("];

/// What knows the calendar by the browser's rules.
const CALENDAR: &[&str] = &[
    "Date(",
    "Date.",
    "Intl.DateTimeFormat",
    ".toISOString(",
    ".toLocaleDateString(",
    ".toLocaleTimeString(",
    ".getTime(",
    ".getUTC",
    ".setUTC",
];

/// Ways for a text to become markup or a program.
const MARKUP: &[&str] = &[
    "innerHTML",
    "outerHTML",
    "dangerouslySetInnerHTML",
    "insertAdjacentHTML",
    "createContextualFragment",
    "DOMParser",
    "document.write",
    "eval(",
    "new Function(",
];

/// Addresses that are names or examples, and are never asked: the namespaces of XML, and the names kept for
/// documentation (RFC 2606).
const NEVER_ASKED: &[&str] = &["www.w3.org", "example.com", "example.net", "example.org"];

/// What is made by a tool and never committed, so that no rule reads it.
const MADE: &[&str] = &["node_modules/", "static-site/dist/", "static-site/lib/api-types.ts"];

/// The compiler leaves the types of a browser out; this keeps it so.
fn lib_knows_no_page(workspace: &Workspace) -> Violations {
    let lib = shipped(workspace, &["ts", "tsx"]).filter(|file| file.path.starts_with(LIB));
    let mut found: Violations = lib.flat_map(|file| says(file, PAGE)).collect();
    let compiled_with = workspace.files.iter().filter(|file| file.path == "static-site/tsconfig.lib.json");
    found.extend(compiled_with.flat_map(|file| says(file, &["DOM", "dom"])));
    found
}

fn one_file_asks_the_server(workspace: &Workspace) -> Violations {
    let others = shipped(workspace, &["ts", "tsx"]).filter(|file| file.path != SENDING);
    others.flat_map(|file| says(file, REQUESTS)).collect()
}

fn one_file_knows_the_calendar(workspace: &Workspace) -> Violations {
    let others = shipped(workspace, &["ts", "tsx"]).filter(|file| file.path != DATES);
    others.flat_map(|file| says(file, CALENDAR)).collect()
}

fn text_stays_text(workspace: &Workspace) -> Violations {
    shipped(workspace, &["ts", "tsx", "html"]).flat_map(|file| says(file, MARKUP)).collect()
}

/// The policy would stop them in the browser; here they are stopped before.
fn pages_have_nothing_inline(workspace: &Workspace) -> Violations {
    shipped(workspace, &["html"]).flat_map(|file| lines_where(file, is_inline)).collect()
}

fn is_inline(line: &str) -> bool {
    let mut attributes =
        line.split([' ', '\t']).filter_map(|word| word.split_once('=')).map(|(name, _)| name);
    let scripted = line.contains("<script") && !line.contains(" src=");
    scripted || line.contains("<style") || attributes.any(|name| name == "style" || name.starts_with("on"))
}

fn nobody_else_is_asked(workspace: &Workspace) -> Violations {
    let files = shipped(workspace, &["ts", "tsx", "css", "html"]);
    files.flat_map(|file| lines_where(file, |line| !is_comment(line) && names_a_host(line))).collect()
}

fn is_comment(line: &str) -> bool {
    ["//", "/*", "*", "<!--"].iter().any(|start| line.trim_start().starts_with(start))
}

/// Whether an address in it begins with a host: of its own scheme, or, in quotes or brackets, of the page's.
fn names_a_host(line: &str) -> bool {
    let starts = ["http://", "https://", "ws://", "wss://", "\"//", "'//", "`//", "(//"];
    let rests = starts
        .iter()
        .flat_map(|start| line.match_indices(start).map(|(at, start)| &line[at + start.len()..]));
    rests.filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric())).any(|rest| {
        !NEVER_ASKED.iter().any(|host| {
            let after = rest.strip_prefix(host);
            after.is_some_and(|after| !goes_on(after))
        })
    })
}

/// Whether a host's name goes on; a full stop may also end a sentence.
fn goes_on(after: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '-';
    after.strip_prefix('.').unwrap_or(after).starts_with(letter)
}

fn nothing_made_is_committed(workspace: &Workspace) -> Violations {
    let paths = workspace.files.iter().map(|file| file.path.as_str());
    let made = paths
        .filter(|path| MADE.iter().any(|made| path.starts_with(made) || path.contains(&format!("/{made}"))));
    made.map(|path| format!("{path} is made by a tool: .gitignore has to name it")).collect()
}

/// The sources of the site that are no tests: those may try what pages must not do.
fn shipped<'a>(workspace: &'a Workspace, endings: &'a [&str]) -> impl Iterator<Item = &'a File> {
    let files = workspace.files.iter().filter(|file| file.is_of(endings) && !file.path.contains(".test."));
    files.filter(|file| SHIPPED.iter().any(|folder| file.path.starts_with(folder)))
}

/// Where the code of `file` holds one of `words`, which may not be the end of a longer one.
fn says(file: &File, words: &[&str]) -> Violations {
    let whole = |line: &str, word: &str| {
        let bound = word.starts_with('.');
        line.match_indices(word).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            bound || !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$')
        })
    };
    let lines = file.code_lines().filter(|(_, line)| words.iter().any(|word| whole(line, word)));
    lines.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim())).collect()
}

fn lines_where(file: &File, broken: impl Fn(&str) -> bool) -> Violations {
    let lines = file.text.lines().enumerate().filter(|(_, line)| broken(line));
    lines.map(|(index, line)| format!("{}:{}: {}", file.path, index + 1, line.trim())).collect()
}

fn file(path: &str, text: &str) -> Workspace {
    Workspace::default().with_file(path, text)
}

#[test]
fn what_lib_decides_needs_no_browser() {
    holds(lib_knows_no_page);
    let lib = |line: &str| file("static-site/lib/form.ts", line);
    for line in ["document.title = title;", "root.querySelector(\"a\")", "new HTMLElement()"] {
        catches(lib_knows_no_page, &lib(line), "form.ts:1");
    }
    let config = file("static-site/tsconfig.lib.json", "{\n  \"lib\": [\"ES2023\", \"DOM\"]\n}\n");
    catches(lib_knows_no_page, &config, "tsconfig.lib.json:2");
    permits(lib_knows_no_page, &lib("meetingType.window.days + place.location.kind; // not document.title"));
    permits(lib_knows_no_page, &file("static-site/book/main.tsx", "document.title = title;"));
}

#[test]
fn the_server_is_asked_in_one_place() {
    holds(one_file_asks_the_server);
    let asks = "const reply = await fetch(path, init);";
    for path in ["static-site/components/form.tsx", "static-site/lib/api.ts", "static-site/manage/page.tsx"] {
        catches(one_file_asks_the_server, &file(path, asks), path);
    }
    catches(one_file_asks_the_server, &file("static-site/lib/api.ts", "globalThis.fetch(path)"), "api.ts:1");
    permits(one_file_asks_the_server, &file(SENDING, asks));
    permits(one_file_asks_the_server, &file("static-site/page/use-listing.ts", "refetch(range);"));
}

#[test]
fn the_calendar_is_known_in_one_place() {
    holds(one_file_knows_the_calendar);
    let form = |line: &str| file("static-site/components/month.tsx", line);
    for line in [
        "new Date(text)",
        "Date.parse(text)",
        "new Intl.DateTimeFormat(locale)",
        "day.toISOString().slice(0, 10)",
        "day.getUTCDate()",
    ] {
        catches(one_file_knows_the_calendar, &form(line), "month.tsx:1");
    }
    permits(one_file_knows_the_calendar, &form("type Day = PlainDate; formatDate(day); (day: Date) => true"));
    permits(one_file_knows_the_calendar, &file(DATES, "new Date(text)"));
    permits(one_file_knows_the_calendar, &file("static-site/lib/zones.test.ts", "Date.UTC(2026, 1)"));
}

#[test]
fn what_others_wrote_is_never_markup() {
    holds(text_stays_text);
    for word in MARKUP {
        let broken = file("static-site/components/about.tsx", &format!("  {word}"));
        catches(text_stays_text, &broken, "about.tsx:1");
    }
}

#[test]
fn a_page_brings_no_script_and_no_style_of_its_own() {
    holds(pages_have_nothing_inline);
    let page = |line: &str| file("static-site/book/index.html", line);
    for line in [
        "<script>start()</script>",
        "<style>body { margin: 0 }</style>",
        "<div style=\"color: red\">",
        "<body onload=\"start()\">",
    ] {
        catches(pages_have_nothing_inline, &page(line), "index.html:1");
    }
    permits(pages_have_nothing_inline, &page("<script type=\"module\" src=\"./main.tsx\"></script>"));
    permits(pages_have_nothing_inline, &page("<meta name=\"viewport\" content=\"width=device-width\">"));
}

#[test]
fn no_page_asks_anybody_else() {
    holds(nobody_else_is_asked);
    let styles = |line: &str| file("static-site/styles/base.css", line);
    for line in [
        "@import \"https://fonts.example.dev/a.css\";",
        "src: url(//cdn.example.dev/a.woff2);",
        "fetch(\"http://127.0.0.1/seen\")",
        "href=\"https://example.org.evil.dev/\"",
        "href=\"https://example.organic/\"",
    ] {
        catches(nobody_else_is_asked, &styles(line), "base.css:1");
    }
    for line in [
        "const isWeb = /^https?:\\/\\//i.test(address) || address.startsWith(\"https://\");",
        "placeholder=\"https://example.org\"",
        "xmlns=\"http://www.w3.org/2000/svg\"",
        "// As https://datatracker.ietf.org/doc/html/rfc9110 has it.",
        "const address = `https://${host}`;",
    ] {
        permits(nobody_else_is_asked, &styles(line));
    }
}

#[test]
fn what_tools_make_is_not_kept() {
    holds(nothing_made_is_committed);
    for path in [
        "node_modules/cally/dist/cally.js",
        "tests/browser/node_modules/axe-core/axe.js",
        "static-site/dist/book/index.html",
        "static-site/lib/api-types.ts",
    ] {
        catches(nothing_made_is_committed, &file(path, ""), path);
    }
    permits(nothing_made_is_committed, &file("static-site/lib/api.ts", ""));
}
