//! What every answer tells browsers and caches: one policy, for whoever serves the site.
//!
//! The generator writes it into `_headers`, where a host reads it; `form-server` and the preview send it themselves; the form
//! function puts it on the pages that it draws. A page of the site works under it or is broken everywhere.

/// What a page may load and do. It carries no style and no script of its own, names no other host, and is shown in no
/// frame. Scripts of the site are files of the site; the search reads its index by `connect-src`.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

/// Where the editor's page is, with what belongs to it alone.
pub const EDITOR: &str = "/admin/";

/// What the editor's page may do instead: it is a program that styles itself, shows pictures before they are saved, and talks to
/// the server that keeps the content. To which one, the page says itself, and no more than both allow is allowed.
pub const EDITOR_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' blob: data:; font-src 'self'; connect-src 'self' blob: data: https:; frame-src blob:; worker-src 'self' blob:; \
     media-src blob:; manifest-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// What else is different on the editor's page: the window in which one signs in has to find it again, and no search shall.
pub const EDITOR_HEADERS: [(&str, &str); 2] = [
    ("cross-origin-opener-policy", "same-origin-allow-popups"),
    ("x-robots-tag", "noindex"),
];

/// What every answer says besides, whatever it is.
pub const COMMON_HEADERS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// For visitors who come by TLS: never come without it again. Not for names below this one, which may be somebody else's.
pub const STRICT_TRANSPORT_SECURITY: &str = "max-age=31536000";

/// How long files below these addresses may be kept; the first that fits counts. What is in `/assets/` is named by its
/// content, so it never changes.
pub const KEPT: [(&str, &str); 2] = [
    ("/assets/", "public, max-age=31536000, immutable"),
    ("/media/", "public, max-age=3600"),
];

/// How long all else may be kept. It may change at any time, so browsers ask whether theirs is still the last, and mostly
/// hear that it is.
pub const KEPT_OTHERWISE: &str = "no-cache";

/// The content types of files, by how their names end; the first that fits counts. Servers know most of them, but not
/// that all texts are UTF-8.
pub const CONTENT_TYPES: [(&str, &str); 12] = [
    ("/feed.xml", "application/atom+xml; charset=utf-8"),
    ("/feed.json", "application/feed+json; charset=utf-8"),
    (".html", "text/html; charset=utf-8"),
    (".css", "text/css; charset=utf-8"),
    (".js", "text/javascript; charset=utf-8"),
    (".txt", "text/plain; charset=utf-8"),
    (".ics", "text/calendar; charset=utf-8"),
    (".xml", "application/xml; charset=utf-8"),
    (".json", "application/json"),
    (".svg", "image/svg+xml"),
    (".webmanifest", "application/manifest+json"),
    (".yml", "text/yaml; charset=utf-8"),
];

/// How long the file at an address may be kept.
pub fn kept(path: &str) -> &'static str {
    let named = KEPT.iter().find(|(folder, _)| path.starts_with(folder));
    named.map_or(KEPT_OTHERWISE, |(_, kept)| kept)
}

/// The content type of the file at an address, where its name ends like one of [`CONTENT_TYPES`].
pub fn content_type(path: &str) -> Option<&'static str> {
    let known = CONTENT_TYPES.iter().find(|(end, _)| path.ends_with(end));
    known.map(|(_, content_type)| *content_type)
}
