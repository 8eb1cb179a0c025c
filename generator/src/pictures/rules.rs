//! Rules for pictures that need the whole site: whether they are there, how they are described, how much a phone loads.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{markup, messages};
use crate::diagnostic::{Diagnostic, Edit, Fix, Place, Text, closest, did_you_mean};
use crate::parse::Parsed;
use crate::parse::document::Kind;
use crate::parse::markdown::{Body, ComponentContent};
use crate::site::{Entry, Site};

/// What all pictures of a page together may weigh on a phone, in bytes: two seconds on a slow network.
const BUDGET: usize = 800 * 1024;

/// Checks every picture of these pages.
pub(crate) fn check(site: &Site, pages: &[&Entry], diagnostics: &mut Vec<Diagnostic>) {
    let names: Vec<&str> = site.pictures.names().collect();
    let damaged: BTreeSet<&str> = site
        .pictures
        .diagnostics
        .iter()
        .filter_map(|found| found.place.file.strip_prefix("content/media/"))
        .collect();
    let shown_pages = pages
        .iter()
        .filter(|entry| !site.unpublished.contains_key(&entry.id));
    for entry in shown_pages {
        // That the file of a field is there at all was looked at when the site was put together.
        let image = entry.image.as_ref().map(|image| &image.src);
        for src in image
            .into_iter()
            .filter(|src| site.media.contains(&src.value))
        {
            if site.pictures.get(&src.value).is_none() && !damaged.contains(src.value.as_str()) {
                diagnostics.push(no_picture(&src.value, &src.place));
            }
        }
        for (language, version) in &entry.versions {
            let shown = shown(&version.body);
            for seen in &shown {
                let path = below_media(seen.src);
                if path.is_some_and(|path| damaged.contains(path)) {
                    continue;
                }
                if path.is_none_or(|path| site.pictures.get(path).is_none()) {
                    diagnostics.extend(match path {
                        Some(path) if site.media.contains(path) => {
                            Some(no_picture(seen.src, seen.place))
                        }
                        _ if seen.is_link => None,
                        _ => Some(not_found(seen, &names)),
                    });
                }
                diagnostics.extend(seen.alt.and_then(|alt| idle(alt, seen.src, seen.place)));
            }
            if let Some(src) = image {
                let place = version.texts.image_alt_place.as_ref();
                let place = place.unwrap_or(&src.place);
                diagnostics.extend(idle(&version.texts.image_alt, &src.value, place));
            }
            // What is in a page is the same in every language, nearly always; said once is enough.
            if *language == entry.original {
                let sources = shown.iter().filter_map(|seen| below_media(seen.src));
                let sources = sources.chain(image.map(|src| src.value.as_str()));
                let weight = weight(site, &sources.collect());
                if weight > BUDGET {
                    diagnostics.push(heavy(&version.place, weight));
                }
            }
        }
    }
}

/// A picture in a text.
struct Shown<'a> {
    src: &'a str,
    alt: Option<&'a str>,
    place: &'a Place,
    /// Where its address stands in the file, in bytes.
    at: Option<&'a Range<usize>>,
    /// Whether it is a link, too, and looked for where links are.
    is_link: bool,
}

/// Every picture of a text: those that stand alone, and those in galleries.
fn shown(body: &Body) -> Vec<Shown<'_>> {
    let alone = body.pictures.iter().map(|mark| Shown {
        src: &mark.src.value,
        alt: mark.alt.as_deref(),
        place: &mark.src.place,
        at: mark.at.as_ref(),
        is_link: false,
    });
    let in_galleries = body.components.iter().flat_map(|component| {
        let pictures = match &component.content {
            ComponentContent::Gallery { pictures } => pictures.as_slice(),
            _ => &[],
        };
        pictures.iter().map(|picture| {
            let link = &body.links[picture.file];
            Shown {
                src: &link.target.path,
                alt: Some(&picture.alt),
                place: &link.place,
                at: link.at.as_ref(),
                is_link: true,
            }
        })
    });
    alone.chain(in_galleries).collect()
}

/// A path below `content/media`, of one that was written in a text.
fn below_media(src: &str) -> Option<&str> {
    src.trim_start_matches('/').strip_prefix("media/")
}

/// Every picture once, as a phone loads it.
fn weight(site: &Site, sources: &BTreeSet<&str>) -> usize {
    let pictures = sources.iter().filter_map(|path| site.pictures.get(path));
    pictures.map(markup::bytes_on_a_phone).sum()
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

/// What cameras, telephones and hurried people call their files, before a number.
const OF_CAMERAS: [&str; 20] = [
    "img",
    "dsc",
    "dscn",
    "dscf",
    "pxl",
    "mvimg",
    "image",
    "picture",
    "photo",
    "foto",
    "screenshot",
    "whatsapp image",
    "viber image",
    "untitled",
    "снимка",
    "картинка",
    "изображение",
    "фото",
    "екранна снимка",
    "без име",
];
const NAMES: [&str; 9] = [
    "jpg", "jpeg", "png", "webp", "gif", "svg", "heic", "avif", "tif",
];

fn idle(alt: &str, src: &str, place: &Place) -> Option<Diagnostic> {
    let lower = alt.trim().to_lowercase();
    let name = src.rsplit('/').next().unwrap_or_default().to_lowercase();
    let stem = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    let is_name = lower == name
        || lower == stem
        || lower
            .rsplit_once('.')
            .is_some_and(|(_, ending)| NAMES.contains(&ending));
    let is_name = is_name || is_of_camera(&lower);
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
        Diagnostic::warning("L08", place.clone(), message).hint(Text::new(
            "напишете с едно кратко изречение какво се вижда",
            "write what the picture shows, in one short sentence",
        )),
    )
}

/// Whether a description is what a camera called the file: `img_2034`, `снимка1`, `dsc 0012 (2)`.
fn is_of_camera(alt: &str) -> bool {
    let is_rest = |rest: &str| {
        rest.chars()
            .all(|sign| sign.is_ascii_digit() || " _-().~:".contains(sign))
    };
    let mut starts = OF_CAMERAS.iter();
    starts.any(|start| alt.strip_prefix(start).is_some_and(is_rest))
}

/// A file that is there and is no picture.
fn no_picture(src: &str, place: &Place) -> Diagnostic {
    let name = below_media(src).unwrap_or(src);
    Diagnostic::error(
        "L06",
        place.clone(),
        Text::new(
            format!("файлът /media/{name} не е снимка"),
            format!("the file /media/{name} is no picture"),
        ),
    )
    .hint(Text::new(
        format!("към документ се слага връзка: [какво е той](/media/{name})"),
        format!("to a document one makes a link: [what it is](/media/{name})"),
    ))
}

/// A picture that is not there.
fn not_found(seen: &Shown<'_>, names: &[&str]) -> Diagnostic {
    let written = seen.src.trim_start_matches('/');
    let wanted = written.strip_prefix("media/").unwrap_or(written);
    let lower = wanted.to_lowercase();
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let other_case = |name: &&&str| name.to_lowercase() == lower;
    let elsewhere = |name: &&&str| last(name) == last(wanted);
    let mut meant: Vec<&str> = names.iter().filter(other_case).copied().collect();
    if meant.is_empty() {
        meant = names.iter().filter(elsewhere).copied().collect();
    }
    let hint = meant.first().map(|name| {
        Text::new(
            format!("може би  /media/{name} ? (главните букви и папката имат значение)"),
            format!("did you mean  /media/{name} ? (capital letters and the folder matter)"),
        )
    });
    let near = || closest(wanted, names).map(|name| did_you_mean(&format!("/media/{name}")));
    let fix = match (meant.as_slice(), seen.at) {
        ([only], Some(at)) if !only.contains([' ', '(', ')']) => {
            let edit = Edit::new(at, format!("/media/{only}"));
            Some(Fix::Edits(vec![edit]))
        }
        _ => None,
    };
    Diagnostic::error(
        "L06",
        seen.place.clone(),
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
    .maybe_fix(fix)
}

/// Files that lie in `content/media` and that nobody sees. Drafts count: their pictures are waiting with them.
pub(crate) fn unused(parsed: &Parsed, diagnostics: &mut Vec<Diagnostic>) {
    let mut used = BTreeSet::new();
    for document in &parsed.documents {
        let marks = document.body.pictures.iter().map(|mark| &mark.src.value);
        let links = document.body.links.iter().map(|link| &link.target.path);
        used.extend(marks.chain(links).filter_map(|path| below_media(path)));
        let Some(facts) = &document.facts else {
            continue;
        };
        let file = match &facts.kind {
            Kind::Document { file, .. } => file.as_ref(),
            _ => None,
        };
        let image = facts.image.as_ref().map(|image| &image.src);
        used.extend(image.into_iter().chain(file).map(|src| src.value.as_str()));
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
        Diagnostic::note(
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
        .hint(if count == 1 {
            Text::new(
                "добавете го в текст или го изтрийте; засега се публикува и може да бъде намерен",
                "put it into a text, or delete it; until then it is published and can be found",
            )
        } else {
            Text::new(
                "добавете ги в текст или ги изтрийте; засега се публикуват и могат да бъдат намерени",
                "put them into a text, or delete them; until then they are published and can be found",
            )
        }),
    );
}

/// How many unused files are named.
const SHOWN: usize = 5;
