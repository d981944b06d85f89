//! What is done in one place only, and where that is.

use crate::workspace::{File, Workspace};
use crate::{Violations, catches, holds, permits};

/// The one place that lists the words below without meaning them.
const HERE: &str = "tests/architecture/places.rs";

const CODE: &[&str] = &["rs", "ts", "tsx"];

/// A way out of the program that is a port elsewhere.
struct Way {
    words: &'static [&'static str],
    /// The files that may take it, and why.
    places: &'static [(&'static str, &'static str)],
}

const CLOCK: Way = Way {
    words: &["Utc::now", "Local::now", "SystemTime::now", "Instant::now", "Date.now", "new Date()"],
    places: &[
        ("shared/domain/benches/slots.rs", "a benchmark measures time"),
        ("shared/edge/src/world.rs", "the port"),
        ("static-site/lib/plain-date.ts", "the site's port"),
    ],
};

const CHANCE: Way = Way {
    words: &["rand::", "getrandom", "SystemRandom", "Math.random", "randomUUID(", "getRandomValues("],
    places: &[
        ("infra/local/src/issuer.rs", "a signature wants the chance of the library that makes it"),
        ("shared/edge/src/world.rs", "the port"),
        ("static-site/book/main.tsx", "hands the site what it names its requests with"),
        ("static-site/manage/main.tsx", "hands the site what it names its requests with"),
    ],
};

const ENVIRONMENT: Way = Way {
    words: &["env::var", "env::set_var", "process.env"],
    places: &[
        ("infra/cdk/test/stack.ts", "CDK_VALIDATION is how the CDK is told to check, or not"),
        ("infra/cdk/test/synth.test.ts", "a program that is started needs to be found"),
        ("shared/edge/src/config.rs", "the configuration of every function"),
        ("shared/letters/build.rs", "cargo names the output folder there only"),
        ("static-site/lib/plain-date.test.ts", "tries dates in several corners of the world, which TZ names"),
        ("static-site/vite.config.ts", "OPENSLOT_API says where the API runs while one works on a page"),
        ("tests/audit/main.rs", "OPENSLOT_OPERATIONS says how much is done to bookings"),
        ("tests/browser/playwright.config.ts", "CI takes no test that was left alone in its file"),
        ("tests/conformance/main.rs", "OPENSLOT_VECTORS names other vectors to hold to"),
        ("tests/races/create_booking.rs", "OPENSLOT_RACES_SEEDS and OPENSLOT_RACES_SEED say what to play"),
        ("tests/slots/main.rs", "OPENSLOT_CASES says how many questions to ask"),
        ("tests/support/moto.rs", "says which engines there are to test against"),
    ],
};

const WAITING: Way = Way {
    words: &["::sleep(", "sleep_until(", "setTimeout(", "setInterval(", "waitForTimeout("],
    places: &[
        ("infra/local/tests/program/guests.rs", "a program that was started has a clock of its own"),
        ("shared/edge/src/world.rs", "the port"),
        ("static-site/page/trail.ts", "a step back that leads nowhere is taken back after a while"),
        ("static-site/page/use-now.ts", "the site's port: the clock of a page, and when an answer is late"),
        ("static-site/page/use-rest.ts", "what nobody waits for comes after what is looked at"),
    ],
};

/// Says how long a test may take, and waits for nothing.
const LIMIT: &str = "test.setTimeout(";

/// The names of the table's key attributes.
const KEYS: Way = Way {
    words: &["\"PK\"", "\"SK\""],
    places: &[
        ("functions/deliver-effects/src/stream.rs", "the stream names them in its records"),
        ("shared/adapters/dynamodb/src/keys.rs", "every key of the table is made here"),
        ("tests/stories/deliver_effects.rs", "makes such records"),
    ],
};

/// Reading the whole table: for an operator's tool, by a port that no function holds. Tests may look at what they like.
const SCAN: Way = Way {
    words: &[".scan()"],
    places: &[("shared/adapters/dynamodb/src/table.rs", "every booking is read there, for an audit")],
};

fn the_product_scans_in_one_place(workspace: &Workspace) -> Violations {
    kept_to_its_places(&SCAN)(workspace).into_iter().filter(|found| !found.starts_with("tests/")).collect()
}

/// The ports and use-cases by which everything is read.
const EVERYTHING: &[&str] = &["EveryBooking", "every_booking", "verify_hosts", "repair_hosts"];

/// What a function can do its policy has to allow, and none allows a scan.
fn no_function_reads_everything(workspace: &Workspace) -> Violations {
    let files = workspace.files.iter().filter(|file| file.path.starts_with("functions/"));
    files.flat_map(|file| takes(file, &Way { words: EVERYTHING, places: &[] })).collect()
}

/// Everyone else takes `way` through its port, or asks the file that may.
fn kept_to_its_places(way: &Way) -> impl Fn(&Workspace) -> Violations {
    |workspace| {
        let files = workspace.files.iter().filter(|file| file.is_of(CODE) && file.path != HERE);
        let others = files.filter(|file| !way.places.iter().any(|(path, _)| *path == file.path));
        others.flat_map(|file| takes(file, way)).collect()
    }
}

fn takes(file: &File, way: &Way) -> Violations {
    let taken = |line: &str| way.words.iter().any(|word| line.replace(LIMIT, "").contains(word));
    let lines = file.code_lines().filter(|(_, line)| taken(line));
    lines.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim())).collect()
}

const WAYS: [&Way; 6] = [&CLOCK, &CHANCE, &ENVIRONMENT, &WAITING, &KEYS, &SCAN];

/// A place that no longer needs its leave loses it.
fn leave_is_used(workspace: &Workspace) -> Violations {
    let mut found = Violations::new();
    for way in WAYS {
        for (path, _) in way.places {
            let file = workspace.files.iter().find(|file| file.path == *path);
            if file.is_none_or(|file| takes(file, way).is_empty()) {
                found.push(format!("{path} has leave it does not use: {}", way.words.join(", ")));
            }
        }
    }
    found
}

fn code(line: &str) -> Workspace {
    Workspace::default().with_file("shared/domain/src/slots.rs", line)
}

#[test]
fn time_comes_through_its_port() {
    holds(kept_to_its_places(&CLOCK));
    catches(kept_to_its_places(&CLOCK), &code("let now = Utc::now();"), "slots.rs:1");
    permits(kept_to_its_places(&CLOCK), &code("/// Unlike `Utc::now`, this can be moved."));
}

#[test]
fn chance_comes_through_its_port() {
    holds(kept_to_its_places(&CHANCE));
    catches(kept_to_its_places(&CHANCE), &code("aws_lc_rs::rand::fill(&mut id)"), "slots.rs:1");
    catches(kept_to_its_places(&CHANCE), &code("const key = crypto.randomUUID();"), "slots.rs:1");
}

#[test]
fn configuration_comes_as_an_argument() {
    holds(kept_to_its_places(&ENVIRONMENT));
    catches(kept_to_its_places(&ENVIRONMENT), &code("std::env::var(\"TABLE\")"), "slots.rs:1");
}

#[test]
fn nobody_waits_behind_the_ports_back() {
    holds(kept_to_its_places(&WAITING));
    catches(kept_to_its_places(&WAITING), &code("tokio::time::sleep(second).await"), "slots.rs:1");
    catches(kept_to_its_places(&WAITING), &code("await page.waitForTimeout(500);"), "slots.rs:1");
    permits(kept_to_its_places(&WAITING), &code("test.setTimeout(180_000);"));
}

#[test]
fn the_tables_keys_live_in_one_file() {
    holds(kept_to_its_places(&KEYS));
    catches(kept_to_its_places(&KEYS), &code("item.get(\"PK\")"), "slots.rs:1");
}

#[test]
fn the_table_is_read_whole_by_an_operator_only() {
    holds(the_product_scans_in_one_place);
    catches(the_product_scans_in_one_place, &code("let all = client.scan().send();"), "slots.rs:1");
    permits(the_product_scans_in_one_place, &code("let sums = numbers.scan(0, add);"));
    holds(no_function_reads_everything);
    let function = Workspace::default().with_file("functions/a/src/lib.rs", "verify_hosts(&table, &world)");
    catches(no_function_reads_everything, &function, "functions/a");
    permits(no_function_reads_everything, &code("verify_hosts(&table, &world)"));
}

#[test]
fn no_leave_is_left_lying() {
    holds(leave_is_used);
    let leaves: usize = WAYS.iter().map(|way| way.places.len()).sum();
    assert_eq!(leave_is_used(&Workspace::default()).len(), leaves);
}
