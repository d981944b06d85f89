//! The engine says what the oracle says: in its list, in its check of one start, and in its reasons.

use chrono::{DateTime, TimeDelta, Utc};
use openslot_domain::interval::Interval;
use openslot_domain::meeting_type::Window;
use openslot_domain::slots::{self, Reason};
use proptest::prelude::*;

use crate::engine::Asked;
use crate::oracle::{self, Instant, Question};
use crate::{cases, worlds};

type Slots = Vec<(Instant, Vec<usize>)>;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 500,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_list_is_the_oracles(question in worlds::question()) {
        let (found, right) = (Asked::of(&question).slots(), oracle::slots(&question));
        let only_in = |one: &Slots, other: &Slots| one.iter().find(|slot| !other.contains(slot)).cloned();
        let (extra, missing) = (only_in(&found, &right), only_in(&right, &found));
        prop_assert!(found == right, "first extra slot {extra:?}, first missing slot {missing:?}");
    }

    /// What is listed can be booked by whoever is listed, and nothing else can.
    #[test]
    fn list_check_and_explain_agree(question in worlds::question(), probes in prop::collection::vec(0.0..1.0, 20)) {
        let asked = Asked::of(&question);
        let listed = asked.slots();
        let near = |(start, _): &(Instant, Vec<usize>)| [-60, -1, 0, 1, 60].map(|secs| *start + TimeDelta::seconds(secs));
        let secs = (question.to - question.from).num_seconds();
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a place within three days")]
        let within = |part: f64| question.from + TimeDelta::seconds((part * secs as f64) as i64);
        let anywhere = probes.into_iter().map(within);
        let few = listed.iter().step_by(listed.len() / 10 + 1);
        for start in few.flat_map(near).chain(anywhere) {
            agree(&question, &asked, &listed, start)?;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Numbers that nobody checked, and times that nobody lives in, are answered all the same.
    #[test]
    fn nothing_is_too_absurd_to_be_answered(
        question in worlds::question(),
        mins in prop::collection::vec(prop_oneof![0..3_u32, any::<u32>(), Just(u32::MAX)], 6),
        secs in prop::collection::vec(any_second(), 5),
    ) {
        let mut asked = Asked::of(&question);
        let rules = &mut asked.rules;
        (rules.duration_mins, rules.interval_mins, rules.notice_mins) = (mins[0], mins[1], mins[2]);
        (rules.before_mins, rules.after_mins) = (mins[3], mins[4]);
        rules.window = Window::Rolling { days: mins[5] };
        let at = |secs| DateTime::from_timestamp(secs, 0).unwrap();
        asked.now = at(secs[0]);
        let busy = Interval::from_secs(secs[1].min(secs[2]), secs[1].max(secs[2]) + 1).unwrap();
        for host in &mut asked.hosts {
            host.busy.push(busy);
            host.counted.push(at(secs[3]));
        }
        for start in secs {
            let listed = slots::check(&asked.rules, &asked.times(), asked.now, at(start)).is_ok();
            asked.range = Interval::lasting(at(start), 1).unwrap();
            prop_assert_eq!(asked.slots().iter().any(|slot| slot.0 == at(start)), listed);
        }
        asked.range = busy;
        prop_assert!(asked.slots().is_sorted_by(|one, next| one.0 < next.0));
    }
}

/// Any second that there is a `DateTime` for, most of them not in our millennium.
fn any_second() -> impl Strategy<Value = i64> {
    let (first, last) = (DateTime::<Utc>::MIN_UTC.timestamp(), DateTime::<Utc>::MAX_UTC.timestamp() - 86_400);
    let minutes = (-30_000_000..80_000_000_i64).prop_map(|minute| minute * 60);
    prop_oneof![first..last, Just(first), Just(last), minutes]
}

fn agree(
    question: &Question,
    asked: &Asked,
    listed: &[(Instant, Vec<usize>)],
    start: Instant,
) -> Result<(), TestCaseError> {
    if start < question.from || start >= question.to {
        return Ok(());
    }
    let times = asked.times();
    let reasons = slots::explain(&asked.rules, &times, asked.now, start);
    let check = slots::check(&asked.rules, &times, asked.now, start);
    prop_assert_eq!(reasons.len(), times.len());
    for (reason, host) in reasons.iter().zip(&question.hosts) {
        prop_assert_eq!(*reason == Some(Reason::Inactive), !host.active);
    }
    if let Some((_, hosts)) = listed.iter().find(|slot| slot.0 == start) {
        let without: Vec<usize> = (0..reasons.len()).filter(|place| reasons[*place].is_none()).collect();
        prop_assert_eq!(&without, hosts);
        prop_assert_eq!(check.map(|free| free.iter().collect::<Vec<_>>()), Ok(without));
    } else {
        let named: Vec<Reason> = reasons.iter().flatten().copied().collect();
        prop_assert!(!named.is_empty(), "{} is not listed, and nobody has a reason", start);
        prop_assert_eq!(check, Err(named));
    }
    Ok(())
}
