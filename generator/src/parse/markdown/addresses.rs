//! Addresses elsewhere: which cannot be followed, and what was meant.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Edit, Fix, Place, Text, did_you_mean};
use crate::parse::document::email_meant;

/// An address that is not as it should be.
pub(super) struct Refused {
    /// What is said of it.
    pub(super) diagnostic: Diagnostic,
    /// What was certainly meant.
    meant: Option<String>,
}

impl Refused {
    /// What mends it, where it stands in the file letter by letter.
    pub(super) fn fix(&self, part: Option<Range<usize>>) -> Option<Fix> {
        let meant = self.meant.as_ref()?;
        Some(Fix::Edits(vec![Edit::new(&part?, meant.as_str())]))
    }
}

/// Whether an address is of a file on the computer of whoever wrote it.
pub(super) fn is_local(address: &str) -> bool {
    let lower = address.to_lowercase();
    let mut letters = address.chars();
    let drive = letters
        .next()
        .is_some_and(|letter| letter.is_ascii_alphabetic())
        && letters.next() == Some(':')
        && letters
            .next()
            .is_some_and(|slash| matches!(slash, '/' | '\\'));
    drive
        || lower.starts_with("file:")
        || address.starts_with("\\\\")
        || lower.starts_with("/users/")
}

/// Whether an address is no path of ours, whatever it looks like.
pub(super) fn is_slip(address: &str) -> bool {
    is_local(address)
        || (!address.starts_with(['/', '.', '#'])
            && address.contains("//")
            && meant(address).is_some())
}

/// What is said of an address that begins with nothing that links may begin with.
pub(super) fn refused(address: &str, place: Place) -> Refused {
    if is_local(address) {
        return local(address, place);
    }
    let meant = meant(address);
    let hint = meant.as_deref().map_or_else(
        || {
            Text::new(
                "връзките започват с https://, mailto:, tel: или / и път на файл",
                "links begin with https://, mailto:, tel:, or / and the path of a file",
            )
        },
        did_you_mean,
    );
    let message = Text::new(
        "такава връзка не се допуска",
        "a link like this is not allowed",
    );
    Refused {
        diagnostic: Diagnostic::error("L07", place, message).hint(hint),
        meant,
    }
}

/// What was meant by an address without its beginning, or with a slip in it.
fn meant(address: &str) -> Option<String> {
    if address.starts_with("www.") {
        return Some(format!("https://{address}"));
    }
    if address.contains('@') && !address.contains([':', '/', '?']) {
        return email_meant(address).map(|address| format!("mailto:{address}"));
    }
    // `https//…`, `http;//…`, `htpps://…`
    let letters = address.len()
        - address
            .trim_start_matches(|sign: char| sign.is_ascii_alphabetic())
            .len();
    let (scheme, rest) = address.split_at(letters);
    let host = rest.trim_start_matches([':', ';', '/', ' ']);
    let is_web = scheme.len() >= 3
        && scheme.len() <= 6
        && scheme.to_lowercase().starts_with('h')
        && scheme
            .to_lowercase()
            .chars()
            .all(|letter| "htps".contains(letter));
    let is_host = rest.contains('/') && host.contains('.') && host.len() < rest.len();
    let secure = if scheme.to_lowercase().ends_with('s') {
        "https"
    } else {
        "http"
    };
    (is_web && is_host).then(|| format!("{secure}://{host}"))
}

fn local(address: &str, place: Place) -> Refused {
    let name = address.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "pdf"));
    let stem = crate::parse::transliterate::slug(&stem.replace("%20", " "));
    let file = format!(
        "{}.{}",
        if stem.is_empty() { "dokument" } else { &stem },
        ending.to_lowercase()
    );
    Refused {
        diagnostic: Diagnostic::error(
            "L04",
            place,
            Text::new(
                "този файл е на вашия компютър; посетителите не могат да го отворят",
                "this file is on your computer; visitors cannot open it",
            ),
        )
        .hint(Text::new(
            format!("копирайте го в content/media и сложете връзка към /media/{file}"),
            format!("copy it into content/media and link to /media/{file}"),
        )),
        meant: None,
    }
}

/// What is wrong with an address that begins as it should.
pub(super) fn judge(address: &str, place: &Place) -> Option<Refused> {
    if let Some(mail) = address.strip_prefix("mailto:") {
        let (mail, rest) = mail.split_at(mail.find('?').unwrap_or(mail.len()));
        if forms::email_address(mail).is_some() {
            return None;
        }
        let meant = email_meant(mail).map(|meant| format!("mailto:{meant}{rest}"));
        let message = Text::new(
            format!("„{mail}“ не е имейл адрес"),
            format!("“{mail}” is not an e-mail address"),
        );
        return Some(Refused {
            diagnostic: Diagnostic::error("V14", place.clone(), message)
                .maybe_hint(meant.as_deref().map(did_you_mean)),
            meant,
        });
    }
    is_closed(address).then(|| Refused {
        diagnostic: Diagnostic::error(
            "L11",
            place.clone(),
            Text::new(
                "посетителите не могат да отворят този адрес: той е за хората, които правят сайта",
                "visitors cannot open this address: it is for those who make the site",
            ),
        )
        .hint(Text::new(
            "сложете адреса, който виждат всички; към страница от този сайт – пътя на файла ѝ, напр. /news/pokana.md",
            "put the address that everybody sees; to a page of this site, the path of its file, such as /news/pokana.md",
        )),
        meant: None,
    })
}

/// Whether an address is of a computer that only few reach, or of pages behind a password.
pub(super) fn is_closed(address: &str) -> bool {
    let lower = address.to_lowercase();
    let Some((_, rest)) = lower.split_once("://") else {
        return false;
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let numbers: Vec<u8> = host
        .split('.')
        .map_while(|part| part.parse().ok())
        .collect();
    let private = match numbers.as_slice() {
        [10 | 127, _, _, _] | [192, 168, _, _] | [0, 0, 0, 0] => true,
        [172, second, _, _] => (16..32).contains(second),
        _ => false,
    };
    let inside = host == "localhost"
        || [".localhost", ".local", ".lan", ".internal", ".test"]
            .iter()
            .any(|end| host.ends_with(end));
    let preview = ["localhost.", "staging.", "preview.", "deploy-preview-"]
        .iter()
        .any(|start| host.starts_with(start));
    let admin = ["/wp-admin", "/wp-login", "/admin/", "/administrator/"]
        .iter()
        .any(|start| path.starts_with(start))
        || path == "/admin";
    private || inside || preview || admin
}
