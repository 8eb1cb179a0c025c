//! Values with the place where they stand.

use std::ops::Range;

/// A part of a file, by bytes.
pub type Span = Range<usize>;

/// A value and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// A value. Texts are never turned into numbers or the like here: whoever asks for a number knows that it is one, and a
/// telephone number keeps its plus.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Nothing after the colon.
    Empty,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Fields, in the order in which they were written, each once.
    Map(Vec<(Key, Node)>),
}

/// The name of a field and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Key {
    /// Where it stands.
    pub span: Span,
    /// The name.
    pub text: String,
}
