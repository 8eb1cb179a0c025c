//! `robots.txt` (RFC 9309): everything may be read but the forms' own pages, which belong to one person each, and the editor's.

use crate::site::Site;

/// The text of the file.
pub(super) fn robots(site: &Site) -> String {
    let base_url = &site.settings.base_url;
    let editor = match site.settings.admin {
        Some(_) => format!("Disallow: {}\n", forms::EDITOR),
        None => String::new(),
    };
    format!("User-agent: *\nDisallow: /forms/\n{editor}\nSitemap: {base_url}/sitemap.xml\n")
}
