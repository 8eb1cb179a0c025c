//! What was read of content files before, so that a preview reads only those again that changed.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::document::{self, Document, DocumentId};
use super::markdown::Locale;
use super::settings::Settings;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceFile};
use forms::{Language, Strings};

/// A content file as it was read, and what is wrong in it.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    pub(crate) document: Option<Document>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads content files, each by itself, by settings and strings that do not change meanwhile.
pub(crate) struct Reader<'a> {
    settings: &'a Settings,
    locales: BTreeMap<&'a Language, Locale<'a>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(settings: &'a Settings, strings: &'a [Strings]) -> Reader<'a> {
        let locales = strings
            .iter()
            .map(|strings| (&strings.language, Locale::of(strings)))
            .collect();
        Reader { settings, locales }
    }

    pub(crate) fn read(&self, file: &SourceFile) -> Read {
        let mut diagnostics = Vec::new();
        Read {
            document: document::read(file, self.settings, &self.locales, &mut diagnostics),
            diagnostics,
        }
    }
}

/// Every content file of a site as it was read last.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// Settings and strings, by which files are read: with others, everything is read again.
    ground: u128,
    files: BTreeMap<Arc<str>, Remembered>,
}

#[derive(Clone, Debug)]
struct Remembered {
    content: u128,
    read: Arc<Read>,
}

impl Memory {
    /// Nothing yet, for files that are to be read by the settings and strings of this source.
    pub(super) fn for_files_of(source: &Source, base_url: Option<&str>) -> Memory {
        let mut ground = Xxh3::new();
        let files = source.settings.iter().chain(&source.strings);
        for file in files.chain(&source.theme.strings) {
            for part in [&file.path, &file.text] {
                ground.update(part.as_bytes());
                ground.update(&[0]);
            }
        }
        ground.update(base_url.unwrap_or_default().as_bytes());
        Memory {
            ground: ground.digest128(),
            ..Memory::default()
        }
    }

    /// Notes these files, and gives back what was read: of those that `before` knows as they are, what was read then.
    pub(super) fn read(
        &mut self,
        before: &Memory,
        files: Vec<SourceFile>,
        reader: &Reader<'_>,
    ) -> Vec<Read> {
        let same_ground = before.ground == self.ground;
        let known = |path: &str| before.files.get_key_value(path).filter(|_| same_ground);
        let read: Vec<(Arc<str>, Remembered)> = files
            .into_par_iter()
            .map(|file| {
                let content = content(&file);
                match known(&file.path).filter(|(_, known)| known.content == content) {
                    Some((path, known)) => (Arc::clone(path), known.clone()),
                    None => {
                        let read = Arc::new(reader.read(&file));
                        (Arc::from(file.path), Remembered { content, read })
                    }
                }
            })
            .collect();
        let copies = read
            .par_iter()
            .map(|(_, remembered)| Read::clone(&remembered.read));
        let copies = copies.collect();
        self.files = read.into_iter().collect();
        copies
    }

    /// The same with a file as it was read now.
    pub(crate) fn with(&self, file: &SourceFile, read: Read) -> Memory {
        let mut memory = self.clone();
        let remembered = Remembered {
            content: content(file),
            read: Arc::new(read),
        };
        memory.files.insert(Arc::from(&*file.path), remembered);
        memory
    }

    /// Whether there was such a file.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The documents of a page, one for each of its languages, with their paths.
    pub(crate) fn documents_of(&self, id: &DocumentId) -> impl Iterator<Item = (&str, &Document)> {
        let beginning = format!("content/{}/{}.", id.section.folder(), id.stem);
        let from = (Bound::Included(beginning.as_str()), Bound::Unbounded);
        let after = self.files.range::<str, _>(from);
        let of_page = after.take_while(move |(path, _)| path.starts_with(&beginning));
        of_page.filter_map(|(path, remembered)| Some((&**path, remembered.read.document.as_ref()?)))
    }
}

/// What tells the contents of a file from others.
fn content(file: &SourceFile) -> u128 {
    let mut content = Xxh3::new();
    content.update(&file.broken_at.unwrap_or(usize::MAX).to_le_bytes());
    content.update(file.text.as_bytes());
    content.digest128()
}
