//! Pages that stand alone, and the first of them.

use super::shared::{
    ADDRESS, DESCRIPTION, IMAGE, IMAGE_RULES, NOINDEX, PUBLISHED, PUBLISHED_RULES, STATE, TAGS,
    TITLE,
};
use super::words::words;
use super::{Field, Kind, Section, ValueKind};

/// A page that stands alone.
pub const PAGE: Kind = Kind {
    name: "page",
    section: Section::Pages,
    singular: words("страница", "page"),
    body: Some(words("текста на страницата", "the text of the page")),
    groups: &[
        &[TITLE, DESCRIPTION],
        &[Field::new(
            "form",
            ValueKind::Form,
            words("Формуляр", "Form"),
            words(
                "Формуляр под текста: името на файла му в content/forms, без .yaml.",
                "A form under the text: the name of its file in content/forms, without .yaml.",
            ),
            "registration",
        )
        .once()],
        &[TAGS, IMAGE],
        &PUBLISHED,
        &ADDRESS,
        &[NOINDEX],
        &STATE,
    ],
    rules: &[IMAGE_RULES, PUBLISHED_RULES],
};

/// The home page.
pub const HOME: Kind = Kind {
    name: "home",
    section: Section::Pages,
    singular: words("начална страница", "home page"),
    body: Some(words("текста на страницата", "the text of the page")),
    groups: &[
        &[TITLE, DESCRIPTION],
        &[
            Field::new(
                "lead",
                ValueKind::LongText,
                words("Обещание", "Promise"),
                words(
                    "Изречението под заглавието: какво получава посетителят.",
                    "The sentence under the title: what the visitor gets.",
                ),
                "\"Безплатна помощ на едно гише.\"",
            )
            .required(),
            Field::new(
                "facts",
                ValueKind::Texts,
                words("Накратко", "In short"),
                words(
                    "Три кратки факта, всеки на ред с тире.",
                    "Three short facts, each on a line with a hyphen.",
                ),
                "[\"Безплатно\", \"На едно място\"]",
            ),
            Field::new(
                "action",
                ValueKind::Map(ACTION),
                words("Бутон", "Button"),
                words("Единственият голям бутон.", "The one large button."),
                "",
            ),
            IMAGE,
        ],
        &ADDRESS,
        &STATE,
    ],
    rules: &[IMAGE_RULES],
};

const ACTION: &[Field] = &[
    Field::new(
        "page",
        ValueKind::Page,
        words("Страница", "Page"),
        words("Страницата, към която води.", "The page it leads to."),
        "pages/registratsia",
    )
    .required(),
    Field::new(
        "label",
        ValueKind::Text,
        words("Надпис", "Label"),
        words("Думите на бутона.", "The words on the button."),
        "\"Запиши се\"",
    )
    .required(),
];
