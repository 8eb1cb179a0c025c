//! Takes out of a file what a camera or a program wrote about people, places and times, and leaves every pixel as it is.
//!
//! What may stay is listed, and nothing else does: the picture itself, its colours and its resolution. What stands behind
//! the end of the picture goes, too: phones put a second picture there, with notes of its own.

pub(super) mod jpeg;
pub(super) mod png;
pub(super) mod webp;
pub(super) mod gif;
