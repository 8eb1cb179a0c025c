//! What pages say to machines: linked data (schema.org) for search engines, and what a shared link shows.
//!
//! Nothing is said that is not so: what was invented to try the site with, and what has a date whose year is only
//! supposed, is not described.

mod vocabulary;
mod script;
mod describe;

pub(super) use describe::{home, of_entry, trail};
pub(super) use script::script;
pub(super) use vocabulary::Node;
