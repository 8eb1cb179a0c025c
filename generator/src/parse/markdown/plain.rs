//! From the HTML of our own writer back to what is read in it.

/// What comes one after another in HTML.
pub(super) enum Part<'a> {
    /// A heading begins; its own words are left out.
    Heading,
    /// What is read.
    Text(&'a str),
    /// A space, or the end of a paragraph or the like.
    Gap,
}

/// Reads HTML piece by piece; a tag may begin in one piece and end in another.
#[derive(Default)]
pub(super) struct Plain {
    in_tag: bool,
    /// The end tag up to which nothing is read.
    unread_until: &'static str,
}

/// Tags between which words do not part.
const INLINE: [&str; 13] = [
    "a", "em", "strong", "del", "code", "sup", "sub", "abbr", "kbd", "span", "img", "mark", "time",
];

/// What eyes pass over, or what only ears need, and where it ends.
const UNREAD: [(&str, &str); 4] = [
    ("<span class=\"visually-hidden\"", "</span"),
    ("<span class=\"task__box\"", "</span"),
    ("<a class=\"footnotes__back\"", "</a"),
    ("<sup class=\"footnotes__mark\"", "</sup"),
];

impl Plain {
    /// Reads the next piece.
    pub(super) fn read<'a>(&mut self, html: &'a str, mut part: impl FnMut(Part<'a>)) {
        let mut rest = html;
        while !rest.is_empty() {
            if self.in_tag {
                let end = rest.find('>').map(|at| at + 1);
                self.in_tag = end.is_none();
                rest = &rest[end.unwrap_or(rest.len())..];
                continue;
            }
            let end = rest.find('<').unwrap_or(rest.len());
            if self.unread_until.is_empty() {
                words(&rest[..end], &mut part);
            }
            rest = &rest[end..];
            if !rest.is_empty() {
                self.tag(rest, &mut part);
            }
        }
    }

    fn tag<'a>(&mut self, tag: &'a str, part: &mut impl FnMut(Part<'a>)) {
        self.in_tag = true;
        if !self.unread_until.is_empty() {
            if tag.starts_with(self.unread_until) {
                self.unread_until = "";
            }
            return;
        }
        if let Some((_, end)) = UNREAD.iter().find(|(begin, _)| tag.starts_with(begin)) {
            self.unread_until = end;
            return;
        }
        let name = tag[1..].trim_start_matches('/');
        let end = name
            .find(|character: char| !character.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        match &name[..end] {
            "h2" | "h3" | "h4" | "h5" | "h6" if !tag.starts_with("</") => {
                part(Part::Heading);
                self.unread_until = "</h";
            }
            name if INLINE.contains(&name) => {}
            _ => part(Part::Gap),
        }
    }
}

/// Words with single spaces between them, and signs instead of their names.
fn words<'a>(text: &'a str, part: &mut impl FnMut(Part<'a>)) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if at < from {
            continue;
        }
        let (sign, length) = match byte {
            b' ' | b'\n' | b'\t' => ("", 1),
            b'&' => match text[at..].split_once(';').map(|(name, _)| name) {
                Some("&amp") => ("&", 5),
                Some("&lt") => ("<", 4),
                Some("&gt") => (">", 4),
                Some("&quot") => ("\"", 6),
                _ => continue,
            },
            _ => continue,
        };
        if from < at {
            part(Part::Text(&text[from..at]));
        }
        part(if sign.is_empty() {
            Part::Gap
        } else {
            Part::Text(sign)
        });
        from = at + length;
    }
    if from < text.len() {
        part(Part::Text(&text[from..]));
    }
}
