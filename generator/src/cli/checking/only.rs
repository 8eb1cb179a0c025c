//! The files that somebody wants to hear of.

use crate::diagnostic::{Diagnostic, Text, closest, did_you_mean};
use crate::source::Source;

/// The files whose problems are shown; all of them where none was named. A folder stands for what is in it.
#[derive(Debug, Default)]
pub(super) struct Only {
    paths: Vec<String>,
}

impl Only {
    /// The files that were named, as messages name them, from wherever the program was started.
    ///
    /// # Errors
    /// What is said of a name that no file has.
    pub(super) fn named(names: &[String], source: &Source) -> Result<Only, Text> {
        let known = known(source);
        let mut only = Only::default();
        for name in names {
            let name = name.replace('\\', "/");
            let name = name.trim_start_matches("./").trim_end_matches('/');
            if matches!(name, "" | "." | "content") || name.ends_with("/content") {
                return Ok(Only::default());
            }
            let inside = name.rsplit_once("content/").map_or(name, |(_, path)| path);
            let paths = [format!("content/{inside}"), name.to_owned()];
            let path = paths
                .into_iter()
                .find(|path| known.iter().any(|known| is_at(known, path)));
            let ending = format!("/{name}");
            let of_name = || known.iter().filter(|known| known.ends_with(&ending));
            match path {
                Some(path) => only.paths.push(path),
                None if of_name().next().is_some() => {
                    only.paths.extend(of_name().cloned());
                }
                None => return Err(no_such_file(name, inside, &known)),
            }
        }
        Ok(only)
    }

    /// Whether a file is one of them.
    pub(super) fn holds(&self, file: &str) -> bool {
        self.paths.is_empty() || self.paths.iter().any(|path| is_at(file, path))
    }

    /// What there is to say of them, and of the others.
    pub(super) fn split(&self, found: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        found
            .into_iter()
            .partition(|found| self.holds(&found.place.file))
    }
}

/// Whether a file has this path, or lies below it.
fn is_at(file: &str, path: &str) -> bool {
    file.strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn known(source: &Source) -> Vec<String> {
    let texts = source.documents.iter().chain(&source.forms);
    let texts = texts.chain(&source.settings).chain(&source.strings);
    let texts = texts.chain(&source.figures);
    let texts = texts.map(|file| file.path.clone());
    let media = source.media.iter();
    let media = media.map(|asset| format!("content/media/{}", asset.path));
    let strangers = source.strangers.iter().cloned();
    texts.chain(media).chain(strangers).collect()
}

fn no_such_file(name: &str, inside: &str, known: &[String]) -> Text {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let near = closest(&format!("content/{inside}"), &known).map(did_you_mean);
    let near = near.map_or_else(
        || Text::new("", ""),
        |near| Text::new(format!("\n{}", near.bg), format!("\n{}", near.en)),
    );
    Text::new(
        format!("няма файл {name}{}", near.bg),
        format!("there is no file {name}{}", near.en),
    )
}
