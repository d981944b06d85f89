//! Whatever is damaged is found, by its name.

use chrono::{NaiveDate, TimeDelta};
use openslot_domain::audit::{Difference, Field, Wrong};
use openslot_domain::booking::{Booking, State};
use openslot_domain::host::{Entry, EntryState};
use openslot_domain::ids::{BookingId, HostId};
use openslot_domain::interval::Interval;

use crate::dice::Dice;
use crate::oracle::judge;
use crate::town::Town;

const CORRUPTIONS: u64 = 1_000;

/// Something that happens to what is stored, behind the back of every rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Corruption {
    Day(InDay),
    BookingGone,
    BookingMoved,
    BookingCancelled,
    SameTimeTwice,
}

/// Something that happens to one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InDay {
    EntryGone,
    DayGone,
    EntryElsewhere,
    EntryOfNobody,
    EntryTwice,
    Bent(Bent),
}

/// Something that happens to one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bent {
    State,
    Core,
    Before,
    After,
    MeetingType,
    BookedAt,
}

const ALL: [Corruption; 15] = [
    Corruption::BookingGone,
    Corruption::BookingMoved,
    Corruption::BookingCancelled,
    Corruption::SameTimeTwice,
    Corruption::Day(InDay::EntryGone),
    Corruption::Day(InDay::DayGone),
    Corruption::Day(InDay::EntryElsewhere),
    Corruption::Day(InDay::EntryOfNobody),
    Corruption::Day(InDay::EntryTwice),
    Corruption::Day(InDay::Bent(Bent::State)),
    Corruption::Day(InDay::Bent(Bent::Core)),
    Corruption::Day(InDay::Bent(Bent::Before)),
    Corruption::Day(InDay::Bent(Bent::After)),
    Corruption::Day(InDay::Bent(Bent::MeetingType)),
    Corruption::Day(InDay::Bent(Bent::BookedAt)),
];

/// Where a live booking has an entry.
struct Spot {
    host: HostId,
    date: NaiveDate,
    place: usize,
    booking: BookingId,
}

fn spot(town: &Town, dice: &mut Dice) -> Spot {
    let mut spots = Vec::new();
    for host in town.host_ids() {
        for (date, day) in town.days(&host) {
            for (place, entry) in day.entries.iter().enumerate().filter(|(_, entry)| entry.is_live()) {
                spots.push((host.clone(), *date, place, entry.booking));
            }
        }
    }
    let (host, date, place, booking) = dice.pick(spots).expect("somebody has booked");
    Spot { host, date, place, booking }
}

impl Corruption {
    /// Does it somewhere, and says what has to be found there.
    fn strike(self, town: &mut Town, dice: &mut Dice) -> Difference {
        let spot = spot(town, dice);
        let found = |what| Difference { date: spot.date, booking: spot.booking, what };
        match self {
            Self::BookingGone => {
                town.bookings.remove(&spot.booking);
                found(Wrong::Orphan)
            }
            Self::BookingMoved => {
                let booking = town.bookings.get_mut(&spot.booking).unwrap();
                booking.core = later(booking.core, TimeDelta::days(30));
                found(Wrong::Stray)
            }
            Self::BookingCancelled => {
                town.bookings.get_mut(&spot.booking).unwrap().state = State::Cancelled;
                found(Wrong::State)
            }
            Self::SameTimeTwice => same_time_twice(town, &spot),
            Self::Day(corruption) => corruption.strike(town, &spot),
        }
    }
}

impl InDay {
    fn strike(self, town: &mut Town, spot: &Spot) -> Difference {
        let host = town.hosts.iter_mut().find(|snapshot| snapshot.host.id == spot.host).unwrap();
        let found = |what| Difference { date: spot.date, booking: spot.booking, what };
        let day = host.days.get_mut(&spot.date).unwrap();
        let entry = day.entries[spot.place].clone();
        match self {
            Self::EntryGone => {
                day.entries.remove(spot.place);
                found(Wrong::Missing)
            }
            Self::DayGone => {
                host.days.remove(&spot.date);
                found(Wrong::Missing)
            }
            Self::EntryElsewhere => {
                let date = spot.date + TimeDelta::days(30);
                host.days.entry(date).or_default().entries.push(entry);
                Difference { date, ..found(Wrong::Stray) }
            }
            Self::EntryOfNobody => {
                let booking = BookingId::from_bytes([255; 16]);
                day.entries.push(Entry { booking, ..entry });
                Difference { booking, ..found(Wrong::Orphan) }
            }
            Self::EntryTwice => {
                day.entries.push(entry);
                found(Wrong::Repeated)
            }
            Self::Bent(bent) => found(bent.bend(&mut day.entries[spot.place])),
        }
    }
}

impl Bent {
    fn bend(self, entry: &mut Entry) -> Wrong {
        match self {
            Self::State => {
                entry.state = EntryState::Cancelled;
                Wrong::State
            }
            Self::Core => {
                entry.core = later(entry.core, TimeDelta::minutes(1));
                Wrong::Field(Field::Core)
            }
            Self::Before => {
                entry.before_mins += 5;
                Wrong::Field(Field::Before)
            }
            Self::After => {
                entry.after_mins += 5;
                Wrong::Field(Field::After)
            }
            Self::MeetingType => {
                entry.meeting_type = "other".parse().unwrap();
                Wrong::Field(Field::MeetingType)
            }
            Self::BookedAt => {
                entry.booked_at += TimeDelta::seconds(1);
                Wrong::Field(Field::BookedAt)
            }
        }
    }
}

/// Another booking gets the time of one that stands, in all its days.
fn same_time_twice(town: &mut Town, spot: &Spot) -> Difference {
    let first = town.bookings[&spot.booking].clone();
    let id = BookingId::from_bytes([255; 16]);
    town.bookings.insert(id, Booking { id, ..first.clone() });
    let entry = town.bookings[&id].entry();
    for host in &mut town.hosts {
        if first.hosts.iter().any(|booked| booked.id == host.host.id) {
            for date in entry.reserved().utc_dates() {
                host.days.get_mut(&date).unwrap().entries.push(entry.clone());
            }
        }
    }
    let date = first.reserved().utc_dates().next().unwrap();
    let booking = spot.booking.min(id);
    let with = spot.booking.max(id);
    Difference { date, booking, what: Wrong::Overlap { with } }
}

fn later(core: Interval, by: TimeDelta) -> Interval {
    Interval::new(core.start() + by, core.end() + by).unwrap()
}

/// Who looks for differences, and may be blind for some.
type Verifier = fn(&Town) -> Vec<Difference>;

/// Whether a verifier finds what was done to a town that had no difference before.
fn finds(verifier: Verifier, corruption: Corruption, seed: u64) -> bool {
    let mut dice = Dice::new(seed);
    let mut town = Town::lived_in(&mut dice, 40);
    assert_eq!(verifier(&town), [], "seed {seed}");
    let wanted = corruption.strike(&mut town, &mut dice);
    verifier(&town).contains(&wanted)
}

#[test]
fn every_corruption_is_found_by_its_name() {
    for seed in 0..CORRUPTIONS {
        let corruption = ALL[usize::try_from(seed).unwrap() % ALL.len()];
        assert!(finds(Town::differences, corruption, seed), "{corruption:?} was not found, seed {seed}");
    }
}

/// Whatever is damaged and mendable is right again after a repair, by the other count.
#[test]
fn every_corruption_is_repaired() {
    for seed in 0..CORRUPTIONS {
        let corruption = ALL[usize::try_from(seed).unwrap() % ALL.len()];
        let mut dice = Dice::new(seed);
        let mut town = Town::lived_in(&mut dice, 40);
        corruption.strike(&mut town, &mut dice);
        town.repair();
        let left = town.differences();
        if left.iter().all(|found| found.what.is_mendable()) {
            assert_eq!(left, [], "{corruption:?}, seed {seed}");
            judge(&town).unwrap_or_else(|violation| panic!("{corruption:?}, seed {seed}: {violation}"));
        } else {
            assert!(left.iter().all(|found| !found.what.is_mendable()), "{corruption:?}, seed {seed}");
        }
    }
}

/// What a verifier without eyes for something does not see.
fn unseen(verifier: Verifier) -> Vec<Corruption> {
    ALL.into_iter().filter(|corruption| (0..20).any(|seed| !finds(verifier, *corruption, seed))).collect()
}

fn seeing(town: &Town, sees: impl Fn(Wrong) -> bool) -> Vec<Difference> {
    town.differences().into_iter().filter(|found| sees(found.what)).collect()
}

#[test]
fn a_verifier_that_is_blind_for_something_is_caught_by_it() {
    let missing: Verifier = |town| seeing(town, |what| what != Wrong::Missing);
    let stray: Verifier = |town| seeing(town, |what| what != Wrong::Stray);
    let orphan: Verifier = |town| seeing(town, |what| what != Wrong::Orphan);
    let repeated: Verifier = |town| seeing(town, |what| what != Wrong::Repeated);
    let state: Verifier = |town| seeing(town, |what| what != Wrong::State);
    let core: Verifier = |town| seeing(town, |what| what != Wrong::Field(Field::Core));
    let overlap: Verifier = |town| seeing(town, |what| !matches!(what, Wrong::Overlap { .. }));
    assert_eq!(unseen(Town::differences), []);
    let day = Corruption::Day;
    assert_eq!(unseen(missing), [day(InDay::EntryGone), day(InDay::DayGone)]);
    assert_eq!(unseen(stray), [Corruption::BookingMoved, day(InDay::EntryElsewhere)]);
    assert_eq!(unseen(orphan), [Corruption::BookingGone, day(InDay::EntryOfNobody)]);
    assert_eq!(unseen(repeated), [day(InDay::EntryTwice)]);
    assert_eq!(unseen(state), [Corruption::BookingCancelled, day(InDay::Bent(Bent::State))]);
    assert_eq!(unseen(core), [day(InDay::Bent(Bent::Core))]);
    assert_eq!(unseen(overlap), [Corruption::SameTimeTwice]);
    assert_eq!(unseen(|_| Vec::new()), ALL);
}
