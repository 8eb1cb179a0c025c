//! What was read of the parameters of a component, each of the kind that the set says.

use crate::diagnostic::{Place, Placed};
use crate::parse::markdown::{ComponentLink, Piece};

/// The value of a parameter.
pub(super) enum Value {
    Text(String, Box<Place>),
    Markdown(Vec<Piece>),
    Link(ComponentLink),
    /// A link of the body.
    File(usize),
    Number(u32),
    Rows(Vec<Values>),
}

/// Parameters and their values.
#[derive(Default)]
pub(super) struct Values(Vec<(&'static str, Value)>);

impl Values {
    pub(super) fn add(&mut self, name: &'static str, value: Value) {
        self.0.push((name, value));
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(known, _)| *known == name)?;
        Some(self.0.swap_remove(at).1)
    }

    pub(super) fn placed(&mut self, name: &str) -> Option<Placed<String>> {
        match self.take(name)? {
            Value::Text(value, place) => Some(Placed {
                value,
                place: *place,
            }),
            _ => None,
        }
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.placed(name).map(|text| text.value)
    }

    pub(super) fn markdown(&mut self, name: &str) -> Option<Vec<Piece>> {
        match self.take(name)? {
            Value::Markdown(pieces) => Some(pieces),
            _ => None,
        }
    }

    pub(super) fn link(&mut self, name: &str) -> Option<ComponentLink> {
        match self.take(name)? {
            Value::Link(link) => Some(link),
            _ => None,
        }
    }

    pub(super) fn file(&mut self, name: &str) -> Option<usize> {
        match self.take(name)? {
            Value::File(link) => Some(link),
            _ => None,
        }
    }

    pub(super) fn number(&mut self, name: &str) -> Option<u32> {
        match self.take(name)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The rows of which everything is there that they need.
    pub(super) fn rows<Row>(
        &mut self,
        name: &str,
        row: impl Fn(&mut Values) -> Option<Row>,
    ) -> Vec<Row> {
        match self.take(name) {
            Some(Value::Rows(rows)) => rows
                .into_iter()
                .filter_map(|mut values| row(&mut values))
                .collect(),
            _ => Vec::new(),
        }
    }
}
