//! Everybody who does something in a world.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use futures::FutureExt;
use futures::future::{join, select};
use openslot_domain::effects::EffectKey;
use openslot_fakes::Chooser;
use openslot_usecases::record_mail_event::record_mail_event;

use super::functions::{Answer, Wish};
use super::post::Word;
use super::town::Town;

/// How long somebody waits before asking again what nobody answered.
const AGAIN: TimeDelta = TimeDelta::seconds(2);
/// How soon the stream offers again what was not taken, and how often.
const OFFERED_AGAIN: TimeDelta = TimeDelta::seconds(1);
const OFFERS: u32 = 3;
/// How soon the mail service's word is said again to whoever did not take it: as Lambda waits the first time.
const SAID_AGAIN: TimeDelta = TimeDelta::seconds(60);

impl<C: Chooser + Clone + Sync + Send> Town<C> {
    /// Asks, under one key, until there is an answer; `None` if it is no.
    pub async fn insist(&self, wish: &Wish) -> Option<u128> {
        let mut keys = self.keyring();
        self.is_asked(wish);
        loop {
            match self.ask(&keys, wish).await {
                Answer::Done(booking) => return Some(Self::number(&booking)),
                Answer::No => return None,
                Answer::Again => keys = self.keyring(),
            }
            self.clockwork.sleep(AGAIN).await;
        }
    }

    /// Asks once more for what was asked for before.
    pub async fn repeat(&self, wish: &Wish) {
        let keys = self.keyring();
        while let Answer::Again = self.ask(&keys, wish).await {
            self.clockwork.sleep(AGAIN).await;
        }
    }

    fn is_asked(&self, wish: &Wish) {
        let booking = match wish {
            Wish::Book(_) => return,
            Wish::Move { booking, .. } | Wish::Cancel { booking, .. } | Wish::Decide { booking, .. } => {
                booking
            }
        };
        *self.notebook().asked.entry(*booking).or_default() += 1;
    }

    /// Hands over what is owed from now on.
    pub async fn stream(&self) {
        let table = self.table();
        let mut keys = self.keyring();
        loop {
            let heard = table.bell.rung();
            let Some(key) = self.record() else {
                table.bell.wait(heard).await;
                continue;
            };
            for _ in 0..OFFERS {
                if self.pay(&keys, &key).await {
                    break;
                }
                keys = self.keyring();
                self.clockwork.sleep(OFFERED_AGAIN).await;
            }
        }
    }

    /// The next record: where things are wild, any of them, perhaps to come again, or to be lost.
    fn record(&self) -> Option<EffectKey> {
        let mut stream = self.table().stream.lock().expect("nobody panics while holding this");
        if !self.is_wild {
            return stream.pop_front();
        }
        loop {
            let place = if stream.is_empty() {
                return None;
            } else {
                self.clockwork.draw(|dice| dice.below(stream.len() as u64))
            };
            let key = stream.remove(usize::try_from(place).expect("a place in a list"))?;
            if self.clockwork.draw(|dice| dice.percent(8)) {
                stream.push_back(key.clone());
            }
            if !self.clockwork.draw(|dice| dice.percent(8)) {
                return Some(key);
            }
        }
    }

    /// The minute, whenever there is anything due; where things are wild, sometimes twice at once.
    pub async fn minutes(&self) {
        let bell = &self.table().bell;
        let mut keys = self.keyring();
        loop {
            let heard = bell.rung();
            let Some(tick) = self.next_tick() else {
                bell.wait(heard).await;
                continue;
            };
            select(self.clockwork.wake_at(tick).boxed_local(), bell.wait(heard).boxed_local()).await;
            if self.now() < tick {
                continue;
            }
            let whole = if self.is_wild && self.clockwork.draw(|dice| dice.percent(10)) {
                let (one, other) = join(self.sweep(&keys), self.sweep(&keys)).await;
                one && other
            } else {
                self.sweep(&keys).await
            };
            if !whole || !self.is_wild {
                keys = self.keyring();
            }
        }
    }

    /// The next full minute in which something is due; sweeps that would find nothing are left out.
    fn next_tick(&self) -> Option<DateTime<Utc>> {
        let minute = TimeDelta::minutes(1);
        let first = self.table().inner.look(|contents| contents.effects.keys().next().map(|key| key.due))?;
        let after = |at: DateTime<Utc>| at.duration_trunc(minute).map(|at| at + minute).ok();
        let now = self.now();
        // A minute's own work is found in that minute.
        if first > now { after(first - TimeDelta::milliseconds(1)) } else { after(now) }
    }

    /// The mail service's words, each when its time has come.
    pub async fn words(&self) {
        let mail = self.mail.inner();
        loop {
            let heard = mail.bell.rung();
            let Some(at) = self.next_word() else {
                mail.bell.wait(heard).await;
                continue;
            };
            select(self.clockwork.wake_at(at).boxed_local(), mail.bell.wait(heard).boxed_local()).await;
            if let Some(word) = self.due_word() {
                self.listen(word).await;
            }
        }
    }

    fn due_word(&self) -> Option<Word> {
        let mut words = self.mail.inner().words.lock().expect("nobody panics while holding this");
        let place = words.iter().position(|word| word.at <= self.now())?;
        Some(words.swap_remove(place))
    }

    fn next_word(&self) -> Option<DateTime<Utc>> {
        let words = self.mail.inner().words.lock().expect("nobody panics while holding this");
        words.iter().map(|word| word.at).min()
    }

    async fn listen(&self, word: Word) {
        if self.hear(&word.event).await {
            return;
        }
        if !self.is_wild {
            let at = self.now() + SAID_AGAIN;
            let mut words = self.mail.inner().words.lock().expect("nobody panics while holding this");
            words.push(Word { at, ..word });
            return;
        }
        // An honest word is heard in the end.
        let wait_ms = self.clockwork.draw(|dice| dice.below(5_000)).cast_signed();
        self.clockwork.sleep(TimeDelta::milliseconds(wait_ms)).await;
        record_mail_event(self.table(), &word.event).await.expect("nothing breaks here");
    }
}
