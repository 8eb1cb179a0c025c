//! Which page a file is, from its name.

use forms::{Language, Slug};

use super::{DocumentId, Section};
use crate::diagnostic::{Diagnostic, Fix, Place, Text, closest, did_you_mean};
use crate::parse::settings::Settings;
use crate::source::SourceFile;

/// The page and the language of a file; what is wrong with its name is reported.
pub(super) fn identity(
    file: &SourceFile,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(DocumentId, Language)> {
    let folder = file.path.rsplit('/').nth(1).unwrap_or_default();
    let section = Section::of_folder(folder)?;
    let (stem, tag) = match file.stem().rsplit_once('.') {
        Some((stem, tag)) => (stem, Some(tag)),
        None => (file.stem(), None),
    };
    let Ok(stem) = Slug::parse(stem) else {
        diagnostics.push(bad_file_name(file));
        return None;
    };
    let default = &settings.languages.first()?.0;
    let language = match tag {
        None => default.clone(),
        Some(tag) => match settings
            .languages
            .iter()
            .find(|(language, _)| language.as_str() == tag)
        {
            Some((language, _)) => language.clone(),
            None => {
                diagnostics.push(unknown_language(file, tag, settings));
                return None;
            }
        },
    };
    Some((DocumentId { section, stem }, language))
}

/// What is said of a file that is not UTF-8.
pub(crate) fn not_utf8(file: &SourceFile) -> Option<Diagnostic> {
    let at = file.broken_at?;
    let place = Place::span(file, &(at..at + 1));
    let Some(foreign) = &file.foreign else {
        let message = Text::new(
            "файлът не е записан в UTF-8",
            "this file is not saved as UTF-8",
        );
        let hint = Text::new(
            "запишете го отново с кодиране UTF-8",
            "save it again with Encoding: UTF-8",
        );
        return Some(Diagnostic::error("F01", place, message).hint(hint));
    };
    let encoding = foreign.encoding;
    let message = Text::new(
        format!("файлът не е записан в UTF-8 (изглежда като {encoding})"),
        format!("this file is not saved as UTF-8 (it looks like {encoding})"),
    );
    let hint = Text::new(
        "запишете го отново с кодиране UTF-8 или пуснете `check --fix`, което ще го преобразува",
        "save it again with Encoding: UTF-8, or run `check --fix`, which converts it",
    );
    let fix = Fix::Text(foreign.text.clone());
    Some(
        Diagnostic::error("F01", place, message)
            .hint(hint)
            .maybe_fix(Some(fix)),
    )
}

/// What is said of signs that are no text: of the first one, and how many there are. Feeds with them could not be read, and nobody sees
/// them in an editor; they come along when text is copied from a document.
pub(crate) fn not_text(file: &SourceFile) -> Option<Diagnostic> {
    // Most files have none, and bytes are looked through faster than letters.
    if !file.text.bytes().any(may_be_no_text) {
        return None;
    }
    let mut signs = file
        .text
        .char_indices()
        .filter(|(_, sign)| is_no_text(*sign));
    let (at, sign) = signs.next()?;
    let count = 1 + signs.count();
    let code = u32::from(sign);
    let (bg, en) = if count == 1 {
        (String::new(), String::new())
    } else {
        (
            format!("; във файла са {count}"),
            format!("; there are {count} of them in the file"),
        )
    };
    Some(
        Diagnostic::error(
            "F08",
            Place::span(file, &(at..at + sign.len_utf8())),
            Text::new(
                format!("тук има знак, който не е текст и не се вижда (U+{code:04X}){bg}"),
                format!("there is a sign here that is no text and cannot be seen (U+{code:04X}){en}"),
            ),
        )
        .hint(Text::new(
            "изтрийте го заедно с буквите до него и ги напишете отново; такива знаци идват с текст, копиран от документ",
            "delete it with the letters beside it, and type those again; signs like this come with text that is copied from a document",
        )),
    )
}

/// What neither HTML nor XML may hold.
fn is_no_text(sign: char) -> bool {
    let is_space = matches!(sign, '\t' | '\n' | '\r');
    sign.is_control() && !is_space || matches!(sign, '\u{fffe}' | '\u{ffff}')
}

/// Whether a byte may belong to such a sign.
fn may_be_no_text(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || matches!(byte, 0x7f | 0xc2 | 0xef)
}

/// A file whose name cannot be an address.
pub(crate) fn bad_file_name(file: &SourceFile) -> Diagnostic {
    let (stem, language) = match file.stem().rsplit_once('.') {
        Some((stem, tag)) if tag.len() <= 3 => (stem, format!(".{tag}")),
        _ => (file.stem(), String::new()),
    };
    let ending = file.path.rsplit('.').next().unwrap_or("md");
    let suggested = crate::parse::transliterate::slug(stem);
    let name = format!("{suggested}{language}.{ending}");
    Diagnostic::error(
        "F05",
        Place::file(&file.path),
        Text::new(
            "в имената на файловете се допускат само a–z, 0–9 и дефис",
            "file names may use only a–z, 0–9 and hyphens",
        ),
    )
    .maybe_hint((!suggested.is_empty()).then(|| did_you_mean(&name)))
    .maybe_fix((!suggested.is_empty()).then(|| Fix::Rename(name.clone())))
}

fn unknown_language(file: &SourceFile, tag: &str, settings: &Settings) -> Diagnostic {
    let known: Vec<&str> = settings
        .languages
        .iter()
        .map(|(language, _)| language.as_str())
        .collect();
    let meant = closest(tag, &known).map(|meant| {
        did_you_mean(
            &file
                .path
                .replace(&format!(".{tag}.md"), &format!(".{meant}.md")),
        )
    });
    let known = known.join(", ");
    let has = Text::new(
        format!("този сайт има: {known}"),
        format!("this site has: {known}"),
    );
    Diagnostic::error(
        "F06",
        Place::file(&file.path),
        Text::new(
            format!("непознат език „{tag}“ в името на файла"),
            format!("unknown language “{tag}” in the file name"),
        ),
    )
    .hint(match meant {
        Some(meant) => Text::new(
            format!("{}; {}", meant.bg, has.bg),
            format!("{}; {}", meant.en, has.en),
        ),
        None => has,
    })
}
