//! `robots.txt` (RFC 9309): everything may be read but the forms' own pages, which belong to one person each.

use crate::site::Site;

/// The text of the file.
pub(super) fn robots(site: &Site) -> String {
    let base_url = &site.settings.base_url;
    format!("User-agent: *\nDisallow: /forms/\n\nSitemap: {base_url}/sitemap.xml\n")
}
