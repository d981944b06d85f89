//! Promise 32: a policy has all that its function needs, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use openslot_tests::support::moto::variable;
use serde_json::json;

use crate::deployment::template;
use crate::guard::Book;
use crate::policy::{Entry, Policy};
use crate::stories::{ALL, Story};
use crate::town::town;

/// What the guards of each function saw in a story.
type Books = BTreeMap<String, Vec<Book>>;

fn policies() -> BTreeMap<String, Policy> {
    let functions = template().functions();
    functions.into_iter().map(|(name, deployed)| (name, Policy::of_role(&deployed.role))).collect()
}

async fn all_books() -> Vec<(Story, Books)> {
    let mut books = Vec::new();
    for (_, story) in ALL {
        books.push((story, story(town().await).await.closed().books));
    }
    books
}

/// The entries that nothing in these books needed, by function.
fn superfluous(policies: &BTreeMap<String, Policy>, books: &[(Story, Books)]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, policy) in policies {
        let books = books.iter().filter_map(|(_, books)| books.get(name)).flatten();
        let needed: BTreeSet<&Entry> = books.flat_map(|book| &book.needed).collect();
        let idle = policy.entries.iter().filter(|entry| !needed.contains(entry));
        found.extend(idle.map(|entry| format!("{name}: {entry}")));
    }
    found
}

/// Needed means that some call would have been refused without it.
#[tokio::test(flavor = "multi_thread")]
async fn every_entry_of_every_policy_is_needed() {
    let (books, policies) = (all_books().await, policies());
    assert_eq!(superfluous(&policies, &books), Vec::<String>::new());

    // The same books show what an entry too many looks like.
    let mut wider = policies;
    let extra = json!({ "Policies": [{ "PolicyDocument": { "Statement": [{
        "Sid": "TooMuch", "Effect": "Allow", "Action": "dynamodb:Scan", "Resource": "arn:aws:dynamodb:any",
    }] } }] });
    let list_slots = wider.get_mut("list-slots").expect("a function of the stack");
    list_slots.entries.extend(Policy::of_role(&extra).entries);
    let named = superfluous(&wider, &books);
    assert_eq!(named, ["list-slots: TooMuch: dynamodb:Scan on arn:aws:dynamodb:any"]);
}

/// Whether a story goes wrong when a function's policy lacks an entry: it breaks off, or something is refused in it.
async fn breaks(story: Story, name: &str, entry: &Entry) -> bool {
    let mut town = town().await;
    town.take_away(name, entry);
    match AssertUnwindSafe(story(town)).catch_unwind().await {
        Ok(town) => town.closed().books[name].iter().any(|book| !book.refused.is_empty()),
        Err(_) => true,
    }
}

/// One entry of each function, and the story that needs it.
const TAKEN: [(&str, &str, &str, &str); 7] = [
    ("list-slots", "dynamodb:Query", "LeadingKeys H#*", "a guest books"),
    ("create-booking", "dynamodb:PutItem", "LeadingKeys G#*", "a guest books"),
    ("manage-booking", "kms:Decrypt", "purpose manage-links", "a guest books"),
    ("manage-team", "dynamodb:GetItem", "LeadingKeys U#*", "a host decides"),
    ("deliver-effects", "ses:SendRawEmail", "configuration-set", "a guest books"),
    ("send-reminders", "dynamodb:UpdateItem", "LeadingKeys T#*", "time passes"),
    ("record-mail-events", "dynamodb:UpdateItem", "LeadingKeys X#*", "a guest books"),
];

/// Of each function one entry is taken away; where `OPENSLOT_EVERY_ENTRY` asks for it, every one there is in turn, which
/// takes minutes and says no more than that each was the only one to allow something.
#[tokio::test(flavor = "multi_thread")]
async fn an_entry_taken_away_breaks_a_story() {
    let policies = policies();
    let named: BTreeSet<&str> = TAKEN.iter().map(|(name, ..)| *name).collect();
    assert!(named.iter().eq(policies.keys()), "one of each function");
    let cases =
        if variable("OPENSLOT_EVERY_ENTRY").is_some() { every(&policies).await } else { few(&policies) };
    for (name, entry, story) in cases {
        assert!(breaks(story, &name, &entry).await, "{name} does without {entry}");
    }
}

type Case = (String, Entry, Story);

fn few(policies: &BTreeMap<String, Policy>) -> Vec<Case> {
    let case = |(name, action, what, told): (&str, &str, &str, &str)| {
        let is = |entry: &&Entry| entry.action == action && entry.to_string().contains(what);
        let entry = policies[name].entries.iter().find(is).expect("an entry of this kind").clone();
        let (_, story) = ALL.into_iter().find(|(known, _)| *known == told).expect("a story of this name");
        (name.to_owned(), entry, story)
    };
    TAKEN.into_iter().map(case).collect()
}

async fn every(policies: &BTreeMap<String, Policy>) -> Vec<Case> {
    let books = all_books().await;
    let mut cases = Vec::new();
    for (name, policy) in policies {
        for entry in &policy.entries {
            let needs = |book: &Book| book.needed.contains(entry);
            let told =
                books.iter().find(|(_, books)| books.get(name).is_some_and(|seen| seen.iter().any(needs)));
            let (story, _) = told.expect("some story needs it");
            cases.push((name.clone(), entry.clone(), *story));
        }
    }
    cases
}
