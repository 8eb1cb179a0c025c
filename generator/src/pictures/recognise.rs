//! What a file is, by its bytes: names lie, and a phone calls everything `.jpg`.

/// What a file of `content/media` is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A photograph.
    Jpeg,
    /// A drawing, a screenshot.
    Png,
    /// What we make ourselves.
    WebP,
    /// Shown as it is.
    Gif,
    /// Drawn by the browser.
    Svg,
    /// A picture that browsers do not show and that we can neither read nor clean; with the name of the format.
    Foreign(&'static str),
    /// A document, or anything else that is downloaded.
    Other,
}

/// Endings of pictures. A file that is called so and is none is damaged.
const ENDINGS: [&str; 7] = ["jpg", "jpeg", "png", "webp", "gif", "avif", "heic"];

/// What the file is; `None` when it is called a picture and is none. Browsers find out for themselves which sort of photograph a file is,
/// but of what is called a drawing they expect nothing else.
pub(super) fn kind(path: &str, bytes: &[u8]) -> Option<Kind> {
    let ending = path
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    let brand = (bytes.get(4..8) == Some(b"ftyp")).then(|| bytes.get(8..12).unwrap_or_default());
    let kind = match bytes {
        [0xff, 0xd8, 0xff, ..] => Kind::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Kind::Png,
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Kind::WebP,
        [b'G', b'I', b'F', b'8', ..] => Kind::Gif,
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Kind::Foreign("TIFF"),
        _ if matches!(brand, Some(b"avif" | b"avis")) => Kind::Foreign("AVIF"),
        _ if matches!(
            brand,
            Some(b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1")
        ) =>
        {
            Kind::Foreign("HEIC")
        }
        _ if ending == "svg" => Kind::Svg,
        _ if ENDINGS.contains(&ending.as_str()) => return None,
        _ => Kind::Other,
    };
    let is_called_a_drawing = ending == "svg";
    (!is_called_a_drawing || matches!(kind, Kind::Svg | Kind::Foreign(_))).then_some(kind)
}
