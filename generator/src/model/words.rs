//! Texts of the model for editors.

use crate::diagnostic::{MessageLanguage, Text};

/// A text for editors in both languages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Words {
    /// Bulgarian.
    pub bg: &'static str,
    /// English.
    pub en: &'static str,
}

/// A text in both languages, Bulgarian first.
pub(super) const fn words(bg: &'static str, en: &'static str) -> Words {
    Words { bg, en }
}

impl Words {
    /// The text in one language.
    pub fn in_language(&self, language: MessageLanguage) -> &'static str {
        match language {
            MessageLanguage::Bg => self.bg,
            MessageLanguage::En => self.en,
        }
    }

    /// The text of a message, with `value` in the place of `{}`.
    pub fn fill(&self, value: &str) -> Text {
        Text::new(self.bg.replace("{}", value), self.en.replace("{}", value))
    }
}
