//! The files of `content/media` that fields name.

use crate::diagnostic::{Diagnostic, Edit, Fix, Placed, Text, closest, did_you_mean};
use crate::parse::document::{Document, Kind};
use crate::parse::media::Media;

/// For how many missing files a likely one is looked up: each look-up goes through all of them.
const SUGGESTIONS: usize = 50;

/// Reports every file that a field names and that is not there.
pub(super) fn exist(documents: &[Document], media: &Media, diagnostics: &mut Vec<Diagnostic>) {
    let facts = documents
        .iter()
        .filter_map(|document| document.facts.as_ref())
        // A draft may name a file that is not there yet.
        .filter(|facts| !facts.draft);
    let named = facts.flat_map(|facts| {
        let file = match &facts.kind {
            Kind::Document { file, .. } => file.as_ref(),
            _ => None,
        };
        facts
            .image
            .as_ref()
            .map(|image| &image.src)
            .into_iter()
            .chain(file)
    });
    let missing = named.filter(|path| !media.contains(&path.value));
    for (number, path) in missing.enumerate() {
        let known: Vec<&str> = if number < SUGGESTIONS {
            media.iter().map(String::as_str).collect()
        } else {
            Vec::new()
        };
        diagnostics.push(no_such_file(path, &known));
    }
}

fn no_such_file(path: &Placed<String>, known: &[&str]) -> Diagnostic {
    let name = &path.value;
    let mut same = known
        .iter()
        .filter(|known| known.to_lowercase() == name.to_lowercase())
        .copied();
    let same = same.next().filter(|_| same.next().is_none());
    let is_plain = |path: &&str| !path.contains([',', '[', ']', '{', '}', '#', ':', '"']);
    let fix = same.filter(is_plain).map(|same| {
        let edit = Edit::new(&path.place.bytes(), format!("/media/{same}"));
        Fix::Edits(vec![edit])
    });
    let hint = same.or_else(|| closest(name, known)).map_or_else(
        || {
            Text::new(
                "сложете файла в content/media или поправете името му",
                "put the file into content/media, or correct its name",
            )
        },
        |meant| did_you_mean(&format!("/media/{meant}")),
    );
    Diagnostic::error(
        "L01",
        path.place.clone(),
        Text::new(
            format!("няма файл „/media/{name}“"),
            format!("there is no file “/media/{name}”"),
        ),
    )
    .hint(hint)
    .maybe_fix(fix)
}
