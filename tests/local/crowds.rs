//! Many guests at once: every slot that is free gets booked, and each by one of them.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::thread;

use crate::guests::{Wish, booked, free, inbox_of, recipients};
use crate::http::{Caller, Reply};
use crate::town::{Town, take_turn};

/// A day on which the one host of `intro` has all its 32 slots free, and the next.
const DAYS: [&str; 2] = ["2026-11-24", "2026-11-25"];

/// All wishes at the same instant; the replies in their order.
fn at_once(caller: Caller, wishes: &[Wish]) -> Vec<Reply> {
    let _turn = take_turn();
    let start = Barrier::new(wishes.len());
    thread::scope(|scope| {
        let sending = wishes.iter().map(|wish| {
            scope.spawn(|| {
                start.wait();
                wish.send(caller)
            })
        });
        let sending: Vec<_> = sending.collect();
        sending.into_iter().map(|sent| sent.join().unwrap()).collect()
    })
}

/// How often each status came.
fn statuses(replies: &[Reply]) -> BTreeMap<u16, usize> {
    let mut counts = BTreeMap::new();
    for reply in replies {
        *counts.entry(reply.status).or_default() += 1;
    }
    counts
}

#[test]
fn sixteen_guests_get_the_sixteen_slots_they_want() {
    let town = Town::open();
    let starts = free(town.caller, "intro", DAYS[0]);
    let wishes: Vec<Wish> = (0..16).map(|guest| Wish::of(guest, "intro", &starts[guest])).collect();
    let replies = at_once(town.caller, &wishes);
    assert_eq!(statuses(&replies), BTreeMap::from([(201, 16)]));

    let letters = inbox_of(town.caller, 32);
    let to = recipients(&letters);
    assert_eq!(to.len(), 32);
    for wish in &wishes {
        assert_eq!(to.iter().filter(|to| **to == wish.email).count(), 1, "{}", wish.email);
    }
    assert_eq!(to.iter().filter(|to| **to == "nora@team.example.org").count(), 16);
}

#[test]
fn sixty_four_guests_share_sixteen_slots_without_a_collision() {
    let town = Town::open();
    let starts = free(town.caller, "intro", DAYS[0]);
    let wishes: Vec<Wish> = (0..64).map(|guest| Wish::of(guest, "intro", &starts[guest % 16])).collect();
    let replies = at_once(town.caller, &wishes);
    assert_eq!(statuses(&replies), BTreeMap::from([(201, 16), (409, 48)]));

    let won = |start: &str| {
        let asked = wishes.iter().zip(&replies).filter(|(wish, _)| wish.start == start);
        asked.filter(|(_, reply)| reply.status == 201).count()
    };
    for start in &starts[..16] {
        assert_eq!(won(start), 1, "{start}");
    }
    let left = free(town.caller, "intro", DAYS[0]);
    assert_eq!(left, starts[16..], "what nobody asked for is free, and nothing else");
}

#[test]
fn a_request_sent_sixteen_times_at_once_is_one_booking() {
    let town = Town::open();
    let start = free(town.caller, "intro", DAYS[1]).remove(0);
    // Each copy from a network address of its own, or the limit per address would answer for the store.
    let copy = |n: usize| Wish { client: format!("203.0.113.{n}"), ..Wish::of(1, "intro", &start) };
    let copies: Vec<Wish> = (1..=16).map(copy).collect();
    let replies = at_once(town.caller, &copies);
    assert_eq!(statuses(&replies), BTreeMap::from([(200, 15), (201, 1)]));
    let first = booked(&replies[0]);
    assert!(replies.iter().all(|reply| booked(reply) == first));
    assert_eq!(inbox_of(town.caller, 2).len(), 2);
}
