//! Where things take place.

use super::shared::{ADDRESS, DESCRIPTION, IMAGE, IMAGE_RULES, NOINDEX, ORDER, STATE, TITLE};
use super::words::words;
use super::{Field, Kind, Section, ValueKind};

/// A place to which visitors come.
pub const VENUE: Kind = Kind {
    name: "venue",
    section: Section::Venues,
    singular: words("място", "venue"),
    body: Some(words("как се стига до мястото", "how to get to the place")),
    groups: &[
        &[
            TITLE.called(
                words("Име", "Name"),
                words("Името на мястото.", "The name of the place."),
                "\"Име на мястото\"",
            ),
            DESCRIPTION,
        ],
        &[
            Field::new(
                "address",
                ValueKind::Text,
                words("Адрес", "Address"),
                words("Улица, номер и град.", "Street, number and town."),
                "\"Улица и номер, град\"",
            )
            .required(),
            Field::new(
                "accessibility",
                ValueKind::LongText,
                words("Достъпност", "Accessibility"),
                words(
                    "Има ли рампа, асансьор, достъпна тоалетна. Пишете само това, което е проверено.",
                    "Whether there is a ramp, a lift, an accessible toilet. Write only what was checked.",
                ),
                "\"Входът е без стъпала.\"",
            ),
            Field::new(
                "map",
                ValueKind::Link,
                words("Карта", "Map"),
                words(
                    "Връзка към мястото на карта.",
                    "A link to the place on a map.",
                ),
                "https://www.openstreetmap.org/",
            )
            .once(),
        ],
        &[IMAGE, ORDER],
        &ADDRESS,
        &[NOINDEX],
        &STATE,
    ],
    rules: &[IMAGE_RULES],
};
