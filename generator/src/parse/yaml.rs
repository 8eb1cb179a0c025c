//! The part of YAML that editors need, read with the place of everything.
//!
//! Block maps and lists, one-line `{…}` and `[…]`, plain and quoted texts on one line, `|` texts, comments. What
//! reads differently in full YAML than an editor would expect is refused with a message. Whatever this reader accepts,
//! a YAML parser reads the same way; a property test holds it to that.

mod inline;
mod line;
mod messages;
mod node;
mod reader;

pub use node::{Key, Node, Span, Value};
pub use reader::read;
