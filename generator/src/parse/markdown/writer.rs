//! Events to HTML.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::ops::Range;

use forms::Slug;
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd,
};

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::parse::markdown::{Body, Heading, Piece, Typography, links};
use crate::parse::transliterate;
use crate::source::SourceFile;

pub(super) type Events<'a> = [(Event<'a>, Range<usize>)];

/// Ids that the theme uses on every page, or on one with a form.
const TAKEN: [&str; 4] = ["main", "sign-up", "sign-up-title", "website"];

/// Writes the HTML of a text.
pub(super) fn write(
    file: &SourceFile,
    events: &Events<'_>,
    typography: &Typography,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let mut writer = Writer {
        file,
        typography,
        diagnostics,
        html: String::with_capacity(file.text.len() + file.text.len() / 4),
        body: Body::default(),
        alignments: Vec::new(),
        column: 0,
        in_table_head: false,
        numbers: HashMap::new(),
        footnotes: BTreeMap::new(),
    };
    // What stands in the square brackets of a picture is its description, not a part of the text.
    let mut pictures = 0;
    for (index, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
                if links::is_captioned(events, index) => {}
            Event::Start(Tag::Image {
                dest_url, title, ..
            }) => {
                if pictures == 0 {
                    writer.image(dest_url, title, range, &events[index..]);
                }
                pictures += 1;
            }
            Event::End(TagEnd::Image) => pictures -= 1,
            event if pictures == 0 => writer.event(event, range, &events[index..]),
            _ => {}
        }
    }
    writer.close_piece();
    writer.body
}

pub(super) struct Writer<'a> {
    pub(super) file: &'a SourceFile,
    typography: &'a Typography,
    diagnostics: &'a mut Vec<Diagnostic>,
    pub(super) html: String,
    pub(super) body: Body,
    alignments: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
    /// The ids of headings, each with the last number that was added to it.
    numbers: HashMap<String, usize>,
    /// The number of each footnote, in the order in which they are first mentioned.
    footnotes: BTreeMap<String, usize>,
}

impl Writer<'_> {
    fn event(&mut self, event: &Event<'_>, range: &Range<usize>, following: &Events<'_>) {
        match event {
            Event::Start(tag) => self.start(tag, range, following),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text, range),
            Event::Code(code) => {
                self.html.push_str("<code>");
                escape(code, &mut self.html);
                self.html.push_str("</code>");
            }
            Event::SoftBreak => self.html.push('\n'),
            Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.html.push_str(if *done { "☑ " } else { "☐ " }),
            Event::FootnoteReference(name) => self.footnote_reference(name),
            Event::Html(html) | Event::InlineHtml(html) => self.refuse_html(html, range),
            Event::InlineMath(text) | Event::DisplayMath(text) => escape(text, &mut self.html),
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        let synthesized =
            matches!(self.file.slice(range), "\"" | "'") && self.file.slice(range) != text;
        if synthesized {
            let before = self.html.ends_with(char::is_alphanumeric);
            let after = self.file.text[range.end..].starts_with(char::is_alphanumeric);
            let quote = self.typography.quote(text, before && after);
            self.html.push_str(quote);
        } else {
            escape(text, &mut self.html);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>, following: &Events<'_>) {
        match tag {
            Tag::Paragraph => self.html.push_str("<p>"),
            Tag::Heading { level, id, .. } => self.heading(*level, id.as_ref(), range, following),
            Tag::BlockQuote(None) => self.html.push_str("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => {
                let _ = writeln!(
                    self.html,
                    r#"<aside class="alert alert--{}">"#,
                    alert_name(*kind)
                );
            }
            Tag::CodeBlock(kind) => {
                self.html.push_str("<pre><code");
                if let CodeBlockKind::Fenced(language) = kind
                    && !language.is_empty()
                {
                    self.html.push_str(" class=\"language-");
                    escape(language, &mut self.html);
                    self.html.push('"');
                }
                self.html.push('>');
            }
            Tag::List(None) => self.html.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.html.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.html, r#"<ol start="{first}">"#);
            }
            Tag::Item => self.html.push_str("<li>"),
            Tag::FootnoteDefinition(name) => {
                let number = self.footnote(name);
                let _ = write!(
                    self.html,
                    r##"<div class="footnote" id="fn-{number}"><a href="#fnref-{number}">{number}</a> "##
                );
            }
            Tag::DefinitionList => self.html.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.html.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.html.push_str("<dd>"),
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.html
                    .push_str("<div class=\"table-scroll\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                self.in_table_head = true;
                self.column = 0;
                self.html.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.html.push_str("<tr>");
            }
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Strikethrough => self.html.push_str("<del>"),
            Tag::Superscript => self.html.push_str("<sup>"),
            Tag::Subscript => self.html.push_str("<sub>"),
            Tag::Link {
                link_type: LinkType::Email,
                dest_url,
                ..
            } => self.link(&format!("mailto:{dest_url}"), range),
            Tag::Link { dest_url, .. } => self.link(dest_url, range),
            Tag::Image { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.html.push_str(match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(level) => {
                let _ = writeln!(self.html, "</{level}>");
                return;
            }
            TagEnd::BlockQuote(None) => "</blockquote>\n",
            TagEnd::BlockQuote(Some(_)) => "</aside>\n",
            TagEnd::CodeBlock => "</code></pre>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => "</div>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => "</tbody></table></div>\n",
            TagEnd::TableHead => {
                self.in_table_head = false;
                "</tr></thead>\n<tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                self.column += 1;
                if self.in_table_head { "</th>" } else { "</td>" }
            }
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => "</a>",
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => "",
        });
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&CowStr<'_>>,
        range: &Range<usize>,
        following: &Events<'_>,
    ) {
        if level == HeadingLevel::H1 {
            self.report(
                "B01",
                range,
                Text::new("подзаглавията започват с ##", "headings begin with ##"),
                Text::new(
                    "най-голямото заглавие е полето title",
                    "the largest heading is the field title",
                ),
            );
        }
        let text = plain_text(following);
        let wanted = id.map_or_else(|| transliterate::slug(&text), ToString::to_string);
        if id.is_some() && Slug::parse(&wanted).is_err() {
            self.report(
                "B03",
                range,
                Text::new(
                    "името на подзаглавието не може да стои в адрес",
                    "the name of the heading cannot stand in an address",
                ),
                Text::new(
                    "използвайте a–z, 0–9 и дефис, напр. {#programa}",
                    "use a–z, 0–9 and hyphens, for example {#programme}",
                ),
            );
        }
        let id = self.free_id(if wanted.is_empty() {
            "section"
        } else {
            &wanted
        });
        let _ = write!(self.html, r#"<{level} id="{id}">"#);
        self.body.headings.push(Heading {
            id,
            text,
            level: level as u8,
        });
    }

    /// The id, or the first of `id-2`, `id-3`, … that is free.
    fn free_id(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        while TAKEN.contains(&id.as_str()) || self.numbers.contains_key(&id) {
            let number = self.numbers.entry(wanted.to_owned()).or_insert(1);
            *number += 1;
            id = format!("{wanted}-{number}");
        }
        self.numbers.insert(id.clone(), 1);
        id
    }

    fn table_cell(&mut self) {
        self.html.push_str(if self.in_table_head {
            "<th scope=\"col\""
        } else {
            "<td"
        });
        self.html.push_str(match self.alignments.get(self.column) {
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            _ => ">",
        });
    }

    pub(super) fn close_piece(&mut self) {
        if !self.html.is_empty() {
            self.body
                .pieces
                .push(Piece::Html(std::mem::take(&mut self.html)));
        }
    }

    fn footnote_reference(&mut self, name: &str) {
        // Only the first mention can be gone back to.
        let first = !self.footnotes.contains_key(name);
        let number = self.footnote(name);
        let id = if first {
            format!(r#" id="fnref-{number}""#)
        } else {
            String::new()
        };
        // Writing to a string cannot fail.
        let _ = write!(
            self.html,
            r##"<sup><a href="#fn-{number}"{id}>{number}</a></sup>"##
        );
    }

    fn footnote(&mut self, name: &str) -> usize {
        let next = self.footnotes.len() + 1;
        *self.footnotes.entry(name.to_owned()).or_insert(next)
    }

    /// Refuses a piece of HTML. A closing tag was refused with the opening one.
    fn refuse_html(&mut self, html: &str, range: &Range<usize>) {
        if html.starts_with("</") {
            return;
        }
        self.report(
            "B02",
            range,
            Text::new(
                "в текста има HTML; тук той не се допуска",
                "there is HTML in the text; it is not allowed here",
            ),
            Text::new(
                "напишете го с Markdown, напр. **получер** или [връзка](https://…)",
                "write it in Markdown, for example **bold** or [link](https://…)",
            ),
        );
    }

    pub(super) fn report(
        &mut self,
        code: &'static str,
        range: &Range<usize>,
        message: Text,
        hint: Text,
    ) {
        self.diagnostics
            .push(Diagnostic::error(code, Place::span(self.file, range), message).hint(hint));
    }
}

/// The text between the event that opens something and the one that closes it.
pub(super) fn plain_text(events: &Events<'_>) -> String {
    let mut depth = 0;
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    text
}

fn alert_name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

/// The text with everything escaped that means something in HTML.
pub(crate) fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}
