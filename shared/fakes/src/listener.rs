//! A bus that keeps what it is told.

use std::sync::{Mutex, MutexGuard, PoisonError};

use openslot_usecases::ports::{DomainEvent, Failure, PublishEvent};

/// Events in memory, in the order in which they were published.
#[derive(Debug, Default)]
pub struct Listener {
    heard: Mutex<Vec<DomainEvent>>,
    fault: Mutex<BusFault>,
}

/// What goes wrong with publishing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BusFault {
    /// Nothing.
    #[default]
    None,
    /// The event is refused for good.
    Refuse,
    /// The call fails, may pass later, and nobody has heard.
    FailLater,
    /// The call fails and may pass later, but the event was heard.
    HeardButFailed,
}

impl Listener {
    /// Has heard nothing, and nothing goes wrong.
    pub fn new() -> Self {
        Self::default()
    }

    /// What goes wrong from now on.
    pub fn set_fault(&self, fault: BusFault) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    /// The events that were published, oldest first; one that came twice is there twice.
    pub fn heard(&self) -> Vec<DomainEvent> {
        self.events().clone()
    }

    /// What they are about, oldest first: the kind, and the id that tells them apart.
    pub fn headlines(&self) -> Vec<(&'static str, String)> {
        self.events().iter().map(|event| (event.kind.name(), event.id().to_string())).collect()
    }

    fn events(&self) -> MutexGuard<'_, Vec<DomainEvent>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PublishEvent for Listener {
    async fn publish_event(&self, event: &DomainEvent) -> Result<(), Failure> {
        let fault = *self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        match fault {
            BusFault::None => {
                self.events().push(event.clone());
                Ok(())
            }
            BusFault::Refuse => Err(Failure::never("the bus refuses this event")),
            BusFault::FailLater => Err(Failure::later("the bus is down")),
            BusFault::HeardButFailed => {
                self.events().push(event.clone());
                Err(Failure::later("the bus's answer was lost"))
            }
        }
    }
}
