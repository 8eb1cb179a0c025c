//! Quotation marks of a language.

use forms::Strings;

/// Quotation marks of a language.
#[derive(Clone, Debug)]
pub struct Typography {
    /// „ and “
    quotes: [String; 2],
    /// ‚ and ‘
    inner: [String; 2],
}

impl Typography {
    /// The marks that a strings file gives under `typography`.
    pub fn of(strings: &Strings) -> Typography {
        let pair = |path: &str, otherwise: [&str; 2]| match strings.list(path).as_slice() {
            [opening, closing] => [(*opening).to_owned(), (*closing).to_owned()],
            _ => otherwise.map(str::to_owned),
        };
        Typography {
            quotes: pair("typography.quotes", ["“", "”"]),
            inner: pair("typography.quotes_inner", ["‘", "’"]),
        }
    }

    /// What a straight quote that the parser took for an English one is in this language. Between two letters it is an
    /// apostrophe, and stays one.
    pub(super) fn quote<'a>(&'a self, parsed: &'a str, between_letters: bool) -> &'a str {
        match parsed {
            "“" => &self.quotes[0],
            "”" => &self.quotes[1],
            "‘" => &self.inner[0],
            "’" if !between_letters => &self.inner[1],
            other => other,
        }
    }
}
