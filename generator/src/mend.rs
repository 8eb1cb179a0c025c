//! `centre check --fix`: whatever has one certain answer, done to the sources.
//!
//! Pure: sources in, sources out, with every change that was made. What one mistake hid is mended after it, until nothing is left
//! that is certain; so doing it again changes nothing.

mod lines;
pub(crate) mod on_disk;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Edit, Fix, apply};
use crate::pictures::Pictures;
use crate::source::{Source, SourceFile};
use crate::{Options, plan};

/// Sources after everything was mended that can be.
#[derive(Clone, Debug, Default)]
pub struct Mended {
    /// Every file that is another one now.
    pub files: Vec<MendedFile>,
    /// What was done, in the order in which it was.
    pub changes: Vec<Change>,
}

/// A file that is another one now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MendedFile {
    /// Its path on the disk.
    pub from: String,
    /// Its path from now on.
    pub to: String,
    /// Its text before, as it was read.
    pub before: SourceText,
    /// Its text from now on.
    pub text: String,
}

/// A text as it was read from a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceText {
    /// The text.
    pub text: String,
    /// Where it was not UTF-8.
    pub broken_at: Option<usize>,
}

/// One change, for whoever wrote the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The code of the mistake.
    pub code: &'static str,
    /// The file.
    pub file: String,
    /// The first line; 0 where the whole file is meant.
    pub line: usize,
    /// The lines before.
    pub before: String,
    /// The lines after.
    pub after: String,
}

/// How often what came to light is mended: mistakes hide others, but not many deep.
const ROUNDS: usize = 12;

/// Mends everything that has one certain answer.
pub fn mend(source: &Source, pictures: &Pictures, options: &Options) -> Mended {
    let mut now = source.clone();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut changes = Vec::new();
    for _ in 0..ROUNDS {
        let (_, diagnostics) = plan(&mut now.clone(), pictures, options);
        let before = changes.len();
        let renamed = mend_once(&mut now, &diagnostics, &mut changes);
        for (from, to) in renamed {
            let first = names.remove(&from).unwrap_or(from);
            names.insert(to, first);
        }
        if changes.len() == before {
            break;
        }
    }
    Mended {
        files: different(source, &now, &names),
        changes,
    }
}

/// Mends what these diagnostics tell; says which files have other names now.
fn mend_once(
    source: &mut Source,
    diagnostics: &[Diagnostic],
    changes: &mut Vec<Change>,
) -> Vec<(String, String)> {
    let mut taken: BTreeSet<String> = files(source).map(|file| file.path.clone()).collect();
    let mut by_file: BTreeMap<&str, Vec<(&'static str, &Fix)>> = BTreeMap::new();
    for found in diagnostics {
        if let Some(fix) = &found.fix {
            let of_file = by_file.entry(&found.place.file).or_default();
            of_file.push((found.code, fix));
        }
    }
    let mut renamed = Vec::new();
    for file in files_of(source) {
        let Some(fixes) = by_file.get(file.path.as_str()) else {
            continue;
        };
        if let Some((code, to)) = new_name(&file.path, fixes).filter(|(_, to)| !taken.contains(to))
        {
            changes.push(Change::of_file(code, &file.path, &file.path, &to));
            taken.insert(to.clone());
            renamed.push((std::mem::replace(&mut file.path, to.clone()), to));
        } else if let Some((code, text)) = whole_text(fixes) {
            let encoding = file.foreign.as_ref().map_or("", |foreign| foreign.encoding);
            changes.push(Change::of_file(code, &file.path, encoding, "UTF-8"));
            *file = SourceFile::new(file.path.clone(), text.as_bytes().to_vec());
        } else {
            edit(file, fixes, changes);
        }
    }
    renamed
}

fn edit(file: &mut SourceFile, fixes: &[(&'static str, &Fix)], changes: &mut Vec<Change>) {
    let groups: Vec<(&'static str, &[Edit])> = fixes
        .iter()
        .filter_map(|(code, fix)| match fix {
            Fix::Edits(edits) => Some((*code, edits.as_slice())),
            _ => None,
        })
        .filter(|(_, edits)| {
            edits
                .iter()
                .any(|edit| file.slice(&(edit.start..edit.end)) != edit.with)
        })
        .collect();
    let mended = apply(&file.text, groups.iter().map(|(_, edits)| *edits));
    for number in mended.done {
        let (code, edits) = groups[number];
        changes.extend(lines::changed(code, file, edits));
    }
    file.text = mended.text;
}

fn new_name(path: &str, fixes: &[(&'static str, &Fix)]) -> Option<(&'static str, String)> {
    fixes.iter().find_map(|(code, fix)| match fix {
        Fix::Rename(name) => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            Some((*code, format!("{folder}/{name}")))
        }
        _ => None,
    })
}

fn whole_text<'a>(fixes: &[(&'static str, &'a Fix)]) -> Option<(&'static str, &'a str)> {
    fixes.iter().find_map(|(code, fix)| match fix {
        Fix::Text(text) => Some((*code, text.as_str())),
        _ => None,
    })
}

impl Change {
    fn of_file(code: &'static str, file: &str, before: &str, after: &str) -> Change {
        Change {
            code,
            file: file.to_owned(),
            line: 0,
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }
}

fn files(source: &Source) -> impl Iterator<Item = &SourceFile> {
    let other = source.settings.iter().chain(&source.strings);
    let other = other.chain(&source.figures);
    source.documents.iter().chain(&source.forms).chain(other)
}

fn files_of(source: &mut Source) -> impl Iterator<Item = &mut SourceFile> {
    let other = source.settings.iter_mut().chain(&mut source.strings);
    let other = other.chain(&mut source.figures);
    let documents = source.documents.iter_mut();
    documents.chain(&mut source.forms).chain(other)
}

fn different(before: &Source, after: &Source, names: &BTreeMap<String, String>) -> Vec<MendedFile> {
    files(before)
        .zip(files(after))
        .filter(|(old, new)| {
            old.path != new.path
                || old.text != new.text
                || old.broken_at.is_some() && new.broken_at.is_none()
        })
        .map(|(old, new)| MendedFile {
            from: names.get(&new.path).unwrap_or(&old.path).clone(),
            to: new.path.clone(),
            before: SourceText {
                text: old.text.clone(),
                broken_at: old.broken_at,
            },
            text: new.text.clone(),
        })
        .collect()
}
