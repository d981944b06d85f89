//! Everything a life needs: the table, the mail service, the bus and the keys, with faults in front of each.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};

use chrono::{DateTime, Utc};
use futures::executor::block_on;
use openslot_domain::booking::Booking;
use openslot_domain::meeting_type::{MeetingType, Mode};
use openslot_fakes::{Chooser, Contents, FakeKms, Faulty, MemoryStore};
use openslot_letters::Site;
use openslot_usecases::keyring::{DataKey, Keyring};
use openslot_usecases::manage_link::{Opens, secret};
use openslot_usecases::ports::{Clock, KeyPurpose};

use super::clockwork::Clockwork;
use super::notebook::Notebook;
use super::post::{Mail, Radio};
use super::table::{Defect, Table};
use crate::scene;

/// One world, with `C` to say what breaks.
pub struct Town<C> {
    pub clockwork: Arc<Clockwork>,
    pub notebook: Arc<Mutex<Notebook>>,
    pub store: Faulty<Table, C>,
    pub mail: Faulty<Mail, C>,
    pub bus: Faulty<Radio, C>,
    pub site: Site,
    pub chooser: C,
    /// Things come twice, in another order, or not at all.
    pub is_wild: bool,
}

/// The data keys of an installation at work.
static KEYS: LazyLock<(Contents, DataKey)> = LazyLock::new(|| {
    let store = MemoryStore::new();
    let keyring = Keyring::new(FakeKms::new(1));
    let made = |purpose| block_on(keyring.newest(&store, purpose, scene::now())).unwrap();
    let purposes = [KeyPurpose::GuestRows, KeyPurpose::LimitCounters, KeyPurpose::ManageLinks];
    let [_, _, links] = purposes.map(made);
    (store.snapshot(), links)
});

/// Nobody has booked yet.
static FRESH: LazyLock<Contents> = LazyLock::new(|| {
    let contents = scene::store(&types()).snapshot();
    Contents { keys: KEYS.0.keys.clone(), ..contents }
});

/// One host alone, the same after approval, and two hosts together, with buffers that differ.
fn types() -> Vec<MeetingType> {
    let asked = scene::meeting_type("asked", Mode::Single, &["berlin"], (0, 15));
    vec![
        scene::meeting_type("solo", Mode::Single, &["berlin"], (10, 0)),
        MeetingType { requires_approval: true, ..asked },
        scene::meeting_type("pair", Mode::Collective, &["york", "berlin"], (0, 45)),
    ]
}

/// What there is before anything happens.
pub fn fresh() -> MemoryStore {
    with(&FRESH)
}

pub fn with(contents: &Contents) -> MemoryStore {
    let store = MemoryStore::new();
    store.tamper(|empty| *empty = contents.clone());
    store
}

impl<C: Chooser + Clone + Sync + Send> Town<C> {
    /// `echoes`: set when the mail service is to say its next word twice.
    pub fn new(
        store: MemoryStore,
        clockwork: Arc<Clockwork>,
        chooser: C,
        echoes: Arc<AtomicBool>,
        defect: Defect,
    ) -> Self {
        let notebook = Arc::<Mutex<Notebook>>::default();
        let table = Table::new(store, defect, Arc::clone(&clockwork), Arc::clone(&notebook));
        let mail = Mail::new(Arc::clone(&clockwork), Arc::clone(&notebook), echoes);
        let bus = Radio { clockwork: Arc::clone(&clockwork), notebook: Arc::clone(&notebook) };
        Self {
            store: Faulty::new(table, chooser.clone()),
            mail: Faulty::new(mail, chooser.clone()),
            bus: Faulty::new(bus, chooser.clone()),
            site: crate::deliver_effects::site(),
            clockwork,
            notebook,
            chooser,
            is_wild: false,
        }
    }

    /// The same, with what happened before.
    #[must_use]
    pub fn after(self, notebook: &Notebook) -> Self {
        *self.notebook() = notebook.clone();
        self
    }

    /// The same, where things come in any order, twice, or not at all.
    #[must_use]
    pub fn wild(self) -> Self {
        Self { is_wild: true, ..self }
    }

    pub fn table(&self) -> &Table {
        self.store.inner()
    }

    pub fn notebook(&self) -> MutexGuard<'_, Notebook> {
        self.notebook.lock().expect("nobody panics while holding this")
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clockwork.now()
    }

    /// The keys of a process that has just begun.
    pub fn keyring(&self) -> Keyring<Faulty<FakeKms, C>> {
        Keyring::new(Faulty::new(FakeKms::new(1), self.chooser.clone()))
    }

    pub fn stored(&self, booking: u128) -> Booking {
        let id = super::rows::booking_id(booking);
        self.table().inner.look(|contents| contents.bookings[&id].clone())
    }
}

/// What the link in every letter about a booking ends with.
pub fn link_secret(booking: &Booking) -> String {
    secret(&KEYS.1, booking, Opens::Booking)
}
