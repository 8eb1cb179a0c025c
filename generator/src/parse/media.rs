//! The files in `content/media`, without their bytes.

use std::collections::BTreeMap;

/// The files in `content/media`: their paths below it, and how large they are.
#[derive(Clone, Debug, Default)]
pub struct Media(BTreeMap<String, u64>);

impl Media {
    /// Whether there is such a file.
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// How many bytes it has.
    pub fn size(&self, path: &str) -> Option<u64> {
        self.0.get(path).copied()
    }

    /// Every path, in order.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }
}

impl FromIterator<(String, u64)> for Media {
    fn from_iter<I: IntoIterator<Item = (String, u64)>>(files: I) -> Media {
        Media(files.into_iter().collect())
    }
}
