//! Two hosts who are open at all hours, three kinds of meetings, and everything that can happen to a booking, each by
//! the product's own decisions.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use openslot_domain::audit::{self, Difference};
use openslot_domain::booking::change::{ChangePlan, Deed, approve, cancel, decline, lapse, reschedule};
use openslot_domain::booking::{Actor, Booking, DayWrite, Plan, State, Wish, decide, decide_move, plan};
use openslot_domain::host::{Host, HostDay, HostSnapshot};
use openslot_domain::hours::{Schedule, WallRange, Weekly};
use openslot_domain::ids::{BookingId, HostId};
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::{MeetingType, Mode};
use openslot_fakes::{MemoryStore, StoredHost};
use openslot_tests::support::samples::{at, booked, booking, date, host, meeting_type};

use crate::dice::Dice;

/// Before everything that happens here.
pub fn dawn() -> NaiveDate {
    date("2026-11-01")
}

/// Everything that is stored of time.
#[derive(Clone)]
pub struct Town {
    pub hosts: Vec<HostSnapshot>,
    pub bookings: BTreeMap<BookingId, Booking>,
    pub types: Vec<MeetingType>,
    pub now: DateTime<Utc>,
    made: u64,
}

/// What is decided in one go, and written in one transaction.
pub enum Planned {
    Made(Plan),
    Changed(ChangePlan),
}

/// What one transaction writes of time, each item for itself.
#[derive(Clone, Debug)]
pub enum Item {
    Booking(Box<Booking>),
    Day(DayWrite),
}

impl Town {
    pub fn new() -> Self {
        let hosts = ["ann", "bob"].map(|id| HostSnapshot {
            host: always_open(host(id, Tz::Europe__Berlin)),
            config_version: 1,
            days: BTreeMap::new(),
        });
        let with_buffers = |slug, hosts: &[&str], before_mins, after_mins| MeetingType {
            before_mins,
            after_mins,
            ..meeting_type(slug, hosts)
        };
        let types = vec![
            with_buffers("solo", &["ann"], 60, 15),
            MeetingType { mode: Mode::Collective, ..with_buffers("pair", &["ann", "bob"], 0, 45) },
            MeetingType { requires_approval: true, ..with_buffers("asked", &["bob"], 10, 0) },
        ];
        let (bookings, now) = (BTreeMap::new(), at("2026-11-20T12:00:00Z"));
        Self { hosts: hosts.to_vec(), bookings, types, now, made: 0 }
    }

    /// A town in which so much was done.
    pub fn lived_in(dice: &mut Dice, operations: usize) -> Self {
        let mut town = Self::new();
        for _ in 0..operations {
            town.live(dice);
        }
        town
    }

    /// Lets something happen, if it can.
    pub fn live(&mut self, dice: &mut Dice) {
        for item in self.next(dice) {
            self.write(item);
        }
    }

    /// What the next thing that happens would write.
    pub fn next(&mut self, dice: &mut Dice) -> Vec<Item> {
        match self.planned(dice) {
            Some(Planned::Made(plan)) => items(plan.booking, plan.days),
            Some(Planned::Changed(plan)) => items(plan.booking, plan.days),
            None => Vec::new(),
        }
    }

    /// The next thing that happens, a minute later, if it can.
    pub fn planned(&mut self, dice: &mut Dice) -> Option<Planned> {
        self.now += TimeDelta::minutes(1);
        let open = self.bookings.values().filter(|booking| booking.entry().is_live()).cloned();
        let pending = self.bookings.values().filter(|booking| booking.state == State::Pending).cloned();
        match dice.below(8) {
            0 => dice.pick(open).map(|booking| Planned::Changed(self.cancelled(&booking))),
            1 | 2 => dice.pick(open).and_then(|booking| self.moved(&booking, dice)).map(Planned::Changed),
            3 => dice.pick(pending).map(|booking| Planned::Changed(self.decided(&booking, dice))),
            _ => self.made(dice).map(Planned::Made),
        }
    }

    pub fn write(&mut self, item: Item) {
        match item {
            Item::Booking(booking) => drop(self.bookings.insert(booking.id, *booking)),
            Item::Day(write) => {
                let host = self.hosts.iter_mut().find(|snapshot| snapshot.host.id == write.host);
                let days = &mut host.unwrap().days;
                let read = days.insert(write.date, write.day).map(|day| day.version);
                assert_eq!(read, write.read, "a day was written that nobody had read");
            }
        }
    }

    /// This town in a store.
    pub fn store(&self) -> MemoryStore {
        let store = MemoryStore::new();
        store.tamper(|contents| {
            for HostSnapshot { host, config_version, days } in self.hosts.iter().cloned() {
                let days = days.into_iter().map(|(date, day)| ((host.id.clone(), date), day));
                contents.days.extend(days);
                contents.fences.insert(host.id.clone(), config_version);
                contents.listed_hosts.insert(host.id.clone());
                contents.hosts.insert(host.id.clone(), StoredHost { host, version: config_version });
            }
            contents.bookings = self.bookings.clone();
        });
        store
    }

    /// The town as a store now has it.
    pub fn seen_in(&self, store: &MemoryStore) -> Self {
        let mut seen = self.clone();
        store.look(|contents| {
            for snapshot in &mut seen.hosts {
                let here = contents.days.iter().filter(|((host, _), _)| *host == snapshot.host.id);
                snapshot.days = here.map(|((_, date), day)| (*date, day.clone())).collect();
            }
            seen.bookings.clone_from(&contents.bookings);
        });
        seen
    }

    /// Writes what a repair has to write.
    pub fn repair(&mut self) {
        for host in self.host_ids() {
            for write in audit::repair(&host, dawn(), self.days(&host), &self.bookings) {
                self.write(Item::Day(write));
            }
        }
    }

    pub fn host_ids(&self) -> Vec<HostId> {
        self.hosts.iter().map(|snapshot| snapshot.host.id.clone()).collect()
    }

    pub fn days(&self, host: &HostId) -> &BTreeMap<NaiveDate, HostDay> {
        &self.hosts.iter().find(|snapshot| snapshot.host.id == *host).unwrap().days
    }

    /// What the product itself finds.
    pub fn differences(&self) -> Vec<Difference> {
        let of = |host: &HostId| audit::differences(host, dawn(), self.days(host), &self.bookings);
        self.host_ids().iter().flat_map(of).collect()
    }

    fn made(&mut self, dice: &mut Dice) -> Option<Plan> {
        let meeting_type = dice.pick(&self.types).unwrap().clone();
        let wish = Wish { start: self.some_start(dice), duration_mins: 30, host: None };
        if self.is_held(&meeting_type, wish.start, None) {
            return None;
        }
        let snapshots = self.of(&meeting_type.hosts);
        let granted = decide(&meeting_type, &snapshots, &wish, self.now).ok()?;
        self.made += 1;
        let hosts: Vec<&Host> = snapshots.iter().map(|snapshot| &snapshot.host).collect();
        let state = if meeting_type.requires_approval { State::Pending } else { State::Confirmed };
        let booking = Booking {
            core: granted.core,
            state,
            before_mins: meeting_type.before_mins,
            after_mins: meeting_type.after_mins,
            hosts: granted.hosts.iter().map(|place| booked(hosts[*place])).collect(),
            ..booking(self.made, &meeting_type, &hosts, wish.start, self.now)
        };
        Some(plan(booking, &meeting_type, &snapshots.iter().collect::<Vec<_>>()))
    }

    fn moved(&self, booking: &Booking, dice: &mut Dice) -> Option<ChangePlan> {
        let meeting_type = self.types.iter().find(|known| known.slug == booking.meeting_type).unwrap();
        let start = self.some_start(dice);
        if self.is_held(meeting_type, start, Some(booking.id)) {
            return None;
        }
        let snapshots = self.of_booking(booking);
        let to = decide_move(booking, meeting_type, &snapshots, start, 30, self.now).ok()?;
        Some(reschedule(booking, meeting_type, &snapshots, to, Tz::UTC, self.deed()))
    }

    fn cancelled(&self, booking: &Booking) -> ChangePlan {
        cancel(booking, &self.of_booking(booking), None, self.deed())
    }

    fn decided(&self, booking: &Booking, dice: &mut Dice) -> ChangePlan {
        let snapshots = self.of_booking(booking);
        match dice.below(4) {
            0 => decline(booking, &snapshots, None, self.deed()),
            1 => self.lapsed(booking),
            _ => approve(booking, &snapshots, vec![60], self.deed()),
        }
    }

    /// What becomes of a booking that nobody approved in time.
    pub fn lapsed(&self, booking: &Booking) -> ChangePlan {
        lapse(booking, &self.of_booking(booking), self.now)
    }

    /// Whether there is no need to ask: a refusal names other times, and looking for those takes long.
    fn is_held(&self, meeting_type: &MeetingType, start: DateTime<Utc>, but_for: Option<BookingId>) -> bool {
        let (before_mins, after_mins) = (meeting_type.before_mins, meeting_type.after_mins);
        let reserved = Interval::lasting(start, 30).unwrap().widened(before_mins, after_mins);
        let hosts = self.hosts.iter().filter(|snapshot| meeting_type.hosts.contains(&snapshot.host.id));
        let mut entries = hosts.flat_map(HostSnapshot::live_entries);
        entries.any(|entry| Some(entry.booking) != but_for && entry.reserved().overlaps(&reserved))
    }

    fn deed(&self) -> Deed {
        Deed { by: Actor::Attendee, at: self.now, operation: None }
    }

    fn of(&self, hosts: &[HostId]) -> Vec<HostSnapshot> {
        self.hosts.iter().filter(|snapshot| hosts.contains(&snapshot.host.id)).cloned().collect()
    }

    fn of_booking(&self, booking: &Booking) -> Vec<HostSnapshot> {
        self.of(&booking.hosts.iter().map(|host| host.id.clone()).collect::<Vec<_>>())
    }

    /// Within four days, so that there is a crowd, and often across midnight.
    fn some_start(&self, dice: &mut Dice) -> DateTime<Utc> {
        let halves = i64::try_from(dice.below(4 * 48)).unwrap();
        let from = (self.now.date_naive() + TimeDelta::days(1)).and_time(chrono::NaiveTime::MIN).and_utc();
        from + TimeDelta::minutes(30 * halves)
    }
}

fn items(booking: Booking, days: Vec<DayWrite>) -> Vec<Item> {
    let mut items = vec![Item::Booking(Box::new(booking))];
    items.extend(days.into_iter().map(Item::Day));
    items
}

fn always_open(host: Host) -> Host {
    let mut weekly = Weekly::default();
    let days =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    for day in days {
        weekly.set(day, vec![WallRange::DAY]);
    }
    Host { schedule: Schedule { weekly, ..host.schedule }, ..host }
}
