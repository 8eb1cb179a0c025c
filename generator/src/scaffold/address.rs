//! The address of a new page.

use std::collections::BTreeMap;

use forms::Slug;

use crate::parse::transliterate;

/// Why a page cannot have an address.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Taken {
    /// Nothing of the title can stand in an address, or what was asked for cannot.
    NoAddress,
    /// Another file has it; here is one that is free.
    By {
        /// The file.
        file: String,
        /// A free one.
        free: Slug,
    },
}

/// The last part of the address of a page with this title, or the one that was asked for. `taken` says which file has an
/// address, by its last part.
pub(crate) fn address(
    title: &str,
    wanted: Option<&str>,
    taken: &BTreeMap<String, String>,
) -> Result<Slug, Taken> {
    let text = wanted.map_or_else(|| transliterate::slug(title), str::to_owned);
    let slug = Slug::parse(&text).map_err(|_| Taken::NoAddress)?;
    let Some(file) = taken.get(slug.as_str()) else {
        return Ok(slug);
    };
    let free = (2..=taken.len() + 2)
        .map(|number| format!("{slug}-{number}"))
        .find(|free| !taken.contains_key(free))
        .and_then(|free| Slug::parse(&free).ok());
    Err(match free {
        Some(free) => Taken::By {
            file: file.clone(),
            free,
        },
        None => Taken::NoAddress,
    })
}
