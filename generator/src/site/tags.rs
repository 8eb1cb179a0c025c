//! The tags of a page, looked up in the site's vocabulary.

use forms::{Localized, Slug};

use crate::diagnostic::{Diagnostic, Placed, Text, closest, did_you_mean};
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
    let hint = meant(&tag.value, vocabulary).map_or_else(
        || {
            let terms = vocabulary.terms.iter();
            let known: Vec<String> = terms.map(|(slug, term)| named(slug, &term.value)).collect();
            let known = known.join(", ");
            Text::new(
                format!("възможни са: {known}"),
                format!("possible are: {known}"),
            )
        },
        |slug| did_you_mean(slug.as_str()),
    );
    Diagnostic::error(
        "V12",
        tag.place.clone(),
        Text::new(
            format!("непозната тема „{}“", tag.value),
            format!("unknown topic “{}”", tag.value),
        ),
    )
    .hint(hint)
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

/// The tag that was probably meant: by its name, by its label in any language, or by its label in Latin letters.
fn meant<'a>(typed: &str, vocabulary: &'a TagSettings) -> Option<&'a Slug> {
    let mut names: Vec<(String, &Slug)> = Vec::new();
    for (slug, term) in &vocabulary.terms {
        names.push((slug.to_string(), slug));
        for (_, label) in term.value.iter() {
            names.push((label.to_lowercase(), slug));
            names.push((transliterate::slug(label), slug));
        }
    }
    let known: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    let found = closest(typed, &known).or_else(|| closest(&transliterate::slug(typed), &known))?;
    let slug = names.iter().find(|(name, _)| name == found);
    slug.map(|(_, slug)| *slug)
}
