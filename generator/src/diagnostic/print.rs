//! Diagnostics for people at a terminal, for programs, and for the page of a change.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::{Diagnostic, MessageLanguage, Place, Severity};

/// How many notes of one code are shown in full: they are not to hide what stops publishing.
const NOTES: usize = 3;

/// What is shown once for each file, with the other lines: a new page has a mark in every second line.
const FOLDED: [&str; 1] = ["P01"];

/// Every diagnostic as text for a terminal, what matters most last, where it is seen first, and then a line that counts them. Of
/// notes that say the same of many places only the first ones are shown; the others are counted.
pub fn to_text(diagnostics: &[Diagnostic], language: MessageLanguage) -> String {
    let mut text = String::new();
    let mut notes: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for diagnostic in of(diagnostics, Severity::Note) {
        let (count, files) = notes.entry(diagnostic.code).or_default();
        *count += 1;
        if *count > NOTES {
            files.insert(&diagnostic.place.file);
        } else {
            block(&mut text, diagnostic, &[], language);
        }
    }
    for (code, (count, files)) in notes.iter().filter(|(_, (_, files))| !files.is_empty()) {
        let (more, files) = (count - NOTES, files.len());
        // Writing to a string cannot fail.
        let _ = match language {
            MessageLanguage::Bg => writeln!(
                text,
                "бележка[{code}]: още {more} такива, във файлове: {files}; всички: centre check --notes\n"
            ),
            MessageLanguage::En => writeln!(
                text,
                "note[{code}]: {more} more of them, in files: {files}; for all: centre check --notes\n"
            ),
        };
    }
    for severity in [Severity::Warning, Severity::Error] {
        let mut folded: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for found in of(diagnostics, severity).filter(|found| is_folded(found)) {
            let lines = folded.entry((found.code, &found.place.file)).or_default();
            lines.push(found.place.line);
        }
        for found in of(diagnostics, severity) {
            let lines = if is_folded(found) {
                folded.remove(&(found.code, found.place.file.as_str()))
            } else {
                Some(Vec::new())
            };
            if let Some(lines) = lines {
                block(
                    &mut text,
                    found,
                    lines.get(1..).unwrap_or_default(),
                    language,
                );
            }
        }
    }
    harmless(text + &last_lines(diagnostics, language))
}

fn of(diagnostics: &[Diagnostic], severity: Severity) -> impl Iterator<Item = &Diagnostic> {
    diagnostics
        .iter()
        .filter(move |found| found.severity == severity)
}

fn is_folded(found: &Diagnostic) -> bool {
    found.place.line > 0 && FOLDED.contains(&found.code)
}

/// Every diagnostic as text for a terminal, in the same order, none left out or put together.
pub fn to_full_text(diagnostics: &[Diagnostic], language: MessageLanguage) -> String {
    let mut text = String::new();
    for severity in [Severity::Note, Severity::Warning, Severity::Error] {
        for diagnostic in of(diagnostics, severity) {
            block(&mut text, diagnostic, &[], language);
        }
    }
    harmless(text + &last_lines(diagnostics, language))
}

/// How many there are, and of how many the program knows what to do.
fn last_lines(diagnostics: &[Diagnostic], language: MessageLanguage) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let mut text = summary(diagnostics, language) + "\n";
    let certain = diagnostics.iter().filter(|found| found.fix.is_some());
    match (certain.count(), language) {
        (0, _) => {}
        (count, MessageLanguage::Bg) => {
            let _ = writeln!(text, "`centre check --fix` ще поправи: {count}");
        }
        (count, MessageLanguage::En) => {
            let _ = writeln!(text, "`centre check --fix` mends: {count}");
        }
    }
    let waiting = diagnostics.iter().filter(|found| found.in_draft).count();
    let _ = match (waiting, language) {
        (0, _) => Ok(()),
        (1, MessageLanguage::Bg) => {
            writeln!(text, "1 от тях става грешка, щом махнете  draft: true")
        }
        (count, MessageLanguage::Bg) => {
            writeln!(
                text,
                "{count} от тях стават грешки, щом махнете  draft: true"
            )
        }
        (1, MessageLanguage::En) => {
            writeln!(
                text,
                "1 of these becomes an error once  draft: true  is removed"
            )
        }
        (count, MessageLanguage::En) => {
            writeln!(
                text,
                "{count} of these become errors once  draft: true  is removed"
            )
        }
    };
    text
}

/// The text without signs that a terminal would obey: what is quoted may hold anything.
fn harmless(text: String) -> String {
    let is_obeyed = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\t');
    // Bytes are looked through faster than letters; 0xc2 begins the signs above 0x7f.
    let may_be =
        |byte: u8| byte < b' ' && !matches!(byte, b'\n' | b'\t') || matches!(byte, 0x7f | 0xc2);
    if text.bytes().any(may_be) {
        text.replace(is_obeyed, "\u{fffd}")
    } else {
        text
    }
}

/// Every diagnostic as a JSON list, in both languages.
pub fn to_json(diagnostics: &[Diagnostic]) -> String {
    serde_json::to_string_pretty(diagnostics).unwrap_or_default() + "\n"
}

/// Every diagnostic as a workflow command, which GitHub shows at the line.
pub fn to_github(diagnostics: &[Diagnostic], language: MessageLanguage) -> String {
    let mut text = String::new();
    for Diagnostic {
        code,
        severity,
        place,
        message,
        hint,
        ..
    } in diagnostics
    {
        let level = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let hint = hint
            .as_ref()
            .map(|hint| format!("%0A{}", command_text(hint.in_language(language))))
            .unwrap_or_default();
        let message = command_text(message.in_language(language));
        let Place {
            file, line, column, ..
        } = place;
        let file = command_text(file).replace(':', "%3A").replace(',', "%2C");
        let place = match line {
            0 => file,
            line => format!("{file},line={line},col={column}"),
        };
        text.push_str(&format!(
            "::{level} file={place},title={code}::{message}{hint}\n"
        ));
    }
    text
}

/// Text inside a workflow command, which ends with the line.
fn command_text(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// One diagnostic; `others` are further lines of which the same is to be said.
fn block(text: &mut String, diagnostic: &Diagnostic, others: &[usize], language: MessageLanguage) {
    let Diagnostic {
        code,
        severity,
        place,
        message,
        hint,
        ..
    } = diagnostic;
    let (severity, hint_word) = match (language, severity) {
        (MessageLanguage::Bg, Severity::Error) => ("грешка", "помощ"),
        (MessageLanguage::Bg, Severity::Warning) => ("внимание", "помощ"),
        (MessageLanguage::Bg, Severity::Note) => ("бележка", "помощ"),
        (MessageLanguage::En, Severity::Error) => ("error", "help"),
        (MessageLanguage::En, Severity::Warning) => ("warning", "help"),
        (MessageLanguage::En, Severity::Note) => ("note", "help"),
    };
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{severity}[{code}]: {}",
        message.in_language(language)
    );
    if place.line == 0 {
        let _ = writeln!(text, " --> {}", place.file);
    } else {
        let number = place.line.to_string();
        let gutter = " ".repeat(number.len());
        let _ = writeln!(
            text,
            "{gutter}--> {}:{}:{}",
            place.file, place.line, place.column
        );
        let _ = writeln!(text, "{number} | {}", place.excerpt.replace('\t', "→"));
        let _ = writeln!(
            text,
            "{gutter} | {}{}",
            " ".repeat(place.before),
            "^".repeat(place.width)
        );
    }
    if let Some(hint) = hint {
        let _ = writeln!(text, "  = {hint_word}: {}", hint.in_language(language));
    }
    if !others.is_empty() {
        let lines: Vec<String> = others.iter().map(ToString::to_string).collect();
        let lines = lines.join(", ");
        let _ = match language {
            MessageLanguage::Bg => writeln!(text, "  = същото и на ред: {lines}"),
            MessageLanguage::En => writeln!(text, "  = the same on line: {lines}"),
        };
    }
    text.push('\n');
}

/// „3 грешки, 2 предупреждения и 1 бележка в 2 файла“
pub fn summary(diagnostics: &[Diagnostic], language: MessageLanguage) -> String {
    let of = |severity| {
        let found = diagnostics.iter().map(|diagnostic| diagnostic.severity);
        found.filter(|found| *found == severity).count()
    };
    let counted = [Severity::Error, Severity::Warning, Severity::Note].map(of);
    let [errors, warnings, notes] = counted;
    let mut files: Vec<&str> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.place.file.as_str())
        .collect();
    files.sort_unstable();
    files.dedup();
    let count =
        |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let (counts, joint, place) = match language {
        MessageLanguage::Bg => (
            [
                count(errors, "грешка", "грешки"),
                count(warnings, "предупреждение", "предупреждения"),
                count(notes, "бележка", "бележки"),
            ],
            " и ",
            format!(" в {}", count(files.len(), "файл", "файла")),
        ),
        MessageLanguage::En => (
            [
                count(errors, "error", "errors"),
                count(warnings, "warning", "warnings"),
                count(notes, "note", "notes"),
            ],
            " and ",
            format!(" in {}", count(files.len(), "file", "files")),
        ),
    };
    let shown: Vec<&str> = counts
        .iter()
        .zip(counted)
        .filter(|(_, n)| *n > 0)
        .map(|(count, _)| count.as_str())
        .collect();
    let counts = match shown.split_last() {
        Some((last, before)) if !before.is_empty() => before.join(", ") + joint + last,
        _ => shown.concat(),
    };
    counts + &place
}
