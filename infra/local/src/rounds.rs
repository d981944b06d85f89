//! What happens by itself: the stream, the bus and the schedule, one after the other.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, watch};
use tokio::time::{MissedTickBehavior, interval};

use crate::clock::Clock;
use crate::engine::Stream;
use crate::events;
use crate::functions::EventFunctions;
use crate::state::{OwedEvent, State};

/// How often stream and bus are looked at.
const GLANCE: Duration = Duration::from_millis(100);
/// How often the schedule calls.
const MINUTE: Duration = Duration::from_mins(1);

/// The functions that events start, and what starts them.
///
/// One round at a time: who asks for one while another runs waits, and then finds nothing half done.
pub(crate) struct Rounds {
    functions: EventFunctions,
    state: Arc<State>,
    clock: Clock,
    turn: Mutex<Stream>,
}

impl Rounds {
    pub(crate) fn new(functions: EventFunctions, state: Arc<State>, clock: Clock, stream: Stream) -> Self {
        Self { functions, state, clock, turn: Mutex::new(stream) }
    }

    /// Runs everything that is due by the clock, and what that comes to, until nothing is left to do.
    ///
    /// Events that were sent before come first: a letter that went out is noted before anything could send it again.
    pub(crate) async fn settle(&self) {
        let mut stream = self.turn.lock().await;
        self.deliver(self.state.owed_events()).await;
        loop {
            let left = self.functions.send_reminders(events::of_schedule(self.clock.now())).await;
            if !self.glance(&mut stream).await && !left {
                return;
            }
        }
    }

    /// Goes round until `stopped`, and ends between two rounds.
    pub(crate) async fn go_round(&self, mut stopped: watch::Receiver<bool>) {
        let mut glances = interval(GLANCE);
        glances.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut minutes = interval(MINUTE);
        minutes.tick().await;
        loop {
            tokio::select! {
                _ = stopped.changed() => return,
                _ = minutes.tick() => self.settle().await,
                _ = glances.tick() => {
                    let mut stream = self.turn.lock().await;
                    while self.glance(&mut stream).await {}
                }
            }
        }
    }

    /// Hands on what is new in stream and bus. Whether there was anything.
    async fn glance(&self, stream: &mut Stream) -> bool {
        let streamed = self.hand_on(stream).await;
        self.deliver(self.state.new_events()).await || streamed
    }

    /// A batch that fails is not offered again: the schedule finds what it owes.
    async fn hand_on(&self, stream: &mut Stream) -> bool {
        let records = match stream.next() {
            Ok(records) => records,
            Err(error) => {
                tracing::error!(%error, "the table's stream cannot be read");
                return false;
            }
        };
        let any = !records.is_empty();
        let owed: Vec<_> = records.into_iter().filter(events::is_newly_owed).collect();
        if !owed.is_empty() {
            self.functions.deliver_effects(events::of_stream(&owed, stream.arn())).await;
        }
        any
    }

    /// Offers events to their target, which takes them or is offered them again. Whether there were any.
    async fn deliver(&self, owed: rusqlite::Result<Vec<OwedEvent>>) -> bool {
        let owed = owed.unwrap_or_else(|error| {
            tracing::error!(%error, "the local bus cannot be read");
            Vec::new()
        });
        for OwedEvent { place, event } in &owed {
            let taken = self.functions.record_mail_events(event.clone()).await;
            let noted = if taken { self.state.event_taken(*place) } else { self.state.event_left(*place) };
            if let Err(error) = noted {
                tracing::error!(%error, "the local bus cannot be written");
                return false;
            }
        }
        !owed.is_empty()
    }
}
