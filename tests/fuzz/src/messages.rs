//! What holds for messages: they are there in both languages, and what they point to is there.

use generator::diagnostic::{Diagnostic, MessageLanguage, to_github, to_json, to_text};
use generator::source::SourceFile;

/// Panics unless every message has words, and a place inside the file that it names. `file` finds a file by its path; of others, such
/// as pictures, only the whole can be meant.
pub(crate) fn hold<'a>(diagnostics: &[Diagnostic], file: &dyn Fn(&str) -> Option<&'a SourceFile>) {
    for diagnostic in diagnostics {
        let Diagnostic {
            place,
            message,
            hint,
            ..
        } = diagnostic;
        for text in [message].into_iter().chain(hint) {
            assert!(!text.bg.is_empty() && !text.en.is_empty(), "{diagnostic:?}");
        }
        assert!(!place.file.is_empty(), "{diagnostic:?}");
        if place.line == 0 {
            assert_eq!(place.column, 0, "{diagnostic:?}");
            continue;
        }
        let text = file(&place.file).map(|file| file.text.as_str());
        let text = text.unwrap_or_else(|| panic!("no such file: {diagnostic:?}"));
        // Where a file ends with a line break, its end is the beginning of a line.
        let line = text.split('\n').nth(place.line - 1);
        let line = line.unwrap_or_else(|| panic!("no such line: {diagnostic:?}"));
        let length = line.chars().count();
        assert!(
            (1..=length + 1).contains(&place.column),
            "no such column: {diagnostic:?}"
        );
        assert!(place.width >= 1, "{diagnostic:?}");
        let shown = place.excerpt.chars().count();
        assert!(place.before <= shown, "{diagnostic:?}");
        assert!(!place.excerpt.contains('\n'), "{diagnostic:?}");
    }
    for language in [MessageLanguage::Bg, MessageLanguage::En] {
        let text = to_text(diagnostics, language);
        assert_eq!(text.is_empty(), diagnostics.is_empty());
        let lines = to_github(diagnostics, language).lines().count();
        assert_eq!(
            lines,
            diagnostics.len(),
            "a message is one command for GitHub"
        );
    }
    let read: serde_json::Value =
        serde_json::from_str(&to_json(diagnostics)).expect("messages are JSON");
    assert_eq!(read.as_array().map(Vec::len), Some(diagnostics.len()));
}
