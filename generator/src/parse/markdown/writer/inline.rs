//! Running text: typography, addresses, signs of HTML.

use std::ops::Range;

use pulldown_cmark::Event;

use super::{Events, Writer};
use crate::parse::markdown::typography::address;

impl Writer<'_, '_> {
    /// Writes the text that begins here and goes on without markup; says how many events it is made of.
    pub(super) fn run(&mut self, following: &Events<'_>) -> usize {
        let (Event::Text(text), range) = &following[0] else {
            return 1;
        };
        if **text != *self.text.slice(range) {
            // Written as `&nbsp;` and the like: the author means just that.
            escape(text, &mut self.html);
            self.typesetter.passed(text);
            return 1;
        }
        let mut range = range.start.max(self.passed_until)..range.end;
        let mut count = 1;
        while let Some((Event::Text(more), next)) = following.get(count)
            && next.start == range.end
            && **more == *self.text.slice(next)
        {
            range.end = next.end;
            count += 1;
        }
        if self.text.source[..range.start].ends_with('\\')
            && let Some(sign) = self.text.slice(&range).chars().next()
        {
            // `\"` is meant as it stands.
            let end = range.start + sign.len_utf8();
            escape(self.text.slice(&(range.start..end)), &mut self.html);
            self.typesetter.passed(self.text.slice(&(range.start..end)));
            range.start = end;
        }
        self.text_with_addresses(range);
        count
    }

    fn text_with_addresses(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(found) = address(self.text.slice(&(at..range.end))) {
            let found = at + found.start..at + found.end;
            self.typesetter.run::<true>(at..found.start, &mut self.html);
            let written = self.text.slice(&found);
            if self.in_link {
                escape(written, &mut self.html);
            } else {
                self.bare_address(written, &found);
            }
            self.typesetter.passed(written);
            at = found.end;
        }
        self.typesetter.run::<true>(at..range.end, &mut self.html);
    }
}

/// The text between the event that opens something and the one that closes it.
pub(in crate::parse::markdown) fn plain_text(events: &Events<'_>) -> String {
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

/// Text that means nothing in HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html
}

/// Writes text so that it means nothing in HTML.
pub(crate) fn escape(text: &str, html: &mut String) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let name = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[copied..at]);
        html.push_str(name);
        copied = at + 1;
    }
    html.push_str(&text[copied..]);
}
