//! Ports that break when told to.

mod ports;

use std::future::{Future, pending, ready};

use openslot_usecases::ports::Failure;

use crate::yielding::yield_now;

/// Anything that is a port, with faults in front.
///
/// Each asynchronous call yields to the executor before and after, so that a seeded executor can let others run,
/// or drop the caller, at every port call. Clock and chance are passed through.
#[derive(Debug)]
pub struct Faulty<S, C> {
    inner: S,
    chooser: C,
}

/// What goes wrong with one call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    #[default]
    None,
    /// It fails, may pass later, and nothing was done.
    FailNotApplied,
    /// It was done, but the answer was lost.
    FailApplied,
    /// It lost a race that nobody can see: `DynamoDB` refuses overlapping transactions even if both could stand.
    /// Only making and changing a booking can lose one; for other ports this is no fault.
    Conflict,
    /// It is carried out twice, as by a client that repeats it, and the second answer is what the caller sees.
    Twice,
    /// It is carried out late: once [`Chooser::wait`] is over.
    Late,
    /// It was done, but whoever made it is gone: the call never returns, and an executor has to drop the caller.
    Crash,
}

/// Decides what goes wrong.
pub trait Chooser {
    /// What goes wrong with this call of `port`, which is about to be made.
    fn choose(&self, port: &'static str) -> Fault;

    /// The call of `port` is over, whatever became of it.
    fn called(&self, port: &'static str) {
        let _ = port;
    }

    /// Over once a late call of `port` may be carried out; at once, where there is no time.
    fn wait(&self, port: &'static str) -> impl Future<Output = ()> + Send {
        let _ = port;
        ready(())
    }
}

/// Nothing goes wrong; calls only yield.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFaults;

impl Chooser for NoFaults {
    fn choose(&self, _: &'static str) -> Fault {
        Fault::None
    }
}

impl<C: Chooser + ?Sized> Chooser for std::sync::Arc<C> {
    fn choose(&self, port: &'static str) -> Fault {
        (**self).choose(port)
    }

    fn called(&self, port: &'static str) {
        (**self).called(port);
    }

    fn wait(&self, port: &'static str) -> impl Future<Output = ()> + Send {
        (**self).wait(port)
    }
}

impl<C: Chooser + ?Sized> Chooser for &C {
    fn choose(&self, port: &'static str) -> Fault {
        (**self).choose(port)
    }

    fn called(&self, port: &'static str) {
        (**self).called(port);
    }

    fn wait(&self, port: &'static str) -> impl Future<Output = ()> + Send {
        (**self).wait(port)
    }
}

impl<S, C> Faulty<S, C> {
    /// Puts faults in front of `inner`.
    pub fn new(inner: S, chooser: C) -> Self {
        Self { inner, chooser }
    }

    /// Who says what goes wrong.
    pub fn chooser(&self) -> &C {
        &self.chooser
    }

    /// What is behind the faults.
    pub fn inner(&self) -> &S {
        &self.inner
    }
}

impl<S: Sync, C: Chooser + Sync> Faulty<S, C> {
    /// Makes a call, or breaks it. `lost` is the answer of a race that was lost, where there can be one.
    async fn call<T: Send, F: Future<Output = Result<T, Failure>> + Send>(
        &self,
        port: &'static str,
        lost: Option<T>,
        call: impl Fn() -> F + Send + Sync,
    ) -> Result<T, Failure> {
        yield_now().await;
        let answer = match (self.chooser.choose(port), lost) {
            (Fault::None, _) | (Fault::Conflict, None) => call().await,
            (Fault::Conflict, Some(lost)) => Ok(lost),
            (Fault::FailNotApplied, _) => Err(Failure::later(format!("{port} was told to fail"))),
            (Fault::FailApplied, _) => match call().await {
                Ok(_) => Err(Failure::later(format!("the answer of {port} was told to be lost"))),
                failed => failed,
            },
            (Fault::Twice, _) => {
                drop(call().await);
                yield_now().await;
                call().await
            }
            (Fault::Late, _) => {
                self.chooser.wait(port).await;
                call().await
            }
            (Fault::Crash, _) => {
                drop(call().await);
                pending().await
            }
        };
        self.chooser.called(port);
        yield_now().await;
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use futures::executor::block_on;
    use openslot_usecases::ports::{KeyPurpose, PutWrappedKey, Retry, Saved, WrappedKey, WrappedKeys};

    use super::*;
    use crate::MemoryStore;

    #[derive(Default)]
    struct Script {
        fault: Mutex<Fault>,
        heard: Mutex<Vec<String>>,
    }

    impl Chooser for Script {
        fn choose(&self, port: &'static str) -> Fault {
            self.heard.lock().unwrap().push(format!("before {port}"));
            *self.fault.lock().unwrap()
        }

        fn called(&self, port: &'static str) {
            self.heard.lock().unwrap().push(format!("after {port}"));
        }
    }

    #[test]
    fn a_fault_applies_or_does_not() {
        let check = |fault, answer: Option<Saved>, stored: usize| {
            let script = Script::default();
            *script.fault.lock().unwrap() = fault;
            let store = Faulty::new(MemoryStore::new(), &script);
            let key = WrappedKey { number: 1, blob: vec![1] };
            let found = block_on(store.put_wrapped_key(KeyPurpose::GuestRows, &key));
            if let Err(failure) = &found {
                assert_eq!(failure.retry, Retry::Later);
            }
            assert_eq!(found.ok(), answer, "{fault:?}");
            assert_eq!(block_on(store.inner().wrapped_keys(KeyPurpose::GuestRows)).unwrap().len(), stored);
            assert_eq!(*script.heard.lock().unwrap(), ["before put_wrapped_key", "after put_wrapped_key"]);
        };
        check(Fault::None, Some(Saved::Done), 1);
        check(Fault::Conflict, Some(Saved::Done), 1);
        check(Fault::FailNotApplied, None, 0);
        check(Fault::FailApplied, None, 1);
        check(Fault::Twice, Some(Saved::Overtaken), 1);
        check(Fault::Late, Some(Saved::Done), 1);
    }

    #[test]
    fn whoever_crashes_has_done_it_and_never_hears_of_it() {
        let script = Script::default();
        *script.fault.lock().unwrap() = Fault::Crash;
        let store = Faulty::new(MemoryStore::new(), &script);
        let key = WrappedKey { number: 1, blob: vec![1] };
        let mut call = Box::pin(store.put_wrapped_key(KeyPurpose::GuestRows, &key));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!((0..9).all(|_| call.as_mut().poll(&mut context).is_pending()));
        assert_eq!(block_on(store.inner().wrapped_keys(KeyPurpose::GuestRows)).unwrap().len(), 1);
        assert_eq!(*script.heard.lock().unwrap(), ["before put_wrapped_key"]);
    }

    #[test]
    fn a_call_yields_before_and_after() {
        let store = Faulty::new(MemoryStore::new(), NoFaults);
        let mut call = Box::pin(store.wrapped_keys(KeyPurpose::GuestRows));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let polls = (0..9).take_while(|_| call.as_mut().poll(&mut context).is_pending()).count();
        assert_eq!(polls, 2);
    }
}
