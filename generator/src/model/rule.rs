//! What must hold between two fields of one file.

use super::Words;

/// A rule between two fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// The code of its message.
    pub code: &'static str,
    /// The field that the message points at; a field inside a field is written `registration.form`.
    pub field: &'static str,
    /// What must hold of it.
    pub relation: Relation,
    /// The field that it is compared with.
    pub other: &'static str,
    /// What is said when it does not hold.
    pub message: Words,
    /// What to do; `{}` stands for the value of the other field.
    pub hint: Option<Words>,
}

/// What must hold between two fields. Where one of two that are compared is not there, everything holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// Later than the other; of whole days the same one is late enough.
    After,
    /// Earlier than the other.
    Before,
    /// At the same time or earlier; a whole day is not compared with a time.
    NotAfter,
    /// A number as large as the other or smaller.
    AtMost,
    /// Where it says yes, the other must be there.
    Needs,
    /// One of the two must be there.
    Or,
}
