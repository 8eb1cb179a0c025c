//! `_redirects`: former addresses of pages, from `aliases`.
//!
//! An alias leads to a page of the site and is never an address of the site itself, so no redirect leads to another one and
//! none in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Place, Placed, Text};
use crate::render::routes::Route;
use crate::site::Site;

/// A former address, and where the page is now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Redirect {
    /// The former path; of a folder with its closing `/`.
    pub from: String,
    /// The path of the page.
    pub to: String,
}

/// The redirects of a site, sorted by their former address. Aliases that cannot be one are reported.
pub(crate) fn redirects(
    site: &Site,
    routes: &[Route],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Redirect> {
    let versions = site
        .entries
        .iter()
        .flat_map(|entry| entry.versions.values());
    let aliases: Vec<(&Placed<String>, &str)> = versions
        .flat_map(|version| {
            let aliases = version.texts.aliases.iter();
            aliases.map(|alias| (alias, version.permalink.as_str()))
        })
        .collect();
    if aliases.is_empty() {
        return Vec::new();
    }
    let live: BTreeSet<&str> = routes.iter().map(|route| address(&route.path)).collect();
    let mut taken: BTreeMap<String, (&str, &Place)> = BTreeMap::new();
    for (alias, to) in aliases {
        let Some(from) = normalised(&alias.value) else {
            diagnostics.push(misshapen(alias));
            continue;
        };
        if live.contains(from.trim_start_matches('/')) {
            diagnostics.push(is_live(alias, &from, from == to));
            continue;
        }
        match taken.get(&from) {
            Some((other, _)) if *other == to => {}
            Some((_, place)) => diagnostics.push(is_taken(alias, &from, place)),
            None => {
                taken.insert(from, (to, &alias.place));
            }
        }
    }
    let redirects = taken.into_iter().map(|(from, (to, _))| Redirect {
        from,
        to: to.to_owned(),
    });
    redirects.collect()
}

/// The text of the file: a redirect a line. Some hosts tell `/a` from `/a/`, so both are there.
pub(super) fn to_text(redirects: &[Redirect]) -> String {
    let mut text = String::new();
    for Redirect { from, to } in redirects {
        let from = encoded(from);
        text.push_str(&format!("{from} {to} 301\n"));
        if let Some(bare) = from.strip_suffix('/') {
            text.push_str(&format!("{bare} {to} 301\n"));
        }
    }
    text
}

/// What is asked for to get a file: a folder instead of its `index.html`.
fn address(path: &str) -> &str {
    path.strip_suffix("index.html").unwrap_or(path)
}

/// The first segments of addresses that the program and other files answer.
const RESERVED: [&str; 3] = ["forms", "media", "assets"];

/// The path in the one way in which it is compared; nothing where it is no path of a page.
fn normalised(alias: &str) -> Option<String> {
    let inside = alias.strip_prefix('/')?;
    let is_odd = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(
                character,
                '?' | '#' | '*' | ':' | '\\' | '"' | '<' | '>' | '%'
            )
    };
    let segments: Vec<&str> = inside.split('/').filter(|part| !part.is_empty()).collect();
    let last = segments.last()?;
    if inside.contains(is_odd)
        || alias.contains("//")
        || segments.iter().any(|part| part.starts_with('.'))
        || RESERVED.contains(&segments[0])
    {
        return None;
    }
    let closing = if last.contains('.') { "" } else { "/" };
    Some(format!("/{}{closing}", segments.join("/")))
}

/// The path in the letters that addresses are sent in.
fn encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            0x21..=0x7e => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn misshapen(alias: &Placed<String>) -> Diagnostic {
    let value = &alias.value;
    Diagnostic::error(
        "P03",
        alias.place.clone(),
        Text::new(
            format!("„{value}“ не е предишен адрес на страница от сайта"),
            format!("“{value}” is no former address of a page of the site"),
        ),
    )
    .hint(Text::new(
        "напишете само пътя, от първата наклонена черта, напр. /novini/staro-ime/",
        "write the path alone, from its first slash, for example /novini/staro-ime/",
    ))
}

fn is_live(alias: &Placed<String>, from: &str, is_own: bool) -> Diagnostic {
    let message = if is_own {
        Text::new(
            format!("{from} е сегашният адрес на тази страница"),
            format!("{from} is the address that this page has now"),
        )
    } else {
        Text::new(
            format!("на адреса {from} има друга страница"),
            format!("there is another page at the address {from}"),
        )
    };
    Diagnostic::error("P04", alias.place.clone(), message).hint(Text::new(
        "изтрийте го от предишните адреси",
        "delete it from the former addresses",
    ))
}

fn is_taken(alias: &Placed<String>, from: &str, other: &Place) -> Diagnostic {
    let Place { file, line, .. } = other;
    Diagnostic::error(
        "P04",
        alias.place.clone(),
        Text::new(
            format!("адресът {from} вече води другаде: {file}, ред {line}"),
            format!("the address {from} leads elsewhere already: {file}, line {line}"),
        ),
    )
    .hint(Text::new(
        "оставете го само на едната страница",
        "leave it at one of the two pages",
    ))
}

#[cfg(test)]
mod tests {
    use super::normalised;

    #[test]
    fn a_former_address_is_a_path_and_is_written_in_one_way() {
        for (written, path) in [
            ("/novini/staro", Some("/novini/staro/")),
            ("/novini/staro/", Some("/novini/staro/")),
            ("/index.php", Some("/index.php")),
            ("/новини/старо", Some("/новини/старо/")),
            ("/", None),
            ("novini/staro", None),
            ("https://example.org/staro", None),
            ("//example.org/staro", None),
            ("/a/../b", None),
            ("/a b", None),
            ("/a?b=c", None),
            ("/news/*", None),
            ("/:splat", None),
            ("/forms/den/", None),
        ] {
            assert_eq!(normalised(written).as_deref(), path, "{written}");
        }
    }
}
