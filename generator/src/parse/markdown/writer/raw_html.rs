//! HTML in the text: a few tags that Markdown has no sign for, and a message for all others.

use std::ops::Range;

use super::{Writer, escape};
use crate::diagnostic::{Diagnostic, Edit, Text};

/// A tag that was opened.
pub(super) struct OpenTag {
    name: &'static str,
    range: Range<usize>,
    /// How many other tags were open around it.
    depth: usize,
}

/// What may be written as HTML.
const ALLOWED: [&str; 4] = ["abbr", "kbd", "sup", "sub"];

impl Writer<'_, '_> {
    /// A tag inside a line.
    pub(super) fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        if let Some(name) = html
            .strip_prefix("</")
            .and_then(|rest| rest.strip_suffix('>'))
        {
            let is_last = self
                .raw_html
                .last()
                .is_some_and(|open| open.name == name.trim() && open.depth == self.depth);
            if is_last {
                self.raw_html.pop();
                self.html.push_str(html);
            }
            // Any other closing tag was refused with the opening one.
            return;
        }
        let inside = html
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'));
        let Some((name, title)) = inside.and_then(allowed) else {
            self.refuse_html(html, range);
            return;
        };
        self.html.push('<');
        self.html.push_str(name);
        if let Some(title) = title {
            self.html.push_str(" title=\"");
            escape(title, &mut self.html);
            self.html.push('"');
        }
        self.html.push('>');
        self.raw_html.push(OpenTag {
            name,
            range: range.clone(),
            depth: self.depth,
        });
    }

    /// Where something ends, what was opened in it must have been closed.
    pub(super) fn close_raw_html(&mut self) {
        while let Some(open) = self.raw_html.pop_if(|open| open.depth >= self.depth) {
            let OpenTag { name, range, .. } = open;
            self.html.push_str("</");
            self.html.push_str(name);
            self.html.push('>');
            self.error(
                "B02",
                &range,
                Text::new(
                    format!("<{name}> е отворено, но не е затворено"),
                    format!("<{name}> is opened and not closed"),
                ),
                Text::new(
                    format!("напишете </{name}> там, където свършва, в същия абзац"),
                    format!("write </{name}> where it ends, in the same paragraph"),
                ),
            );
        }
    }

    /// Refuses a piece of HTML. A closing tag was refused with the opening one.
    pub(super) fn refuse_html(&mut self, html: &str, range: &Range<usize>) {
        if html.starts_with("</") {
            return;
        }
        let edits = self.without_tags(html, range);
        let message = if is_of_word(html) {
            Text::new(
                "това е HTML, копиран от Word; тук се пише обикновен текст",
                "this is HTML copied from Word; write plain text here",
            )
        } else {
            Text::new(
                "в текста има HTML; тук той не се допуска",
                "there is HTML in the text; it is not allowed here",
            )
        };
        let hint = Text::new(
            "напишете го с Markdown, напр. **получер** или [връзка](https://…)",
            "write it in Markdown, for example **bold** or [link](https://…)",
        );
        let found = Diagnostic::error("B02", self.place(range), message).hint(hint);
        self.diagnostics.push(found.edits(edits));
    }

    /// What makes Markdown of HTML that says no more than that; nothing where it may say more.
    fn without_tags(&self, html: &str, range: &Range<usize>) -> Vec<Edit> {
        let exact = |part: Range<usize>, with: &str| {
            let part = self.text.exact(&part)?;
            Some(Edit::new(&part, with))
        };
        let source = self.text.slice(range);
        if source.trim_end() != html.trim_end() {
            return Vec::new();
        }
        let line = source.trim_end();
        let part = range.start..range.start + line.len();
        let Some(text) = as_markdown(line) else {
            return Vec::new();
        };
        let name = name_of(line);
        let is_one_tag = line.matches('<').count() == 1;
        if !is_one_tag || line.ends_with("/>") {
            return exact(part, text.trim()).into_iter().collect();
        }
        // A tag by itself goes with the one that closes it, in the same paragraph.
        let rest = &self.text.source[part.end..];
        let paragraph = &rest[..rest.find("\n\n").unwrap_or(rest.len())];
        let closing = format!("</{name}>");
        let Some(at) = paragraph.find(&closing) else {
            return Vec::new();
        };
        let closing = part.end + at..part.end + at + closing.len();
        let edits = [exact(part, &text), exact(closing, &text)];
        edits.into_iter().flatten().collect()
    }
}

/// What only Word writes.
fn is_of_word(html: &str) -> bool {
    ["Mso", "mso-", "<o:", "</o:", "<w:"]
        .iter()
        .any(|word| html.contains(word))
}

/// The name of the first tag.
fn name_of(html: &str) -> &str {
    let inside = html.trim_start_matches(['<', '/']);
    let end = inside.find(|sign: char| sign.is_whitespace() || matches!(sign, '>' | '/'));
    &inside[..end.unwrap_or(inside.len())]
}

/// HTML of which Markdown can say the same, in Markdown.
fn as_markdown(html: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let end = at + rest[at..].find('>')?;
        text.push_str(match name_of(&rest[at..=end]) {
            "p" | "div" | "span" | "font" | "o:p" | "u" | "center" => "",
            "b" | "strong" => "**",
            "i" | "em" => "*",
            _ => return None,
        });
        rest = &rest[end + 1..];
    }
    Some(text + rest)
}

/// The name of an allowed tag and what an abbreviation stands for.
fn allowed(tag: &str) -> Option<(&'static str, Option<&str>)> {
    let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let name = *ALLOWED.iter().find(|allowed| **allowed == name)?;
    let attributes = attributes.trim();
    if attributes.is_empty() {
        // An abbreviation that stands for nothing would say no more than the word.
        return (name != "abbr").then_some((name, None));
    }
    let value = attributes
        .strip_prefix("title")?
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let quote = value
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))?;
    let title = value.strip_prefix(quote)?.strip_suffix(quote)?;
    (name == "abbr" && !title.contains([quote, '&'])).then_some((name, Some(title)))
}
