//! `theme` in the settings: which folder of `themes/` gives the site its look.

use super::{Fields, Placed, Spanned};
use crate::diagnostic::{Diagnostic, Place, Text, closest, did_you_mean};
use crate::parse::yaml::{self, Value};
use crate::source::SourceFile;

/// The theme to read: the one that the settings name, or else the first there is. What is wrong with the name is reported
/// when the settings are read.
pub(crate) fn wanted_theme<'a>(settings: Option<&SourceFile>, themes: &'a [String]) -> &'a str {
    let named = settings.and_then(|file| {
        let node = yaml::read(file, 0..file.text.len(), &mut Vec::new());
        let Value::Map(entries) = node.value else {
            return None;
        };
        let (_, value) = entries.into_iter().find(|(key, _)| key.text == "theme")?;
        match value.value {
            Value::Text(name) => Some(name),
            _ => None,
        }
    });
    let known = named.and_then(|name| themes.iter().find(|theme| **theme == name));
    known.or(themes.first()).map_or("", String::as_str)
}

/// The theme that the settings name.
pub(super) fn theme(
    fields: &mut Fields<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Placed<String>> {
    let name: Spanned<String> = fields.text("theme", diagnostics)?;
    Some(fields.placed(name))
}

/// Reports a theme that is not there, and a choice that nobody made.
pub(crate) fn check_theme(
    named: Option<&Placed<String>>,
    themes: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let known: Vec<&str> = themes.iter().map(String::as_str).collect();
    let list = known.join(", ");
    match named {
        Some(named) if !known.contains(&named.value.as_str()) => {
            let hint = closest(&named.value, &known).map_or_else(
                || Text::new(format!("има: {list}"), format!("there are: {list}")),
                did_you_mean,
            );
            let name = &named.value;
            diagnostics.push(
                Diagnostic::error(
                    "S08",
                    named.place.clone(),
                    Text::new(
                        format!("в папката themes няма тема „{name}“"),
                        format!("there is no theme “{name}” in the folder themes"),
                    ),
                )
                .hint(hint),
            );
        }
        None if known.len() > 1 => diagnostics.push(
            Diagnostic::error(
                "S08",
                Place::file("content/site.yaml"),
                Text::new(
                    format!("има повече от една тема ({list}), а сайтът не казва коя е негова"),
                    format!("there is more than one theme ({list}), and the site does not say which is its own"),
                ),
            )
            .hint(Text::new(
                format!("напишете  theme: {}", known[0]),
                format!("write  theme: {}", known[0]),
            )),
        ),
        _ => {}
    }
}
