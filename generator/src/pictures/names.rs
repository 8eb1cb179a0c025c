//! Which files of `content/media` may be published, by their names: browsers and servers go by these.
//!
//! The list is closed. What a browser would run (HTML, scripts) runs there as a part of the site, whoever wrote it; what a server
//! would run, or a visitor's system, is worse.

use super::messages::Fault;

/// The endings of files that may be published: pictures; documents; calendars, contacts and archives; sound and video with
/// subtitles.
pub(super) const ALLOWED: [&[&str]; 4] = [
    &["jpg", "jpeg", "png", "webp", "gif", "svg"],
    &[
        "pdf", "odt", "ods", "odp", "odg", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "rtf",
        "csv", "txt",
    ],
    &["ics", "vcf", "zip"],
    &[
        "mp3", "m4a", "ogg", "oga", "opus", "wav", "mp4", "m4v", "webm", "ogv", "mov", "vtt", "srt",
    ],
];

/// The endings of copies that programs leave behind.
const LEFT_BEHIND: [&str; 2] = ["bak", "tmp"];

/// Why a file with this path below `content/media` cannot be published, if so.
pub(super) fn fault(path: &str) -> Option<Fault> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (_, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let ending = ending.to_ascii_lowercase();
    let is_hidden = path.split('/').any(|part| part.starts_with(['~', '.']));
    if is_hidden || LEFT_BEHIND.contains(&ending.as_str()) {
        Some(Fault::LeftBehind)
    } else if ALLOWED.iter().any(|kind| kind.contains(&ending.as_str())) {
        None
    } else {
        Some(Fault::NotAllowed(ending))
    }
}
