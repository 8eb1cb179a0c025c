//! What a translation must say because the original has it.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Text};
use crate::parse::document::{Document, DocumentId, Facts, Kind, Section};

/// What every language must say of a page.
#[derive(Clone, Copy, Default)]
struct Needed {
    /// Where the event is.
    place: bool,
    /// What can be seen in the picture.
    image_alt: bool,
}

/// Reports translations that lack a text without which the page says less, or something else.
pub(super) fn complete(documents: &[Document], diagnostics: &mut Vec<Diagnostic>) {
    let originals = documents
        .iter()
        .filter_map(|document| Some((&document.id, needed(document.facts.as_ref()?))));
    let needed: HashMap<&DocumentId, Needed> = originals.collect();
    for document in documents.iter().filter(|document| document.facts.is_none()) {
        let needed = needed.get(&document.id).copied().unwrap_or_default();
        let mut lacks = |code, bg: &str, en: &str, hint: (&str, &str)| {
            diagnostics.push(
                Diagnostic::error(code, document.fields_place.clone(), Text::new(bg, en))
                    .hint(Text::new(hint.0, hint.1)),
            );
        };
        if needed.place && document.texts.place.is_empty() && !document.texts.title.is_empty() {
            lacks(
                "V03",
                "липсва полето „place“",
                "the field “place” is missing",
                ("добавете ред  place: …", "add a line  place: …"),
            );
        }
        if needed.image_alt && document.texts.image_alt.is_empty() {
            lacks(
                "L05",
                "снимката няма описание на този език",
                "the picture has no description in this language",
                (
                    "добавете ред  image: { alt: \"…\" }",
                    "add a line  image: { alt: \"…\" }",
                ),
            );
        }
    }
}

fn needed(facts: &Facts) -> Needed {
    let at_a_venue = facts
        .references
        .iter()
        .any(|reference| reference.section == Section::Venues);
    Needed {
        place: matches!(facts.kind, Kind::Event(_)) && !at_a_venue,
        image_alt: facts.image.as_ref().is_some_and(|image| !image.decorative),
    }
}
