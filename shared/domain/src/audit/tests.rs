//! Every difference by its name, and what a day becomes that has one.

use super::*;
use crate::booking::tests::{at, booking, date, host, meeting_type};
use crate::booking::{Plan, State, plan};
use crate::host::EntryState;
use crate::meeting_type::Mode;

/// A host with one booking across midnight, as it was written.
struct Scene {
    host: HostId,
    days: BTreeMap<NaiveDate, HostDay>,
    bookings: BTreeMap<BookingId, Booking>,
}

fn scene() -> Scene {
    let ann = host("ann");
    let single = meeting_type(Mode::Single, &["ann"]);
    let Plan { booking, days, .. } =
        plan(booking(&single, &[&ann], "2026-11-23T23:45:00Z"), &single, &[&ann]);
    let days = days.into_iter().map(|write| (write.date, write.day)).collect();
    Scene { host: ann.host.id, days, bookings: BTreeMap::from([(booking.id, booking)]) }
}

impl Scene {
    fn from() -> NaiveDate {
        date("2026-11-23")
    }

    fn found(&self) -> Vec<String> {
        let found = differences(&self.host, Self::from(), &self.days, &self.bookings);
        found.iter().map(|found| format!("{} {:?}", found.date, found.what)).collect()
    }

    fn day(&mut self) -> &mut HostDay {
        self.days.get_mut(&Self::from()).unwrap()
    }

    fn entry(&mut self) -> &mut Entry {
        &mut self.day().entries[0]
    }

    fn booking(&mut self) -> &mut Booking {
        self.bookings.values_mut().next().unwrap()
    }
}

/// What `bent` makes of a right scene is found by these names, and is right again once it was repaired.
fn check(bent: impl FnOnce(&mut Scene), names: &[&str]) {
    let mut scene = scene();
    assert_eq!(scene.found(), [""; 0]);
    bent(&mut scene);
    assert_eq!(scene.found(), names);
    let writes = repair(&scene.host, Scene::from(), &scene.days, &scene.bookings);
    for write in writes {
        assert_eq!(write.read, scene.days.get(&write.date).map(|day| day.version));
        assert_eq!(write.day.version, write.read.unwrap_or(0) + 1);
        scene.days.insert(write.date, write.day);
    }
    assert_eq!(scene.found(), [""; 0]);
}

#[test]
fn an_entry_that_is_gone_is_missing() {
    check(|scene| scene.day().entries.clear(), &["2026-11-23 Missing"]);
    check(|scene| scene.days.clear(), &["2026-11-23 Missing", "2026-11-24 Missing"]);
    check(|scene| drop(scene.days.remove(&date("2026-11-24"))), &["2026-11-24 Missing"]);
}

#[test]
fn an_entry_of_nobody_is_an_orphan() {
    check(|scene| scene.bookings.clear(), &["2026-11-23 Orphan", "2026-11-24 Orphan"]);
    check(
        |scene| scene.entry().booking = BookingId::from_bytes([1; 16]),
        &["2026-11-23 Orphan", "2026-11-23 Missing"],
    );
    check(
        |scene| scene.booking().hosts[0].id = "bob".parse().unwrap(),
        &["2026-11-23 Orphan", "2026-11-24 Orphan"],
    );
}

#[test]
fn an_entry_in_another_day_is_stray() {
    let later = |scene: &mut Scene| {
        let day = scene.day().clone();
        scene.days.insert(date("2026-11-27"), day);
    };
    check(later, &["2026-11-27 Stray"]);
    let moved = |scene: &mut Scene| {
        scene.booking().core = Interval::lasting(at("2026-11-24T09:00:00Z"), 30).unwrap();
    };
    check(moved, &["2026-11-23 Stray", "2026-11-24 Field(Core)"]);
}

#[test]
fn an_entry_that_stands_twice_is_repeated() {
    let twice = |scene: &mut Scene| {
        let entry = scene.entry().clone();
        scene.day().entries.push(Entry { state: EntryState::Cancelled, ..entry });
    };
    check(twice, &["2026-11-23 Repeated"]);
}

#[test]
fn an_entry_that_says_something_else_is_wrong() {
    check(|scene| scene.entry().before_mins += 1, &["2026-11-23 Field(Before)"]);
    check(|scene| scene.entry().after_mins += 1, &["2026-11-23 Field(After)"]);
    check(|scene| scene.entry().booked_at = at("2020-01-01T00:00:00Z"), &["2026-11-23 Field(BookedAt)"]);
    check(|scene| scene.entry().meeting_type = "other".parse().unwrap(), &["2026-11-23 Field(MeetingType)"]);
    check(|scene| scene.entry().core = scene.entry().core.widened(1, 0), &["2026-11-23 Field(Core)"]);
    check(|scene| scene.entry().state = EntryState::Cancelled, &["2026-11-23 State"]);
    check(|scene| scene.booking().state = State::Pending, &["2026-11-23 State", "2026-11-24 State"]);
}

#[test]
fn a_booking_that_is_over_leaves_its_mark() {
    check(|scene| scene.booking().state = State::Declined, &["2026-11-23 State", "2026-11-24 State"]);
    let unmarked = |scene: &mut Scene| {
        scene.booking().state = State::Cancelled;
        scene.days.clear();
    };
    check(unmarked, &["2026-11-23 Missing", "2026-11-24 Missing"]);
}

/// A day keeps the last of those that are over, so that one more may rightly be gone.
#[test]
fn a_day_full_of_marks_lacks_none() {
    let mut scene = scene();
    scene.booking().state = State::Cancelled;
    let over = scene.booking().clone();
    for number in 0..=u8::try_from(CANCELLED_MAX).unwrap() {
        let id = BookingId::from_bytes([number; 16]);
        scene.bookings.insert(id, Booking { id, ..over.clone() });
    }
    scene.days.clear();
    let writes = repair(&scene.host, Scene::from(), &scene.days, &scene.bookings);
    let kept: Vec<usize> = writes.iter().map(|write| write.day.entries.len()).collect();
    assert_eq!(kept, [CANCELLED_MAX, CANCELLED_MAX]);
    scene.days.extend(writes.into_iter().map(|write| (write.date, write.day)));
    assert_eq!(scene.found(), [""; 0]);
}

#[test]
fn two_at_one_time_are_named_and_left_to_people() {
    let mut scene = scene();
    let first = scene.booking().clone();
    let id = BookingId::from_bytes([200; 16]);
    let core = Interval::lasting(at("2026-11-24T00:00:00Z"), 30).unwrap();
    scene.bookings.insert(id, Booking { id, core, ..first.clone() });
    let found = differences(&scene.host, Scene::from(), &scene.days, &scene.bookings);
    let overlap =
        Difference { date: date("2026-11-24"), booking: first.id, what: Wrong::Overlap { with: id } };
    assert!(found.contains(&overlap), "{found:?}");
    let writes = repair(&scene.host, Scene::from(), &scene.days, &scene.bookings);
    scene.days.extend(writes.into_iter().map(|write| (write.date, write.day)));
    assert_eq!(differences(&scene.host, Scene::from(), &scene.days, &scene.bookings), [overlap]);
}

#[test]
fn days_that_are_no_longer_kept_are_not_looked_at() {
    let mut scene = scene();
    scene.days.remove(&date("2026-11-23"));
    let later = |scene: &Scene| differences(&scene.host, date("2026-11-24"), &scene.days, &scene.bookings);
    assert_eq!(later(&scene), []);
    scene.days.clear();
    assert_eq!(later(&scene).len(), 1);
}

/// What is right in a day stays where it is: a repair is not a chance for anything else to go wrong.
#[test]
fn what_is_right_stays_as_it_is() {
    let mut scene = scene();
    let right = scene.day().entries.clone();
    let orphan = Entry { booking: BookingId::from_bytes([1; 16]), ..right[0].clone() };
    scene.day().entries.insert(0, orphan);
    let writes = repair(&scene.host, Scene::from(), &scene.days, &scene.bookings);
    assert_eq!(writes.len(), 1);
    assert_eq!(writes[0].day, HostDay { version: 2, entries: right });
}
