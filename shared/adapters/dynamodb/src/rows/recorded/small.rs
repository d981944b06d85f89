//! Shapes of one or two attributes.

use openslot_domain::limits::Scope;
use openslot_domain::login::{Login, Role};
use openslot_usecases::keyring::{AddressMac, CounterMac};
use openslot_usecases::manage_team::LoginKey;
use openslot_usecases::ports::{CounterKey, KeyPurpose};
use serde_bytes::ByteBuf;

use super::{at, booking_id, recorded};
use crate::keys;
use crate::rows::login::LoginRow;
use crate::rows::plain::{CounterRow, ErasureRow, GuestRow, WrappedKeyRow};
use crate::rows::{from_item, instant_text, to_item};

#[test]
fn rows_that_say_it_by_their_key() {
    let key = keys::guest(&AddressMac([7; 32]), &booking_id());
    let item = recorded("guest", key.with(to_item(&GuestRow {}).unwrap()));
    let _: GuestRow = from_item(item).unwrap();
}

#[test]
fn an_erasure() {
    let key = keys::erasure(&AddressMac([7; 32]));
    let row = ErasureRow { at: instant_text(at("2026-11-20T08:15:30.25Z")) };
    let item = recorded("erasure", key.with(to_item(&row).unwrap()));
    assert_eq!(keys::erased(&item), Some(AddressMac([7; 32])));
    assert_eq!(from_item::<ErasureRow>(item).unwrap().at, row.at);
}

#[test]
fn a_wrapped_key() {
    let key = keys::data_key(KeyPurpose::ManageLinks, 1);
    let item =
        recorded("data-key", key.with(to_item(&WrappedKeyRow { k: ByteBuf::from([1, 2, 255]) }).unwrap()));
    assert_eq!(keys::sort_key(&item).and_then(keys::data_key_number), Some(1));
    assert_eq!(from_item::<WrappedKeyRow>(item).unwrap().k.into_vec(), [1, 2, 255]);
}

#[test]
fn a_login() {
    for (name, role) in [("login-admin", Role::Admin), ("login-member", Role::Member)] {
        let login = Login { host: "grace".parse().unwrap(), role };
        let item =
            recorded(name, keys::login(&LoginKey([9; 32])).with(to_item(&LoginRow::of(&login)).unwrap()));
        assert_eq!(from_item::<LoginRow>(item).unwrap().login().unwrap(), login);
    }
}

/// Counters are written by updates, which the contract suite compares with this.
#[test]
fn a_counter() {
    let window = at("2026-11-20T08:15:00Z");
    let key = keys::counter(&CounterKey { scope: Scope::Address, subject: CounterMac([9; 32]), window });
    let item = recorded("counter", key.with(to_item(&CounterRow { n: 3, ttl: 1_795_248_960 }).unwrap()));
    let row: CounterRow = from_item(item).unwrap();
    assert_eq!((row.n, row.ttl), (3, 1_795_248_960));
}
