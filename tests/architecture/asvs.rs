//! `docs/asvs.md` has every row of ASVS 5.0.0 at levels 1 and 2 once, and names tests that there are.

use crate::workspace::Workspace;
use crate::{Violations, catches, holds, permits};

const TABLE: &str = "docs/asvs.md";
const STATES: [&str; 4] = ["test", "reason", "none", "open"];

/// The sections of the standard (OWASP, May 2025), each with the level of every row in it, in their order.
const STANDARD: &str = "V1.1 22 V1.2 1111122223 V1.3 112222222223 V1.4 222 V1.5 123 \
    V2.1 122 V2.2 112 V2.3 12223 V2.4 23 \
    V3.1 3 V3.2 113 V3.3 12223 V3.4 11222233 V3.5 11122333 V3.6 3 V3.7 22333 \
    V4.1 12233 V4.2 23333 V4.3 22 V4.4 1222 V5.1 2 V5.2 112333 V5.3 113 V5.4 222 \
    V6.1 122 V6.2 111111112222 V6.3 11223333 V6.4 112233 V6.5 22222333 V6.6 2223 V6.7 33 V6.8 2222 \
    V7.1 222 V7.2 1111 V7.3 22 V7.4 11222 V7.5 223 V7.6 22 V8.1 1233 V8.2 1123 V8.3 133 V8.4 23 \
    V9.1 111 V9.2 1222 V10.1 22 V10.2 223 V10.3 22223 V10.4 1111122222233333 V10.5 22222 V10.6 22 V10.7 222 \
    V11.1 2233 V11.2 22233 V11.3 11233 V11.4 1222 V11.5 23 V11.6 23 V11.7 33 V12.1 12233 V12.2 11 V12.3 22223 \
    V13.1 2333 V13.2 222223 V13.3 2233 V13.4 1222233 V14.1 22 V14.2 12223333 V14.3 122 \
    V15.1 12233 V15.2 12233 V15.3 1222222 V15.4 3333 V16.1 2 V16.2 22222 V16.3 2222 V16.4 222 V16.5 2223 \
    V17.1 23 V17.2 22223333 V17.3 22";

/// One row of the table: its number, its level, whether it holds, and where or why.
struct Row<'a> {
    number: &'a str,
    level: &'a str,
    state: &'a str,
    why: &'a str,
}

fn rows(workspace: &Workspace) -> Vec<Row<'_>> {
    let lines = workspace.text(TABLE).unwrap_or_default().lines();
    lines.filter(|line| line.starts_with("| V")).filter_map(row).collect()
}

fn row(line: &str) -> Option<Row<'_>> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [number, level, state, _asks, why] = cells[..] else { return None };
    Some(Row { number, level, state, why })
}

/// Every row of the standard with its level.
fn standard() -> Vec<(String, char)> {
    let words: Vec<&str> = STANDARD.split_whitespace().collect();
    let sections = words.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    let numbered = |(section, levels): (&str, &str)| {
        let rows = levels.chars().zip(1..).map(|(level, place)| (format!("{section}.{place}"), level));
        rows.collect::<Vec<_>>()
    };
    sections.flat_map(numbered).collect()
}

/// Each row of the standard stands in the table once, with its level.
fn rows_are_the_standards(workspace: &Workspace) -> Violations {
    let wanted: Vec<(String, char)> = standard().into_iter().filter(|(_, level)| *level != '3').collect();
    let given = rows(workspace);
    let times = |number: &str| given.iter().filter(|row| row.number == number).count();
    let astray = wanted.iter().filter(|(number, _)| times(number) != 1);
    let astray = astray.map(|(number, _)| format!("{number} stands {} times", times(number)));
    let foreign = given.iter().filter(|row| {
        !wanted.iter().any(|(number, level)| number == row.number && row.level.chars().eq([*level]))
    });
    let foreign = foreign.map(|row| format!("{} is no row of level {}", row.number, row.level));
    astray.chain(foreign).collect()
}

/// A row that is said to be tested names a test, and every other says why.
fn rows_say_where_or_why(workspace: &Workspace) -> Violations {
    let given = rows(workspace);
    let silent = given.iter().filter(|row| {
        let says = if row.state == "test" { tests_in(row.why).next().is_some() } else { !row.why.is_empty() };
        !says || !STATES.contains(&row.state)
    });
    silent.map(|row| format!("{} is `{}` and says neither where nor why", row.number, row.state)).collect()
}

/// Every test that the table names is there.
fn named_tests_are_there(workspace: &Workspace) -> Violations {
    let named = tests_in(workspace.text(TABLE).unwrap_or_default());
    let gone = named.filter(|(path, name)| !workspace.text(path).is_some_and(|text| has(path, text, name)));
    gone.map(|(path, name)| format!("{path} has no test {name}")).collect()
}

/// What is written as `path::name` between backticks.
fn tests_in(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter_map(|quoted| quoted.split_once("::")).filter(|(path, _)| path.contains('/'))
}

/// Whether this file has the test: marked as one in Rust, a rule in Python, the beginning of a title in TypeScript.
fn has(path: &str, text: &str, name: &str) -> bool {
    match path.rsplit('.').next() {
        Some("rs") => text.split_once(&format!("fn {name}(")).is_some_and(|(before, _)| is_marked(before)),
        Some("py") => text.contains(&format!("def {name}(")),
        Some("ts") => ['"', '\'', '`'].iter().any(|quote| text.contains(&format!("{quote}{name}"))),
        Some(_) | None => false,
    }
}

/// Whether the lines directly above, attributes all, make a test of what follows.
fn is_marked(before: &str) -> bool {
    let above = before.rsplit_once('\n').map_or("", |(above, _)| above).lines().rev().map(str::trim_start);
    let mut marks = above.take_while(|line| line.starts_with("#["));
    marks.any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
}

#[test]
fn the_standard_has_its_rows() {
    let of = |wanted: char| standard().iter().filter(|(_, level)| *level == wanted).count();
    assert_eq!((of('1'), of('2'), of('3')), (70, 183, 92));
}

#[test]
fn every_row_of_the_standard_is_there() {
    holds(rows_are_the_standards);
    let table = include_str!("../../docs/asvs.md");
    let written = |text: &str| Workspace::default().with_file(TABLE, text);
    permits(rows_are_the_standards, &written(table));
    let without: Vec<&str> = table.lines().filter(|line| !line.starts_with("| V8.2.2 ")).collect();
    catches(rows_are_the_standards, &written(&without.join("\n")), "V8.2.2");
    let lowered = table.replace("| V3.4.3 | 2 |", "| V3.4.3 | 1 |");
    catches(rows_are_the_standards, &written(&lowered), "V3.4.3");
    let invented = format!("{table}\n| V17.4.1 | 2 | none | more | no reason |");
    catches(rows_are_the_standards, &written(&invented), "V17.4.1");
}

#[test]
fn every_row_says_where_or_why() {
    holds(rows_say_where_or_why);
    let written = |row| Workspace::default().with_file(TABLE, row);
    catches(rows_say_where_or_why, &written("| V1.1.1 | 2 | test | this | it is so |"), "V1.1.1");
    catches(rows_say_where_or_why, &written("| V1.1.2 | 2 | none | that |  |"), "V1.1.2");
    catches(rows_say_where_or_why, &written("| V1.2.1 | 1 | fine | more | because |"), "V1.2.1");
    permits(rows_say_where_or_why, &written("| V1.2.2 | 1 | test | more | `tests/a.rs::b` |"));
}

#[test]
fn every_named_test_is_there() {
    holds(named_tests_are_there);
    let written = |path, text, row| Workspace::default().with_file(path, text).with_file(TABLE, row);
    let gone = "#[test]\nfn holds() {}\nfn helps() {}";
    catches(named_tests_are_there, &written("tests/a.rs", gone, "`tests/a.rs::hold`"), "hold");
    catches(named_tests_are_there, &written("tests/a.rs", gone, "`tests/a.rs::helps`"), "helps");
    catches(named_tests_are_there, &written("a/b.spec.ts", "test(\"one\")", "`a/b.spec.ts::two`"), "two");
    catches(named_tests_are_there, &written("a/b.py", "def one():", "`a/c.py::one`"), "a/c.py");
    permits(named_tests_are_there, &written("tests/a.rs", gone, "`tests/a.rs::holds`, `state::word`"));
    permits(named_tests_are_there, &written("a/b.spec.ts", "test(`one ${x}`)", "`a/b.spec.ts::one`"));
}
