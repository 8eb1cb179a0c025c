//! What was posted, before anything is known about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How many values one post may have: more than any form of ours asks for, which the generator sees to.
pub const MOST_VALUES: usize = 60;

/// Posted names and values. A name may have several values, as a group of check boxes posts them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormValues(BTreeMap<String, Vec<String>>);

impl FormValues {
    /// The value of a name, without surrounding space; empty when it was not posted. Of several values the first counts.
    pub fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Every value of a name, without surrounding space, in the order in which they were posted.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .get(name)
            .into_iter()
            .flatten()
            .map(|value| value.trim())
    }

    /// How many values were posted, under whatever names.
    pub fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// The same values without those whose name does not pass.
    #[must_use]
    pub fn only(&self, keep: impl Fn(&str) -> bool) -> FormValues {
        FormValues(
            self.0
                .iter()
                .filter(|(name, _)| keep(name))
                .map(|(name, values)| (name.clone(), values.clone()))
                .collect(),
        )
    }
}

impl FromIterator<(String, String)> for FormValues {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> FormValues {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            values.entry(name).or_default().push(value);
        }
        FormValues(values)
    }
}
