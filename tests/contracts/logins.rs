//! Who signs in as whom.

use openslot_domain::login::{Login, Role};
use openslot_tests::support::samples::host_id;
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::Saved;

use crate::store::{Eye, Store};
use crate::violation::{Invariant, Kept};

pub async fn a_login_is_joined_to_a_host_once<S: Store>(store: &S, eye: &dyn Eye) -> Kept {
    let (ada, other) =
        (LoginKey::of("https://login.example", "1"), LoginKey::of("https://login.example", "2"));
    Invariant::ReadAsWritten.same(&store.find_login(&ada).await?, &None)?;
    let admin = Login { host: host_id("ada"), role: Role::Admin };
    Invariant::OneHostPerLogin.same(&store.put_login(&ada, &admin).await?, &Saved::Done)?;
    let member = Login::member(host_id("bob"));
    Invariant::OneHostPerLogin.same(&store.put_login(&other, &member).await?, &Saved::Done)?;

    let before = eye.look().await.items;
    for again in [&admin, &member] {
        Invariant::OneHostPerLogin.same(&store.put_login(&ada, again).await?, &Saved::Overtaken)?;
    }
    Invariant::NothingWritten.unchanged(&eye.look().await.items, &before)?;
    Invariant::ReadAsWritten.same(&store.find_login(&ada).await?, &Some(admin))?;
    Invariant::ReadAsWritten.same(&store.find_login(&other).await?, &Some(member))
}
