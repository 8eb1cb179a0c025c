//! What readers find of pages that were not translated into their language.

use super::{Section, Settings};
use crate::diagnostic::Diagnostic;
use crate::parse::fields::Fields;

/// What readers find of a page that was not translated into their language.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Untranslated {
    /// Nothing.
    #[default]
    Hide,
    /// The original, with a notice.
    Fallback,
}

impl Settings {
    /// What readers find of a page of this section that was not translated into their language.
    pub fn untranslated(&self, section: Section) -> Untranslated {
        match section {
            Section::Pages => self.untranslated,
            section => self
                .sections
                .get(&section)
                .map_or(Untranslated::Hide, |settings| settings.untranslated),
        }
    }
}

/// What becomes of pages that were not translated; they are hidden unless it is said otherwise.
pub(super) fn untranslated(
    fields: &mut Fields<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Untranslated {
    let words = [
        ("hide", Untranslated::Hide),
        ("fallback", Untranslated::Fallback),
    ];
    fields
        .one_of("untranslated", &words, diagnostics)
        .unwrap_or_default()
}
