//! Who works here.

use super::shared::{DESCRIPTION, IMAGE, IMAGE_RULES, ORDER, STATE, TITLE};
use super::words::words;
use super::{Field, Kind, Section, ValueKind};

/// A person whom visitors may turn to.
pub const PERSON: Kind = Kind {
    name: "person",
    section: Section::People,
    singular: words("човек", "person"),
    body: None,
    groups: &[
        &[
            TITLE.called(
                words("Име", "Name"),
                words("Името на човека.", "The person’s name."),
                "\"Име Фамилия\"",
            ),
            Field {
                required: false,
                ..DESCRIPTION.called(
                    words("За човека", "About the person"),
                    words(
                        "Едно изречение: с какво може да помогне.",
                        "One sentence: what they can help with.",
                    ),
                    "\"Помага с автобиографии и разговори за работа.\"",
                )
            },
            Field::new(
                "role",
                ValueKind::Text,
                words("Длъжност", "Role"),
                words("Какво прави в центъра.", "What they do at the centre."),
                "\"Консултант\"",
            )
            .required(),
            Field::new(
                "email",
                ValueKind::Email,
                words("Имейл", "E-mail"),
                words(
                    "Служебен имейл. Вижда се от всички.",
                    "An e-mail address of the office. Everybody sees it.",
                ),
                "ime@example.org",
            )
            .once(),
            Field::new(
                "telephone",
                ValueKind::Telephone,
                words("Телефон", "Telephone"),
                words(
                    "Служебен телефон с кода на държавата. Вижда се от всички.",
                    "A telephone number of the office with the country’s code. Everybody sees it.",
                ),
                "\"+359 32 123 456\"",
            )
            .once(),
        ],
        &[IMAGE, ORDER],
        &STATE,
    ],
    rules: &[IMAGE_RULES],
};
