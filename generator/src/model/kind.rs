//! One kind of page.

use super::{Field, Rule, Section, Words};

/// What is written in the files of a folder.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Kind {
    /// Its name, as in `centre new`.
    pub name: &'static str,
    /// The folder of its files.
    pub section: Section,
    /// What one of them is called.
    pub singular: Words,
    /// What is written under the fields; `None` where a text there would not be shown.
    pub body: Option<Words>,
    /// Its own fields, and those that it shares with others, in the order in which they are read.
    pub(super) groups: &'static [&'static [Field]],
    /// The rules between its fields.
    pub(super) rules: &'static [&'static [Rule]],
}

impl Kind {
    /// Its fields, in the order in which editors see them.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.groups.iter().copied().flatten()
    }

    /// What must hold between its fields.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> + use<> {
        self.rules.iter().copied().flatten()
    }
}
