//! Compressed forms of files, which servers send as they are.

/// How a file is compressed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Encoding {
    /// RFC 7932.
    Brotli,
    /// RFC 1952.
    Gzip,
}

/// Every encoding and its ending.
pub(super) const ENCODINGS: [(Encoding, &str); 2] =
    [(Encoding::Brotli, ".br"), (Encoding::Gzip, ".gz")];

/// Endings of files that are text. Pictures and fonts are compressed already.
const TEXT: [&str; 9] = [
    "html",
    "css",
    "js",
    "json",
    "svg",
    "xml",
    "ics",
    "txt",
    "webmanifest",
];

/// What is smaller fits into one packet anyway.
const SMALLEST: usize = 1024;

/// Nine of eleven: of eleven parts of a page, ten take five times as long and save two in a hundred.
const BROTLI_QUALITY: u32 = 9;
/// 256 KiB, more than any page.
const BROTLI_WINDOW: u32 = 18;

/// Whether a file may be worth compressing.
pub(super) fn pays(path: &str, length: usize) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    path.starts_with("site/") && length >= SMALLEST && TEXT.contains(&ending)
}

/// The compressed form; `None` when it saves less than a tenth.
pub(super) fn compressed(encoding: Encoding, bytes: &[u8]) -> Option<Vec<u8>> {
    let out = match encoding {
        Encoding::Brotli => encoders::brotli(bytes, BROTLI_QUALITY, BROTLI_WINDOW)?,
        Encoding::Gzip => encoders::gzip(bytes)?,
    };
    (out.len() * 10 <= bytes.len() * 9).then_some(out)
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha384};

    use super::{ENCODINGS, compressed};

    #[test]
    fn what_saves_less_than_a_tenth_is_left_as_it_is() {
        let text = "едно и също ".repeat(300);
        for (encoding, ending) in ENCODINGS {
            assert!(compressed(encoding, text.as_bytes()).is_some(), "{ending}");
            assert!(compressed(encoding, &noise()).is_none(), "{ending}");
        }
    }

    /// Bytes that nothing compresses.
    fn noise() -> Vec<u8> {
        let parts = (0_u8..64).map(|number| Sha384::digest([number]));
        parts.flat_map(|part| part.to_vec()).collect()
    }
}
