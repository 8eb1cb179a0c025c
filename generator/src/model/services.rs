//! What the centre does.

use super::shared::{
    ADDRESS, DESCRIPTION, IMAGE, IMAGE_RULES, NOINDEX, ORDER, PUBLISHED, PUBLISHED_RULES, STATE,
    TAGS, TITLE,
};
use super::words::words;
use super::{Field, Kind, Section, ValueKind};

/// A service.
pub const SERVICE: Kind = Kind {
    name: "service",
    section: Section::Services,
    singular: words("услуга", "service"),
    body: Some(words(
        "какво представлява услугата и с какво да дойде човек",
        "what the service is and what to bring",
    )),
    groups: &[
        &[TITLE, DESCRIPTION],
        &[
            Field::new(
                "strand",
                ValueKind::Text,
                words("Направление", "Strand"),
                words(
                    "Краткото име на направлението, над заглавието.",
                    "The short name of the strand, above the title.",
                ),
                "\"Кариера\"",
            )
            .required(),
            Field::new(
                "audience",
                ValueKind::LongText,
                words("За кого е", "For whom"),
                words(
                    "За кого е услугата, в едно изречение.",
                    "For whom the service is, in one sentence.",
                ),
                "\"За хора, които търсят работа.\"",
            )
            .required(),
            Field::new(
                "steps",
                ValueKind::Texts,
                words("Стъпки", "Steps"),
                words(
                    "Как протича услугата, стъпка по стъпка.",
                    "How the service goes, step by step.",
                ),
                "[\"Записваш се\", \"Идваш на разговор\"]",
            ),
            ORDER,
            Field::new(
                "contact",
                ValueKind::Reference(Section::People),
                words("Човек за връзка", "Contact"),
                words(
                    "Към кого да се обърне посетителят: името на файл от content/people, без .md.",
                    "Whom the visitor can ask: the name of a file in content/people, without .md.",
                ),
                "ime-na-konsultant",
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
