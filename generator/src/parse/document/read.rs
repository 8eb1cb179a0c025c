//! From a file to a [`Document`].

use std::collections::BTreeMap;
use std::sync::Arc;

use forms::Language;

use super::identity::identity;
use super::record::{self, Reading};
use super::typeset::typeset;
use super::{Document, DocumentId, Standing, fill, not_text, not_utf8};
use crate::diagnostic::{self, Diagnostic, Place, Text};
use crate::parse::conflict::conflict;
use crate::parse::fields::{self, Fields};
use crate::parse::front_matter;
use crate::parse::markdown::{self, Body, Locale};
use crate::parse::settings::{PLACEHOLDER, Settings};
use crate::parse::wall_time::WallClock;
use crate::parse::yaml::{Node, Span, Value};
use crate::source::SourceFile;

/// Reads one content file. What could be read is returned even when there were problems, so that the later stages find
/// theirs in the same run; nothing is written in that case.
pub(crate) fn read(
    file: &SourceFile,
    settings: &Settings,
    locales: &BTreeMap<&Language, Locale<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Document> {
    let (id, language) = identity(file, settings, diagnostics)?;
    let (main_language, main_name) = settings.languages.first()?;
    let reading = Reading {
        original: *main_language == language,
        main_language: main_name,
        clock: WallClock {
            zone: &settings.zone,
            record_year: settings.record_year,
        },
    };
    if let Some(diagnostic) = not_utf8(file) {
        diagnostics.push(diagnostic);
        return Some(unreadable_document(id, language, file, reading));
    }
    if let Some(diagnostic) = conflict(file) {
        // Whatever else is said of two versions in one is beside the point.
        diagnostics.push(diagnostic);
        return Some(unreadable_document(id, language, file, reading));
    }
    diagnostics.extend(not_text(file));
    let Some(parts) = front_matter::split(file, diagnostics) else {
        return Some(unreadable_document(id, language, file, reading));
    };
    let mut node = crate::parse::yaml::read(file, parts.fields.clone(), diagnostics);
    let unreadable = diagnostic::has_errors(diagnostics);
    let unfinished = without_marks(&mut node);
    let fields = Fields::of(file, &node, diagnostics);
    let fields_place = fields.place();
    let model = id.model();
    let mut record = record::read(fields, model.fields(), reading, diagnostics);
    if reading.original {
        record.judge(model.rules(), diagnostics);
    }
    if unreadable {
        // A field may be missing only because its line could not be read.
        diagnostics.retain(|diagnostic| diagnostic.code != fields::MISSING);
    }
    let draft = record.yes("draft");
    if !reading.original
        && unfinished.is_empty()
        && let Some(locale) = locales.get(&language)
    {
        diagnostics.extend(not_translated(file, &record.words(), &parts.body, locale));
    }
    let translated_from = record.placed_text("translated_from");
    let (mut texts, facts) = fill::fill(&id, reading.original, draft, record);
    diagnostics.extend(
        unfinished
            .iter()
            .map(|span| not_known_yet(file, span, draft)),
    );
    let locale = locales.get(&language);
    if let Some(locale) = locale {
        typeset(&mut texts, &locale.typography);
    }
    let body = locale.map_or_else(Body::default, |locale| {
        markdown::read(file, &parts.body, locale, diagnostics)
    });
    let prompts = prompts(file, &parts.body);
    diagnostics.extend(prompts.iter().map(|span| not_known_yet(file, span, draft)));
    if model.body.is_none() && !file.slice(&parts.body).trim().is_empty() {
        diagnostics.push(body_not_shown(file, &parts.body));
    }
    Some(Document {
        id,
        language,
        path: file.path.clone(),
        fields_place,
        draft,
        translated_from,
        standing: Standing::default(),
        texts: Box::new(texts),
        facts: facts.map(Box::new),
        body: Arc::new(body),
    })
}

/// Takes the marks of values that are not known yet off the values, so that they can be read. Where they stood is returned.
fn without_marks(node: &mut Node) -> Vec<Span> {
    let mut spans = Vec::new();
    match &mut node.value {
        Value::Text(text) if text.starts_with(PLACEHOLDER) => {
            text.drain(..PLACEHOLDER.len());
            spans.push(node.span.clone());
        }
        Value::Text(_) | Value::Empty => {}
        Value::List(items) => spans.extend(items.iter_mut().flat_map(without_marks)),
        Value::Map(entries) => {
            spans.extend(entries.iter_mut().flat_map(|(_, node)| without_marks(node)));
        }
    }
    spans
}

/// The lines of a text that still ask for what is to be written there, as `centre new` makes them.
fn prompts(file: &SourceFile, body: &Span) -> Vec<Span> {
    let mut at = body.start;
    let lines = file.slice(body).split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        start..start + line.trim_end().len()
    });
    lines
        .filter(|line| file.slice(line).starts_with(PLACEHOLDER))
        .collect()
}

/// In a draft a value may wait to be known. A page that everybody sees cannot have such a value.
fn not_known_yet(file: &SourceFile, span: &Span, draft: bool) -> Diagnostic {
    let message = Text::new(
        "тази стойност още не е известна",
        "this value is not known yet",
    );
    let hint = Text::new(
        "попълнете я и махнете въпросителния знак",
        "fill it in and remove the question mark",
    );
    let place = Place::span(file, span);
    let diagnostic = Diagnostic::error("P01", place, message).hint(hint);
    if draft {
        diagnostic.softened()
    } else {
        diagnostic
    }
}

/// What of a translation is in the letters of the original, where its language has others: the title, which stands for all, or else each
/// field, and the text.
fn not_translated(
    file: &SourceFile,
    words: &[(&'static str, Span)],
    body: &Span,
    locale: &Locale<'_>,
) -> Vec<Diagnostic> {
    if locale.is_cyrillic() {
        return Vec::new();
    }
    let said = |part: &Span, bg: String, en: String| {
        Diagnostic::warning(
            "T07",
            Place::span(file, part),
            Text::new(
                format!("това е превод, а {bg} на кирилица"),
                format!("this is a translation, but {en} Cyrillic"),
            ),
        )
        .hint(Text::new(
            "преведете го или изтрийте файла, за да виждат посетителите основната страница",
            "translate it, or delete the file so that visitors see the main page",
        ))
    };
    let title = words.iter().find(|(name, _)| *name == "title");
    if let Some((_, title)) = title.filter(|(_, title)| is_cyrillic(file, title)) {
        return vec![said(title, "заглавието е".into(), "the title is".into())];
    }
    let fields = words.iter().filter(|(_, part)| is_cyrillic(file, part));
    let fields = fields.map(|(name, part)| {
        let (bg, en) = (format!("„{name}“ е"), format!("“{name}” is"));
        said(part, bg, en)
    });
    let text = file.slice(body);
    let start = body.start + (text.len() - text.trim_start().len());
    let body = is_cyrillic(file, body)
        .then(|| said(&(start..body.end), "текстът е".into(), "the text is".into()));
    fields.chain(body).collect()
}

/// Whether hardly any letter is Latin. A name in a text may be Bulgarian; a text is not.
fn is_cyrillic(file: &SourceFile, part: &Span) -> bool {
    let letters = file.slice(part).chars().filter(|sign| sign.is_alphabetic());
    let (all, cyrillic) = letters.fold((0, 0), |(all, cyrillic), letter| {
        let is_cyrillic = ('\u{400}'..='\u{4ff}').contains(&letter);
        (all + 1, cyrillic + usize::from(is_cyrillic))
    });
    all >= 4 && cyrillic * 10 >= all * 8
}

fn body_not_shown(file: &SourceFile, body: &Span) -> Diagnostic {
    let text = file.slice(body);
    let start = body.start + (text.len() - text.trim_start().len());
    Diagnostic::warning(
        "B04",
        Place::span(file, &(start..body.end)),
        Text::new(
            "тук текстът под полетата не се показва",
            "the text under the fields is not shown here",
        ),
    )
    .hint(Text::new(
        "напишете го в полето description",
        "write it in the field description",
    ))
}

/// Stands for a file that cannot be read, so that links to it are not reported as well. It is never published.
fn unreadable_document(
    id: DocumentId,
    language: Language,
    file: &SourceFile,
    reading: Reading<'_>,
) -> Document {
    let facts = reading.original.then(|| fill::unreadable_facts(&id));
    Document {
        id,
        language,
        path: file.path.clone(),
        fields_place: Place::file(&file.path),
        draft: false,
        translated_from: None,
        standing: Standing::default(),
        texts: Box::default(),
        facts: facts.map(Box::new),
        body: Arc::default(),
    }
}
