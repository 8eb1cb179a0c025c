//! The lines of a new file.

use crate::diagnostic::MessageLanguage;
use crate::model::{Field, ValueKind};

/// The fields at the top of a file, line by line.
pub(super) struct Lines {
    language: MessageLanguage,
    text: String,
}

impl Lines {
    pub(super) fn new(language: MessageLanguage) -> Lines {
        Lines {
            language,
            text: "---\n".to_owned(),
        }
    }

    /// An empty line, but not at the very top.
    pub(super) fn blank(&mut self) {
        if self.text != "---\n" {
            self.text.push('\n');
        }
    }

    /// A line for the editor.
    pub(super) fn remark(&mut self, bg: &str, en: &str) {
        let text = match self.language {
            MessageLanguage::Bg => bg,
            MessageLanguage::En => en,
        };
        self.line("", &format!("# {text}"));
    }

    /// What a field is for.
    pub(super) fn explain(&mut self, field: &Field) {
        self.explain_after("", field);
    }

    fn explain_after(&mut self, before: &str, field: &Field) {
        let help = field.help.in_language(self.language);
        self.line(before, &format!("# {help}"));
        if let ValueKind::OneOf(choices) = field.value {
            let possible: Vec<String> = choices
                .iter()
                .map(|choice| {
                    let label = choice.label.in_language(self.language);
                    format!("{} ({label})", choice.value)
                })
                .collect();
            self.line(before, &format!("# {}", possible.join(", ")));
        }
    }

    /// A field with its value.
    pub(super) fn field(&mut self, name: &str, value: &str) {
        self.line("", &format!("{name}: {value}"));
    }

    /// A field that is there only when its lines are uncommented.
    pub(super) fn optional(&mut self, field: &Field) {
        self.explain(field);
        self.commented(0, field);
    }

    /// The same inside a field that is there.
    pub(super) fn optional_inside(&mut self, field: &Field) {
        self.explain_after("#   ", field);
        self.commented(1, field);
    }

    fn commented(&mut self, depth: usize, field: &Field) {
        let before = format!("# {}", "  ".repeat(depth));
        let inside = field.inside();
        if inside.is_empty() {
            self.line(&before, &format!("{}: {}", field.name, field.example));
            return;
        }
        self.line(&before, &format!("{}:", field.name));
        for field in inside {
            self.explain_after(&format!("{before}  "), field);
            self.commented(depth + 1, field);
        }
    }

    /// A line as it is.
    pub(super) fn line(&mut self, before: &str, text: &str) {
        self.text.push_str(before);
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// The whole file.
    pub(super) fn finish(mut self, body: &str) -> String {
        self.text.push_str("---\n\n");
        self.text.push_str(body);
        self.text
    }
}

/// A text in quotes, whatever is in it.
pub(super) fn quoted(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
        .replace('\t', "\\t");
    format!("\"{escaped}\"")
}
