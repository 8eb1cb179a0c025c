//! What editors can write, as data: each kind of page with its fields and with the rules between them.
//!
//! Declared once, here. Reading ([`parse`](crate::parse)), messages and `new` follow it, so a field is added by one line in
//! one of these tables. Nothing here knows how a file is read or how a page is drawn.

mod section;
mod words;
mod field;
mod rule;
mod kind;
mod shared;
mod pages;
mod services;
mod news;
mod events;
mod people;
mod documents;
mod venues;

pub use field::{Choice, Field, Said, ValueKind};
pub use kind::Kind;
pub use rule::{Relation, Rule};
pub use section::Section;
pub use words::Words;

pub use documents::DOCUMENT;
pub use events::EVENT;
pub use news::NEWS;
pub use pages::{HOME, PAGE};
pub use people::PERSON;
pub use services::SERVICE;
pub use venues::VENUE;

/// Every kind.
pub const KINDS: [&Kind; 8] = [
    &PAGE, &HOME, &SERVICE, &NEWS, &EVENT, &PERSON, &DOCUMENT, &VENUE,
];

/// The kind of what is in a folder.
pub fn kind_of(section: Section, is_home: bool) -> &'static Kind {
    match section {
        Section::Pages if is_home => &HOME,
        Section::Pages => &PAGE,
        Section::Services => &SERVICE,
        Section::News => &NEWS,
        Section::Events => &EVENT,
        Section::People => &PERSON,
        Section::Documents => &DOCUMENT,
        Section::Venues => &VENUE,
    }
}

/// What some fields are called besides.
const ALSO: [(&str, &str); 12] = [
    ("капацитет", "capacity"),
    ("брой места", "capacity"),
    ("краен срок", "closes_at"),
    ("край на записването", "closes_at"),
    ("начало на записването", "opens_at"),
    ("кога", "starts_at"),
    ("къде", "place"),
    ("тагове", "tags"),
    ("етикети", "tags"),
    ("картинка", "image"),
    ("изображение", "image"),
    ("превод от", "translated_from"),
];

/// The names of the fields that are called so in front of editors, in either language: some write what they read.
pub fn names_called(label: &str) -> impl Iterator<Item = &'static str> {
    let label = label.trim().to_lowercase();
    let fields = KINDS.into_iter().flat_map(Kind::fields);
    let all = fields.flat_map(|field| std::iter::once(field).chain(field.inside()));
    let also = ALSO.iter().find(|(called, _)| *called == label);
    let also = also.map(|(_, name)| *name);
    all.filter(move |field| {
        let words = [field.label.bg, field.label.en];
        words.iter().any(|words| words.to_lowercase() == label)
    })
    .map(|field| field.name)
    .chain(also)
}
