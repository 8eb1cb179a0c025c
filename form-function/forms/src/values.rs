//! What was posted, before anything is known about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Posted names and values. Of a name that was posted twice the first value counts.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormValues(BTreeMap<String, String>);

impl FormValues {
    /// The value of a name, without surrounding space; empty when it was not posted.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// Every name and value, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same values without those whose name does not pass.
    #[must_use]
    pub fn only(&self, keep: impl Fn(&str) -> bool) -> FormValues {
        FormValues(
            self.0
                .iter()
                .filter(|(name, _)| keep(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        )
    }
}

impl FromIterator<(String, String)> for FormValues {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> FormValues {
        let mut values = BTreeMap::new();
        for (name, value) in pairs {
            values.entry(name).or_insert(value);
        }
        FormValues(values)
    }
}
