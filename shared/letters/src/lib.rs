#![doc = include_str!("../README.md")]

mod add_links;
mod calendar;
mod confirmation;
mod letter;
mod page;
mod place;
mod site;
mod unlinked;
mod view;
mod when;
mod words;

pub use add_links::{AddLinks, add_links};
pub use calendar::{CalendarPart, Method, calendar_file};
pub use confirmation::confirmation;
pub use letter::{Letter, Mailbox};
pub use site::{Links, Site};
