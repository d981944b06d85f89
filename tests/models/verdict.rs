//! What a walk through all states of a model comes to.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::hash::Hash;

use stateright::{Checker, CheckerBuilder, Expectation, HasDiscoveries, Model};

/// Every promise of `model` holds in every state, everything that can happen happens somewhere, and there are
/// enough states for that to mean something.
pub fn holds<M>(name: &str, model: M, states_min: usize)
where
    M: Model + Send + Sync + 'static,
    M::State: Clone + Debug + Hash + PartialEq + Send + Sync + 'static,
    M::Action: Clone + Debug + PartialEq + Send + Sync + 'static,
{
    let promises = model.properties().len();
    let checker = walk(model.checker()).finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join();
    checker.assert_properties();
    let states = checker.unique_state_count();
    say(&format!("{name}: {promises} properties hold in {states} states"));
    assert!(states >= states_min, "{name} has only {states} states");
}

/// `promise` is broken somewhere, and the shortest way there is told.
pub fn caught<M>(name: &str, model: M, promise: &'static str)
where
    M: Model + Send + Sync + 'static,
    M::State: Clone + Debug + Hash + PartialEq + Send + Sync + 'static,
    M::Action: Clone + Debug + PartialEq + Send + Sync + 'static,
{
    assert_eq!(model.property(promise).expectation, Expectation::Always, "{promise} must always hold");
    let enough = HasDiscoveries::AnyOf(BTreeSet::from([promise]));
    let checker = walk(model.checker()).finish_when(enough).spawn_bfs().join();
    let path = checker.discovery(promise);
    let path = path.unwrap_or_else(|| panic!("{name} was never caught by {promise}"));
    let steps = path.into_actions();
    say(&format!("{name}: {promise} is broken after {} steps: {steps:?}", steps.len()));
}

/// One thread, so that what is found first is the same each time and has the shortest way.
fn walk<M>(checker: CheckerBuilder<M>) -> CheckerBuilder<M>
where
    M: Model + Send + Sync + 'static,
    M::State: Hash + Send + Sync,
{
    checker.threads(1)
}

#[expect(clippy::print_stdout, reason = "a test tells what it walked through")]
fn say(text: &str) {
    println!("{text}");
}
