//! Every function of the product, as a process that may be gone before it has answered.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use openslot_domain::booking::Booking;
use openslot_domain::effects::EffectKey;
use openslot_domain::login::Login;
use openslot_fakes::{Chooser, FakeKms, Faulty};
use openslot_usecases::cancel_booking::{self, cancel_booking};
use openslot_usecases::change::{Asked, Right};
use openslot_usecases::create_booking::{Request, create_booking};
use openslot_usecases::decide_booking::{self, Word, decide_booking};
use openslot_usecases::deliver_effects::deliver_effect;
use openslot_usecases::keyring::Keyring;
use openslot_usecases::record_mail_event::{MailEvent, record_mail_event};
use openslot_usecases::refusals::Error;
use openslot_usecases::reschedule_booking::{self, reschedule_booking};
use openslot_usecases::send_reminders::send_reminders;

use super::rows::{booking_id, booking_number};
use super::table::Defect;
use super::town::{Town, link_secret};
use crate::scene;

/// The keys that a process has opened.
pub type Keys<C> = Keyring<Faulty<FakeKms, C>>;

/// What somebody asks for.
#[derive(Clone, Debug)]
pub enum Wish {
    Book(Box<Request>),
    Move { booking: u128, start: DateTime<Utc>, key: String },
    Cancel { booking: u128, key: String },
    Decide { booking: u128, word: Word },
}

/// What is answered.
#[derive(Debug)]
pub enum Answer {
    /// It is so; this is how the booking stands.
    Done(Box<Booking>),
    /// The answer is no.
    No,
    /// Nobody knows: to be asked again.
    Again,
}

impl Answer {
    fn of<R>(answered: Option<Result<Booking, Error<R>>>) -> Self {
        match answered {
            Some(Ok(booking)) => Self::Done(Box::new(booking)),
            Some(Err(Error::Refused(_))) => Self::No,
            Some(Err(Error::Failed(_) | Error::Busy { .. })) | None => Self::Again,
        }
    }
}

impl<C: Chooser + Clone + Sync + Send> Town<C> {
    /// Asks once.
    pub async fn ask(&self, keys: &Keys<C>, wish: &Wish) -> Answer {
        match wish {
            Wish::Book(request) => self.book(keys, request).await,
            Wish::Move { booking, start, key } => self.reschedule(keys, *booking, *start, key).await,
            Wish::Cancel { booking, key } => self.cancel(keys, *booking, key).await,
            Wish::Decide { booking, word } => self.decide(*booking, word).await,
        }
    }

    async fn book(&self, keys: &Keys<C>, request: &Request) -> Answer {
        let limits = scene::no_limits();
        let work = create_booking(&self.store, &*self.clockwork, keys, &limits, request);
        let answered = self.clockwork.process(work).await;
        Answer::of(answered.map(|answered| answered.map(|created| created.booking)))
    }

    async fn reschedule(&self, keys: &Keys<C>, booking: u128, start: DateTime<Utc>, key: &str) -> Answer {
        let asked = self.asked(booking, key, start.to_rfc3339());
        let request = reschedule_booking::Request { asked, start, duration_mins: None, time_zone: Tz::UTC };
        let limits = scene::no_limits();
        let work = reschedule_booking(&self.store, &*self.clockwork, keys, &limits, &request);
        let answered = self.clockwork.process(work).await;
        Answer::of(answered.map(|answered| answered.map(|managed| managed.booking)))
    }

    async fn cancel(&self, keys: &Keys<C>, booking: u128, key: &str) -> Answer {
        let asked = self.asked(booking, key, "cancel".to_owned());
        let request = cancel_booking::Request { asked, reason: None };
        let work = cancel_booking(&self.store, &*self.clockwork, keys, &request);
        let answered = self.clockwork.process(work).await;
        Answer::of(answered.map(|answered| answered.map(|managed| managed.booking)))
    }

    async fn decide(&self, booking: u128, word: &Word) -> Answer {
        let by = Login::member(self.stored(booking).hosts[0].id.clone());
        let request = decide_booking::Request { booking: booking_id(booking), by, word: word.clone() };
        let deciding = decide_booking(&self.store, &*self.clockwork, &request);
        Answer::of(self.clockwork.process(deciding).await)
    }

    fn asked(&self, booking: u128, key: &str, canonical: String) -> Asked {
        let right = Right::Link(link_secret(&self.stored(booking)));
        let (idempotency_key, canonical) = (key.to_owned(), canonical.into_bytes());
        Asked { booking: booking_id(booking), right, idempotency_key, canonical }
    }

    /// Pays a record of the stream; false if it has to be offered again.
    pub async fn pay(&self, keys: &Keys<C>, key: &EffectKey) -> bool {
        let Self { store, mail, bus, site, clockwork, .. } = self;
        let work = deliver_effect(store, &**clockwork, keys, mail, bus, site, key);
        let paid = clockwork.process(work).await;
        matches!(paid, Some(Ok(_))) || self.table().defect == Defect::Swallows
    }

    /// The minute; false if the process is gone.
    pub async fn sweep(&self, keys: &Keys<C>) -> bool {
        let Self { store, mail, bus, site, clockwork, .. } = self;
        let work = send_reminders(store, &**clockwork, keys, mail, bus, site);
        clockwork.process(work).await.is_some()
    }

    /// Notes the mail service's word; false if it has to be said again.
    pub async fn hear(&self, event: &MailEvent) -> bool {
        let heard = self.clockwork.process(record_mail_event(&self.store, event)).await;
        matches!(heard, Some(Ok(()))) || self.table().defect == Defect::Swallows
    }

    /// How a booking that somebody was told of is known.
    pub fn number(booking: &Booking) -> u128 {
        booking_number(&booking.id)
    }
}
