//! What can be wrong with a page, whoever wrote it: what keeps people from reading it, and what browsers would not do.

use super::markup::{Attribute, Part, Parts, Tag};

/// Something wrong with a page.
#[derive(Debug)]
pub(super) struct Fault<'a> {
    /// What.
    pub(super) kind: FaultKind,
    /// The tag it is about, as it is written; empty for the page as a whole.
    pub(super) written: &'a str,
    /// The name, address or number in question; may be empty.
    pub(super) detail: String,
}

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum FaultKind {
    NoLanguage,
    NoTitle,
    MainHeadings,
    SkippedHeading,
    EmptyHeading,
    NoAlternative,
    NoSize,
    NoWords,
    NoLabel,
    RepeatedId,
    MissingId,
    NoHeaderCells,
    Blocked,
    LeadsNowhere,
    NotClosed,
}

/// Whether an element has no end.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether the end of an element may be left out.
fn is_implied(name: &str) -> bool {
    matches!(
        name,
        "li" | "p"
            | "dt"
            | "dd"
            | "option"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "colgroup"
            | "html"
            | "head"
            | "body"
    )
}

/// An element that has begun.
struct Open<'a> {
    tag: Tag<'a>,
    /// How many words there were when it began.
    words: usize,
    /// Whether assistive technology leaves it out.
    hidden: bool,
    /// Whether it has a name of its own, whatever is in it.
    named: bool,
    /// Whether it is data for machines.
    is_data: bool,
}

/// Reads one page from its beginning to its end.
struct Reader<'a, 'k> {
    /// Whether there is something at an address of the site.
    is_known: &'k dyn Fn(&str) -> bool,
    open: Vec<Open<'a>>,
    words: usize,
    level: u8,
    main_headings: usize,
    has_language: bool,
    has_title: bool,
    /// Whether the table has header cells, for each that is open.
    tables: Vec<bool>,
    ids: Vec<(&'a str, Tag<'a>)>,
    /// Where an id is meant.
    references: Vec<(&'a str, Tag<'a>)>,
    labelled: Vec<&'a str>,
    /// Fields that only a label elsewhere can name, with their ids.
    fields: Vec<(&'a str, Tag<'a>)>,
    faults: Vec<Fault<'a>>,
}

/// Everything that is wrong with a page.
pub(super) fn faults<'a>(page: &'a str, is_known: &dyn Fn(&str) -> bool) -> Vec<Fault<'a>> {
    let mut reader = Reader {
        is_known,
        open: Vec::with_capacity(32),
        words: 0,
        level: 0,
        main_headings: 0,
        has_language: false,
        has_title: false,
        tables: Vec::new(),
        ids: Vec::with_capacity(32),
        references: Vec::new(),
        labelled: Vec::new(),
        fields: Vec::new(),
        faults: Vec::new(),
    };
    let mut parts = Parts::of(page);
    while let Some(part) = parts.next() {
        match part {
            Part::Open(tag) => reader.open(tag, parts.attributes()),
            Part::Close(name) => reader.close(name),
            Part::Text(text) => reader.text(text),
        }
    }
    reader.end();
    reader.faults
}

impl<'a> Reader<'a, '_> {
    fn say(&mut self, kind: FaultKind, tag: Tag<'a>, detail: &str) {
        self.faults.push(Fault {
            kind,
            written: tag.written,
            detail: detail.to_owned(),
        });
    }

    fn text(&mut self, text: &str) {
        let Some(around) = self.open.last() else {
            return;
        };
        if around.hidden || text.trim_ascii().is_empty() {
            return;
        }
        match around.tag.name {
            // Data for machines is no script; any other text in one is blocked.
            "script" if !around.is_data => self.say(FaultKind::Blocked, around.tag, "script"),
            "script" | "style" => {}
            "title" if self.open.len() <= 3 => self.has_title = true,
            _ => self.words += 1,
        }
    }

    fn open(&mut self, tag: Tag<'a>, attributes: &[Attribute<'a>]) {
        let mut hidden = self.open.last().is_some_and(|around| around.hidden);
        let mut named = false;
        for &(name, value) in attributes {
            match name {
                "id" => self.ids.push((value, tag)),
                "aria-hidden" if value == "true" => hidden = true,
                "aria-label" | "title" if !value.trim_ascii().is_empty() => named = true,
                "aria-labelledby" | "aria-describedby" | "aria-controls" => {
                    named |= name == "aria-labelledby";
                    let ids = value.split_ascii_whitespace();
                    self.references.extend(ids.map(|id| (id, tag)));
                }
                "for" => {
                    self.labelled.push(value);
                    self.references.push((value, tag));
                }
                "style" => self.say(FaultKind::Blocked, tag, "style="),
                "src" | "srcset" | "poster" | "action" | "formaction" | "data" | "href" => {
                    self.address(tag, attributes, name, value);
                }
                _ if name.starts_with("on") => self.say(FaultKind::Blocked, tag, name),
                _ => {}
            }
        }
        self.element(tag, attributes, hidden, named);
        if !is_void(tag.name) && !tag.written.ends_with("/>") {
            self.open.push(Open {
                tag,
                words: self.words,
                hidden,
                named,
                is_data: value(attributes, "type") == Some("application/ld+json"),
            });
        }
    }

    fn element(&mut self, tag: Tag<'a>, attributes: &[Attribute<'a>], hidden: bool, named: bool) {
        match tag.name {
            "html" => {
                self.has_language = value(attributes, "lang").is_some_and(|lang| !lang.is_empty());
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(tag),
            "img" => self.picture(tag, attributes, hidden),
            "input" | "select" | "textarea" => self.field(tag, attributes, named),
            "table" => self.tables.push(false),
            "th" => {
                if let Some(has_headers) = self.tables.last_mut() {
                    *has_headers = true;
                }
            }
            "style" | "iframe" | "object" | "embed" | "base" | "frame" => {
                self.say(FaultKind::Blocked, tag, tag.name);
            }
            _ => {}
        }
    }

    fn heading(&mut self, tag: Tag<'a>) {
        let level = tag.name.as_bytes()[1] - b'0';
        if level == 1 {
            self.main_headings += 1;
        }
        if self.level > 0 && level > self.level + 1 {
            self.say(FaultKind::SkippedHeading, tag, &format!("h{}", self.level));
        }
        self.level = level;
    }

    fn picture(&mut self, tag: Tag<'a>, attributes: &[Attribute<'a>], hidden: bool) {
        match value(attributes, "alt") {
            None if !hidden => self.say(FaultKind::NoAlternative, tag, ""),
            Some(alt) if !hidden && !alt.trim_ascii().is_empty() => self.words += 1,
            _ => {}
        }
        if value(attributes, "width").is_none() || value(attributes, "height").is_none() {
            self.say(FaultKind::NoSize, tag, "");
        }
    }

    fn field(&mut self, tag: Tag<'a>, attributes: &[Attribute<'a>], named: bool) {
        let needs_none = tag.name == "input"
            && matches!(
                value(attributes, "type"),
                Some("hidden" | "submit" | "button" | "reset" | "image")
            );
        let is_inside = self.open.iter().any(|open| open.tag.name == "label");
        if !(needs_none || named || is_inside) {
            let id = value(attributes, "id").unwrap_or_default();
            self.fields.push((id, tag));
        }
    }

    /// An address that is loaded, or to which something leads.
    fn address(
        &mut self,
        tag: Tag<'a>,
        attributes: &[Attribute<'a>],
        attribute: &str,
        address: &'a str,
    ) {
        if let Some(id) = address.strip_prefix('#') {
            // The top of the page needs no id.
            if !id.is_empty() && tag.name == "a" {
                self.references.push((id, tag));
            }
            return;
        }
        let is_loaded = match (tag.name, attribute) {
            ("link", "href") => is_loaded_from(value(attributes, "rel").unwrap_or_default()),
            (_, "href") => false,
            _ => true,
        };
        let is_own = address.starts_with('/') && !address.starts_with("//");
        if is_own {
            let path = address.split(['#', '?']).next().unwrap_or_default();
            if attribute != "srcset" && !(self.is_known)(path) {
                self.say(FaultKind::LeadsNowhere, tag, address);
            }
        }
        let names_host = |part: &str| {
            part.starts_with("//") || part.starts_with("data:") || part.contains("://")
        };
        if is_loaded && address.split_ascii_whitespace().any(names_host) {
            self.say(FaultKind::Blocked, tag, address);
        }
    }

    fn close(&mut self, name: &'a str) {
        let Some(from) = self.open.iter().rposition(|open| open.tag.name == name) else {
            self.faults.push(Fault {
                kind: FaultKind::NotClosed,
                written: "",
                detail: format!("</{name}>"),
            });
            return;
        };
        while self.open.len() > from {
            let Some(open) = self.open.pop() else {
                return;
            };
            if self.open.len() > from && !is_implied(open.tag.name) {
                self.say(FaultKind::NotClosed, open.tag, open.tag.name);
            }
            self.ended(&open);
        }
    }

    fn ended(&mut self, open: &Open<'a>) {
        let is_empty = self.words == open.words && !open.named && !open.hidden;
        match open.tag.name {
            "a" | "button" if is_empty => self.say(FaultKind::NoWords, open.tag, ""),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if is_empty => {
                self.say(FaultKind::EmptyHeading, open.tag, "");
            }
            "table" if self.tables.pop() == Some(false) => {
                self.say(FaultKind::NoHeaderCells, open.tag, "");
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        while let Some(open) = self.open.pop() {
            if !is_implied(open.tag.name) {
                self.say(FaultKind::NotClosed, open.tag, open.tag.name);
            }
        }
        let mut ids = std::mem::take(&mut self.ids);
        ids.sort_by_key(|(id, _)| *id);
        for pair in ids.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            self.say(FaultKind::RepeatedId, pair[1].1, pair[1].0);
        }
        for (id, tag) in std::mem::take(&mut self.references) {
            if ids.binary_search_by_key(&id, |(id, _)| id).is_err() {
                self.say(FaultKind::MissingId, tag, id);
            }
        }
        for (id, tag) in std::mem::take(&mut self.fields) {
            if !self.labelled.contains(&id) {
                self.say(FaultKind::NoLabel, tag, "");
            }
        }
        let whole = [
            (!self.has_language, FaultKind::NoLanguage),
            (!self.has_title, FaultKind::NoTitle),
            (self.main_headings != 1, FaultKind::MainHeadings),
        ];
        for (_, kind) in whole.into_iter().filter(|(is_wrong, _)| *is_wrong) {
            self.faults.push(Fault {
                kind,
                written: "",
                detail: self.main_headings.to_string(),
            });
        }
    }
}

/// The value of an attribute.
fn value<'a>(attributes: &[Attribute<'a>], name: &str) -> Option<&'a str> {
    let mut known = attributes.iter();
    known
        .find(|(known, _)| *known == name)
        .map(|(_, value)| *value)
}

/// Whether a browser fetches what a `<link>` of this kind names.
fn is_loaded_from(rel: &str) -> bool {
    const LOADED: [&str; 7] = [
        "stylesheet",
        "icon",
        "apple-touch-icon",
        "manifest",
        "preload",
        "modulepreload",
        "prefetch",
    ];
    rel.split_ascii_whitespace()
        .any(|rel| LOADED.contains(&rel))
}
