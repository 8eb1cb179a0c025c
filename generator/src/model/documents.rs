//! Files that visitors may need.

use super::shared::{DESCRIPTION, STATE, TAGS, TITLE};
use super::words::words;
use super::{Field, Kind, Section, ValueKind};

/// A file that visitors may need. How large it is and of what sort is seen from the file.
pub const DOCUMENT: Kind = Kind {
    name: "document",
    section: Section::Documents,
    singular: words("документ", "document"),
    body: None,
    groups: &[
        &[TITLE, DESCRIPTION],
        &[
            Field::new(
                "file",
                ValueKind::Media,
                words("Файл", "File"),
                words(
                    "Самият документ: файл от папката content/media. Размерът и видът му се показват сами.",
                    "The document itself: a file in the folder content/media. Its size and sort are shown by themselves.",
                ),
                "/media/pravilnik.pdf",
            )
            .required()
            .once(),
            Field::new(
                "date",
                ValueKind::Day,
                words("Дата", "Date"),
                words(
                    "От кога е документът: година-месец-ден.",
                    "The day of the document: year-month-day.",
                ),
                "2027-03-15",
            )
            .required()
            .once(),
        ],
        &[TAGS],
        &STATE,
    ],
    rules: &[],
};
