//! `kill -9` at any moment: nothing is lost, nothing comes twice.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use serde_json::{Value, json};

use crate::guests::{Wish, advance, booked, free, inbox, pause, recipients};
use crate::process::{Folder, MONDAY, Program};

/// How often the program is killed.
const ROUNDS: usize = 10;
/// Past lease and grace of anything that was under way.
const LATER_SECS: u64 = 300;

/// A number below `most` that differs from run to run; failures print it.
fn any_below(most: u64) -> u64 {
    RandomState::new().hash_one(()) % most
}

/// What of `letters` went to an address.
fn count(letters: &[Value], address: &str) -> usize {
    recipients(letters).into_iter().filter(|to| *to == address).count()
}

/// Every guest so far has one letter, and the host has one for each of them.
fn assert_one_letter_each(program: &Program, guests: usize, delay_ms: u64) {
    let letters = inbox(program.caller);
    for guest in 0..guests {
        let found = count(&letters, &format!("guest-{guest}@example.net"));
        assert_eq!(found, 1, "letters to guest {guest} after a kill at {delay_ms} ms");
    }
    assert_eq!(count(&letters, "nora@team.example.org"), guests, "after a kill at {delay_ms} ms");
    assert_eq!(letters.len(), 2 * guests, "after a kill at {delay_ms} ms");
}

#[test]
fn a_kill_after_the_answer_loses_and_doubles_no_letter() {
    let folder = Folder::new();
    let mut program = Program::start(&folder, &["--now", MONDAY]);
    let starts = free(program.caller, "intro", "2026-11-24");
    assert!(starts.len() >= ROUNDS, "{starts:?}");
    for (guest, start) in starts.iter().enumerate().take(ROUNDS) {
        let delay_ms = if guest == 0 { 0 } else { any_below(300) };
        let wish = Wish::of(guest, "intro", start);
        let made = wish.send(program.caller);
        assert_eq!(made.status, 201, "{made:?}");
        pause(delay_ms);
        program.kill();

        program = Program::start(&folder, &[]);
        let again = wish.send(program.caller);
        assert_eq!((again.status, booked(&again)), (200, booked(&made)), "after a kill at {delay_ms} ms");
        advance(program.caller, LATER_SECS);
        assert_one_letter_each(&program, guest + 1, delay_ms);
    }
    advance(program.caller, LATER_SECS);
    assert_one_letter_each(&program, ROUNDS, 0);
}

/// The letter is out and nothing of ours has noted it yet: only the word of the mail service, which stands beside
/// the letter, keeps the next run from sending it again.
#[test]
fn a_kill_the_moment_a_letter_is_out_does_not_send_it_again() {
    let folder = Folder::new();
    let mut program = Program::start(&folder, &["--now", MONDAY]);
    let starts = free(program.caller, "intro", "2026-11-24");
    assert!(starts.len() >= ROUNDS, "{starts:?}");
    for (guest, start) in starts.iter().enumerate().take(ROUNDS) {
        let wish = Wish::of(guest, "intro", start);
        assert_eq!(wish.send(program.caller).status, 201);
        while count(&inbox(program.caller), &wish.email) == 0 {}
        program.kill();

        program = Program::start(&folder, &[]);
        advance(program.caller, LATER_SECS);
        assert_one_letter_each(&program, guest + 1, 0);
    }
}

#[test]
fn a_kill_before_the_answer_leaves_one_booking_or_none() {
    let folder = Folder::new();
    let mut program = Program::start(&folder, &["--now", MONDAY]);
    let starts = free(program.caller, "intro", "2026-11-24");
    assert!(starts.len() >= ROUNDS, "{starts:?}");
    for (guest, start) in starts.iter().enumerate().take(ROUNDS) {
        let delay_ms = any_below(120);
        let wish = Wish::of(guest, "intro", start);
        let caller = program.caller;
        let request = std::thread::spawn({
            let wish = wish.clone();
            move || wish.try_send(caller).ok()
        });
        pause(delay_ms);
        program.kill();
        let answered = request.join().unwrap();

        program = Program::start(&folder, &[]);
        let again = wish.send(program.caller);
        let expected: &[u16] = if answered.is_some() { &[200] } else { &[200, 201] };
        assert!(expected.contains(&again.status), "after a kill at {delay_ms} ms: {again:?}");
        advance(program.caller, LATER_SECS);
        assert_one_letter_each(&program, guest + 1, delay_ms);
    }
}

#[test]
fn the_clock_stays_where_it_was_put() {
    let folder = Folder::new();
    let program = Program::start(&folder, &[]);
    let set = program.caller.post("/_local/clock", &[], &json!({ "set": "2031-03-30T00:59:30Z" }));
    assert_eq!(set.status, 200, "{set:?}");
    advance(program.caller, 60);
    program.kill();

    let program = Program::start(&folder, &[]);
    let now = program.caller.get("/_local/clock").json();
    assert!(now["now"].as_str().unwrap().starts_with("2031-03-30T01:00:"), "{now}");
    program.kill();

    let program = Program::start(&folder, &["--now", "2027-01-01T00:00:00Z"]);
    let now = program.caller.get("/_local/clock").json();
    assert!(now["now"].as_str().unwrap().starts_with("2027-01-01T00:00:"), "{now}");
}
