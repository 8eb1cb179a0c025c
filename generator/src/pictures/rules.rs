//! Rules for pictures that need the whole site: whether they are there, how they are described, how much a phone loads.

use std::collections::BTreeSet;

use super::{Pictures, markup, messages};
use crate::diagnostic::{Diagnostic, Place, Placed, Text, closest, did_you_mean};
use crate::parse::Parsed;
use crate::parse::markdown::Mark;
use crate::site::Site;

/// What all pictures of a page together may weigh on a phone, in bytes: two seconds on a slow network.
const BUDGET: usize = 800 * 1024;

/// Checks every picture of every page.
pub(crate) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let mut missing = Vec::new();
    for entry in &site.entries {
        for (language, version) in &entry.versions {
            let marks = &version.body.pictures;
            for mark in marks {
                if !is_known(site, &mark.src.value) {
                    missing.push(&mark.src);
                }
                diagnostics.extend(
                    mark.alt
                        .as_deref()
                        .and_then(|alt| idle_description(alt, mark)),
                );
            }
            // What is in the page is the same in every language, nearly always; said once is enough.
            if site.languages().next() == Some(language) {
                let weight = weight(site, marks);
                if weight > BUDGET {
                    diagnostics.push(heavy(&version.place, weight));
                }
            }
        }
    }
    diagnostics.extend(
        missing
            .into_iter()
            .map(|src| not_found(src, &site.pictures)),
    );
}

fn is_known(site: &Site, src: &str) -> bool {
    site.pictures.written(src).is_some()
}

/// Every picture once, as a phone loads it.
fn weight(site: &Site, marks: &[Mark]) -> usize {
    let sources: BTreeSet<&str> = marks.iter().map(|mark| mark.src.value.as_str()).collect();
    sources
        .into_iter()
        .filter_map(|src| site.pictures.written(src))
        .map(markup::bytes_on_a_phone)
        .sum()
}

fn heavy(place: &Place, weight: usize) -> Diagnostic {
    let ((bg, en), (most_bg, most_en)) = (messages::megabytes(weight), messages::megabytes(BUDGET));
    Diagnostic::warning(
        "L35",
        Place::file(&place.file),
        Text::new(
            format!("телефонът зарежда {bg} MB снимки за тази страница; до {most_bg} MB се чакат с търпение"),
            format!("a phone loads {en} MB of pictures for this page; up to {most_en} MB is waited for"),
        ),
    )
    .hint(Text::new(
        "оставете най-важните снимки, а другите сложете на отделна страница",
        "keep the most important pictures, and put the others on a page of their own",
    ))
}

/// What people write who do not know whom the description is for.
const IDLE: [&str; 8] = [
    "снимка на",
    "снимка:",
    "картинка на",
    "изображение на",
    "picture of",
    "photo of",
    "image of",
    "photograph of",
];
const NAMES: [&str; 9] = [
    "jpg", "jpeg", "png", "webp", "gif", "svg", "heic", "avif", "tif",
];

fn idle_description(alt: &str, mark: &Mark) -> Option<Diagnostic> {
    let lower = alt.trim().to_lowercase();
    let name = mark
        .src
        .value
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let stem = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    let is_name = lower == name
        || lower == stem
        || lower
            .rsplit_once('.')
            .is_some_and(|(_, ending)| NAMES.contains(&ending));
    let message = if is_name {
        Text::new(
            "името на файла не е описание",
            "a file name is not a description",
        )
    } else if IDLE.iter().any(|idle| lower.starts_with(idle)) {
        Text::new(
            "че е снимка, се знае и без да е казано",
            "that it is a picture is known without being said",
        )
    } else {
        return None;
    };
    Some(
        Diagnostic::warning("L08", mark.src.place.clone(), message).hint(Text::new(
            "напишете с едно кратко изречение какво се вижда",
            "write what the picture shows, in one short sentence",
        )),
    )
}

/// A picture that is not there, or is no picture.
fn not_found(src: &Placed<String>, pictures: &Pictures) -> Diagnostic {
    let written = src.value.trim_start_matches('/');
    let wanted = written.strip_prefix("media/").unwrap_or(written);
    let lower = wanted.to_lowercase();
    let names: Vec<&str> = pictures.names().collect();
    let other_case = names
        .iter()
        .copied()
        .find(|name| name.to_lowercase() == lower);
    let elsewhere = names.iter().copied().find(|name| {
        name.rsplit('/').next().map(str::to_lowercase)
            == lower.rsplit('/').next().map(str::to_owned)
    });
    let hint = other_case.or(elsewhere).map(|name| {
        Text::new(
            format!("може би  /media/{name} ? (главните букви и папката имат значение)"),
            format!("did you mean  /media/{name} ? (capital letters and the folder matter)"),
        )
    });
    let near = || closest(wanted, &names).map(|name| did_you_mean(&format!("/media/{name}")));
    Diagnostic::error(
        "L06",
        src.place.clone(),
        Text::new(
            format!("няма снимка /{written}"),
            format!("there is no picture /{written}"),
        ),
    )
    .hint(hint.or_else(near).unwrap_or_else(|| {
        Text::new(
            "запишете файла в content/media и напишете /media/име",
            "save the file in content/media and write /media/name",
        )
    }))
}

/// Files that lie in `content/media` and that nobody sees. Drafts count: their pictures are waiting with them.
pub(crate) fn unused(parsed: &Parsed, diagnostics: &mut Vec<Diagnostic>) {
    let mut used = BTreeSet::new();
    for document in &parsed.documents {
        let marks = document
            .body
            .pictures
            .iter()
            .map(|mark| mark.src.value.as_str());
        let links = document
            .body
            .links
            .iter()
            .map(|link| link.target.path.as_str());
        used.extend(
            marks
                .chain(links)
                .filter_map(|path| path.strip_prefix("media/")),
        );
    }
    let unused: Vec<&str> = parsed
        .media
        .iter()
        .map(String::as_str)
        .filter(|path| !used.contains(path))
        .collect();
    let Some(first) = unused.first() else {
        return;
    };
    let (count, list) = (unused.len(), unused[..unused.len().min(SHOWN)].join(", "));
    let more = if count > SHOWN { ", …" } else { "" };
    diagnostics.push(
        Diagnostic::warning(
            "L36",
            Place::file(if count == 1 {
                format!("content/media/{first}")
            } else {
                "content/media".to_owned()
            }),
            if count == 1 {
                Text::new(
                    "нито една страница не използва този файл",
                    "no page uses this file",
                )
            } else {
                Text::new(
                    format!("{count} файла не се използват от нито една страница: {list}{more}"),
                    format!("{count} files are used by no page: {list}{more}"),
                )
            },
        )
        .hint(Text::new(
            "добавете го в текст или го изтрийте; засега се публикува и може да бъде намерен",
            "put it into a text, or delete it; until then it is published and can be found",
        )),
    );
}

/// How many unused files are named.
const SHOWN: usize = 5;
