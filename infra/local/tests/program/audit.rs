//! A data folder explains itself, and is put right where it was damaged.

use dynoxide::Database;
use openslot_domain::effects::{EffectKey, EffectKind};
use openslot_dynamodb::{PARTITION, SORT, place_of};
use serde_json::json;

use crate::guests::{Wish, advance, booked, inbox_of};
use crate::process::{Folder, MONDAY, Program, done, refused};

/// A folder in which somebody has booked Emil, and the booking's id.
fn lived_in() -> (Folder, String) {
    let folder = Folder::new();
    let program = Program::start(&folder, &["--now", MONDAY]);
    let made = Wish::of(1, "demo", "2026-11-23T09:30:00+00:00").send(program.caller);
    assert_eq!(inbox_of(program.caller, 2).len(), 2);
    program.ask_to_stop("TERM");
    let id = booked(&made).0["id"].as_str().unwrap().to_owned();
    (folder, id)
}

/// Takes the host-day away that guards the booking.
fn damage(folder: &Folder) {
    remove(folder, "H#emil", "D#20261123");
}

fn remove(folder: &Folder, pk: &str, sk: &str) {
    let engine = Database::new(folder.path().join("dynamodb.db").to_str().unwrap()).unwrap();
    let key = json!({ PARTITION: { "S": pk }, SORT: { "S": sk } });
    let request = json!({ "TableName": "openslot", "Key": key, "ReturnValues": "ALL_OLD" });
    let removed = engine.delete_item(serde_json::from_value(request).unwrap()).unwrap();
    assert!(removed.attributes.is_some(), "there was no {pk} {sk}");
}

#[test]
fn a_damaged_day_is_named_and_mended() {
    let (folder, id) = lived_in();
    let sound = (Some(0), "no difference in 3 hosts and 1 booking.\n".to_owned());
    assert_eq!(done(&folder, &["verify"]), sound);

    damage(&folder);
    let found =
        format!("emil 2026-11-23: booking {id} has no entry\n1 difference in 3 hosts and 1 booking.\n");
    assert_eq!(done(&folder, &["verify"]), (Some(1), found.clone()));
    assert_eq!(done(&folder, &["verify"]), (Some(1), found), "looking changes nothing");

    let mended =
        "emil 2026-11-23: written anew\n1 day written anew in 3 hosts, no row mended, no difference left.\n";
    assert_eq!(done(&folder, &["repair"]), (Some(0), mended.to_owned()));
    assert_eq!(done(&folder, &["verify"]), sound);
    let nothing = "no day written anew in 3 hosts, no row mended, no difference left.\n";
    assert_eq!(done(&folder, &["repair"]), (Some(0), nothing.to_owned()));
}

/// What the day guards: without it the time is given away twice.
#[test]
fn a_mended_day_holds_its_time_again() {
    let (folder, _) = lived_in();
    damage(&folder);
    assert_eq!(done(&folder, &["repair"]).0, Some(0));
    let program = Program::start(&folder, &[]);
    let second = Wish::of(2, "demo", "2026-11-23T09:30:00+00:00").send(program.caller);
    assert_eq!(second.status, 409, "{second:?}");
}

/// A reminder to come, the news of a folder that is a copy, the fence and a name in the directory.
#[test]
fn every_other_row_is_named_and_mended() {
    let folder = Folder::new();
    let program = Program::start(&folder, &["--now", MONDAY]);
    let made = Wish::of(1, "demo", "2026-11-30T09:30:00+00:00").send(program.caller);
    // Moving the clock pays what is due before it answers: the letters, and the event beside them.
    advance(program.caller, 1);
    assert_eq!(inbox_of(program.caller, 2).len(), 2);
    program.ask_to_stop("TERM");
    let id = booked(&made).0["id"].as_str().unwrap().to_owned();

    let kind = EffectKind::Remind { mins_before: 24 * 60 };
    let due = "2026-11-29T09:30:00Z".parse().unwrap();
    let reminder = EffectKey { due, booking: id.parse().unwrap(), revision: 0, kind };
    let (pk, sk) = place_of(&reminder);
    for (pk, sk) in [(pk.as_str(), sk.as_str()), ("H#emil", "F#VER"), ("L#types", "demo")] {
        remove(&folder, pk, sk);
    }
    let (code, said) = done(&folder, &["verify"]);
    assert_eq!(code, Some(1));
    let found = [
        format!("booking {id}: {reminder} stands in no queue"),
        "host emil: fence or directory differ from the settings".to_owned(),
        "meeting type demo: the directory differs from the settings".to_owned(),
        "3 differences in 3 hosts and 1 booking.".to_owned(),
    ];
    assert_eq!(said.lines().collect::<Vec<_>>(), found);
    assert_eq!(done(&folder, &["repair"]).0, Some(0));
    assert_eq!(done(&folder, &["verify"]).0, Some(0));

    // In a copy of that moment nobody can know whether the letters went out: they are owed again.
    let copied = ["repair", "--restored-to", MONDAY];
    let (code, said) = done(&folder, &copied);
    assert!(code == Some(0) && said.contains("announce stands in no queue: mended"), "{said}");
    let program = Program::start(&folder, &[]);
    assert_eq!(inbox_of(program.caller, 4).len(), 4);
}

#[test]
fn nothing_is_looked_at_that_is_not_there_or_in_use() {
    let folder = Folder::new();
    for audit in ["verify", "repair"] {
        let (code, said) = refused(&folder, &[audit]);
        assert_eq!(code, Some(1));
        assert!(said.contains("holds nothing") && said.contains("--data-dir"), "{said}");
        assert!(!folder.path().exists(), "an audit makes no folder");
    }
    let running = Program::start(&folder, &[]);
    let (code, said) = refused(&folder, &["verify"]);
    assert!(code == Some(1) && said.contains("in use"), "{said}");
    running.kill();
}
