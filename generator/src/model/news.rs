//! What happened.

use super::shared::{
    ADDRESS, DESCRIPTION, IMAGE, IMAGE_RULES, NOINDEX, PUBLISHED, PUBLISHED_RULES, STATE, TAGS,
    TITLE,
};
use super::words::words;
use super::{Field, Kind, Section, ValueKind};

/// A piece of news.
pub const NEWS: Kind = Kind {
    name: "news",
    section: Section::News,
    singular: words("новина", "piece of news"),
    body: Some(words("текста на новината", "the text of the news")),
    groups: &[
        &[TITLE, DESCRIPTION],
        &[
            Field::new(
                "date",
                ValueKind::Day,
                words("Дата", "Date"),
                words(
                    "Денят на новината: година-месец-ден.",
                    "The day of the news: year-month-day.",
                ),
                "2027-03-15",
            )
            .required()
            .once(),
            Field::new(
                "event",
                ValueKind::Reference(Section::Events),
                words("Събитие", "Event"),
                words(
                    "За кое събитие е новината: името на файл от content/events, без .md.",
                    "Which event the news is about: the name of a file in content/events, without .md.",
                ),
                "ime-na-sabitie",
            )
            .once(),
        ],
        &[TAGS, IMAGE],
        &PUBLISHED,
        &ADDRESS,
        &[NOINDEX],
        &STATE,
    ],
    rules: &[IMAGE_RULES, PUBLISHED_RULES],
};
