//! Stopping on request, and going on afterwards.

use std::io::Write;
use std::net::TcpStream;

use crate::guests::{Wish, booked, free, inbox_of};
use crate::process::{Folder, MONDAY, Program};

#[test]
fn it_stops_when_asked_and_goes_on_when_started() {
    let folder = Folder::new();
    let mut program = Program::start(&folder, &["--now", MONDAY]);
    let start = free(program.caller, "panel", "2026-11-24").remove(0);
    let made = Wish::of(1, "panel", &start).send(program.caller);
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(inbox_of(program.caller, 3).len(), 3, "the attendee and both hosts");

    for signal in ["INT", "TERM"] {
        let (status, complaint) = program.ask_to_stop(signal);
        assert_eq!((status.code(), complaint.as_str()), (Some(0), ""), "{signal}");
        program = Program::start(&folder, &[]);
        let again = Wish::of(1, "panel", &start).send(program.caller);
        assert_eq!((again.status, booked(&again)), (200, booked(&made)), "{signal}");
    }
    assert_eq!(inbox_of(program.caller, 3).len(), 3);
}

#[test]
fn a_connection_that_says_nothing_does_not_keep_it() {
    let folder = Folder::new();
    let program = Program::start(&folder, &[]);
    let idle = TcpStream::connect(("127.0.0.1", program.caller.port)).unwrap();
    let mut half = TcpStream::connect(("127.0.0.1", program.caller.port)).unwrap();
    half.write_all(b"POST /v1/bookings HTTP/1.1\r\nHost: localhost\r\nContent-Len").unwrap();
    let (status, _) = program.ask_to_stop("INT");
    assert_eq!(status.code(), Some(0));
    drop(idle);
}
