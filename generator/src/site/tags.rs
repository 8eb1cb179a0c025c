//! The tags of a page, looked up in the site's vocabulary.

use forms::{Localized, Slug};

use crate::diagnostic::{Diagnostic, Placed, Text, closest, did_you_mean, only_close};
use crate::parse::settings::TagSettings;
use crate::parse::transliterate;

/// The tags that the vocabulary has; the others are reported.
pub(super) fn resolve(
    written: &[Placed<String>],
    vocabulary: &TagSettings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Slug> {
    let mut tags = Vec::new();
    for tag in written {
        let slug = Slug::parse(&tag.value).ok();
        match slug.filter(|slug| vocabulary.terms.contains_key(slug)) {
            Some(slug) if tags.contains(&slug) => {}
            Some(slug) => tags.push(slug),
            None => diagnostics.push(unknown(tag, vocabulary)),
        }
    }
    tags
}

fn unknown(tag: &Placed<String>, vocabulary: &TagSettings) -> Diagnostic {
    let found = meant(&tag.value, vocabulary);
    let hint = found.map_or_else(
        || {
            let terms = vocabulary.terms.iter();
            let known: Vec<String> = terms.map(|(slug, term)| named(slug, &term.value)).collect();
            let known = known.join(", ");
            Text::new(
                format!("възможни са: {known}"),
                format!("possible are: {known}"),
            )
        },
        |(slug, _)| did_you_mean(slug.as_str()),
    );
    let diagnostic = Diagnostic::error(
        "V12",
        tag.place.clone(),
        Text::new(
            format!("непозната тема „{}“", tag.value),
            format!("unknown topic “{}”", tag.value),
        ),
    )
    .hint(hint);
    match found.filter(|(_, certain)| *certain) {
        Some((slug, _)) => diagnostic.edit(&tag.place.bytes(), slug.as_str()),
        None => diagnostic,
    }
}

/// `rabota (Работа)`
fn named(slug: &Slug, label: &Localized) -> String {
    let label = label.iter().next().map_or("", |(_, label)| label);
    if label.is_empty() {
        slug.to_string()
    } else {
        format!("{slug} ({label})")
    }
}

/// The tag that was probably meant: by its name, by its label in any language, or by its label in Latin letters; and whether it
/// cannot be another one.
fn meant<'a>(typed: &str, vocabulary: &'a TagSettings) -> Option<(&'a Slug, bool)> {
    let mut names: Vec<(String, &Slug)> = Vec::new();
    for (slug, term) in &vocabulary.terms {
        names.push((slug.to_string(), slug));
        for (_, label) in term.value.iter() {
            names.push((label.to_lowercase(), slug));
            names.push((transliterate::slug(label), slug));
        }
    }
    let known: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    let latin = transliterate::slug(typed);
    let readings = [typed.to_lowercase(), latin];
    let of_name = |found: &str| names.iter().find(|(name, _)| name == found);
    let exact = readings.iter().find_map(|reading| of_name(reading));
    let slip = || {
        let mut slips = readings.iter().map(|reading| only_close(reading, &known));
        slips.find_map(|found| of_name(found?))
    };
    if let Some((_, slug)) = exact.or_else(slip) {
        return Some((slug, true));
    }
    let found = readings
        .iter()
        .find_map(|reading| closest(reading, &known))?;
    of_name(found).map(|(_, slug)| (*slug, false))
}
