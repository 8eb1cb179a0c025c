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
        &[TITLE, MENU_TITLE, DESCRIPTION],
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
            Field::new(
                "steps",
                ValueKind::Texts,
                words("Стъпки", "Steps"),
                words(
                    "Как минава едно посещение, стъпка по стъпка.",
                    "How a visit goes, step by step.",
                ),
                "[\"Идваш\", \"Говориш с експерт\"]",
            ),
            Field::new(
                "visit",
                ValueKind::Map(ACTION),
                words("Под стъпките", "Under the steps"),
                words(
                    "Връзка към страницата за посещението.",
                    "A link to the page on the visit.",
                ),
                "",
            ),
            Field::new(
                "project",
                ValueKind::Map(ACTION),
                words("Под финансирането", "Under the funding"),
                words(
                    "Връзка към страницата за проекта.",
                    "A link to the page on the project.",
                ),
                "",
            ),
            IMAGE,
        ],
        &ADDRESS,
        &STATE,
    ],
    rules: &[IMAGE_RULES],
};

/// What menus call it.
const MENU_TITLE: Field = Field::new(
    "menu_title",
    ValueKind::Text,
    words("В менюто", "In the menu"),
    words(
        "Една-две думи за менюто, ако заглавието е дълго.",
        "A word or two for the menu, where the title is long.",
    ),
    "\"Посещение\"",
)
.at_most(20);

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
