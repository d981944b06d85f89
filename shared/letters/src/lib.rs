#![doc = include_str!("../README.md")]

mod add_links;
mod calendar;
mod letter;
mod news;
mod page;
mod place;
mod sections;
mod site;
mod unlinked;
mod view;
mod when;
mod words;
mod writing;

pub use add_links::{AddLinks, add_links};
pub use calendar::{CalendarPart, Method, calendar_file};
pub use letter::{Letter, Mailbox};
pub use site::{Links, Site};
pub use writing::{letter, reminder};
