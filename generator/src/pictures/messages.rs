//! What editors are told about their pictures.

use crate::diagnostic::{Diagnostic, Place, Text};

/// Why a file cannot be published as a picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// It breaks off, or is not what its name says.
    Damaged,
    /// Larger than any camera makes them.
    TooManyPixels(u32, u32),
    /// Of a format that browsers do not show.
    Foreign(&'static str),
    /// Left behind by a program, by its name.
    LeftBehind,
    /// Of a kind that is not published; its ending, which may be empty.
    NotAllowed(String),
    /// A drawing in which something would run; what.
    Runs(String),
}

fn place(path: &str) -> Place {
    Place::file(format!("content/media/{path}"))
}

/// A file that cannot be published.
pub(super) fn fault(path: &str, fault: Fault) -> Diagnostic {
    let place = place(path);
    match fault {
        Fault::Damaged => Diagnostic::error(
            "L30",
            place,
            Text::new(
                "снимката е повредена: файлът прекъсва или не е това, което казва името му",
                "the picture is damaged: the file breaks off, or is not what its name says",
            ),
        )
        .hint(Text::new(
            "копирайте я отново от фотоапарата или телефона, или я отворете и запишете като JPEG",
            "copy it again from the camera or the phone, or open it and save it as JPEG",
        )),
        Fault::TooManyPixels(width, height) => Diagnostic::error(
            "L30",
            place,
            Text::new(
                format!("снимката е {width} на {height} точки; толкова голяма не можем да отворим"),
                format!("the picture has {width} by {height} pixels; one as large as that cannot be opened"),
            ),
        )
        .hint(Text::new(
            "намалете я до 4000 точки по дългата страна",
            "make it smaller, 4000 pixels on the longer side",
        )),
        Fault::Foreign(format) => Diagnostic::error(
            "L31",
            place,
            Text::new(
                format!("снимка във формат {format} не се показва във всеки браузър"),
                format!("not every browser shows a picture of the format {format}"),
            ),
        )
        .hint(Text::new(
            "отворете я и я запишете като JPEG",
            "open it and save it as JPEG",
        )),
        Fault::LeftBehind => Diagnostic::error(
            "L37",
            place,
            Text::new(
                "това е файл, който програма е оставила след себе си, и не се публикува",
                "this file was left behind by a program, and is not published",
            ),
        )
        .hint(Text::new("изтрийте го", "delete it")),
        Fault::NotAllowed(ending) => Diagnostic::error(
            "L37",
            place,
            if ending.is_empty() {
                Text::new(
                    "името на файла няма окончание, което да казва какъв е",
                    "the name of the file has no ending that says what it is",
                )
            } else {
                Text::new(
                    format!("файлове „.{ending}“ не се публикуват"),
                    format!("files “.{ending}” are not published"),
                )
            },
        )
        .hint(Text::new(
            format!("може: {}; запишете го като един от тези видове или го изтрийте", kinds(["снимки", "документи", "календари, визитки и архиви", "звук и видео"])),
            format!("there may be {}; save it as one of these kinds, or delete it", kinds(["pictures", "documents", "calendars, contacts and archives", "sound and video"])),
        )),
        Fault::Runs(what) => Diagnostic::error(
            "L32",
            place,
            Text::new(
                format!("в рисунката има нещо, което се изпълнява или зарежда друго: {what}"),
                format!("something in the drawing runs, or loads something else: {what}"),
            ),
        )
        .hint(Text::new(
            "запишете я отново като „обикновен SVG“ или като PNG",
            "save it again as “plain SVG”, or as PNG",
        )),
    }
}

/// „снимки (jpg, png), документи (pdf)“
fn kinds(names: [&str; 4]) -> String {
    let kinds = names.iter().zip(super::names::ALLOWED);
    let kinds = kinds.map(|(name, endings)| format!("{name} ({})", endings.join(", ")));
    kinds.collect::<Vec<_>>().join(", ")
}

/// A picture whose colours are for a printing press.
pub(super) fn for_printing(path: &str) -> Diagnostic {
    Diagnostic::warning(
        "L33",
        place(path),
        Text::new(
            "снимката е с цветове за печат (CMYK); на екран те ще изглеждат различно",
            "the picture has colours for printing (CMYK); they will look different on a screen",
        ),
    )
    .hint(Text::new("запишете я като RGB", "save it as RGB"))
}

/// A picture that moves.
pub(super) fn moves(path: &str) -> Diagnostic {
    Diagnostic::warning(
        "L34",
        place(path),
        Text::new(
            "снимката се движи и не може да бъде спряна; на мнозина това пречи да четат",
            "the picture moves and cannot be stopped; many people cannot read beside it",
        ),
    )
    .hint(Text::new(
        "сложете неподвижна снимка, а движението – като видео",
        "put a still picture here, and what moves into a video",
    ))
}

/// More than a photograph that was made for the web ever needs, in bytes.
pub(super) const LARGE: usize = 8 * 1024 * 1024;

/// A file that is too large to keep.
pub(super) fn large(path: &str, bytes: usize) -> Diagnostic {
    let (bg, en) = megabytes(bytes);
    Diagnostic::warning(
        "L10",
        place(path),
        Text::new(
            format!("снимката е {bg} MB; сайтът прави по-малки копия, но файлът остава завинаги в историята"),
            format!("the picture is {en} MB; the site makes smaller copies, but the file stays in the history for ever"),
        ),
    )
    .hint(Text::new(
        "намалете я до 2500 точки по дългата страна",
        "make it smaller, 2500 pixels on the longer side",
    ))
}

/// „7,2“ and “7.2”.
pub(super) fn megabytes(bytes: usize) -> (String, String) {
    let tenths = (bytes * 10 + 512 * 1024) / (1024 * 1024);
    let (whole, part) = (tenths / 10, tenths % 10);
    (format!("{whole},{part}"), format!("{whole}.{part}"))
}
