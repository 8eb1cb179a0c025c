//! The fields that visitors read are set like the text: quotation marks, dashes, no-break spaces.

use super::Texts;
use crate::parse::markdown::Typography;

/// Sets every text of a file's fields.
pub(super) fn typeset(texts: &mut Texts, typography: &Typography) {
    let Texts {
        title,
        menu_title,
        description,
        slug: _,
        lead,
        highlights,
        action,
        visit,
        project,
        strand,
        audience,
        steps,
        place,
        room,
        role,
        address,
        accessibility,
        aliases: _,
        image_alt,
        image_alt_place: _,
    } = texts;
    let single = [
        title,
        menu_title,
        description,
        lead,
        strand,
        audience,
        place,
        room,
        role,
        address,
        accessibility,
        image_alt,
    ];
    let links = [action, visit, project].into_iter().flatten();
    let labels = links.map(|link| &mut link.label);
    for text in single
        .into_iter()
        .chain(highlights)
        .chain(steps)
        .chain(labels)
    {
        *text = typography.set(text);
    }
}
