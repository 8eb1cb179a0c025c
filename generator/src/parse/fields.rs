//! Fields of a file, asked for one by one, with a message for everything that is not as it should be.

mod values;
mod unknown;

use forms::{Language, Localized};

use crate::diagnostic::{Diagnostic, Place, Placed, Text};
use crate::model::names_called;
use crate::parse::meant::meant;
use crate::parse::yaml::{Key, Node, Span, Value};
use crate::source::SourceFile;
use unknown::unknown;

/// The fields of a map. What nobody asked for is reported by [`Fields::finish`].
pub(crate) struct Fields<'a> {
    pub(crate) file: &'a SourceFile,
    entries: &'a [(Key, Node)],
    span: Span,
    asked: Vec<&'static str>,
}

/// A value and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// The code of a missing field.
pub(crate) const MISSING: &str = "V03";

type Diagnostics = Vec<Diagnostic>;

impl<'a> Fields<'a> {
    /// The fields of a map; a value that is no map is reported and has none.
    pub(crate) fn of(
        file: &'a SourceFile,
        node: &'a Node,
        diagnostics: &mut Diagnostics,
    ) -> Fields<'a> {
        let entries = match &node.value {
            Value::Map(entries) => entries.as_slice(),
            Value::Empty => &[],
            _ => {
                diagnostics.push(Diagnostic::error(
                    "V02",
                    Place::span(file, &node.span),
                    Text::new(
                        "тук се очакват полета „име: стойност“",
                        "fields “name: value” are expected here",
                    ),
                ));
                &[]
            }
        };
        Fields {
            file,
            entries,
            span: node.span.clone(),
            asked: Vec::new(),
        }
    }

    /// Where the fields stand.
    pub(crate) fn place(&self) -> Place {
        Place::span(self.file, &self.span)
    }

    /// Where a field's value stands, else the fields as a whole.
    pub(crate) fn place_of(&self, name: &str) -> Place {
        let found = self.entries.iter().find(|(key, _)| key.text == name);
        let span = found.map(|(key, node)| {
            if node.span.is_empty() {
                &key.span
            } else {
                &node.span
            }
        });
        Place::span(self.file, span.unwrap_or(&self.span))
    }

    /// The value of a field.
    pub(crate) fn node(&mut self, name: &'static str) -> Option<&'a Node> {
        if !self.asked.contains(&name) {
            self.asked.push(name);
        }
        self.entries
            .iter()
            .find(|(key, _)| key.text == name)
            .map(|(_, node)| node)
            .filter(|node| node.value != Value::Empty)
    }

    /// Names and values of all fields, whatever they are called.
    pub(crate) fn all(&self) -> &'a [(Key, Node)] {
        self.entries
    }

    /// Where a field is missing; `None` when it is there under a name that will be reported as unknown.
    pub(crate) fn missing_place(&self, name: &str) -> Option<Place> {
        let misspelt = |key: &Key| {
            let near = meant(&key.text, &[name]).is_some();
            key.text != name && (near || names_called(&key.text).any(|called| called == name))
        };
        if self.entries.iter().any(|(key, _)| misspelt(key)) {
            return None;
        }
        let key = self
            .entries
            .iter()
            .find(|(key, _)| key.text == name)
            .map(|(key, _)| &key.span);
        let line_end = self.file.text[self.span.start..]
            .find('\n')
            .map_or(self.file.text.len(), |at| self.span.start + at);
        let whole = self.span.start..self.span.end.min(line_end);
        Some(Place::span(self.file, key.unwrap_or(&whole)))
    }

    fn missing(&self, name: &str, diagnostics: &mut Diagnostics) {
        let missing = |place| {
            Diagnostic::error(
                MISSING,
                place,
                Text::new(
                    format!("липсва полето „{name}“"),
                    format!("the field “{name}” is missing"),
                ),
            )
            .hint(Text::new(
                format!("добавете ред  {name}: …"),
                format!("add a line  {name}: …"),
            ))
        };
        diagnostics.extend(self.missing_place(name).map(missing));
    }

    /// A text; `None` when the field is not there.
    pub(crate) fn text(
        &mut self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Spanned<String>> {
        let node = self.node(name)?;
        text(self.file, node, diagnostics)
    }

    /// A text that must be there.
    pub(crate) fn required_text(
        &mut self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Spanned<String>> {
        if self.node(name).is_none() {
            self.missing(name, diagnostics);
            return None;
        }
        self.text(name, diagnostics)
    }

    /// A list of texts; one text alone is a list of one.
    pub(crate) fn texts(
        &mut self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Spanned<String>> {
        let Some(node) = self.node(name) else {
            return Vec::new();
        };
        match &node.value {
            Value::List(items) => items
                .iter()
                .filter_map(|item| text(self.file, item, diagnostics))
                .collect(),
            _ => text(self.file, node, diagnostics).into_iter().collect(),
        }
    }

    /// The items of a list of maps.
    pub(crate) fn maps(
        &mut self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Fields<'a>> {
        let Some(node) = self.node(name) else {
            return Vec::new();
        };
        let file = self.file;
        match &node.value {
            Value::List(items) => items
                .iter()
                .map(|item| Fields::of(file, item, diagnostics))
                .collect(),
            _ => {
                self.report(
                    "V02",
                    &node.span,
                    Text::new(
                        "тук се очаква списък: всеки ред започва с „- “",
                        "a list is expected here: every line begins with “- ”",
                    ),
                    None,
                    diagnostics,
                );
                Vec::new()
            }
        }
    }

    /// The fields inside a field.
    pub(crate) fn inside(
        &mut self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Fields<'a>> {
        let file = self.file;
        self.node(name)
            .map(|node| Fields::of(file, node, diagnostics))
    }

    /// The fields inside a field that must be there.
    pub(crate) fn required_inside(
        &mut self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Fields<'a>> {
        if self.node(name).is_none() {
            self.missing(name, diagnostics);
            return None;
        }
        self.inside(name, diagnostics)
    }

    /// A text in every language of the site. One text for all languages stands for itself.
    pub(crate) fn localized(
        &mut self,
        name: &'static str,
        languages: &[Language],
        diagnostics: &mut Diagnostics,
    ) -> Option<Localized> {
        let node = self.node(name)?;
        localized(self.file, node, languages, diagnostics)
    }

    /// A text in every language of the site that must be there.
    pub(crate) fn required_localized(
        &mut self,
        name: &'static str,
        languages: &[Language],
        diagnostics: &mut Diagnostics,
    ) -> Localized {
        if self.node(name).is_none() {
            self.missing(name, diagnostics);
            return Localized::default();
        }
        self.localized(name, languages, diagnostics)
            .unwrap_or_default()
    }

    /// A value with its place, to be judged later.
    pub(crate) fn placed<T>(&self, found: Spanned<T>) -> Placed<T> {
        Placed {
            place: Place::span(self.file, &found.span),
            value: found.value,
        }
    }

    /// Reports that a required field is not there.
    pub(crate) fn require(&mut self, name: &'static str, diagnostics: &mut Diagnostics) {
        if self.node(name).is_none() {
            self.missing(name, diagnostics);
        }
    }

    /// Reports a problem in a part of the file.
    pub(crate) fn report(
        &self,
        code: &'static str,
        span: &Span,
        message: Text,
        hint: Option<Text>,
        diagnostics: &mut Diagnostics,
    ) {
        diagnostics
            .push(Diagnostic::error(code, Place::span(self.file, span), message).maybe_hint(hint));
    }

    /// Reports every field that nobody asked for.
    pub(crate) fn finish(&self, diagnostics: &mut Diagnostics) {
        for (key, _) in self
            .entries
            .iter()
            .filter(|(key, _)| !self.asked.contains(&key.text.as_str()))
        {
            let there: Vec<&str> = self
                .entries
                .iter()
                .map(|(key, _)| key.text.as_str())
                .collect();
            diagnostics.push(unknown(self.file, key, &self.asked, &there));
        }
    }
}

fn text(file: &SourceFile, node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    match &node.value {
        Value::Text(text) => Some(Spanned {
            value: text.trim_end().to_owned(),
            span: node.span.clone(),
        }),
        Value::Empty => None,
        Value::List(_) | Value::Map(_) => {
            diagnostics.push(
                Diagnostic::error(
                    "V04",
                    Place::span(file, &node.span),
                    Text::new("тук се очаква текст", "a text is expected here"),
                )
                .hint(Text::new(
                    "текст, който започва с [ или {, се огражда в кавички",
                    "a text that starts with [ or { must be in quotes",
                )),
            );
            None
        }
    }
}

pub(crate) fn localized(
    file: &SourceFile,
    node: &Node,
    languages: &[Language],
    diagnostics: &mut Diagnostics,
) -> Option<Localized> {
    let Value::Map(entries) = &node.value else {
        let text = text(file, node, diagnostics)?;
        return Some(
            languages
                .iter()
                .map(|language| (language.clone(), text.value.clone()))
                .collect(),
        );
    };
    let known: Vec<&str> = languages.iter().map(Language::as_str).collect();
    for (key, _) in entries
        .iter()
        .filter(|(key, _)| !known.contains(&key.text.as_str()))
    {
        diagnostics.push(unknown(file, key, &known, &known));
    }
    let texts: Localized = entries
        .iter()
        .filter(|(key, _)| known.contains(&key.text.as_str()))
        .filter_map(|(key, node)| {
            Some((
                Language::new(&key.text),
                text(file, node, diagnostics)?.value,
            ))
        })
        .collect();
    for language in languages
        .iter()
        .filter(|language| texts.get(language).is_none())
    {
        diagnostics.push(Diagnostic::error(
            "T02",
            Place::span(file, &node.span),
            Text::new(
                format!("липсва текстът на език „{language}“"),
                format!("the text in the language “{language}” is missing"),
            ),
        ));
    }
    Some(texts)
}
