//! The strings files of theme and content, merged: one [`Strings`] for each language of the site.
//!
//! Every language has the texts that programs and templates ask for, and those that any language of the theme has.

use std::collections::BTreeSet;

use forms::{Language, Strings, TextFault, text_faults};
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::search;
use crate::source::{Source, SourceFile};

/// Texts that the generator itself says of a page, whatever the theme; see also [`forms::text_faults`].
const SAID_OF_PAGES: [&str; 9] = [
    "ui.not_translated",
    "notice.draft.heading",
    "notice.draft.text",
    "notice.scheduled.heading",
    "notice.scheduled.text",
    "notice.expired.heading",
    "notice.expired.text",
    "notice.untranslated.heading",
    "notice.untranslated.text",
];

/// Reads the strings of every language. What the content says wins over what the theme says, so that a centre can add a
/// language, or say something in its own way, without a theme of its own.
pub(crate) fn read(
    source: &Source,
    languages: &[(Language, String)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Strings> {
    let theme: Vec<(&str, Value)> = source
        .theme
        .strings
        .iter()
        .map(|file| (file.stem(), tree(file, diagnostics)))
        .collect();
    let own: Vec<(&str, Value)> = source
        .strings
        .iter()
        .map(|file| (file.stem(), tree(file, diagnostics)))
        .collect();
    let needed: BTreeSet<String> = theme
        .iter()
        .flat_map(|(tag, tree)| Strings::new(Language::new(*tag), tree.clone()).paths())
        .chain(asked_by_templates(&source.theme.templates))
        .chain(SAID_OF_PAGES.map(str::to_owned))
        .collect();
    languages
        .iter()
        .map(|(language, _)| {
            let mut merged = Value::Object(serde_json::Map::new());
            for (_, tree) in theme
                .iter()
                .chain(&own)
                .filter(|(tag, _)| *tag == language.as_str())
            {
                merge(&mut merged, tree);
            }
            let strings = Strings::new(language.clone(), merged);
            complain(&strings, &needed, source, diagnostics);
            strings
        })
        .collect()
}

fn tree(file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Value {
    match serde_yaml::from_str(&file.text) {
        Ok(tree) => tree,
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index());
            diagnostics.push(Diagnostic::error(
                "E01",
                Place::span(file, &(at..at + 1)),
                Text::new(
                    format!("файлът не може да се прочете: {error}"),
                    format!("the file cannot be read: {error}"),
                ),
            ));
            Value::Null
        }
    }
}

fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        // A file without texts says nothing.
        (_, Value::Null) => {}
        (into, from) => *into = from.clone(),
    }
}

fn complain(
    strings: &Strings,
    needed: &BTreeSet<String>,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let file = format!("{}.yaml", strings.language);
    let path = source
        .strings
        .iter()
        .chain(&source.theme.strings)
        .map(|file| &file.path)
        .find(|path| path.ends_with(&format!("/{file}")))
        .cloned()
        .unwrap_or_else(|| format!("content/i18n/{file}"));
    let there: BTreeSet<String> = strings.paths().into_iter().collect();
    let missing = needed.difference(&there).cloned();
    let mut faults: Vec<(String, TextFault)> = missing
        .map(|name| (name, TextFault::Missing))
        .chain(text_faults(strings))
        .collect();
    faults.sort_by(|(a, _), (b, _)| a.cmp(b));
    faults.dedup_by(|(a, _), (b, _)| a == b);
    for (name, fault) in faults {
        let (code, message) = in_words(&name, &fault);
        diagnostics.push(Diagnostic::error(code, Place::file(&path), message));
    }
    for (name, line, sample) in search::faults(strings) {
        let message = Text::new(
            format!("„{line}“ в „{name}“ не е правило за търсенето"),
            format!("“{line}” in “{name}” is not a rule of the search"),
        );
        let hint = Text::new(
            format!("правилата се пишат като „{sample}“"),
            format!("rules are written like “{sample}”"),
        );
        diagnostics.push(Diagnostic::error("E12", Place::file(&path), message).hint(hint));
    }
}

fn in_words(name: &str, fault: &TextFault) -> (&'static str, Text) {
    match fault {
        TextFault::Missing => (
            "E02",
            Text::new(
                format!("липсва текстът „{name}“"),
                format!("the text “{name}” is missing"),
            ),
        ),
        TextFault::NotAText => (
            "E05",
            Text::new(
                format!("„{name}“ трябва да е един текст"),
                format!("“{name}” must be one text"),
            ),
        ),
        TextFault::NotAList => (
            "E05",
            Text::new(
                format!("„{name}“ трябва да е списък от текстове, поне един"),
                format!("“{name}” must be a list of texts, at least one"),
            ),
        ),
        TextFault::NotPlural => (
            "E05",
            Text::new(
                format!("„{name}“ трябва да има форма за множествено число „other“"),
                format!("“{name}” must have the plural form “other”"),
            ),
        ),
        TextFault::NoForm(category) => (
            "E05",
            Text::new(
                format!("в „{name}“ липсва формата „{category}“, която числата имат на този език"),
                format!(
                    "“{name}” lacks the form “{category}”, which numbers have in this language"
                ),
            ),
        ),
        TextFault::UnknownPlace(place) => (
            "E06",
            Text::new(
                format!("в „{name}“ никой не попълва {{{place}}}; посетителят би видял скобите"),
                format!("nobody fills {{{place}}} in “{name}”; a visitor would see the braces"),
            ),
        ),
    }
}

/// The texts that templates print by themselves, as `t.form.continue`.
fn asked_by_templates(templates: &[SourceFile]) -> BTreeSet<String> {
    let is_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let mut asked = BTreeSet::new();
    let found = templates.iter().flat_map(|file| {
        let places = file.text.match_indices("t.");
        places.map(|(at, _)| (file.text.as_str(), at))
    });
    for (template, at) in found {
        let is_whole = !template[..at].ends_with(|before| is_name(before) || before == '.');
        let rest = &template[at + 2..];
        let end = rest
            .find(|character| !is_name(character) && character != '.')
            .unwrap_or(rest.len());
        // A path has a group and a name; a lone word with a full stop before it is prose.
        let path = rest[..end].trim_end_matches('.');
        if is_whole && path.contains('.') {
            asked.insert(path.to_owned());
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::{SourceFile, asked_by_templates};

    #[test]
    fn templates_ask_for_texts_by_their_paths() {
        let template = "{# It. is, not. one #}{{ t.form.continue }} {% if past %}{{ event.state.text }}\
                        {{ <ui.action title={t.receipt.accept} /> }} <p>Wait.</p>";
        let file = SourceFile::new("themes/x/templates/a.html", template.into());
        assert_eq!(
            asked_by_templates(&[file]).into_iter().collect::<Vec<_>>(),
            ["form.continue", "receipt.accept"]
        );
    }
}
