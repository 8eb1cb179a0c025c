//! From lines to values.

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::parse::yaml::line::{
    Line, NO_BREAK, is_item, is_odd, key_end, lines, seems_item, unquoted,
};
use crate::parse::yaml::node::{Key, Node, Span, Value};
use crate::parse::yaml::{inline, messages};
use crate::source::SourceFile;

/// Reads the fields in a part of a file that consists of whole lines. Every problem is reported; what could be read is
/// returned all the same, so that later stages find the other problems in one run.
pub fn read(file: &SourceFile, part: Span, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let lines = lines(file, &part, diagnostics);
    let mut reader = Reader {
        file,
        lines,
        next: 0,
        depth: 0,
        above: None,
        diagnostics,
    };
    let mut fields = Vec::new();
    while let Some(line) = reader.peek() {
        if !fields.is_empty() {
            reader.error(
                "M14",
                &line.span,
                Text::new(
                    "този ред е отместен по-малко от първия",
                    "this line is indented less than the first one",
                ),
                Some(Text::new(
                    "започнете всички полета в началото на реда",
                    "begin all fields at the beginning of the line",
                )),
            );
        }
        reader.fields_at(line.indent, &mut fields);
    }
    Node {
        span: part,
        value: Value::Map(fields),
    }
}

struct Reader<'a> {
    file: &'a SourceFile,
    lines: Vec<Line>,
    next: usize,
    /// How many levels are open.
    depth: usize,
    /// The last field with a text on its own line, for a second line of it.
    above: Option<Key>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn error(&mut self, code: &'static str, span: &Span, message: Text, hint: Option<Text>) {
        let place = Place::span(self.file, span);
        self.diagnostics
            .push(Diagnostic::error(code, place, message).maybe_hint(hint));
    }

    /// The next line that says something.
    fn peek(&mut self) -> Option<Line> {
        while self
            .lines
            .get(self.next)
            .is_some_and(|line| line.blank || line.comment)
        {
            self.next += 1;
        }
        self.lines.get(self.next).cloned()
    }

    fn text(&self, span: &Span) -> String {
        self.file.slice(span).to_owned()
    }

    /// The fields that stand at this indentation, until a line that stands further left.
    fn fields_at(&mut self, indent: usize, fields: &mut Vec<(Key, Node)>) {
        while let Some(line) = self.peek() {
            if line.indent < indent || (line.indent == indent && is_item(&self.text(&line.span))) {
                if line.indent == indent {
                    self.error(
                        "M13",
                        &line.span,
                        Text::new(
                            "списък без име на поле пред него",
                            "a list without the name of a field before it",
                        ),
                        None,
                    );
                    self.next += 1;
                    continue;
                }
                return;
            }
            if line.indent > indent {
                if self.belongs_above(&line, fields) {
                    continue;
                }
                self.error(
                    "M14",
                    &line.span,
                    Text::new(
                        "този ред е отместен повече от реда над него",
                        "this line is indented more than the line above it",
                    ),
                    Some(Text::new(
                        "преместете го наляво или оградете дългия текст в кавички на един ред",
                        "move it to the left, or put a long text in quotes on one line",
                    )),
                );
                self.next += 1;
                continue;
            }
            self.next += 1;
            if let Some((key, node)) = self.field(&line.span, indent) {
                self.add(key, node, fields);
            }
        }
    }

    /// Whether a line is a field that goes with those inside the last one, from which it stands a little to the left: then it is
    /// reported and read as one of them.
    fn belongs_above(&mut self, line: &Line, fields: &mut [(Key, Node)]) -> bool {
        let Some((
            _,
            Node {
                value: Value::Map(inside),
                ..
            },
        )) = fields.last_mut()
        else {
            return false;
        };
        let Some((first, _)) = inside
            .first()
            .filter(|_| key_end(&self.text(&line.span)).is_some())
        else {
            return false;
        };
        let start = first.span.start;
        let begin = self.file.text[..start].rfind('\n').map_or(0, |at| at + 1);
        if !self.file.text[begin..start]
            .bytes()
            .all(|byte| byte == b' ')
        {
            return false;
        }
        let found = messages::indented_otherwise(self.file, &line.span, start - begin);
        self.diagnostics.push(found);
        self.next += 1;
        if let Some((key, node)) = self.field(&line.span, line.indent) {
            self.add(key, node, inside);
        }
        true
    }

    fn add(&mut self, key: Key, node: Node, fields: &mut Vec<(Key, Node)>) {
        match fields.iter().find(|(known, _)| known.text == key.text) {
            Some((first, _)) => self
                .diagnostics
                .push(messages::twice(self.file, first, &key)),
            None => fields.push((key, node)),
        }
    }

    /// `name: value`, the value here or on the lines below.
    fn field(&mut self, span: &Span, indent: usize) -> Option<(Key, Node)> {
        let line = self.text(span);
        let Some(colon) = key_end(&line) else {
            let above = self.above.as_ref();
            self.diagnostics
                .push(messages::no_colon(self.file, span, &line, above));
            return None;
        };
        let name = line[..colon].trim_end();
        let key = Key {
            span: span.start..span.start + name.len(),
            text: unquoted(name),
        };
        let rest = &line[colon + 1..];
        let value = rest.trim_start_matches(|sign| matches!(sign, ' ' | '\t') || is_odd(sign));
        let space = span.start + colon + 1..span.end - value.len();
        if self.file.slice(&space).contains(is_odd) {
            let found = messages::odd_space(self.file, &space, value);
            self.diagnostics.push(found);
        }
        let start = span.end - value.len();
        let node = if value.is_empty() || value.starts_with('#') {
            self.below(start, indent)
        } else if value == "|" || value == "|-" {
            self.long_text(start..span.end, indent)
        } else {
            let node = inline::value(self.file, start..span.end, self.diagnostics);
            self.refuse_continuation(indent, false);
            node
        };
        let has_text = matches!(node.value, Value::Text(_)) && self.file.slice(span) == line;
        self.above = has_text.then(|| key.clone());
        Some((key, node))
    }

    /// The value of a field whose own line says nothing after the colon.
    fn below(&mut self, at: usize, indent: usize) -> Node {
        if self.depth == inline::DEEPEST {
            let place = Place::span(self.file, &(at..at));
            self.diagnostics.push(messages::too_deep(place));
            self.next = self.lines.len();
        }
        self.depth += 1;
        let node = self.value_below(at, indent);
        self.depth -= 1;
        node
    }

    fn value_below(&mut self, at: usize, indent: usize) -> Node {
        match self.peek() {
            Some(line) if line.indent >= indent && seems_item(&self.text(&line.span)) => {
                self.items(line.indent, indent)
            }
            Some(line) if line.indent > indent => {
                let mut fields = Vec::new();
                self.fields_at(line.indent, &mut fields);
                let end = fields
                    .last()
                    .map_or(line.span.end, |(_, node)| node.span.end);
                Node {
                    span: line.span.start..end,
                    value: Value::Map(fields),
                }
            }
            _ => Node {
                span: at..at,
                value: Value::Empty,
            },
        }
    }

    fn items(&mut self, indent: usize, outside: usize) -> Node {
        let mut items: Vec<Node> = Vec::new();
        let start = self.lines[self.next].span.start;
        while let Some(line) = self.peek() {
            let text = self.text(&line.span);
            if line.indent != indent || !is_item(&text) {
                // Further left stands what belongs to fields around the list, or an item that slipped.
                if line.indent < outside || !seems_item(&text) {
                    break;
                }
                self.next += 1;
                items.push(self.item_elsewhere(&line, indent));
                continue;
            }
            let inside = text[1..].trim_start_matches(' ');
            let offset = text.len() - inside.len();
            let item = line.span.start + offset..line.span.end;
            if inside.is_empty() {
                self.next += 1;
                items.push(self.below(item.start, indent));
            } else if !inside.starts_with(['"', '\'', '[', '{']) && key_end(inside).is_some() {
                // A list of fields: the first one stands behind the hyphen, the others below it.
                self.lines[self.next].indent = indent + offset;
                self.lines[self.next].span = item.clone();
                let mut fields = Vec::new();
                self.fields_at(indent + offset, &mut fields);
                let end = fields.last().map_or(item.end, |(_, node)| node.span.end);
                items.push(Node {
                    span: item.start..end,
                    value: Value::Map(fields),
                });
            } else {
                self.next += 1;
                items.push(inline::value(self.file, item, self.diagnostics));
                self.refuse_continuation(indent, true);
            }
        }
        let end = items.last().map_or(start, |item| item.span.end);
        Node {
            span: start..end,
            value: Value::List(items),
        }
    }

    /// An item of a list that does not stand where the others do, or has no space behind its hyphen.
    fn item_elsewhere(&mut self, line: &Line, indent: usize) -> Node {
        let text = self.text(&line.span);
        let inside = text[1..].trim_start_matches([' ', NO_BREAK]);
        let item = line.span.end - inside.len()..line.span.end;
        let before = line.whole.start..item.start;
        let found = messages::item_elsewhere(self.file, line.span.clone(), before, indent);
        self.diagnostics.push(found);
        inline::value(self.file, item, self.diagnostics)
    }

    /// A text that seems to go on below would be read by YAML as one line, or not at all.
    fn refuse_continuation(&mut self, indent: usize, in_list: bool) {
        while let Some(line) = self.peek().filter(|line| line.indent > indent) {
            if in_list && seems_item(&self.text(&line.span)) {
                return;
            }
            self.diagnostics
                .push(messages::goes_on(self.file, &line.span, indent));
            self.next += 1;
        }
    }

    /// A `|` text: the lines below that stand further right.
    fn long_text(&mut self, head: Span, indent: usize) -> Node {
        let mut lines: Vec<&str> = Vec::new();
        let mut end = head.end;
        let below = &self.lines[self.next..];
        let own = below
            .iter()
            .find(|line| !line.blank)
            .map_or(0, |line| line.indent);
        for line in below
            .iter()
            .take_while(|line| line.blank || (line.indent > indent && line.indent >= own))
        {
            let text = self.file.slice(&line.whole);
            lines.push(text.get(own..).unwrap_or_default());
            end = line.whole.end;
        }
        self.next += lines.len();
        while lines.last().is_some_and(|line| line.trim().is_empty()) {
            lines.pop();
        }
        let mut text = lines.join("\n");
        if !text.is_empty() && self.file.slice(&head) == "|" {
            text.push('\n');
        }
        Node {
            span: head.start..end,
            value: Value::Text(text),
        }
    }
}
