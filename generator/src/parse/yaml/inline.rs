//! Values that stand on one line.

use crate::diagnostic::{Diagnostic, Edit, Fix, Place, Text};
use crate::parse::quotes;
use crate::parse::yaml::messages::{
    self, backslash, colon_inside, left_over, must_be_quoted, swallowed, too_deep, twice,
};
use crate::parse::yaml::node::{Key, Node, Span, Value};
use crate::source::SourceFile;

/// Reads the value in `span`, which lies on one line and has no space around it. Comments at its end are skipped.
pub(super) fn value(file: &SourceFile, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Node {
    if let Some(inside) = typed_quotes(file.slice(&span)) {
        // Two apostrophes, or two commas, are how quotes are typed where there is no key for them.
        let value = Value::Text(inside.to_owned());
        diagnostics.push(messages::quotes_of_two_signs(file, &span, inside));
        return Node { span, value };
    }
    let mut cursor = Cursor {
        file,
        at: span.start,
        end: span.end,
        depth: 0,
        lost: false,
        diagnostics,
    };
    let node = match cursor.peek() {
        Some('[') => cursor.nested(Cursor::list),
        Some('{') => cursor.nested(Cursor::map),
        Some('"') => cursor.double_quoted(),
        Some('\'') => cursor.single_quoted(),
        _ => return plain(file, span, diagnostics),
    };
    let rest = file.slice(&(cursor.at..span.end)).trim();
    if !rest.is_empty() && !rest.starts_with('#') {
        let from = cursor.at + leading_space(file.slice(&(cursor.at..span.end)));
        let quoted = matches!(node.value, Value::Text(_));
        diagnostics.push(left_over(file, &span, from..span.end, quoted));
    }
    node
}

/// What stands in quotes that were typed as two signs each.
fn typed_quotes(text: &str) -> Option<&str> {
    if !text.starts_with("''") && !text.starts_with(",,") {
        return None;
    }
    quotes::without(text)
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// A text without quotes: what it seems to say must be what YAML reads.
fn plain(file: &SourceFile, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let line = file.slice(&span);
    let text = match comment_start(line) {
        Some(at) => {
            if !line[at + 1..].starts_with([' ', '#']) && line.len() > at + 1 {
                diagnostics.push(swallowed(file, &span, line, at));
            }
            line[..at].trim_end()
        }
        None => line,
    };
    let span = span.start..span.start + text.len();
    if let Some(first) = special_start(text) {
        diagnostics.push(must_be_quoted(file, &span, first));
    } else if let Some(at) = text
        .find(": ")
        .or_else(|| text.ends_with(':').then(|| text.len() - 1))
    {
        diagnostics.push(colon_inside(file, &span, at));
    }
    let value = if text.is_empty() {
        Value::Empty
    } else {
        Value::Text(text.to_owned())
    };
    Node { span, value }
}

/// The first sign of a text, where YAML would take it for more than a letter.
fn special_start(text: &str) -> Option<char> {
    let first = text.chars().next()?;
    let always = "?:@%*&!`|>,]}[{\"'#".contains(first);
    let lone_hyphen = text == "-" || text.starts_with("- ");
    (always || lone_hyphen).then_some(first)
}

fn comment_start(line: &str) -> Option<usize> {
    if line.starts_with('#') {
        return Some(0);
    }
    line.match_indices('#')
        .map(|(at, _)| at)
        .find(|at| line[..*at].ends_with([' ', '\t']))
}

/// How many levels of fields and lists there may be.
pub(super) const DEEPEST: usize = 16;

struct Cursor<'a, 'd> {
    file: &'a SourceFile,
    at: usize,
    end: usize,
    /// How many brackets are open.
    depth: usize,
    /// Whether what follows makes no sense any more, which was said.
    lost: bool,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a> Cursor<'a, '_> {
    fn rest(&self) -> &'a str {
        self.file.slice(&(self.at..self.end))
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        self.at += leading_space(self.rest());
    }

    fn unclosed(&mut self, start: usize, closing: char) {
        let certain = self.is_all_but_closed(start, closing);
        self.at = self.end;
        if std::mem::replace(&mut self.lost, true) {
            return;
        }
        let end = self.end;
        let fix = certain.then(|| Fix::Edits(vec![Edit::new(&(end..end), closing)]));
        let place = Place::span(self.file, &(start..start + 1));
        self.diagnostics.push(
            Diagnostic::error(
                "M04",
                place,
                Text::new(
                    "отвореното тук не е затворено на същия ред",
                    "what opens here is not closed on the same line",
                ),
            )
            .hint(Text::new(
                format!("добавете {closing} в края на реда"),
                format!("add {closing} at the end of the line"),
            ))
            .maybe_fix(fix),
        );
    }

    /// Whether what opens there certainly ends with the line: nothing else is open, and nothing in it may mean more than itself.
    fn is_all_but_closed(&self, start: usize, closing: char) -> bool {
        let written = self.file.slice(&(start..self.end));
        let inside = written.get(1..).unwrap_or_default();
        let plain = !inside.trim().is_empty() && !inside.contains(['#', '\\', '"', '\'']);
        let outermost = match closing {
            '"' => self.depth == 0,
            ']' => self.depth == 1 && !inside.contains(['[', '{', '}', ':']),
            '}' => self.depth == 1 && !inside.contains(['[', '{', ']']),
            // An apostrophe may begin a word.
            _ => false,
        };
        plain && outermost && (closing == '"' || self.rest().trim().is_empty())
    }

    fn double_quoted(&mut self) -> Node {
        let start = self.at;
        let mut text = String::new();
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((offset, character)) = characters.next() {
            match character {
                '"' => {
                    self.at = start + offset + 1;
                    return Node {
                        span: start..self.at,
                        value: Value::Text(text),
                    };
                }
                '\\' => match characters.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 't')) => text.push('\t'),
                    Some((_, escaped @ ('"' | '\\' | '/'))) => text.push(escaped),
                    _ => {
                        let sign = start + offset..start + offset + 1;
                        self.diagnostics.push(backslash(self.file, &sign));
                    }
                },
                other => text.push(other),
            }
        }
        self.unclosed(start, '"');
        Node {
            span: start..self.end,
            value: Value::Text(text),
        }
    }

    fn single_quoted(&mut self) -> Node {
        let start = self.at;
        let mut text = String::new();
        let mut characters = self.rest().char_indices().skip(1).peekable();
        while let Some((offset, character)) = characters.next() {
            if character != '\'' {
                text.push(character);
            } else if characters.next_if(|(_, next)| *next == '\'').is_some() {
                text.push('\'');
            } else {
                self.at = start + offset + 1;
                return Node {
                    span: start..self.at,
                    value: Value::Text(text),
                };
            }
        }
        self.unclosed(start, '\'');
        Node {
            span: start..self.end,
            value: Value::Text(text),
        }
    }

    fn list(&mut self) -> Node {
        let start = self.at;
        let mut items = Vec::new();
        self.at += 1;
        while self.goes_on(start, ']') {
            items.push(self.item());
        }
        Node {
            span: start..self.at,
            value: Value::List(items),
        }
    }

    fn map(&mut self) -> Node {
        let start = self.at;
        let mut fields: Vec<(Key, Node)> = Vec::new();
        self.at += 1;
        while self.goes_on(start, '}') {
            let Some((key, node)) = self.field() else {
                break;
            };
            match fields.iter().find(|(known, _)| known.text == key.text) {
                Some((first, _)) => self.diagnostics.push(twice(self.file, first, &key)),
                None => fields.push((key, node)),
            }
        }
        Node {
            span: start..self.at,
            value: Value::Map(fields),
        }
    }

    /// Reads what is between brackets. Nobody means more than a few of them inside one another.
    fn nested(&mut self, read: fn(&mut Self) -> Node) -> Node {
        let start = self.at;
        if self.depth == DEEPEST {
            let place = Place::span(self.file, &(start..start + 1));
            self.diagnostics.push(too_deep(place));
            self.lost = true;
            self.at = self.end;
            return Node {
                span: start..self.end,
                value: Value::Empty,
            };
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    /// Whether another item follows; passes the comma before it, or the sign that closes what opened at `start`.
    fn goes_on(&mut self, start: usize, closing: char) -> bool {
        let first = self.at == start + 1;
        self.skip_space();
        match self.peek() {
            Some(found) if found == closing => {
                self.at += 1;
                return false;
            }
            Some(',') if !first => {
                self.at += 1;
                self.skip_space();
                // A comma may stand before the end, but not alone or beside another one.
                if self.peek() == Some(closing) {
                    self.at += 1;
                    return false;
                }
            }
            Some(_) if first => {}
            _ => {
                self.unclosed(start, closing);
                return false;
            }
        }
        if self.peek().is_none_or(|next| ",]}".contains(next)) {
            self.unclosed(start, closing);
            return false;
        }
        true
    }

    fn field(&mut self) -> Option<(Key, Node)> {
        let start = self.at;
        let name_length = self
            .rest()
            .find([':', ',', '}'])
            .unwrap_or(self.end - start);
        let text = self.rest()[..name_length].trim_end().to_owned();
        let key = Key {
            span: start..start + text.len(),
            text,
        };
        self.at += name_length;
        let colon = self.rest().starts_with(": ");
        if !colon || special_start(&key.text).is_some() || key.text.contains(" #") {
            let place = Place::span(self.file, &key.span);
            self.diagnostics.push(
                Diagnostic::error(
                    "M12",
                    place,
                    Text::new(
                        "тук се очаква „поле: стойност“",
                        "“field: value” is expected here",
                    ),
                )
                .hint(Text::new(
                    "ако текстът съдържа запетая, оградете го в кавички",
                    "if the text has a comma in it, put it in quotes",
                )),
            );
            self.lost = true;
            self.at = self.end;
            return None;
        }
        self.at += 1;
        self.skip_space();
        Some((key, self.item()))
    }

    fn item(&mut self) -> Node {
        match self.peek() {
            Some('[') => self.nested(Cursor::list),
            Some('{') => self.nested(Cursor::map),
            Some('"') => self.double_quoted(),
            Some('\'') => self.single_quoted(),
            _ => {
                let length = self
                    .rest()
                    .find([',', '[', ']', '{', '}'])
                    .unwrap_or(self.end - self.at);
                let start = self.at;
                let text = self.rest()[..length].trim_end();
                let span = start..start + text.len();
                if comment_start(text).is_some() {
                    self.diagnostics.push(must_be_quoted(self.file, &span, '#'));
                }
                self.at += length;
                plain(self.file, span, self.diagnostics)
            }
        }
    }
}
