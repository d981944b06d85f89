//! What a transaction wrote, each item for itself.

use std::collections::{BTreeMap, BTreeSet};

use openslot_fakes::Contents;

/// Writes one item, or removes it.
pub type Part = Box<dyn FnOnce(&mut Contents)>;

/// How one store came to be another, item by item.
pub fn parts(before: &Contents, after: &Contents) -> Vec<Part> {
    let mut parts = map(&before.hosts, &after.hosts, |contents| &mut contents.hosts);
    parts.extend(map(&before.fences, &after.fences, |contents| &mut contents.fences));
    parts.extend(set(&before.listed_hosts, &after.listed_hosts, |contents| &mut contents.listed_hosts));
    parts.extend(map(&before.days, &after.days, |contents| &mut contents.days));
    parts.extend(map(&before.meeting_types, &after.meeting_types, |contents| &mut contents.meeting_types));
    parts.extend(map(&before.listed_types, &after.listed_types, |contents| &mut contents.listed_types));
    parts.extend(map(&before.bookings, &after.bookings, |contents| &mut contents.bookings));
    parts.extend(map(&before.effects, &after.effects, |contents| &mut contents.effects));
    parts.extend(set(&before.guests, &after.guests, |contents| &mut contents.guests));
    parts
}

fn map<K: Ord + Clone + 'static, V: PartialEq + Clone + 'static>(
    before: &BTreeMap<K, V>,
    after: &BTreeMap<K, V>,
    at: fn(&mut Contents) -> &mut BTreeMap<K, V>,
) -> Vec<Part> {
    let keys: BTreeSet<&K> = before.keys().chain(after.keys()).collect();
    let differs = |key: &&K| before.get(key) != after.get(key);
    let part = |key: &K| -> Part {
        let (key, value) = (key.clone(), after.get(key).cloned());
        Box::new(move |contents| {
            at(contents).remove(&key);
            at(contents).extend(value.map(|value| (key, value)));
        })
    };
    keys.into_iter().filter(differs).map(part).collect()
}

fn set<K: Ord + Clone + 'static>(
    before: &BTreeSet<K>,
    after: &BTreeSet<K>,
    at: fn(&mut Contents) -> &mut BTreeSet<K>,
) -> Vec<Part> {
    let part = |key: &K| -> Part {
        let (key, stays) = (key.clone(), after.contains(key));
        Box::new(move |contents| {
            at(contents).remove(&key);
            at(contents).extend(stays.then_some(key));
        })
    };
    before.symmetric_difference(after).map(part).collect()
}
