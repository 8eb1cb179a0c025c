//! What a merge that failed leaves in a file.

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::source::SourceFile;

/// What is said of a file in which two versions of the same lines stand one after the other.
pub(crate) fn conflict(file: &SourceFile) -> Option<Diagnostic> {
    if !file.text.contains("<<<<<<<") && !file.text.contains(">>>>>>>") {
        return None;
    }
    let mut at = 0;
    let mut first = None;
    let mut numbers: Vec<String> = Vec::new();
    for (number, line) in file.text.split_inclusive('\n').enumerate() {
        let text = line.trim_end();
        let ends = text.starts_with("<<<<<<<") || text.starts_with(">>>>>>>");
        let between = text == "=======" || text.starts_with("|||||||");
        if ends || (between && first.is_some()) {
            first.get_or_insert(at..at + text.len());
            numbers.push((number + 1).to_string());
        }
        at += line.len();
    }
    let place = Place::span(file, &first?);
    let last = numbers.pop()?;
    let (bg, en) = if numbers.is_empty() {
        (format!("ред {last}"), format!("line {last}"))
    } else {
        let before = numbers.join(", ");
        (
            format!("редове {before} и {last}"),
            format!("lines {before} and {last}"),
        )
    };
    Some(
        Diagnostic::error(
            "F04",
            place,
            Text::new(
                "двама души са променили едно и също място и промените не са обединени",
                "two people changed this place and the changes were not merged",
            ),
        )
        .hint(Text::new(
            format!("оставете едната версия и изтрийте редовете <<<<<<<, ======= и >>>>>>> ({bg})"),
            format!(
                "keep one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>> ({en})"
            ),
        )),
    )
}
