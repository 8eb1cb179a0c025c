//! The fields that visitors read are set like the text: quotation marks, dashes, no-break spaces.

use super::Texts;
use crate::parse::markdown::Typography;

/// Sets every text of a file's fields.
pub(super) fn typeset(texts: &mut Texts, typography: &Typography) {
    let Texts {
        title,
        description,
        slug: _,
        lead,
        highlights,
        action,
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
    } = texts;
    let single = [
        title,
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
    let labels = action.iter_mut().map(|action| &mut action.label);
    for text in single
        .into_iter()
        .chain(highlights)
        .chain(steps)
        .chain(labels)
    {
        *text = typography.set(text);
    }
}
